//! The compiler's errors as a learner reads them: the errors alone, each with its place in the cell, and above each, where
//! there is one, a sentence in plain words with the line.
//!
//! evcxr gives warnings as errors, and says of each that it begins in a cell's first line. Its colours are numbers, which
//! no dark page can change; without any, a page's own are used.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use ariadne::{Config, Label, Report, ReportKind};
use evcxr::CompilationError;
use neurobook_cli::compiler_hints;
use serde_json::Value;

use super::refusal;

/// What is before a place in the cell.
const CELL: &str = "cell";
/// The characters of a line that a narrow page with its side bar still holds: JupyterLab breaks longer ones inside words.
const WIDTH: usize = 88;

/// The true errors among what the compiler said. Those with a place in the cell come first, since the others often follow
/// from them.
pub fn errors(said: Vec<CompilationError>) -> Vec<CompilationError> {
    let is_error = |error: &CompilationError| error.level() == "error";
    let has_errors = said.iter().any(is_error);
    let (mut placed, others): (Vec<_>, Vec<_>) =
        said.into_iter().filter(|error| !has_errors || is_error(error)).partition(|error| place(error).is_some());
    placed.extend(others);
    // A name that is not known is named once.
    let mut unknown = BTreeSet::new();
    placed.retain(|error| error.code() != Some("E0425") || unknown.insert(error.message()));
    placed
}

/// Whether a name is not known that another cell may have made.
pub fn lacks_name(error: &CompilationError) -> bool {
    let codes = ["E0405", "E0412", "E0422", "E0425", "E0432", "E0433"];
    // A macro that is not known has no code.
    error.code().is_some_and(|code| codes.contains(&code)) || error.message().starts_with("cannot find macro")
}

/// The value or function that is not known, and whether a function asks for it.
pub fn unknown_name(error: &CompilationError, source: &str) -> Option<(String, bool)> {
    let place = place(error).filter(|_| error.code() == Some("E0425"))?;
    let name = error.message().split('`').nth(1)?.to_owned();
    Some((name, is_in_function(source, place.characters(source).start)))
}

/// Whether a character of a text is between the braces of a function.
fn is_in_function(source: &str, at: usize) -> bool {
    let before: String = source.chars().take(at).collect();
    let (mut open, mut word, mut begins) = (Vec::new(), String::new(), false);
    for letter in before.chars() {
        if letter.is_alphanumeric() || letter == '_' {
            word.push(letter);
            continue;
        }
        begins |= word == "fn";
        word.clear();
        match letter {
            '{' => open.push(std::mem::take(&mut begins)),
            '}' => _ = open.pop(),
            ';' => begins = false,
            _ => {}
        }
    }
    open.contains(&true)
}

/// What is wrong. What evcxr finds out itself about a variable is in its own words, which are for programmers.
pub fn message(error: &CompilationError) -> String {
    refusal::plain(&error.message()).unwrap_or_else(|| error.message())
}

/// The error in one paragraph: what, and at which line of the cell.
pub fn summary(error: &CompilationError) -> String {
    let line = place(error).map(|span| format!("line {}: ", span.start.0)).unwrap_or_default();
    let mut text = format!("  {line}{}", message(error));
    for help in helps(&error.json) {
        text.push_str("\n  ");
        text.push_str(&help);
    }
    text
}

/// What is said above an error, and whether it stands for all that the compiler advises.
#[derive(Clone)]
pub struct Plain<'a> {
    words: Option<Cow<'a, str>>,
    is_whole: bool,
}

impl<'a> Plain<'a> {
    /// About the learner's own line: evcxr gives the compiler each statement in lines of its own.
    pub fn about(error: &'a CompilationError, source: &str, why: Option<&'a str>) -> Plain<'a> {
        let Some(place) = place(error) else {
            return Plain { words: compiler_hints::added(&error.json).map(Cow::from), is_whole: false };
        };
        let line = source.lines().nth(place.start.0.saturating_sub(1)).unwrap_or_default();
        if let Some(words) = refusal::plain_of(&error.message(), line) {
            return Plain { words: Some(words.into()), is_whole: true };
        }
        let (json, column) = (&error.json, place.start.1);
        let foreign = compiler_hints::words_of_another_language(json, line, column);
        let words = why.or(foreign).or_else(|| compiler_hints::words_in(json, line, column));
        Plain { words: words.map(Cow::from), is_whole: why.or(foreign).is_some() }
    }

    /// Where another sentence has said it.
    pub fn said() -> Plain<'a> {
        Plain { words: None, is_whole: true }
    }

    /// Whether the words say more than a help of the compiler's, which guesses.
    fn replaces(&self, help: &str) -> bool {
        let guesses = ["similar name", "perhaps you intended", "for type annotation", "with a similar"];
        let is_general = self.words.as_ref().is_none_or(|words| words.starts_with("Nothing of this name"));
        self.is_whole || !is_general && guesses.iter().any(|guess| help.contains(guess))
    }

    /// With the line, and an empty line below.
    fn lines(&self, error: &CompilationError) -> Vec<String> {
        let Some(words) = &self.words else { return Vec::new() };
        let line = place(error).map(|place| format!("Line {}: ", place.start.0)).unwrap_or_default();
        let mut lines = wrapped(&format!("{line}{words}"));
        lines.push(String::new());
        lines
    }
}

