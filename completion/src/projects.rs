//! The loaded crate graphs, one for each set of crates, shared by all sessions that have these crates.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};

use crate::analysis;
use crate::manifest::Manifest;
use crate::project::Project;
use crate::protocol::{Answer, Kind, Request};
use crate::upkeep::Activity;

/// Each takes some hundred megabytes: the course's, and one that a learner makes with a `:dep` of their own.
const KEPT: usize = 2;
/// After that long crates that could not be read are tried again: they may have been downloaded meanwhile.
const RETRY: Duration = Duration::from_secs(15);
/// rust-analyzer calls itself deeply; what is not used is not taken.
pub const STACK: usize = 64 * 1024 * 1024;

pub struct Projects {
    /// Where the crates' manifests are written, each in a folder of its own.
    folder: PathBuf,
    activity: Arc<Activity>,
    /// The most recently used last.
    slots: Mutex<Vec<(String, Arc<Slot>)>>,
}

struct Slot {
    state: Mutex<State>,
    changed: Condvar,
}

enum State {
    Loading,
    Ready(Box<Project>),
    /// Tried again at the first question after `until`.
    Failed {
        message: String,
        until: Instant,
    },
}

impl Projects {
    pub fn new(folder: PathBuf, activity: Arc<Activity>) -> Projects {
        Projects { folder, activity, slots: Mutex::default() }
    }

    pub fn answer(&self, request: &Request) -> Answer {
        self.find(request).and_then(|slot| slot.ask(request)).unwrap_or_else(|error| {
            let message = format!("{error:#}");
            Answer::Failed { message }
        })
    }

    /// The slot of the request's crates. Starts to read them if nobody has.
    fn find(&self, request: &Request) -> Result<Arc<Slot>> {
        let manifest = Manifest::read(&request.folder)?;
        let key = manifest.key();
        let mut slots = lock(&self.slots);
        let known = slots.iter().position(|(name, slot)| *name == key && !slot.is_to_be_tried_again());
        if let Some(index) = known {
            let found = slots.remove(index);
            let slot = Arc::clone(&found.1);
            slots.push(found);
            return Ok(slot);
        }
        slots.retain(|(name, _)| *name != key);
        if slots.len() >= KEPT {
            slots.remove(0);
        }
        let slot = Arc::new(Slot { state: Mutex::new(State::Loading), changed: Condvar::new() });
        self.start_loading(Arc::clone(&slot), manifest, &key, request.clone())?;
        slots.push((key, Arc::clone(&slot)));
        Ok(slot)
    }

    /// Reads the crates in a thread that leaves the processor to the learner's cells.
    fn start_loading(&self, slot: Arc<Slot>, manifest: Manifest, key: &str, first: Request) -> Result<()> {
        let folder = self.folder.join(key);
        let busy = self.activity.begin();
        let load = move || {
            // A failure to step back is no reason to stop. On Linux this is for the thread and what it starts.
            let _ = rustix::process::nice(10);
            let loaded = catch_unwind(AssertUnwindSafe(|| -> Result<Project> {
                let mut project = Project::load(&manifest, &folder)?;
                // They make rust-analyzer read most of what later questions need. What it cannot answer is said when
                // it is asked again.
                for question in [manifest.warm_up(&first), Request { kind: Kind::Complete, ..first.clone() }] {
                    let _ = analysis::answer(&mut project, &question);
                }
                Ok(project)
            }));
            let loaded = loaded.unwrap_or_else(|_| Err(anyhow!("rust-analyzer failed while it read the crates")));
            *lock(&slot.state) = match loaded {
                Ok(project) => State::Ready(Box::new(project)),
                Err(error) => {
                    let message = format!("cannot read the crates of {}: {error:#}", first.folder.display());
                    eprintln!("{message}");
                    State::Failed { message, until: Instant::now() + RETRY }
                }
            };
            slot.changed.notify_all();
            drop(busy);
        };
        thread::Builder::new()
            .name("load".to_owned())
            .stack_size(STACK)
            .spawn(load)
            .context("cannot start a thread")?;
        Ok(())
    }
}

impl Slot {
    fn ask(&self, request: &Request) -> Result<Answer> {
        let patience = Duration::from_millis(request.patience_ms.min(60_000));
        let waited =
            self.changed.wait_timeout_while(lock(&self.state), patience, |state| matches!(state, State::Loading));
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match &mut *state {
            State::Loading => Ok(Answer::Loading),
            State::Failed { message, .. } => Err(anyhow!("{message}")),
            State::Ready(project) => analysis::answer(project, request),
        }
    }

    fn is_to_be_tried_again(&self) -> bool {
        // Whoever holds the lock is answering: then the project is there.
        self.state
            .try_lock()
            .is_ok_and(|state| matches!(&*state, State::Failed { until, .. } if *until <= Instant::now()))
    }
}

/// A lock that a failed thread has left is as good as another: each state is written as a whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
