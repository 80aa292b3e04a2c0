//! Whose a cell is, by its id, its role, and its whole text.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::answers::items::items;
use crate::chapter::invitation::is_invitation;
use crate::chapter::{Chapter, Kind, Variant};
use crate::notebook::from_chapter::content_id;
use crate::notebook::{Cell, Notebook};

/// A longer answer is cut.
const LONGEST: usize = 100_000;

/// Whose a part of a notebook is.
pub(super) enum Owner {
    /// It asks this question, and may hold its answer.
    Question(String),
    /// A hint or a solution of this exercise, and what a learner has written into it.
    Help(String, String),
    /// The chapter's own, or an answer in code: what is beyond it belongs to something else.
    Chapter,
    /// The chapter's own with a learner's words in it.
    Edited(String),
    Learner(String),
    Empty,
}

/// The chapter's own cells.
pub(super) struct Known {
    /// The texts of cells that belong to no exercise, by their ids.
    prose: HashMap<String, String>,
    /// The same texts.
    texts: HashSet<String>,
    /// The lines of each question, with nothing written.
    pub(super) stubs: BTreeMap<String, String>,
    /// The lines of all of them, and those that head folded help.
    asked: HashSet<String>,
    /// All that the hints and the solution of an exercise say.
    helps: BTreeMap<String, String>,
    /// The exercises that cells help with, by the cells' ids.
    helping: HashMap<String, String>,
    checks: HashSet<String>,
    functions: BTreeSet<String>,
    /// Whether the notebook's code is little enough for that.
    pub(super) takes_apart: bool,
}

impl Known {
    pub(super) fn of(chapter: &Chapter, made: &Notebook, takes_apart: bool) -> Known {
        let prose = made.cells.iter().filter(|cell| cell.role().is_none());
        let prose: HashMap<_, _> = prose.filter_map(|cell| Some((cell.id()?.to_owned(), cell.source()))).collect();
        let texts = prose.values().cloned().collect();
        let (mut helps, mut helping): (BTreeMap<String, String>, _) = (BTreeMap::new(), HashMap::new());
        for cell in made.cells.iter().filter(|cell| matches!(cell.role(), Some("hint" | "solution"))) {
            let exercise = cell.exercise().unwrap_or_default().to_owned();
            *helps.entry(exercise.clone()).or_default() += &(cell.source() + "\n");
            helping.extend(cell.id().map(|id| (id.to_owned(), exercise)));
        }
        let checks = made.cells.iter().filter(|cell| cell.role() == Some("check"));
        let checks = checks.filter_map(|cell| Some(cell.id()?.to_owned())).collect();
        let (mut stubs, mut functions) = (BTreeMap::new(), BTreeSet::new());
        for cell in &chapter.cells {
            match &cell.kind {
                Kind::Text(asked) => _ = stubs.insert(asked.id.clone(), cell.text(Variant::Student)),
                Kind::Exercise(asked) => _ = functions.insert(asked.id.clone()),
                _ => {}
            }
        }
        let headings = helps.values().flat_map(|help| help.lines()).filter(|line| line.starts_with("<summary>"));
        let asked = stubs.values().flat_map(|stub| stub.lines()).chain(headings);
        let asked = asked.map(|line| plain(line).to_owned()).collect();
        Known { prose, texts, stubs, asked, helps, helping, checks, functions, takes_apart }
    }

    /// Whether so few cells have an id of the chapter's prose that the notebook must have lost them.
    pub(super) fn has_lost_prose(&self, notebook: &Notebook) -> bool {
        let is_known = |cell: &&Cell| cell.id().is_some_and(|id| self.prose.contains_key(id));
        2 * notebook.cells.iter().filter(is_known).count() < self.prose.len()
    }

    /// The same for what belongs to exercises, and has a role or an id.
    pub(super) fn has_lost_roles(&self, notebook: &Notebook) -> bool {
        let is_of_exercise = |id: &str| {
            let is_answer = self.stubs.contains_key(id) || self.functions.contains(id);
            is_answer || self.helping.contains_key(id) || self.checks.contains(id)
        };
        let is_known = |cell: &&Cell| cell.role().is_some() || cell.id().is_some_and(is_of_exercise);
        let all = self.stubs.len() + self.functions.len() + self.helping.len() + self.checks.len();
        2 * notebook.cells.iter().filter(is_known).count() < all
    }

