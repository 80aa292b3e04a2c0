//! The process that evcxr starts for the cells, spoken to as evcxr does: whatever ends a cell, the variables stay.
#![cfg(any(target_os = "linux", target_os = "macos"))]

mod session;

use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, test_kill_process};
use serde_json::Value;

use session::{CellResult, Session};

/// How often each way of ending a cell is tried.
const TIMES: usize = 30;
const ON_STDERR: &str = "\u{1b}_neurobook stderr\u{1b}\\";
const PANICKED: &str = "\u{1b}_neurobook panicked\u{1b}\\";
const UNFINISHED: &str = "\u{1b}_neurobook unfinished\u{1b}\\";

fn ending(ran: &CellResult) -> &Value {
    let ended = ran.ended.as_ref().unwrap();
    assert_eq!(ended["kept"], true, "{ended}");
    &ended["ending"]
}

/// A cell fails many times, between others that change the variable.
fn fails_often(cell: &str, expected: &[&str]) {
    let mut session = Session::start();
    for number in 1..=TIMES {
        assert!(session.run("increase").completed);
        let ran = session.fails(cell, number);
        let ending = ending(&ran).to_string();
        assert!(expected.iter().any(|expected| ending.contains(expected)), "{cell}: {ending}");
    }
}

#[test]
fn a_cell_that_exits_keeps_the_variables() {
    fails_often("exit_3", &[r#"{"exited":{"code":3}}"#]);
}

#[test]
fn a_cell_that_aborts_keeps_the_variables() {
    fails_often("abort", &["aborted"]);
}

#[test]
fn a_cell_that_overflows_the_stack_keeps_the_variables() {
    fails_often("overflow", &["stack_overflow"]);
    fails_often("overflow_in_thread", &["stack_overflow"]);
}

#[test]
fn a_cell_that_asks_for_40_gb_keeps_the_variables() {
    fails_often("allocate_40_gb", &["out_of_memory", "memory_limit"]);
}

#[test]
fn an_endless_loop_is_interrupted_and_keeps_the_variables() {
    fails_often("endless", &["interrupted"]);
}

#[test]
fn endless_printing_is_interrupted_and_keeps_the_variables() {
    fails_often("endless_printing", &["interrupted"]);
}

#[test]
fn a_cell_that_uses_too_much_memory_is_ended_and_keeps_the_variables() {
    let mut session = Session::with(|command| {
        command.env("NEUROBOOK_MEMORY_GB", "0.2");
    });
    session.run("increase");
    for _ in 0..3 {
        let ran = session.fails("grow", 1);
        assert_eq!(ending(&ran).to_string(), r#"{"memory_limit":{"bytes":200000000}}"#);
    }
}

#[test]
fn a_wild_pointer_is_told_from_a_full_stack() {
    let mut session = Session::start();
    assert_eq!(ending(&session.fails("invalid_memory", 0)), "invalid_memory");
}

#[test]
fn a_cell_that_cannot_be_loaded_keeps_the_variables() {
    let mut session = Session::start();
    assert!(session.run("increase").completed);
    assert_eq!(ending(&session.fails("there_is_no_such_cell", 1)), "not_loaded");
}

#[test]
fn an_interrupt_between_two_cells_changes_nothing() {
    let mut session = Session::start();
    assert!(session.run("increase").completed);
    for _ in 0..TIMES {
        session.interrupt();
        assert_eq!(session.run("show").lines, ["number 1"]);
    }
}

#[test]
fn interrupts_at_any_moment_lose_no_variable() {
    let mut session = Session::start();
    session.run("increase");
    for turn in 0..200 {
        session.begin("show");
        thread::sleep(Duration::from_micros(turn * 20));
        session.interrupt();
        let ran = session.finish();
        assert!(ran.completed || ending(&ran) == "interrupted", "turn {turn}: {ran:?}");
        // The interrupt may still be on its way.
        thread::sleep(Duration::from_millis(1));
        assert_eq!(session.run("show").lines, ["number 1"], "turn {turn}");
    }
}

#[test]
fn what_a_stopped_cell_has_started_ends_with_it() {
    let mut session = Session::start();
    session.begin("wait_for_a_program");
    thread::sleep(Duration::from_millis(300));
    session.interrupt();
    let ran = session.finish();
    let program = ran.lines[0].strip_prefix("program ").unwrap().parse().unwrap();
    assert!(cfg!(not(target_os = "linux")) || gone(Pid::from_raw(program).unwrap()));
}

/// Whether a process ends within seconds.
fn gone(process: Pid) -> bool {
    let begin = Instant::now();
    while test_kill_process(process).is_ok() {
        if begin.elapsed() > Duration::from_secs(5) {
            return false;
        }
        thread::sleep(Duration::from_millis(10));
    }
    true
}

#[test]
fn threads_that_an_earlier_cell_left_running_are_said_to_be_gone() {
    let mut session = Session::start();
    assert_eq!(session.fails("exit_3", 0).ended.unwrap()["threads"], false);
    assert!(session.run("leave_a_thread").completed);
    assert_eq!(session.fails("exit_3", 0).ended.unwrap()["threads"], true);
    assert_eq!(session.fails("exit_3", 0).ended.unwrap()["threads"], false);
}

#[test]
fn a_process_that_ends_between_two_cells_says_so_before_the_next() {
    let mut session = Session::start();
    assert!(session.run("end_later").completed);
    let ended = session.finish().ended.unwrap();
    assert_eq!(ended["ending"]["exited"]["code"], 7);
    assert_eq!((&ended["kept"], &ended["between_cells"]), (&false.into(), &true.into()));
}

#[test]
fn bytes_that_are_no_text_shift_no_later_cell() {
    let mut session = Session::start();
    let ran = session.run("no_text");
    assert_eq!(ran.lines, ["a\u{fffd}b", &format!("{ON_STDERR}\u{fffd}")]);
    assert_eq!(session.run("show").lines, ["number 0"]);
}

#[test]
fn text_without_a_line_end_hides_no_panic_and_all_is_as_before_it() {
    let mut session = Session::start();
    let ran = session.fails("no_line_end_and_panic", 0);
    assert_eq!(ending(&ran), "gave_up");
    assert!(ran.lines.contains(&"EVCXR_PANIC_NOTIFICATION".to_owned()), "{ran:?}");
    assert!(ran.lines.contains(&format!("step 3 {UNFINISHED}")), "{ran:?}");
}

#[test]
fn both_streams_are_there_when_the_cell_has_ended() {
    let mut session = Session::start();
    for _ in 0..TIMES {
        let (errors, printed): (Vec<String>, Vec<String>) =
            session.run("both_streams").lines.into_iter().partition(|line| line.starts_with(ON_STDERR));
        assert_eq!(errors, (0..20).map(|turn| format!("{ON_STDERR}error {turn}")).collect::<Vec<_>>());
        assert_eq!(printed, (0..20).map(|turn| format!("out {turn}")).collect::<Vec<_>>());
    }
}

#[test]
fn a_cell_can_neither_swallow_its_end_nor_pretend_it() {
    let mut session = Session::start();
    let ran = session.run("stay_in_content");
    assert_eq!(ran.lines, ["EVCXR_BEGIN_CONTENT text/html", "<b>", "EVCXR_END_CONTENT"]);
    let ran = session.run("pretend_to_end");
    assert_eq!(ran.lines.last().unwrap(), "more");
    assert_eq!(session.run("show").lines, ["number 0"]);
}

#[test]
fn a_cell_that_reads_is_at_the_end_of_its_input_and_told_why() {
    let mut session = Session::start();
    for _ in 0..3 {
        let ran = session.run("read");
        assert!(ran.completed);
        assert!(ran.lines.contains(&"read 0 bytes".to_owned()), "{ran:?}");
        assert!(ran.lines.iter().any(|line| line.contains("cannot read from the keyboard")), "{ran:?}");
        assert_eq!(session.run("show").lines, ["number 0"]);
    }
}

#[test]
fn what_is_done_at_a_panic_is_done_after_an_interrupt_too() {
    let mut session = Session::start();
    assert!(session.run("set_panic_hook").completed);
    session.fails("endless", 0);
    assert_eq!(session.run("panic").lines, ["a friendly word", "EVCXR_PANIC_NOTIFICATION", PANICKED]);
}

#[test]
fn nothing_is_left_when_the_supervisor_is_killed() {
    let session = {
        let mut session = Session::start();
        session.run("increase");
        session.begin("endless");
        thread::sleep(Duration::from_millis(200));
        session
    };
    let family = family_of(session.supervisor());
    assert!(cfg!(not(target_os = "linux")) || family.len() == 2, "{family:?}");
    drop(session);
    assert!(family.into_iter().all(gone));
}

/// The processes below one.
fn family_of(process: Pid) -> Vec<Pid> {
    let tasks = format!("/proc/{0}/task/{0}/children", process.as_raw_nonzero());
    let children = std::fs::read_to_string(tasks).unwrap_or_default();
    let children = children.split_whitespace().filter_map(|child| Pid::from_raw(child.parse().ok()?));
    children.flat_map(|child| family_of(child).into_iter().chain([child])).collect()
}
