//! The small course, and a learner's notebook of it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::mini::{Mini, stderr};

/// Two exercises. The second one uses a constant of the chapter.
pub const CHAPTER: &str = r#"//! Chapter 1.
fn main() -> neurobook::Result<()> {
    // %% [markdown]
    // # Sums

    // %%
    use neurobook::prelude::*;

    // %%
    const START: f64 = 1.0;

    // %% exercise id=double points=2 minutes=5
    fn double(x: f64) -> f64 {
        // SOLUTION
        2.0 * x
        // STUB
        // blank!("twice x")
        // END
    }

    // %% check
    check!(double(x) -> y);
    // TITLE Exercise 1: double
    // CASES
    // a whole number: 3.0
    // a fraction: 0.5
    // HIDDEN 10
    // random.uniform(-5.0, 5.0)
    // MISTAKES
    // x is squared: `2.0 * x` => `x * x`
    //   Twice x is x + x, not x times x.
    // HINTS
    // y: What is twice 3?
    // LESSON
    // Twice is two times.
    // END

    // %% [markdown] hint
    // one

    // %% [markdown] hint
    // two

    // %% exercise id=running_sum points=4 minutes=5
    fn running_sum(values: &Array1<f64>) -> Array1<f64> {
        // SOLUTION
        let mut sums = values + (double(START) - START);
        for k in 1..values.len() {
            sums[k] = sums[k - 1] + values[k];
        }
        sums
        // STUB
        // blank!("the sums")
        // END
    }

    // %% check
    check!(running_sum(&values) -> sums);
    // TITLE Exercise 2: running_sum
    // CASES
    // three: array![1.0, 2.0, 3.0]
    // one: array![-1.0]
    // MISTAKES
    // the loop starts at 2: `1..values` => `2..values`
    //   The second sum is the first one plus a value.
    // HINTS
    // sums: What is the first sum?
    // sums[1]: The first sum is right.
    // END

    // %% [markdown] hint
    // one

    // %% [markdown] hint
    // two

    // %% [markdown] text id=why points=1
    // **Why?**
    //
    // SOLUTION
    // Because.
    // STUB
    // END

    // %% [markdown] hint
    // one

    // %% [markdown] hint
    // two

    Ok(())
}
"#;

pub const NAME: &str = "01_sums";

/// A right answer to each exercise.
pub const DOUBLE: &str = "fn double(x: f64) -> f64 {\n    x + x\n}";
pub const SUM: &str = "fn running_sum(values: &Array1<f64>) -> Array1<f64> {\n    let mut sum = START;\n    values.iter().map(|value| { sum += value; sum }).collect()\n}";

/// The built course, for all tests that do not change it.
static COURSE: LazyLock<Mini> = LazyLock::new(|| {
    let mini = Mini::at(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("course with checks"));
    mini.write_if_changed(&format!("notebooks/{NAME}.rs"), CHAPTER);
    mini.succeed(&["build"]);
    mini
});

/// A learner's notebook.
pub struct Work {
    folder: TempDir,
    pub notebook: Value,
}

impl Work {
    /// As the learner was given it.
    pub fn new() -> Work {
        let notebook = COURSE.notebook(&format!("notebooks/student/{NAME}.ipynb"));
        Work { folder: tempfile::tempdir().unwrap(), notebook }
    }

    /// With this text in the cell of an exercise.
    pub fn with(mut self, id: &str, text: &str) -> Work {
        let cells = self.notebook["cells"].as_array_mut().unwrap();
        let cell = cells.iter_mut().find(|cell| cell["id"] == id).unwrap();
        cell["source"] = json!(text);
        self
    }

    /// The number of a cell, as messages count.
    pub fn cell(&self, id: &str) -> usize {
        self.notebook["cells"].as_array().unwrap().iter().position(|cell| cell["id"] == id).unwrap() + 1
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("my work.ipynb")
    }

    pub fn save(&self) {
        fs::write(self.path(), self.notebook.to_string()).unwrap();
    }

    /// Checks it: what is printed, and whether the status is that all is right.
    pub fn check(&self) -> (String, bool) {
        self.check_within(20.0)
    }

    /// Checks it, where an answer may run for this many seconds.
    pub fn check_within(&self, seconds: f64) -> (String, bool) {
        self.save();
        let output = self.run(&["check", self.path().to_str().unwrap(), "--timeout", &seconds.to_string()]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", stderr(&output));
        assert_eq!(stderr(&output), "", "{said}");
        (said, output.status.success())
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        COURSE.command(arguments)
    }

    pub fn course(&self) -> &'static Mini {
        &COURSE
    }
}

/// What is said of an exercise, by its title, up to the next one.
#[track_caller]
pub fn about<'a>(said: &'a str, title: &str) -> &'a str {
    let found = said.split("\n\n").find(|part| part.get(3..).is_some_and(|part| part.trim_start().starts_with(title)));
    found.unwrap_or_else(|| panic!("nothing is said about {title} in\n{said}"))
}
