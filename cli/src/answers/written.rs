//! Answers in words: all that a learner wrote where a question is. Learners write below it, in code cells, in the
//! question above, in a copy, or split the cell: whatever is theirs there is for the teacher to read.

mod known;
mod lines;
mod parts;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::chapter::{Chapter, Variant};
use crate::notebook::from_chapter::{notebook as made_of, stub_mark};
use crate::notebook::picture::Picture;
use crate::notebook::{Cell, Notebook};
use known::{Known, Owner, cut, own_lines};
use parts::{Part, parts};

/// Stands above what may be about something else.
const FAR: &str = "[Nothing stands near the question. Further away:]\n";

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

/// Takes the answers in words out of a notebook. `takes_apart` says whether its code is little enough to be taken apart.
pub fn written(notebook: &Notebook, chapter: &Chapter, takes_apart: bool) -> Written {
    let made = made_of(chapter, Variant::Student);
    let known = Known::of(chapter, &made, takes_apart);
    let parts = parts(notebook, chapter, &made, &known);
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, part) in parts.iter().enumerate() {
        if let Owner::Question(id) = &part.owner {
            places.entry(id).or_default().push(place);
        }
    }
    let mut written = Written::default();
    let mut without = Vec::new();
    for (id, stub) in &known.stubs {
        let Some(places) = places.get(id.as_str()) else { continue };
        let mut found = BTreeMap::new();
        for &place in places {
            let cell = &notebook.cells[parts[place].cell];
            if has_own_words(&parts[place], cell, stub) {
                found.insert(place, cut(parts[place].text(cell)));
            }
            found.extend(below(&parts, place, id));
        }
        if found.is_empty() {
            places.iter().for_each(|&place| found.extend(above(&parts, place)));
        }
        match found.is_empty() {
            true => without.push((id, places)),
            false => written.put(id, found, places, &parts, notebook),
        }
    }
    // Where there is nothing near a question, it may stand further below, or at the end: what nobody reads must not be worth 0.
    let taken: BTreeSet<usize> = written.places.values().flatten().copied().collect();
    // What has a role and is nobody's here is another chapter's.
    let is_left = |place: usize| {
        let (part, cell) = (&parts[place], &notebook.cells[parts[place].cell]);
        let is_words = !cell.is_code() || matches!(part.owner, Owner::Edited(_));
        !taken.contains(&place) && is_words && cell.role().is_none()
    };
    let last = parts.iter().rposition(|part| matches!(part.owner, Owner::Question(_))).unwrap_or(0);
    for (id, places) in without {
        let from = |places: &[usize]| -> BTreeMap<usize, String> {
            let own = beyond(&parts, places, id).into_iter().filter(|(place, _)| is_left(*place));
            own.map(|(place, text)| (place, text.to_owned())).collect()
        };
        let mut found = from(places);
        if found.is_empty() {
            found = from(&[last]);
        }
        match found.is_empty() {
            true => _ = written.unwritten.insert(id.clone()),
            false => {
                written.far.insert(id.clone());
                written.put(id, found, places, &parts, notebook);
                written.texts.entry(id.clone()).and_modify(|text| text.insert_str(0, FAR));
            }
        }
    }
    written
}

impl Written {
    /// Takes what stands in these parts for the answer to a question, which is in those places.
    fn put(&mut self, id: &str, found: BTreeMap<usize, String>, places: &[usize], parts: &[Part], notebook: &Notebook) {
        let pictures_of = |&place: &usize| parts[place].pictures(&notebook.cells[parts[place].cell]);
        let pictures: Vec<Picture> = found.keys().flat_map(pictures_of).collect();
        if !pictures.is_empty() {
            self.pictures.insert(id.to_owned(), pictures);
        }
        self.places.insert(id.to_owned(), found.keys().copied().collect());
        let label = |(place, text): (usize, String)| match places.binary_search(&place).is_ok() {
            true => text,
            false => format!("[Cell {}]\n{text}", parts[place].cell + 1),
        };
        let text = found.into_iter().map(label).collect::<Vec<_>>().join("\n\n");
        self.texts.insert(id.to_owned(), cut(text));
    }
}

/// What is the learner's own between a question and the next thing of the chapter.
fn below(parts: &[Part], place: usize, id: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (place, part) in parts.iter().enumerate().skip(place + 1) {
        match &part.owner {
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
fn above(parts: &[Part], place: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (place, part) in parts.iter().enumerate().take(place).rev() {
        match &part.owner {
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
fn beyond<'a>(parts: &'a [Part], places: &[usize], id: &str) -> Vec<(usize, &'a str)> {
    let (mut found, mut is_below) = (Vec::new(), false);
    for (place, part) in parts.iter().enumerate() {
        match &part.owner {
            Owner::Learner(text) | Owner::Edited(text) if is_below => found.push((place, text.as_str())),
            Owner::Question(asked) => is_below &= asked == id,
            _ => {}
        }
        is_below |= places.binary_search(&place).is_ok();
    }
    found
}

/// Whether a question's part of a cell holds more than the question.
fn has_own_words(part: &Part, cell: &Cell, stub: &str) -> bool {
    let text = part.text(cell);
    let made = cell.metadata(&["neurobook", "stub"]).and_then(|stub| stub.as_str());
    // No chapter gives a picture in a question.
    !part.pictures(cell).is_empty() || made != Some(&stub_mark(&text)) && !own_lines(&text, stub).is_empty()
}
