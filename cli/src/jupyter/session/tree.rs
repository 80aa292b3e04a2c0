//! Folders of compiled crates, listed and copied.
//!
//! What the compiler has made it never writes into: it makes a new file and moves it into the old one's place. So a
//! copy can share such files with its original, and takes no space. What Cargo writes into is really copied.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result};

/// What is in a folder.
pub fn entries(folder: &Path) -> Result<Vec<fs::DirEntry>> {
    fs::read_dir(folder).and_then(Iterator::collect).with_context(|| format!("cannot list {}", folder.display()))
}

/// Copies a folder but for what is left out by name.
///
/// Cargo compares two kinds of times. Its own notes must not be older than the sources: they get `time`. What is
/// compiled must not be older than what it was compiled from: it keeps its time.
pub fn copy_tree(from: &Path, to: &Path, time: SystemTime, is_left_out: &impl Fn(&str) -> bool) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for entry in entries(from)? {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_name().to_str().is_some_and(is_left_out) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_tree(&source, &target, time, is_left_out)?;
            continue;
        }
        let copied = if is_compiled(&source) { share(&source, &target) } else { copy(&source, &target, time) };
        copied.with_context(|| format!("cannot copy {} to {}", source.display(), target.display()))?;
    }
    Ok(())
}

/// Whether the compiler or the linker has made this file.
pub fn is_compiled(path: &Path) -> bool {
    let has_ending = |endings: &[&str]| path.extension().is_some_and(|ending| endings.iter().any(|own| ending == *own));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    has_ending(&["rlib", "rmeta", "so", "dylib", "dll"])
        || (name.starts_with("build") && name.contains("script") && !has_ending(&["d", "json"]))
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

/// The same file under a second name; a copy with the same time where the disk has no such names.
fn share(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|_| copy(from, to, fs::metadata(from)?.modified()?))
}

fn copy(from: &Path, to: &Path, time: SystemTime) -> io::Result<()> {
    fs::copy(from, to)?;
    File::options().write(true).open(to)?.set_modified(time)
}
