//! The compiler, asked about a source with the crates of a session.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use neurobook_recorded::Compilation;
use serde_json::Value;

/// The source that the compiler reads, beside the session's own, so that files are found as from there.
const SOURCE: &str = "src/types_of_a_cell.rs";

/// What the compiler is to say.
#[derive(Clone, Copy)]
pub enum Wanted {
    /// What it makes of each function.
    Mir,
    /// Only whether it understands the types.
    Check,
}

/// What the compiler says.
pub enum Answer {
    /// What was wanted.
    Text(String),
    /// The source has errors.
    Errors(Vec<Error>),
    /// It has said nothing about the source: something is wrong with the machine.
    Fault(String),
}

/// An error in a source.
#[derive(Debug)]
pub struct Error {
    /// Where its places begin, in bytes.
    pub places: Vec<usize>,
    /// Whether a name is not there, or the text is no Rust.
    pub misses_something: bool,
}

/// Asks the compiler.
pub fn ask(source: &str, wanted: Wanted, session: &Path, compilation: &Compilation) -> Answer {
    let file = session.join(SOURCE);
    if let Err(error) = fs::write(&file, source) {
        return Answer::Fault(format!("cannot write {}: {error}", file.display()));
    }
    let mut command = Command::new(&compilation.rustc);
    command.args(kept(&compilation.arguments)).args(["--crate-name", "ctx", "--crate-type", "lib"]);
    command.args(["--error-format", "json", "--cap-lints", "allow", "-C", "opt-level=0"]);
    match wanted {
        Wanted::Mir => command.arg("--emit=mir=-"),
        // A name of its own: the compiler's own name for it would be in the session's folder.
        Wanted::Check => command.arg(format!("--emit=metadata={}", session.join("target/types_of_a_cell").display())),
    };
    command.arg(SOURCE).current_dir(&compilation.folder).stdin(Stdio::null());
    command.envs(compilation.environment.iter().map(|(name, value)| (name, value)));
    match command.output() {
        Err(error) => Answer::Fault(format!("cannot start {}: {error}", compilation.rustc.display())),
        Ok(said) if said.status.success() => Answer::Text(String::from_utf8_lossy(&said.stdout).into_owned()),
        Ok(said) => {
            let text = String::from_utf8_lossy(&said.stderr);
            let errors = errors(&text);
            // 101 is the compiler's own panic. An error without a place is about the machine: a full disk.
            if said.status.code() == Some(1) && !errors.is_empty() {
                Answer::Errors(errors)
            } else {
                Answer::Fault(format!("the compiler did not finish ({}): {}", said.status, first_message(&text)))
            }
        }
    }
}

/// What the same crates and the same language need, of all that Cargo says.
fn kept(arguments: &[String]) -> Vec<&str> {
    const WITH_VALUE: [&str; 4] = ["--extern", "-L", "--cfg", "--target"];
    let mut kept = Vec::new();
    let mut arguments = arguments.iter().map(String::as_str).peekable();
    while let Some(argument) = arguments.next() {
        if WITH_VALUE.contains(&argument) {
            kept.push(argument);
            kept.extend(arguments.next());
        } else if argument.starts_with("--edition=") {
            kept.push(argument);
        } else if argument == "-C"
            && let Some(setting) = arguments.next_if(|next| next.starts_with("debug-assertions"))
        {
            kept.extend([argument, setting]);
        }
    }
    kept
}

/// The errors that have a place in the source.
fn errors(said: &str) -> Vec<Error> {
    let messages = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    messages.filter(|message| message["level"] == "error").filter_map(|message| error(&message)).collect()
}

fn error(message: &Value) -> Option<Error> {
    let spans = message["spans"].as_array().filter(|spans| !spans.is_empty())?;
    let places = spans.iter().filter_map(|span| usize::try_from(span["byte_start"].as_u64()?).ok()).collect();
    let code = &message["code"]["code"];
    Some(Error { places, misses_something: code == "E0425" || code.is_null() })
}

fn first_message(said: &str) -> String {
    let message =
        said.lines().find_map(|line| serde_json::from_str::<Value>(line).ok()?["message"].as_str().map(str::to_owned));
    message.unwrap_or_else(|| said.lines().next().unwrap_or("it said nothing").to_owned())
}
