//! A chapter as a page: what the learner is given, with the figures of the solution.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::notebook::{Cell, Notebook};
use crate::page::{self, highlight};
use crate::source::{Chapter, Variant};

use super::frame::Page;
use super::prose::Prose;

/// The page of a chapter. `given` is the notebook that learners get, `solution` the one that has run.
pub fn page(chapter: &Chapter, given: &Notebook, solution: &Notebook, variant: Variant) -> Page {
    let shown: BTreeMap<&str, &Cell> = solution.cells.iter().filter_map(|cell| Some((cell.id()?, cell))).collect();
    let mut chapter_page = ChapterPage {
        chapter,
        shown,
        prose: Prose::default(),
        // What is made of an answer shows the answer.
        answers: (variant == Variant::Graded)
            .then(|| chapter.exercises().map(|exercise| exercise.id.clone()).collect()),
    };
    let body = given.cells.iter().map(|cell| chapter_page.cell(cell)).collect();
    Page {
        file: format!("{}.html", chapter.name),
        title: chapter.title.clone(),
        lead: lead(chapter),
        body,
        headings: chapter_page.prose.headings,
        is_chapter: true,
    }
}

/// What a chapter says of itself below its title.
pub fn lead(chapter: &Chapter) -> String {
    let text = chapter.cells.first().map(|cell| cell.text(Variant::Student)).unwrap_or_default();
    let mut paragraphs = text.split("\n\n").filter(|paragraph| !paragraph.trim_start().starts_with('#'));
    paragraphs
        .next()
        .unwrap_or_default()
        .replace(['*', '`', '\n'], " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

struct ChapterPage<'a> {
    chapter: &'a Chapter,
    shown: BTreeMap<&'a str, &'a Cell>,
    prose: Prose,
    /// The names that stand for answers which are not to be shown, if there are such.
    answers: Option<BTreeSet<String>>,
}

impl ChapterPage<'_> {
    fn cell(&mut self, cell: &Cell) -> String {
        let source = cell.source();
        match (cell.role(), cell.exercise()) {
            (Some("hint"), _) => {
                format!("<section class=\"help\">\n{}</section>\n", self.prose.html(&source, false))
            }
            (Some("solution"), Some(exercise)) => self.solution(exercise, &source),
            (Some("text"), Some(exercise)) => {
                let asked = self.asked("Question", exercise);
                format!(
                    "<section class=\"task\" id=\"{exercise}\">\n{asked}{}</section>\n",
                    self.prose.html(&source, true)
                )
            }
            (Some("answer"), Some(exercise)) => {
                let asked = self.asked("Exercise", exercise);
                format!("<section class=\"task code\" id=\"{exercise}\">\n{asked}{}</section>\n", code(&source))
            }
            // Its verdict belongs to an answer.
            (Some("check"), _) => format!("<section class=\"code check\">\n{}</section>\n", code(&source)),
            _ if cell.is_markdown() => {
                format!("<section class=\"prose\">\n{}</section>\n", self.prose.html(&source, true))
            }
            _ if source.trim().is_empty() => String::new(),
            _ => format!("<section class=\"code\">\n{}{}</section>\n", code(&source), self.outputs(cell, &source)),
        }
    }

    /// What a cell showed that is the same for everybody.
    fn outputs(&mut self, cell: &Cell, source: &str) -> String {
        if let Some(answers) = &mut self.answers
            && uses(source, answers)
        {
            return "<p class=\"yours\">What this shows depends on your own answers: run it in the notebook.</p>\n"
                .to_owned();
        }
        cell.id().and_then(|id| self.shown.get(id)).map(|shown| page::outputs(shown)).unwrap_or_default()
    }

    /// A folded solution. With code goes what it and its check show.
    fn solution(&mut self, exercise: &str, source: &str) -> String {
        let folded = match self.shown.get(exercise).filter(|cell| cell.is_code()) {
            None => self.prose.html(source, false),
            Some(cell) => {
                let checks = self
                    .shown
                    .values()
                    .filter(|cell| cell.role() == Some("check") && cell.exercise() == Some(exercise));
                let outputs: String = std::iter::once(cell).chain(checks).map(|cell| page::outputs(cell)).collect();
                format!("<details>\n<summary>A solution</summary>\n{}{outputs}</details>\n", code(&cell.source()))
            }
        };
        format!("<section class=\"help\">\n{folded}</section>\n")
    }

    /// The line above an exercise.
    fn asked(&self, what: &str, id: &str) -> String {
        let mut line = format!("<p class=\"asked\"><b>{what}</b>");
        if let Some(exercise) = self.chapter.exercises().find(|exercise| exercise.id == id) {
            if let Some(minutes) = exercise.minutes {
                // Writing to a String cannot fail.
                let _ = write!(line, " · {minutes} min");
            }
            let _ = write!(line, " · {} point{}", exercise.points, if exercise.points == 1 { "" } else { "s" });
        }
        line + "</p>\n"
    }
}

/// Rust in colours. It can be scrolled, so the keyboard has to reach it.
fn code(source: &str) -> String {
    format!("<pre tabindex=\"0\"><code>{}</code></pre>\n", highlight::rust(source))
}

/// Whether code speaks of one of these names; then what it defines is one of them too.
fn uses(source: &str, names: &mut BTreeSet<String>) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let words: Vec<&str> = source.split(|character| !is_part(character)).filter(|word| !word.is_empty()).collect();
    if !words.iter().any(|word| names.contains(*word)) {
        return false;
    }
    for statement in source.split(';') {
        if let Some((_, binding)) = statement.split_once("let ") {
            let pattern = binding.split('=').next().unwrap_or_default();
            names.extend(
                pattern.split(|character| !is_part(character)).filter(|word| !word.is_empty()).map(str::to_owned),
            );
        }
    }
    for pair in words.windows(2).filter(|pair| ["fn", "const", "struct"].contains(&pair[0])) {
        names.insert(pair[1].to_owned());
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_of_an_answer_is_known_by_its_name() {
        let mut names = BTreeSet::from(["double".to_owned()]);
        assert!(!uses("let y = doubled(2.0);", &mut names));
        assert!(uses("let (y, z): (f64, f64) = (double(2.0), 1.0);", &mut names));
        assert!(uses("println!(\"{z}\");", &mut names) && uses("fn picture() -> Figure { plot(y) }", &mut names));
        assert!(uses("picture().show();", &mut names) && !uses("other().show();", &mut names));
    }
}
