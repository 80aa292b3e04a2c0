//! What is known of one marked submission: `OUT/records/ID.json`. Nothing in it depends on when or on
//! which machine it was marked, so that a run that was stopped and resumed gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::notebook::picture::Picture;

/// The version of this format.
pub const SCHEMA: u32 = 1;

/// One marked submission.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The version of this format.
    pub schema: u32,
    /// The name of the course's folder.
    pub course: String,
    /// `02_single_node_dynamics`.
    pub chapter: String,
    /// Which submission.
    pub submission: SubmissionName,
    /// What compiled it.
    pub toolchain: String,
    /// Where the hidden inputs came from.
    pub seed: u64,
    /// The layers of the sandbox that held.
    pub sandbox: Vec<String>,
    /// How the submission as a whole fared.
    pub status: Status,
    /// What is to be said about the submission as a whole.
    pub message: Option<String>,
    /// The sum of the scores that are known.
    pub score: f64,
    /// The most that could be had, written answers among it.
    pub max_score: f64,
    /// In the chapter's order.
    pub exercises: Vec<ExerciseResult>,
}

/// A submission: its name and its contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionName {
    /// Safe as a file's name and unlike any other of its run.
    pub id: String,
    /// Of the notebook's bytes; empty if they could not be read.
    pub sha256: String,
}

/// One marked exercise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExerciseResult {
    /// The exercise's id in the chapter.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Who marks it.
    pub kind: Kind,
    /// The most that could be had.
    pub points: f64,
    /// `None`: waits for the teacher.
    pub score: Option<f64>,
    /// How the answer fared.
    pub status: Status,
    /// One or two sentences for the learner.
    pub message: String,
    /// The mistake that was recognised.
    pub misconception: Option<Misconception>,
    /// The compiler's message, at the learner's own cell and line.
    pub compiler: Option<String>,
    /// The text of a written answer.
    pub answer: Option<String>,
    /// The pictures of a written answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
    /// What no learner is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_teacher: Option<String>,
    /// Public ones first.
    pub tests: Vec<Test>,
}

/// One input, and what the answer made of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Test {
    /// Unlike any other of its exercise.
    pub id: String,
    /// What the input is like, in words. For a hidden test it names no value.
    pub name: String,
    /// Who may see the input.
    pub visibility: Visibility,
    /// Whether the output was right.
    pub status: Outcome,
    /// What it is worth.
    pub score: f64,
    /// What was wrong. For a hidden test it names no value.
    pub message: String,
    /// Public tests only.
    pub input: Option<String>,
    /// Public tests only.
    pub expected: Option<String>,
    /// What the answer gave. Public tests only.
    pub got: Option<String>,
}

/// A mistake with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misconception {
    /// "dt is forgotten".
    pub name: String,
    /// What to think about.
    pub explanation: String,
}

/// Who marks an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The program.
    Function,
    /// The teacher.
    Text,
}

/// Who may see a test's input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody.
    Public,
    /// The teacher.
    Hidden,
}

/// Whether an output was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was.
    Passed,
    /// It was not, or there was none.
    Failed,
}

/// How a submission or an exercise fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// ExerciseResult, whatever the mark.
    Graded,
    /// The compiler refused it.
    CompileError,
    /// It took more time than it may.
    Timeout,
    /// It took more memory than it may.
    Memory,
    /// It tried what no answer needs.
    Violation,
    /// It is not a notebook of this chapter.
    Unreadable,
    /// The marking itself failed. A rerun marks the submission again.
    Infrastructure,
}

impl Status {
    /// Whether it is not known what the answers are: their marks wait.
    pub fn hides_answers(self) -> bool {
        matches!(self, Status::Unreadable | Status::Infrastructure)
    }

    /// Whether a teacher should look at the submission.
    pub fn needs_review(self) -> bool {
        self == Status::Violation || self.hides_answers()
    }

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Status::Graded => "graded",
            Status::CompileError => "compile_error",
            Status::Timeout => "timeout",
            Status::Memory => "memory",
            Status::Violation => "violation",
            Status::Unreadable => "unreadable",
            Status::Infrastructure => "infrastructure",
        }
    }
}

/// The words for people.
impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Status::Graded => "graded",
            Status::CompileError => "does not compile",
            Status::Timeout => "takes too long",
            Status::Memory => "takes too much memory",
            Status::Violation => "tried what no answer needs",
            Status::Unreadable => "could not be read",
            Status::Infrastructure => "the marking failed",
        })
    }
}

impl Record {
    /// What the learner is told about the submission as a whole. What failed in the machine is the teacher's to know.
    pub fn message_for_learner(&self) -> Option<&str> {
        match self.status {
            Status::Infrastructure => Some("The marking failed, through no fault of yours. It will be repeated."),
            _ => self.message.as_deref(),
        }
    }

    /// An exercise that is in it more than once, as in no record that this program has written: its points would count twice,
    /// and the sheet of written answers would have two rows for one answer.
    pub fn doubled(&self) -> Option<&str> {
        let mut seen = BTreeSet::new();
        self.exercises.iter().map(|exercise| exercise.id.as_str()).find(|id| !seen.insert(*id))
    }

    /// The written answers that wait for the teacher.
    pub fn waiting(&self) -> usize {
        self.exercises.iter().filter(|exercise| exercise.waits()).count()
    }
}

impl ExerciseResult {
    /// What was wrong in hidden cases, each sentence with how often: in which of them would tell, at the next attempt, the right
    /// answers by heart.
    pub fn hidden_problems(&self) -> BTreeMap<&str, usize> {
        let mut problems = BTreeMap::new();
        for test in &self.tests {
            if test.visibility == Visibility::Hidden && test.status == Outcome::Failed {
                *problems.entry(test.message.as_str()).or_default() += 1;
            }
        }
        problems
    }

    /// Whether this is a written answer without a mark.
    pub fn waits(&self) -> bool {
        self.kind == Kind::Text && self.score.is_none()
    }
}
