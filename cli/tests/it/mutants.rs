//! Solutions with one thing wrong: each has to lose marks, and no other exercise may.
//!
//! The changes of a chapter stand in `cli/tests/mutants/CHAPTER.txt`, a line each, as in the section MISTAKES
//! of a chapter's source: the exercise, a text of its solution, and what stands in its place.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// A function with arguments has so many mutants, one without so many.
const MUTANTS: usize = 10;
const MUTANTS_OF_A_VALUE: usize = 4;

/// A text of a solution, and what stands in its place.
type Change = (String, String);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// The chapters that have checks.
fn chapters() -> Vec<String> {
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
fn changes(chapter: &str) -> BTreeMap<String, Vec<Change>> {
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

fn notebook(variant: &str, chapter: &str) -> Value {
    serde_json::from_slice(&fs::read(root().join(format!("notebooks/{variant}/{chapter}.ipynb"))).unwrap()).unwrap()
}

/// Changes the solution of an exercise.
fn change(notebook: &mut Value, exercise: &str, (from, to): &Change) {
    let cells = notebook["cells"].as_array_mut().unwrap();
    let cell = cells.iter_mut().find(|cell| cell["id"] == exercise).unwrap_or_else(|| panic!("no cell {exercise}"));
    let text: String = cell["source"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    assert_eq!(text.matches(from).count(), 1, "{exercise}: `{from}` stands not once in\n{text}");
    cell["source"] = json!(text.replace(from, to));
}

/// Submissions by name, graded: the function exercises of each.
fn grade(submissions: &BTreeMap<String, Value>) -> BTreeMap<String, Vec<Value>> {
    let folder = tempfile::tempdir().unwrap();
    let (handed_in, out) = (folder.path().join("submissions"), folder.path().join("out"));
    fs::create_dir(&handed_in).unwrap();
    for (name, notebook) in submissions {
        fs::write(handed_in.join(format!("{name}.ipynb")), notebook.to_string()).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_neurobook"))
        .args(["grade", "--seed", "11", "--out"])
        .args([&out, &handed_in])
        .env("NEUROBOOK_ROOT", root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let exercises = |name: &String| {
        let record = fs::read(out.join("records").join(format!("{name}.json"))).unwrap();
        let record: Value = serde_json::from_slice(&record).unwrap();
        assert_eq!(record["status"], "graded", "{name}: {record}");
        record["exercises"].as_array().unwrap().clone()
    };
    submissions.keys().map(|name| (name.clone(), exercises(name))).collect()
}

#[test]
fn a_chapters_answers_have_all_points_and_its_blanks_none() {
    for chapter in chapters() {
        let submissions =
            ["solution", "student"].map(|variant| (variant.to_owned(), notebook(variant, &chapter))).into();
        let graded = grade(&submissions);
        for exercise in &graded["solution"] {
            // An answer in words is for the teacher to mark.
            let expected = if exercise["kind"] == "function" { &exercise["points"] } else { &Value::Null };
            assert_eq!(&exercise["score"], expected, "{chapter}: {exercise}");
        }
        for exercise in &graded["student"] {
            assert_eq!(exercise["score"], 0.0, "{chapter}: {exercise}");
        }
    }
}

/// Half of the exercises have a mutant and half have not, in turns: so each submission shows both that
/// the mutants lose marks and that the others do not.
#[test]
fn every_mutant_loses_marks_in_its_exercise_and_in_no_other() {
    let mut wrong = Vec::new();
    for chapter in chapters() {
        let changes = changes(&chapter);
        let solution = notebook("solution", &chapter);
        let most = changes.values().map(Vec::len).max().unwrap();
        let mut submissions = BTreeMap::new();
        let mut mutants = BTreeMap::new();
        for (number, half) in (0..most).flat_map(|number| [(number, 0), (number, 1)]) {
            let name = format!("mutants-{number:02}-{half}");
            let mut mutated = solution.clone();
            for (exercise, changes) in changes.iter().skip(half).step_by(2) {
                if let Some(to) = changes.get(number) {
                    change(&mut mutated, exercise, to);
                    mutants.insert((name.clone(), exercise.clone()), to);
                }
            }
            submissions.insert(name, mutated);
        }
        for (name, exercises) in grade(&submissions) {
            for exercise in exercises.iter().filter(|exercise| exercise["kind"] == "function") {
                let id = exercise["id"].as_str().unwrap().to_owned();
                let values = exercise["tests"].as_array().unwrap().len();
                let enough = if values > 1 { MUTANTS } else { MUTANTS_OF_A_VALUE };
                assert!(
                    changes.get(&id).is_some_and(|changes| changes.len() >= enough),
                    "{chapter}: {id}: too few mutants"
                );
                let mutant = mutants.get(&(name.clone(), id));
                let full = exercise["score"] == exercise["points"];
                if full == mutant.is_some() || exercise["status"] == "compile_error" {
                    wrong.push(format!(
                        "{chapter}, {name}, {}: {mutant:?} has {} points; {} {}",
                        exercise["id"], exercise["score"], exercise["message"], exercise["compiler"]
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
