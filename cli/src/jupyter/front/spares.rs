//! The spare kernel, as a front sees it.

#[cfg(unix)]
use std::path::PathBuf;
#[cfg(unix)]
use std::process::{Child, Command, Stdio};
#[cfg(unix)]
use std::sync::Arc;

use super::stream::Stream;
#[cfg(unix)]
use super::threads;
#[cfg(unix)]
use crate::jupyter::spare::SparePlace;
#[cfg(unix)]
use crate::jupyter::updates::Updates;
use crate::support::file_lock::FileLock;

/// Where spares are, and how they are started. Elsewhere than on a Unix there are none.
#[derive(Clone)]
pub struct Spares {
    #[cfg(unix)]
    pub(super) place: SparePlace,
    /// The kernel's program.
    #[cfg(unix)]
    program: PathBuf,
    /// How a new version of the course is heard of.
    #[cfg(unix)]
    pub(super) updates: Arc<Updates>,
}

#[cfg(unix)]
impl Spares {
    pub fn new(place: SparePlace, program: PathBuf, updates: Updates) -> Spares {
        Spares { place, program, updates: Arc::new(updates) }
    }

    /// Those of another version of the same course.
    pub(super) fn of_version(&self, place: SparePlace, program: PathBuf) -> Spares {
        Spares { place, program, updates: Arc::clone(&self.updates) }
    }

    /// Takes the spare, if there is one. May wait for one that is on its way.
    pub(super) fn take(&self) -> Option<Stream> {
        self.place.take().map(Stream::Ipc)
    }

    /// Says that somebody lives who may want a spare, until the lock is dropped.
    pub fn attend(&self) -> Option<FileLock> {
        // Without that there may be no spare, and all else goes on.
        self.place.presence().attend().ok()
    }

    /// Starts a spare, if there is none and there should be one.
    pub fn replenish(&self) {
        if self.place.is_vacant()
            && let Ok(mut spare) = self.start()
        {
            // Nobody else would take note of its end.
            let _ = threads::start(move || spare.wait());
        }
    }

    /// Starts a spare, which its caller has to wait for.
    pub(super) fn start(&self) -> std::io::Result<Child> {
        let mut command = Command::new(&self.program);
        command.args(["serve", "--spare"]).arg(self.place.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // It may live longer than we do.
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.spawn()
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
