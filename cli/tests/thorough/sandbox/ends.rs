//! How jobs end: by themselves, at a limit, with their grader, or not at all.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use super::*;

#[test]
fn each_end_of_a_program_has_its_name() {
    for mode in MODES.iter() {
        for (arguments, how, message) in [
            (&["nothing"][..], "exited:0", "ended"),
            (&["exit", "0"], "exited:0", "ended"),
            (&["exit", "7"], "exited:7", "exit status 7"),
            (&["exit", "137"], "exited:137", "exit status 137"),
            (&["panic"], "exited:101", "panicked"),
            (&["abort"], "signal:6", "SIGABRT"),
            (&["segmentation fault"], "signal:11", "SIGSEGV"),
            (&["recursion"], "stack", "too deeply"),
            (&["close outputs"], "exited:0", "ended"),
        ] {
            let ended = attack(mode, arguments);
            assert_eq!(ended.how, how, "{mode} {arguments:?} {}", ended.stderr);
            assert!(ended.message.contains(message), "{}", ended.message);
        }
    }
}

#[test]
fn a_program_that_takes_too_much_is_stopped_at_the_limit_that_is_named() {
    for mode in MODES.iter() {
        for (arguments, how, message) in [
            (&["loop"][..], "processor", "1 s of processor time"),
            (&["loop deaf"], "processor", "1 s of processor time"),
            (&["memory"], "memory", "512 MB of memory"),
            (&["memory at once"], "memory", "512 MB of memory"),
            (&["threads"], "processes", "the limit is 64"),
            (&["stdout"], "output", "8 MB"),
            (&["stderr"], "output", "8 MB"),
        ] {
            let ended = answer(mode, &["--processor", "1", "--wall", "100"], arguments, b"");
            assert_eq!(ended.how, how, "{mode} {arguments:?} {}", ended.message);
            assert!(ended.message.contains(message), "{}", ended.message);
            assert!(ended.stdout.len() + ended.stderr.len() <= 8 << 20);
        }
        let ended = answer(mode, &["--wall", "1"], &["sleep"], b"");
        assert_eq!((ended.how.as_str(), ended.message.contains("1 s")), ("wall", true), "{}", ended.message);
    }
}

/// The processes that have a word among their arguments.
fn running(word: &str) -> Vec<String> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let lines = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
    lines.map(|line| String::from_utf8_lossy(&line).replace('\0', " ")).filter(|line| line.contains(word)).collect()
}

#[test]
fn what_becomes_of_an_endless_loop_does_not_depend_on_how_busy_the_machine_is() {
    let loops = 3 * thread::available_parallelism().unwrap().get();
    for mode in &*MODES {
        thread::scope(|scope| {
            let begin = || scope.spawn(|| answer(mode, &["--processor", "1", "--wall", "6"], &["loop"], b""));
            let all: Vec<_> = (0..loops).map(|_| begin()).collect();
            for one in all {
                let ended = one.join().unwrap();
                assert_eq!(ended.how, "processor", "{mode}: {}", ended.message);
            }
        });
    }
}

#[test]
fn nothing_outlives_a_job() {
    for mode in MODES.iter() {
        let word = format!("outlives-{mode}-{}", std::process::id());
        let output = open_folder();
        let ended = compiler(mode, output.path(), &["outlive", &word]);
        assert_eq!((ended.how.as_str(), ended.stdout.as_str()), ("exited:0", "true\n"), "{}", ended.stderr);
        assert_eq!(running(&word), [""; 0]);
        let options = ["--wall", "2", "--compiler", output.path().to_str().unwrap()];
        let ended = answer(mode, &options, &["spawn bomb", &word], b"");
        assert!(["processor", "wall"].contains(&ended.how.as_str()), "{}", ended.message);
        assert_eq!(running(&word), [""; 0]);
    }
}

#[test]
fn a_job_ends_when_its_grader_is_killed() {
    for mode in MODES.iter() {
        let word = format!("orphan-{mode}-{}", std::process::id());
        let mut grader: Child = sandbox(mode, &["--wall", "300"], &["sleep", &word]).spawn().unwrap();
        let since = Instant::now();
        let wait_until = |there: bool| {
            // The grader's own arguments have the word too, until it is gone.
            while running(&word).iter().any(|line| !line.contains("--json")) != there {
                assert!(since.elapsed() < Duration::from_secs(60), "{mode}: {:?}", running(&word));
                thread::sleep(Duration::from_millis(20));
            }
        };
        wait_until(true);
        grader.kill().unwrap();
        grader.wait().unwrap();
        wait_until(false);
    }
}

#[test]
fn jobs_at_the_same_time_do_not_share_their_limits() {
    for mode in MODES.iter() {
        thread::scope(|scope| {
            let bomb = scope.spawn(|| answer(mode, &["--wall", "100"], &["threads"], b""));
            let honest: Vec<_> = (0..8).map(|_| scope.spawn(|| attack(mode, &["compute"]))).collect();
            for run in honest {
                assert_eq!(run.join().unwrap().stdout, "10\n");
            }
            assert_eq!(bomb.join().unwrap().how, "processes");
        });
    }
}

#[test]
fn a_fault_of_the_grader_is_an_error_that_names_the_path() {
    for mode in MODES.iter() {
        let output = sandbox(mode, &["--readable", "/no/such/file"], &["nothing"]).output().unwrap();
        assert!(!output.status.success() && stderr(&output).contains("/no/such/file"), "{}", stderr(&output));
        let folder = open_folder();
        let text = folder.path().join("text");
        fs::write(&text, "no program").unwrap();
        for mode_bits in [0o644, 0o755] {
            fs::set_permissions(&text, fs::Permissions::from_mode(mode_bits)).unwrap();
            let output = neurobook().args(["sandbox", "--json", "--sandbox", mode]).arg(&text).output().unwrap();
            assert!(!output.status.success() && stderr(&output).contains("text"), "{}", stderr(&output));
        }
    }
}

#[test]
fn without_bubblewrap_the_full_sandbox_is_an_error_that_says_what_to_install() {
    let empty = open_folder();
    let output = neurobook().args(["sandbox"]).env("PATH", empty.path()).output().unwrap();
    assert!(!output.status.success());
    assert!(stderr(&output).contains("apt install bubblewrap"), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
}
