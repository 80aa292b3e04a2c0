//! The compiler's errors as a learner reads them: the errors alone, each with its place in the cell.
//!
//! evcxr gives warnings as errors, and says of each that it begins in a cell's first line. Its colours are numbers, which
//! no dark page can change; without any, a page's own are used.

use std::ops::Range;

use ariadne::{Config, Label, Report, ReportKind};
use evcxr::CompilationError;
use serde_json::Value;

/// What stands before a place in the cell.
const CELL: &str = "cell";

/// The true errors among what the compiler said. Those with a place in the cell come first, since the others often follow
/// from them.
pub fn errors(said: Vec<CompilationError>) -> Vec<CompilationError> {
    let is_error = |error: &CompilationError| error.level() == "error";
    let has_errors = said.iter().any(is_error);
    let (mut placed, others): (Vec<_>, Vec<_>) =
        said.into_iter().filter(|error| !has_errors || is_error(error)).partition(|error| place(error).is_some());
    placed.extend(others);
    placed
}

/// Whether a name is not known that another cell may have made.
pub fn lacks_name(error: &CompilationError) -> bool {
    let codes = ["E0405", "E0412", "E0422", "E0425", "E0432", "E0433"];
    // A macro that is not known has no code.
    error.code().is_some_and(|code| codes.contains(&code)) || error.message().starts_with("cannot find macro")
}

/// The error in one paragraph: what, and at which line of the cell.
pub fn summary(error: &CompilationError) -> String {
    let line = place(error).map(|span| format!("line {}: ", span.start.0)).unwrap_or_default();
    let mut text = format!("  {line}{}", error.message());
    for help in error.help() {
        text.push_str("\n  help: ");
        text.push_str(&help);
    }
    text
}

/// The error as the kernel shows it, with the learner's line and what is marked in it.
pub fn picture(error: &CompilationError, source: &str) -> Vec<String> {
    if let Some(picture) = drawn(error, source) {
        return picture;
    }
    let spanned = error
        .spanned_messages()
        .iter()
        .flat_map(|message| message.lines.iter().cloned().chain([message.label.clone()]));
    spanned.chain([error.message()]).chain(error.help().into_iter().map(|help| format!("help: {help}"))).collect()
}

/// A place in a cell: lines and columns, counted from 1, the last column left out.
struct Place {
    start: (usize, usize),
    end: (usize, usize),
}

/// The place of the first of these, where it is in the cell. evcxr does not name the type of its places.
macro_rules! place_of {
    ($message:expr) => {
        $message
            .span
            .map(|span| Place { start: (span.start_line, span.start_column), end: (span.end_line, span.end_column) })
    };
}

fn place(error: &CompilationError) -> Option<Place> {
    error.primary_spanned_message().and_then(|message| place_of!(message))
}

fn drawn(error: &CompilationError, source: &str) -> Option<Vec<String>> {
    if !error.is_from_user_code() {
        return None;
    }
    let mark = |place: &Place| (CELL.to_owned(), place.characters(source));
    let mut report = Report::build(ReportKind::Error, mark(&place(error)?))
        .with_config(Config::default().with_color(false))
        .with_message(error.message());
    if let Some(code) = error.code() {
        report = report.with_code(code);
    }
    for message in error.spanned_messages().iter().filter(|message| !message.label.is_empty()) {
        if let Some(place) = place_of!(message) {
            report = report.with_label(Label::new(mark(&place)).with_message(&message.label).with_order(10));
        }
    }
    let helps = error.help_spanned().iter().filter(|help| help.span.is_none()).map(|help| help.label.trim().to_owned());
    let notes: Vec<String> = helps.chain(corrections(&error.json)).filter(|note| !note.is_empty()).collect();
    if !notes.is_empty() {
        report.set_note(notes.join("\n"));
    }
    let mut written = Vec::new();
    report.finish().write(ariadne::sources([(CELL.to_owned(), source)]), &mut written).ok()?;
    Some(String::from_utf8_lossy(&written).lines().map(str::to_owned).collect())
}

/// The compiler's helps that change one line, each with the whole line as it would be.
fn corrections(error: &Value) -> Vec<String> {
    let children = error["children"].as_array().map_or(&[][..], Vec::as_slice);
    children.iter().filter(|child| child["level"] == "help").filter_map(correction).collect()
}

fn correction(help: &Value) -> Option<String> {
    let [span] = help["spans"].as_array()?.as_slice() else { return None };
    let [line] = span["text"].as_array()?.as_slice() else { return None };
    let replacement = span["suggested_replacement"].as_str().filter(|text| !text.contains('\n'))?;
    let text: Vec<char> = line["text"].as_str()?.chars().collect();
    let column = |key: &str| Some((line[key].as_u64()? as usize).saturating_sub(1).min(text.len()));
    let (start, end) = (column("highlight_start")?, column("highlight_end")?);
    let before: String = text[..start].iter().collect();
    let after: String = text[end.max(start)..].iter().collect();
    let message = help["message"].as_str()?.trim_end_matches(':');
    Some(format!("help: {message}: `{}`", format!("{before}{replacement}{after}").trim()))
}

impl Place {
    /// As characters of the text.
    fn characters(&self, source: &str) -> Range<usize> {
        let offset = |(line, column): (usize, usize)| {
            let before = source.split_inclusive('\n').take(line.saturating_sub(1));
            before.map(|line| line.chars().count()).sum::<usize>() + column.saturating_sub(1)
        };
        let length = source.chars().count();
        let start = offset(self.start).min(length);
        start..offset(self.end).clamp(start, length)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_help_shows_the_whole_line_as_it_would_be() {
        let help = |replacement: &str, start: u64, end: u64| {
            json!({"level": "help", "message": "add `;` here", "spans": [{"suggested_replacement": replacement,
                "text": [{"text": "    let ω = 1.0", "highlight_start": start, "highlight_end": end}]}]})
        };
        assert_eq!(correction(&help(";", 16, 16)).unwrap(), "help: add `;` here: `let ω = 1.0;`");
        assert_eq!(correction(&help("mut ", 9, 9)).unwrap(), "help: add `;` here: `let mut ω = 1.0`");
        assert_eq!(correction(&help("a\nb", 9, 9)), None);
        assert_eq!(correction(&json!({"level": "help", "message": "x", "spans": []})), None);
        // Columns that lie beyond the line.
        assert_eq!(correction(&help(";", 99, 3)).unwrap(), "help: add `;` here: `let ω = 1.0;`");
    }
}
