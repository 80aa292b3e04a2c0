//! A folder for the temporary files of this process. What a killed process has left is deleted by the next one.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result};
use tempfile::TempDir;

const PREFIX: &str = "neurobook-scratch-";
/// Held by the process that the folder belongs to. The system releases it, however the process ends.
const LOCK: &str = "lock";

/// The folder; deleted at the end.
pub struct Scratch {
    folder: TempDir,
    _lock: File,
}

impl Scratch {
    /// Makes one among the system's temporary files, and deletes those whose process is gone.
    pub fn new() -> Result<Scratch> {
        Scratch::below(&tempfile::env::temp_dir())
    }

    fn below(parent: &Path) -> Result<Scratch> {
        sweep(parent);
        let make = || {
            let mut builder = tempfile::Builder::new();
            builder.prefix(PREFIX);
            // The sandbox's users pass through it, and nobody else can list it: the names inside are random.
            #[cfg(unix)]
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o711));
            let folder = builder.tempdir_in(parent)?;
            // Locked before it bears its name: a folder with a lock that nobody holds is deleted.
            let draft = folder.path().join("draft");
            let lock = File::create(&draft)?;
            // Some file systems know no locks: there, nobody deletes it either.
            if lock.lock().is_ok() {
                fs::rename(&draft, folder.path().join(LOCK))?;
            }
            std::io::Result::Ok(Scratch { folder, _lock: lock })
        };
        make().with_context(|| format!("cannot make a folder for temporary files in {}", parent.display()))
    }

    /// From now on, all temporary files of this process are made here.
    pub fn take_all(&self) {
        // It fails where another folder has been named before, which does no harm.
        let _ = tempfile::env::override_temp_dir(self.folder.path());
    }
}

fn sweep(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(PREFIX) && is_left(&entry.path()) {
            // What cannot be deleted is another user's.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether the process of this folder is gone.
fn is_left(folder: &Path) -> bool {
    let Ok(lock) = File::open(folder.join(LOCK)) else { return false };
    !matches!(lock.try_lock(), Err(TryLockError::WouldBlock | TryLockError::Error(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dead_process_left_is_deleted_and_what_a_living_one_uses_stays() {
        let parent = tempfile::tempdir().unwrap();
        let [left, younger] = ["left", "younger"].map(|name| parent.path().join(format!("{PREFIX}{name}")));
        fs::create_dir_all(left.join("answers")).unwrap();
        File::create(left.join(LOCK)).unwrap();
        // Its process has not come to the lock yet.
        fs::create_dir(&younger).unwrap();
        let living = Scratch::below(parent.path()).unwrap();
        let other = Scratch::below(parent.path()).unwrap();
        assert!(!left.exists() && younger.exists() && living.folder.path().exists() && other.folder.path().exists());
        drop((living, other));
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1);
    }
}
