//! Submissions that try to get at marks or secrets, through the grader: a part of them, and all in `cli/tests/thorough`.

use std::fs;

use serde_json::Value;

use crate::attacks::{attacks, notebook, withstand};
use crate::program::neurobook;
use crate::sandboxes::{GRADING, MODES};

/// One in this many is tried.
const PART: usize = 12;

#[test]
fn no_attack_gains_a_mark_or_a_secret_and_the_grader_lives_on() {
    if MODES.contains(&"full") {
        withstand(&attacks().into_iter().step_by(PART).collect::<Vec<_>>());
    }
}

#[test]
fn hidden_inputs_and_expected_values_stand_in_no_feedback() {
    let Some(sandbox) = *GRADING else { return };
    let folder = tempfile::tempdir().unwrap();
    let code = "fn order_parameter(phases: &Array1<f64>) -> f64 {\n    panic!(\"input {phases}\")\n}";
    let submission = folder.path().join("curious.ipynb");
    fs::write(&submission, notebook(code).to_string()).unwrap();
    let out = folder.path().join("out");
    let output = neurobook()
        .args(["grade", "--chapter", "02", "--seed", "7", "--sandbox", sandbox, "--out"])
        .args([&out, &submission])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let record: Value = serde_json::from_slice(&fs::read(out.join("records/curious.json")).unwrap()).unwrap();
    let marked = record["exercises"].as_array().unwrap().iter().find(|exercise| exercise["id"] == "order_parameter");
    let tests = marked.unwrap()["tests"].as_array().unwrap();
    let hidden: Vec<&Value> = tests.iter().filter(|test| test["visibility"] == "hidden").collect();
    assert_eq!(hidden.len(), 8);
    for test in hidden {
        assert_eq!(test["status"], "failed");
        for key in ["input", "expected", "got"] {
            assert!(test[key].is_null(), "{test}");
        }
        assert!(!test["message"].as_str().unwrap().contains("input ["), "{test}");
    }
}
