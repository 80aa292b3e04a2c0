//! What completes names at the Tab key, compiled in the background: the notebooks run without it.

use std::process::{Command, ExitCode, Stdio};

use anyhow::Result;

use crate::jupyter::compiled_program::{COMPLETION, CompiledProgram};
use crate::jupyter::progress::ProgressFile;
use crate::jupyter::session::Sessions;
use crate::support::program_copy;
use crate::support::step_reporter::say;

/// Compiles it, giving way to everything else, if that is not done.
pub fn prepare() -> Result<ExitCode> {
    give_way();
    prepare_now(&Sessions::find()?)?;
    Ok(ExitCode::SUCCESS)
}

/// Compiles it if that is not done. Without the standard library's sources it completes the crates' names alone.
pub fn prepare_now(sessions: &Sessions) -> Result<()> {
    let program = CompiledProgram::find(&COMPLETION)?;
    if program.is_ready(&sessions.toolchain) {
        return Ok(());
    }
    if sessions.toolchain.library_sources().is_none()
        && let Err(error) = sessions.toolchain.add_component("rust-src")
    {
        say(&format!("The Tab key will not complete names of the standard library: {error:#}"));
    }
    program.prepare(&sessions.toolchain, &ProgressFile::new(sessions.progress_folder(), "completion"))
}

/// Has it compiled by a process that nobody waits for. `adopt` may have it end with somebody.
pub fn prepare_in_background(adopt: impl FnOnce(&mut Command)) {
    let started = program_copy::original().and_then(|program| {
        let mut command = Command::new(program);
        command.arg("prepare-completion").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        adopt(&mut command);
        Ok(command.spawn()?)
    });
    // Where it does not start, the Tab key stays without names.
    if let Ok(mut process) = started {
        std::thread::spawn(move || process.wait());
    }
}

#[cfg(unix)]
fn give_way() {
    // Where it may not, it is only less polite.
    let _ = rustix::process::nice(19);
}

#[cfg(not(unix))]
fn give_way() {}
