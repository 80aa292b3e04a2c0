//! A folder that belongs to one process. What a killed process has left is deleted by the next one, and nothing else is.
//!
//! The process holds a lock, which the system releases however it ends. Some file systems know no locks (Lustre, many
//! network homes): there the file says which process it is, and a folder goes when that process is known to be gone.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::process_mark::{Life, ProcessMark};

/// The file in the folder that says whose it is.
const OWNER: &str = "owner";
/// The same file before it is whole: a folder whose owner is not known yet is left alone.
const DRAFT: &str = "owner-draft";
/// What is being deleted is called so, and may be deleted by everybody: a half is never taken for a whole.
const REMOVED: &str = "removed-";
/// A folder without an owner for this long is one whose process was killed before it could say who it is.
const UNCLAIMED: Duration = Duration::from_secs(3600);
/// Where locks do not work and the owner was on another machine, its folder is kept for this long.
const OUT_OF_SIGHT: Duration = Duration::from_secs(90 * 24 * 3600);

/// How the answer of a lock is got; tests ask where there are none.
type Ask = fn(&File) -> Answer;

/// What a file system says to the wish for a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Granted,
    HeldByAnother,
    NoLocks,
}

/// The folder; deleted when it is dropped.
pub struct OwnedFolder {
    path: PathBuf,
    prefix: &'static str,
    /// Open, and locked where that is possible, as long as the folder is in use.
    owner: Option<File>,
}

impl OwnedFolder {
    /// Makes one with a name that begins with `prefix`, closed to other users, and deletes those whose process is gone.
    pub fn create(parent: &Path, prefix: &'static str) -> io::Result<OwnedFolder> {
        create(parent, prefix, ask)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder is to stay under another name, without an owner.
    pub fn keep_as(mut self, path: &Path) -> io::Result<()> {
        // Windows moves no folder in which a file is open.
        drop(self.owner.take());
        let _ = fs::remove_file(self.path.join(OWNER));
        // Dropped, it is looked for under its old name, where it no longer is.
        fs::rename(&self.path, path)
    }
}

impl Drop for OwnedFolder {
    fn drop(&mut self) {
        drop(self.owner.take());
        // What stays is removed by the next process.
        let _ = remove(&self.path, self.prefix);
    }
}

/// Deletes the folders whose process is gone.
pub fn sweep(parent: &Path, prefix: &str) {
    sweep_where(parent, prefix, ask);
}

/// Whether there are folders of living processes.
pub fn any_left(parent: &Path, prefix: &str) -> bool {
    named(parent, prefix).into_iter().any(|(_, rest)| !rest.starts_with(REMOVED))
}

/// Deletes a folder as a whole: first its name, so that nobody ever finds a half of it.
pub fn remove(folder: &Path, prefix: &str) -> io::Result<()> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let removed = folder.with_file_name(format!("{prefix}{REMOVED}{}", name.trim_start_matches(prefix)));
    match fs::rename(folder, &removed) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        // The name may be taken by a half that could not be deleted; then both are.
        Err(_) => fs::remove_dir_all(&removed).and_then(|()| fs::remove_dir_all(folder)),
        Ok(()) => fs::remove_dir_all(&removed),
    }
}

fn create(parent: &Path, prefix: &'static str, ask: Ask) -> io::Result<OwnedFolder> {
    sweep_where(parent, prefix, ask);
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let folder = builder.tempdir_in(parent)?;
    let draft = folder.path().join(DRAFT);
    let mut owner = File::create(&draft)?;
    let lock = if ask(&owner) == Answer::Granted { "locked" } else { "unlocked" };
    let mark = ProcessMark::own().map(|own| own.to_line()).unwrap_or_default();
    owner.write_all(format!("{lock}\n{mark}\n").as_bytes())?;
    fs::rename(&draft, folder.path().join(OWNER))?;
    Ok(OwnedFolder { path: folder.keep(), prefix, owner: Some(owner) })
}

fn sweep_where(parent: &Path, prefix: &str, ask: Ask) {
    for (path, rest) in named(parent, prefix) {
        // What cannot be deleted is another user's.
        if rest.starts_with(REMOVED) {
            let _ = fs::remove_dir_all(path);
        } else if is_left(&path, ask) {
            let _ = remove(&path, prefix);
        }
    }
}

/// The folders with this prefix, and the rest of their names.
fn named(parent: &Path, prefix: &str) -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let known = entries.filter_map(|entry| {
        let rest = entry.file_name().to_str()?.strip_prefix(prefix)?.to_owned();
        Some((entry.path(), rest))
    });
    known.collect()
}

/// Whether the process of this folder is gone.
fn is_left(folder: &Path, ask: Ask) -> bool {
    let owner = folder.join(OWNER);
    // Some file systems grant locks only on what is open for writing.
    let file = match File::options().read(true).write(true).open(&owner) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return is_older(folder, UNCLAIMED),
        Err(_) => return false,
    };
    let Ok(text) = io::read_to_string(&file) else { return false };
    let mut lines = text.lines();
    let was_locked = lines.next() == Some("locked");
    match ask(&file) {
        Answer::HeldByAnother => false,
        Answer::Granted if was_locked => true,
        // Whoever could not lock it may still live.
        Answer::Granted | Answer::NoLocks => match lines.next().and_then(ProcessMark::read).map(|mark| mark.life()) {
            Some(Life::Alive) => false,
            Some(Life::Gone) => true,
            Some(Life::Unknown) | None => is_older(&owner, OUT_OF_SIGHT),
        },
    }
}

fn is_older(path: &Path, age: Duration) -> bool {
    let changed = fs::metadata(path).and_then(|about| about.modified()).unwrap_or_else(|_| SystemTime::now());
    changed.elapsed().is_ok_and(|past| past > age)
}

fn ask(file: &File) -> Answer {
    match file.try_lock() {
        Ok(()) => Answer::Granted,
        Err(TryLockError::WouldBlock) => Answer::HeldByAnother,
        Err(TryLockError::Error(_)) => Answer::NoLocks,
    }
}

#[cfg(test)]
mod tests;
