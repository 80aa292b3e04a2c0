//! A file that one process holds, or many that share it, where the file system knows locks. Where it does not, all go on
//! as if they held it: what the lock spares them is waiting and work that is done twice, never harm.

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::Context;

/// Held until it is dropped.
pub struct FileLock {
    file: File,
}

impl Drop for FileLock {
    fn drop(&mut self) {
        // Closing is not enough: a child that another thread is just starting has the file open until it runs its own
        // program, and would keep the lock for us.
        let _ = self.file.unlock();
    }
}

impl FileLock {
    /// Waits until nobody else holds it.
    pub fn alone(path: &Path) -> anyhow::Result<FileLock> {
        FileLock::hold(path, File::lock)
    }

    /// Waits until nobody holds it alone.
    pub fn shared(path: &Path) -> anyhow::Result<FileLock> {
        FileLock::hold(path, File::lock_shared)
    }

    /// A file to be locked, made if it is not there. Some file systems lend a shared lock only for reading, and one alone only for
    /// writing.
    pub fn file(path: &Path) -> io::Result<File> {
        File::options().create(true).truncate(false).read(true).write(true).open(path)
    }

    /// Waits for nobody: `None` where somebody holds it, and an error where the file system knows no locks.
    pub fn try_alone(file: File) -> io::Result<Option<FileLock>> {
        FileLock::granted(file.try_lock(), file)
    }

    /// Waits for nobody: `None` where somebody holds it alone, and an error where the file system knows no locks.
    pub fn try_shared(file: File) -> io::Result<Option<FileLock>> {
        FileLock::granted(file.try_lock_shared(), file)
    }

    fn granted(answer: Result<(), TryLockError>, file: File) -> io::Result<Option<FileLock>> {
        match answer {
            Ok(()) => Ok(Some(FileLock { file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Whether the file system of a folder knows locks.
    pub fn works_in(folder: &Path) -> bool {
        let file = tempfile::tempfile_in(folder);
        file.is_ok_and(|file| !matches!(file.try_lock(), Err(TryLockError::Error(_))))
    }

    fn hold(path: &Path, lock: impl Fn(&File) -> io::Result<()>) -> anyhow::Result<FileLock> {
        let file = FileLock::file(path).with_context(|| {
            format!("cannot write to {}: set NEUROBOOK_CACHE to a folder that can be written to", path.display())
        })?;
        while lock(&file).is_err_and(|error| error.kind() == ErrorKind::Interrupted) {}
        Ok(FileLock { file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usual_disk_knows_locks_and_no_folder_does_not() {
        let folder = tempfile::tempdir().unwrap();
        assert!(FileLock::works_in(folder.path()));
        assert!(!FileLock::works_in(&folder.path().join("missing")));
    }

    #[test]
    fn a_lock_is_free_once_it_is_dropped_whoever_else_has_the_file_open() {
        let folder = tempfile::tempdir().unwrap();
        let open = || File::create(folder.path().join("lock")).unwrap();
        let file = open();
        // As a child has it between its start and its own program.
        let inherited = file.try_clone().unwrap();
        let held = FileLock::try_alone(file).unwrap().unwrap();
        assert!(FileLock::try_shared(open()).unwrap().is_none());
        drop(held);
        assert!(FileLock::try_alone(open()).unwrap().is_some());
        drop(inherited);
    }
}
