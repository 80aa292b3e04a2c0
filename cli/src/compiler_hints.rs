//! The compiler's errors that beginners meet, in one more sentence.

mod compiler;
mod elsewhere;
mod names;
mod python;
mod syntax;
mod types;

#[cfg(test)]
mod tests;

use serde_json::Value;

pub use compiler::{added, in_place_of_rustc, with_words};
pub use python::block_with_colon;

/// A sentence about an error, where it is one of those; `message` is the compiler's own, as JSON.
pub fn words(message: &Value) -> Option<&'static str> {
    words_about(&Fault::read(message)?)
}

/// The same where the compiler has seen another text than the learner: `line` is the learner's, and `column` the place in it,
/// in characters from 1.
pub fn words_in(message: &Value, line: &str, column: usize) -> Option<&'static str> {
    words_about(&Fault::read(message)?.at(line, column))
}

/// Such a sentence, where the line is another language's: then nothing that the compiler advises is of use.
pub fn words_of_another_language(message: &Value, line: &str, column: usize) -> Option<&'static str> {
    let fault = Fault::read(message)?.at(line, column);
    fault.code.is_empty().then(|| elsewhere::words(&fault)).flatten()
}

fn words_about(fault: &Fault) -> Option<&'static str> {
    match fault.code {
        "" => syntax::words(fault),
        "unconditional_panic" if fault.label_says("by zero") => Some("A whole number cannot be divided by zero."),
        "unconditional_panic" => {
            Some("There are not so many elements: an index counts from 0, and the last one is `x.len() - 1`.")
        }
        "arithmetic_overflow" => Some(
            "The result does not fit into this type. A `usize` is never below 0: calculate with `i64`, or with `f64`.",
        ),
        "E0106" => Some(
            "A text that a function gives is a `String`; `&'static str` if it stands in the program, between quotes.",
        ),
        "E0758" => Some("A remark that begins with `/*` ends with `*/`; one line of it begins with `//`."),
        "E0762" | "E0763" => Some("A text stands between double quotes: \"text\"."),
        "E0765" => Some("A text ends with the same double quotes that it began with: \"text\"."),
        "E0384" | "E0594" | "E0596" if fault.says("behind a `&` reference") => {
            Some("What is borrowed with `&` may be read, not changed. Change a copy: `let mut own = x.clone();`.")
        }
        "E0384" => Some("A variable keeps its first value unless it is declared with `let mut`."),
        "E0594" | "E0596" => Some("It is changed here, so it must be declared with `let mut`."),
        "E0382" if fault.label_says("due to usage in operator") => Some(
            "An array that is calculated with is used up. Write `&` before it where it is needed again: `&x + 1.0`.",
        ),
        "E0382" if fault.label_says("implicit call to `.into_iter()`") => {
            Some("The loop has used the list up. Let it borrow: `for x in &list`.")
        }
        "E0382" | "E0507" => {
            Some("A value that was handed over is gone. Lend it with `&`, or hand over a copy with `.clone()`.")
        }
        "E0499" | "E0502" | "E0505" | "E0506" => {
            Some("It is changed while it is lent elsewhere. Copy what is needed into a variable of its own first.")
        }
        "E0061" => Some("A function takes exactly as many arguments as its first line names."),
        "E0063" => Some("A struct is made with all its fields, each with a value."),
        "E0067" | "E0070" => Some("Left of the equals sign stands a variable, or one element such as `x[k]`."),
        "E0107" => Some("The type of an array names the type of its elements: `Array1<f64>`."),
        "E0282" if fault.marked().starts_with("None") || fault.line.trim_end().ends_with("= None;") => Some(
            "Rust has no value for “nothing”. A number that is missing is `f64::NAN`; a value that may be missing names its type: `let x: Option<f64> = None;`.",
        ),
        "E0282" | "E0283" => Some("Rust cannot guess the type here: write it, as in `let x: f64 = …`."),
        "E0618" => Some("Only a function can be called: is there a multiplication sign missing before the bracket?"),
        _ => names::words(fault).or_else(|| types::words(fault)),
    }
}

/// The place that a learner wrote: of a macro's text, the call of the macro.
pub fn called(span: &Value) -> &Value {
    let mut span = span;
    while span["expansion"]["span"].is_object() {
        span = &span["expansion"]["span"];
    }
    span
}

/// What a sentence depends on.
struct Fault<'a> {
    /// Such as `E0308`; empty where a text is no Rust at all.
    code: &'a str,
    message: &'a str,
    /// What is said at the marked places, the first place first.
    labels: Vec<&'a str>,
    /// What is said below.
    helps: Vec<&'a str>,
    /// The marked line.
    line: &'a str,
    /// Where in the line the mark begins, in bytes.
    mark: usize,
}

impl<'a> Fault<'a> {
    /// With a line and a column of the learner's own.
    fn at<'b>(self, line: &'b str, column: usize) -> Fault<'b>
    where
        'a: 'b,
    {
        Fault { line, mark: byte_of(line, column), ..self }
    }
}

/// The byte of a column, which is counted in characters from 1.
fn byte_of(line: &str, column: usize) -> usize {
    line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(place, _)| place)
}

impl Fault<'_> {
    fn read(message: &Value) -> Option<Fault<'_>> {
        let children = message["children"].as_array().map_or(&[][..], Vec::as_slice);
        let mut spans: Vec<&Value> = message["spans"].as_array().into_iter().flatten().collect();
        spans.sort_by_key(|span| span["is_primary"] != true);
        let marked = spans.first().map(|span| &called(span)["text"][0]);
        let line = marked.and_then(|marked| marked["text"].as_str()).unwrap_or_default();
        let column = marked.and_then(|marked| marked["highlight_start"].as_u64()).unwrap_or(1);
        Some(Fault {
            code: message["code"]["code"].as_str().unwrap_or_default(),
            message: message["message"].as_str()?,
            labels: spans.iter().filter_map(|span| span["label"].as_str()).collect(),
            helps: children.iter().filter_map(|child| child["message"].as_str()).collect(),
            line,
            mark: byte_of(line, column as usize),
        })
    }

    fn says(&self, words: &str) -> bool {
        self.message.contains(words)
    }

    fn label_says(&self, words: &str) -> bool {
        self.labels.iter().any(|label| label.contains(words))
    }

    /// Whether a place is marked with "expected …, found …"; both may be the beginning of a type.
    fn mismatch(&self, expected: &str, found: &str) -> bool {
        let (expected, found) = (format!("expected {expected}"), format!("found {found}"));
        self.labels.iter().any(|label| label.starts_with(&expected) && label.contains(&found))
    }

    fn help_says(&self, words: &str) -> bool {
        self.helps.iter().any(|help| help.contains(words))
    }

    /// The first name that the message quotes.
    fn name(&self) -> &str {
        self.message.split('`').nth(1).unwrap_or_default()
    }

    /// The marked line up to the mark.
    fn before(&self) -> &str {
        &self.line[..self.mark]
    }

    /// The mark, and the rest of its line.
    fn marked(&self) -> &str {
        &self.line[self.mark..]
    }

    fn line_begins(&self, word: &str) -> bool {
        self.line.trim_start().starts_with(word)
    }

    fn line_contains(&self, words: &str) -> bool {
        self.line.contains(words)
    }
}
