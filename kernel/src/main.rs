//! The kernel's program: serves a notebook to Jupyter, or runs one without it.

#[cfg(unix)]
mod assistant;
mod cargo;
#[cfg(unix)]
mod completion_client;
mod engine;
mod report;
mod run_notebook;
mod serve;
mod working_folders;

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
    // Jupyter starts its kernel with evcxr's own argument.
    if std::env::args_os().nth(1).is_some_and(|first| first == "--control_file") {
        serve::serve()?;
        return Ok(ExitCode::SUCCESS);
    }
    match Command::parse() {
        Command::Run(options) => run_notebook::run(&options),
    }
}
