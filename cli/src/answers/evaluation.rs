//! What came of an answer, and how a process ended before it was done.

use std::collections::BTreeSet;

use neurobook::check::{StopReason, Verdict};

/// Why a process ended before it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TerminationCause {
    Crash,
    Time,
    Memory,
    Violation,
}

/// How a process ended before it was done: the cause, and a sentence about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Termination {
    pub cause: TerminationCause,
    pub reason: String,
}

impl Termination {
    pub(super) fn stopped(&self) -> StopReason {
        match self.cause {
            TerminationCause::Crash => StopReason::Ended(self.reason.clone()),
            TerminationCause::Time | TerminationCause::Memory | TerminationCause::Violation => {
                StopReason::AtLimit(self.reason.clone())
            }
        }
    }
}

/// What came of one exercise.
#[derive(Debug, Clone, PartialEq)]
pub enum Evaluation {
    /// It ran.
    Verdict {
        /// Of all cases. What it says of the public ones follows from them alone.
        verdict: Box<Verdict>,
        /// What ended its process in a public case, where something did.
        ended: Option<Termination>,
        /// What ended it in a hidden one, for the teacher.
        hidden_end: Option<Termination>,
        /// Which of several copies counted; the number of their cell.
        cell: Option<usize>,
    },
    /// Every case is right with the chapter's own functions of other exercises, which the notebook lacks or has wrong.
    RightWithLent(BTreeSet<String>),
    /// The compiler refused it, and what it said.
    NotCompiled(String),
    /// It is not in the notebook; what to do.
    Missing(String),
    /// It is not compiled, because of a word in it; which, and what to do.
    Refused(String),
    /// The compiler itself was stopped.
    Stopped(Termination),
}

impl Evaluation {
    pub(super) fn passing(&self) -> usize {
        match self {
            Evaluation::Verdict { verdict, .. } => verdict.cases.iter().filter(|case| case.problem.is_none()).count(),
            _ => 0,
        }
    }

    /// Whether every case is right.
    pub fn passed(&self) -> bool {
        match self {
            Evaluation::Verdict { verdict, .. } => verdict.passed(),
            Evaluation::RightWithLent(_) => true,
            _ => false,
        }
    }
}
