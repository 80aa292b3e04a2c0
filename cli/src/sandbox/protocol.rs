//! What the grader tells the processes inside, and what they answer.
//!
//! Both go through the guard's standard input, a socket: command lines and environments can be read in
//! the sandbox, a message cannot. A message is its length and then JSON or bytes, so that no reader
//! takes a byte too many.

use std::io::{ErrorKind, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::Limits;
use super::outcome::Status;

/// All that guard and threshold know.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Confinement {
    /// Begins a message of guard or threshold on standard error. The program does not know it, so it
    /// cannot make its own failure look like one of the grader.
    pub token: String,
    pub program: PathBuf,
    pub arguments: Vec<String>,
    pub environment: Vec<(String, String)>,
    pub readable: Vec<PathBuf>,
    /// Files and folders that belong to the system: they are readable, and programs in them run.
    pub system: Vec<PathBuf>,
    /// A compiler's folder. None is an answer.
    pub output: Option<PathBuf>,
    /// The user to become, and the group of all jobs.
    pub user: Option<(u32, u32)>,
    /// RLIMIT_NPROC, which counts more than the processes of this job.
    pub processes: u64,
    pub limits: Limits,
}

/// What the guard reports.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Outcome {
    pub status: Status,
    /// The guard ended it: its time by the clock was over.
    pub late: bool,
    pub processor: Duration,
    pub wall: Duration,
}

/// No message is as long; a length beyond it is a fault.
const LONGEST: usize = 1 << 30;

/// Sends these parts as one message.
pub fn send(mut to: impl Write, parts: &[&[u8]]) -> Result<()> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    to.write_all(&(length as u64).to_be_bytes())?;
    for part in parts {
        to.write_all(part)?;
    }
    to.flush().context("a message could not be sent")
}

/// The next message; none if there is no other.
pub fn receive(mut from: impl Read) -> Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match from.read_exact(&mut length) {
        // Reset: the other side died before it had read all.
        Err(error) if matches!(error.kind(), ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset) => return Ok(None),
        read => read?,
    }
    let length = usize::try_from(u64::from_be_bytes(length))?;
    anyhow::ensure!(length <= LONGEST, "a message of {length} bytes is announced");
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes).context("a message breaks off")?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_and_what_follows_it_is_left() {
        let mut sent = Vec::new();
        send(&mut sent, &[b"fi", b"rst"]).unwrap();
        send(&mut sent, &[]).unwrap();
        sent.extend(b"rest");
        let mut from = sent.as_slice();
        assert_eq!(receive(&mut from).unwrap().unwrap(), b"first");
        assert_eq!(receive(&mut from).unwrap().unwrap(), b"");
        assert_eq!(from, b"rest");
    }

    #[test]
    fn a_message_that_breaks_off_or_is_too_long_is_an_error() {
        let mut sent = Vec::new();
        send(&mut sent, &[b"fi", b"rst"]).unwrap();
        assert!(receive(&sent[..10]).is_err());
        assert!(receive([255; 20].as_slice()).is_err());
        assert!(receive([].as_slice()).unwrap().is_none());
    }
}
