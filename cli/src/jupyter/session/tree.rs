//! Folders, listed and copied.

use std::fs::{self, File};
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result};

/// What is in a folder.
pub fn entries(folder: &Path) -> Result<Vec<fs::DirEntry>> {
    fs::read_dir(folder).and_then(Iterator::collect).with_context(|| format!("cannot list {}", folder.display()))
}

/// Copies a folder. Its files get this time, by which Cargo knows what is up to date.
pub fn copy_tree(from: &Path, to: &Path, time: SystemTime) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for entry in entries(from)? {
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target, time)?;
        } else {
            copy_file(&entry.path(), &target, time)
                .with_context(|| format!("cannot copy {} to {}", entry.path().display(), target.display()))?;
        }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path, time: SystemTime) -> std::io::Result<()> {
    fs::copy(from, to)?;
    File::options().write(true).open(to)?.set_modified(time)
}
