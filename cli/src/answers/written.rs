//! Answers in words: all that a learner wrote where a question is. Learners write below it, in code cells, in the
//! question above, in a copy, or split the cell: whatever is theirs there is for the teacher to read.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::items::items;
use crate::chapter::invitation::is_invitation;
use crate::chapter::{Chapter, Kind, Variant};
use crate::notebook::from_chapter::{content_id, notebook as made_of, stub_mark};
use crate::notebook::picture::Picture;
use crate::notebook::{Cell, Notebook};

#[cfg(test)]
mod tests;

/// Stands above what may be about something else.
const FAR: &str = "[Nothing stands near the question. Further away:]\n";
/// A longer answer is cut.
const LONGEST: usize = 100_000;

/// What a notebook holds of the questions that are answered in words.
#[derive(Debug, Default)]
pub struct Written {
    /// By the questions' ids, where anything is the learner's own.
    pub texts: BTreeMap<String, String>,
    /// The pictures in those cells, by the questions' ids.
    pub pictures: BTreeMap<String, Vec<Picture>>,
    /// The questions that are there, and for which there is nothing.
    pub unwritten: BTreeSet<String>,
    /// The questions whose answers, if they are any, are further away.
    pub far: BTreeSet<String>,
    /// The cells of each answer.
    places: BTreeMap<String, Vec<usize>>,
}

/// Whose a cell is.
enum Owner {
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

/// Takes the answers in words out of a notebook. `takes_apart` says whether its code is little enough to be taken apart.
pub fn written(notebook: &Notebook, chapter: &Chapter, takes_apart: bool) -> Written {
    let known = Known::of(chapter, takes_apart);
    let owners: Vec<Owner> = notebook.cells.iter().map(|cell| known.owner(cell)).collect();
    let mut written = Written::default();
    let mut without = Vec::new();
    for (id, stub) in &known.stubs {
        let is_question = |owner: &Owner| matches!(owner, Owner::Question(asked) if asked == id);
        let places: Vec<usize> = (0..owners.len()).filter(|&place| is_question(&owners[place])).collect();
        if places.is_empty() {
            continue;
        }
        let mut parts = BTreeMap::new();
        for &place in &places {
            let cell = &notebook.cells[place];
            if has_own_words(cell, stub) {
                parts.insert(place, cut(cell.source()));
            }
            parts.extend(below(&owners, place, id));
        }
        if parts.is_empty() {
            places.iter().for_each(|&place| parts.extend(above(&owners, place)));
        }
        match parts.is_empty() {
            true => without.push((id, places)),
            false => written.put(id, parts, &places, notebook),
        }
    }
    // Where there is nothing near a question, it may stand further below, or at the end: what nobody reads must not be worth 0.
    let taken: BTreeSet<usize> = written.places.values().flatten().copied().collect();
    // What has a role and is nobody's here is another chapter's.
    let is_words = |place: usize| !notebook.cells[place].is_code() || matches!(owners[place], Owner::Edited(_));
    let is_left = |place: usize| !taken.contains(&place) && is_words(place) && notebook.cells[place].role().is_none();
    let last = owners.iter().rposition(|owner| matches!(owner, Owner::Question(_))).unwrap_or(0);
    for (id, places) in without {
        let from = |places: &[usize]| -> BTreeMap<usize, String> {
            let own = beyond(&owners, places, id).into_iter().filter(|(place, _)| is_left(*place));
            own.map(|(place, text)| (place, text.to_owned())).collect()
        };
        let mut parts = from(&places);
        if parts.is_empty() {
            parts = from(&[last]);
        }
        match parts.is_empty() {
            true => _ = written.unwritten.insert(id.clone()),
            false => {
                written.far.insert(id.clone());
                written.put(id, parts, &places, notebook);
                written.texts.entry(id.clone()).and_modify(|text| text.insert_str(0, FAR));
            }
        }
    }
    written
}

impl Written {
    /// Takes what stands in these cells for the answer to a question, which is in those places.
    fn put(&mut self, id: &str, parts: BTreeMap<usize, String>, places: &[usize], notebook: &Notebook) {
        let pictures: Vec<Picture> = parts.keys().flat_map(|&place| notebook.cells[place].pictures()).collect();
        if !pictures.is_empty() {
            self.pictures.insert(id.to_owned(), pictures);
        }
        self.places.insert(id.to_owned(), parts.keys().copied().collect());
        let label = |(place, text): (usize, String)| match places.contains(&place) {
            true => text,
            false => format!("[Cell {}]\n{text}", place + 1),
        };
        let text = parts.into_iter().map(label).collect::<Vec<_>>().join("\n\n");
        self.texts.insert(id.to_owned(), cut(text));
    }
}

/// What is the learner's own between a question and the next thing of the chapter.
fn below(owners: &[Owner], place: usize, id: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (place, owner) in owners.iter().enumerate().skip(place + 1) {
        match owner {
            Owner::Learner(text) => found.push((place, text.clone())),
            Owner::Empty => {}
            Owner::Help(of, own) if of == id => {
                found.extend((!own.is_empty()).then(|| (place, own.clone())));
            }
            Owner::Help(..) | Owner::Question(_) | Owner::Chapter | Owner::Edited(_) => break,
        }
    }
    found
}

/// What is the learner's own between the last thing of the chapter and a question, and in that.
fn above(owners: &[Owner], place: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (place, owner) in owners.iter().enumerate().take(place).rev() {
        match owner {
            Owner::Learner(text) => found.push((place, text.clone())),
            Owner::Empty => {}
            Owner::Edited(text) => {
                found.push((place, text.clone()));
                break;
            }
            Owner::Help(..) | Owner::Question(_) | Owner::Chapter => break,
        }
    }
    found
}

/// What is the learner's own below a question in any of its places, beyond whatever of the chapter, up to the next question.
fn beyond<'a>(owners: &'a [Owner], places: &[usize], id: &str) -> Vec<(usize, &'a str)> {
    let (mut found, mut is_below) = (Vec::new(), false);
    for (place, owner) in owners.iter().enumerate() {
        match owner {
            Owner::Learner(text) | Owner::Edited(text) if is_below => found.push((place, text.as_str())),
            Owner::Question(asked) => is_below &= asked == id,
            _ => {}
        }
        is_below |= places.binary_search(&place).is_ok();
    }
    found
}

