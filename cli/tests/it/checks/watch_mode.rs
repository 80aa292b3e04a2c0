//! `neurobook check --watch`: a save is seen and checked.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::course::{DOUBLE, Work};

#[test]
fn a_save_is_checked_again_and_a_half_written_file_does_no_harm() {
    let work = Work::new().with("double", "fn double(x: f64) -> f64 {\n    x * x\n}");
    work.save();
    let mut command = work.course().command(&["check", "--watch", work.path().to_str().unwrap()]);
    let mut watching = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(watching.stdout.take().unwrap()).lines();
    let mut seen = Vec::new();
    let mut until = |words: &str| {
        for line in &mut lines {
            seen.push(line.unwrap());
            if seen.last().unwrap().contains(words) {
                return;
            }
        }
        panic!("`{words}` is not said in\n{}", seen.join("\n"));
    };
    until("not yet, 0 of 2 cases pass");
    until("Waiting for you to save.");
    std::fs::write(work.path(), "{\"cells\": [").unwrap();
    until("is not JSON");
    let work = work.with("double", DOUBLE);
    work.save();
    until("all 2 public cases pass");
    watching.kill().unwrap();
    watching.wait().unwrap();
}
