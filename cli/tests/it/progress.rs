//! `neurobook progress` on a small course and on the course's own chapter.

use std::fs;
use std::path::{Path, PathBuf};

use neurobook_cli::support::paths;
use serde_json::{Value, json};

use crate::caches;
use crate::mini::{CHAPTER, Mini, stderr};
use crate::program;
use crate::snapshot;

const MINE: &str = "notebooks/mine/01_double.ipynb";

/// The student notebook with other texts in some of its cells.
fn notebook_with(mini: &Mini, cells: &[(&str, &str)]) -> String {
    let mut notebook = mini.notebook("notebooks/student/01_double.ipynb");
    for cell in notebook["cells"].as_array_mut().unwrap() {
        if let Some((_, text)) = cells.iter().find(|(id, _)| cell["id"] == *id) {
            cell["source"] = json!(text);
        }
    }
    notebook.to_string()
}

#[test]
fn a_chapter_without_a_copy_is_listed_with_what_it_takes() {
    snapshot::same("progress_without_a_copy", &Mini::built().succeed(&["progress"]));
}

#[test]
fn a_fresh_copy_is_not_begun_and_the_first_task_is_next() {
    let mini = Mini::built();
    mini.write(MINE, &notebook_with(&mini, &[]));
    let said = mini.succeed(&["progress"]);
    snapshot::same("progress_of_a_fresh_copy", &said);
    assert!(!said.contains('\u{1b}'), "colours where nobody sees them: {said:?}");
}

#[test]
fn what_is_begun_and_what_is_written_is_counted() {
    let mini = Mini::built();
    mini.write(MINE, &notebook_with(&mini, &[("double", "fn double(x: f64) -> f64 { x }"), ("why", "Because.")]));
    snapshot::same("progress_begun", &mini.succeed(&["progress", "01"]));
}

#[test]
fn a_deleted_cell_is_not_work_that_was_done() {
    let mini = Mini::built();
    let mut notebook = mini.notebook("notebooks/student/01_double.ipynb");
    notebook["cells"].as_array_mut().unwrap().retain(|cell| cell["id"] != "double" && cell["id"] != "why");
    mini.write(MINE, &notebook.to_string());
    snapshot::same("progress_without_a_cell", &mini.succeed(&["progress"]));
}

#[test]
fn a_notebook_that_cannot_be_read_does_not_hide_the_others() {
    let mini = Mini::new(&[("01_double", CHAPTER), ("02_again", CHAPTER)]);
    mini.succeed(&["build"]);
    mini.write(MINE, "{");
    let output = mini.command(&["progress"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    snapshot::same("progress_of_a_notebook_that_cannot_be_read", &said);
}

/// The overview of a notebook of the course's own chapter; `path` is where programs are looked for.
fn overview(notebook: &Path, path: Option<&str>) -> String {
    let mut command = program::neurobook();
    command.arg("progress").arg(notebook);
    if let Some(path) = path {
        command.env("PATH", path);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn right_exercises_are_found_by_the_checks_and_remembered() {
    let root = caches::root();
    let folder = tempfile::tempdir().unwrap();
    let mine = folder.path().join("02_single_node_dynamics.ipynb");
    let solution = fs::read_to_string(root.join("notebooks/solution/02_single_node_dynamics.ipynb")).unwrap();
    let mut notebook: Value = serde_json::from_str(&solution).unwrap();
    let cells = notebook["cells"].as_array_mut().unwrap();
    let wrong = cells.iter_mut().find(|cell| cell["id"] == "alpha_rhythm").unwrap();
    wrong["source"] = json!("fn alpha_rhythm() -> f64 { 1.0 }");
    fs::write(&mine, notebook.to_string()).unwrap();
    let first = overview(&mine, None);
    assert!(first.contains("8 right, 1 begun, 0 not begun"), "{first}");
    assert!(first.contains("Next: Question: 10 Hz in rad per ms (cell "), "{first}");
    // Without a compiler nothing could be found out a second time. A new output changes nothing.
    let with_output = notebook.to_string().replacen(
        "\"outputs\":[]",
        "\"outputs\":[{\"name\":\"stdout\",\"output_type\":\"stream\",\"text\":[\"new\"]}]",
        1,
    );
    assert_ne!(with_output, notebook.to_string());
    fs::write(&mine, with_output).unwrap();
    assert_eq!(overview(&mine, Some("")), first);
    fs::remove_file(memory(&mine)).unwrap();
}

/// Where the program remembers what is right in a notebook of this course.
fn memory(notebook: &Path) -> PathBuf {
    let name = paths::short_hash(notebook.as_os_str().as_encoded_bytes());
    paths::course_cache_in(&caches::cache(), &caches::root()).join("progress").join(format!("{name}.json"))
}
