//! What a notebook holds for the exercises of a chapter.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::notebook::picture::Picture;

/// What could go round the compiler's own care for memory, or change what others call. No answer of the course
/// needs them. (`asm!` is not among them: it cannot be called without `unsafe`, and may be a variable's name.)
const REFUSED: [&str; 7] =
    ["unsafe", "unsafe_code", "no_mangle", "export_name", "link_section", "global_asm", "naked_asm"];

/// A piece of a learner's text, and where it is in the notebook.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Snippet {
    /// The number of the cell, counted from 1; 0 is the chapter itself.
    pub cell: usize,
    /// The line of the cell on which the piece begins, counted from 1.
    pub line: usize,
    pub text: String,
}

/// A function of an exercise with all that it needs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Candidate {
    /// Its text, and that of what it needs.
    pub pieces: Vec<Snippet>,
    /// The exercises whose functions the chapter lends to it, as a library.
    pub lent: BTreeSet<String>,
    /// The cell that the function itself is in.
    pub defining_cell: usize,
    /// Whether it is of use only where the compiler refuses the form before it.
    pub is_for_refused: bool,
    /// How a check in the notebook calls the function, where that is not how the chapter's does.
    pub call: Option<String>,
}

impl Snippet {
    /// Whether one of these lines, each a cell's number and a line of it, is in it.
    pub(super) fn holds_any<'a>(&self, lines: impl IntoIterator<Item = &'a (usize, usize)>) -> bool {
        let own = self.line..self.line + self.text.split('\n').count();
        lines.into_iter().any(|(cell, line)| *cell == self.cell && own.contains(line))
    }
}

impl Candidate {
    /// What needs nothing but these pieces.
    pub(super) fn alone(pieces: Vec<Snippet>, defining_cell: usize) -> Candidate {
        Candidate { pieces, lent: BTreeSet::new(), defining_cell, is_for_refused: false, call: None }
    }

    /// Whether this is the same text, wherever it is.
    pub(super) fn is_like(&self, other: &Candidate) -> bool {
        let own = self.pieces.iter().map(|piece| &piece.text);
        let others = other.pieces.iter().map(|piece| &piece.text);
        self.lent == other.lent && self.call == other.call && own.eq(others)
    }

    /// The same without the pieces of other cells, and the imports of its own, that hold one of these lines, each a cell's number
    /// and a line of it. `None` where there is none of them.
    pub(super) fn without(&self, lines: &[(usize, usize)]) -> Option<Candidate> {
        let is_kept = |piece: &&Snippet| {
            let is_import = piece.text.starts_with("use ");
            piece.cell == self.defining_cell && !is_import || piece.cell == 0 || !piece.holds_any(lines)
        };
        let pieces: Vec<Snippet> = self.pieces.iter().filter(is_kept).cloned().collect();
        (pieces.len() < self.pieces.len()).then(|| Candidate { pieces, ..self.clone() })
    }
}

/// What a notebook holds for one exercise that is answered in code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// The exercise's function in one form or, in a notebook with copies, several; the last one first.
    Candidates(Vec<Candidate>),
    /// It is not there, or cannot be read; what to do.
    Missing(String),
    /// It holds a word that no answer needs; which, and what to do.
    Refused(String),
}

/// The answers in a notebook.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Of the exercises in code, by their ids.
    pub code: BTreeMap<String, Answer>,
    /// Of the questions that are answered in words, as far as somebody wrote something.
    pub texts: BTreeMap<String, String>,
    /// The pictures among what is written, by the questions' ids.
    pub pictures: BTreeMap<String, Vec<Picture>>,
    /// Those for which nobody wrote anything.
    pub unwritten: BTreeSet<String>,
    /// Those whose text stands further away, and may be about something else.
    pub far: BTreeSet<String>,
    /// The numbers of the cells in which a bracket or a quote lacks its other half: nothing of them is used.
    pub unreadable: Vec<usize>,
    /// Of the exercises that are judged by a copy: their own cells, which cannot be read.
    pub passed_over: BTreeMap<String, PassedOver>,
    /// The exercises in code whose function needs something that several cells define: what it is depends on which of them the
    /// kernel refused.
    pub redefined: BTreeSet<String>,
}

/// An exercise's own cell with an error in it, and the copy that is judged in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOver {
    /// The number of the exercise's own cell.
    pub own: usize,
    /// That of the cell with the copy.
    pub copy: usize,
}

impl fmt::Display for PassedOver {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PassedOver { own, copy } = self;
        write!(
            formatter,
            "Cell {own} has an error, a bracket or a quote without its other half; this is about the version in cell {copy}."
        )
    }
}

impl Answers {
    /// How many exercises the notebook holds anything for.
    pub fn found(&self) -> usize {
        self.code.values().filter(|answer| !matches!(answer, Answer::Missing(_))).count()
            + self.texts.len()
            + self.unwritten.len()
    }
}

/// The word of those that are not compiled, if this is one.
pub(super) fn refused(word: &str) -> Option<&'static str> {
    REFUSED.into_iter().find(|refused| *refused == word)
}

/// Whether a character is part of a name.
pub(super) fn is_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}
