//! Records and hand marks that have come into a run's folder by other ways than a run: copied, cut off, of another run, taken away.

use std::fs;
use std::process::Output;

use serde_json::{Value, json};

use crate::mini::{Mini, stderr};

/// A record of a run with one function and one question.
fn record(id: &str, seed: u64, answer: &str) -> Value {
    let marked = |id: &str, kind: &str, points: f64, score: Value, answer: Value| {
        json!({ "id": id, "title": id, "kind": kind, "points": points, "score": score, "status": "graded", "message": "",
            "misconception": null, "compiler": null, "answer": answer, "tests": [] })
    };
    json!({ "schema": 1, "course": "c", "chapter": "01_double", "submission": { "id": id, "sha256": answer },
        "toolchain": "rustc 1.95", "seed": seed, "sandbox": ["limits"], "status": "graded", "message": null,
        "score": 4.0, "max_score": 6.0, "exercises": [
            marked("double", "function", 4.0, json!(4.0), Value::Null),
            marked("why", "text", 2.0, Value::Null, json!(answer)),
        ] })
}

/// A folder of a run with the seed 7 that holds these records, each in the file of this name.
fn folder(mini: &Mini, name: &str, records: &[(&str, Value)]) {
    let exercises = json!([
        { "id": "double", "title": "Double", "kind": "function", "points": 4.0 },
        { "id": "why", "title": "Why?", "kind": "text", "points": 2.0 },
    ]);
    let run = json!({ "schema": 1, "neurobook": "0.1.0", "course": "c", "chapter": "01_double", "title": "Doubling",
        "content": "0", "toolchain": "rustc 1.95", "seed": 7, "sandbox": "full", "exercises": exercises });
    mini.write(&format!("{name}/run.json"), &run.to_string());
    let ids: String = records.iter().map(|(id, _)| format!("{id}\n")).collect();
    mini.write(&format!("{name}/submissions.txt"), &ids);
    for (id, record) in records {
        mini.write(&format!("{name}/records/{id}.json"), &record.to_string());
    }
}

fn run(mini: &Mini, arguments: &[&str]) -> (Output, String) {
    let output = mini.command(arguments).output().unwrap();
    let said = stderr(&output);
    (output, said)
}

/// Merges `one` and `two`, which must be refused with these words, and before anything is written.
fn refused(mini: &Mini, words: &str) {
    let (output, said) = run(mini, &["merge", "one", "two", "--out", "all"]);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(words), "{said}");
    assert!(fs::metadata(mini.path("all")).is_err(), "something was written");
}

#[test]
fn a_record_under_anothers_name_is_nobodys_mark() {
    let mini = Mini::built();
    folder(&mini, "one", &[("anna", record("anna", 7, "a"))]);
    folder(&mini, "two", &[("bo", record("bo", 7, "b")), ("cy", record("anna", 7, "a"))]);
    refused(&mini, "two/records/cy.json is the record of anna");
    // Nor in the folder of a run that was not merged.
    mini.write("marks.csv", "submission,exercise,mark\nbo,why,1\n");
    let (output, said) = run(&mini, &["grade", "--marks", "marks.csv", "--out", "two"]);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("two/records/cy.json is the record of anna"), "{said}");
    assert!(fs::metadata(mini.path("two/feedback/cy.html")).is_err(), "{said}");
}

#[test]
fn a_record_of_another_run_is_not_mixed_into_this_one() {
    let mini = Mini::built();
    folder(&mini, "one", &[("anna", record("anna", 7, "a"))]);
    folder(&mini, "two", &[("bo", record("bo", 8, "b"))]);
    refused(&mini, "two/records/bo.json is of another run");
    let mut other = record("bo", 7, "b");
    other["chapter"] = json!("02_other");
    folder(&mini, "two", &[("bo", other)]);
    refused(&mini, "two/records/bo.json is of another run");
}

