//! This program in the compiler's place: the same compiler, with a sentence in plain words in its errors.
//!
//! In a notebook the errors are evcxr's, which takes them from Cargo, which takes them from the compiler as lines
//! of JSON. Cargo can be told to start another program for the cells' own crate (`RUSTC_WORKSPACE_WRAPPER`). All that
//! the compiler says goes through as it comes; an error that a beginner meets gets one more help.

use std::env;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use serde_json::{Value, json};

/// The name that evcxr gives to the crate of a cell.
const CELL: &str = "ctx";
/// The mark of a help that is not the compiler's.
const OURS: &str = "neurobook";
/// By this evcxr tells its own wrapper, which it needs for `:cache`.
const WRAPPER_OF_EVCXR: &str = "EVCXR_RUSTC_WRAPPER";

/// Compiles, where Cargo has started this program as `neurobook rustc …`, and gives the compiler's own status.
pub fn in_place_of_rustc() -> Option<ExitCode> {
    let mut arguments = env::args_os().skip(1);
    let rustc = arguments.next().filter(|first| Path::new(first).file_stem().is_some_and(|name| name == "rustc"))?;
    let arguments: Vec<OsString> = arguments.collect();
    // With `:cache`, evcxr's wrapper is before this one, and alone before the compiler of all other crates.
    if env::var_os(WRAPPER_OF_EVCXR).is_some() && !arguments.iter().any(|argument| argument == CELL) {
        return None;
    }
    // The kernel asks the compiler about the types of a cell with the same words.
    if neurobook_recorded::record(Path::new(&rustc), &arguments) {
        return Some(ExitCode::FAILURE);
    }
    Some(compile(&rustc, &arguments).unwrap_or_else(|error| {
        eprintln!("cannot start {}: {error}", rustc.display());
        ExitCode::FAILURE
    }))
}

fn compile(rustc: &OsString, arguments: &[OsString]) -> io::Result<ExitCode> {
    let more = neurobook_recorded::more_arguments(arguments);
    let mut compiler = Command::new(rustc).args(arguments).args(more).stderr(Stdio::piped()).spawn()?;
    if let Some(said) = compiler.stderr.take() {
        pass_on(BufReader::new(said), io::stderr().lock());
    }
    let status = compiler.wait()?;
    // Where a signal ended it there is no code.
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Passes lines on one by one, since Cargo goes on as soon as it reads that a file is there.
fn pass_on(mut from: impl BufRead, mut to: impl Write) {
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        let helped = with_words(&line);
        // If nobody listens any more, the compiler must still not wait for a reader.
        let _ = to.write_all(helped.as_deref().unwrap_or(&line)).and_then(|()| to.flush());
        line.clear();
    }
}

/// The sentence that [`with_words`] has put into an error.
pub fn added(message: &Value) -> Option<&str> {
    let ours = message["children"].as_array()?.iter().find(|child| child[OURS] == true)?;
    ours["message"].as_str()
}

/// The compiler's line with a sentence in it, if it is an error that there is a sentence for.
pub fn with_words(line: &[u8]) -> Option<Vec<u8>> {
    // Most lines are not errors, and need not be read.
    let mut message: Value = line.starts_with(b"{").then(|| serde_json::from_slice(line).ok()).flatten()?;
    if message["level"] != "error" {
        return None;
    }
    let words = super::words(&message)?;
    // The kernel shows the label of a place that is in no cell below the picture of the error.
    let span = json!({ "file_name": "", "label": format!("{words}\n"), "is_primary": false, "expansion": null, "suggested_replacement": null });
    let help = json!({ "message": words, "code": null, "level": "help", "spans": [span], "children": [], "rendered": null, OURS: true });
    message["children"].as_array_mut()?.insert(0, help);
    let mut helped = serde_json::to_vec(&message).ok()?;
    helped.push(b'\n');
    Some(helped)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ERROR: &str = r#"{"level":"error","code":{"code":"E0369"},"message":"no implementation for `f64 ^ {integer}`","spans":[],"children":[{"level":"note","message":"as it was"}]}"#;

    fn passed_on(said: &str) -> String {
        let mut heard = Vec::new();
        pass_on(said.as_bytes(), &mut heard);
        String::from_utf8(heard).unwrap()
    }

    #[test]
    fn an_error_gets_a_help_and_keeps_what_it_had() {
        let heard: Value = serde_json::from_str(&passed_on(&format!("{ERROR}\n"))).unwrap();
        assert_eq!(heard["message"], "no implementation for `f64 ^ {integer}`");
        assert!(added(&heard).unwrap().contains("`x.powi(2)`"));
        assert_eq!(heard["children"][1]["message"], "as it was");
    }

    #[test]
    fn everything_else_goes_through_as_it_comes() {
        let said = format!(
            "{}\nno JSON\n{{\"half\": \n{{\"artifact\":\"a\"}}\n\nno line end",
            ERROR.replace("error", "warning")
        );
        assert_eq!(passed_on(&said), said);
        assert_eq!(passed_on(&ERROR.replace("E0369", "E9999")), ERROR.replace("E0369", "E9999"));
    }

    proptest! {
        #[test]
        fn no_message_stops_the_compiler(code in "E[0-9]{4}|", text in ".{0,80}", line in ".{0,40}", column in 0u64..50) {
            let span = json!({ "is_primary": true, "label": text, "text": [{ "text": line, "highlight_start": column }] });
            let message = json!({ "level": "error", "code": { "code": code }, "message": text, "spans": [span], "children": [] });
            let heard = passed_on(&format!("{message}\n"));
            prop_assert!(serde_json::from_str::<Value>(&heard).is_ok());
        }
    }
}
