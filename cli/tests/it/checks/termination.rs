//! Functions that end their process, or do not end: the exercise is told why, and the others are judged.

use super::course::{SUM, Work, about};
use crate::snapshot;

/// What is said of a `double` with this body; the other exercise is right.
fn doubled(body: &str) -> String {
    doubled_within(20.0, body)
}

/// The same, where it may run for this many seconds.
fn doubled_within(seconds: f64, body: &str) -> String {
    let text = format!("fn double(x: f64) -> f64 {{\n    {body}\n}}");
    let (said, right) = Work::new().with("double", &text).with("running_sum", SUM).check_within(seconds);
    assert!(!right, "{said}");
    assert!(about(&said, "Exercise 2").contains("all 2 cases pass"), "{said}");
    about(&said, "Exercise 1").to_owned()
}

/// Whether all is right where `double` has this body.
fn is_right(body: &str) -> bool {
    let text = format!("fn double(x: f64) -> f64 {{\n    {body}\n}}");
    Work::new().with("double", &text).with("running_sum", SUM).check_within(20.0).1
}

#[test]
fn an_endless_loop_is_stopped_and_named() {
    let told = doubled_within(2.0, "loop {\n        std::hint::black_box(x);\n    }");
    snapshot::same("check_an_endless_loop", &told);
}

#[test]
fn a_function_that_calls_itself_without_end_is_named() {
    let told = doubled("double(x) + double(-x)");
    snapshot::same("check_a_function_that_calls_itself", &told);
}

#[test]
fn a_function_that_ends_the_program_has_no_right_case() {
    for status in [0, 3] {
        let told = doubled(&format!("std::process::exit({status})"));
        snapshot::same(&format!("check_a_program_that_exits_with_{status}"), &told);
    }
}

#[test]
fn a_case_that_ends_the_program_leaves_the_other_cases() {
    let told = doubled("if x == 3.0 {\n        std::process::exit(0)\n    }\n    x + x");
    snapshot::same("check_a_case_that_exits", &told);
}

#[test]
fn a_panic_is_told_in_plain_words_and_in_rusts() {
    let told = doubled("[x][x as usize]");
    snapshot::same("check_a_panic", &told);
}

#[test]
fn a_function_that_reads_the_keyboard_finds_its_end_and_is_judged() {
    let body = "let mut line = String::new();\n    let read = std::io::stdin().read_line(&mut line).unwrap();\n    x + x + read as f64";
    assert!(is_right(body));
    let lines = "let lines = std::io::stdin().lock().lines().count();\n    x + x + lines as f64";
    assert!(is_right(&format!("use std::io::BufRead;\n    {lines}")));
}

#[cfg(unix)]
#[test]
fn what_a_function_has_started_ends_with_it_and_holds_nothing_up() {
    let start = std::time::Instant::now();
    assert!(is_right("let _ = std::process::Command::new(\"sleep\").arg(\"600\").spawn();\n    x + x"));
    assert!(start.elapsed() < std::time::Duration::from_secs(500), "the check waited for it");
}

/// Whether a process with this word on its command line runs.
#[cfg(target_os = "linux")]
fn runs(word: &str) -> bool {
    let lines =
        std::fs::read_dir("/proc").unwrap().filter_map(|entry| std::fs::read(entry.ok()?.path().join("cmdline")).ok());
    lines.map(|line| String::from_utf8_lossy(&line).into_owned()).any(|line| line.split('\0').any(|part| part == word))
}

#[cfg(target_os = "linux")]
#[test]
fn a_check_that_is_interrupted_ends_the_answer_and_what_it_has_started() {
    use std::process::Stdio;

    use rustix::process::{Pid, Signal, kill_process};
    use std::os::unix::process::ExitStatusExt;

    for signal in [Signal::INT, Signal::TERM] {
        let word = format!("{}.{}", 7_391 + signal.as_raw(), std::process::id());
        let started = format!("std::process::Command::new(\"sleep\").arg(\"{word}\").spawn().unwrap();");
        let work = Work::new().with(
            "double",
            &format!(
                "fn double(x: f64) -> f64 {{\n    {started}\n    loop {{\n        std::hint::black_box(x);\n    }}\n}}"
            ),
        );
        work.save();
        let mut check = work.command(&["check", work.path().to_str().unwrap(), "--timeout", "600"]);
        let mut check = check.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while !runs(&word) {
            assert!(check.try_wait().unwrap().is_none(), "the check ended before the answer ran");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        kill_process(Pid::from_child(&check), signal).unwrap();
        assert_eq!(check.wait().unwrap().signal(), Some(signal.as_raw()));
        // A killed process is named for the moment until it is gone.
        let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
        while runs(&word) {
            assert!(std::time::Instant::now() < end, "what the answer has started goes on");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
}
