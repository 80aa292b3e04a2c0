//! Why a cell failed.

use std::collections::BTreeMap;
use std::time::Duration;

use evcxr::{CompilationError, Error};
use neurobook_cli::compiler_hints;
use neurobook_cli::jupyter::engine_protocol as protocol;
use serde_json::{Map, Value};

use super::brackets;
use super::compile_error::{self, Plain};
use super::full_disk;
use super::printing::Said;
use super::refusal;
use super::stop::Wish;
use crate::supervisor::{Ended, Evidence};

/// What `display::friendly_panics` shows beside its words.
const PANIC_KIND: &str = "application/vnd.neurobook.panic+json";

/// Why a cell failed.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// The compiler refused it: its first message, all of them in short, and all as the kernel shows them.
    Compile { first: String, short: String, trace: Vec<String> },
    /// It panicked.
    Panic(String),
    /// It reached a blank, with this hint.
    Blank(String),
    /// A `?` met an error, which ended the cell.
    Question(String),
    /// It was stopped, before it ran or while it did.
    Interrupted(Option<Ended>),
    /// The process that runs the cells ended.
    Died(Option<Ended>),
    /// It took longer than it may.
    TimedOut(Duration),
    /// evcxr itself refused it.
    Refused(String),
}

impl Failure {
    /// A name for its kind, as Jupyter's `ename`.
    pub fn name(&self) -> &'static str {
        match self {
            Failure::Compile { .. } => "CompileError",
            Failure::Panic(_) => "Panic",
            Failure::Blank(_) => "Blank",
            Failure::Question(_) => "Error",
            Failure::Interrupted(_) => "Interrupted",
            Failure::Died(Some(ended)) => ended.name(),
            Failure::Died(None) => "ProcessEnded",
            Failure::TimedOut(_) => "TimedOut",
            Failure::Refused(_) => "Refused",
        }
    }

    /// What happened, in a sentence or two.
    pub fn sentence(&self) -> String {
        match self {
            Failure::Compile { first, .. } => first.clone(),
            Failure::Panic(message) | Failure::Refused(message) => message.clone(),
            Failure::Blank(hint) => format!("this blank is still empty: {hint}"),
            Failure::Question(message) if message.is_empty() => "a `?` met an error, which ended the cell".to_owned(),
            Failure::Question(message) => message.clone(),
            Failure::Died(Some(ended)) | Failure::Interrupted(Some(ended)) => ended.to_string(),
            Failure::Interrupted(None) => {
                "You stopped this cell before it ran. Your variables are as they were before it.".to_owned()
            }
            Failure::Died(None) => {
                "The process that runs the cells ended, and all variables are lost. Run the notebook again from its \
                 first cell."
                    .to_owned()
            }
            Failure::TimedOut(limit) => format!("stopped after {} s", limit.as_secs_f64()),
        }
    }

    /// As the front passes it on to Jupyter, and a notebook keeps it.
    pub fn to_protocol(&self) -> protocol::Failure {
        let (name, value) = (self.name().to_owned(), self.sentence());
        let traceback = match self {
            Failure::Compile { trace, .. } => trace.clone(),
            _ => format!("{name}: {value}").lines().map(str::to_owned).collect(),
        };
        protocol::Failure { name, value, traceback }
    }
}

/// All that is known about how a cell went.
pub(super) struct Verdict<'a> {
    pub source: &'a str,
    pub result: Result<(), Error>,
    pub shown: &'a Map<String, Value>,
    pub said: &'a Said,
    pub stopped: Option<Wish>,
    pub ended: Option<Ended>,
    pub limit: Option<Duration>,
    /// Names that are not known, and why, where other cells explain it.
    pub unknown: BTreeMap<String, String>,
    /// Whether no cell has run in this kernel yet, as after a restart in the middle of a notebook.
    pub is_new: bool,
}

