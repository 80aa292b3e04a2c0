//! `neurobook setup`: everything that `lab` needs, each step said and none done twice.

use std::cell::Cell;
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::jupyter::Jupyter;
use crate::progress::{Step, say};
use crate::session::Sessions;

/// Options of `neurobook setup`.
#[derive(Args)]
pub struct Options {
    /// Leave JupyterLab out: enough for `neurobook run`
    #[arg(long)]
    no_jupyter: bool,
}

/// Sets up what is missing and says where it is.
pub fn setup(options: &Options) -> Result<ExitCode> {
    let sessions = Sessions::find()?;
    if options.no_jupyter {
        prepare_sessions(&sessions)?;
    } else {
        prepare(&sessions, &Jupyter::of(&sessions.root)?)?;
    }
    eprintln!("Ready. `cargo run -- lab` opens the workbook, also without a network.");
    Ok(ExitCode::SUCCESS)
}

/// Makes what `lab` needs, if it is not there. JupyterLab waits for the network and the disk, the crates for
/// the compiler: so both are made at once.
pub fn prepare(sessions: &Sessions, jupyter: &Jupyter) -> Result<()> {
    let (installed, prepared) = std::thread::scope(|scope| {
        let installing = scope.spawn(|| jupyter.install());
        let prepared = prepare_sessions(sessions);
        (installing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), prepared)
    });
    match (installed, prepared) {
        // Both are said: who mends one should not have to wait for the other.
        (Err(first), Err(second)) => bail!("{first:#}\n\n{second:#}"),
        (installed, prepared) => installed.map(drop).and(prepared)?,
    }
    jupyter.describe_kernel(&sessions.root)
}

/// Compiles the crates of the sessions, if that is not done.
pub fn prepare_sessions(sessions: &Sessions) -> Result<()> {
    add_library_sources(sessions)?;
    if sessions.template().is_dir() {
        return sessions.configure();
    }
    let step = Step::begin(
        "Compiling the crates that the notebooks use",
        "about a minute, once; needs the network the first time",
    );
    sessions.prepare(|manifest| fetch(sessions, manifest, &step), |folder| compile(sessions, folder, &step))?;
    step.done();
    Ok(())
}

/// Installs the standard library's sources, without which the kernel cannot infer a variable's type.
fn add_library_sources(sessions: &Sessions) -> Result<()> {
    if sessions.toolchain.library_sources().is_some() {
        return Ok(());
    }
    let step = Step::begin(
        "Adding the standard library's sources to the Rust toolchain (rustup component add rust-src)",
        "seconds, once: the kernel reads the types of your variables there",
    );
    let added = Command::new("rustup")
        .args(["component", "add", "rust-src"])
        .env("RUSTUP_TOOLCHAIN", &sessions.toolchain.sysroot)
        .stdin(Stdio::null())
        .output();
    if added.is_ok_and(|output| output.status.success()) {
        step.done();
    } else {
        say(
            "  That did not work; everything else will. Until you run `rustup component add rust-src`, a variable needs its type written out: `let x: f64 = …`.",
        );
    }
    Ok(())
}

/// Downloads the crates of the sessions, for every system, because evcxr asks Cargo for all of them.
fn fetch(sessions: &Sessions, manifest: &Path, step: &Step) -> Result<()> {
    let mut fetching = Command::new("cargo")
        .args(["fetch", "--manifest-path"])
        .arg(manifest)
        .env("CARGO_HOME", sessions.cargo_home()?)
        .env_remove("CARGO_TARGET_DIR")
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start cargo")?;
    let said = fetching
        .stderr
        .take()
        .map(|stderr| {
            step.follow(stderr, |line| {
                line.trim_start().strip_prefix("Downloaded ").map(|name| format!("downloaded {name}"))
            })
        })
        .unwrap_or_default();
    if !fetching.wait()?.success() {
        bail!(
            "The crates that notebooks use could not be downloaded. The first start needs the network, to reach Rust's crate index; later starts do not. Nothing of yours was changed: connect and run the command again.\n{}",
            said.trim()
        );
    }
    Ok(())
}

/// Runs the first cells of a notebook in this program's own process of its own, which compiles the crates.
fn compile(sessions: &Sessions, folder: &Path, step: &Step) -> Result<()> {
    let program: PathBuf = env::current_exe().context("cannot find this program's own file")?;
    let mut compiling = Command::new(program)
        .arg("compile")
        .arg(folder)
        .env("NEUROBOOK_ROOT", &sessions.root)
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start the compilation")?;
    let count = Cell::new(0);
    let said = compiling
        .stderr
        .take()
        .map(|stderr| {
            step.follow(stderr, |line| {
                let name = line.trim_start().strip_prefix("Compiling ")?;
                count.set(count.get() + 1);
                Some(format!("compiling {name}, number {}", count.get()))
            })
        })
        .unwrap_or_default();
    if !compiling.wait()?.success() {
        let hint = if said.contains("linker") {
            "There seems to be no C linker: install one (Debian and Ubuntu: the package gcc; macOS: xcode-select --install; Windows: Visual Studio's C++ build tools).\n"
        } else {
            ""
        };
        bail!("The crates that notebooks use did not compile.\n{hint}{}", said.trim());
    }
    Ok(())
}
