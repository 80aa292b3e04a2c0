//! `neurobook run`: a notebook from its first cell to its last, without Jupyter. The kernel's program does it.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use clap::Args;

use crate::jupyter::compiled_program;
use crate::jupyter::prepare::prepare_kernel;
use crate::jupyter::session::Sessions;
use crate::notebook::{Notebook, Outputs};
use crate::support::seconds;

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
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = seconds::parse, allow_hyphen_values = true)]
    pub timeout: Duration,
    /// Go on after a cell that fails, and report all that fail
    #[arg(long)]
    pub keep_going: bool,
}

/// Hands over to the kernel's program, once that and the notebooks' crates are compiled.
pub fn run(options: &Options) -> Result<ExitCode> {
    // A mistake on the command line, or a file that is not a notebook, is said before anybody waits.
    Notebook::read(&options.notebook, Outputs::Drop)?;
    let sessions = Sessions::find()?;
    let kernel = prepare_kernel(&sessions)?;
    compiled_program::hand_over(&kernel, env::args_os().skip(1))
}