impl Verdict<'_> {
    /// Why the cell failed, if it did.
    pub fn failure(self) -> Option<Failure> {
        let error = match self.result {
            Ok(()) => return self.unfinished(),
            Err(error) => error,
        };
        Some(match (self.stopped, self.limit, error) {
            (Some(Wish::Time), Some(limit), _) => Failure::TimedOut(limit),
            (Some(_), ..) => Failure::Interrupted(self.ended),
            (None, _, error) if self.ended.is_none() => refused(error, self.source, self.is_new, &self.unknown),
            _ => Failure::Died(self.ended),
        })
    }

    /// evcxr calls a panic and a failed `?` a success.
    fn unfinished(&self) -> Option<Failure> {
        let panic = || panic(self.shown, &self.said.stderr);
        match self.said.evidence.last() {
            Some(Evidence::Panicked) => Some(panic().unwrap_or_else(|| Failure::Panic("it gave no reason".to_owned()))),
            Some(Evidence::QuestionMark) => Some(Failure::Question(self.said.stderr.trim().to_owned())),
            // Where nobody supervises, what was said has to do.
            None if cfg!(not(any(target_os = "linux", target_os = "macos"))) => panic(),
            None => None,
        }
    }
}

/// Stands before the errors of a cell whose names earlier cells would have made.
const NEW_KERNEL: &str = "This kernel is new. Run the first code cell, then down to here.";

fn refused(error: Error, source: &str, is_new: bool, unknown: &BTreeMap<String, String>) -> Failure {
    match error {
        Error::CompilationErrors(errors) => {
            let errors = compile_error::errors(errors);
            // What the linker says is a note beside the error; notes beside a learner's line may quote anything.
            let (in_cell, elsewhere): (Vec<_>, Vec<_>) = errors.iter().partition(|error| error.is_from_user_code());
            let said: Vec<String> = elsewhere.iter().map(|error| error.json.to_string()).collect();
            if let Some(why) = full_disk::sentence(&said.join("\n"), !in_cell.is_empty()) {
                return Failure::Refused(why);
            }
            let messages: Vec<String> = errors.iter().map(compile_error::summary).collect();
            // An error without a code is in what is no Rust at all, and often is further down than its cause; what else
            // the compiler then says is about a text that it has guessed.
            let lacks_code =
                |error: &CompilationError| error.code().is_none() && refusal::plain(&error.message()).is_none();
            let is_no_rust = errors.iter().any(lacks_code);
            let cause = is_no_rust.then(|| cause_of_all(&errors, source)).flatten();
            let why = |error| unknown.get(&compile_error::unknown_name(error, source)?.0).map(String::as_str);
            let plain = |error| match cause {
                Some(_) => Plain::said(),
                None => Plain::about(error, source, why(error)),
            };
            let shown = if errors.first().is_some_and(lacks_code) { &errors[..1] } else { &errors[..] };
            let mut traces: Vec<Vec<String>> =
                shown.iter().map(|error| compile_error::picture(error, source, &plain(error))).collect();
            traces.extend(match errors.len() - shown.len() {
                0 => None,
                1 => Some(vec!["Rust has one more error, which may go with this one.".to_owned()]),
                more => Some(vec![format!("Rust has {more} more errors, which may go with this one.")]),
            });
            let first = errors.first().map(compile_error::message).unwrap_or_default();
            // The first cell of a notebook of this course makes the course's names known.
            let lacks_names = errors.iter().any(compile_error::lacks_name) && !source.contains("use neurobook");
            match cause {
                Some(cause) => Failure::Compile {
                    short: format!("  {cause}\n{}", messages.join("\n")),
                    trace: [compile_error::wrapped(&cause), traces.join(&String::new())].join(&String::new()),
                    first: cause,
                },
                None if is_new && lacks_names => Failure::Compile {
                    first: format!("{NEW_KERNEL} ({first})"),
                    short: format!("  {NEW_KERNEL}\n{}", messages.join("\n")),
                    trace: vec![NEW_KERNEL.to_owned(), format!("(Without the cells above: {first}.)")],
                },
                None => Failure::Compile { first, short: messages.join("\n"), trace: traces.join(&String::new()) },
            }
        }
        Error::SubprocessTerminated(_) => Failure::Died(None),
        error => {
            let said = error.to_string();
            let why = refusal::plain_in(&said, source)
                .or_else(|| full_disk::sentence(&said, false))
                .or_else(|| refusal::ended(&said).map(str::to_owned));
            Failure::Refused(why.unwrap_or(said))
        }
    }
}

