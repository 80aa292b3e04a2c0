//! How a run ended, in words for the one who reads the mark.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Limits;

/// What is left of a run.
#[derive(Debug, Clone)]
pub struct Ended {
    pub how: How,
    /// At most the limit of bytes, with standard error.
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    pub processor: Duration,
    pub wall: Duration,
}

/// How a program ended. Its `Display` completes the sentence "the program …".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// By itself, with this status.
    Exited(i32),
    /// By this signal.
    Signal(i32),
    /// It used more than it may.
    Limit(Exceeded),
    /// It tried what no honest program does, such as to mount a file system.
    Forbidden,
}

/// A limit that was exceeded, with its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Exceeded {
    Processor(Duration),
    Wall(Duration),
    Memory(u64),
    Output(u64),
    File(u64),
    Processes(u64),
    Stack(u64),
}

/// How a process ended, as the system tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    Exited(i32),
    Signal(i32),
}

/// The stack of a program's first thread: Linux' own default, so that a recursion ends at the depth
/// at which it ends on the learner's machine.
pub const STACK: u64 = 8 << 20;

// The numbers are the same on every Linux that Rust knows, but for two rare ones.
const SIGHUP: i32 = 1;
const SIGINT: i32 = 2;
const SIGQUIT: i32 = 3;
const SIGABRT: i32 = 6;
const SIGBUS: i32 = 7;
const SIGKILL: i32 = 9;
const SIGUSR1: i32 = 10;
const SIGUSR2: i32 = 12;
const SIGALRM: i32 = 14;
const SIGTERM: i32 = 15;
const SIGPWR: i32 = 30;
const SIGXCPU: i32 = 24;
const SIGXFSZ: i32 = 25;
const SIGSYS: i32 = 31;

impl How {
    /// Whether the program was ended by somebody else: by the system, whose memory or disk is full, by an administrator, or
    /// at the end of a session. The limits send none of these signals but SIGKILL, and that one is told by the time that
    /// was used; an answer cannot send any (`seccomp`).
    pub fn is_from_outside(self) -> bool {
        matches!(
            self,
            How::Signal(SIGHUP | SIGINT | SIGQUIT | SIGBUS | SIGKILL | SIGUSR1 | SIGUSR2 | SIGALRM | SIGTERM | SIGPWR)
        )
    }

    /// Whether it read or wrote memory behind the end of the file that it stands for: a linker does so where the disk is full. An
    /// answer writes no file, and whoever maps one by a hole in the language can bring it about: one that ends so again and again
    /// does it itself.
    pub fn is_of_a_mapped_file(self) -> bool {
        self == How::Signal(SIGBUS)
    }

    /// What a status means under these limits. Rust's own last words tell apart what ends alike.
    ///
    /// A program can imitate them. It then gets the wrong explanation of why it has no mark.
    pub fn of(status: Status, processor: Duration, stderr: &[u8], limits: &Limits) -> How {
        let stderr = String::from_utf8_lossy(stderr);
        let says = |words: &str| stderr.contains(words);
        match status {
            Status::Signal(SIGXCPU) => How::Limit(Exceeded::Processor(limits.processor)),
            Status::Signal(SIGKILL) if processor >= limits.processor => {
                How::Limit(Exceeded::Processor(limits.processor))
            }
            Status::Signal(SIGXFSZ) => How::Limit(Exceeded::File(limits.file)),
            Status::Signal(SIGSYS) => How::Forbidden,
            Status::Signal(SIGABRT) if says("memory allocation of ") => How::Limit(Exceeded::Memory(limits.memory)),
            Status::Signal(SIGABRT) if says("has overflowed its stack") => How::Limit(Exceeded::Stack(STACK)),
            Status::Exited(101) if says("failed to spawn thread") => How::Limit(Exceeded::Processes(limits.processes)),
            Status::Exited(code) => How::Exited(code),
            Status::Signal(signal) => How::Signal(signal),
        }
    }
}

impl Display for How {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        match self {
            How::Exited(0) => write!(formatter, "ended"),
            How::Exited(101) => write!(formatter, "panicked"),
            How::Exited(code) => write!(formatter, "ended with exit status {code}"),
            How::Signal(signal) => match name(*signal) {
                Some(name) => write!(formatter, "was ended by the signal {name}"),
                None => write!(formatter, "was ended by signal {signal}"),
            },
            How::Limit(exceeded) => exceeded.fmt(formatter),
            How::Forbidden => write!(formatter, "was stopped at a system call that is forbidden in the sandbox"),
        }
    }
}

