//! `neurobook`: builds, opens, runs and checks the workbook, and is its Jupyter kernel.

mod build;
mod cli;
mod copies;
mod course;
mod files;
mod jupyter;
mod kernel;
mod lab;
mod notebook;
mod page;
mod paths;
mod progress;
mod run;
mod sandbox;
mod session;
mod setup;
mod source;
mod sources;
mod toolchain;

use std::process::ExitCode;

fn main() -> ExitCode {
    // A kernel starts this same binary again as the process that runs the cells. In that process the
    // call does not return.
    evcxr::runtime_hook();
    match cli::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
