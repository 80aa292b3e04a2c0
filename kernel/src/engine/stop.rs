//! Stops the running cell.

use std::process::Child;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::supervisor::Supervision;

/// Who wanted a cell to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The learner.
    Interrupt,
    /// The clock.
    Time,
}

/// Knows whether a cell runs, and stops it.
pub struct Stop {
    process: Arc<Mutex<Child>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    running: bool,
    wish: Option<Wish>,
}

impl Stop {
    pub fn new(process: Arc<Mutex<Child>>) -> Stop {
        Stop { process, state: Mutex::default() }
    }

    /// A cell runs from now on. May be said beforehand, so that a wish that comes just behind the cell is not lost.
    pub fn begin(&self) {
        self.state().running = true;
    }

    /// The cell has ended; gives who wanted that.
    pub(super) fn end(&self) -> Option<Wish> {
        std::mem::take(&mut *self.state()).wish
    }

    /// Stops the cell that runs, if one does, and does not wait for that.
    pub fn stop(self: &Arc<Self>, wish: Wish) {
        let mut state = self.state();
        if !state.running || state.wish.is_some() {
            return;
        }
        state.wish = Some(wish);
        let this = Arc::clone(self);
        thread::spawn(move || Supervision::interrupt(&this.process, || this.state().wish.is_some()));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Stops the cell when its time is over. When this is dropped, the cell has ended.
pub(super) fn clock(stop: &Arc<Stop>, limit: Duration) -> Sender<()> {
    let (finished, clock) = mpsc::channel();
    let stop = Arc::clone(stop);
    thread::spawn(move || {
        if clock.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
            stop.stop(Wish::Time);
        }
    });
    finished
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn a_wish_counts_during_a_cell_only_and_the_first_one_does() {
        let child = Command::new("sleep").arg("60").stdout(Stdio::null()).spawn().unwrap();
        let process = Arc::new(Mutex::new(child));
        let ended = || process.lock().unwrap().try_wait().unwrap().is_some();
        let stop = Arc::new(Stop::new(Arc::clone(&process)));
        stop.stop(Wish::Interrupt);
        stop.begin();
        assert_eq!(stop.end(), None);
        assert!(!ended(), "it was stopped between two cells");
        stop.begin();
        stop.stop(Wish::Time);
        stop.stop(Wish::Interrupt);
        while !ended() {
            thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(stop.end(), Some(Wish::Time));
    }
}