    /// Whose a cell is by its role or its id, whatever has become of its text.
    pub(super) fn by_mark(&self, cell: &Cell, text: &str) -> Option<Owner> {
        let (id, of) = (cell.id().unwrap_or_default(), cell.exercise().unwrap_or_default());
        match cell.role() {
            Some("hint" | "solution") => return Some(self.help(of, text)),
            Some("check" | "answer") => return Some(Owner::Chapter),
            Some("text") if self.stubs.contains_key(of) => return Some(Owner::Question(of.to_owned())),
            _ => {}
        }
        if self.stubs.contains_key(id) {
            return Some(Owner::Question(id.to_owned()));
        }
        if let Some(of) = self.helping.get(id) {
            return Some(self.help(of, text));
        }
        if text.trim().is_empty() {
            let is_empty = cell.pictures().is_empty();
            return Some(if is_empty { Owner::Empty } else { Owner::Learner(String::new()) });
        }
        // An id is made of what the cell said when it was made, in whichever version of the chapter.
        if id.starts_with(&content_id(cell.is_code(), text)) || self.functions.contains(id) || self.checks.contains(id)
        {
            return Some(Owner::Chapter);
        }
        let known = self.prose.get(id)?;
        Some(if self.texts.contains(text) { Owner::Chapter } else { self.prose(text, known, cell.is_code()) })
    }

    /// Whose a cell is that has neither a role nor an id of the chapter's, nor lines that tell.
    pub(super) fn by_text(&self, cell: &Cell, text: String) -> Owner {
        if self.texts.contains(&text) {
            return Owner::Chapter;
        }
        let answers = |text: &str| {
            let items = items(text).unwrap_or_default();
            items.iter().any(|item| self.functions.iter().any(|id| item.defines_function(id)))
        };
        // Reading its items takes longer than a look for the word.
        if self.takes_apart && cell.is_code() && text.contains("fn ") && answers(&text) {
            return Owner::Chapter;
        }
        // A part of a question or of help whose cell was split, with nothing written.
        let is_own = |line: &str| is_written(line) && !self.asked.contains(plain(line));
        if cell.pictures().is_empty() && !text.lines().any(is_own) {
            return Owner::Empty;
        }
        Owner::Learner(cut(text))
    }

    /// A hint or a solution, with what is the learner's own in it.
    pub(super) fn help(&self, of: &str, text: &str) -> Owner {
        let own = self.helps.get(of).map_or(Vec::new(), |known| own_lines(text, known));
        Owner::Help(of.to_owned(), cut(own.join("\n")))
    }

    /// A cell that belongs to no exercise, with what is the learner's own in it.
    pub(super) fn prose(&self, text: &str, known: &str, is_code: bool) -> Owner {
        let mut own = own_lines(text, known);
        if is_code {
            // Of code the comments may be an answer; what the chapter's own lines say behind `//` is none.
            own.retain(|line| line.split_once("//").is_some_and(|(_, words)| !known.contains(words.trim())));
        }
        if own.is_empty() { Owner::Chapter } else { Owner::Edited(cut(own.join("\n"))) }
    }
}

/// The lines that are in no line of what was given.
pub(super) fn own_lines<'a>(text: &'a str, given: &str) -> Vec<&'a str> {
    let given: BTreeSet<&str> = given.lines().map(plain).collect();
    text.lines().filter(|line| is_written(line) && !given.contains(plain(line))).collect()
}

/// Whether a line is more than what surrounds words.
fn is_written(line: &str) -> bool {
    !matches!(plain(line), "" | "<details>" | "</details>") && !is_invitation(line)
}

/// An answer, as far as it is kept.
pub(super) fn cut(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}\n[The answer is cut here: it has more than {LONGEST} characters.]", &text[..at]),
        None => text,
    }
}

/// A line without what programs leave at its ends.
pub(super) fn plain(line: &str) -> &str {
    line.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}')
}
