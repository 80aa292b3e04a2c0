//! What an examiner tries who has the source, through the grader: in one class, graded twice in different places.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::program::neurobook;
use crate::sandboxes::GRADING;

fn notebook(cells: &[(&str, &str)]) -> Value {
    let cells: Vec<Value> = cells
        .iter()
        .map(|(id, source)| {
            json!({"cell_type": "code", "id": id, "execution_count": null, "metadata": {}, "outputs": [], "source": source})
        })
        .collect();
    json!({"nbformat": 4, "nbformat_minor": 5, "cells": cells, "metadata": {"neurobook": {"chapter": "01_connectivity"}}})
}

/// The chapter's own text of an exercise.
fn solution(id: &str) -> String {
    let path = crate::caches::root().join("notebooks/solution/01_connectivity.ipynb");
    let notebook: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let cells = notebook["cells"].as_array().unwrap();
    let lines = cells.iter().find(|cell| cell["id"] == id).unwrap()["source"].as_array().unwrap();
    lines.iter().map(|line| line.as_str().unwrap()).collect()
}

/// Grades these notebooks with temporary files in a folder of this name. Gives all files, by their names.
fn graded(
    notebooks: &[(&str, Value)],
    temporary: &str,
    watch: impl Fn(&mut Child, &Path),
) -> BTreeMap<PathBuf, String> {
    let folder = tempfile::tempdir().unwrap();
    let (class, out, temporary) =
        (folder.path().join("class"), folder.path().join("out"), folder.path().join(temporary));
    fs::create_dir(&class).unwrap();
    fs::create_dir(&temporary).unwrap();
    for (name, notebook) in notebooks {
        let file = class.join(format!("{name}.ipynb"));
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, notebook.to_string()).unwrap();
        if let Some(folder) = name.strip_suffix("/with a photo") {
            fs::write(class.join(folder).join("photo.jpg"), "").unwrap();
        }
    }
    let mut grader = neurobook()
        .args(["grade", "--seed", "7", "--sandbox", GRADING.unwrap_or("full"), "--out"])
        .args([&out, &class])
        .env("TMPDIR", &temporary)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    watch(&mut grader, &temporary);
    assert!(grader.wait().unwrap().success());
    let mut files = BTreeMap::new();
    for inside in ["records", "feedback", "gradescope", ""] {
        for entry in fs::read_dir(out.join(inside)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                files.insert(Path::new(inside).join(path.file_name().unwrap()), fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

/// No other user may see in a command line where a learner's work is, while the grader is at work.
fn watch_command_lines(grader: &mut Child, temporary: &Path) {
    let temporary = temporary.to_str().unwrap();
    let mut looks = 0;
    while grader.try_wait().unwrap().is_none() {
        for process in fs::read_dir("/proc").unwrap().flatten() {
            let line = fs::read(process.path().join("cmdline")).unwrap_or_default();
            let line = String::from_utf8_lossy(&line).into_owned();
            // The compiler tells the linker a lent library's whole path; nobody else can enter the folder.
            let told = line.split('\0').find(|word| word.contains(temporary) && !word.ends_with(".rlib"));
            assert!(told.is_none(), "{told:?} in {line}");
        }
        looks += 1;
        thread::sleep(Duration::from_millis(5));
    }
    assert!(looks > 20, "it was looked at {looks} times only");
}

#[test]
fn solutions_are_lent_and_not_shown_and_the_same_class_gives_the_same_bytes_wherever_it_is_graded() {
    if GRADING.is_none() {
        return;
    }
    let (pearson, connectivity) = (solution("pearson"), solution("connectivity"));
    let reads_itself = format!(
        "const TEXT: &str = include_str!(\"connectivity.rs\");\n{}",
        connectivity.replacen(" {\n", " {\n    if TEXT.len() > 0 { panic!(\"{}\", TEXT) }\n", 1)
    );
    let other = "fn recording_facts() -> f64 {\n    pearson(&array![1.0, 2.0], &array![2.0, 3.0])\n}";
    let notebooks = [
        ("lacks_pearson", notebook(&[("connectivity", &connectivity)])),
        ("reads_itself", notebook(&[("connectivity", &reads_itself)])),
        ("calls_what_it_may_not", notebook(&[("recording_facts", other)])),
        (
            "does_not_compile",
            notebook(&[("pearson", "fn pearson(x: &Array1<f64>, y: &Array1<f64>) -> f64 {\n    z\n}")]),
        ),
        ("has_both", notebook(&[("pearson", &pearson), ("connectivity", &connectivity)])),
    ];
    let files = graded(&notebooks, "one", watch_command_lines);
    let score = |name: &str, id: &str| {
        let record: Value = serde_json::from_str(&files[Path::new(&format!("records/{name}.json"))]).unwrap();
        let exercises = record["exercises"].as_array().unwrap();
        exercises.iter().find(|exercise| exercise["id"] == id).unwrap()["score"].as_f64().unwrap()
    };
    assert_eq!(score("lacks_pearson", "connectivity"), 3.0);
    assert_eq!(score("lacks_pearson", "pearson"), 0.0);
    assert_eq!(score("has_both", "connectivity") + score("has_both", "pearson"), 7.0);
    assert_eq!(score("calls_what_it_may_not", "recording_facts"), 0.0);
    // A line of the solution's body that no notebook of a learner here has.
    let lines: Vec<&str> =
        pearson.lines().map(str::trim).filter(|line| line.len() > 25 && !line.starts_with("//")).collect();
    let body = lines.iter().filter(|line| !line.starts_with("fn ")).collect::<Vec<_>>();
    assert!(!body.is_empty());
    for (name, text) in &files {
        for line in &body {
            assert!(!text.contains(**line), "{} holds the solution's line {line}", name.display());
        }
    }
    assert!(files[Path::new("feedback/does_not_compile.html")].contains("Cell 1, line 2"));
    let elsewhere = graded(&notebooks, "another place", |_, _| ());
    for (name, text) in &files {
        assert!(elsewhere[name] == *text, "{} differs", name.display());
    }
}

#[test]
fn who_takes_arguments_as_the_notebooks_own_check_gives_them_and_names_crates_as_the_kernel_has_them_is_right() {
    if GRADING.is_none() {
        return;
    }
    let by_value = solution("pearson").replace("x: &Array1<f64>, y: &Array1<f64>", "x: Array1<f64>, y: Array1<f64>");
    let by_value = by_value.replacen(" {\n", " {\n    let (x, y) = (&x, &y);\n", 1);
    let named = solution("pearson").replacen(
        " {\n",
        " {\n    use ndarray::Axis;\n    let _ = (Axis(0), num_complex::Complex64::I);\n",
        1,
    );
    let check = ("own_check", "check!(pearson(x, y) -> r);");
    let notebooks = [
        ("by_value", notebook(&[("pearson", &by_value), check])),
        ("by_value_without_a_check", notebook(&[("pearson", &by_value)])),
        ("own_check_alone", notebook(&[("pearson", &solution("pearson")), check])),
        ("named", notebook(&[("pearson", &named)])),
    ];
    let files = graded(&notebooks, "one", |_, _| ());
    let marked = |name: &str| {
        let record: Value = serde_json::from_str(&files[Path::new(&format!("records/{name}.json"))]).unwrap();
        let exercises = record["exercises"].as_array().unwrap();
        exercises.iter().find(|exercise| exercise["id"] == "pearson").unwrap().clone()
    };
    for name in ["by_value", "own_check_alone", "named"] {
        assert_eq!(marked(name)["score"], marked(name)["points"], "{name}: {}", marked(name));
    }
    // Here the kernel says no, too.
    let refused = marked("by_value_without_a_check");
    assert_eq!(refused["score"], 0.0);
    assert!(refused["compiler"].to_string().contains("first line as the course gave it"), "{refused}");
}

#[test]
fn a_question_left_open_waits_for_the_teacher_where_a_photo_was_handed_in_beside_the_notebook() {
    if GRADING.is_none() {
        return;
    }
    let path = crate::caches::root().join("notebooks/student/01_connectivity.ipynb");
    let student: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let files = graded(&[("anna/with a photo", student.clone()), ("bo/x", student)], "one", |_, _| ());
    let in_words = |name: &str| {
        let record: Value = serde_json::from_str(&files[Path::new(&format!("records/{name}.json"))]).unwrap();
        let exercises = record["exercises"].as_array().unwrap();
        exercises.iter().find(|exercise| exercise["kind"] == "text").unwrap().clone()
    };
    assert_eq!(in_words("bo")["score"], 0.0);
    assert_eq!(in_words("anna")["score"], Value::Null);
    assert!(
        in_words("anna")["answer"].as_str().unwrap().contains("beside it: photo.jpg (0 bytes)"),
        "{}",
        in_words("anna")
    );
}
