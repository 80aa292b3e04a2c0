//! A learner's notebook as answers: the text of each exercise, with whatever of the notebook it needs.
//!
//! Nothing but text is read. Cells may have been copied, split, moved, retyped or lost their metadata: a function
//! is found by its name, wherever it is, and takes along the items of other cells that it speaks of.

use std::cell::Cell as Counter;
use std::collections::{BTreeMap, BTreeSet};

use super::cells::{MOST_CODE, cells, given};
use super::form::Code;
use super::index::Index;
use super::kernel_run::KernelRun;
use super::related::Related;
use super::search::{MOST_COST, searches};
use super::written::written;
use crate::chapter::{Chapter, Exercise};
use crate::notebook::from_chapter::content_id;
use crate::notebook::{Cell, Notebook};

pub use super::answer::{Answer, Answers, Candidate, PassedOver, Snippet};
pub use super::items::{Item, ItemKind, items};

#[cfg(test)]
pub(super) mod tests;

/// Takes the answers to a chapter's exercises out of a notebook.
pub fn answers(notebook: &Notebook, chapter: &Chapter) -> Answers {
    let cells = cells(notebook, &KernelRun::default());
    let mut answers = Answers::default();
    match &cells {
        Some(cells) => {
            let given = given(chapter);
            let index = Index::new(&given, cells);
            answers.code = in_code(&index, cells, chapter);
            let is_redefined = |id: &&String| !Related::to(&index, id).redefined.is_empty();
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

/// The answers to these exercises in all combinations of what several cells define.
pub fn combinations(notebook: &Notebook, chapter: &Chapter, ids: &BTreeSet<String>) -> BTreeMap<String, Answer> {
    let (given, cells) = (given(chapter), cells(notebook, &KernelRun::default()).unwrap_or_default());
    let (index, room) = (Index::new(&given, &cells), Counter::new(MOST_COST));
    let searches = searches(chapter, &cells, &index, &room).filter(|search| ids.contains(search.id));
    searches.map(|search| (search.id.to_owned(), Answer::Candidates(search.combinations()))).collect()
}

/// The answers in all forms that the notebook may have meant.
fn in_code(index: &Index, cells: &[Code], chapter: &Chapter) -> BTreeMap<String, Answer> {
    searches(chapter, cells, index, &Counter::new(MOST_COST))
        .map(|search| (search.id.to_owned(), search.answer()))
        .collect()
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
