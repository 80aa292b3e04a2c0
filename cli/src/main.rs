//! `neurobook`: builds, opens, runs and checks the workbook, and is its Jupyter kernel.

mod build;
mod check;
mod cli;
mod copies;
mod course;
mod files;
#[cfg(test)]
mod fuzz;
mod grade;
mod jupyter;
mod kernel;
mod lab;
mod marking;
mod merge;
mod nbgrader;
mod notebook;
mod page;
mod paths;
mod plain;
mod program;
mod progress;
mod reference;
mod run;
mod sandbox;
mod scratch;
mod session;
mod setup;
mod source;
mod sources;
mod submission;
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
