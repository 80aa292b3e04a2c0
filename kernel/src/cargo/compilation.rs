//! The compiler, called as Cargo has called it before for another cell.

use std::ffi::OsString;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use neurobook_analysis::functions::{Compiled, unneeded};
use neurobook_analysis::items::items;
use neurobook_cli::compiler_hints;
use neurobook_recorded::{Compilation, more_arguments};
use serde_json::{Value, json};

use super::cell::Cell;
use super::level;

/// evcxr's text of a cell, from the session's folder.
const SOURCE: &str = "src/lib.rs";
/// The lean text. Messages name the other file.
const LEAN: &str = "src/lean_lib.rs";
/// The crate that has the store of variables.
const COURSE: &str = "neurobook";
/// What evcxr asks for where the learner has not said otherwise (0.22, `module.rs`).
const LEVEL: &str = "opt-level=2";

/// Compiles the session's cell as before, and says in Cargo's words what came of it.
pub fn compile(known: &Compilation, session: &Path) -> io::Result<ExitCode> {
    let text = fs::read_to_string(session.join(SOURCE))?;
    let mut said = match Cell::read(&text) {
        Some(cell) => compile_lean(known, session, &cell)?,
        None => call(known, &known.arguments)?,
    };
    if said.success {
        said.lines.push(artifact(known)?);
    }
    let mut out = io::stdout().lock();
    for line in said.lines {
        writeln!(out, "{line}")?;
    }
    Ok(if said.success { ExitCode::SUCCESS } else { ExitCode::from(101) })
}

/// Compiles the lean text, and evcxr's own where what was left out is missed.
fn compile_lean(known: &Compilation, session: &Path, cell: &Cell) -> io::Result<Said> {
    let (text, statements) = (cell.items(), cell.statements());
    let items = items(&text);
    let is_long = level::may_run_long(&items, &statements);
    let has_store = known.arguments.iter().any(|argument| argument.starts_with(&format!("{COURSE}=")));
    let lean = has_store.then(|| cell.lean(&unneeded(&items, &statements, &Compiled::read(session)))).flatten();
    let mut said = None;
    if let Some(lean) = lean {
        fs::write(session.join(LEAN), &lean.text)?;
        said = Some(call(known, &quick(&known.arguments, LEAN, is_long))?)
            .filter(|said| said.success || !lean.leaves_out || !said.misses_something());
    }
    let said = said.map_or_else(|| call(known, &quick(&known.arguments, SOURCE, is_long)), Ok)?;
    if said.success {
        Compiled::write(session, &items)?;
    }
    Ok(said)
}

/// What the compiler said of a cell.
struct Said {
    success: bool,
    /// In Cargo's words.
    lines: Vec<Value>,
}

impl Said {
    /// Whether a name is not there, or the text is no Rust. The compiler's last word, how many errors there were, has no place.
    fn misses_something(&self) -> bool {
        let has_place = |error: &&Value| error["spans"].as_array().is_some_and(|spans| !spans.is_empty());
        let errors = self.lines.iter().map(|line| &line["message"]).filter(|message| message["level"] == "error");
        errors.filter(has_place).map(|error| &error["code"]["code"]).any(|code| code == "E0425" || code.is_null())
    }
}

/// The arguments with which a cell is soonest compiled: not optimized where that does not pay, in one piece, and with
/// nothing kept for the next cell, which has other code. What Cargo alone reads is left out.
fn quick(arguments: &[String], source: &str, is_long: bool) -> Vec<String> {
    let mut quick = Vec::with_capacity(arguments.len() + 2);
    let mut arguments = arguments.iter().map(String::as_str).peekable();
    while let Some(argument) = arguments.next() {
        match (argument, arguments.peek().copied()) {
            ("-C", Some(setting)) if setting.starts_with("incremental=") => drop(arguments.next()),
            (SOURCE, _) if source != SOURCE => {
                quick.extend([source.to_owned(), format!("--remap-path-prefix={source}={SOURCE}")]);
            }
            (LEVEL, _) if !is_long => quick.push("opt-level=0".into()),
            ("--emit=dep-info,link", _) => quick.push("--emit=link".into()),
            (units, _) if units.starts_with("codegen-units=") => quick.push("codegen-units=1".into()),
            _ => quick.push(argument.to_owned()),
        }
    }
    quick
}

fn call(known: &Compilation, arguments: &[String]) -> io::Result<Said> {
    let mut command = Command::new(&known.rustc);
    let arguments: Vec<OsString> = arguments.iter().map(Into::into).collect();
    command.args(&arguments).args(more_arguments(&arguments)).current_dir(&known.folder);
    command.envs(known.environment.iter().map(|(name, value)| (name, value)));
    let mut compiler = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let mut lines = Vec::new();
    if let Some(said) = compiler.stderr.take() {
        for line in BufReader::new(said).split(b'\n') {
            let line = line?;
            let helped = compiler_hints::with_words(&line);
            match serde_json::from_slice::<Value>(helped.as_deref().unwrap_or(&line)) {
                Ok(message) if message.get("artifact").is_some() => {}
                Ok(message) => lines.push(json!({ "reason": "compiler-message", "message": message })),
                // The linker's words, or the compiler's own panic.
                Err(_) => eprintln!("{}", String::from_utf8_lossy(&line)),
            }
        }
    }
    Ok(Said { success: compiler.wait()?.success(), lines })
}

/// Puts the library where Cargo would have, and says so.
fn artifact(known: &Compilation) -> io::Result<Value> {
    let mut arguments = known.arguments.iter();
    arguments.find(|argument| *argument == "--out-dir");
    let made = arguments.next().map(PathBuf::from).ok_or(io::ErrorKind::NotFound)?;
    let name = format!("{}ctx{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let place = made.parent().unwrap_or(&made).join(&name);
    fs::rename(made.join(&name), &place)?;
    Ok(json!({ "reason": "compiler-artifact", "target": { "name": "ctx" }, "filenames": [place] }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARGOS: [&str; 16] = [
        "--crate-name",
        "ctx",
        "src/lib.rs",
        "--emit=dep-info,link",
        "-C",
        "opt-level=2",
        "-C",
        "codegen-units=16",
        "-C",
        "overflow-checks=on",
        "-C",
        "incremental=/session/incremental",
        "--extern",
        "neurobook=/a/libneurobook.rlib",
        "-C",
        "rpath",
    ];

    fn quick_of(arguments: &[&str], is_long: bool) -> Vec<String> {
        quick(&arguments.iter().map(ToString::to_string).collect::<Vec<_>>(), LEAN, is_long)
    }

    #[test]
    fn only_what_a_cell_does_not_need_is_another() {
        let expected = [
            "--crate-name",
            "ctx",
            "src/lean_lib.rs",
            "--remap-path-prefix=src/lean_lib.rs=src/lib.rs",
            "--emit=link",
            "-C",
            "opt-level=0",
            "-C",
            "codegen-units=1",
            "-C",
            "overflow-checks=on",
            "--extern",
            "neurobook=/a/libneurobook.rlib",
            "-C",
            "rpath",
        ];
        assert_eq!(quick_of(&CARGOS, false), expected);
        assert!(quick_of(&CARGOS, true).contains(&LEVEL.to_owned()));
    }

    #[test]
    fn a_level_that_the_learner_has_asked_for_is_kept() {
        let asked: Vec<&str> =
            CARGOS.iter().map(|argument| if *argument == LEVEL { "opt-level=3" } else { argument }).collect();
        for is_long in [false, true] {
            assert!(quick_of(&asked, is_long).contains(&"opt-level=3".to_owned()));
        }
    }
}
