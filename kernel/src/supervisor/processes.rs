//! The supervisor and the runner of the cells.
//!
//! | who | files |
//! |---|---|
//! | supervisor | `supervise`, `cell`, `runner_process`, `streams`, `outbox`, `lines`, `input`, `memory` |
//! | runner | `runner`, `copy`, `crash` |
//! | between them | `report` |
//! | kernel | `compilers`, with `family` |

mod cell;
pub mod compilers;
mod copy;
mod crash;
mod family;
mod input;
mod lines;
mod memory;
mod outbox;
mod report;
mod runner;
mod runner_process;
mod streams;
mod supervise;

/// Supervises the cells; does not return.
pub fn start() -> ! {
    // SAFETY: evcxr has just started this program, which has one thread.
    match unsafe { runner_process::start() } {
        Ok(runner) => supervise::supervise(runner),
        Err(error) => {
            eprintln!("The process that runs the cells does not start: {error}.");
            std::process::exit(1);
        }
    }
}
