//! The runner, as the supervisor has it.

use std::io::{self, PipeReader, PipeWriter, pipe};
use std::sync::Arc;

use rustix::io::{Errno, ioctl_fionbio};
use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, kill_process, test_kill_process, wait};
use rustix::stdio::{dup2_stderr, dup2_stdin, dup2_stdout};

use super::input::Input;
use super::runner::{self, Pipes};
use super::{crash, family};

pub struct RunnerProcess {
    pub process: Pid,
    pub commands: PipeWriter,
    pub wake: PipeWriter,
    pub reports: PipeReader,
    pub output: PipeReader,
    pub errors: PipeReader,
    pub input: Input,
}

/// Starts the runner, as a copy of this process.
///
/// # Safety
///
/// This process must have one thread.
pub unsafe fn start() -> io::Result<RunnerProcess> {
    family::adopt_orphans();
    let (their_commands, commands) = pipe()?;
    let (their_wake, wake) = pipe()?;
    let (reports, their_reports) = pipe()?;
    let (output, their_output) = pipe()?;
    let (errors, their_errors) = pipe()?;
    let (input, their_input) = Input::new()?;
    // SAFETY: there is one thread, by this function's own contract.
    let process = match unsafe { libc::fork() } {
        -1 => return Err(io::Error::last_os_error()),
        0 => {
            drop((commands, wake, reports, output, errors, input));
            dup2_stdin(&their_input)?;
            dup2_stdout(&their_output)?;
            dup2_stderr(&their_errors)?;
            drop((their_input, their_output, their_errors));
            family::end_with_parent();
            family::be_first_to_go();
            // The supervisor decides what an interrupt means, also where the terminal sends it to all of us.
            signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::default())?;
            crash::install(&their_reports)?;
            runner::run(Pipes { commands: their_commands, wake: their_wake, reports: their_reports })
        }
        process => Pid::from_raw(process).ok_or_else(io::Error::last_os_error)?,
    };
    for pipe in [&output, &errors, &reports] {
        ioctl_fionbio(pipe, true)?;
    }
    Ok(RunnerProcess { process, commands, wake, reports, output, errors, input })
}

impl RunnerProcess {
    /// How it ended, if it has; `Some(None)` if the system does not say how.
    pub fn ended(&self) -> Option<Option<WaitStatus>> {
        let mut ended = None;
        loop {
            match wait(WaitOptions::NOHANG) {
                Ok(Some((process, status))) if process == self.process => ended = Some(Some(status)),
                // A process that a cell has started, or a former copy.
                Ok(Some(_)) => {}
                Err(Errno::INTR) => {}
                Ok(None) | Err(_) => break,
            }
        }
        // Where orphans are not adopted, a woken copy is nobody's child.
        let is_gone = || test_kill_process(self.process) == Err(Errno::SRCH);
        ended.or_else(|| is_gone().then_some(None))
    }

    pub fn kill(&self) {
        // It may have ended meanwhile.
        let _ = kill_process(self.process, Signal::KILL);
    }

    /// Ends what the cells have started, once the runner has ended. The copy, which is an orphan like those, stays.
    pub fn kill_orphans(&self, copy: Option<Pid>) {
        let this = rustix::process::getpid();
        for orphan in family::descendants(this, |process| Some(process) != copy) {
            let _ = kill_process(orphan, Signal::KILL);
        }
    }
}
