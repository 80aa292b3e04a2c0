//! A learner's notebook as answers: the text of each exercise, with whatever of the notebook it needs.
//!
//! Nothing but text is read. Cells may have been copied, split, moved, retyped or lost their metadata: a function
//! is found by its name, wherever it is, and takes along the items of other cells that it speaks of.

use std::cell::Cell as Counter;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::TokenStream;

use super::answer::{is_part, refused};
use super::collection::collect;
use super::form::{Code, Collected, Form, State};
use super::index::{Index, Place};
use super::items::{calls, items_and_macro_calls};
use super::kernel_run::KernelRun;
use super::lendable::lendable;
use super::related::Related;
use super::written::written;
use crate::chapter::{Chapter, Exercise, Kind, Specification, Variant};
use crate::notebook::from_chapter::content_id;
use crate::notebook::{Cell, Notebook};

pub use super::answer::{Answer, Answers, Candidate, PassedOver, Snippet};
pub use super::items::{Item, ItemKind, items};

#[cfg(test)]
pub(super) mod tests;

/// More versions of one function than this are not tried.
const MOST_VERSIONS: usize = 16;
/// A cell with more text is not an answer that anybody typed.
const LONGEST_CELL: usize = 200_000;
/// Nor is more code in one notebook.
const MOST_CODE: usize = 300_000;

/// So many states of a notebook are tried in which what a function needs was something else, and so many in which one thing
/// stayed as it was.
const MOST_STATES: usize = 8;
/// So much may all forms of all answers in a notebook cost together, beyond the first form of each.
const MOST_COST: usize = 20_000_000;
/// In one cell so many lines that may be commands are looked at.
const MOST_LOOKS: usize = 20;

/// Takes the answers to a chapter's exercises out of a notebook.
pub fn answers(notebook: &Notebook, chapter: &Chapter) -> Answers {
    let cells = cells(notebook, &KernelRun::default());
    let mut answers = Answers::default();
    match &cells {
        Some(cells) => {
            let given = given(chapter);
            let index = Index::new(&given, cells);
            answers.code = in_code(&index, cells, chapter);
            let is_redefined = |id: &&String| Related::to(&index, id).is_redefined;
            answers.redefined = answers.code.keys().filter(is_redefined).cloned().collect();
            answers.unreadable = cells.iter().filter(|cell| cell.items.is_none()).map(|cell| cell.number).collect();
        }
        None => {
            let why = format!(
                "The notebook has more than {} kB of code, the limit: take out what is not an answer.",
                MOST_CODE / 1000
            );
            let missing = |(exercise, _): (&Exercise, _)| (exercise.id.clone(), Answer::Missing(why.clone()));
            answers.code = chapter.specifications().map(missing).collect();
        }
    }
    for (id, answer) in &mut answers.code {
        let Some(cells) = &cells else { break };
        if let Answer::Missing(why) = answer
            && let Some(in_prose) = in_prose(notebook, id)
        {
            *why = in_prose;
        }
        if let Some(passed_over) = passed_over(cells, id, answer) {
            answers.passed_over.insert(id.clone(), passed_over);
        }
    }
    let written = written(notebook, chapter, cells.is_some());
    (answers.texts, answers.pictures) = (written.texts, written.pictures);
    (answers.unwritten, answers.far) = (written.unwritten, written.far);
    answers
}

/// The answers in code as they are where the cells ran in this way.
pub fn answers_after(notebook: &Notebook, chapter: &Chapter, run: &KernelRun) -> BTreeMap<String, Answer> {
    let cells = cells(notebook, run).unwrap_or_default();
    in_code(&Index::new(&given(chapter), &cells), &cells, chapter)
}

