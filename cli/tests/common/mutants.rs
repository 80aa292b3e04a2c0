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

/// The file of a chapter's changes, as messages name it.
pub fn file(chapter: &str) -> String {
    format!("cli/tests/mutants/{chapter}.txt")
}

/// The exercise and the change in a line; nothing where the line is none.
fn parse(line: &str) -> Option<(&str, Change)> {
    let (exercise, change) = line.split_once(": `")?;
    let (from, to) = change.strip_suffix('`')?.split_once("` => `")?;
    Some((exercise, (from.to_owned(), to.to_owned())))
}

fn read(chapter: &str) -> String {
    let path = root().join(file(chapter));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}: write it (CONTRIBUTING.md)", file(chapter)))
}

/// A chapter's changes, by exercise.
pub fn changes(chapter: &str) -> BTreeMap<String, Vec<Change>> {
    let mut changes = BTreeMap::<String, Vec<Change>>::new();
    for (line, number) in read(chapter).lines().zip(1..).filter(|(line, _)| !line.is_empty() && !line.starts_with('#'))
    {
        let (exercise, change) = parse(line).unwrap_or_else(|| {
            panic!("{}:{number}: write it as  id: `text of the solution` => `what replaces it`", file(chapter))
        });
        changes.entry(exercise.to_owned()).or_default().push(change);
    }
    changes
}

/// Where a change is written: file and line.
pub fn place(chapter: &str, exercise: &str, change: &Change) -> String {
    let number =
        read(chapter).lines().position(|line| parse(line).is_some_and(|(id, one)| id == exercise && one == *change));
    format!("{}:{}", file(chapter), number.map_or(0, |number| number + 1))
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
                change(&mut notebook, exercise, to, &place(chapter, exercise, to));
                changes.insert(exercise.clone(), to.clone());
            }
        }
        Mutated { name: format!("mutants-{number:02}-{half}"), notebook, changes }
    };
    (0..most).flat_map(|number| [(number, 0), (number, 1)]).map(mutated).collect()
}

/// Changes the solution of an exercise. A message begins with the place of the change.
pub fn change(notebook: &mut Value, exercise: &str, (from, to): &Change, place: &str) {
    let cells = notebook["cells"].as_array_mut().unwrap();
    let cell = cells.iter_mut().find(|cell| cell["id"] == exercise).unwrap_or_else(|| {
        panic!("{place}: no exercise has the id `{exercise}`: name one of its chapter, and build the notebooks")
    });
    let text: String = cell["source"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let count = text.matches(from).count();
    assert_eq!(count, 1, "{place}: `{from}` is {count} times in the solution: name a text that is there once\n{text}");
    cell["source"] = json!(text.replace(from, to));
}
