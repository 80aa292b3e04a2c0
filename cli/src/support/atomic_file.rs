//! Files that are whole or not there: written beside their place, then moved into it.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use tempfile::{NamedTempFile, PersistError};

/// A file that is being written is called so until it is whole.
const DRAFT: &str = ".neurobook-";
/// A draft of this age was left by a process that is gone.
const STALE: Duration = Duration::from_secs(3600);

/// Writes a file in one step: a reader sees the old contents or the new ones, never a part.
pub fn write(path: &Path, contents: &[u8]) -> Result<()> {
    // A device such as /dev/stdout is written to; a file moved into its place would replace it.
    if fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir()) {
        return fs::write(path, contents).with_context(|| format!("cannot write to {}", path.display()));
    }
    put(path, contents, |draft| draft.persist(path).map(|_| true))
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}

/// Writes a file unless it holds these contents already. Says whether it wrote.
pub fn write_if_changed(path: &Path, contents: &[u8]) -> Result<bool> {
    if fs::read(path).is_ok_and(|present| present == contents) {
        return Ok(false);
    }
    write(path, contents)?;
    Ok(true)
}

/// Writes a file unless there is one, whatever it holds. Says whether it wrote.
pub fn write_if_absent(path: &Path, contents: &[u8]) -> Result<bool> {
    if fs::symlink_metadata(path).is_ok() {
        return Ok(false);
    }
    let place = |draft: NamedTempFile| match draft.persist_noclobber(path) {
        Err(failed) if failed.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        placed => placed.map(|_| true),
    };
    put(path, contents, place).with_context(|| format!("cannot write {}", path.display()))
}

/// A file that is written piece by piece and is there once it is whole.
pub struct AtomicWriter {
    draft: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl AtomicWriter {
    /// Begins a file; it takes its place with [`AtomicWriter::commit`].
    pub fn begin(path: &Path) -> Result<AtomicWriter> {
        let folder = folder_of(path);
        let draft = fs::create_dir_all(folder).and_then(|()| draft(folder));
        let draft = draft.with_context(|| format!("cannot write {}", path.display()))?;
        Ok(AtomicWriter { draft: BufWriter::new(draft), path: path.to_owned() })
    }

    /// The file is whole.
    pub fn place(self) -> Result<()> {
        let AtomicWriter { draft, path } = self;
        let place = || -> io::Result<()> {
            let draft = draft.into_inner().map_err(io::IntoInnerError::into_error)?;
            draft.as_file().sync_all()?;
            draft.persist(&path).map_err(|failed| failed.error)?;
            sync_folder(folder_of(&path))
        };
        place().with_context(|| format!("cannot write {}", path.display()))
    }
}

impl Write for AtomicWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.draft.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.draft.flush()
    }
}

/// Deletes the drafts that killed processes have left in a folder.
pub fn sweep(folder: &Path) {
    sweep_older(folder, STALE);
}

/// Deletes all drafts in a folder that no other process writes to.
pub fn sweep_all(folder: &Path) {
    sweep_older(folder, Duration::ZERO);
}

fn sweep_older(folder: &Path, oldest: Duration) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let is_draft = entry.file_name().to_string_lossy().starts_with(DRAFT);
        let changed = entry.metadata().and_then(|about| about.modified()).unwrap_or_else(|_| SystemTime::now());
        if is_draft && changed.elapsed().is_ok_and(|age| age >= oldest) {
            // What cannot be deleted harms nobody.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn put(
    path: &Path,
    contents: &[u8],
    place: impl FnOnce(NamedTempFile) -> Result<bool, PersistError>,
) -> io::Result<bool> {
    let folder = folder_of(path);
    fs::create_dir_all(folder)?;
    let mut draft = draft(folder)?;
    draft.write_all(contents)?;
    draft.as_file().sync_all()?;
    let placed = place(draft).map_err(|failed| failed.error)?;
    sync_folder(folder)?;
    Ok(placed)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn draft(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(DRAFT).suffix(".tmp");
    // A draft is private unless told otherwise; a notebook is as public as the user's other files.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Makes a move last beyond a power cut, where folders can be synchronised.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_not_replaced_by_write_if_absent() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new folder").join("ä.txt");
        assert!(write_if_absent(&path, b"one").unwrap());
        assert!(!write_if_absent(&path, b"two").unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"one");
    }

    #[test]
    fn an_unchanged_file_is_not_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        assert!(write_if_changed(&path, b"one").unwrap());
        assert!(!write_if_changed(&path, b"one").unwrap());
        assert!(write_if_changed(&path, b"two").unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn only_old_drafts_are_swept_away() {
        let folder = tempfile::tempdir().unwrap();
        let names = [".neurobook-old.tmp", ".neurobook-new.tmp", "old.ipynb"];
        for name in names {
            let file = File::create(folder.path().join(name)).unwrap();
            if name.contains("old") {
                file.set_modified(SystemTime::now() - 2 * STALE).unwrap();
            }
        }
        sweep(folder.path());
        let left: Vec<bool> = names.iter().map(|name| folder.path().join(name).exists()).collect();
        assert_eq!(left, [false, true, true]);
    }
}
