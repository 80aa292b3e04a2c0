//! What the compiler says, at the learner's own cell and line.

use serde_json::Value;

use super::program_text::{Origin, Program};
use crate::compiler_hints;

/// An error of the compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file of the exercise that it belongs to; `None` where it belongs to none.
    pub file: Option<String>,
    /// All that is to be said about it.
    pub text: String,
}

/// The errors in what `rustc --error-format=json` has written.
pub fn faults(stderr: &[u8], program: &Program) -> Vec<Fault> {
    let text = String::from_utf8_lossy(stderr);
    let messages = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    messages.filter(|message| message["level"] == "error").filter_map(|message| fault(&message, program)).collect()
}

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
    let label = primary.and_then(|span| span["label"].as_str()).unwrap_or_default();
    let source = place.and_then(|span| span["text"][0]["text"].as_str()).map(str::trim).filter(|_| origin.is_some());
    let mut text = match origin {
        Some(Origin { cell, line }) if cell > 0 => format!("Cell {cell}, line {line}: {what}."),
        _ if file.is_some() => format!("Where the check calls your function: {what}."),
        _ => format!("{what}."),
    };
    if !label.is_empty() && label != what {
        text += &format!(" ({label})");
    }
    if let Some(source) = source {
        text += &format!("\n    {source}");
    }
    if let Some(words) = compiler_hints::words(message) {
        text += &format!("\n{words}");
    }
    Some(Fault { file, text })
}

fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}
