//! The text of a program of answers: a file for each exercise, and where each of its lines comes from.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use super::answer::{Candidate, Snippet};
use super::lendable::import;
use super::own_root::rooted;
use crate::support::atomic_file;

/// Where a line of a program comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The number of the cell, counted from 1; 0 is the chapter itself.
    pub cell: usize,
    /// The line of the cell, counted from 1.
    pub line: usize,
}

/// A program of answers.
#[derive(Debug, Default)]
pub struct Program {
    main: String,
    /// The files beside it, and the origins of their lines.
    files: BTreeMap<String, (String, Vec<Option<Origin>>)>,
}

impl Program {
    /// A program with these answers: the name of each, the text of its check's call if anything is to be called, and its pieces.
    pub fn new<'a>(answers: impl IntoIterator<Item = (&'a str, Option<&'a str>, &'a Candidate)>) -> Program {
        let mut program = Program::default();
        let mut served = String::new();
        for (name, call, candidate) in answers {
            program.main += &format!("#[path = \"{name}.rs\"]\nmod answer_{name};\n");
            if call.is_some() {
                served += &format!("    (\"{name}\", &answer_{name}::neurobook_answer),\n");
            }
            let lent: String = candidate.lent.iter().map(|id| import(id)).collect();
            let file = module(&format!("answer_{name}"), call, &lent, &candidate.pieces);
            program.files.insert(format!("{name}.rs"), file);
        }
        program.main +=
            &format!("fn main() -> std::io::Result<()> {{\n    ::neurobook::check::serve(&[\n{served}    ])\n}}\n");
        program
    }

    /// Adds a file, with the origins of its lines.
    pub fn add_file(&mut self, name: String, text: String, origins: Vec<Option<Origin>>) {
        self.files.insert(name, (text, origins));
    }

    /// Sets the text of `main.rs`.
    pub fn set_main(&mut self, text: String) {
        self.main = text;
    }

    /// Writes the program's files.
    pub fn write(&self, folder: &Path) -> Result<()> {
        atomic_file::write(&folder.join("main.rs"), self.main.as_bytes())?;
        self.files.iter().try_for_each(|(name, (text, _))| atomic_file::write(&folder.join(name), text.as_bytes()))
    }

    /// Whether this is one of the files beside `main.rs`.
    pub fn has_file(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    /// Where a line of a file comes from, counted from 1; `None` of a line that no learner wrote.
    pub fn origin(&self, file: &str, line: usize) -> Option<Origin> {
        self.files.get(file)?.1.get(line.checked_sub(1)?).copied().flatten()
    }
}

/// The module of this name with a learner's pieces and the function that the check calls. `imports` are lines above them.
pub fn module(name: &str, call: Option<&str>, imports: &str, pieces: &[Snippet]) -> (String, Vec<Option<Origin>>) {
    let mut text = Text::default();
    text.ours(&format!("{PRELUDE}{imports}"));
    pieces.iter().for_each(|piece| text.learners(piece, name));
    text.ours(&call.map_or_else(String::new, answer));
    (text.text, text.origins)
}

/// A notebook may have loaded the crates by `:dep`, and then speaks of them by their own names.
const PRELUDE: &str = "use ::neurobook::prelude::*; use ::neurobook::check::crates::*;\n";

/// The function that the check calls.
fn answer(call: &str) -> String {
    format!(
        "pub fn neurobook_answer(arguments: &::neurobook::check::Values) -> ::std::result::Result<::neurobook::check::Values, ::std::string::String> {{\n    (::neurobook::answer!({call}))(arguments)\n}}\n"
    )
}

/// A text, and where its lines come from.
#[derive(Default)]
struct Text {
    text: String,
    origins: Vec<Option<Origin>>,
}

impl Text {
    fn ours(&mut self, lines: &str) {
        self.text += lines;
        self.origins.extend(lines.lines().map(|_| None));
    }

    /// `root` is the module that the notebook becomes.
    fn learners(&mut self, piece: &Snippet, root: &str) {
        for (offset, line) in rooted(&piece.text, root).split('\n').enumerate() {
            self.text += line;
            self.text.push('\n');
            self.origins.push(Some(Origin { cell: piece.cell, line: piece.line + offset }));
        }
    }
}
