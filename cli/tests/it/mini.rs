//! A course of one or more small chapters in a folder whose name is no easy one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// Two exercises: a function with two blanks, and a question.
pub const CHAPTER: &str = r#"//! Chapter 1. Edit this file, then `cargo run -- build`.
fn main() -> neurobook::Result<()> {
    // %% [markdown]
    // # Doubling
    // A first chapter.

    // %%
    // :dep neurobook = { path = "../.." }
    use neurobook::prelude::*;

    // %% exercise id=double points=4 minutes=10
    fn double(x: f64) -> f64 {
        // The factor comes first.
        // SOLUTION
        let secret_factor = 2.0;
        // STUB
        // let factor: f64 = blank!("how many times");
        // END
        // SOLUTION
        secret_factor * x
        // STUB
        // blank!("the product")
        // END
    }

    // %% [markdown] hint
    // Think of a pair.

    // %% [markdown] hint
    // Multiply by `2.0`.

    // %% check
    assert_eq!(double(2.0), 4.0);

    // %% [markdown] text id=why points=2
    // Why does it double?
    //
    // SOLUTION
    // Because the secret factor is two.
    // STUB
    // END

    // %% [markdown] hint
    // Look at the factor.

    // %% [markdown] hint
    // How large is it?

    Ok(())
}
"#;

pub struct Mini {
    _folder: Option<TempDir>,
    pub root: PathBuf,
}

impl Mini {
    /// A course with these chapters.
    pub fn new(chapters: &[(&str, &str)]) -> Mini {
        let folder = tempfile::tempdir().unwrap();
        // The path that the binary shows has no symbolic links in it.
        let root = folder.path().canonicalize().unwrap().join("Kurs für Übung");
        let mini = Mini { _folder: Some(folder), root };
        mini.write("Cargo.toml", "[workspace]\n");
        for (name, text) in chapters {
            mini.write(&format!("notebooks/{name}.rs"), text);
        }
        mini
    }

    /// A course in a folder that stays, for tests that only read it.
    pub fn at(root: PathBuf) -> Mini {
        let mini = Mini { _folder: None, root };
        mini.write_if_changed("Cargo.toml", "[workspace]\n");
        mini
    }

    /// A course with one chapter, built.
    pub fn built() -> Mini {
        let mini = Mini::new(&[("01_double", CHAPTER)]);
        mini.succeed(&["build"]);
        mini
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn write_if_changed(&self, path: &str, text: &str) {
        if fs::read_to_string(self.path(path)).ok().as_deref() != Some(text) {
            self.write(path, text);
        }
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn notebook(&self, path: &str) -> Value {
        serde_json::from_str(&self.read(path)).unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_neurobook"));
        command.args(arguments).current_dir(&self.root).env("NEUROBOOK_ROOT", &self.root);
        // It has chapters alone: programs are compiled with this repository's crate.
        command.env("NEUROBOOK_CRATE", concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        command
    }

    /// Runs the binary; gives what it printed.
    pub fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the binary, which must fail; gives its message.
    pub fn fail(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        stderr(&output)
    }
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The names of the files in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
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
