//! What a kernel needs, made if it is not there: the crates of the notebooks, and the kernel's own program.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::kernel_program::KernelProgram;
use super::session::{MEGABYTES, Sessions};
use crate::support::cause::{Attempt, explain};
use crate::support::step_reporter::Step;

/// Everything that a kernel needs.
pub fn prepare_kernel(sessions: &Sessions) -> Result<KernelProgram> {
    let kernel = KernelProgram::find()?;
    kernel.prepare(&sessions.toolchain)?;
    prepare_sessions(sessions)?;
    Ok(kernel)
}

/// Compiles the crates of the sessions, if that is not done.
pub fn prepare_sessions(sessions: &Sessions) -> Result<()> {
    if sessions.is_ready() {
        return sessions.configure();
    }
    let step = Step::begin(
        "Compiling the crates that the notebooks use",
        "about a minute, once; needs the network the first time",
    );
    sessions.prepare(|draft| fetch(sessions, draft, &step), |draft| compile(sessions, draft, &step))?;
    step.done();
    Ok(())
}

/// Downloads the crates of the sessions, for every system, because evcxr asks Cargo for all of them.
fn fetch(sessions: &Sessions, draft: &Path, step: &Step) -> Result<()> {
    let mut cargo = sessions.cargo(draft)?;
    cargo.arg("fetch");
    let (done, said) = follow(&mut cargo, step, |line| {
        line.trim_start().strip_prefix("Downloaded ").map(|name| format!("downloaded {name}"))
    })?;
    if !done {
        bail!(explain(&said, &attempt("The crates that notebooks use could not be downloaded", draft)));
    }
    Ok(())
}

/// Compiles the crates as evcxr will ask for them.
fn compile(sessions: &Sessions, draft: &Path, step: &Step) -> Result<()> {
    let mut cargo = sessions.cargo(draft)?;
    cargo.args(["build", "--offline", "--target", sessions.toolchain.host()?]);
    let mut count = 0;
    let (done, said) = follow(&mut cargo, step, |line| {
        let name = line.trim_start().strip_prefix("Compiling ")?;
        count += 1;
        Some(format!("compiling {name}, number {count}"))
    })?;
    if !done {
        bail!(explain(&said, &attempt("The crates that notebooks use did not compile", draft)));
    }
    Ok(())
}

fn attempt<'a>(failure: &'a str, draft: &'a Path) -> Attempt<'a> {
    let folder = draft.parent().unwrap_or(draft);
    Attempt { failure, folder, megabytes: MEGABYTES, index: "Rust's crate index" }
}

/// Runs Cargo to its end. Gives whether all went well, and what it said.
fn follow(cargo: &mut Command, step: &Step, detail: impl FnMut(&str) -> Option<String>) -> Result<(bool, String)> {
    let mut running = cargo.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().context("cannot start cargo")?;
    let said = running.stderr.take().map(|stderr| step.follow(stderr, detail)).unwrap_or_default();
    Ok((running.wait()?.success(), said))
}
