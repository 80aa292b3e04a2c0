//! Folders of compiled crates, listed and copied.
//!
//! What the compiler has made it never writes into: it makes a new file and moves it into the old one's place. So a
//! copy can share such files with its original, and takes no space. What Cargo writes into is really copied.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result};

/// How a copy has what nobody writes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// The file has a second name.
    Names,
    /// A link leads to the original: systems let nobody give another user's file a second name.
    Links,
}

/// What is in a folder.
pub fn entries(folder: &Path) -> Result<Vec<fs::DirEntry>> {
    fs::read_dir(folder).and_then(Iterator::collect).with_context(|| format!("cannot list {}", folder.display()))
}

/// Copies a folder but for what is left out by name.
///
/// Cargo compares two kinds of times. Its own notes must not be older than the sources: they get `time`, when these were
/// read. Notes on crates that nobody edits must not be older than what build scripts have written either: they keep their
/// time where it is later. What was made must not be older than what it was made from: it keeps its time.
pub fn copy_tree(
    from: &Path,
    to: &Path,
    time: SystemTime,
    sharing: Sharing,
    is_left_out: &impl Fn(&str) -> bool,
) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for entry in entries(from)? {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_name().to_str().is_some_and(is_left_out) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_tree(&source, &target, time, sharing, is_left_out)?;
            continue;
        }
        let copied = if is_note(&source) {
            let own = entry.metadata()?.modified()?;
            copy(&source, &target, Some(if is_of_the_course(&source) { time } else { own.max(time) }))
        } else if is_compiled(&source) {
            share(&source, &target, sharing)
        } else {
            copy(&source, &target, None)
        };
        copied.with_context(|| format!("cannot copy {} to {}", source.display(), target.display()))?;
    }
    Ok(())
}

/// Whether Cargo notes in this file what it has compiled.
pub fn is_note(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == ".fingerprint")
}

/// Whether a note is about one of the course's own crates, whose sources change.
fn is_of_the_course(note: &Path) -> bool {
    let named = note.parent().and_then(Path::file_name).unwrap_or_default();
    named.to_string_lossy().starts_with("neurobook")
}

/// Whether the compiler or the linker has made this file.
pub fn is_compiled(path: &Path) -> bool {
    let has_ending = |endings: &[&str]| path.extension().is_some_and(|ending| endings.iter().any(|own| ending == *own));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_build_script = name.starts_with("build-script-") || name.starts_with("build_script_");
    !is_note(path) && (has_ending(&["rlib", "rmeta", "so", "dylib", "dll"]) || is_build_script && !has_ending(&["d"]))
}

/// How much a folder holds, at least one.
pub fn megabytes(folder: &Path) -> u64 {
    fn bytes(folder: &Path) -> u64 {
        let files = entries(folder).unwrap_or_default().into_iter();
        let size = |entry: fs::DirEntry| match entry.metadata() {
            Ok(about) if about.is_dir() => bytes(&entry.path()),
            Ok(about) => about.len(),
            Err(_) => 0,
        };
        files.map(size).sum()
    }
    bytes(folder) / 1_000_000 + 1
}

/// The same file; a copy where the disk has no second names.
fn share(from: &Path, to: &Path, sharing: Sharing) -> io::Result<()> {
    #[cfg(unix)]
    if sharing == Sharing::Links {
        return std::os::unix::fs::symlink(from, to);
    }
    #[cfg(not(unix))]
    let _ = sharing;
    fs::hard_link(from, to).or_else(|_| copy(from, to, None))
}

/// A file with the same contents, and with this time or its original's.
fn copy(from: &Path, to: &Path, time: Option<SystemTime>) -> io::Result<()> {
    let time = time.map_or_else(|| fs::metadata(from)?.modified(), Ok)?;
    fs::copy(from, to)?;
    File::options().write(true).open(to)?.set_modified(time)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn notes_get_the_time_of_the_sources_and_those_on_other_peoples_crates_do_not_become_older() {
        let [from, to] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let read_at = SystemTime::now() - Duration::from_secs(60);
        let hour = Duration::from_secs(3600);
        let at = |folder: &Path, name: &str| folder.join("neurobook/debug/.fingerprint").join(name).join("dep-lib");
        for (name, time) in [("neurobook-1", read_at + hour), ("num-1", read_at + hour), ("num-2", read_at - hour)] {
            let note = at(from.path(), name);
            fs::create_dir_all(note.parent().unwrap()).unwrap();
            File::create(note).unwrap().set_modified(time).unwrap();
        }
        copy_tree(from.path(), to.path(), read_at, Sharing::Names, &|_| false).unwrap();
        let times = ["neurobook-1", "num-1", "num-2"].map(|name| {
            fs::metadata(at(to.path(), name)).unwrap().modified().unwrap().duration_since(read_at).unwrap()
        });
        assert_eq!(times, [Duration::ZERO, hour, Duration::ZERO]);
    }
}
