//! Runs one program once that is not to be trusted: an answer of a learner, the compiler on its text, or this program while it
//! takes a notebook apart.
//!
//! ```text
//! grader ── bubblewrap ── guard ── threshold ⇒ program
//!           namespaces    clock    limits, Landlock, seccomp
//! ```
//!
//! Guard and threshold are this same binary, started again (`neurobook confined …`). The guard is the
//! first process of the namespace: when it ends, no other process of the job lives. The threshold
//! gives up its rights one by one and then becomes the program. docs/sandbox.md says what each layer
//! forbids; without bubblewrap (`Required::Landlock`) the chain begins with the guard.

mod command;
mod outcome;

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use command::{Options, sandbox};
pub use outcome::{Ended, Exceeded, How};

#[cfg(target_os = "linux")]
mod bubblewrap;
#[cfg(target_os = "linux")]
mod establish;
#[cfg(target_os = "linux")]
mod exec;
#[cfg(target_os = "linux")]
mod inside;
#[cfg(target_os = "linux")]
mod landlock;
#[cfg(target_os = "linux")]
mod probe;
#[cfg(target_os = "linux")]
mod protocol;
#[cfg(target_os = "linux")]
mod read_untrusted;
#[cfg(target_os = "linux")]
mod reserve;
#[cfg(target_os = "linux")]
mod run;
#[cfg(target_os = "linux")]
mod seccomp;
#[cfg(target_os = "linux")]
mod supervisor;
#[cfg(target_os = "linux")]
mod system;
#[cfg(not(target_os = "linux"))]
mod unsupported;
#[cfg(target_os = "linux")]
mod user;

#[cfg(not(target_os = "linux"))]
pub use unsupported::{Inside, Sandbox, confined, let_through, take_file};
#[cfg(target_os = "linux")]
pub use {
    establish::Sandbox,
    inside::{Inside, confined},
    read_untrusted::take_file,
    user::let_through,
};

/// The program of a process that is this binary already. It can be started even where the sandbox's
/// user cannot follow the path to it.
pub const ITSELF: &str = "/proc/self/exe";

/// The layers that a teacher demands. A sandbox has them all, or it is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Required {
    /// Bubblewrap's namespaces, Landlock, seccomp and limits
    Full,
    /// Landlock, seccomp and limits: where namespaces are forbidden, as in most containers
    Landlock,
}

/// What a program is, which says what it may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role<'a> {
    /// A function from its input to its output: it reads what it was given, computes with threads,
    /// and prints. It starts no program and writes no file.
    Answer,
    /// A compiler: it also sees the system's programs and libraries, starts a linker, and writes into
    /// one folder, which is its working folder and the one for temporary files.
    Compiler { output: &'a Path },
}

/// One run of one program.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    pub role: Role<'a>,
    /// The path of the program, which it can read.
    pub program: &'a Path,
    pub arguments: &'a [String],
    /// All that it finds on its standard input: these, one behind the other.
    pub input: &'a [&'a [u8]],
    /// Files and folders that it can read, under the paths that they have outside.
    pub readable: &'a [PathBuf],
    /// Its whole environment.
    pub environment: &'a [(&'a str, &'a str)],
    pub limits: Limits,
}

/// How much a program may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Processor time of a process and its threads, rounded up to whole seconds.
    pub processor: Duration,
    /// Time by the clock, for all processes of the job; not counted is what the program waited for a processor.
    pub wall: Duration,
    /// Bytes of memory that a process may write to.
    pub memory: u64,
    /// Bytes on standard output and standard error together.
    pub output: u64,
    /// Bytes of one file.
    pub file: u64,
    /// Threads and processes, all together.
    pub processes: u64,
}

impl Limits {
    /// For this same program, where it takes a submission apart. Its time by the clock is so long that only a machine which
    /// does not let it run can use it up.
    pub const READER: Limits = Limits {
        processor: Duration::from_secs(6),
        wall: Duration::from_secs(60),
        memory: 300 << 20,
        output: 64 << 20,
        file: 0,
        processes: 8,
    };
    /// For a learner's function.
    pub const ANSWER: Limits = Limits {
        processor: Duration::from_secs(2),
        wall: Duration::from_secs(10),
        memory: 512 << 20,
        output: 8 << 20,
        file: 0,
        processes: 64,
    };
    /// For a compiler.
    pub const COMPILER: Limits = Limits {
        processor: Duration::from_secs(20),
        wall: Duration::from_secs(60),
        memory: 2 << 30,
        output: 4 << 20,
        file: 256 << 20,
        processes: 128,
    };
}
