//! A learner's notebook as answers: the text of each exercise, with whatever of the notebook it needs.
//!
//! Nothing but text is read. Cells may have been copied, split, moved, retyped or lost their metadata: a function
//! is found by its name, wherever it stands, and takes along the items of other cells that it speaks of.

use std::collections::BTreeMap;

use super::collect;
use crate::chapter;
use crate::chapter::{Chapter, Kind, Variant};
use crate::notebook::{Cell, Notebook};

pub use super::items::{Item, ItemKind, items};

/// More copies of one function than this are not tried.
const MOST_CANDIDATES: usize = 4;
/// A cell with more text is no answer that anybody typed.
const LONGEST_CELL: usize = 200_000;

/// What could go round the compiler's own care for memory, or change what others call. No answer of the course
/// needs them.
const REFUSED: [&str; 8] =
    ["unsafe", "unsafe_code", "no_mangle", "export_name", "link_section", "global_asm", "naked_asm", "asm"];

/// A piece of a learner's text, and where it stands in the notebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The number of the cell, counted from 1; 0 is the chapter itself.
    pub cell: usize,
    /// The line of the cell on which the piece begins, counted from 1.
    pub line: usize,
    pub text: String,
}

/// What a notebook holds for one exercise that is answered in code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The exercise's function in one form or, in a notebook with copies, several; the last one first.
    Candidates(Vec<Vec<Piece>>),
    /// It is not there, or cannot be read; what to do.
    Missing(String),
    /// It holds a word that no answer needs; which, and what to do.
    Refused(String),
}

/// The answers in a notebook.
#[derive(Debug, Default)]
pub struct Answers {
    /// Of the exercises in code, by their ids.
    pub code: BTreeMap<String, Answer>,
    /// Of the questions that are answered in words, as far as somebody wrote something.
    pub texts: BTreeMap<String, String>,
    /// The numbers of the cells in which a bracket or a quote lacks its other half: nothing of them is used.
    pub unreadable: Vec<usize>,
}

impl Answers {
    /// How many exercises the notebook holds anything for.
    pub fn found(&self) -> usize {
        self.code.values().filter(|answer| !matches!(answer, Answer::Missing(_))).count() + self.texts.len()
    }
}

/// A cell of code: its number, its text without commands to the kernel, and its items.
pub(super) struct Code {
    pub(super) number: usize,
    pub(super) text: String,
    exercise: Option<String>,
    pub(super) items: Option<Vec<Item>>,
}

/// Takes the answers to a chapter's exercises out of a notebook.
pub fn answers(notebook: &Notebook, chapter: &Chapter) -> Answers {
    let cells: Vec<Code> = notebook
        .cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.is_code())
        .map(|(index, cell)| {
            // A check belongs to an exercise too, but nobody answers in it.
            let own = cell.exercise().or(cell.id()).filter(|_| cell.role() != Some("check"));
            code(index + 1, &cell.source(), own)
        })
        .collect();
    let given = given(chapter);
    let solutions = solutions(chapter);
    let unreadable = cells.iter().filter(|cell| cell.items.is_none()).map(|cell| cell.number).collect();
    let mut answers = Answers { unreadable, ..Answers::default() };
    for (exercise, _) in chapter.specifications() {
        let id = &exercise.id;
        let answer = match answer(&cells, &given, &solutions, id) {
            Answer::Missing(why) => Answer::Missing(in_prose(notebook, id).unwrap_or(why)),
            answer => answer,
        };
        answers.code.insert(id.clone(), answer);
    }
    for exercise in
        chapter.cells.iter().filter(|cell| matches!(cell.kind, Kind::Text(_))).filter_map(|cell| cell.asks())
    {
        let found = notebook.cells.iter().filter(|cell| cell.is_markdown()).find(|cell| {
            let marked = cell.exercise() == Some(&exercise.id) && cell.role() == Some("text");
            marked || cell.id() == Some(&exercise.id)
        });
        if let Some(cell) = found {
            answers.texts.insert(exercise.id.clone(), cell.source());
        }
    }
    answers
}

fn code(number: usize, source: &str, exercise: Option<&str>) -> Code {
    // What the kernel takes for a command is nothing that a grader does. A path may begin a line.
    let is_command = |line: &&str| {
        let word = line.trim_start_matches(' ');
        line.starts_with('!') || (word.starts_with(':') && !word.starts_with("::"))
    };
    let text: Vec<&str> = source.lines().map(|line| if is_command(&line) { "" } else { line }).collect();
    let text = text.join("\n");
    let items = if text.len() > LONGEST_CELL { None } else { items(&text) };
    Code { number, text, exercise: exercise.map(str::to_owned), items }
}

