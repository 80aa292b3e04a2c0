//! The grader's side of reading a submission in a process of its own: starts it in the sandbox and tells its limits, which are
//! the learner's matter, from all else, which is the machine's or ours.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::answers::evaluation::{Termination, TerminationCause};
use crate::answers::read_submission;
use crate::answers::read_submission::{Contents, Question};
use crate::chapter::Chapter;
use crate::sandbox::{Ended, Exceeded, How, ITSELF, Job, Limits, Role, Sandbox};

/// What is known of a submission after it has been read.
#[derive(Debug)]
pub enum Reading {
    Contents(Contents),
    /// It is not a notebook that can be read, and why.
    Unreadable(String),
    /// Reading it takes more than it may.
    AtLimit(Termination),
}

/// Has a question about a submission to a chapter answered.
///
/// # Errors
/// When that fails and no limit is why.
pub fn read(sandbox: &Sandbox, chapter: &Chapter, submission: &[u8], question: Question) -> Result<Reading> {
    let request = read_submission::request(chapter, submission, question)?;
    let job = Job {
        role: Role::Answer,
        program: Path::new(ITSELF),
        arguments: &[read_submission::ARGUMENT.to_owned()],
        input: &[&request, submission],
        readable: &[],
        environment: &[],
        limits: Limits::READER,
    };
    let mut ended = sandbox.run(&job)?;
    // What the machine lacks ends like what a limit forbids; at a second time a submission takes as much again.
    if matches!(ended.how, How::Limit(Exceeded::Memory(_))) {
        sandbox.ensure_limits_can_be_reached()?;
        ended = sandbox.run(&job)?;
    }
    reading(&ended)
}

fn reading(ended: &Ended) -> Result<Reading> {
    let (cause, what) = match ended.how {
        How::Exited(0) => {
            let contents = serde_json::from_slice(&ended.stdout).context("what reads submissions gave no answers")?;
            return Ok(match contents {
                Contents::Unreadable(why) => Reading::Unreadable(why),
                contents => Reading::Contents(contents),
            });
        }
        // A scheduler may send the limit's signal, too, but not use the time. On a busy virtual machine the system counts a
        // tenth more towards the limit than it reports.
        How::Limit(Exceeded::Processor(limit)) if ended.processor >= limit / 2 => (
            TerminationCause::Time,
            format!("It takes more than {} s to take this notebook apart, the limit", limit.as_secs()),
        ),
        How::Limit(Exceeded::Memory(limit)) => (
            TerminationCause::Memory,
            format!("It takes more than {} MB of memory to take this notebook apart, the limit", limit >> 20),
        ),
        How::Limit(Exceeded::Output(limit)) => (
            TerminationCause::Memory,
            format!("All versions of the answers in this notebook take more than {} MB, the limit", limit >> 20),
        ),
        How::Limit(Exceeded::Stack(_)) => {
            (TerminationCause::Memory, "Something in this notebook is nested too deeply to be taken apart".to_owned())
        }
        How::Exited(101) => bail!("the grader itself failed on this submission: please report it"),
        how => bail!("what reads submissions {how}. {}", String::from_utf8_lossy(&ended.stderr).trim()),
    };
    Ok(Reading::AtLimit(Termination { cause, reason: format!("{what}: take out what is not an answer.") }))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn ended(how: How, seconds: u64, stdout: &[u8]) -> Result<Reading> {
        let (processor, wall) = (Duration::from_secs(seconds), Duration::from_secs(seconds));
        reading(&Ended { how, stdout: stdout.to_owned(), stderr: Vec::new(), processor, wall })
    }

    #[test]
    fn each_limit_is_named_with_what_to_do() {
        let limits = Limits::READER;
        for (exceeded, cause, named) in [
            (Exceeded::Processor(limits.processor), TerminationCause::Time, "6 s"),
            (Exceeded::Memory(limits.memory), TerminationCause::Memory, "300 MB of memory"),
            (Exceeded::Output(limits.output), TerminationCause::Memory, "64 MB"),
            (Exceeded::Stack(8 << 20), TerminationCause::Memory, "nested too deeply"),
        ] {
            let Ok(Reading::AtLimit(limit)) = ended(How::Limit(exceeded), 5, b"") else { panic!("{exceeded:?}") };
            assert_eq!(limit.cause, cause);
            assert!(
                limit.reason.contains(named) && limit.reason.ends_with(": take out what is not an answer."),
                "{limit:?}"
            );
        }
    }

    #[test]
    fn what_no_limit_has_ended_is_nobodys_fault() {
        let limits = Limits::READER;
        for how in [
            // The signal of the limit, from somebody else.
            How::Limit(Exceeded::Processor(limits.processor)),
            // It never waits: a machine that does not let it run does.
            How::Limit(Exceeded::Wall(limits.wall)),
            How::Limit(Exceeded::Processes(limits.processes)),
            How::Limit(Exceeded::File(limits.file)),
            How::Forbidden,
            How::Signal(6),
            How::Signal(11),
            How::Exited(1),
            How::Exited(101),
        ] {
            assert!(ended(how, 1, b"").is_err(), "{how:?}");
        }
        for answer in [&b""[..], b"{\"Answers\"", b"{\"Answers\": {}}", b"[]"] {
            assert!(ended(How::Exited(0), 0, answer).is_err());
        }
    }
}
