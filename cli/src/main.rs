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
mod overview;
mod page;
mod paths;
mod plain;
mod program;
mod progress;
mod reference;
mod register;
mod run;
mod sandbox;
mod scratch;
mod session;
mod setup;
mod site;
mod source;
mod sources;
mod submission;
mod toolchain;

use std::process::ExitCode;

fn main() -> ExitCode {
    // Cargo starts this same binary for every cell, in the compiler's place: before anything else, since a
    // learner waits.
    if let Some(status) = plain::in_place_of_rustc() {
        return status;
    }
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
