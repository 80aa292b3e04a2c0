//! `neurobook hand-out`: a learner's own copies of the chapters, before their server starts.
//!
//! A hub puts this before its own command. It is run as the learner, so that nobody with more rights writes into a home.

use std::ffi::OsString;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use clap::Args;

use crate::chapter::course::Course;
use crate::jupyter::compiled_program::become_program;
use crate::notebook::learner_notebooks;

/// Options of `neurobook hand-out`.
#[derive(Args)]
pub struct Options {
    /// What is started then, such as `jupyterhub-singleuser`
    #[arg(last = true)]
    command: Vec<OsString>,
}

/// Makes the copies that are missing, and becomes the command. A copy that cannot be made keeps nobody from working, but
/// in a home that cannot be written no Jupyter program starts, and its own words would hide ours.
pub fn hand_out(options: &Options) -> Result<ExitCode> {
    let handed_out = Course::find().and_then(|course| learner_notebooks::all(&course, |line| eprintln!("{line}")));
    let Some((program, words)) = options.command.split_first() else {
        return handed_out.map(|_| ExitCode::SUCCESS);
    };
    if let Err(error) = handed_out {
        let error = error.context("no chapters were handed out");
        if !home_is_writable() {
            return Err(error);
        }
        eprintln!("{error:#}");
    }
    let mut command = Command::new(program);
    command.args(words);
    become_program(command).with_context(|| format!("cannot start {}", program.to_string_lossy()))
}

#[cfg(target_os = "linux")]
fn home_is_writable() -> bool {
    // Whoever has no home knows where else Jupyter writes.
    dirs::home_dir().is_none_or(|home| rustix::fs::access(home, rustix::fs::Access::WRITE_OK).is_ok())
}

#[cfg(not(target_os = "linux"))]
fn home_is_writable() -> bool {
    true
}
