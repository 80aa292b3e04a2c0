//! How far a compilation is, in a file beside what is made, so that a notebook in another process can say it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::support::atomic_file;

/// Written by whoever compiles; gone when that ends.
pub struct ProgressFile {
    path: PathBuf,
}

impl ProgressFile {
    /// The progress of one of the compilations in a folder.
    pub fn new(folder: &Path, name: &str) -> ProgressFile {
        ProgressFile { path: path(folder, name) }
    }

    /// So many parts of this many are done.
    pub fn write(&self, done: usize, total: usize) {
        // What cannot be written is only not said.
        let _ = atomic_file::write(&self.path, format!("{done} {total}").as_bytes());
    }
}

/// What was written last of a compilation in a folder, if somebody is compiling.
pub fn read(folder: &Path, name: &str) -> Option<(usize, usize)> {
    let text = fs::read_to_string(path(folder, name)).ok()?;
    let (done, total) = text.split_once(' ')?;
    Some((done.parse().ok()?, total.parse().ok()?))
}

fn path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("progress-{name}"))
}

impl Drop for ProgressFile {
    fn drop(&mut self) {
        // It is not there where nothing was written.
        let _ = fs::remove_file(&self.path);
    }
}

/// Estimates the time that is left from how long the parts have taken so far.
pub struct Estimate {
    begin: Instant,
    first: Option<usize>,
}

/// Before this many parts are done, their times say nothing about the rest.
const ENOUGH: usize = 5;

impl Estimate {
    /// Begins now.
    pub fn begin() -> Estimate {
        Estimate { begin: Instant::now(), first: None }
    }

    /// The time that is left, where there is something to go by.
    pub fn left(&mut self, done: usize, total: usize) -> Option<Duration> {
        let first = *self.first.get_or_insert(done);
        self.left_after(self.begin.elapsed(), done.checked_sub(first)?, total.checked_sub(done)?)
    }

    fn left_after(&self, elapsed: Duration, done: usize, left: usize) -> Option<Duration> {
        (done >= ENOUGH).then(|| elapsed.mul_f64(left as f64 / done as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_what_the_other_parts_took() {
        let estimate = Estimate::begin();
        assert_eq!(estimate.left_after(Duration::from_secs(30), 10, 20), Some(Duration::from_secs(60)));
        assert_eq!(estimate.left_after(Duration::from_secs(30), 4, 20), None);
    }

    #[test]
    fn progress_is_read_while_it_is_made_and_gone_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let written = ProgressFile::new(folder.path(), "kernel");
        assert_eq!(read(folder.path(), "kernel"), None);
        written.write(3, 40);
        assert_eq!(read(folder.path(), "kernel"), Some((3, 40)));
        drop(written);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
