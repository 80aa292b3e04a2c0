//! A folder for the learners' programs, which is gone after the run, and after a killed one when the next begins.

use std::env;
use std::fs::{self, File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result};
use tempfile::TempDir;

const PREFIX: &str = "neurobook-grading-";
const LOCK: &str = "lock";

/// The folder; the lock shows others that it is in use.
pub struct Scratch {
    folder: TempDir,
    _lock: File,
}

impl Scratch {
    /// A new folder, after those of killed runs are removed.
    pub fn new() -> Result<Scratch> {
        remove_abandoned(&env::temp_dir());
        let about = "cannot make a folder for the learners' programs: is the disk full?";
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir().context(about)?;
        let lock = File::create(folder.path().join(LOCK)).context(about)?;
        lock.try_lock().context(about)?;
        open_to_all(folder.path())?;
        Ok(Scratch { folder, _lock: lock })
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// The sandbox's user is another one, and has to come by.
fn open_to_all(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    let _ = folder;
    Ok(())
}

/// What cannot be removed belongs to somebody else.
fn remove_abandoned(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let folder = entry.path();
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        // Without a lock file it is just being made, or just being removed.
        let Ok(lock) = File::open(folder.join(LOCK)) else { continue };
        if !matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) {
            let _ = fs::remove_dir_all(&folder);
        }
    }
}
