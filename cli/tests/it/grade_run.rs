//! `neurobook grade` and `neurobook merge`, as far as they come without marking: what is understood, what
//! is refused, and what follows from records.

use std::fs;
use std::process::Output;

use serde_json::{Value, json};

use crate::mini::{Mini, names, stderr};

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
    for part in [
        "anna: to mark (class/anna.ipynb)",
        "di: the file is empty",
        "ed: no notebook was handed in, only report.pdf",
        "Chapter 01_double: 3 to mark, 0 marked already, 2 cannot be marked.",
    ] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
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
    for (arguments, way_out) in [
        (vec!["grade", "--out", "out"], "SUBMISSION"),
        (vec!["grade", "class"], "--out"),
        (vec!["grade", "nowhere", "--out", "out"], "cannot find nowhere"),
        (vec!["grade", "notebooks/nothing", "--out", "out"], "cannot find"),
        (vec!["grade", "class", "--out", "out", "--chapter", "09"], "name one of 01_double"),
        (vec!["grade", "class", "--out", "out", "--shard", "3/2"], "counted from 1 to 2"),
        (vec!["grade", "class", "--out", "out", "--shard", "1/2"], "--seed"),
        (vec!["grade", "class", "--out", "out", "--jobs", "0"], "--jobs"),
        (vec!["grade", "class/anna.ipynb", "mixed", "--out", "out"], "--chapter"),
        (vec!["grade", "evil", "--out", "out"], "there is no chapter `../../evil`"),
        (vec!["grade", "--marks", "x.csv", "--out", "out"], "name the submissions"),
        (vec!["merge", "class", "--out", "out"], "run.json"),
    ] {
        let (output, said) = run(&mini, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(way_out), "{arguments:?}: {way_out} is missing in\n{said}");
    }
    assert!(!mini.path("out").exists());
}

#[test]
fn shards_are_merged_and_their_written_answers_marked() {
    let mini = Mini::built();
    records(&mini, "one", 7, &[("anna", 4.0, "It doubles."), ("cy", 1.0, "?")]);
    records(&mini, "two", 7, &[("bo", 2.5, "=1+1")]);
    let (output, said) = run(&mini, &["merge", "two", "one", "--out", "all"]);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("3 submissions: 3 graded.") && said.contains("3 written answers wait"), "{said}");
    assert_eq!(names(&mini.path("all/feedback")), ["anna.html", "bo.html", "cy.html"]);
    assert_eq!(
        mini.read("all/grades.csv"),
        "\u{feff}submission,score,max_score,status,waiting,double,why\n\
         anna,4,6,graded,1,4,\nbo,2.5,6,graded,1,2.5,\ncy,1,6,graded,1,1,\n"
    );
    mini.write("marks.csv", "submission;exercise;mark;comment\nbo;why;1,5;Say more.\n");
    let (output, said) = run(&mini, &["grade", "--marks", "marks.csv", "--out", "all"]);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(mini.read("all/grades.csv").contains("bo,4,6,graded,0,2.5,1.5\n"));
    assert!(mini.read("all/feedback/bo.html").contains("Say more."));
    mini.write("marks.csv", "submission;exercise;mark\nbo;why;9\n");
    let (output, said) = run(&mini, &["grade", "--marks", "marks.csv", "--out", "all"]);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("marks.csv, row 2, column mark: 9 is more than the exercise gives"), "{said}");
}

#[test]
fn folders_that_contradict_each_other_are_both_named() {
    let mini = Mini::built();
    records(&mini, "one", 7, &[("anna", 4.0, "a")]);
    records(&mini, "two", 8, &[("bo", 4.0, "a")]);
    records(&mini, "three", 7, &[("anna", 3.0, "a")]);
    for (other, why) in [("two", "the seed is 7 in the first and 8 in the second"), ("three", "was marked differently")]
    {
        let (output, said) = run(&mini, &["merge", "one", other, "--out", "all"]);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("one") && said.contains(other) && said.contains(why), "{said}");
    }
    assert!(fs::metadata(mini.path("all")).is_err());
}
