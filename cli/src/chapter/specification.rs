//! What a teacher writes below a check: its cases, its hidden inputs, the known mistakes.
//!
//! ```text
//! // TITLE Exercise 1: double
//! // CASES
//! // a whole number: 3.0
//! // HIDDEN 10
//! // random.uniform(-5.0, 5.0)
//! // PARTS
//! // y, within 1 %
//! // MISTAKES
//! // x is squared: `2.0 * x` => `x * x`
//! // or `2.0 * x` => `x.powi(2)`
//! //   Twice x is x + x, not x times x.
//! // HINTS
//! // y: What is twice 3?
//! // LESSON
//! // Twice is two times.
//! // GIVEN
//! // fn helper() -> f64 { 1.0 }
//! // END
//! ```
//!
//! A line that is indented by two further spaces continues the line above it, or explains its mistake.

use neurobook::check::Part;

use super::call::{Call, arguments};

#[cfg(test)]
mod tests;

/// The sections below a check, read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Specification {
    /// How the check line calls the function.
    pub call: Call,
    /// "Exercise 1: double"; else the exercise's id.
    pub title: Option<String>,
    /// Rust items that the cases use.
    pub given: Vec<String>,
    /// The public cases.
    pub cases: Vec<Case>,
    /// Where hidden inputs come from.
    pub hidden: Vec<Hidden>,
    /// What is compared, where it is not the whole result.
    pub parts: Vec<Part>,
    pub mistakes: Vec<Misconception>,
    pub hints: Vec<Hint>,
    pub lesson: String,
}

/// A public case: a name, and a Rust expression for each argument.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub name: String,
    pub arguments: Vec<String>,
    /// Where it is in the source, counted from 0.
    pub line: usize,
}

/// Expressions that are evaluated this many times, with a generator `random`.
#[derive(Debug, Clone, PartialEq)]
pub struct Hidden {
    pub times: usize,
    pub arguments: Vec<String>,
    /// Where it is in the source, counted from 0.
    pub line: usize,
}

/// A known mistake: the solution with some of its text replaced.
#[derive(Debug, Clone, PartialEq)]
pub struct Misconception {
    pub name: String,
    pub explanation: String,
    /// Where it is in the source, counted from 0.
    pub line: usize,
    pub forms: Vec<Vec<Replacement>>,
}

/// A text of the solution, and what is in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    pub from: String,
    pub to: String,
}

/// What to say about a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Hint {
    pub part: String,
    pub from_index: usize,
    pub text: String,
}

const SECTIONS: [&str; 8] = ["TITLE", "GIVEN", "CASES", "HIDDEN", "PARTS", "MISTAKES", "HINTS", "LESSON"];
/// More hidden cases would only take time.
const MOST_HIDDEN: usize = 200;

/// The section that a line of the source opens, and the rest of the line.
pub fn section(line: &str) -> Option<(&'static str, &str)> {
    let words = line.trim().strip_prefix("// ")?;
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    SECTIONS.into_iter().find(|name| *name == first).map(|name| (name, rest.trim()))
}

/// A line of a section: its number in the source, its text, and whether it continues the one above.
struct Line<'a> {
    number: usize,
    text: &'a str,
    continues: bool,
}

