//! What `run` says: a line a cell, and a paragraph for each that failed.

use std::time::Duration;

use evcxr::{CompilationError, Theme};

use neurobook_cli::notebook::Cell;

use crate::engine::Failure;
use crate::supervisor::Ending;

/// A line for a cell that has run.
pub fn progress(count: usize, total: usize, cell: &Cell, took: Duration, failure: Option<&Failure>) {
    let verdict = failure.map_or("", |_| "  FAILED");
    eprintln!("[{count}/{total}] {:5.2} s  {}{verdict}", took.as_secs_f64(), title(cell));
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

/// The compiler's message in one paragraph: what, and at which line of the cell.
pub fn compiler_message(error: &CompilationError) -> String {
    let line = error
        .primary_spanned_message()
        .and_then(|message| message.span)
        .map(|span| format!("line {}: ", span.start_line))
        .unwrap_or_default();
    let mut text = format!("  {line}{}", error.message());
    for help in error.help() {
        text.push_str("\n  help: ");
        text.push_str(&help);
    }
    text
}

/// The compiler's message as the kernel shows it, with the learner's line and what is marked in it.
pub fn compiler_trace(error: &CompilationError, source: &str) -> Vec<String> {
    let file = "cell".to_owned();
    let mut written = Vec::new();
    if error.is_from_user_code()
        && let Some(report) = error.build_report(file.clone(), source.to_owned(), Theme::Light)
        && report.write(ariadne::sources([(file, source)]), &mut written).is_ok()
    {
        return String::from_utf8_lossy(&written).lines().map(str::to_owned).collect();
    }
    let spanned = error
        .spanned_messages()
        .iter()
        .flat_map(|message| message.lines.iter().cloned().chain([message.label.clone()]));
    spanned.chain([error.message()]).chain(error.help().into_iter().map(|help| format!("help: {help}"))).collect()
}

/// The cell's exercise and role, or its first line of code.
fn title(cell: &Cell) -> String {
    let source = cell.source();
    let first = source.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    first.chars().take(60).collect()
}
