//! The lines by which a cell is known that has lost its id and its role: those that one cell of the chapter alone has.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound::{Included, Unbounded};

use super::known::{Known, Owner, plain};
use crate::chapter::invitation::is_invitation;
use crate::chapter::{Chapter, Kind, Variant};
use crate::notebook::Notebook;

/// A shorter line of prose may be anybody's, and tells little with words behind it.
const LONG: usize = 20;
/// No line of a chapter is longer.
const LONGEST: usize = 2_000;

/// A cell of the chapter.
pub(super) struct Piece {
    pub(super) of: Of,
    /// How many lines it alone has.
    pub(super) lines: usize,
    /// How many of those are weak.
    pub(super) weak: usize,
}

/// What a cell of the chapter is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Of {
    Question(String),
    Help(String),
    Prose {
        text: String,
        is_code: bool,
    },
    /// A check, or an answer in code.
    Fixed,
}

/// What a line tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence {
    /// The cell that has it.
    pub(super) piece: usize,
    pub(super) number: usize,
    /// A label below a question, or a short line, is weak: where anything else of its cell is, it tells nothing.
    pub(super) is_strong: bool,
}

/// All lines of a chapter.
pub(super) struct Lines {
    /// Nothing where several cells have the line.
    known: BTreeMap<String, Option<Evidence>>,
    pub(super) pieces: Vec<Piece>,
    /// The exercise with which a line helps, folded away. Nothing where it helps with several.
    helps: HashMap<String, Option<String>>,
    /// What folded help is headed by.
    summaries: BTreeSet<String>,
}

impl Lines {
    pub(super) fn of(chapter: &Chapter, made: &Notebook) -> Lines {
        let mut lines =
            Lines { known: BTreeMap::new(), pieces: Vec::new(), helps: HashMap::new(), summaries: BTreeSet::new() };
        for cell in &chapter.cells {
            let text = cell.text(Variant::Student);
            let solution = cell.text(Variant::Solution);
            let is_code = matches!(cell.kind, Kind::Code);
            let (of, texts) = match &cell.kind {
                Kind::Text(asked) => (Of::Question(asked.id.clone()), vec![&text]),
                Kind::Hint { exercise, .. } => (Of::Help(exercise.clone()), vec![&text]),
                Kind::Exercise(_) | Kind::Check { .. } => (Of::Fixed, vec![&text, &solution]),
                Kind::Markdown | Kind::Code => (Of::Prose { text: text.clone(), is_code }, vec![&text, &solution]),
            };
            lines.add(of, &texts);
        }
        for evidence in lines.known.values().flatten() {
            let piece = &mut lines.pieces[evidence.piece];
            piece.lines += 1;
            piece.weak += usize::from(!evidence.is_strong);
        }
        lines.add_help(made);
        lines
    }

    fn add(&mut self, of: Of, texts: &[&String]) {
        let piece = self.pieces.len();
        for text in texts {
            let mut is_label = false;
            for line in text.lines().map(plain).filter(|line| !line.is_empty()) {
                is_label |= is_invitation(line);
                let is_strong = match of {
                    Of::Question(_) => !is_label,
                    _ => line.len() >= LONG,
                };
                let number = self.known.len();
                let is_others = |known: &Option<Evidence>| known.is_none_or(|known| known.piece != piece);
                match self.known.get_mut(line) {
                    Some(known) if is_others(known) => *known = None,
                    Some(_) => {}
                    None => {
                        let evidence = (!is_invitation(line)).then_some(Evidence { piece, number, is_strong });
                        self.known.insert(line.to_owned(), evidence);
                    }
                }
            }
        }
        self.pieces.push(Piece { of, lines: 0, weak: 0 });
    }

    fn add_help(&mut self, made: &Notebook) {
        for cell in made.cells.iter().filter(|cell| matches!(cell.role(), Some("hint" | "solution"))) {
            let exercise = cell.exercise().unwrap_or_default();
            for line in cell.source().lines().map(plain).filter(|line| !line.is_empty()) {
                if line.starts_with("<summary>") {
                    self.summaries.insert(line.to_owned());
                    continue;
                }
                let of = self.helps.entry(line.to_owned()).or_insert_with(|| Some(exercise.to_owned()));
                if of.as_deref() != Some(exercise) {
                    *of = None;
                }
            }
        }
    }

    /// What a line tells that is one of the chapter's, or begins as one.
    pub(super) fn tells(&self, line: &str) -> Option<Evidence> {
        let mut bound = &line[..line.floor_char_boundary(LONGEST)];
        loop {
            let (known, evidence) = self.known.range::<str, _>((Unbounded, Included(bound))).next_back()?;
            if line.starts_with(known.as_str()) {
                // Learners write behind a line, too.
                let may_go_on = known.len() >= LONG || known.ends_with(':');
                return evidence.filter(|_| known.len() == line.len() || may_go_on);
            }
            // What begins this line is no longer than what it has in common with that one.
            let common = known.bytes().zip(line.bytes()).take_while(|(one, other)| one == other).count();
            bound = &line[..line.floor_char_boundary(common)];
        }
    }

    /// The exercise that a line helps with, where it is folded away.
    pub(super) fn helps(&self, line: &str) -> Option<&str> {
        self.helps.get(line)?.as_deref()
    }

    /// Whether a line heads folded help.
    pub(super) fn is_summary(&self, line: &str) -> bool {
        self.summaries.contains(line)
    }
}

impl Of {
    /// Whose a text is that begins with what tells of this.
    pub(super) fn owner(&self, text: &str, known: &Known) -> Owner {
        match self {
            Of::Question(id) => Owner::Question(id.clone()),
            Of::Help(exercise) => known.help(exercise, text),
            Of::Prose { text: given, is_code } => known.prose(text, given, *is_code),
            Of::Fixed => Owner::Chapter,
        }
    }
}