/// What makes a text no Rust, where its lines show it better than the compiler's first error.
fn cause_of_all(errors: &[CompilationError], source: &str) -> Option<String> {
    let is_about_brackets = errors.iter().any(|error| error.message().contains(" delimiter"));
    compiler_hints::block_with_colon(source).or_else(|| is_about_brackets.then(|| brackets::unpaired(source)).flatten())
}

/// The panic that a cell showed, or printed where something has taken away the friendly words.
fn panic(shown: &Map<String, Value>, stderr: &str) -> Option<Failure> {
    if let Some(panic) = shown.get(PANIC_KIND) {
        let text = panic["message"].as_str().unwrap_or_default().to_owned();
        return Some(if panic["blank"] == true { Failure::Blank(text) } else { Failure::Panic(text) });
    }
    let (_, panic) = stderr.split_once(" panicked at ")?;
    Some(Failure::Panic(panic.lines().nth(1).unwrap_or_default().to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::supervisor::Ending;

    fn verdict(result: Result<(), Error>, shown: Value, said: Said, stopped: Option<Wish>) -> Option<Failure> {
        let shown = shown.as_object().cloned().unwrap_or_default();
        let limit = Some(Duration::from_secs(3));
        Verdict {
            source: "",
            result,
            shown: &shown,
            said: &said,
            stopped,
            ended: None,
            limit,
            unknown: BTreeMap::new(),
            is_new: false,
        }
        .failure()
    }

    fn said(stderr: &str, evidence: &[Evidence]) -> Said {
        Said { stderr: stderr.to_owned(), evidence: evidence.to_vec(), ..Said::default() }
    }

    #[test]
    fn a_cell_that_ran_to_its_end_has_not_failed_whatever_it_printed() {
        let caught = json!({PANIC_KIND: {"message": "caught again", "blank": false}});
        assert_eq!(verdict(Ok(()), caught, said("thread 'main' panicked at x\nwhy", &[]), None), None);
    }

    #[test]
    fn a_panic_a_blank_and_a_failed_question_mark_have_names_and_reasons() {
        let panicked = |blank: bool| json!({PANIC_KIND: {"message": "why", "blank": blank}});
        let evidence = [Evidence::Panicked];
        let panic = verdict(Ok(()), panicked(false), said("", &evidence), None).unwrap();
        assert_eq!((panic.name(), panic.sentence().as_str()), ("Panic", "why"));
        assert_eq!(verdict(Ok(()), panicked(true), said("", &evidence), None).unwrap().name(), "Blank");
        let plain = said("\nthread 'main' panicked at src/lib.rs:7:9:\nwhy\nstack backtrace:", &evidence);
        assert_eq!(verdict(Ok(()), json!({}), plain, None), Some(Failure::Panic("why".to_owned())));
        let question = verdict(Ok(()), json!({}), said("no such file\n", &[Evidence::QuestionMark]), None).unwrap();
        assert_eq!((question.name(), question.sentence().as_str()), ("Error", "no such file"));
        assert_eq!(question.to_protocol().traceback, ["Error: no such file"]);
    }

    #[test]
    fn a_stopped_cell_says_who_stopped_it() {
        let gone = || Err(Error::SubprocessTerminated("status".to_owned()));
        let interrupted = verdict(gone(), json!({}), said("", &[]), Some(Wish::Interrupt)).unwrap();
        assert_eq!(interrupted.name(), "Interrupted");
        let late = verdict(gone(), json!({}), said("", &[]), Some(Wish::Time)).unwrap();
        assert_eq!(late, Failure::TimedOut(Duration::from_secs(3)));
        let died = verdict(gone(), json!({}), said("", &[]), None).unwrap();
        assert_eq!(died.name(), "ProcessEnded");
    }

    #[test]
    fn a_process_that_ended_says_why_and_what_is_left() {
        let ended = Ended { ending: Ending::Exited { code: 3 }, kept: true, between_cells: false, threads: false };
        let failure = Failure::Died(Some(ended));
        assert_eq!(failure.name(), "Exit");
        assert!(failure.sentence().contains("exit(3)"), "{}", failure.sentence());
    }
}
