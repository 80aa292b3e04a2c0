//! This program in Cargo's place: compiles a cell as Cargo would have, without asking Cargo each time.
//!
//! Between two cells of a notebook hardly anything changes that Cargo looks at, and for every cell it looks at all of
//! it. The first compilation of a session is Cargo's, and so is every one that is asked for in other words, with other
//! settings, or after a change in the crates. The command by which Cargo has the cells' crate compiled is on record;
//! where nothing has changed since, the same command is given here.
//!
//! evcxr finds Cargo through rustup or on `PATH`. So each session has a toolchain of its own, in which everything but
//! Cargo is a link to the real one.

mod cell;
mod compilation;
mod level;
mod request;
mod stand_in;

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use neurobook_recorded::{Compilation, ONLY_RECORD};

use request::Request;
pub use stand_in::variables;

/// Names the real Cargo.
const REAL: &str = "NEUROBOOK_CARGO";
/// By this evcxr says where its session is.
const SESSION: &str = "EVCXR_TMPDIR";

/// Does Cargo's work, where this program has been started under Cargo's name, and gives its status.
pub fn in_place_of_cargo() -> Option<ExitCode> {
    let name = env::args_os().next()?;
    (Path::new(&name).file_stem()? == "cargo").then_some(())?;
    Some(match session() {
        Some(session) => build(&session),
        None => real_cargo(),
    })
}

/// The session, if this is evcxr's order to compile a cell in it.
fn session() -> Option<PathBuf> {
    let mut words = env::args_os().skip(1);
    let is_build = words.next()? == "build" || words.next()? == "build";
    let session = env::var_os(SESSION).map(PathBuf::from)?;
    let is_asked =
        is_build && env::var_os(ONLY_RECORD).is_none() && env::current_dir().is_ok_and(|here| here == session);
    is_asked.then_some(session)
}

fn build(session: &Path) -> ExitCode {
    let Ok(asked) = Request::now(session) else { return real_cargo() };
    if asked.is_as_before(session)
        && let Some(known) = Compilation::read(session)
        && let Ok(status) = compilation::compile(&known, session)
    {
        return status;
    }
    let status = real_cargo();
    if status == ExitCode::SUCCESS {
        // What is not kept is only asked again.
        let _ = asked.keep(session);
    }
    status
}

fn real_cargo() -> ExitCode {
    let Some(cargo) = env::var_os(REAL) else {
        eprintln!("{REAL} does not name Cargo");
        return ExitCode::FAILURE;
    };
    match Command::new(&cargo).args(env::args_os().skip(1)).status() {
        // Where a signal ended it there is no code.
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => {
            eprintln!("cannot start {}: {error}", Path::new(&cargo).display());
            ExitCode::FAILURE
        }
    }
}
