//! The spare kernel, as a front sees it.

use std::path::Path;
use std::process::{Command, Stdio};

use super::stream::Stream;
#[cfg(unix)]
use super::threads;
#[cfg(unix)]
use crate::jupyter::spare::SparePlace;
use crate::support::file_lock::FileLock;

/// Starts a spare at a place that is named by a path.
type Start = Box<dyn Fn(&Path) -> Command + Send + Sync>;

/// Where spares are, and how they are started. Elsewhere than on a Unix there are none.
pub struct Spares {
    #[cfg(unix)]
    place: SparePlace,
    start: Start,
}

#[cfg(unix)]
impl Spares {
    pub fn new(place: SparePlace, start: Start) -> Spares {
        Spares { place, start }
    }

    /// Takes the spare, if there is one. May wait for one that is on its way.
    pub(super) fn take(&self) -> Option<Stream> {
        self.place.take().map(Stream::Ipc)
    }

    /// Says that somebody lives who may want a spare, until the lock is dropped.
    pub fn attend(&self) -> Option<FileLock> {
        // Without that there may be no spare, and all else goes on.
        self.place.attend().ok()
    }

    /// Starts a spare, if there is none and there should be one.
    pub fn replenish(&self) {
        if !self.place.is_vacant() {
            return;
        }
        let mut command = (self.start)(self.place.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // It may live longer than we do.
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        if let Ok(mut spare) = command.spawn() {
            // Nobody else would take note of its end.
            let _ = threads::start(move || spare.wait());
        }
    }
}

#[cfg(not(unix))]
impl Spares {
    pub(super) fn take(&self) -> Option<Stream> {
        None
    }

    pub fn attend(&self) -> Option<FileLock> {
        None
    }

    pub fn replenish(&self) {}
}
