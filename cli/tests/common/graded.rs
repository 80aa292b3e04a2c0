//! Notebooks, marked by `neurobook grade`.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::program;

/// Submissions by name, graded in this sandbox: the exercises of each.
pub fn grade(submissions: &BTreeMap<String, Value>, sandbox: &str) -> BTreeMap<String, Vec<Value>> {
    let folder = tempfile::tempdir().unwrap();
    let (handed_in, out) = (folder.path().join("submissions"), folder.path().join("out"));
    fs::create_dir(&handed_in).unwrap();
    for (name, notebook) in submissions {
        fs::write(handed_in.join(format!("{name}.ipynb")), notebook.to_string()).unwrap();
    }
    let output = program::neurobook()
        .args(["grade", "--seed", "11", "--sandbox", sandbox, "--out"])
        .args([&out, &handed_in])
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

/// What is wrong with the marks of mutants: each has to lose some, and what is no mutant none.
pub fn complaints(chapter: &str, all: &[crate::mutants::Mutated], sandbox: &str) -> Vec<String> {
    let submissions = all.iter().map(|mutated| (mutated.name.clone(), mutated.notebook.clone())).collect();
    let graded = grade(&submissions, sandbox);
    let mut complaints = Vec::new();
    for mutated in all {
        for exercise in graded[&mutated.name].iter().filter(|exercise| exercise["kind"] == "function") {
            let mutant = mutated.changes.get(exercise["id"].as_str().unwrap());
            let full = exercise["score"] == exercise["points"];
            if full == mutant.is_some() || exercise["status"] == "compile_error" {
                complaints.push(format!(
                    "{chapter}, {}, {}: {mutant:?} has {} points; {} {}",
                    mutated.name, exercise["id"], exercise["score"], exercise["message"], exercise["compiler"]
                ));
            }
        }
    }
    complaints
}
