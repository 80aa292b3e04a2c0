//! `neurobook setup`: everything that `lab` needs, each step said and none done twice.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::completion;
use crate::jupyter::environment::Jupyter;
use crate::jupyter::prepare::{both, prepare_kernel};
use crate::jupyter::session::Sessions;
use crate::jupyter::toolchain;
use crate::support::paths;

/// Options of `neurobook setup`.
#[derive(Args)]
pub struct Options {
    /// Leave JupyterLab out: enough for `neurobook run`
    #[arg(long)]
    no_jupyter: bool,
}

/// Sets up what is missing and says where it is.
pub fn setup(options: &Options) -> Result<ExitCode> {
    toolchain::choose(&paths::crate_root()?)?;
    let sessions = Sessions::find()?;
    if options.no_jupyter {
        prepare_kernel(&sessions)?;
    } else {
        prepare(&sessions, &Jupyter::of(&sessions.root)?)?;
    }
    if !options.no_jupyter {
        completion::prepare_now(&sessions)?;
    }
    eprintln!("Ready. `cargo run -- lab` opens the workbook, also without a network.");
    Ok(ExitCode::SUCCESS)
}

/// Makes what `lab` needs, if it is not there. JupyterLab waits for the network and the disk, the crates for
/// the compiler: so both are made at once.
pub fn prepare(sessions: &Sessions, jupyter: &Jupyter) -> Result<()> {
    jupyter.require_python()?;
    let (installed, prepared) = std::thread::scope(|scope| {
        let installing = scope.spawn(|| jupyter.install());
        let prepared = prepare_kernel(sessions);
        (installing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), prepared)
    });
    both(installed, prepared)?;
    jupyter.describe_kernel(&sessions.root)
}