/// The error as the kernel shows it: what it means in plain words, then the learner's line and what is marked in it.
pub fn picture(error: &CompilationError, source: &str, plain: &Plain) -> Vec<String> {
    if let Some(drawn) = drawn(error, source, plain) {
        return [plain.lines(error), drawn].concat();
    }
    if plain.is_whole {
        return vec![message(error)];
    }
    let spanned = error
        .spanned_messages()
        .iter()
        .flat_map(|message| message.lines.iter().cloned().chain([message.label.clone()]));
    let above = compiler_hints::added(&error.json).unwrap_or_default();
    let helps = helps(&error.json).into_iter().filter(|help| above.is_empty() || !help.contains(above));
    plain.lines(error).into_iter().chain(spanned).chain([message(error)]).chain(helps).collect()
}

/// A text in lines that a page need not break, and of which none ends inside code.
pub fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut piece = String::new();
    for word in text.split(' ') {
        if !piece.is_empty() {
            piece.push(' ');
        }
        piece.push_str(word);
        if piece.matches('`').count() % 2 == 1 {
            continue;
        }
        let line = lines.last_mut().filter(|line| line.chars().count() + piece.chars().count() < WIDTH);
        match line {
            Some(line) if line.is_empty() => line.push_str(&piece),
            Some(line) => {
                line.push(' ');
                line.push_str(&piece);
            }
            None => lines.push(piece.clone()),
        }
        piece.clear();
    }
    lines.extend((!piece.is_empty()).then_some(piece));
    lines
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

fn drawn(error: &CompilationError, source: &str, plain: &Plain) -> Option<Vec<String>> {
    if !error.is_from_user_code() {
        return None;
    }
    let mark = |place: &Place| (CELL.to_owned(), place.characters(source));
    let mut report = Report::build(ReportKind::Error, mark(&place(error)?))
        .with_config(Config::default().with_color(false))
        .with_message(refusal::short(&error.message()).unwrap_or_else(|| error.message()));
    if let Some(code) = error.code() {
        report = report.with_code(code);
    }
    for message in error.spanned_messages().iter().filter(|message| !message.label.is_empty()) {
        if let Some(place) = place_of!(message) {
            // Where the compiler says nothing beside a place, evcxr repeats the heading there.
            let is_heading = message.label.strip_prefix("error: ").is_some_and(|label| label == error.message());
            let label = if is_heading { "here" } else { &message.label };
            report = report.with_label(Label::new(mark(&place)).with_message(label).with_order(10));
        }
    }
    // What evcxr finds out itself has a place, and no words beside it.
    if error.spanned_messages().iter().all(|message| message.label.is_empty()) {
        report = report.with_label(Label::new(mark(&place(error)?)).with_message("here"));
    }
    // What was added for others is above in the words about the learner's own line.
    let above = compiler_hints::added(&error.json).unwrap_or_default();
    let helps = error.help_spanned().iter().filter(|help| help.span.is_none()).map(|help| help.label.trim().to_owned());
    // A note without a place in the cell is about the inside of a library.
    let is_said = |help: &String| help != above && !help.is_empty() && !help.starts_with("note:") && !plain.is_whole;
    let notes: Vec<String> = helps.filter(is_said).collect();
    if !notes.is_empty() {
        report.set_note(notes.join("\n"));
    }
    let is_own = |line: &str| source.lines().any(|own| own.trim() == line.trim());
    let advice = children(&error.json).filter_map(|help| correction(help).filter(|_| corrects(help, is_own)));
    for help in advice.filter(|help| !plain.replaces(help)) {
        report.add_help(help.trim_start_matches("help: "));
    }
    let mut written = Vec::new();
    report.finish().write(ariadne::sources([(CELL.to_owned(), source)]), &mut written).ok()?;
    Some(String::from_utf8_lossy(&written).lines().map(str::to_owned).collect())
}

/// All that the compiler advises: a change of one line with the whole line as it would be, the rest in its words.
fn helps(error: &Value) -> Vec<String> {
    let words = |help: &Value| {
        let message = help["message"].as_str().filter(|message| !message.is_empty())?;
        Some(format!("help: {}", message.trim_end_matches(':')))
    };
    children(error).filter_map(|help| correction(help).or_else(|| words(help))).collect()
}

