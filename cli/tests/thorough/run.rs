//! `neurobook run` on notebooks that succeed, and that fail in every way a cell can fail.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program;

/// The kernel at work on some cells; its working folder is the notebook's.
pub fn run(cells: &[&str], arguments: &[&str]) -> (Output, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let notebook = folder.path().join("cells.ipynb");
    fs::write(&notebook, notebook_of(cells).to_string()).unwrap();
    let mut command = program::neurobook();
    command.arg("run").arg(&notebook).args(arguments).current_dir(folder.path());
    let output = command.output().unwrap();
    (output, folder)
}

fn notebook_of(cells: &[&str]) -> Value {
    let cells: Vec<Value> = cells
        .iter()
        .enumerate()
        .map(|(index, source)| {
            json!({ "cell_type": "code", "id": format!("cell-{index}"), "metadata": {"neurobook": {"exercise": "e", "role": "answer"}},
                    "source": source, "outputs": [], "execution_count": null })
        })
        .collect();
    json!({ "cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5 })
}

pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn outputs_of(path: &Path, cell: usize) -> Vec<Value> {
    let notebook: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    notebook["cells"][cell]["outputs"].as_array().unwrap().clone()
}

#[test]
fn every_way_to_fail_is_named_with_its_cell_and_its_exercise() {
    let cells = [
        "use neurobook::prelude::*;\nlet fine = 1;",
        "let values = vec![1.0]; let index = 3;\nprintln!(\"{}\", values[index]);",
        "let rate: f64 = blank!(\"how fast\");",
        "let number: i32 = \"seven\".parse()?;",
        "let word: String = 5;",
        "if fine == 1 {\n    return;\n}",
        "println!(\"{fine}\");",
        "std::process::abort();",
        "loop {}",
        "1 + 1",
    ];
    let (output, _folder) = run(&cells, &["--keep-going", "--timeout", "20"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    for (cell, what) in [
        (2, "it panicked: index out of bounds: the len is 1 but the index is 3"),
        (3, "its blank is still empty: how fast"),
        (4, "a `?` met an error, which ended the cell: invalid digit found in string"),
        (5, "the compiler refuses it\n  line 1: mismatched types"),
        (
            8,
            "This cell called abort(), or panicked while it was already panicking. Your variables are as they were before it.",
        ),
        (9, "stopped after 20 s"),
    ] {
        let line = format!("cell {cell}, exercise e (");
        let report = text
            .split("\n\n")
            .find(|report| report.starts_with(&line))
            .unwrap_or_else(|| panic!("no report of cell {cell} in\n{text}"));
        assert!(report.contains(what), "cell {cell}: {report}");
    }
    for fine in [1, 10] {
        assert!(!text.contains(&format!("cell {fine}, exercise")), "cell {fine} is fine, but\n{text}");
    }
}

#[test]
fn a_cell_that_leaves_by_return_is_found_out() {
    let (output, _folder) = run(&["let early = 1;\nif early == 1 { return; }"], &[]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("cell 1, exercise e"), "{text}");
    assert!(text.contains("return"), "{text}");
}

#[test]
fn a_notebook_that_runs_is_stored_with_its_outputs_and_as_a_page() {
    let cells = [
        "use neurobook::prelude::*;\nprintln!(\"to stdout\");",
        "neurobook::display::html(\"<b>one</b>\");\nneurobook::display::html(\"<i>two</i>\");",
        "6 * 7",
        "let times = Array1::range(0.0, 1.0, 0.25);\nlet doubled = &times * 2.0;",
        "doubled[3]",
    ];
    let (output, folder) = run(&cells, &["--out", "out.ipynb", "--html", "page.html"]);
    assert!(output.status.success(), "{}", said(&output));
    let out = folder.path().join("out.ipynb");
    assert_eq!(outputs_of(&out, 0)[0]["text"], json!(["to stdout\n"]));
    assert_eq!(outputs_of(&out, 1)[0]["data"]["text/html"], json!(["<b>one</b>\n", "<i>two</i>"]));
    assert_eq!(outputs_of(&out, 2)[0]["data"]["text/plain"], json!(["42"]));
    assert_eq!(outputs_of(&out, 3), Vec::<Value>::new());
    assert_eq!(outputs_of(&out, 4)[0]["data"]["text/plain"], json!(["1.5"]));
    let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
    assert!(page.contains("<b>one</b>\n<i>two</i>"));
}

#[test]
fn how_far_a_sweep_was_is_not_in_a_stored_notebook() {
    let sweep = "println!(\"before\");
let values = vec![0.0; 14 * std::thread::available_parallelism().unwrap().get()];
let runs = sweep(&values, |value| {
    std::thread::sleep(std::time::Duration::from_millis(500));
    value
});
println!(\"all: {}\", runs.len() == values.len());";
    let (output, folder) = run(&["use neurobook::prelude::*;", sweep], &["--out", "out.ipynb"]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(outputs_of(&folder.path().join("out.ipynb"), 1)[0]["text"], json!(["before\n", "all: true\n"]));
}

#[test]
fn without_keep_going_nothing_runs_after_the_first_failure() {
    let (output, folder) =
        run(&["let values: Vec<f64> = Vec::new();\nvalues[0]", "println!(\"later\");"], &["--out", "out.ipynb"]);
    assert_eq!(output.status.code(), Some(1));
    let out = folder.path().join("out.ipynb");
    assert!(!outputs_of(&out, 0).is_empty());
    assert_eq!(outputs_of(&out, 1), Vec::<Value>::new());
}

#[test]
fn a_notebook_of_another_kernel_is_refused_before_anything_runs() {
    let folder = tempfile::tempdir().unwrap();
    let notebook = folder.path().join("python.ipynb");
    let mut python = notebook_of(&["print(1)"]);
    python["metadata"] =
        json!({ "kernelspec": { "name": "python3", "language": "python", "display_name": "Python 3" } });
    fs::write(&notebook, python.to_string()).unwrap();
    let output = program::neurobook().arg("run").arg(&notebook).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("is a Python notebook"), "{}", said(&output));
}
