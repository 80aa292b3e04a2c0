//! The kernel's program: runs the cells of a notebook for the kernel's front, or all of one without Jupyter.

#[cfg(unix)]
mod assistant;
mod cargo;
#[cfg(unix)]
mod completion_client;
#[cfg(unix)]
mod completion_standby;
mod engine;
mod place;
mod report;
mod run_notebook;
mod serve;
mod session;
#[cfg(unix)]
mod spare;
mod supervisor;
mod working_folders;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use neurobook_cli::commands::run;
use neurobook_cli::compiler_hints;

/// What the tool or Jupyter starts this program for.
#[derive(Parser)]
#[command(name = "neurobook-kernel", version)]
enum Command {
    /// Run a notebook from its first cell to its last, without Jupyter
    Run(run::Options),
    /// Run cells for the kernel's front, which asks on standard input
    Serve {
        /// Wait there as a spare until a front takes it
        #[arg(long, value_name = "FOLDER")]
        spare: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    // evcxr starts this same program for every cell, in Cargo's place.
    if let Some(status) = cargo::in_place_of_cargo() {
        return status;
    }
    // Cargo starts this same program for every cell, in the compiler's place: before anything else, since a
    // learner waits.
    if let Some(status) = compiler_hints::in_place_of_rustc() {
        return status;
    }
    // A kernel starts this same program again as the process that runs the cells. In that process the
    // call does not return.
    working_folders::enter_as_runner();
    supervisor::enter();
    evcxr::runtime_hook();
    match work() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn work() -> Result<ExitCode> {
    match Command::parse() {
        Command::Run(options) => run_notebook::run(&options),
        Command::Serve { spare: None } => serve::serve().map(|()| ExitCode::SUCCESS),
        Command::Serve { spare: Some(place) } => serve::serve_as_spare(&place).map(|()| ExitCode::SUCCESS),
    }
}
