//! What a kernel needs, made if it is not there: the crates of the notebooks, and the kernel's own program.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

use super::compiled_program::{CompiledProgram, KERNEL};
use super::progress::ProgressFile;
use super::session::{MEGABYTES, Sessions};
use super::toolchain;
#[cfg(unix)]
use super::updates;
use crate::support::cause::{Attempt, explain};
use crate::support::step_reporter::Step;

/// As many crates as a notebook may need: a test counts them (`tests/it/tidy.rs`).
const MOST_CRATES: usize = 35;

/// Whether a kernel can start at once.
pub fn is_ready(sessions: &Sessions, kernel: &CompiledProgram) -> bool {
    sessions.is_ready() && kernel.is_ready(&sessions.toolchain)
}

/// Everything that a kernel needs. Each compilation has a tail that keeps one core alone busy: so both go on at once.
pub fn prepare_kernel(sessions: &Sessions) -> Result<CompiledProgram> {
    let kernel = CompiledProgram::find(&KERNEL)?;
    let (compiled, prepared) = thread::scope(|scope| {
        let progress = ProgressFile::new(sessions.progress_folder(), "kernel");
        let compiling = scope.spawn(|| {
            let progress = progress;
            kernel.prepare(&sessions.toolchain, &progress)
        });
        let prepared = prepare_sessions(sessions);
        (compiling.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), prepared)
    });
    both(compiled, prepared)?;
    toolchain::remember(&sessions.root, &sessions.toolchain)?;
    // Without that, kernels that live keep a spare that nobody takes, and nothing else is amiss.
    #[cfg(unix)]
    let _ = updates::announce(sessions, &kernel);
    Ok(kernel)
}

/// Where two things went wrong, both are said: who mends one should not have to wait for the other.
pub fn both<A, B>(first: Result<A>, second: Result<B>) -> Result<(A, B)> {
    match (first, second) {
        (Err(first), Err(second)) => bail!("{first:#}\n\n{second:#}"),
        (first, second) => Ok((first?, second?)),
    }
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
    let progress = ProgressFile::new(sessions.progress_folder(), "crates");
    let mut count = 0;
    // evcxr explains a mistake in a cell by `cargo check`, for which the crates are compiled once more, and quickly.
    for (command, does) in [("build", "Compiling "), ("check", "Checking ")] {
        let mut cargo = sessions.cargo(draft)?;
        cargo.args([command, "--offline", "--target", sessions.toolchain.host()?]);
        let (done, said) = follow(&mut cargo, step, |line| {
            let name = line.trim_start().strip_prefix(does)?;
            count += 1;
            progress.write(count, 2 * MOST_CRATES);
            Some(format!("compiling {name}, number {count}"))
        })?;
        if !done {
            bail!(explain(&said, &attempt("The crates that notebooks use did not compile", draft)));
        }
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