impl Display for Exceeded {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        match self {
            Exceeded::Processor(limit) => {
                write!(formatter, "was stopped: it used more than {} of processor time, the limit", seconds(*limit))
            }
            Exceeded::Wall(limit) => {
                write!(formatter, "was stopped: it ran for more than {}, the limit", seconds(*limit))
            }
            Exceeded::Memory(limit) => {
                write!(formatter, "was stopped: it tried to use more than {} of memory, the limit", bytes(*limit))
            }
            Exceeded::Output(limit) => {
                write!(formatter, "was stopped: it printed more than {}, the limit", bytes(*limit))
            }
            Exceeded::File(limit) => {
                write!(formatter, "was stopped: it wrote a file of more than {}, the limit", bytes(*limit))
            }
            Exceeded::Processes(limit) => {
                write!(formatter, "was stopped: it tried to start more threads than it may; the limit is {limit}")
            }
            Exceeded::Stack(limit) => write!(
                formatter,
                "was stopped: its functions called each other too deeply, beyond the stack of {}",
                bytes(*limit)
            ),
        }
    }
}

fn seconds(duration: Duration) -> String {
    format!("{} s", duration.as_secs_f64())
}

/// An amount in its largest whole unit.
fn bytes(amount: u64) -> String {
    let units = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")];
    match units.into_iter().find(|(unit, _)| amount >= *unit && amount.is_multiple_of(*unit)) {
        Some((unit, name)) => format!("{} {name}", amount / unit),
        None => format!("{amount} bytes"),
    }
}

fn name(signal: i32) -> Option<&'static str> {
    let known = [
        (2, "SIGINT (interrupted)"),
        (4, "SIGILL (an instruction that does not exist)"),
        (5, "SIGTRAP"),
        (6, "SIGABRT (it gave up)"),
        (7, "SIGBUS"),
        (8, "SIGFPE (arithmetic)"),
        (9, "SIGKILL"),
        (11, "SIGSEGV (it touched memory that is not its own)"),
        (13, "SIGPIPE"),
        (14, "SIGALRM"),
        (15, "SIGTERM"),
    ];
    known.into_iter().find(|(number, _)| *number == signal).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(status: Status, stderr: &str) -> String {
        How::of(status, Duration::ZERO, stderr.as_bytes(), &Limits::ANSWER).to_string()
    }

    #[test]
    fn a_limit_is_told_by_name_and_amount() {
        assert_eq!(
            words(Status::Signal(SIGXCPU), ""),
            "was stopped: it used more than 2 s of processor time, the limit"
        );
        let memory = "was stopped: it tried to use more than 512 MB of memory, the limit";
        assert_eq!(words(Status::Signal(SIGABRT), "memory allocation of 9 bytes failed"), memory);
        assert!(words(Status::Signal(SIGABRT), "thread 'main' has overflowed its stack").contains("too deeply"));
        assert_eq!(Exceeded::Output(1500).to_string(), "was stopped: it printed more than 1500 bytes, the limit");
    }

    #[test]
    fn a_signal_that_no_limit_sends_is_nobodys_limit() {
        for signal in [SIGKILL, SIGTERM, SIGBUS, SIGINT] {
            let how = How::of(
                Status::Signal(signal),
                Duration::ZERO,
                b"memory allocation of 9 bytes failed",
                &Limits::ANSWER,
            );
            assert!(how == How::Signal(signal) && how.is_from_outside(), "{how}");
        }
        for signal in [SIGABRT, 11, 4] {
            assert!(!How::of(Status::Signal(signal), Duration::ZERO, b"", &Limits::ANSWER).is_from_outside());
        }
    }

    #[test]
    fn the_same_last_words_before_an_orderly_end_mean_nothing() {
        assert_eq!(words(Status::Exited(0), "memory allocation of 9 bytes failed"), "ended");
        assert_eq!(words(Status::Exited(1), "has overflowed its stack"), "ended with exit status 1");
    }

    #[test]
    fn a_kill_after_all_its_processor_time_is_the_processor_limit() {
        let how = How::of(Status::Signal(SIGKILL), Duration::from_secs(3), b"", &Limits::ANSWER);
        assert_eq!(how, How::Limit(Exceeded::Processor(Duration::from_secs(2))));
    }
}
