//! `neurobook grade` and `neurobook merge`, as far as they come without marking: what is understood, what
//! is refused, and what follows from records.

use std::fs;
use std::process::Output;

use serde_json::{Value, json};

use crate::mini::{Mini, names, stderr};
use crate::snapshot;

/// A course, and three submissions of its chapter.
fn course() -> Mini {
    let mini = Mini::built();
    let notebook = mini.read("notebooks/student/01_double.ipynb");
    for name in ["anna", "bo", "cy"] {
        mini.write(&format!("class/{name}.ipynb"), &notebook);
    }
    mini
}

fn run(mini: &Mini, arguments: &[&str]) -> (Output, String) {
    let mut command = mini.command(arguments);
    // A test may itself run in a scheduler's array.
    for variable in ["SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "JOB_COMPLETION_INDEX", "JOB_COMPLETIONS"] {
        command.env_remove(variable);
    }
    let output = command.output().unwrap();
    let said = format!("{}{}", stderr(&output), String::from_utf8_lossy(&output.stdout));
    (output, said)
}

/// What a run with two exercises left for these submissions: id, score of the function, the written answer.
fn records(mini: &Mini, folder: &str, seed: u64, submissions: &[(&str, f64, &str)]) {
    let exercises = json!([
        { "id": "double", "title": "Double", "kind": "function", "points": 4.0 },
        { "id": "why", "title": "Why?", "kind": "text", "points": 2.0 },
    ]);
    let run = json!({ "schema": 1, "neurobook": "0.1.0", "course": "c", "chapter": "01_double", "title": "Doubling",
        "content": "0", "toolchain": "rustc 1.95", "seed": seed, "sandbox": "full", "exercises": exercises });
    mini.write(&format!("{folder}/run.json"), &run.to_string());
    let ids: String = submissions.iter().map(|(id, ..)| format!("{id}\n")).collect();
    mini.write(&format!("{folder}/submissions.txt"), &ids);
    for (id, score, answer) in submissions {
        let marked = |id: &str, kind: &str, points: f64, score: Value, answer: Value| {
            json!({ "id": id, "title": id, "kind": kind, "points": points, "score": score, "status": "graded", "message": "",
                "misconception": null, "compiler": null, "answer": answer, "tests": [] })
        };
        let record = json!({ "schema": 1, "course": "c", "chapter": "01_double", "submission": { "id": id, "sha256": "0" },
            "toolchain": "rustc 1.95", "seed": seed, "sandbox": ["limits"], "status": "graded", "message": null,
            "score": score, "max_score": 6.0, "exercises": [
                marked("double", "function", 4.0, json!(score), Value::Null),
                marked("why", "text", 2.0, Value::Null, json!(answer)),
            ] });
        mini.write(&format!("{folder}/records/{id}.json"), &record.to_string());
    }
}

#[test]
fn a_dry_run_tells_what_would_be_graded_and_writes_nothing() {
    let mini = course();
    mini.write("class/di.ipynb", "");
    mini.write("class/ed/report.pdf", "x");
    let (output, said) = run(&mini, &["grade", "class", "--out", "out", "--dry-run"]);
    assert_eq!(output.status.code(), Some(0), "{said}");
    snapshot::said("grade_dry_run", &mini.root, &said);
    assert!(!mini.path("out").exists());
    let (_, said) = run(&mini, &["grade", "class", "--out", "out", "--dry-run", "--seed", "1", "--shard", "2/5"]);
    assert!(said.contains("bo: to mark") && said.contains("4 submissions are in other shards"), "{said}");
}

#[test]
fn what_cannot_be_meant_ends_with_status_2_and_a_way_out() {
    let mini = course();
    let other = mini.read("class/cy.ipynb").replace("\"01_double\"", "\"02_other\"");
    mini.write("mixed/cy.ipynb", &other);
    mini.write("evil/cy.ipynb", &other.replace("02_other", "../../evil"));
    let mut all = String::new();
    for arguments in [
        vec!["grade", "--out", "out"],
        vec!["grade", "class"],
        vec!["grade", "nowhere", "--out", "out"],
        vec!["grade", "notebooks/nothing", "--out", "out"],
        vec!["grade", "class", "--out", "out", "--chapter", "09"],
        vec!["grade", "class", "--out", "out", "--shard", "3/2"],
        vec!["grade", "class", "--out", "out", "--shard", "1/2"],
        vec!["grade", "class", "--out", "out", "--jobs", "0"],
        vec!["grade", "class/anna.ipynb", "mixed", "--out", "out"],
        vec!["grade", "evil", "--out", "out"],
        vec!["grade", "--marks", "x.csv", "--out", "out"],
        vec!["merge", "class", "--out", "out"],
    ] {
        let (output, said) = run(&mini, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        all += &format!("$ neurobook {}\n{said}\n", arguments.join(" "));
    }
    // A seed is proposed that was drawn for it.
    let (before, seed) = all.split_once("--seed ").unwrap();
    let drawn = seed.trim_start_matches(|digit: char| digit.is_ascii_digit());
    assert_ne!(seed, drawn);
    snapshot::said("grade_refusals", &mini.root, &format!("{before}--seed SEED{drawn}"));
    assert!(!mini.path("out").exists());
}

#[test]
fn shards_are_merged_and_their_written_answers_marked() {
    let mini = Mini::built();
    records(&mini, "one", 7, &[("anna", 4.0, "It doubles."), ("cy", 1.0, "?")]);
    records(&mini, "two", 7, &[("bo", 2.5, "=1+1")]);
    let (output, said) = run(&mini, &["merge", "two", "one", "--out", "all"]);
    assert_eq!(output.status.code(), Some(0), "{said}");
    snapshot::said("merge", &mini.root, &said);
    assert_eq!(names(&mini.path("all/feedback")), ["anna.html", "bo.html", "cy.html"]);
    snapshot::same("grades_before_the_written_answers", &mini.read("all/grades.csv"));
    mini.write("marks.csv", "submission;exercise;mark;comment\nbo;why;1,5;Say more.\n");
    let (output, said) = run(&mini, &["grade", "--marks", "marks.csv", "--out", "all"]);
    assert_eq!(output.status.code(), Some(0), "{said}");
    snapshot::same("grades", &mini.read("all/grades.csv"));
    snapshot::same("feedback", &without_style(&mini.read("all/feedback/bo.html")));
    mini.write("marks.csv", "submission;exercise;mark\nbo;why;9\n");
    let (output, said) = run(&mini, &["grade", "--marks", "marks.csv", "--out", "all"]);
    assert_eq!(output.status.code(), Some(2), "{said}");
    snapshot::said("grade_a_mark_that_is_too_high", &mini.root, &said);
}

/// A page without what it looks like, an element a line.
fn without_style(page: &str) -> String {
    let (start, end) = (page.find("<style>").unwrap(), page.find("</style>").unwrap());
    format!("{}{}", &page[..start], &page[end + "</style>".len()..]).replace("><", ">\n<")
}

#[test]
fn folders_that_contradict_each_other_are_both_named() {
    let mini = Mini::built();
    records(&mini, "one", 7, &[("anna", 4.0, "a")]);
    records(&mini, "two", 8, &[("bo", 4.0, "a")]);
    records(&mini, "three", 7, &[("anna", 3.0, "a")]);
    for other in ["two", "three"] {
        let (output, said) = run(&mini, &["merge", "one", other, "--out", "all"]);
        assert_eq!(output.status.code(), Some(2), "{said}");
        snapshot::said(&format!("merge_one_and_{other}"), &mini.root, &said);
    }
    assert!(fs::metadata(mini.path("all")).is_err());
}
