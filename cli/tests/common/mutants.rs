//! Solutions with one thing wrong, as notebooks.
//!
//! The changes of a chapter are in `cli/tests/mutants/CHAPTER.txt`, a line each, as in the section MISTAKES
//! of a chapter's source: the exercise, a text of its solution, and what is in its place.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::caches::root;

/// A text of a solution, and what is in its place.
pub type Change = (String, String);

/// The solution with a change in half of its exercises.
pub struct Mutated {
    pub name: String,
    pub notebook: Value,
    /// By exercise.
    pub changes: BTreeMap<String, Change>,
}

/// The chapters that have checks.
pub fn chapters() -> Vec<String> {
    let sources = fs::read_dir(root().join("notebooks")).unwrap().map(|entry| entry.unwrap().path());
    let checked = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "rs")
            && fs::read_to_string(path).unwrap().lines().any(|line| line.trim_start().starts_with("check!("))
    };
    let mut names: Vec<String> =
        sources.filter(checked).map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    assert!(names.len() >= 2, "{names:?}");
    names
}

/// A chapter's changes, by exercise.
pub fn changes(chapter: &str) -> BTreeMap<String, Vec<Change>> {
    let path = root().join(format!("cli/tests/mutants/{chapter}.txt"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut changes = BTreeMap::<String, Vec<Change>>::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let change = line.split_once(": `").and_then(|(exercise, change)| {
            let (from, to) = change.strip_suffix('`')?.split_once("` => `")?;
            Some((exercise.to_owned(), (from.to_owned(), to.to_owned())))
        });
        let (exercise, change) = change.unwrap_or_else(|| panic!("{}: {line}", path.display()));
        changes.entry(exercise).or_default().push(change);
    }
    changes
}

pub fn notebook(variant: &str, chapter: &str) -> Value {
    serde_json::from_slice(&fs::read(root().join(format!("notebooks/{variant}/{chapter}.ipynb"))).unwrap()).unwrap()
}

/// All mutants of a chapter. Half of the exercises have one and half have not, in turns: so each notebook shows both
/// that the mutants lose marks and that the others do not.
pub fn mutated(chapter: &str) -> Vec<Mutated> {
    let of_chapter = changes(chapter);
    let solution = notebook("solution", chapter);
    let most = of_chapter.values().map(Vec::len).max().unwrap();
    let mutated = |(number, half): (usize, usize)| {
        let mut notebook = solution.clone();
        let mut changes = BTreeMap::new();
        for (exercise, of_exercise) in of_chapter.iter().skip(half).step_by(2) {
            if let Some(to) = of_exercise.get(number) {
                change(&mut notebook, exercise, to);
                changes.insert(exercise.clone(), to.clone());
            }
        }
        Mutated { name: format!("mutants-{number:02}-{half}"), notebook, changes }
    };
    (0..most).flat_map(|number| [(number, 0), (number, 1)]).map(mutated).collect()
}

/// Changes the solution of an exercise.
fn change(notebook: &mut Value, exercise: &str, (from, to): &Change) {
    let cells = notebook["cells"].as_array_mut().unwrap();
    let cell = cells.iter_mut().find(|cell| cell["id"] == exercise).unwrap_or_else(|| panic!("no cell {exercise}"));
    let text: String = cell["source"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    assert_eq!(text.matches(from).count(), 1, "{exercise}: `{from}` stands not once in\n{text}");
    cell["source"] = json!(text.replace(from, to));
}
