//! A submission that is read in the sandbox as often as there is a question about it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::reader::Reading;
use super::sandboxed::Sandboxed;
use crate::answers::answer::Answer;
use crate::answers::kernel_run::KernelRun;
use crate::answers::read_submission::{Contents, Question};
use crate::answers::refused_cells::Reread;
use crate::answers::states::State;
use crate::chapter::Chapter;

/// A submission to a chapter.
pub struct Submitted<'a> {
    pub runner: &'a Sandboxed,
    pub chapter: &'a Chapter,
    pub bytes: &'a [u8],
}

impl Submitted<'_> {
    /// Has a question about it answered.
    ///
    /// # Errors
    /// When that fails and no limit is why.
    pub fn read(&self, question: Question) -> Result<Reading> {
        self.runner.read(self.chapter, self.bytes, question).context("the submission could not be read")
    }

    fn answers(&self, question: Question) -> Result<BTreeMap<String, Answer>> {
        match self.read(question)? {
            Reading::Contents(Contents::AnswersInCode(answers)) => Ok(answers),
            _ => Ok(BTreeMap::new()),
        }
    }
}

/// What was read once within the limits, and is not in another way, has nothing more.
impl Reread for Submitted<'_> {
    fn combinations(&self, exercises: &BTreeSet<String>) -> Result<BTreeMap<String, Answer>> {
        self.answers(Question::Combinations(exercises.clone()))
    }

    fn answers_after(&self, run: &KernelRun) -> Result<BTreeMap<String, Answer>> {
        self.answers(Question::AnswersAfter(run.clone()))
    }

    fn states(&self, exercises: &BTreeSet<String>, run: &KernelRun) -> Result<BTreeMap<String, Vec<State>>> {
        match self.read(Question::States(exercises.clone(), run.clone()))? {
            Reading::Contents(Contents::States(states)) => Ok(states),
            _ => Ok(BTreeMap::new()),
        }
    }
}
