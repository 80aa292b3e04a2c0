//! Notebooks as Jupyter writes them (nbformat 4), read without loss: what this program does not know
//! is kept as it is.

mod carry_over;
mod cell;
pub mod cell_number;
mod due_form;
pub mod from_chapter;
pub mod learner_notebooks;
mod nbgrader_metadata;
pub mod picture;
mod read;
mod read_text;
mod stored_text;

#[cfg(test)]
mod tests;

use std::path::Path;

use anyhow::Result;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Map, Value, json};

use crate::support::{atomic_file, paths};

pub use cell::Cell;
pub use due_form::in_due_form;
pub use read::Outputs;

/// A JSON object.
pub type Object = Map<String, Value>;

/// A notebook.
#[derive(Debug, Clone, PartialEq)]
pub struct Notebook {
    /// In their order.
    pub cells: Vec<Cell>,
    /// What is odd about the notebook, though it could be read: a sentence each.
    pub warnings: Vec<String>,
    /// All but the cells.
    root: Object,
}

impl Notebook {
    /// A new notebook of nbformat 4.5.
    pub fn new(metadata: Object, cells: Vec<Cell>) -> Notebook {
        let root = Object::from_iter([
            ("metadata".to_string(), Value::Object(metadata)),
            ("nbformat".to_string(), json!(4)),
            ("nbformat_minor".to_string(), json!(5)),
        ]);
        Notebook { cells, warnings: Vec::new(), root }
    }

    /// The value at this path of the notebook's metadata: `["neurobook", "version"]`.
    pub fn metadata(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(self.root.get("metadata")?, |value, key| value.get(key))
    }

    /// The version of the chapter that the notebook was made from.
    pub fn version(&self) -> Option<&str> {
        self.metadata(&["neurobook", "version"])?.as_str()
    }

    /// Whether this is as it was generated: without a word, a cell or an output of anybody's.
    pub fn is_as_generated(&self) -> bool {
        self.metadata(&["neurobook", "content"]).is_some_and(|content| *content == self.content())
            && self.cells.iter().all(|cell| cell.outputs().is_empty())
    }

    /// Stands for the cells' texts and their order; whoever generates a notebook writes it into it.
    fn content(&self) -> String {
        let cells: Vec<_> = self.cells.iter().map(|cell| (cell.is_code(), cell.id(), cell.source())).collect();
        paths::short_hash(format!("{cells:?}").as_bytes())
    }

    /// The bytes that Jupyter itself would write: keys in order, one blank for each level, a last line end.
    pub fn to_json(&self) -> String {
        let mut root = self.root.clone();
        let cells = self.cells.iter().map(Cell::to_value).collect();
        root.insert("cells".to_string(), Value::Array(cells));
        let mut root = Value::Object(root);
        root.sort_all_objects();
        let mut bytes = Vec::new();
        let mut serializer = Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b" "));
        // A map with text keys written to memory cannot fail, and serde_json writes UTF-8.
        serde::Serialize::serialize(&root, &mut serializer).expect("a JSON value can be written to memory");
        bytes.push(b'\n');
        String::from_utf8(bytes).expect("JSON is UTF-8")
    }

    /// Writes the notebook in one step.
    pub fn write(&self, path: &Path) -> Result<()> {
        atomic_file::write(path, self.to_json().as_bytes())
    }
}
