//! What `run` says: a line per cell, and a paragraph for each that failed.

use std::time::Duration;

use neurobook_cli::notebook::Cell;

use crate::engine::Failure;
use crate::supervisor::Ending;

/// A line for a cell that has run: its number, and the `count`th of `total` that run.
pub fn progress(number: usize, (count, total): (usize, usize), cell: &Cell, took: Duration, failure: Option<&Failure>) {
    let verdict = failure.map_or("", |_| "  FAILED");
    eprintln!("cell {number:3}, {count} of {total}  {:5.2} s  {}{verdict}", took.as_secs_f64(), title(cell));
}

/// What failed, where, and what to do.
pub fn failure(number: usize, cell: &Cell, failure: &Failure) -> String {
    let exercise = cell.exercise().map(|exercise| format!(", exercise {exercise}")).unwrap_or_default();
    let what = match failure {
        Failure::Compile { short, .. } => format!("the compiler refuses it\n{short}"),
        Failure::Panic(message) => format!("it panicked: {message}"),
        Failure::Blank(hint) => format!("its blank is still empty: {hint}"),
        Failure::Question(message) => format!("a `?` met an error, which ended the cell: {message}"),
        Failure::Died(Some(ended)) if ended.ending == Ending::Aborted => {
            format!("{ended} Perhaps it, or the cell before it, has a `return` outside a function")
        }
        Failure::TimedOut(limit) => {
            format!("stopped after {} s. Does a loop never end? --timeout SECONDS gives it longer", limit.as_secs_f64())
        }
        Failure::Died(_) | Failure::Interrupted(_) | Failure::Refused(_) => failure.sentence(),
    };
    format!("cell {number}{exercise} ({}): {what}", title(cell))
}

/// The cell's exercise and role, or its first line of code.
fn title(cell: &Cell) -> String {
    let source = cell.source();
    let first = source.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    first.chars().take(60).collect()
}
