//! A file that one process holds, or many that share it, where the file system knows locks. Where it does not, all go on
//! as if they held it: what the lock spares them is waiting and work that is done twice, never harm.

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::{Context, Result};

/// Held until it is dropped.
pub struct FileLock {
    _file: File,
}

impl FileLock {
    /// Waits until nobody else holds it.
    pub fn alone(path: &Path) -> Result<FileLock> {
        FileLock::hold(path, File::lock)
    }

    /// Waits until nobody holds it alone.
    pub fn shared(path: &Path) -> Result<FileLock> {
        FileLock::hold(path, File::lock_shared)
    }

    /// Whether the file system of a folder knows locks.
    pub fn works_in(folder: &Path) -> bool {
        let file = tempfile::tempfile_in(folder);
        file.is_ok_and(|file| !matches!(file.try_lock(), Err(TryLockError::Error(_))))
    }

    fn hold(path: &Path, lock: impl Fn(&File) -> io::Result<()>) -> Result<FileLock> {
        // Some file systems lend a shared lock only for reading, and one alone only for writing.
        let file =
            File::options().create(true).truncate(false).read(true).write(true).open(path).with_context(|| {
                format!("cannot write to {}: set NEUROBOOK_CACHE to a folder that can be written to", path.display())
            })?;
        while lock(&file).is_err_and(|error| error.kind() == ErrorKind::Interrupted) {}
        Ok(FileLock { _file: file })
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
}
