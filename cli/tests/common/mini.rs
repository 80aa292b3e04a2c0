//! A course of one or more small chapters in a folder whose name is no easy one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use neurobook_cli::support::paths;
use tempfile::TempDir;

use crate::caches;
use crate::program;

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
    pub folder: Option<TempDir>,
    pub root: PathBuf,
}

impl Mini {
    /// A course with these chapters.
    pub fn new(chapters: &[(&str, &str)]) -> Mini {
        let folder = tempfile::tempdir().unwrap();
        // The path that the binary shows has no symbolic links in it.
        let root = folder.path().canonicalize().unwrap().join("Kurs für Übung");
        let mini = Mini { folder: Some(folder), root };
        mini.write("Cargo.toml", "[workspace]\n");
        for (name, text) in chapters {
            mini.write(&format!("notebooks/{name}.rs"), text);
        }
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

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program::neurobook();
        command.args(arguments).current_dir(&self.root).env("NEUROBOOK_ROOT", &self.root);
        // It has chapters alone: programs are compiled with this repository's crate.
        command.env("NEUROBOOK_CRATE", caches::root());
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

impl Drop for Mini {
    /// What the program keeps of a course goes with the course; of one that stays, it stays.
    fn drop(&mut self) {
        if self.folder.is_some() {
            let _ = fs::remove_dir_all(paths::course_cache_in(&caches::cache(), &self.root));
        }
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
