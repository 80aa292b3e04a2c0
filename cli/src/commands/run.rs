//! `neurobook run`: a notebook from its first cell to its last, without Jupyter. The kernel's program does it.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;

use crate::jupyter::compiled_program;
use crate::jupyter::prepare::prepare_kernel;
use crate::jupyter::session::Sessions;
use crate::notebook::{Notebook, Outputs};

/// Options of `neurobook run`.
#[derive(Args)]
pub struct Options {
    /// The notebook
    pub notebook: PathBuf,
    /// Write the notebook with its outputs to this file
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write a page with figures and working sliders, which needs no other file, to this file
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Stop a cell that takes longer than this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 300.0)]
    timeout: f64,
    /// Go on after a cell that fails, and report all that fail
    #[arg(long)]
    pub keep_going: bool,
}

impl Options {
    /// How long a cell may take.
    pub fn limit(&self) -> Result<Duration> {
        match Duration::try_from_secs_f64(self.timeout) {
            Ok(limit) if !limit.is_zero() => Ok(limit),
            _ => bail!("--timeout is {}: give a positive number of seconds", self.timeout),
        }
    }
}

/// Hands over to the kernel's program, once that and the notebooks' crates are compiled.
pub fn run(options: &Options) -> Result<ExitCode> {
    // A mistake on the command line, or a file that is no notebook, is said before anybody waits.
    options.limit()?;
    Notebook::read(&options.notebook, Outputs::Drop)?;
    let sessions = Sessions::find()?;
    let kernel = prepare_kernel(&sessions)?;
    compiled_program::hand_over(&kernel, env::args_os().skip(1))
}
