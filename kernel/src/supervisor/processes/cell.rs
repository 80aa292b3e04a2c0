//! A cell that runs, as the supervisor has it.

use rustix::process::{Pid, WaitStatus};

use super::super::Ending;
use super::memory::Limit;
use super::report::Report;

/// The copy that a cell has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    /// The runner makes it.
    Awaited,
    Sleeps(Pid),
    None,
}

#[derive(Debug)]
pub struct Cell {
    pub copy: Copy,
    pub limit: Limit,
    /// Whether other threads ran when it began.
    pub threads: bool,
    /// Why the runner is to be killed, or was.
    pub killed_for: Option<Ending>,
    /// What the runner has said of its own end.
    found: Option<Ending>,
    /// Whether it has read standard input.
    pub has_read: bool,
    /// Whether Rust's runtime has said that it gets no memory. It then aborts the process, and says it in no other way.
    pub was_refused_memory: bool,
}

impl Cell {
    pub fn new(limit: Limit) -> Self {
        Self {
            copy: Copy::Awaited,
            limit,
            threads: false,
            killed_for: None,
            found: None,
            has_read: false,
            was_refused_memory: false,
        }
    }

    /// Takes note of what the runner says while it runs this cell.
    pub fn hear(&mut self, report: Report) {
        match report {
            Report::Copied { copy } => self.copy = Pid::from_raw(copy).map_or(Copy::None, Copy::Sleeps),
            Report::NotCopied => self.copy = Copy::None,
            Report::Threads => self.threads = true,
            Report::NotLoaded => self.found = Some(Ending::NotLoaded),
            Report::StackOverflow => self.found = Some(Ending::StackOverflow),
            Report::InvalidMemory => self.found = Some(Ending::InvalidMemory),
            Report::Done | Report::Woken { .. } => {}
        }
    }

    /// The copy to wake if the runner has ended.
    pub fn sleeping(&self) -> Option<Pid> {
        match self.copy {
            Copy::Sleeps(copy) => Some(copy),
            Copy::Awaited | Copy::None => None,
        }
    }

    /// Why the runner has ended.
    pub fn ending(&self, status: Option<WaitStatus>) -> Ending {
        match self.killed_for.or(self.found).unwrap_or_else(|| ending(status)) {
            Ending::Aborted if self.was_refused_memory => Ending::OutOfMemory,
            ending => ending,
        }
    }
}

/// What the system says of a process's end.
pub fn ending(status: Option<WaitStatus>) -> Ending {
    let Some(status) = status else { return Ending::Unknown };
    if let Some(code) = status.exit_status() {
        return Ending::Exited { code };
    }
    match status.terminating_signal() {
        Some(libc::SIGABRT) => Ending::Aborted,
        // The handler has not run: a thread's stack was full, and it had none for handlers.
        Some(libc::SIGSEGV | libc::SIGBUS) => Ending::StackOverflow,
        Some(libc::SIGKILL) => Ending::Killed,
        Some(number) => Ending::Signal { number },
        None => Ending::Unknown,
    }
}
