//! What a kernel needs, made by a process of its own, which tells how far it is, line by line.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::compiled_program::CompiledProgram;
use super::prepare::prepare_kernel;
use super::progress::{self, Estimate};
use super::session::Sessions;
use crate::support::program_copy;

/// How often it tells.
const EVERY: Duration = Duration::from_secs(1);

/// What is compiled before a kernel can start: the names of the progress files.
const PARTS: [&str; 2] = ["kernel", "crates"];

/// A line of the preparing process.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// The part that is done, from 0 to 1.
    pub fraction: f64,
    /// The time that is left, where there is something to go by.
    pub seconds_left: Option<f64>,
}

impl Told {
    /// The time that is left, as one says it.
    pub fn left(&self) -> Option<Duration> {
        self.seconds_left.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
    }
}

/// A process that prepares.
pub struct Preparation {
    process: Child,
    errors: Option<ChildStderr>,
}

impl Preparation {
    /// Starts one. `adopt` has it end with whoever starts it.
    pub fn start(adopt: impl FnOnce(&mut Command)) -> Result<Preparation> {
        let mut command = Command::new(program_copy::running()?);
        command.arg("prepare").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        adopt(&mut command);
        let mut process = command.spawn().context("cannot start the preparation")?;
        let errors = process.stderr.take();
        Ok(Preparation { process, errors })
    }

    /// Follows it to its end.
    pub fn follow(mut self, mut told: impl FnMut(Told)) -> Result<()> {
        let errors = self.errors.take().map(|stderr| thread::spawn(move || text(stderr)));
        let lines = self.process.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).lines());
        for line in lines.map_while(Result::ok) {
            // What is no such line was printed by something that it started.
            let _ = serde_json::from_str(&line).map(&mut told);
        }
        let said = errors.and_then(|thread| thread.join().ok()).unwrap_or_default();
        if self.process.wait()?.success() {
            return Ok(());
        }
        bail!("{}", reason(&said))
    }
}

fn text(mut pipe: impl Read) -> String {
    let mut bytes = Vec::new();
    // What was read until an error is all that there is.
    let _ = pipe.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The error in what a preparing process said: the steps that went well are said before it.
fn reason(said: &str) -> &str {
    let reason = said.split_once("error: ").map_or(said, |(_, reason)| reason).trim();
    if reason.is_empty() { "The preparation was ended by something else. Run the command again." } else { reason }
}

/// The preparing process's work.
pub fn prepare() -> Result<CompiledProgram> {
    let sessions = Sessions::find()?;
    let (finished, waiting) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let sessions = &sessions;
        scope.spawn(move || tell(sessions, &waiting));
        let prepared = prepare_kernel(sessions);
        drop(finished);
        prepared
    })
}

fn tell(sessions: &Sessions, waiting: &mpsc::Receiver<()>) {
    let mut estimate = Estimate::begin();
    while waiting.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
        let parts = PARTS.iter().filter_map(|part| progress::read(sessions.progress_folder(), part));
        let (done, total) = parts.fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        if total == 0 {
            continue;
        }
        let seconds_left = estimate.left(done, total).map(|left| left.as_secs_f64());
        let told = Told { fraction: done as f64 / total as f64, seconds_left };
        // Where nobody reads it any more, this process is about to be ended.
        let _ = serde_json::to_string(&told).map(|line| writeln!(std::io::stdout(), "{line}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_a_failed_preparation_said_the_error_is_kept() {
        let said =
            "Compiling the kernel (about two minutes, once)\n  syn is compiled\nerror: no space\nCargo said so\n";
        assert_eq!(reason(said), "no space\nCargo said so");
        assert!(reason("").ends_with("Run the command again."));
    }
}
