//! The first process inside: starts the program, waits for its end or for the end of its time, ends
//! all that is left, and reports. It is out of the program's reach: as the first process of a
//! namespace it cannot be killed from inside, and Landlock keeps its memory closed.

use std::fs;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use rustix::fs::Mode;
use rustix::io::Errno;
use rustix::process::{
    DumpableBehavior, Pid, Signal, WaitId, WaitIdOptions, WaitOptions, kill_process_group, set_child_subreaper,
    set_dumpable_behavior, set_parent_process_death_signal, umask, wait, waitid,
};
use wait4::Wait4;

use super::outcome::Status;
use super::protocol::{Confinement, Outcome, receive, send};
use super::{ITSELF, user};

/// What ends the wait.
enum Event {
    Ended,
    /// The grader has closed its end: it wants no more of this job, or is dead.
    Unwanted,
}

/// Runs the job that the grader sends.
pub fn guard() -> Result<ExitCode> {
    // What the grader inherited from whoever started it must not reach the program.
    close_fds::set_fds_cloexec(3, &[]);
    let control = UnixStream::from(std::io::stdin().as_fd().try_clone_to_owned()?);
    let message = receive(&control)?.context("the grader sent no job")?;
    let input = receive(&control)?.context("the grader sent no input")?;
    let confinement: Confinement = serde_json::from_slice(&message)?;
    match run(&confinement, &message, input, &control) {
        Ok(outcome) => send(&control, &[&serde_json::to_vec(&outcome)?]).map(|()| ExitCode::SUCCESS),
        Err(error) => {
            eprint!("{}{error:#}", confinement.token);
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Under a umask of 077 Cargo makes a program that its maker alone may run, and answers run as somebody else.
fn cannot_start(error: io::Error, as_another_user: bool) -> anyhow::Error {
    // Its path in here is not the one outside.
    let advice = match as_another_user && error.kind() == io::ErrorKind::PermissionDenied {
        true => {
            ": answers run as another user, who may not run it: `chmod a+rx` its file, in a checkout target/debug/neurobook"
        }
        false => "",
    };
    anyhow!(error).context(format!("cannot start neurobook again inside the sandbox{advice}"))
}

fn run(confinement: &Confinement, message: &[u8], input: Vec<u8>, control: &UnixStream) -> Result<Outcome> {
    if let Some((number, group)) = confinement.user {
        user::become_user(number, group)?;
    }
    // After the change of user, which takes both back: this process dies with the one that started
    // it, and may start its own file again.
    set_parent_process_death_signal(Some(Signal::KILL))?;
    set_dumpable_behavior(DumpableBehavior::Dumpable)?;
    // Orphans become this process's children, so that it can wait for their end.
    set_child_subreaper(Some(rustix::process::getpid()))?;
    umask(Mode::WGRP | Mode::WOTH);

    let start = Instant::now();
    let mut child = Command::new(ITSELF)
        .args(["confined", "threshold"])
        .env_clear()
        .stdin(Stdio::piped())
        .process_group(0)
        .spawn()
        .map_err(|error| cannot_start(error, confinement.user.is_some()))?;
    let group = Pid::from_child(&child);
    feed(&mut child, message.to_vec(), input)?;

    let (sender, receiver) = mpsc::channel();
    watch(control.try_clone()?, group, sender);
    let event = wait_for_end(&receiver, group, confinement.limits.wall);
    // The first process is not waited for yet, so its number is still the group's.
    let _ = kill_process_group(group, Signal::KILL);
    let ended = child.wait4()?;
    while !matches!(wait(WaitOptions::empty()), Err(Errno::CHILD)) {}

    let status = ended.status;
    Ok(Outcome {
        status: status
            .code()
            .map(Status::Exited)
            .or(status.signal().map(Status::Signal))
            .ok_or_else(|| anyhow!("the program ended in no known way: {status}"))?,
        late: matches!(event, Err(RecvTimeoutError::Timeout)),
        processor: ended.rusage.utime + ended.rusage.stime,
        wall: start.elapsed(),
    })
}

/// By this much the time may grow on a busy machine.
pub const MOST_TIMES: u32 = 10;

/// Waits as long as the program may take. The time in which it was ready and had no processor is the
/// machine's: without it, what becomes of an endless loop would depend on what else the machine does.
fn wait_for_end(receiver: &Receiver<Event>, program: Pid, wall: Duration) -> Result<Event, RecvTimeoutError> {
    let start = Instant::now();
    let mut allowed = wall;
    loop {
        let event = receiver.recv_timeout(allowed.saturating_sub(start.elapsed()));
        if !matches!(event, Err(RecvTimeoutError::Timeout)) {
            return event;
        }
        allowed = (wall + time_in_queue(program)).min(wall * MOST_TIMES);
        if start.elapsed() >= allowed {
            return event;
        }
    }
}

/// How long a process was ready and had no processor: of its threads, the one that waited longest.
/// None on a system that does not count it.
fn time_in_queue(process: Pid) -> Duration {
    let threads = fs::read_dir(format!("/proc/{}/task", process.as_raw_nonzero()));
    let waited = threads.into_iter().flatten().flatten().filter_map(|thread| {
        // Time with a processor, time without, turns.
        let counted = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        counted.split_whitespace().nth(1)?.parse().ok()
    });
    Duration::from_nanos(waited.max().unwrap_or(0))
}

/// Hands the message and the input on. A program that does not read holds up this thread only.
fn feed(child: &mut Child, message: Vec<u8>, input: Vec<u8>) -> Result<()> {
    let mut stdin = child.stdin.take().context("the program has no standard input")?;
    thread::spawn(move || {
        // A program may end before it has read all.
        let _ = send(&mut stdin, &[&message]).and_then(|()| Ok(stdin.write_all(&input)?));
    });
    Ok(())
}

fn watch(mut control: UnixStream, child: Pid, sender: Sender<Event>) {
    let ended = sender.clone();
    thread::spawn(move || {
        // The zombie stays, and with it the number of its group.
        let only_look = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        while matches!(waitid(WaitId::Pid(child), only_look), Err(Errno::INTR)) {}
        let _ = ended.send(Event::Ended);
    });
    thread::spawn(move || {
        // The grader sends nothing more, so this returns at the end of the connection.
        let _ = control.read(&mut [0]);
        let _ = sender.send(Event::Unwanted);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_only_its_maker_may_run_is_told_with_the_remedy() {
        let denied = |as_another| format!("{:#}", cannot_start(io::ErrorKind::PermissionDenied.into(), as_another));
        assert!(denied(true).contains("`chmod a+rx`"), "{}", denied(true));
        assert!(!denied(false).contains("chmod"), "{}", denied(false));
    }
}
