//! What the runner tells the supervisor: reports of five bytes, which a pipe takes or gives whole.

use std::io::{self, Read};

pub const LENGTH: usize = 5;

/// One report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// A copy sleeps, as this process; the cell begins.
    Copied { copy: i32 },
    /// The cell begins without a copy.
    NotCopied,
    /// The process that will run the cell has other threads, too: more than its own.
    Threads,
    /// The cell's code could not be loaded.
    NotLoaded,
    /// The cell has run.
    Done,
    /// A copy was woken, and is the runner.
    Woken { runner: i32 },
    /// A signal handler found the stack full.
    StackOverflow,
    /// A signal handler found an address that is nobody's.
    InvalidMemory,
}

impl Report {
    pub fn to_bytes(self) -> [u8; LENGTH] {
        let (kind, number) = match self {
            Report::Copied { copy } => (0, copy),
            Report::NotCopied => (1, 0),
            Report::Threads => (2, 0),
            Report::NotLoaded => (3, 0),
            Report::Done => (4, 0),
            Report::Woken { runner } => (5, runner),
            Report::StackOverflow => (6, 0),
            Report::InvalidMemory => (7, 0),
        };
        let [a, b, c, d] = number.to_ne_bytes();
        [kind, a, b, c, d]
    }

    fn from_bytes([kind, number @ ..]: [u8; LENGTH]) -> Option<Report> {
        let number = i32::from_ne_bytes(number);
        Some(match kind {
            0 => Report::Copied { copy: number },
            1 => Report::NotCopied,
            2 => Report::Threads,
            3 => Report::NotLoaded,
            4 => Report::Done,
            5 => Report::Woken { runner: number },
            6 => Report::StackOverflow,
            7 => Report::InvalidMemory,
            _ => return None,
        })
    }

    /// Reads one report.
    pub fn read(mut pipe: impl Read) -> io::Result<Report> {
        let mut bytes = [0; LENGTH];
        pipe.read_exact(&mut bytes)?;
        Report::from_bytes(bytes).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read_as_it_was_written() {
        for report in [
            Report::Copied { copy: 70_000 },
            Report::NotCopied,
            Report::Threads,
            Report::NotLoaded,
            Report::Done,
            Report::Woken { runner: 7 },
            Report::StackOverflow,
            Report::InvalidMemory,
        ] {
            assert_eq!(Report::read(&report.to_bytes()[..]).unwrap(), report);
        }
    }
}
