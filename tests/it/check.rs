//! The checks of the notebook, as a learner meets them.

mod chapter_02_exercises;
mod euler;
mod files;
mod macro_forms;
mod misconceptions;
mod panics;
mod parts;
mod rows;
mod types;
mod verdicts;

use neurobook::check::{Problem, Verdict};

/// The name of the diagnosed mistake; the answer must be wrong.
#[track_caller]
fn diagnosed(verdict: &Verdict) -> &str {
    assert!(!verdict.passed(), "the mistake passes: {verdict}");
    verdict.misconception.as_ref().map_or("nothing", |misconception| &misconception.name)
}

/// The answer is right, and nothing is said but what to remember.
#[track_caller]
fn passes(verdict: &Verdict) {
    assert!(verdict.passed() && verdict.lesson.is_some(), "{verdict}");
    assert_eq!((&verdict.misconception, &verdict.hint), (&None, &None));
}

/// The first problem.
#[track_caller]
fn problem(verdict: &Verdict) -> &Problem {
    verdict.cases.iter().find_map(|case| case.problem.as_ref()).expect("there is no problem")
}
