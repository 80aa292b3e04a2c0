//! What a kernel needs, made while JupyterLab is opened and a chapter is read.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use anyhow::Result;

use super::front::Keeper;
use super::preparation::{Preparation, Told};
use crate::support::step_reporter::{Step, said, say};

/// A preparation in the background. It ends with this process, whatever ends that.
pub struct Background {
    step: Arc<Mutex<Option<Step>>>,
    latest: Arc<Mutex<Option<Told>>>,
    follower: JoinHandle<()>,
}

impl Background {
    /// Begins. The `keeper` ends it when this process has ended; `then` is called when a kernel can start.
    pub fn begin(keeper: Arc<Keeper>, then: impl FnOnce(&Keeper) + Send + 'static) -> Result<Background> {
        let preparation = Preparation::start(|command| keeper.adopt(command))?;
        let step = Arc::new(Mutex::new(Some(Step::begin(
            "Compiling the kernel and the crates that the notebooks use",
            "some minutes, once; needs the network the first time",
        ))));
        let latest = Arc::new(Mutex::new(None));
        let (shown, kept, keeps) = (Arc::clone(&step), Arc::clone(&latest), Arc::clone(&keeper));
        let follower = thread::spawn(move || {
            let prepared = preparation.follow(|told| {
                *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
                if let Some(step) = &*shown.lock().unwrap_or_else(PoisonError::into_inner) {
                    step.passes(&words(told));
                }
            });
            let step = shown.lock().unwrap_or_else(PoisonError::into_inner).take();
            match (prepared, step) {
                (Ok(()), step) => {
                    step.map_or_else(|| say("The kernel is ready."), Step::done);
                    then(&keeps);
                }
                (Err(error), step) => {
                    drop(step);
                    say(&format!("The kernel is not ready, and a cell cannot run: {error:#}"));
                }
            }
        });
        Ok(Background { step, latest, follower })
    }

    /// From now on it is quiet, for the terminal is JupyterLab's. Says once how long it will take.
    pub fn be_quiet(&self) {
        let step = self.step.lock().unwrap_or_else(PoisonError::into_inner).take();
        if self.follower.is_finished() {
            return;
        }
        drop(step);
        let left = self.latest.lock().unwrap_or_else(PoisonError::into_inner).and_then(|told| told.left());
        let left = left.map(|left| format!(", about {} more", said(left))).unwrap_or_default();
        say(&format!(
            "The kernel is still being compiled{left}. You can read meanwhile; a cell that you run starts as soon as it is ready."
        ));
    }
}

fn words(told: Told) -> String {
    let left = told.left().map(|left| format!(", about {} left", said(left))).unwrap_or_default();
    format!("{:.0} % done{left}", 100.0 * told.fraction)
}
