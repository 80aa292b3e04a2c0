//! The folder that a run writes.
//!
//! ```text
//! OUT/run.json            what all records have in common; written first
//!     submissions.txt     the ids of all submissions, this shard's and others'
//!     records/ID.json     a marked submission; the truth, from which all below is made
//!     times/ID.json       how long it took
//!     grades.csv  results.json  overview.html  gradescope/ID.json  feedback/ID.html
//!     written/            the answers in words, and the marks that the teacher gave them
//! ```

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde::de::DeserializeOwned;

use super::grader::Timings;
use super::record::Record;
use super::settings::Settings;
use crate::support::file_lock::FileLock;
use crate::support::{atomic_file, pretty_json};

/// `OUT`.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

/// Held while a process writes into the folder. The system releases it, however the process ends.
pub struct Lock {
    _held: Option<FileLock>,
}

impl Folder {
    /// The folder at this path, whether it is there or not.
    pub fn at(root: &Path) -> Folder {
        Folder { root: root.to_owned() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    pub fn record_path(&self, id: &str) -> PathBuf {
        self.path("records").join(format!("{id}.json"))
    }

    fn times_path(&self, id: &str) -> PathBuf {
        self.path("times").join(format!("{id}.json"))
    }

    /// Takes the folder for this process; shards may share it.
    pub fn lock(&self, shared: bool) -> Result<Lock> {
        make_private(&self.root).with_context(|| format!("cannot make the folder {}", self.root.display()))?;
        let path = self.path(".lock");
        let file = File::options().create(true).append(true).open(&path);
        let file = file.with_context(|| format!("cannot write to {}", path.display()))?;
        match if shared { FileLock::try_shared(file) } else { FileLock::try_alone(file) } {
            Ok(Some(held)) => {
                if !shared {
                    for folder in ["", "records", "times", "feedback", "gradescope", "written"] {
                        atomic_file::sweep_all(&self.path(folder));
                    }
                }
                Ok(Lock { _held: Some(held) })
            }
            Ok(None) => {
                bail!("another run is at work in {}: wait for it, or take another folder", self.root.display())
            }
            // Some network file systems know no locks.
            Err(_) => Ok(Lock { _held: None }),
        }
    }

    /// The ids of the marked submissions, sorted.
    pub fn marked(&self) -> Result<Vec<String>> {
        let folder = self.path("records");
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", folder.display())),
        };
        let mut ids = Vec::new();
        for entry in entries {
            let name = entry.with_context(|| format!("cannot read {}", folder.display()))?.file_name();
            let Some(id) = name.to_str().and_then(|name| name.strip_suffix(".json")) else { continue };
            if !id.starts_with('.') {
                ids.push(id.to_owned());
            }
        }
        ids.sort();
        Ok(ids)
    }

    /// A submission's record; `None` if there is none, or none that can be read.
    pub fn record(&self, id: &str) -> Option<Record> {
        let of_id = |record: &Record| record.submission.id == id && record.doubled().is_none();
        read(&self.record_path(id)).ok().filter(of_id)
    }

    /// A record that must be there, and be this submission's in a run with these settings: whatever else has come into the
    /// folder is nobody's mark.
    pub fn expect_record(&self, id: &str, settings: &Settings) -> Result<Record> {
        let path = self.record_path(id);
        let damaged = || format!("{} is damaged: delete it, and grade again", path.display());
        let record: Record = read(&path).with_context(damaged)?;
        let of = &record.submission.id;
        ensure!(of == id, "{} is the record of {of}: delete it, and grade again", path.display());
        if let Some(exercise) = record.doubled() {
            bail!("{} has the exercise {exercise} twice: delete it, and grade again", path.display());
        }
        let why = "is of another run: its course, chapter, toolchain or seed is not that of run.json";
        ensure!(settings.matches(&record), "{} {why}: delete it, and grade again", path.display());
        Ok(record)
    }

    /// Keeps a record. The times go first: where there is a record, all is there.
    pub fn keep(&self, record: &Record, times: &Timings) -> Result<()> {
        atomic_file::write(&self.times_path(&record.submission.id), &pretty_json::bytes(times))?;
        atomic_file::write(&self.record_path(&record.submission.id), &pretty_json::bytes(record))
    }

    /// Copies a record and its times from another folder, byte for byte.
    pub fn take(&self, other: &Folder, id: &str) -> Result<()> {
        if let Ok(times) = fs::read(other.times_path(id)) {
            atomic_file::write(&self.times_path(id), &times)?;
        }
        let path = other.record_path(id);
        let record = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        atomic_file::write_if_changed(&self.record_path(id), &record)?;
        Ok(())
    }

    /// The ids of all submissions that were to be marked, here or elsewhere.
    pub fn expected(&self) -> BTreeSet<String> {
        let list = fs::read_to_string(self.path("submissions.txt")).unwrap_or_default();
        list.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// Adds to the ids of all submissions.
    pub fn expect(&self, ids: impl IntoIterator<Item = String>) -> Result<()> {
        let mut all = self.expected();
        all.extend(ids);
        let list: String = all.iter().map(|id| format!("{id}\n")).collect();
        atomic_file::write_if_changed(&self.path("submissions.txt"), list.as_bytes())?;
        Ok(())
    }
}

/// Makes a folder that nobody else on the machine can look into: the hidden inputs and everybody's answers are in it. One that
/// is there already is as its owner wants it.
fn make_private(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    folder.parent().map_or(Ok(()), fs::create_dir_all)?;
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        // Another shard was faster.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(serde_json::from_slice(&bytes)?)
}
