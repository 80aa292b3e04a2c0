//! What a check says, as a value, as text and as HTML.

use crate::display::{self, Output};
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// What a check found. The check has shown it; as a value it can be looked into.
///
/// A check in a notebook is for learning: a verdict is not a mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// What was checked.
    pub title: String,
    /// One entry for each public case, in the order in which they ran; only the first where that one
    /// stopped at a blank.
    pub cases: Vec<Case>,
    /// The mistake that explains every wrong value, where one is known.
    pub misconception: Option<Misconception>,
    /// Where to look next; `None` when all is right.
    pub hint: Option<String>,
    /// What to remember, when all is right.
    pub lesson: Option<String>,
    /// How many more cases are tried when the exercise is graded.
    pub hidden: usize,
}

/// One public case of a check.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What is special about it: "decay", "a step that does not divide the time".
    pub name: String,
    /// What the function was called with.
    pub input: String,
    /// What is wrong; `None` where the case passes.
    pub problem: Option<Problem>,
}

/// How a case does not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProblemKind {
    /// It gives something else.
    #[default]
    Wrong,
    /// It ended without a result: at a blank, with a panic, by leaving the program.
    Ended,
    /// It was stopped at a limit.
    AtLimit,
}

/// Why a case does not pass.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Problem {
    /// What kind of reason it is; decides what may be said of a hidden case.
    pub kind: ProblemKind,
    /// One sentence.
    pub message: String,
    /// The expected value at the first difference.
    pub expected: Option<String>,
    /// The value found there.
    pub got: Option<String>,
    /// The index of the first difference.
    pub index: Option<usize>,
    /// The time at that index.
    pub time: Option<f64>,
}

impl Problem {
    /// The feedback for a hidden case: one of three sentences. What an answer gives or says there is withheld: it may
    /// contain the input.
    pub fn concealed(&self) -> Problem {
        let message = match self.kind {
            ProblemKind::Wrong => "It gives another result.",
            ProblemKind::Ended => "It ends without a result.",
            ProblemKind::AtLimit => "It is stopped at a limit.",
        };
        Problem { kind: self.kind, message: message.to_owned(), ..Problem::default() }
    }
}

/// A known mistake, recognised by its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misconception {
    /// Its short name: "forgot dt".
    pub name: String,
    /// What it is and how to mend it.
    pub explanation: String,
}

const FOR_LEARNING: &str = "This check is here to help you learn. It gives no marks.";

impl Verdict {
    /// Of an exercise that cannot be checked, and why.
    pub(super) fn could_not_check(title: &str, why: &str) -> Verdict {
        let problem = Problem { message: why.to_owned(), ..Problem::default() };
        let case = Case { name: "the check".to_owned(), input: String::new(), problem: Some(problem) };
        Verdict { title: title.to_owned(), cases: vec![case], misconception: None, hint: None, lesson: None, hidden: 0 }
    }

    /// Whether every case passes.
    pub fn passed(&self) -> bool {
        self.cases.iter().all(|case| case.problem.is_none())
    }

    /// Shows the verdict below the cell, or prints it in a plain program.
    pub fn show(&self) {
        if display::in_notebook() {
            let html = self.html();
            shown_here().push_str(&html);
            display::show(Output { html, text: self.to_string(), raster: None });
        } else {
            println!("{self}");
        }
    }

    /// What the notebook calls for the value at the end of a cell. A check has shown its verdict
    /// already, and once is enough.
    pub fn evcxr_display(&self) {
        let repeated = shown_here().contains(&self.html());
        if !repeated {
            self.show();
        }
    }

    fn headline(&self) -> String {
        let (passing, all) = (self.cases.iter().filter(|case| case.problem.is_none()).count(), self.cases.len());
        let outcome = match (self.passed(), all) {
            (true, 1) => "right".to_owned(),
            (true, _) if self.hidden > 0 => format!("all {all} public cases pass"),
            (true, _) => format!("all {all} cases pass"),
            (false, 1) => "not yet".to_owned(),
            (false, _) => format!("not yet, {passing} of {all} cases pass"),
        };
        format!("{} · {outcome}", self.title)
    }

    /// What a check is not.
    fn disclaimer(&self) -> String {
        match self.hidden {
            0 => FOR_LEARNING.to_owned(),
            1 => format!("{FOR_LEARNING} One more case is tried at grading."),
            hidden => format!("{FOR_LEARNING} {hidden} more cases are tried at grading."),
        }
    }

