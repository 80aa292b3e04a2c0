//! The seam between a run, which knows of files, threads and records, and what marks one submission.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::record::{Record, SubmissionName};
use super::settings::{Sandbox, Settings};

/// What a marker is made from.
#[derive(Debug, Clone)]
pub struct GradingRequest {
    /// `02_single_node_dynamics`.
    pub chapter: String,
    /// Where the hidden inputs come from.
    pub seed: u64,
    /// What must hold.
    pub sandbox: Sandbox,
}

/// A submission, as text that nobody has looked at.
#[derive(Debug)]
pub struct Submission {
    /// Its id, and the hash of the bytes.
    pub name: SubmissionName,
    /// The notebook, as it was handed in.
    pub bytes: Vec<u8>,
    /// The names of documents that were handed in beside it.
    pub beside: Option<String>,
}

/// How long it took, in seconds. Stands beside a record, never in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Timings {
    /// From the bytes to the record.
    pub total: f64,
    /// In the compiler.
    pub compile: f64,
    /// Of each exercise, by its id.
    pub exercises: BTreeMap<String, f64>,
}

/// What marks submissions. All threads share it.
pub trait Grader: Sync {
    /// What all records of the run have in common. The same order on the same course gives the same.
    fn settings(&self) -> Settings;

    /// Marks one submission. It never fails: what is not the learner's doing is a record that says so
    /// ([`Status::Infrastructure`](super::record::Status::Infrastructure)), and the next run marks again.
    fn mark(&self, submission: &Submission) -> (Record, Timings);
}
