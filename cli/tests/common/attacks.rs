//! Programs that try to be more than a function: each is a submission of one cell, in `cli/tests/attacks`,
//! whose first lines say what it tries and what has to come of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::program;

/// Stands in the grader's environment, and nowhere else.
const SECRET: &str = "word-that-no-submission-may-see";

/// What has to come of an attack.
pub struct Attack {
    name: String,
    /// The status of the exercise; `any` where the system decides which limit is met first.
    status: String,
    score: f64,
    /// What the learner is told.
    says: Option<String>,
    code: String,
}

/// All of them, by their names.
pub fn attacks() -> Vec<Attack> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("attacks");
    let mut attacks: Vec<Attack> = fs::read_dir(folder).unwrap().map(|entry| attack(&entry.unwrap().path())).collect();
    attacks.sort_by(|one, other| one.name.cmp(&other.name));
    assert!(attacks.len() >= 40, "{} attacks", attacks.len());
    attacks
}

fn attack(path: &Path) -> Attack {
    let text = fs::read_to_string(path).unwrap();
    let field = |name: &str| {
        let start = format!("//! {name}: ");
        text.lines().find_map(|line| line.strip_prefix(&start)).map(str::to_owned)
    };
    let (_, code) = text.split_once("\n\n").unwrap();
    Attack {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        status: field("status").unwrap(),
        score: field("score").unwrap().parse().unwrap(),
        says: field("says"),
        code: code.to_owned(),
    }
}

pub fn notebook(code: &str) -> Value {
    let cell = json!({
        "cell_type": "code", "id": "order_parameter", "execution_count": 1, "source": code,
        "metadata": {"neurobook": {"exercise": "order_parameter", "points": 1000, "role": "answer"}},
        "outputs": [{"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "3.0"}}],
    });
    json!({
        "nbformat": 4, "nbformat_minor": 5, "cells": [cell],
        "metadata": {"neurobook": {"chapter": "02_single_node_dynamics"}, "kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}},
    })
}

/// Everything below a folder, as text, by its path.
fn everything(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            everything(&path, found);
        } else {
            found.insert(path.display().to_string(), String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned());
        }
    }
}

/// Grades these submissions: no attack gains a mark or a secret, and the grader lives on.
pub fn withstand(attacks: &[Attack]) {
    let folder = tempfile::tempdir().unwrap();
    let submissions = folder.path().join("submissions");
    fs::create_dir(&submissions).unwrap();
    for attack in attacks {
        fs::write(submissions.join(format!("{}.ipynb", attack.name)), notebook(&attack.code).to_string()).unwrap();
    }
    let out = folder.path().join("out");
    let output = program::neurobook()
        .args(["grade", "--chapter", "02", "--seed", "7", "--out"])
        .args([&out, &submissions])
        .current_dir(folder.path())
        .env("NEUROBOOK_SECRET", SECRET)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let mut wrong = Vec::new();
    for attack in attacks {
        let record = fs::read(out.join("records").join(format!("{}.json", attack.name))).unwrap();
        let record: Value = serde_json::from_slice(&record).unwrap();
        let exercises = record["exercises"].as_array().unwrap();
        let marked = exercises.iter().find(|exercise| exercise["id"] == "order_parameter").unwrap();
        let told = marked.to_string();
        let fits = marked["score"] == json!(attack.score)
            && record["score"] == json!(attack.score)
            && (attack.status == "any" || marked["status"] == attack.status.as_str())
            && attack.says.as_ref().is_none_or(|words| told.contains(words.as_str()));
        if !fits {
            wrong.push(format!("{}: {} of {}, {told}", attack.name, record["score"], attack.score));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));

    // Nothing of the host is in anything that a learner or another teacher gets to see.
    let mut files = BTreeMap::new();
    everything(&out, &mut files);
    let hostname = fs::read_to_string("/etc/hostname").unwrap_or_default();
    let secrets = [SECRET, "root:x:0:0", hostname.trim()];
    for (path, text) in &files {
        for secret in secrets.iter().filter(|secret| secret.len() > 3) {
            assert!(!text.contains(secret), "{path} holds {secret}");
        }
    }
    assert!(!Path::new("/tmp/neurobook-was-here").exists(), "a shell command was run");
}
