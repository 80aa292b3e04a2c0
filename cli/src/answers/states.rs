//! What a notebook had of a function and all that it needs when each of its cells had run.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::answer::{Snippet, is_part, refused};
use super::cells::{cells, given};
use super::collection::collect_state;
use super::form::Code;
use super::index::Index;
use super::items::ItemKind;
use super::kernel_run::KernelRun;
use super::related::Related;
use crate::chapter::Chapter;
use crate::notebook::Notebook;

/// Of more cells than this that have to do with one function the first ones are not asked about.
const MOST_STATES: usize = 48;
/// More text than this in all states is not compiled.
const MOST_TEXT: usize = 1_000_000;

/// What the kernel would compile when a cell has run.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct State {
    /// The number of the cell.
    pub cell: usize,
    /// Whether the function itself is in that cell.
    pub defines_function: bool,
    pub pieces: Vec<Snippet>,
    /// A function of what the cell does besides, if it does anything.
    pub statements: Option<Snippet>,
}

/// The statements of a cell as a function: what is left of its text without its items.
fn statements(code: &Code) -> Option<Snippet> {
    let (mut text, mut end) = (String::new(), 0);
    let items = code.items.iter().flatten().filter(|item| item.kind != ItemKind::MacroCall);
    for place in items.map(|item| item.place.clone()) {
        text += code.text.get(end..place.start)?;
        end = place.end;
    }
    text += code.text.get(end..)?;
    let is_refused = text.split(|character| !is_part(character)).any(|word| refused(word).is_some());
    if is_refused || text.trim().is_empty() {
        return None;
    }
    // The kernel takes `?` there, and a last value of any type.
    let text = format!(
        "fn neurobook_statements() -> ::std::result::Result<(), ::std::boxed::Box<dyn ::std::error::Error>> {{\nlet _ = {{\n{text}\n}};\nOk(())\n}}"
    );
    Some(Snippet { cell: code.number, line: 1, text })
}

/// The states that these exercises' functions have gone through where the cells ran in this way.
pub fn states(
    notebook: &Notebook,
    chapter: &Chapter,
    exercises: &BTreeSet<String>,
    run: &KernelRun,
) -> BTreeMap<String, Vec<State>> {
    let (given, cells) = (given(chapter), cells(notebook, run).unwrap_or_default());
    let index = Index::new(&given, &cells);
    let mut room = MOST_TEXT;
    let mut of_exercise = |id: &String| {
        let related = Related::to(&index, id);
        let names = related.names_of_sources(&index);
        let latest = related.sources.iter().rev().take(MOST_STATES).rev();
        let mut states = Vec::new();
        for source in latest {
            let collected = collect_state(&index, *source, names.iter().copied());
            let size: usize = collected.pieces.iter().map(|piece| piece.text.len()).sum();
            room = room.checked_sub(size)?;
            // What is not compiled is taken for accepted.
            if collected.refused.is_none() {
                let code = index.sources[*source];
                let defines_function = code.items.iter().flatten().any(|item| item.defines_function(id));
                let statements = statements(code);
                states.push(State { cell: code.number, defines_function, pieces: collected.pieces, statements });
            }
        }
        Some((id.clone(), states))
    };
    exercises.iter().filter_map(&mut of_exercise).collect()
}
