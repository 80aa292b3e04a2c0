//! Answers in words: all that a learner wrote where a question is. Learners write below it, in code cells, in the
//! question above, in a copy, or split the cell: whatever is theirs there is for the teacher to read.

mod known;
mod lines;
mod lists;
mod parts;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::chapter::{Chapter, Variant};
use crate::notebook::from_chapter::{notebook as made_of, stub_mark};
use crate::notebook::picture::Picture;
use crate::notebook::{Cell, Notebook};
use known::{Known, Owner, cut, own_lines};
use lists::answers_several;
use parts::{Part, parts};

/// Stands above what may be about something else.
const FAR: &str = "[Nothing stands near the question. Further away:]\n";

/// Stands below what has pictures that are shown with it once.
const ELSEWHERE: &str = "\n[The pictures of this cell stand at another of the questions that it may be about.]";

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
    /// Those whose pictures stand at a question.
    shown: BTreeSet<usize>,
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
    put_far(&mut written, without, &parts, notebook, &known);
    written
}

/// Where there is nothing near a question, its answer may be further below it, or with all others above the first question
/// or at the end: what nobody reads must not be worth 0.
fn put_far(
    written: &mut Written,
    without: Vec<(&String, &Vec<usize>)>,
    parts: &[Part],
    notebook: &Notebook,
    known: &Known,
) {
    let is_question = |part: &Part| part.owner.asks().is_some();
    let (Some(first), Some(last)) = (parts.iter().position(is_question), parts.iter().rposition(is_question)) else {
        return;
    };
    let taken: BTreeSet<usize> = written.places.values().flatten().copied().collect();
    // What has a role and is nobody's here is another chapter's.
    let is_left = |&place: &usize| {
        let (part, cell) = (&parts[place], &notebook.cells[parts[place].cell]);
        let is_words = match part.owner {
            Owner::Edited(_) => true,
            Owner::Learner(_) => part.is_words(cell, known),
            _ => false,
        };
        !taken.contains(&place) && cell.role().is_none() && is_words
    };
    let left: BTreeSet<usize> =
        if without.is_empty() { BTreeSet::new() } else { (0..parts.len()).filter(is_left).collect() };
    for (id, places) in without {
        let is_left = |(place, _): &(usize, &str)| left.contains(place);
        let mut found: BTreeMap<usize, &str> = beyond(parts, places, id).into_iter().filter(is_left).collect();
        found.extend(places.iter().flat_map(|&place| before(parts, place)).filter(is_left));
        // What is below the last question is as far from that as from every other.
        if found.keys().all(|&place| place > last) {
            found.extend(beyond(parts, &[last], id).into_iter().filter(is_left));
            found.extend(own(&parts[..first]).filter(is_left));
        }
        // Near another question there may be the answers to several.
        if found.is_empty() {
            let is_several =
                |&place: &usize| matches!(&parts[place].owner, Owner::Learner(text) if answers_several(text));
            let several: BTreeSet<usize> = taken.iter().copied().filter(is_several).collect();
            found.extend(own(parts).filter(|(place, _)| several.contains(place)));
        }
        if found.is_empty() {
            written.unwritten.insert(id.clone());
            continue;
        }
        written.far.insert(id.clone());
        let found = found.into_iter().map(|(place, text)| (place, text.to_owned())).collect();
        written.put(id, found, places, parts, notebook);
        written.texts.entry(id.clone()).and_modify(|text| text.insert_str(0, FAR));
    }
}

impl Written {
    /// Takes what stands in these parts for the answer to a question, which is in those places.
    fn put(&mut self, id: &str, found: BTreeMap<usize, String>, places: &[usize], parts: &[Part], notebook: &Notebook) {
        // Megabytes of photos are not to stand at each question that has nothing else.
        let is_far = self.far.contains(id);
        let (new, shown): (Vec<usize>, Vec<usize>) =
            found.keys().copied().partition(|place| self.shown.insert(*place) || !is_far);
        let pictures_of = |place: usize| parts[place].pictures(&notebook.cells[parts[place].cell]);
        let pictures: Vec<Picture> = new.into_iter().flat_map(pictures_of).collect();
        if !pictures.is_empty() {
            self.pictures.insert(id.to_owned(), pictures);
        }
        self.places.insert(id.to_owned(), found.keys().copied().collect());
        let label = |(place, text): (usize, String)| match places.binary_search(&place).is_ok() {
            true => text,
            false => format!("[Cell {}]\n{text}", parts[place].cell + 1),
        };
        let mut text = found.into_iter().map(label).collect::<Vec<_>>().join("\n\n");
        if shown.into_iter().any(|place| !pictures_of(place).is_empty()) {
            text += ELSEWHERE;
        }
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

/// What is the learner's own above a question, beyond whatever of the chapter, down from the question before it.
fn before(parts: &[Part], place: usize) -> impl Iterator<Item = (usize, &str)> {
    let begin = parts[..place].iter().rposition(|part| part.owner.asks().is_some()).map_or(0, |last| last + 1);
    own(&parts[begin..place]).map(move |(at, text)| (begin + at, text))
}

/// What is the learner's own in these parts.
fn own(parts: &[Part]) -> impl Iterator<Item = (usize, &str)> {
    parts.iter().enumerate().filter_map(|(place, part)| match &part.owner {
        Owner::Learner(text) | Owner::Edited(text) => Some((place, text.as_str())),
        _ => None,
    })
}

/// Whether a question's part of a cell holds more than the question.
fn has_own_words(part: &Part, cell: &Cell, stub: &str) -> bool {
    let text = part.text(cell);
    let made = cell.metadata(&["neurobook", "stub"]).and_then(|stub| stub.as_str());
    // No chapter gives a picture in a question.
    !part.pictures(cell).is_empty() || made != Some(&stub_mark(&text)) && !own_lines(&text, stub).is_empty()
}