/// The chapter's own cells.
struct Known {
    /// The texts of cells that belong to no exercise, by their ids.
    prose: HashMap<String, String>,
    /// The lines of each question, with nothing written.
    stubs: BTreeMap<String, String>,
    /// All that the hints and the solution of an exercise say.
    helps: BTreeMap<String, String>,
    functions: BTreeSet<String>,
    takes_apart: bool,
}

impl Known {
    fn of(chapter: &Chapter, takes_apart: bool) -> Known {
        let made = made_of(chapter, Variant::Student);
        let prose = made.cells.iter().filter(|cell| cell.role().is_none());
        let prose = prose.filter_map(|cell| Some((cell.id()?.to_owned(), cell.source()))).collect();
        let mut helps: BTreeMap<String, String> = BTreeMap::new();
        for cell in made.cells.iter().filter(|cell| matches!(cell.role(), Some("hint" | "solution"))) {
            *helps.entry(cell.exercise().unwrap_or_default().to_owned()).or_default() += &(cell.source() + "\n");
        }
        let (mut stubs, mut functions) = (BTreeMap::new(), BTreeSet::new());
        for cell in &chapter.cells {
            match &cell.kind {
                Kind::Text(asked) => _ = stubs.insert(asked.id.clone(), cell.text(Variant::Student)),
                Kind::Exercise(asked) => _ = functions.insert(asked.id.clone()),
                _ => {}
            }
        }
        Known { prose, stubs, helps, functions, takes_apart }
    }

    fn owner(&self, cell: &Cell) -> Owner {
        let text = cell.source();
        let (id, of) = (cell.id().unwrap_or_default(), cell.exercise().unwrap_or_default());
        match cell.role() {
            Some("hint" | "solution") => {
                let own = self.helps.get(of).map_or(Vec::new(), |known| own_lines(&text, known));
                return Owner::Help(of.to_owned(), cut(own.join("\n")));
            }
            Some("check" | "answer") => return Owner::Chapter,
            Some("text") if self.stubs.contains_key(of) => return Owner::Question(of.to_owned()),
            _ => {}
        }
        if self.stubs.contains_key(id) {
            return Owner::Question(id.to_owned());
        }
        if text.trim().is_empty() {
            return if cell.pictures().is_empty() { Owner::Empty } else { Owner::Learner(String::new()) };
        }
        // An id is made of what the cell said when it was made, in whichever version of the chapter.
        let is_as_made = id.starts_with(&content_id(cell.is_code(), &text));
        if is_as_made || self.functions.contains(id) || self.prose.values().any(|known| *known == text) {
            return Owner::Chapter;
        }
        if let Some(known) = self.prose.get(id) {
            let mut own = own_lines(&text, known);
            if cell.is_code() {
                // Of code the comments may be an answer; what the chapter's own lines say behind `//` is none.
                own.retain(|line| line.split_once("//").is_some_and(|(_, words)| !known.contains(words.trim())));
            }
            return if own.is_empty() { Owner::Chapter } else { Owner::Edited(cut(own.join("\n"))) };
        }
        let answers = |text: &str| {
            let items = items(text).unwrap_or_default();
            items.iter().any(|item| self.functions.iter().any(|id| item.defines_function(id)))
        };
        // Reading its items takes longer than a look for the word.
        if self.takes_apart && cell.is_code() && text.contains("fn ") && answers(&text) {
            return Owner::Chapter;
        }
        Owner::Learner(cut(text))
    }
}

/// Whether a question's cell holds more than the question.
fn has_own_words(cell: &Cell, stub: &str) -> bool {
    let text = cell.source();
    let made = cell.metadata(&["neurobook", "stub"]).and_then(|stub| stub.as_str());
    // No chapter gives a picture in a question.
    !cell.pictures().is_empty() || made != Some(&stub_mark(&text)) && !own_lines(&text, stub).is_empty()
}

/// The lines that are in no line of what was given.
fn own_lines<'a>(text: &'a str, given: &str) -> Vec<&'a str> {
    let given: BTreeSet<&str> = given.lines().map(str::trim).collect();
    let is_own = |line: &&str| !line.trim().is_empty() && !is_invitation(line) && !given.contains(line.trim());
    text.lines().filter(is_own).collect()
}

fn cut(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}\n[The answer is cut here: it has more than {LONGEST} characters.]", &text[..at]),
        None => text,
    }
}
