//! The processes inside the sandbox: this same binary, started again for one of them.

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

use super::{exec, probe, reserve, supervisor};

/// The processes inside the sandbox.
#[derive(Subcommand)]
pub enum Inside {
    /// Starts the program, and ends it when its time is over
    Guard,
    /// Gives up its rights and becomes the program
    Threshold,
    /// Tries what must not succeed
    Probe,
    /// Takes memory and threads
    Reserve,
}

/// Does the work of a process inside. Its messages are for the grader, who reads them after `token`.
pub fn confined(inside: &Inside) -> Result<ExitCode> {
    match inside {
        Inside::Guard => supervisor::guard(),
        Inside::Threshold => exec::cross(),
        Inside::Probe => probe::probe(),
        Inside::Reserve => reserve::reserve(),
    }
}
