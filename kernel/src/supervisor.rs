//! Keeps a notebook's variables when a cell is stopped, or ends the process that it runs in (Linux and macOS).
//!
//! evcxr runs the cells in one process, and starts an empty one when that ends. So `exit`, a stack overflow, too much
//! memory or an interrupt would take all variables along. Here the process that evcxr starts is a *supervisor*, which
//! starts the *runner*:
//!
//! ```text
//! kernel   ── commands ──▶ supervisor ── commands ──▶ runner: holds the variables, runs the cells
//! (evcxr)  ◀─── output ───            ◀─── output ───   │
//!          ◀── endings ───            ◀── reports ───   └─ fork ─▶ copy: sleeps as long as a cell runs
//! ```
//!
//! Before each cell the runner makes a *copy* of itself. If the cell ends well, the copy goes. If it is stopped, or the
//! runner ends, the copy is woken: it is the runner from then on, with the variables as they were before the cell.
//! Pages that neither of them changes are in memory once. Threads are not copied: what a cell has left running in the
//! background ends with the runner, and [`Ending`]'s sentence says so.
//!
//! # What the kernel sees
//!
//! evcxr is as published, so the supervisor speaks its protocol (0.22, `runtime.rs`): a command is a line on standard
//! input, output is lines on standard output, and a line of evcxr's own ends the cell. Beyond that:
//!
//! - **A cell whose process has ended** gets no such line but one that is not UTF-8. evcxr takes that for an error in
//!   reading: `execute` gives `Err(Error::Message(_))` and forgets the cell, so that its variables and items are those
//!   before the cell, as the copy's are. Why it ended is sent first, by a pipe of its own:
//!   [`Supervision::take_ending`] gives it, after any `Err`, if the supervisor had a part in it.
//! - **Without a copy** (there was not enough memory for one, or the process ended between two cells) the supervisor
//!   ends too. evcxr gives `Err(Error::SubprocessTerminated(_))`, forgets all variables and starts again;
//!   [`Supervision::take_ending`] says why here as well.
//! - **An interrupt** is SIGINT to the supervisor, never SIGKILL to evcxr's child. Between two cells it does nothing.
//!   [`Supervision::interrupt`] also ends the compilers of a cell that is not running yet.
//! - **Both streams come in order through evcxr's channel of standard output**, each line marked with where it was
//!   printed and whether the line end is the cell's own; [`Printed::read`] takes the marks off. All that a cell has
//!   printed is there before `execute` returns. evcxr's channel of standard error has only what evcxr itself says.
//! - **What a cell has shown** before its process ended comes there, too, in lines that [`Shown::read`] knows: evcxr
//!   forgets it with the cell.
//! - **A panic and a failed `?`**, which evcxr takes for a success, are lines of their own there: [`evidence`] knows them.
//!   evcxr would take a name from its variable to which such a cell gives a new value. So the copy is woken here as well:
//!   the cell is given up, with [`Ending::GaveUp`], and its functions and types have to be defined once more. Where
//!   earlier cells have left threads running, which would end, evcxr has its way.
//!
//! Endings, order and evidence need the kernel to have called [`Supervision::open`] before evcxr started its process.
//! Without it, each stream goes its own way and has no marks, and why a process has ended is printed.
//!
//! Whatever a cell prints, the next cell has its own answer: bytes that are not UTF-8 are replaced by U+FFFD, evcxr's
//! lines are recognized also behind text without a line end, and standard input is not the command channel but empty.
//!
//! # Files
//!
//! `supervision` is the kernel's side, `ending`, `printed` and `shown` are what it is told; `processes` has the supervisor and the
//! runner.

mod ending;
mod evidence;
mod printed;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod processes;
mod shown;
mod supervision;

pub use ending::{Ended, Ending};
pub use evidence::{Evidence, evidence};
pub use printed::{Printed, Stream};
pub use shown::Shown;
pub use supervision::Supervision;

/// In the process that evcxr starts for the cells: supervises them, and does not return. In any other, and on systems
/// other than Linux and macOS, it does nothing.
pub fn enter() {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    if std::env::var_os("EVCXR_IS_RUNTIME").is_some() {
        processes::start();
    }
}
