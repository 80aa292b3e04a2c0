//! A submission that takes too much to be read, and a process that reads one and is ended from outside: what it costs, and
//! whom.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::mutants::notebook;
use crate::program::neurobook;
use crate::sandboxes::GRADING;

const CHAPTER: &str = "01_connectivity";
/// More than the process that reads may take, and less than a notebook may have.
const PIECES: usize = 17;
const PIECE: usize = 3_800_000;

/// The chapter's solution with this cell behind it.
fn solution_and(cell: &Value) -> Value {
    let mut notebook = notebook("solution", CHAPTER);
    notebook["cells"].as_array_mut().unwrap().push(cell.clone());
    notebook
}

/// Megabytes of prose, and a number as Python writes it and JSON has not: the notebook is mended and joined in memory.
fn takes_much_memory() -> String {
    let prose = json!({"cell_type": "markdown", "metadata": {}, "source": vec!["x".repeat(PIECE); PIECES]});
    let text = solution_and(&prose).to_string();
    format!("{},\"x\":NaN}}", text.strip_suffix('}').unwrap())
}

/// Reading it takes long enough to be met.
fn has_much_output() -> String {
    let output = json!({"name": "stdout", "output_type": "stream", "text": "x".repeat(60_000_000)});
    let cell =
        json!({"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [output], "source": "1"});
    solution_and(&cell).to_string()
}

/// A class whose marks are in `out`.
struct Class(TempDir);

impl Class {
    fn of(submissions: &[(&str, String)]) -> Class {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("class")).unwrap();
        for (name, text) in submissions {
            fs::write(folder.path().join(format!("class/{name}.ipynb")), text).unwrap();
        }
        Class(folder)
    }

    /// Grades the class while something happens; gives the exit status and the records.
    fn graded(&self, meanwhile: impl FnOnce(&mut Child)) -> (Option<i32>, BTreeMap<String, Value>) {
        let out = self.0.path().join("out");
        let mut grader = neurobook()
            .args(["grade", "--seed", "5", "--jobs", "1", "--sandbox", GRADING.unwrap_or("full"), "--out"])
            .args([&out, &self.0.path().join("class")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        meanwhile(&mut grader);
        let status = grader.wait().unwrap().code();
        let record = |path: &Path| -> Value { serde_json::from_slice(&fs::read(path).unwrap()).unwrap() };
        let paths = fs::read_dir(out.join("records")).unwrap().map(|entry| entry.unwrap().path());
        (status, paths.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), record(&path))).collect())
    }
}

/// The points of the exercises that the grader marks.
fn points(record: &Value) -> (f64, f64) {
    let exercises = record["exercises"].as_array().unwrap().iter().filter(|exercise| exercise["kind"] == "function");
    let sum = |key: &str| exercises.clone().map(|exercise| exercise[key].as_f64().unwrap()).sum();
    (sum("score"), sum("points"))
}

/// The most memory that a process has taken, in megabytes, once it has ended.
fn peak(process: &mut Child) -> u64 {
    let status = format!("/proc/{}/status", process.id());
    let mut peak = 0;
    while process.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        peak = line.trim().trim_end_matches(" kB").trim().parse().unwrap_or(peak);
        thread::sleep(Duration::from_millis(2));
    }
    peak / 1024
}

/// Ends the first process below this one that reads a submission; says whether there was one.
fn end_the_reader(grader: &mut Child) -> bool {
    while grader.try_wait().unwrap().is_none() {
        if let Some(reader) = readers().into_iter().find(|reader| is_below(*reader, grader.id())) {
            return Command::new("kill").args(["-KILL", &reader.to_string()]).status().unwrap().success();
        }
        thread::sleep(Duration::from_millis(1));
    }
    false
}

/// All processes that read a submission.
fn readers() -> Vec<u32> {
    let numbers = fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let reads = |number: &u32| {
        let line = fs::read(format!("/proc/{number}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains("\0read-submission\0")
    };
    numbers.filter(reads).collect()
}

fn is_below(mut process: u32, ancestor: u32) -> bool {
    while process > 1 && process != ancestor {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        let parent = stat.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(1)?.parse().ok());
        process = parent.unwrap_or(0);
    }
    process == ancestor
}

#[test]
fn what_takes_too_much_to_read_is_told_the_limit_and_costs_nobody_else() {
    if GRADING.is_none() {
        return;
    }
    let honest = notebook("solution", CHAPTER).to_string();
    let class = Class::of(&[("anna", takes_much_memory()), ("bo", honest)]);
    let mut most = 0;
    let (status, records) = class.graded(|grader| most = peak(grader));
    assert_eq!(status, Some(0));
    assert!(most < 300, "the grader itself took {most} MB");

    let (anna, bo) = (&records["anna"], &records["bo"]);
    let told =
        "It takes more than 300 MB of memory to take this notebook apart, the limit: take out what is not an answer.";
    assert_eq!((&anna["status"], &anna["message"]), (&json!("graded"), &json!(told)));
    assert_eq!(points(anna).0, 0.0);
    for exercise in anna["exercises"].as_array().unwrap() {
        match exercise["kind"] == "function" {
            true => assert_eq!((&exercise["status"], &exercise["message"]), (&json!("memory"), &json!(told))),
            // Nobody has read it yet, so it is not worth 0.
            false => assert_eq!(exercise["score"], Value::Null),
        }
    }
    assert!(points(bo).0 > 0.0 && points(bo).0 == points(bo).1, "{bo}");
    assert_eq!(bo["message"], Value::Null);
}

#[test]
fn a_reader_that_is_killed_is_no_learners_fault_and_the_next_run_marks_again() {
    if GRADING.is_none() {
        return;
    }
    let class = Class::of(&[("anna", has_much_output())]);
    let (status, records) = class.graded(|grader| assert!(end_the_reader(grader), "there was no reader to end"));
    assert_eq!((status, &records["anna"]["status"]), (Some(3), &json!("infrastructure")), "{}", records["anna"]);
    assert_eq!(records["anna"]["exercises"], json!([]), "no mark");

    let (status, records) = class.graded(|_| ());
    assert_eq!((status, &records["anna"]["status"]), (Some(0), &json!("graded")));
    assert_eq!(points(&records["anna"]).0, points(&records["anna"]).1);
}