/// The cells of code as they ran; `None` if they are too much to be taken apart.
pub(super) fn cells(notebook: &Notebook, run: &KernelRun) -> Option<Vec<Code>> {
    let is_code = |(_, cell): &(usize, &Cell)| cell.is_code();
    let all = || notebook.cells.iter().enumerate().filter(is_code);
    // What is not tried is not taken apart either.
    if all().map(|(_, cell)| cell.source().len()).sum::<usize>() > MOST_CODE {
        return None;
    }
    let cells: Vec<Code> = run
        .order(all().map(|(index, cell)| (index + 1, cell)))
        .into_iter()
        .map(|(number, cell)| {
            // A check belongs to an exercise too, but nobody answers in it.
            let own = cell.exercise().or(cell.id()).filter(|_| cell.role() != Some("check"));
            code(number, &cell.source(), own)
        })
        .collect();
    // In a list each name of an import has the whole path in front.
    let imports = cells.iter().flat_map(|cell| cell.items.iter().flatten()).flat_map(|item| &item.imports);
    let is_too_much = imports.map(|import| import.text.len()).sum::<usize>() > MOST_CODE;
    (!is_too_much).then_some(cells)
}

fn in_code(index: &Index, cells: &[Code], chapter: &Chapter) -> BTreeMap<String, Answer> {
    let lendable = lendable(chapter);
    let room = Counter::new(MOST_COST);
    let answer = |(exercise, specification): (&Exercise, &Specification)| {
        let id = &exercise.id;
        let (lendable, stub, called) = (&lendable[id], stub(chapter, id), calls(&specification.call.text));
        let search = Search { cells, index, id, lendable, called, stub, room: &room };
        (id.clone(), search.answer())
    };
    chapter.specifications().map(answer).collect()
}

fn code(number: usize, source: &str, exercise: Option<&str>) -> Code {
    // What the kernel takes for a command is nothing that a grader does. A path may begin a line.
    let mut text = String::new();
    let mut looks = MOST_LOOKS;
    let mut has_code = false;
    for line in source.lines() {
        let word = line.trim_start_matches(' ');
        let begins_as_one = match word.strip_prefix(':') {
            // Below the first line of Rust the kernel takes no commands: `: Copy {` goes on with a line.
            Some(rest) if has_code => rest.starts_with(|first: char| first.is_ascii_alphabetic()),
            Some(rest) => !rest.starts_with(':'),
            None => line.starts_with('!'),
        };
        let is_command = begins_as_one && {
            let looks_closer = has_code && looks > 0;
            looks -= usize::from(looks_closer);
            // Within brackets or quotes that are still open, it is part of them.
            !looks_closer || text.parse::<TokenStream>().is_ok()
        };
        if !is_command {
            text.push_str(line);
            has_code |= !(word.is_empty() || line.starts_with("//"));
        }
        text.push('\n');
    }
    text.pop();
    proc_macro2::extra::invalidate_current_thread_spans();
    let items = if text.len() > LONGEST_CELL { None } else { items_and_macro_calls(&text) };
    Code { number, text, exercise: exercise.map(str::to_owned), items }
}

/// The exercise's own cell, if it cannot be read and the answer is another's.
fn passed_over(cells: &[Code], id: &str, answer: &Answer) -> Option<PassedOver> {
    let Answer::Candidates(candidates) = answer else { return None };
    let own = cells.iter().rev().find(|cell| cell.exercise.as_deref() == Some(id) && cell.items.is_none())?.number;
    let copy = candidates.first()?.defining_cell;
    candidates.iter().all(|candidate| candidate.defining_cell != own).then_some(PassedOver { own, copy })
}

/// What to do where the function is in a cell that holds no code.
fn in_prose(notebook: &Notebook, id: &str) -> Option<String> {
    let signature = format!("fn {id}(");
    // The chapter's own prose may show it.
    let is_as_made = |cell: &Cell| cell.id().is_some_and(|id| id.starts_with(&content_id(false, &cell.source())));
    let is_prose =
        |cell: &&Cell| !cell.is_code() && !matches!(cell.role(), Some("hint" | "solution")) && !is_as_made(cell);
    let mut cells = notebook.cells.iter().enumerate();
    let (index, _) = cells.find(|(_, cell)| is_prose(cell) && cell.source().contains(&signature))?;
    Some(format!("Cell {} holds the function `{id}`, but as text: change the cell's type to code.", index + 1))
}

/// What the chapter itself defines outside its exercises, for a notebook that has lost it.
pub(super) fn given(chapter: &Chapter) -> Vec<Code> {
    chapter
        .cells
        .iter()
        .filter(|cell| cell.kind == Kind::Code)
        .map(|cell| code(0, &cell.text(Variant::Solution), None))
        .collect()
}

