//! What the compiler says, at the learner's own cell and line.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::program_text::{Origin, Program};
use crate::compiler_hints;
use crate::support::plain_text;

/// An error of the compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub place: Place,
    /// The learner's own line that it is in.
    pub origin: Option<Origin>,
    /// The line of `main.rs` that it is in, from 1 on.
    pub main_line: Option<usize>,
    /// The compiler's code for errors of its kind, or nothing.
    pub code: String,
    /// All that is to be said about it.
    pub text: String,
}

/// Whose text an error is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In this file of an answer.
    Answer(String),
    /// In nobody's: the compiler cannot read, write or link what it should.
    Nowhere,
    /// In nobody's: a signal ended the linker that no limit and no program here sends.
    Linker,
}

/// A longer message is cut: the text of a learner's own `compile_error!` may have any length.
const LONGEST_PART: usize = 1_000;

/// The errors of a compiler that cannot read the crates.
const CRATES: [&str; 7] = ["E0460", "E0461", "E0462", "E0463", "E0514", "E0519", "E0786"];

/// How the compiler begins what it says of a linker that failed.
const LINKING: &str = "linking with `";

/// How compiler and linker tell of the signals hangup, bus error, kill and termination. No name in a program has a blank.
const FROM_OUTSIDE: [&str; 13] = [
    "signal: 1 (",
    "signal: 7 (",
    "signal: 9 (",
    "signal: 15 (",
    "terminated with signal 1 [",
    "terminated with signal 7 [",
    "terminated with signal 9 [",
    "terminated with signal 15 [",
    "Hangup signal terminated program ",
    "Bus error signal terminated program ",
    "Killed signal terminated program ",
    "Terminated signal terminated program ",
    "unable to execute command: Killed",
];

/// Whether the linker, or what it has started, was ended by somebody else.
fn was_ended_from_outside(message: &Value) -> bool {
    let notes = message["children"].as_array().into_iter().flatten().filter_map(|note| note["message"].as_str());
    let mut texts = message["message"].as_str().into_iter().chain(notes);
    texts.any(|text| FROM_OUTSIDE.iter().any(|sign| text.contains(sign)))
}

/// The errors in what `rustc --error-format=json` has written.
pub fn faults(stderr: &[u8], program: &Program) -> Vec<Fault> {
    let text = String::from_utf8_lossy(stderr);
    let messages = text.lines().filter_map(message);
    messages.filter(|message| message["level"] == "error").filter_map(|message| fault(&message, program)).collect()
}

/// A message as the compiler writes it. Of a macro that calls itself without end it has more in each other than is read: then
/// the place in the macro stands for that of its call.
fn message(line: &str) -> Option<Value> {
    #[derive(Deserialize, Serialize)]
    struct Flat {
        level: String,
        message: String,
        code: Option<Value>,
        spans: Vec<Span>,
    }
    #[derive(Deserialize, Serialize)]
    struct Span {
        file_name: String,
        line_start: u64,
        is_primary: bool,
        label: Option<String>,
        text: Value,
    }
    let flat = || serde_json::to_value(serde_json::from_str::<Flat>(line).ok()?).ok();
    serde_json::from_str(line).ok().or_else(flat)
}

/// Errors at the check's call of a function that takes or gives other types.
const TYPES: [&str; 2] = ["E0277", "E0308"];
const FIRST_LINE: &str = "Is the function's first line as the course gave it? What goes in and what comes out is to be of the types that stand there.";

fn fault(message: &Value, program: &Program) -> Option<Fault> {
    let what = message["message"].as_str()?;
    if what.starts_with("aborting due to") {
        return None;
    }
    let spans = message["spans"].as_array().map_or(&[][..], Vec::as_slice);
    let primary = spans.iter().find(|span| span["is_primary"] == true).or(spans.first());
    // An error inside a macro belongs to the line that called it.
    let place = primary.map(compiler_hints::called);
    let file = place.and_then(|span| span["file_name"].as_str()).map(file_name);
    let line = place.and_then(|span| span["line_start"].as_u64()).unwrap_or(0) as usize;
    let origin = file.as_deref().and_then(|file| program.origin(file, line));
    let (is_nowhere, code) = (origin.is_none(), message["code"]["code"].as_str().unwrap_or_default().to_owned());
    let is_main = file.as_deref().is_none_or(|file| !program.has_file(file));
    let is_linker = file.is_none() && what.starts_with(LINKING) && was_ended_from_outside(message);
    let of = match file.clone().filter(|_| !(is_main || is_nowhere && CRATES.contains(&code.as_str()))) {
        Some(file) => Place::Answer(file),
        None if is_linker => Place::Linker,
        None => Place::Nowhere,
    };
    let label = primary.and_then(|span| span["label"].as_str()).unwrap_or_default();
    let source = place.and_then(|span| span["text"][0]["text"].as_str()).map(str::trim).filter(|_| origin.is_some());
    let mut text = match origin {
        Some(Origin { cell, line }) if cell > 0 => format!("Cell {cell}, line {line}: {}.", cut(what)),
        _ if file.is_some() => format!("Where the check calls your function: {}.", cut(what)),
        _ => format!("{}.", cut(what)),
    };
    if !label.is_empty() && label != what {
        text += &format!(" ({})", cut(label));
    }
    if let Some(source) = source {
        text += &format!("\n    {}", cut(source));
    }
    let at_the_call = file.is_some() && is_nowhere && TYPES.contains(&code.as_str());
    if let Some(words) = at_the_call.then_some(FIRST_LINE).or_else(|| compiler_hints::words(message)) {
        text += &format!("\n{}", cut(words));
    }
    let main_line = file.filter(|file| is_main && file == "main.rs").map(|_| line);
    Some(Fault { place: of, origin, main_line, code, text })
}

/// What the compiler says may be a learner's own words.
fn cut(text: &str) -> String {
    plain_text::visible(&plain_text::cut(text, LONGEST_PART)).into_owned()
}

fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_a_macro_that_calls_itself_without_end_has_a_line() {
        let span = |inside: String| {
            format!(
                r#"{{"file_name":"../double.rs","line_start":2,"is_primary":true,"label":null,"text":[],"expansion":{inside}}}"#
            )
        };
        let deep = (0..200).fold("null".to_owned(), |inside, _| format!(r#"{{"span":{}}}"#, span(inside)));
        let line = format!(
            r#"{{"level":"error","message":"recursion limit reached","code":null,"spans":[{}],"children":[]}}"#,
            span(deep)
        );
        let mut program = Program::default();
        let origins = vec![None, Some(Origin { cell: 3, line: 7 })];
        program.add_file("double.rs".to_owned(), "\n\n".to_owned(), origins);
        let found = faults(line.as_bytes(), &program);
        assert_eq!(found[0].place, Place::Answer("double.rs".to_owned()));
        assert!(found[0].text.starts_with("Cell 3, line 7: recursion limit reached"), "{}", found[0].text);
    }
}
