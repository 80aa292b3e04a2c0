//! More of a small course: built, kept, and its notebooks' cells.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::mini::{CHAPTER, Mini};

impl Mini {
    /// A course with one chapter, built.
    pub fn built() -> Mini {
        let mini = Mini::new(&[("01_double", CHAPTER)]);
        mini.succeed(&["build"]);
        mini
    }

    pub fn notebook(&self, path: &str) -> Value {
        serde_json::from_str(&self.read(path)).unwrap()
    }

    /// A course in a folder that stays, for tests that only read it.
    pub fn at(root: PathBuf) -> Mini {
        let mini = Mini { folder: None, root };
        mini.write_if_changed("Cargo.toml", "[workspace]\n");
        mini
    }

    pub fn write_if_changed(&self, path: &str, text: &str) {
        if fs::read_to_string(self.path(path)).ok().as_deref() != Some(text) {
            self.write(path, text);
        }
    }
}

/// The text of a cell.
pub fn source(cell: &Value) -> String {
    cell["source"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect()
}

/// The cell with this id.
pub fn cell<'a>(notebook: &'a Value, id: &str) -> &'a Value {
    notebook["cells"].as_array().unwrap().iter().find(|cell| cell["id"] == id).unwrap_or_else(|| panic!("no cell {id}"))
}

/// The ids of all cells, in order.
pub fn ids(notebook: &Value) -> Vec<String> {
    notebook["cells"].as_array().unwrap().iter().map(|cell| cell["id"].as_str().unwrap().to_string()).collect()
}