/// The function of an exercise as the chapter hands it out.
fn stub(chapter: &Chapter, id: &str) -> Option<String> {
    let cell = chapter.cells.iter().find(|cell| cell.asks().is_some_and(|asked| asked.id == id))?;
    let code = code(0, &cell.text(Variant::Student), None);
    let items = code.items.as_deref().unwrap_or_default();
    items.iter().find(|item| item.defines_function(id)).map(|item| code.text[item.place.clone()].to_owned())
}

/// The search for the answer to one exercise.
struct Search<'a> {
    cells: &'a [Code],
    index: &'a Index<'a>,
    id: &'a str,
    /// The exercises whose functions may be lent to it.
    lendable: &'a BTreeSet<String>,
    /// What its check calls.
    called: BTreeSet<String>,
    stub: Option<String>,
    /// How much the forms that are left may cost.
    room: &'a Counter<usize>,
}

impl Search<'_> {
    fn answer(&self) -> Answer {
        let versions = self.versions();
        if versions.is_empty() {
            return self.elsewhere();
        }
        let (mut candidates, mut refused): (Vec<Candidate>, _) = (Vec::new(), None);
        for version in versions {
            for form in self.forms(version) {
                if self.room.get() == 0 && (refused.is_some() || !candidates.is_empty()) {
                    break;
                }
                match self.candidate(version, form) {
                    Some(Ok(candidate)) if candidates.iter().any(|known| known.is_like(&candidate)) => {}
                    Some(Ok(candidate)) => candidates.push(candidate),
                    // An old try does not take away from a later one.
                    Some(Err(refusal)) => _ = refused.get_or_insert(refusal),
                    None => {}
                }
            }
        }
        // What uses the notebook alone comes first.
        candidates.sort_by_key(|candidate| !candidate.lent.is_empty());
        match refused {
            Some((cell, word)) if candidates.is_empty() => refusal(cell, word),
            _ => Answer::Candidates(candidates),
        }
    }

    /// The texts of the function, by the index of its cell and its own in there; the last one first.
    fn versions(&self) -> Vec<(usize, usize)> {
        let (mut finished, mut repeated, mut unfinished) = (Vec::new(), Vec::new(), Vec::new());
        let (mut cells, mut known) = (HashSet::new(), HashSet::new());
        for (place, cell) in self.cells.iter().enumerate().rev() {
            let items = cell.items.as_deref().unwrap_or_default();
            let is_it = |item: &Item| item.defines_function(self.id) || self.index.brings_in(item, self.id);
            let found: Vec<usize> = (0..items.len()).rev().filter(|number| is_it(&items[*number])).collect();
            // The same cell once more says nothing new.
            if found.is_empty() || !cells.insert(&cell.text) {
                continue;
            }
            let mut of_cell = HashSet::new();
            for number in found {
                let text = &cell.text[items[number].place.clone()];
                if of_cell.insert(text) {
                    let versions = match (items[number].is_unfinished, known.insert(text)) {
                        (true, _) => &mut unfinished,
                        (false, true) => &mut finished,
                        // What it needs may be another thing in this cell.
                        (false, false) => &mut repeated,
                    };
                    versions.push((place, number));
                }
            }
        }
        finished.extend(repeated);
        // A copy of the empty exercise does not hide a finished one.
        finished.truncate(MOST_VERSIONS);
        unfinished.truncate(if finished.is_empty() { MOST_VERSIONS } else { 1 });
        finished.into_iter().chain(unfinished).collect()
    }

    /// What the notebook may have meant by a version of the function, also with what its helpers were in each state of the notebook.
    fn forms(&self, (cell, number): (usize, usize)) -> Vec<Form<'_>> {
        static NONE: BTreeSet<String> = BTreeSet::new();
        let place = self.index.place(cell, number);
        let (state, called) = (State::ThenOwn(place.0), &self.called);
        let first = Form { state, everything: false, as_given: false, lent: &NONE, called };
        let mut forms = vec![
            first,
            Form { state: State::Through(place.0), ..first },
            // A name may stand for a variable here, and for something broken in another cell.
            Form { state: State::Alone, ..first },
            Form { everything: true, ..first },
            // Two cells may call different things by one name.
            Form { state: State::EachCells, ..first },
            // Whoever changes a cell of the chapter to see what happens has not changed what is asked.
            Form { as_given: true, ..first },
            // What is wrong in another exercise loses its marks there, and not here again.
            Form { lent: self.lendable, ..first },
            Form { as_given: true, lent: self.lendable, ..first },
        ];
        let states = self.states(place, first).into_iter().flat_map(|state| states_at(place, state));
        forms.extend(states.flat_map(|state| {
            let of_state = Form { state, ..first };
            [of_state, Form { everything: true, ..of_state }, Form { lent: self.lendable, ..of_state }]
        }));
        forms
    }

    /// A version of the function with what it needs in this form; `Err` with cell and word where it is not compiled, and `None`
    /// where nothing is lent to it.
    fn candidate(
        &self,
        (cell, number): (usize, usize),
        form: Form,
    ) -> Option<Result<Candidate, (usize, &'static str)>> {
        let (code, place) = (&self.cells[cell], self.index.place(cell, number));
        let item = &code.items.as_deref().unwrap_or_default()[number];
        let is_stub = self.stub.as_deref() == Some(&code.text[item.place.clone()]);
        let Collected { pieces, lent, refused, .. } = self.collect(place, form);
        if !form.lent.is_empty() && (is_stub || lent.is_empty()) {
            return None;
        }
        Some(match refused {
            Some(refused) => Err(refused),
            None => Ok(Candidate {
                pieces,
                lent,
                defining_cell: code.number,
                is_for_refused: form.everything && form.state == State::ThenOwn(place.0),
                by_cell: form.state == State::EachCells,
            }),
        })
    }

    fn collect(&self, place: Place, form: Form) -> Collected {
        let collected = collect(self.index, place, form);
        self.room.set(self.room.get().saturating_sub(collected.cost));
        collected
    }

    /// The sources that make something else of what the function needs: the nearest below it first, where its check is, then the
    /// nearest above it.
    fn states(&self, place: Place, first: Form) -> Vec<usize> {
        let mut states = Vec::new();
        let mut known = self.collect(place, first).changes;
        while states.len() < MOST_STATES && self.room.get() > 0 {
            let mut in_order = known.range(place.0 + 1..).chain(known.range(..place.0).rev());
            let Some(&state) = in_order.find(|state| !states.contains(*state)) else { break };
            states.push(state);
            // Another version may need more.
            let at = states_at(place, state).next().map(|state| self.collect(place, Form { state, ..first }).changes);
            known.extend(at.into_iter().flatten());
        }
        states
    }

    /// What is to be said where no cell defines the function.
    fn elsewhere(&self) -> Answer {
        let Search { cells, id, .. } = self;
        let own = cells.iter().rev().find(|cell| cell.exercise.as_deref() == Some(*id) && !cell.text.trim().is_empty());
        match own {
            Some(cell) if cell.text.len() > LONGEST_CELL => Answer::Missing(format!(
                "Cell {} has more than {LONGEST_CELL} characters, which nobody can have written.",
                cell.number
            )),
            // A bracket lacks its other half: the compiler says where.
            Some(cell) if cell.items.is_none() => {
                let pieces = vec![Snippet { cell: cell.number, line: 1, text: cell.text.clone() }];
                match cell.text.split(|character| !is_part(character)).find_map(refused) {
                    Some(word) => refusal(cell.number, word),
                    None => Answer::Candidates(vec![Candidate::alone(pieces, cell.number)]),
                }
            }
            Some(cell) => Answer::Missing(format!(
                "Cell {} defines no function `{id}`. Keep the line `fn {id}(…)` as the course gave it.",
                cell.number
            )),
            None => Answer::Missing(format!(
                "No cell defines the function `{id}`. If its cell is gone, copy it from the course's notebook."
            )),
        }
    }
}

/// What the notebook had when this source had run, and when the function's own cell has run after it.
fn states_at(place: Place, source: usize) -> impl Iterator<Item = State> {
    let through = (source > place.0).then_some(State::Through(source));
    through.into_iter().chain([State::ThenOwn(source)])
}

fn refusal(cell: usize, word: &str) -> Answer {
    Answer::Refused(format!(
        "Cell {cell} has the word `{word}`, which is not graded: no exercise needs it. Write it without."
    ))
}