impl Specification {
    /// Reads the sections in these lines of the source, each with its number. `check` is the check cell's
    /// own text, `solution` the exercise's. Says what is wrong, at which line.
    pub fn read(
        lines: &[(usize, &str)],
        check: &str,
        exercise: &str,
        solution: &str,
    ) -> (Specification, Vec<(usize, String)>) {
        let first = lines.first().map_or(0, |(number, _)| *number);
        let mut reader = Reader { specification: Specification::default(), problems: Vec::new(), solution };
        match Call::read(check, exercise) {
            Ok(call) => reader.specification.call = call,
            Err(why) => reader.problems.push((first, why)),
        }
        let mut ended = false;
        let mut open: Option<(&'static str, String, usize, Vec<Line>)> = None;
        for (number, line) in lines {
            if ended {
                if !line.trim().is_empty() {
                    reader.problem(*number, "text below END: move it above the sections, or into a cell of its own");
                }
            } else if line.trim() == "// END" {
                ended = true;
            } else if let Some((name, rest)) = section(line) {
                open.take().into_iter().for_each(|open| reader.section(open));
                open = Some((name, rest.to_owned(), *number, Vec::new()));
            } else if let (Some(text), Some((.., lines))) = (line.trim().strip_prefix("//"), &mut open) {
                let continues = text.starts_with("   ");
                lines.push(Line { number: *number, text: text.strip_prefix(' ').unwrap_or(text), continues });
            } else if !line.trim().is_empty() {
                reader
                    .problem(*number, "a line without // in the sections of a check: add it, or end them with // END");
            }
        }
        open.take().into_iter().for_each(|open| reader.section(open));
        if !ended {
            reader.problem(first, "the sections of a check without END: add // END below them");
        }
        reader.finish(first);
        (reader.specification, reader.problems)
    }

    /// How many hidden cases there are.
    pub fn hidden_cases(&self) -> usize {
        self.hidden.iter().map(|hidden| hidden.times).sum()
    }
}

struct Reader<'a> {
    specification: Specification,
    problems: Vec<(usize, String)>,
    solution: &'a str,
}

impl Reader<'_> {
    fn problem(&mut self, line: usize, message: impl Into<String>) {
        self.problems.push((line, message.into()));
    }

    fn section(&mut self, (name, rest, number, lines): (&'static str, String, usize, Vec<Line>)) {
        if !rest.is_empty() && !["TITLE", "HIDDEN"].contains(&name) {
            self.problem(number, format!("`{rest}` after {name}: put it on a line of its own"));
        }
        match name {
            "TITLE" => self.specification.title = Some(rest),
            "GIVEN" => self.specification.given.extend(lines.iter().map(|line| line.text.to_owned())),
            "LESSON" => self.specification.lesson = joined(lines.iter().map(|line| line.text)),
            "HIDDEN" => match rest.parse() {
                Ok(times) if (1..=MOST_HIDDEN).contains(&times) => {
                    statements(&lines).into_iter().for_each(|(line, text)| self.hidden(line, &text, times));
                }
                _ => self.problem(number, format!("HIDDEN without a number: write `HIDDEN 10`, at most {MOST_HIDDEN}")),
            },
            "CASES" => statements(&lines).into_iter().for_each(|(line, text)| self.case(line, &text)),
            "PARTS" => {
                for (line, text) in statements(&lines) {
                    match Part::parse(&text) {
                        Ok(part) => self.specification.parts.push(part),
                        Err(why) => self.problem(line, why),
                    }
                }
            }
            "HINTS" => statements(&lines).into_iter().for_each(|(line, text)| self.hint(line, &text)),
            _ => self.mistakes(&lines),
        }
    }

    fn case(&mut self, line: usize, text: &str) {
        let Some((name, expressions)) = text.split_once(": ") else {
            return self.problem(line, "a case without a name: write `what is special about it: 1.0, 2.0`");
        };
        let arguments = arguments(expressions);
        if self.fits(line, &arguments) {
            self.specification.cases.push(Case { name: name.trim().to_owned(), arguments, line });
        }
    }

    fn hidden(&mut self, line: usize, text: &str, times: usize) {
        let arguments = arguments(text);
        if self.fits(line, &arguments) {
            self.specification.hidden.push(Hidden { times, arguments, line });
        }
    }

    fn fits(&mut self, line: usize, arguments: &[String]) -> bool {
        let wanted = self.specification.call.arguments.len();
        let fits = arguments.len() == wanted;
        if !fits && !self.specification.call.exercise.is_empty() {
            let message = format!(
                "{} for the {wanted} of the check: write {}",
                match arguments.len() {
                    1 => "1 argument".to_owned(),
                    count => format!("{count} arguments"),
                },
                self.specification.call.arguments.join(", ")
            );
            self.problem(line, message);
        }
        fits
    }

    fn hint(&mut self, line: usize, text: &str) {
        let Some((place, words)) = text.split_once(": ") else {
            return self.problem(line, "a hint without a place: write `x: …`, or `x[2]: …` for index 2 and later");
        };
        let (part, index) = match place.strip_suffix(']').and_then(|place| place.split_once('[')) {
            Some((part, index)) => (part, index.parse()),
            None => (place, Ok(0)),
        };
        match index {
            Ok(from_index) => self.specification.hints.push(Hint {
                part: part.trim().to_owned(),
                from_index,
                text: words.trim().to_owned(),
            }),
            Err(_) => self.problem(line, format!("`{place}` is not a place: write `x` or `x[2]`")),
        }
    }

    fn mistakes(&mut self, lines: &[Line]) {
        for line in lines.iter().filter(|line| !line.text.is_empty()) {
            let number = line.number;
            if line.continues {
                match self.specification.mistakes.last_mut() {
                    Some(mistake) => {
                        let words = [mistake.explanation.as_str(), line.text.trim()];
                        mistake.explanation = joined(words.into_iter().filter(|text| !text.is_empty()));
                    }
                    None => self.problem(number, "an explanation without a mistake above it"),
                }
                continue;
            }
            let (name, form) = match line.text.strip_prefix("or ") {
                Some(form) => (None, Some(form)),
                None => match line.text.split_once(": `") {
                    Some((name, _)) => (Some(name), line.text.get(name.len() + 2..)),
                    None => (None, None),
                },
            };
            let Some(replacements) = form.and_then(replacements) else {
                self.problem(
                    number,
                    "not a mistake: write ``its name: `text of the solution` => `text in its place` ``",
                );
                continue;
            };
            for Replacement { from, .. } in &replacements {
                let is = match self.solution.matches(from.as_str()).count() {
                    1 => continue,
                    0 => "is not".to_owned(),
                    count => format!("stands {count} times"),
                };
                self.problem(number, format!("`{from}` {is} in the solution: name a text that stands there once"));
            }
            match name {
                Some(name) => self.specification.mistakes.push(Misconception {
                    name: name.trim().to_owned(),
                    explanation: String::new(),
                    line: number,
                    forms: vec![replacements],
                }),
                None => match self.specification.mistakes.last_mut() {
                    Some(mistake) => mistake.forms.push(replacements),
                    None => self.problem(number, "`or` without a mistake above it"),
                },
            }
        }
    }

    fn finish(&mut self, first: usize) {
        let names: Vec<(usize, String)> = self
            .specification
            .mistakes
            .iter()
            .filter(|mistake| mistake.explanation.is_empty())
            .map(|mistake| (mistake.line, mistake.name.clone()))
            .collect();
        for (line, name) in names {
            self.problem(
                line,
                format!("the mistake `{name}` has no explanation: add one below it, indented by two further spaces"),
            );
        }
        let specification = &self.specification;
        if specification.cases.is_empty() && !specification.call.arguments.is_empty() && self.problems.is_empty() {
            self.problem(first, "a check without a case: add // CASES and `what is special about it: …`");
        }
    }
}

