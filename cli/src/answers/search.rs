//! The search for the answers to exercises among all that a notebook defines.

use std::cell::Cell as Counter;
use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

use super::answer::{Answer, Candidate, Snippet, is_part, refused};
use super::cells::{LONGEST_CELL, code};
use super::collection::collect;
use super::form::{Code, Collected, Form, State};
use super::index::{Index, Place};
use super::items::{Item, calls};
use super::lendable::lendable;
use super::own_checks::{own_calls, own_checks};
use super::related::Related;
use crate::chapter::{Chapter, Exercise, Specification, Variant};

/// More versions of one function than this are not tried.
pub const MOST_VERSIONS: usize = 16;
/// So many states of a notebook are tried in which what a function needs was something else.
const MOST_STATES: usize = 8;
/// So many combinations of its helpers' versions are tried with all versions of a function.
const MOST_COMBINATIONS: usize = 64;
/// So many candidates are called as the notebook calls them, too.
const MOST_CALLED: usize = 32;
/// So much may all forms of all answers in a notebook cost together, beyond the first form of each.
pub(super) const MOST_COST: usize = 20_000_000;

/// The searches for the answers to a chapter's exercises.
pub(super) fn searches<'a>(
    chapter: &'a Chapter,
    cells: &'a [Code],
    index: &'a Index<'a>,
    room: &'a Counter<usize>,
) -> impl Iterator<Item = Search<'a>> {
    let (lendable, checks) = (lendable(chapter), own_checks(cells));
    chapter.specifications().map(move |(exercise, specification): (&Exercise, &Specification)| {
        let id = exercise.id.as_str();
        let (lendable, stub, called) = (lendable[id].clone(), stub(chapter, id), calls(&specification.call.text));
        let own_calls = own_calls(&checks, &specification.call);
        Search { cells, index, id, lendable, called, own_calls, stub, room }
    })
}

/// The function of an exercise as the chapter hands it out.
fn stub(chapter: &Chapter, id: &str) -> Option<String> {
    let cell = chapter.cells.iter().find(|cell| cell.asks().is_some_and(|asked| asked.id == id))?;
    let code = code(0, &cell.text(Variant::Student), None);
    let items = code.items.as_deref().unwrap_or_default();
    items.iter().find(|item| item.defines_function(id)).map(|item| code.text[item.place.clone()].to_owned())
}

/// The search for the answer to one exercise.
pub(super) struct Search<'a> {
    cells: &'a [Code],
    index: &'a Index<'a>,
    pub(super) id: &'a str,
    /// The exercises whose functions may be lent to it.
    lendable: BTreeSet<String>,
    /// What its check calls.
    called: BTreeSet<String>,
    /// How checks in the notebook call it in other ways.
    own_calls: Vec<String>,
    stub: Option<String>,
    /// How much the forms that are left may cost.
    room: &'a Counter<usize>,
}

impl Search<'_> {
    pub(super) fn answer(&self) -> Answer {
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
        self.add_own_calls(&mut candidates);
        // What uses the notebook alone comes first.
        candidates.sort_by_key(|candidate| !candidate.lent.is_empty());
        match refused {
            Some((cell, word)) if candidates.is_empty() => refusal(cell, word),
            _ => Answer::Candidates(candidates),
        }
    }

    /// The same candidates, called as the notebook calls them.
    fn add_own_calls(&self, candidates: &mut Vec<Candidate>) {
        let called = |call: &String| Some(call.clone());
        let own = self.own_calls.iter().flat_map(|call| {
            candidates.iter().map(move |candidate| Candidate { call: called(call), ..candidate.clone() })
        });
        let own: Vec<Candidate> = own.take(MOST_CALLED).collect();
        candidates.extend(own);
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
        let place = self.index.place(cell, number);
        let first = self.first_form(place);
        let mut forms = vec![
            first,
            Form { state: State::Through(place.0), ..first },
            // A name may stand for a variable here, and for something broken in another cell.
            Form { state: State::Alone, ..first },
            Form { everything: true, ..first },
            // Whoever changes a cell of the chapter to see what happens has not changed what is asked.
            Form { as_given: true, ..first },
            // What is wrong in another exercise loses its marks there, and not here again.
            Form { lent: &self.lendable, ..first },
            Form { as_given: true, lent: &self.lendable, ..first },
        ];
        let states = self.states(place, first).into_iter().flat_map(|state| states_at(place, state));
        forms.extend(states.flat_map(|state| {
            let of_state = Form { state, ..first };
            [of_state, Form { everything: true, ..of_state }, Form { lent: &self.lendable, ..of_state }]
        }));
        forms
    }

    /// The versions of the function, each with what it needs in one combination of the versions of that: those that differ least
    /// from the last ones come first. A learner may have run any of them again.
    pub(super) fn combinations(&self) -> Vec<Candidate> {
        let related = Related::to(self.index, self.id);
        let redefined: Vec<(&str, Vec<usize>)> = related.redefined.into_iter().collect();
        let versions = self.versions();
        let most = MOST_COMBINATIONS / versions.len().max(1);
        let mut candidates: Vec<Candidate> = Vec::new();
        for version in versions {
            for chosen in combinations(&redefined, most) {
                if self.room.get() == 0 {
                    self.add_own_calls(&mut candidates);
                    return candidates;
                }
                let first = self.first_form(self.index.place(version.0, version.1));
                let form = Form { chosen: Some(&chosen), ..first };
                // A trait may be imported in a cell of its own, and nothing but its methods be used.
                for form in [form, Form { everything: true, ..form }] {
                    if let Some(Ok(candidate)) = self.candidate(version, form)
                        && !candidates.iter().any(|known| known.is_like(&candidate))
                    {
                        candidates.push(candidate);
                    }
                }
            }
        }
        self.add_own_calls(&mut candidates);
        candidates
    }

    fn first_form(&self, place: Place) -> Form<'_> {
        static NONE: BTreeSet<String> = BTreeSet::new();
        let (state, called) = (State::ThenOwn(place.0), &self.called);
        Form { state, everything: false, as_given: false, lent: &NONE, called, chosen: None }
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
                is_for_refused: form.everything && form.state == State::ThenOwn(place.0) && form.chosen.is_none(),
                call: None,
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
        // What the notebook had come to in the end is tried however far it is.
        states.extend(known.last().filter(|last| !states.contains(*last)));
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

/// Ways to choose a source for each name, no more than so many, by how many are not the last ones.
fn combinations<'a>(names: &[(&'a str, Vec<usize>)], most: usize) -> Vec<BTreeMap<&'a str, usize>> {
    let last = names.iter().filter_map(|(name, sources)| Some((*name, *sources.last()?))).collect();
    let mut open: VecDeque<(usize, BTreeMap<&str, usize>)> = VecDeque::from([(0, last)]);
    let mut found = Vec::new();
    while found.len() < most
        && let Some((from, chosen)) = open.pop_front()
    {
        for (at, (name, sources)) in names.iter().enumerate().skip(from) {
            for source in sources.iter().rev().skip(1) {
                if open.len() < most {
                    let mut other = chosen.clone();
                    other.insert(name, *source);
                    open.push_back((at + 1, other));
                }
            }
        }
        found.push(chosen);
    }
    found
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
