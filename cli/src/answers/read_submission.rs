//! Reading a submission in a process of its own, which has no rights and the kernel's limits: whatever somebody's text does to
//! those who take it apart, it does to that process.
//!
//! It gets a line of JSON, which says what is asked and what follows: the chapter's source and the submission. It gives JSON back.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Read, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::answer::{Answer, Answers};
use super::extract;
use super::kernel_run::KernelRun;
use super::states::{State, states};
use crate::chapter::Chapter;
use crate::notebook::Notebook;
use crate::support::plain_text;

/// The argument with which this program reads a submission.
pub const ARGUMENT: &str = "read-submission";

/// A longer explanation is cut.
const LONGEST_REASON: usize = 1_000;

/// What is asked about a submission.
#[derive(Debug, Serialize, Deserialize)]
pub enum Question {
    Answers,
    /// The answers to these exercises in all combinations of what several cells define.
    Combinations(BTreeSet<String>),
    /// The answers in code, as they are where the cells ran in this way.
    AnswersAfter(KernelRun),
    /// The states of these exercises' functions there.
    States(BTreeSet<String>, KernelRun),
}

/// What is in a submission.
#[derive(Debug, Serialize, Deserialize)]
pub enum Contents {
    Answers(Answers),
    AnswersInCode(BTreeMap<String, Answer>),
    States(BTreeMap<String, Vec<State>>),
    /// It is not a notebook that can be read, and why.
    Unreadable(String),
}

/// What is asked, and the lengths of what follows, in bytes.
#[derive(Serialize, Deserialize)]
struct Header {
    question: Question,
    /// How the chapter's file is called.
    file: String,
    chapter: usize,
    submission: usize,
}

/// What the process is to be given, in front of the submission itself.
pub fn request(chapter: &Chapter, submission: &[u8], question: Question) -> Result<Vec<u8>> {
    let source = chapter.source();
    let file = format!("{}.rs", chapter.name);
    let header = Header { question, file, chapter: source.len(), submission: submission.len() };
    let mut request = serde_json::to_vec(&header)?;
    request.push(b'\n');
    request.extend(source.into_bytes());
    Ok(request)
}

/// Answers the request on standard input.
pub fn serve() -> Result<ExitCode> {
    answer(io::stdin().lock(), io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}

fn answer(mut from: impl BufRead, to: impl Write) -> Result<()> {
    let mut header = String::new();
    from.read_line(&mut header)?;
    let Header { question, file, chapter, submission } =
        serde_json::from_str(&header).context("there is no request")?;
    let source = String::from_utf8(exactly(&mut from, chapter)?)?;
    let chapter = Chapter::parse(&file, &source)?;
    let contents = read(&chapter, exactly(&mut from, submission)?, &question);
    let mut to = io::BufWriter::new(to);
    serde_json::to_writer(&mut to, &contents)?;
    to.flush().context("the answers cannot be handed over")
}

/// This many bytes, in no more memory than they need.
fn exactly(from: &mut impl Read, count: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; count];
    from.read_exact(&mut bytes).context("the request breaks off")?;
    Ok(bytes)
}

/// Answers a question about a submission, which is given up for that.
fn read(chapter: &Chapter, submission: Vec<u8>, question: &Question) -> Contents {
    let notebook = match Notebook::parse_text("the notebook", &submission) {
        Ok(notebook) => notebook,
        Err(error) => {
            let why = format!("{error:#}");
            return Contents::Unreadable(plain_text::visible(&plain_text::cut(&why, LONGEST_REASON)).into_owned());
        }
    };
    // Of its memory the texts alone are still needed.
    drop(submission);
    match question {
        Question::Answers => Contents::Answers(extract::answers(&notebook, chapter)),
        Question::Combinations(exercises) => {
            Contents::AnswersInCode(extract::combinations(&notebook, chapter, exercises))
        }
        Question::AnswersAfter(run) => Contents::AnswersInCode(extract::answers_after(&notebook, chapter, run)),
        Question::States(exercises, run) => Contents::States(states(&notebook, chapter, exercises, run)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chapter::Variant;
    use crate::notebook::from_chapter;

    fn chapter() -> Chapter {
        let path = crate::caches::root().join("notebooks/01_connectivity.rs");
        Chapter::read(&path, "notebooks/01_connectivity.rs").unwrap()
    }

    fn answered(submission: &[u8]) -> Contents {
        let chapter = chapter();
        let request = [request(&chapter, submission, Question::Answers).unwrap().as_slice(), submission].concat();
        let mut written = Vec::new();
        answer(request.as_slice(), &mut written).unwrap();
        serde_json::from_slice(&written).unwrap()
    }

    #[test]
    fn the_other_process_finds_what_this_one_would_find() {
        let chapter = chapter();
        for variant in [Variant::Student, Variant::Solution] {
            let notebook = from_chapter::notebook(&chapter, variant);
            let Contents::Answers(found) = answered(notebook.to_json().as_bytes()) else { panic!("it is a notebook") };
            assert_eq!(found, extract::answers(&notebook, &chapter));
        }
    }

    #[test]
    fn what_is_not_a_notebook_is_told_so_in_few_words() {
        for submission in ["", "{\"nbformat\": 4}", &"[".repeat(100_000), &format!("{{\"{}", "x".repeat(1 << 20))] {
            let Contents::Unreadable(why) = answered(submission.as_bytes()) else { panic!("{submission}") };
            assert!(why.contains("the notebook") && why.len() < 2 * LONGEST_REASON, "{why}");
        }
    }

    #[test]
    fn a_request_that_breaks_off_is_an_error() {
        let request = request(&chapter(), b"{}", Question::Answers).unwrap();
        assert!(answer(request.as_slice(), Vec::new()).is_err());
        assert!(answer(&request[..request.len() / 2], Vec::new()).is_err());
        assert!(answer(&b""[..], Vec::new()).is_err());
    }
}