/// `` `a` => `b` and `c` => `d` ``
fn replacements(text: &str) -> Option<Vec<Replacement>> {
    let pieces: Vec<&str> = text.trim().split('`').collect();
    // Between the backticks: "", from, " => ", to, " and ", from, " => ", to, "".
    let ends = pieces.len() % 4 == 1 && pieces.len() > 1 && pieces[0].trim().is_empty();
    let between = |index: usize, word: &str| pieces[index].trim() == word;
    let mut replacements = Vec::new();
    for start in (1..pieces.len()).step_by(4).filter(|_| ends) {
        let last = start + 3 == pieces.len() - 1;
        if !between(start + 1, "=>") || !between(start + 3, if last { "" } else { "and" }) {
            return None;
        }
        replacements.push(Replacement { from: pieces[start].to_owned(), to: pieces[start + 2].to_owned() });
    }
    (!replacements.is_empty()).then_some(replacements)
}

/// Lines with their continuations, each with the number of its first line.
fn statements(lines: &[Line]) -> Vec<(usize, String)> {
    let mut statements: Vec<(usize, String)> = Vec::new();
    for line in lines.iter().filter(|line| !line.text.trim().is_empty()) {
        match statements.last_mut() {
            Some((_, text)) if line.continues => *text = joined([text.as_str(), line.text.trim()]),
            _ => statements.push((line.number, line.text.trim().to_owned())),
        }
    }
    statements
}

fn joined<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}
