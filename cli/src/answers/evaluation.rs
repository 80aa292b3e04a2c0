//! What came of an answer, and how a process ended before it was done.

use std::collections::BTreeSet;

use neurobook::check::{StopReason, Verdict};

/// Why a process ended before it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TerminationCause {
    Crash,
    Time,
    /// Its time by the clock, most of which it waited: for something of its own that never comes, or for the machine.
    Wait,
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
            TerminationCause::Time
            | TerminationCause::Wait
            | TerminationCause::Memory
            | TerminationCause::Violation => StopReason::AtLimit(self.reason.clone()),
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
    /// How many of the first so many cases are right.
    pub(super) fn passing(&self, first: usize) -> usize {
        match self {
            Evaluation::Verdict { verdict, .. } => {
                verdict.cases.iter().take(first).filter(|case| case.problem.is_none()).count()
            }
            _ => 0,
        }
    }

    /// Whether this takes the place of another version: where it alone is right in all cases, or in more of the public ones.
    /// Of several guesses none is chosen because it is right in more of the hidden cases.
    pub(super) fn is_better_than(&self, other: &Evaluation, public: usize) -> bool {
        (self.passed() && !other.passed()) || self.passing(public) > other.passing(public)
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

#[cfg(test)]
mod tests {
    use neurobook::check::{CheckedCase, Problem};

    use super::*;

    /// Two public cases and three hidden ones.
    fn judged(right: [bool; 5]) -> Evaluation {
        let case = |right: bool| {
            let problem = (!right).then(Problem::default);
            CheckedCase { name: String::new(), input: String::new(), problem }
        };
        let verdict = Verdict {
            title: String::new(),
            cases: right.map(case).to_vec(),
            misconception: None,
            hint: None,
            lesson: None,
            hidden: 3,
        };
        Evaluation::Verdict { verdict: Box::new(verdict), ended: None, hidden_end: None, cell: None }
    }

    #[test]
    fn of_several_guesses_none_is_chosen_because_it_is_right_in_more_hidden_cases() {
        let (few, more) = (judged([true, true, true, false, false]), judged([true, true, true, true, false]));
        assert!(!more.is_better_than(&few, 2) && !few.is_better_than(&more, 2));
        let all = judged([true; 5]);
        assert!(all.is_better_than(&more, 2) && !more.is_better_than(&all, 2));
        let fewer = judged([true, false, true, true, true]);
        assert!(few.is_better_than(&fewer, 2) && !fewer.is_better_than(&few, 2));
        assert!(few.is_better_than(&Evaluation::NotCompiled(String::new()), 2));
    }
}
