//! Which kernels of a user live, and in which of them a cell runs, by two locks in the folder of the user's sockets.

use std::path::{Path, PathBuf};

use crate::support::file_lock::FileLock;

/// A user's kernels, of whatever course and version.
#[derive(Clone, Debug)]
pub struct Presence {
    folder: PathBuf,
}

impl Presence {
    /// Of the user whose sockets are in this folder.
    pub fn of(folder: &Path) -> Presence {
        Presence { folder: folder.to_owned() }
    }

    /// The folder of the user's sockets.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is held by each kernel as long as it lives.
    pub fn living(&self) -> PathBuf {
        self.folder.join("kernels.lock")
    }

    /// What is held by each kernel in which a cell runs, or has run just now.
    fn working(&self) -> PathBuf {
        self.folder.join("work.lock")
    }

    /// Says that a kernel lives, until the lock is dropped.
    pub fn attend(&self) -> anyhow::Result<FileLock> {
        FileLock::shared(&self.living())
    }

    /// Says that this kernel's learner is at work, until the lock is dropped.
    pub fn work(&self) -> Option<FileLock> {
        // Somebody who looks just now whether anybody works has it for a moment.
        FileLock::file(&self.working()).and_then(FileLock::try_shared).ok().flatten()
    }

    /// Whether no kernel lives. Where there are no locks, nobody can tell.
    pub fn all_are_gone(&self) -> bool {
        FileLock::file(&self.living()).and_then(FileLock::try_alone).is_ok_and(|lock| lock.is_some())
    }

    /// Whether no kernel runs a cell. Where there are no locks, nobody can tell.
    pub fn all_rest(&self) -> bool {
        !FileLock::file(&self.working()).and_then(FileLock::try_alone).is_ok_and(|lock| lock.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rest_when_no_kernel_of_the_user_is_at_work() {
        let folder = tempfile::tempdir().unwrap();
        let [one, other] = [(); 2].map(|()| Presence::of(folder.path()));
        assert!(one.all_rest());
        let working = [one.work().unwrap(), other.work().unwrap()];
        assert!(!one.all_rest() && !other.all_rest());
        drop(working);
        assert!(one.all_rest());
    }

    #[test]
    fn all_are_gone_when_the_last_kernel_is() {
        let folder = tempfile::tempdir().unwrap();
        let presence = Presence::of(folder.path());
        assert!(presence.all_are_gone());
        let living = [presence.attend().unwrap(), presence.attend().unwrap()];
        assert!(!presence.all_are_gone());
        drop(living);
        assert!(presence.all_are_gone());
    }
}