#[test]
fn a_record_that_is_cut_off_in_a_shard_spoils_no_folder_of_all() {
    let mini = Mini::built();
    folder(&mini, "one", &[("anna", record("anna", 7, "a"))]);
    folder(&mini, "two", &[("bo", record("bo", 7, "b"))]);
    let whole = mini.read("two/records/bo.json");
    mini.write("two/records/bo.json", &whole[..100]);
    refused(&mini, "two/records/bo.json is damaged");
    mini.write("two/records/bo.json", &whole);
    let (output, said) = run(&mini, &["merge", "one", "two", "--out", "all"]);
    assert_eq!(output.status.code(), Some(0), "{said}");
}

/// The sheet of a merged folder, with a mark for the only answer.
fn marked(mini: &Mini) {
    let sheet = mini.read("all/written/answers.csv");
    assert!(sheet.contains(",2,,,v"), "{sheet}");
    mini.write("all/written/answers.csv", &sheet.replace(",2,,,v", ",2,1.5,Good.,v"));
}

#[test]
fn a_mark_waits_for_a_record_that_was_taken_away_and_is_not_given_to_another_answer() {
    let mini = Mini::built();
    folder(&mini, "one", &[("anna", record("anna", 7, "It doubles."))]);
    assert_eq!(run(&mini, &["merge", "one", "--out", "all"]).0.status.code(), Some(0));
    marked(&mini);
    // The record is to be made again, and the sheet keeps its mark meanwhile.
    fs::remove_file(mini.path("all/records/anna.json")).unwrap();
    let (output, said) = run(&mini, &["grade", "--marks", "all/written/answers.csv", "--out", "all"]);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(mini.read("all/written/answers.csv").contains(",1.5,Good.,v"));
    let (output, said) = run(&mini, &["merge", "one", "--out", "all"]);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(mini.read("all/grades.csv").contains("anna,5.5,6,graded,0,4,1.5"));
    // Anna hands in again, and the shard is graded again.
    fs::remove_file(mini.path("all/records/anna.json")).unwrap();
    folder(&mini, "one", &[("anna", record("anna", 7, "Something else."))]);
    let (output, said) = run(&mini, &["merge", "one", "--out", "all"]);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(mini.read("all/grades.csv").contains("anna,4,6,graded,1,4,\n"), "{}", mini.read("all/grades.csv"));
    let sheet = mini.read("all/written/answers.csv");
    assert!(sheet.contains("Something else.") && sheet.contains("for an earlier answer: 1.5 points Good."), "{sheet}");
}

#[test]
fn a_mark_from_before_a_failed_marking_is_not_given_to_another_answer() {
    let mini = Mini::built();
    folder(&mini, "one", &[("anna", record("anna", 7, "It doubles."))]);
    assert_eq!(run(&mini, &["merge", "one", "--out", "all"]).0.status.code(), Some(0));
    marked(&mini);
    let mut failed = record("anna", 7, "");
    (failed["status"], failed["exercises"]) = (json!("infrastructure"), json!([]));
    mini.write("all/records/anna.json", &failed.to_string());
    folder(&mini, "one", &[("anna", record("anna", 7, "Something else."))]);
    let (output, said) = run(&mini, &["merge", "one", "--out", "all"]);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(mini.read("all/grades.csv").contains("anna,4,6,graded,1,4,\n"), "{}", mini.read("all/grades.csv"));
}

#[test]
fn a_sheet_in_which_a_quotation_mark_is_missing_loses_no_marks() {
    let mini = Mini::built();
    folder(&mini, "one", &[("anna", record("anna", 7, "It doubles, \"twice\".")), ("bo", record("bo", 7, "b"))]);
    assert_eq!(run(&mini, &["merge", "one", "--out", "all"]).0.status.code(), Some(0));
    let sheet = mini.read("all/written/answers.csv").replace(",2,,,v", ",2,1.5,,v");
    let broken = sheet.replacen("\"\"twice", "\"twice", 1);
    assert_ne!(sheet, broken);
    mini.write("all/written/answers.csv", &broken);
    let (output, said) = run(&mini, &["merge", "one", "--out", "all"]);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("a quotation mark lacks its other half"), "{said}");
    assert_eq!(mini.read("all/written/answers.csv"), broken, "the teacher's file was changed");
}
