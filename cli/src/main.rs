//! `neurobook`: builds, opens, checks and grades the workbook.

use std::process::ExitCode;

fn main() -> ExitCode {
    match neurobook_cli::cli::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