/// Whether a help changes a line of the learner's, and not one that evcxr has written around it.
fn corrects(help: &Value, is_own: impl Fn(&str) -> bool) -> bool {
    let mut lines = help["spans"].as_array().into_iter().flatten().filter_map(|span| span["text"][0]["text"].as_str());
    lines.all(is_own)
}

fn children(error: &Value) -> impl Iterator<Item = &Value> {
    error["children"].as_array().into_iter().flatten().filter(|child| child["level"] == "help")
}

/// A change of one line, which may be in several places of it.
fn correction(help: &Value) -> Option<String> {
    let mut changes: Vec<Change> = help["spans"].as_array()?.iter().map(Change::read).collect::<Option<_>>()?;
    changes.sort_by_key(|change| change.start);
    let first = changes.first()?;
    let (line, place) = (first.line, first.place);
    // Places that overlap are choices, and not one change.
    let is_one = changes.iter().all(|change| change.line == line && change.place == place)
        && changes.windows(2).all(|pair| pair[0].start < pair[1].start && pair[0].end <= pair[1].start);
    if !is_one {
        return None;
    }
    let text: Vec<char> = line.chars().collect();
    let (mut changed, mut done) = (String::new(), 0);
    for change in &changes {
        changed.extend(&text[done..change.start]);
        changed.push_str(change.replacement);
        done = change.end;
    }
    changed.extend(&text[done..]);
    let message = help["message"].as_str()?.trim_end_matches(':');
    Some(format!("help: {message}: `{}`", changed.trim()))
}

/// What one place of a line becomes.
struct Change<'a> {
    line: &'a str,
    /// The line's number, where it is known.
    place: Option<u64>,
    start: usize,
    end: usize,
    replacement: &'a str,
}

impl Change<'_> {
    fn read(span: &Value) -> Option<Change<'_>> {
        let [line] = span["text"].as_array()?.as_slice() else { return None };
        let replacement = span["suggested_replacement"].as_str().filter(|text| !text.contains('\n'))?;
        let text = line["text"].as_str()?;
        let length = text.chars().count();
        let column = |key: &str| Some((line[key].as_u64()? as usize).saturating_sub(1).min(length));
        let (start, end) = (column("highlight_start")?, column("highlight_end")?);
        Some(Change { line: text, place: span["line_start"].as_u64(), start, end: end.max(start), replacement })
    }
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

    #[test]
    fn a_place_between_the_braces_of_a_function_is_known() {
        let text = "let x = 1.0;\nfn f(ω: f64) -> f64 {\n    if ω > 0.0 { ω } else { x }\n}\nlet fn_of = 2.0; { x }";
        let inside: Vec<bool> = text
            .char_indices()
            .filter(|(_, letter)| *letter == 'x')
            .map(|(byte, _)| is_in_function(text, text[..byte].chars().count()))
            .collect();
        assert_eq!(inside, [false, true, false]);
    }

    #[test]
    fn a_sentence_is_broken_between_words_and_never_inside_code() {
        let text = "A table of names and values, which Python writes in braces with colons, is made by \
                    `HashMap::from([(\"a\", 1.0), (\"b\", 2.0)])`, and read by its keys.";
        let lines = wrapped(text);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[1].starts_with("`HashMap::from([(\"a\", 1.0), (\"b\", 2.0)])`, and"), "{lines:?}");
        assert_eq!(lines.join(" "), text);
        assert_eq!(wrapped("one ` of two"), ["one", "` of two"]);
    }

    #[test]
    fn a_help_that_changes_a_line_in_two_places_shows_it_once_and_choices_are_not_mixed() {
        let span = |replacement: &str, start: u64, end: u64| {
            json!({"suggested_replacement": replacement, "line_start": 2,
                "text": [{"text": "  let y = x as f64 < n;", "highlight_start": start, "highlight_end": end}]})
        };
        let help = |spans: Value| json!({"level": "help", "message": "try parentheses:", "spans": spans});
        let both = help(json!([span("(", 11, 11), span(")", 19, 19)]));
        assert_eq!(correction(&both).unwrap(), "help: try parentheses: `let y = (x as f64) < n;`");
        let choices = help(json!([span("a", 11, 12), span("b", 11, 12)]));
        assert_eq!(correction(&choices), None);
        let error =
            json!({"children": [both, choices, {"level": "help", "message": "", "spans": []}, {"level": "note"}]});
        assert_eq!(helps(&error), ["help: try parentheses: `let y = (x as f64) < n;`", "help: try parentheses"]);
    }
}
