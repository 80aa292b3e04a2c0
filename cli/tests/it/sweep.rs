use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::mini::Mini;

/// A service manager tells all processes of a learner's server at once that they are to end.
#[test]
fn what_killed_kernels_have_left_goes_though_the_sweeper_is_told_to_end() {
    let mini = Mini::built();
    // A path without blanks, in which sessions are made where they are asked for.
    let cache = tempfile::tempdir().unwrap();
    let sweep = || mini.command(&["kernel-sweep"]).env("NEUROBOOK_CACHE", cache.path()).spawn().unwrap();
    assert!(sweep().wait().unwrap().success());
    let sessions =
        fs::read_dir(cache.path().join("courses")).unwrap().map(|course| course.unwrap().path().join("sessions"));
    let left: Vec<PathBuf> =
        sessions.filter(|sessions| sessions.is_dir()).map(|sessions| sessions.join("kernel-left")).collect();
    for folder in &left {
        fs::create_dir(folder).unwrap();
        fs::write(folder.join("owner"), "locked\n\n").unwrap();
    }
    assert!(!left.is_empty());

    let mut sweeper = sweep();
    while !outlasts_terminate(sweeper.id()) {
        assert!(sweeper.try_wait().unwrap().is_none(), "it never set itself up for that");
        thread::sleep(Duration::from_millis(5));
    }
    while left.iter().any(|folder| folder.is_dir()) && sweeper.try_wait().unwrap().is_none() {
        kill_process(Pid::from_child(&sweeper), Signal::TERM).unwrap();
        thread::sleep(Duration::from_millis(20));
    }
    assert!(sweeper.wait().unwrap().success());
    assert!(left.iter().all(|folder| !folder.exists()), "{left:?}");
}

/// Whether a process has a handler for the signal.
fn outlasts_terminate(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap_or_default();
    let caught = u64::from_str_radix(caught.trim(), 16).unwrap_or(0);
    caught & (1 << (Signal::TERM.as_raw() - 1)) != 0
}