    /// How the case is introduced, before its input.
    fn introduction(&self, case: &Case) -> String {
        if self.cases.len() == 1 { "Your answer:".to_owned() } else { format!("Case {}:", case.name) }
    }

    /// The first problem in full; the later ones are told by their cases' names.
    fn first_problem(&self) -> Option<(&Case, &Problem)> {
        self.cases.iter().find_map(|case| case.problem.as_ref().map(|problem| (case, problem)))
    }

    /// The names of the cases that also fail, after the first; none when all do.
    fn also_failing(&self) -> Vec<&str> {
        let failing: Vec<&str> =
            self.cases.iter().filter(|case| case.problem.is_some()).map(|case| case.name.as_str()).collect();
        if failing.len() == self.cases.len() { Vec::new() } else { failing.into_iter().skip(1).collect() }
    }

    /// The verdict as HTML that reads well on light and dark pages.
    pub fn html(&self) -> String {
        let (mark, colour) = if self.passed() { ("✓", "46,160,67") } else { ("✗", "219,109,40") };
        // The mark has the text's colour: no green can be read on white and on black.
        let mut body = format!("<div><b>{mark} {}</b></div>", escaped(&self.headline()));
        if let Some((case, problem)) = self.first_problem() {
            if !case.input.is_empty() {
                body += &line(&format!("{} <code>{}</code>", escaped(&self.introduction(case)), escaped(&case.input)));
            }
            body += &line(&escaped(&problem.message));
            if let (Some(expected), Some(got)) = (&problem.expected, &problem.got) {
                body += &line(&format!(
                    "expected <code>{}</code>&emsp;got <code>{}</code>",
                    escaped(expected),
                    escaped(got)
                ));
            }
        }
        if let Some(misconception) = &self.misconception {
            body += &line(&format!(
                "<b>Looks like: {}.</b> {}",
                escaped(&misconception.name),
                escaped(&misconception.explanation)
            ));
        }
        if let Some(hint) = &self.hint {
            body += &line(&format!("<b>Hint.</b> {}", escaped(hint)));
        }
        if let Some(lesson) = &self.lesson {
            body += &line(&escaped(lesson));
        }
        let also = self.also_failing();
        if !also.is_empty() {
            body += &line(&format!("<small>Also not yet: {}.</small>", escaped(&also.join(", "))));
        }
        body += &line(&format!("<small>{}</small>", self.disclaimer()));
        framed(colour, &body)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.passed() { '✓' } else { '✗' };
        writeln!(formatter, "{mark} {}", self.headline())?;
        if let Some((case, problem)) = self.first_problem() {
            if !case.input.is_empty() {
                writeln!(formatter, "  {} {}", self.introduction(case), case.input)?;
            }
            writeln!(formatter, "  {}", problem.message)?;
            if let (Some(expected), Some(got)) = (&problem.expected, &problem.got) {
                writeln!(formatter, "  expected {expected}, got {got}")?;
            }
        }
        if let Some(misconception) = &self.misconception {
            writeln!(formatter, "  Looks like: {}. {}", misconception.name, misconception.explanation)?;
        }
        if let Some(hint) = &self.hint {
            writeln!(formatter, "  Hint. {hint}")?;
        }
        if let Some(lesson) = &self.lesson {
            writeln!(formatter, "  {lesson}")?;
        }
        let also = self.also_failing();
        if !also.is_empty() {
            writeln!(formatter, "  Also not yet: {}.", also.join(", "))?;
        }
        write!(formatter, "  {}", self.disclaimer())
    }
}

/// The verdicts that this cell has shown; each cell links the crate again and starts empty.
fn shown_here() -> std::sync::MutexGuard<'static, String> {
    static SHOWN: Mutex<String> = Mutex::new(String::new());
    SHOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a check says, with a colour at its edge.
pub(super) fn framed(colour: &str, body: &str) -> String {
    format!(
        "<div role=\"status\" style=\"border-left:4px solid rgb({colour});background:rgba({colour},0.10);padding:0.5em 0.9em;margin:0.3em 0;max-width:46em;line-height:1.45\">{body}</div>"
    )
}

fn line(html: &str) -> String {
    format!("<div style=\"margin-top:0.35em\">{html}</div>")
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
