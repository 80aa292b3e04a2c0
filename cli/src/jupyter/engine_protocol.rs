//! What the kernel's front and the kernel's program say to each other: lines of JSON, one message each.
//!
//! The front asks for one thing at a time and waits for its answer; only [`Request::Interrupt`] and [`Request::Shutdown`]
//! may come in between. The program answers in the order in which it was asked.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What the front wants.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Run a cell; answered by what it prints and shows, and then by [`Answer::Executed`].
    Execute {
        code: String,
        /// The cell's name, where the client tells cells apart.
        cell: Option<String>,
    },
    /// Names that fit at a place in a cell, counted in bytes; answered by [`Answer::Completed`].
    Complete { code: String, position: usize },
    /// What is known about the name there; answered by [`Answer::Inspected`].
    Inspect { code: String, position: usize },
    /// Work here from now on; answered by [`Answer::Ready`].
    Enter(Place),
    /// End the running cell, if one runs.
    Interrupt,
    /// End.
    Shutdown,
}

/// Where a notebook's cells run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    pub folder: PathBuf,
    pub environment: Vec<(String, String)>,
}

/// What the kernel's program says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It can run cells.
    Ready,
    Printed {
        stream: Stream,
        text: String,
    },
    /// What a cell shows, by its kinds: "text/html" and others.
    Shown {
        data: Map<String, Value>,
    },
    /// The cell has ended: how, if it did not run to its end.
    Executed {
        failure: Option<Failure>,
    },
    /// `start..end` of the code, in bytes, can be replaced by each of these.
    Completed {
        start: usize,
        end: usize,
        names: Vec<Name>,
    },
    /// Documentation, if there is any.
    Inspected {
        plain: Option<String>,
        html: Option<String>,
    },
}

/// Where a cell prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    Stdout,
    Stderr,
    /// A line that says how far the cell is. It goes when something else is printed or shown, even an empty line of this kind,
    /// and when the cell ends.
    Progress,
}

impl Stream {
    /// Jupyter's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Stream::Stdout | Stream::Progress => "stdout",
            Stream::Stderr => "stderr",
        }
    }
}

/// Why a cell did not run to its end, as Jupyter has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Its kind: "CompileError", "Panic".
    pub name: String,
    /// What happened, in a sentence.
    pub value: String,
    /// All of it, by lines.
    pub traceback: Vec<String>,
}

/// One completion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    pub insert: String,
    pub label: String,
    /// Jupyter's word for its kind: function, class, module, instance or keyword.
    pub kind: String,
}

/// Writes one message.
pub fn write(stream: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    stream.write_all(&line)?;
    stream.flush()
}

/// Calls `hear` with each message until the stream ends or `hear` has heard enough. A line that is no message goes to
/// `stray`: evcxr says some things to the terminal that it takes for its own.
pub fn read<Message: DeserializeOwned>(
    mut stream: impl BufRead,
    mut hear: impl FnMut(Message) -> bool,
    mut stray: impl FnMut(&str),
) -> io::Result<()> {
    let mut line = Vec::new();
    while stream.read_until(b'\n', &mut line)? > 0 {
        match serde_json::from_slice(&line) {
            Ok(message) => {
                if !hear(message) {
                    return Ok(());
                }
            }
            Err(_) => stray(String::from_utf8_lossy(&line).trim_end()),
        }
        line.clear();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_as_they_were_written_and_other_lines_are_set_aside() {
        let text = "a line\nand \"another\"\u{2028}\n".to_owned();
        let printed = Answer::Printed { stream: Stream::Stderr, text };
        let mut bytes = Vec::new();
        write(&mut bytes, &printed).unwrap();
        bytes.extend(b"Loading startup configuration\n");
        write(&mut bytes, &Answer::Ready).unwrap();
        let (mut heard, mut stray) = (Vec::<Answer>::new(), Vec::new());
        let hear = |message| {
            heard.push(message);
            true
        };
        read(&bytes[..], hear, |line| stray.push(line.to_owned())).unwrap();
        assert_eq!(heard, [printed, Answer::Ready]);
        assert_eq!(stray, ["Loading startup configuration"]);
    }
}