/// What to do where the function stands in a cell that holds no code.
fn in_prose(notebook: &Notebook, id: &str) -> Option<String> {
    let signature = format!("fn {id}(");
    let is_prose = |cell: &&Cell| !cell.is_code() && !matches!(cell.role(), Some("hint" | "solution"));
    let mut cells = notebook.cells.iter().enumerate();
    let (index, _) = cells.find(|(_, cell)| is_prose(cell) && cell.source().contains(&signature))?;
    Some(format!("Cell {} holds the function `{id}`, but as text: change the cell's type to code.", index + 1))
}

/// What the chapter itself defines outside its exercises, for a notebook that has lost it.
fn given(chapter: &Chapter) -> Vec<Code> {
    chapter
        .cells
        .iter()
        .filter(|cell| cell.kind == Kind::Code)
        .map(|cell| code(0, &cell.text(Variant::Solution), None))
        .collect()
}

/// The chapter's own answers to its exercises.
fn solutions(chapter: &Chapter) -> Vec<Code> {
    let solution = |cell: &chapter::Cell| {
        let asked = cell.asks().filter(|_| matches!(cell.kind, Kind::Exercise(_)))?;
        Some(code(0, &cell.text(Variant::Solution), Some(&asked.id)))
    };
    chapter.cells.iter().filter_map(solution).collect()
}

fn answer(cells: &[Code], given: &[Code], solutions: &[Code], id: &str) -> Answer {
    let mut candidates: Vec<(&Code, &Item)> = Vec::new();
    for cell in cells.iter().rev() {
        let defines = |item: &&Item| item.kind == ItemKind::Function && item.names.iter().any(|name| name == id);
        for item in cell.items.iter().flatten().rev().filter(defines) {
            let text = &cell.text[item.place.clone()];
            if !candidates.iter().any(|(other, known)| other.text[known.place.clone()] == *text) {
                candidates.push((cell, item));
            }
        }
    }
    // A copy of the empty exercise does not hide a finished one.
    let unfinished = |(_, item): &(&Code, &Item)| item.mentions.contains("blank");
    if !candidates.iter().all(unfinished) {
        candidates.retain(|candidate| !unfinished(candidate));
    }
    candidates.truncate(MOST_CANDIDATES);
    if !candidates.is_empty() {
        let is_another = |code: &&Code| code.exercise.as_deref().is_some_and(|exercise| exercise != id);
        let mut collected: Vec<Vec<Piece>> = Vec::new();
        for (cell, item) in candidates {
            let pieces = collect::with_needs(cells, given, cell, item);
            // A name may stand for a variable here, and for something broken in another cell.
            let alone = collect::with_needs([cell], given, cell, item);
            // What is wrong in another exercise loses its marks there, and not here again.
            let rest = cells.iter().filter(|code| std::ptr::eq(*code, cell) || !of_exercise(solutions, code));
            let others = solutions.iter().filter(is_another);
            let with_solutions = collect::with_needs(rest.chain(others), given, cell, item);
            for form in [pieces, alone, with_solutions] {
                if !collected.contains(&form) {
                    collected.push(form);
                }
            }
        }
        return collected.iter().find_map(|pieces| refusal(pieces)).unwrap_or(Answer::Candidates(collected));
    }
    let own = cells.iter().rev().find(|cell| cell.exercise.as_deref() == Some(id) && !cell.text.trim().is_empty());
    match own {
        Some(cell) if cell.text.len() > LONGEST_CELL => Answer::Missing(format!(
            "Cell {} has more than {LONGEST_CELL} characters, which nobody can have written.",
            cell.number
        )),
        // A bracket lacks its other half: the compiler says where.
        Some(cell) if cell.items.is_none() => {
            let pieces = vec![Piece { cell: cell.number, line: 1, text: cell.text.clone() }];
            refusal(&pieces).unwrap_or(Answer::Candidates(vec![pieces]))
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

/// Whether a cell belongs to one of these exercises.
fn of_exercise(exercises: &[Code], cell: &Code) -> bool {
    exercises.iter().any(|exercise| exercise.exercise == cell.exercise)
}

/// The first word in these pieces that is not compiled, whatever stands around it.
fn refusal(pieces: &[Piece]) -> Option<Answer> {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    pieces.iter().find_map(|piece| {
        // A word in a comment or a text is no word of the program.
        let found = super::items::words(&piece.text).map(|words| words.iter().find_map(|word| refused(word)));
        // Text that is no sequence of words is searched as it stands.
        let word = found.unwrap_or_else(|| piece.text.split(|character| !is_part(character)).find_map(refused))?;
        Some(Answer::Refused(format!(
            "Cell {} has the word `{word}`, which is not graded: no exercise needs it. Write it without.",
            piece.cell
        )))
    })
}

fn refused(word: &str) -> Option<&'static str> {
    REFUSED.into_iter().find(|refused| *refused == word)
}
