//! The marking itself: this many threads take one submission after the other. At no time are more
//! notebooks in memory than there are threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::Result;

use super::folder::Folder;
use super::grader::{Grader, Submission, Timings};
use super::plan;
use super::plan::submission_name;
use super::progress::Progress;
use super::record::{Record, Status, SubmissionName};
use super::settings::Settings;
use super::submissions::{Found, Machine};

/// All that the threads share.
pub struct Jobs<'a> {
    pub marker: &'a dyn Grader,
    pub settings: &'a Settings,
    pub folder: &'a Folder,
    /// How many at a time.
    pub threads: usize,
    /// Set when the run is to end.
    pub stop: &'a AtomicBool,
}

impl Jobs<'_> {
    /// Marks these submissions and keeps each record at once. Says how many were kept.
    pub fn run(&self, submissions: &[&Found]) -> Result<usize> {
        let progress = Progress::begin(submissions.len());
        let next = AtomicUsize::new(0);
        let kept = AtomicUsize::new(0);
        let failed = Mutex::new(None);
        let work = || {
            while !self.stop.load(Ordering::SeqCst) {
                let Some(found) = submissions.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
                let (record, times) = self.mark(found);
                // Whoever ended this run may have ended a learner's program, too, and that must cost no marks.
                if self.stop.load(Ordering::SeqCst) {
                    return;
                }
                match self.folder.keep(&record, &times) {
                    Ok(()) => _ = kept.fetch_add(1, Ordering::Relaxed),
                    Err(error) => {
                        // A full disk is full for all.
                        self.stop.store(true, Ordering::SeqCst);
                        failed.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).get_or_insert(error);
                        return;
                    }
                }
                progress.done(&record);
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..self.threads.min(submissions.len()).max(1) {
                scope.spawn(work);
            }
        });
        progress.end();
        match failed.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()) {
            Some(error) => Err(error),
            None => Ok(kept.into_inner()),
        }
    }

    fn mark(&self, found: &Found) -> (Record, Timings) {
        let begin = Instant::now();
        let (record, mut times) = self.marked(found);
        times.total = begin.elapsed().as_secs_f64();
        (record, times)
    }

    fn marked(&self, found: &Found) -> (Record, Timings) {
        let unread = |name: &SubmissionName, why: String| {
            (self.settings.record(name, Status::Unreadable, Some(why)), Timings::default())
        };
        let bytes = match found.read() {
            Ok(bytes) => bytes,
            Err(error) => {
                let name = SubmissionName { id: found.id.clone(), sha256: String::new() };
                if error.is::<Machine>() {
                    let record = self.settings.record(&name, Status::Infrastructure, Some(format!("{error:#}")));
                    return (record, Timings::default());
                }
                return unread(&name, format!("{error:#}"));
            }
        };
        let name = submission_name(found, &bytes);
        if let Some(why) = plan::other_chapter(&plan::about(&bytes), &self.settings.chapter) {
            return unread(&name, why);
        }
        let submission = Submission { name, bytes, beside: found.beside.clone() };
        // A fault of ours on one submission must not cost the others theirs.
        catch_unwind(AssertUnwindSafe(|| self.marker.mark(&submission))).unwrap_or_else(|_| {
            let why = "the grader itself failed on this submission: please report it".to_owned();
            (self.settings.record(&submission.name, Status::Infrastructure, Some(why)), Timings::default())
        })
    }
}
