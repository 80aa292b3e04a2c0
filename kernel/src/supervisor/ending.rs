//! How the process of a cell has ended, in plain words.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What ended a cell's process.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The learner stopped it.
    Interrupted,
    /// It panicked, or a `?` met an error; then its process is ended, so that the variables are as before it.
    GaveUp,
    /// It called `std::process::exit`.
    Exited { code: i32 },
    /// It called `std::process::abort`, or panicked while it was panicking.
    Aborted,
    /// Its stack was full.
    StackOverflow,
    /// It touched memory that is not its own, which takes `unsafe`.
    InvalidMemory,
    /// It used more memory than the kernel lets it have.
    MemoryLimit { bytes: u64 },
    /// It asked for memory that the system could not give.
    OutOfMemory,
    /// The system, or somebody, killed it.
    Killed,
    /// Another signal.
    Signal { number: i32 },
    /// Its compiled code could not be loaded.
    NotLoaded,
    /// It is gone, and the system does not say why.
    Unknown,
}

/// The end of a cell's process, and what is left.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    pub ending: Ending,
    /// Whether the variables are there as they were before the cell. If not, all are gone.
    pub kept: bool,
    /// Whether it was between two cells, in something that an earlier one had left running.
    pub between_cells: bool,
    /// Whether earlier cells had left threads running, which have ended, too.
    pub threads: bool,
}

impl Ended {
    /// A name for the kind of error, as Jupyter's `ename`.
    pub fn name(&self) -> &'static str {
        match self.ending {
            Ending::Interrupted => "Interrupted",
            Ending::GaveUp => "Panic",
            Ending::Exited { .. } => "Exit",
            Ending::Aborted => "Abort",
            Ending::StackOverflow => "StackOverflow",
            Ending::InvalidMemory => "InvalidMemory",
            Ending::MemoryLimit { .. } => "MemoryLimit",
            Ending::OutOfMemory => "OutOfMemory",
            Ending::Killed => "Killed",
            Ending::Signal { .. } => "Signal",
            Ending::NotLoaded => "NotLoaded",
            Ending::Unknown => "ProcessEnded",
        }
    }
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cell = if self.between_cells { "Something that an earlier cell had left running" } else { "This cell" };
        match self.ending {
            Ending::Interrupted => write!(f, "You stopped this cell."),
            Ending::GaveUp => write!(f, "{cell} stopped at an error."),
            Ending::Exited { code } => {
                write!(f, "{cell} called exit({code}), which ends the process that holds your variables.")
            }
            Ending::Aborted => write!(f, "{cell} called abort(), or panicked while it was already panicking."),
            Ending::StackOverflow => {
                write!(f, "{cell} overflowed the stack: is there a function that calls itself without end?")
            }
            Ending::InvalidMemory => {
                write!(f, "{cell} touched memory that is not its own: look at what it does in `unsafe`.")
            }
            Ending::MemoryLimit { bytes } => write!(
                f,
                "{cell} tried to use more than {} of memory: is a step too small, or a list growing without end? \
                 (NEUROBOOK_MEMORY_GB sets another limit.)",
                size(bytes)
            ),
            Ending::OutOfMemory => write!(
                f,
                "{cell} asked for more memory than this computer has left: is a step too small, or a length too large?"
            ),
            Ending::Killed => {
                write!(f, "{cell} was killed by the system, as it does when the computer runs out of memory.")
            }
            Ending::Signal { number } => write!(f, "{cell} was ended by signal {number}."),
            Ending::NotLoaded => write!(f, "This cell was compiled, but the system could not load it."),
            Ending::Unknown => write!(f, "{cell} ended the process that holds your variables."),
        }?;
        match (self.kept, self.between_cells) {
            (true, _) => write!(f, " Your variables are as they were before it.")?,
            (false, false) => write!(f, " There was no room for a copy of your variables, so they are lost.")?,
            (false, true) => write!(f, " Your variables are lost.")?,
        }
        if !self.kept {
            write!(f, " Run the notebook again from its first cell.")
        } else if self.threads {
            write!(f, " What earlier cells had left running in the background has ended, too.")
        } else {
            Ok(())
        }
    }
}

/// Bytes for people.
fn size(bytes: u64) -> String {
    let gigabytes = bytes as f64 / 1e9;
    match gigabytes {
        ..1.0 => format!("{:.0} MB", 1e3 * gigabytes),
        ..10.0 => format!("{gigabytes:.1} GB"),
        _ => format!("{gigabytes:.0} GB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(ending: Ending) -> Ended {
        Ended { ending, kept: true, between_cells: false, threads: false }
    }

    #[test]
    fn an_ending_says_what_happened_and_what_is_left() {
        assert_eq!(
            ended(Ending::Interrupted).to_string(),
            "You stopped this cell. Your variables are as they were before it."
        );
        let exited = ended(Ending::Exited { code: 3 });
        assert!(exited.to_string().starts_with("This cell called exit(3)"), "{exited}");
        let lost = Ended { kept: false, ..exited };
        assert!(lost.to_string().contains("lost. Run the notebook again"), "{lost}");
        let threads = Ended { threads: true, ..exited };
        assert!(threads.to_string().ends_with("in the background has ended, too."), "{threads}");
        let limit = ended(Ending::MemoryLimit { bytes: 12_400_000_000 });
        assert!(limit.to_string().contains("more than 12 GB of memory"), "{limit}");
    }

    #[test]
    fn an_ending_is_the_same_after_its_way_through_the_pipe() {
        let sent = Ended { threads: true, ..ended(Ending::MemoryLimit { bytes: 1 }) };
        let line = serde_json::to_string(&sent).unwrap();
        assert_eq!(serde_json::from_str::<Ended>(&line).unwrap(), sent);
    }
}
