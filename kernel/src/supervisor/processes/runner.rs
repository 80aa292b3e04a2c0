//! The runner: holds the variables, and runs one cell after the other.
//!
//! It does what evcxr's own process for the cells does (0.22, `runtime.rs`), with a copy before each cell. Commands do not
//! come by standard input, where a cell could read them.

use std::ffi::c_void;
use std::io::{BufRead, BufReader, PipeReader, PipeWriter, Write};
use std::process::exit;
use std::ptr;

use libloading::Library;

use super::copy::{self, Copied};
use super::family;
use super::report::Report;

/// The function of a cell: takes the variables and gives them back.
type CellFunction = extern "C" fn(*mut c_void) -> *mut c_void;

/// Writes out what has been printed.
type FlushFunction = extern "C" fn();

/// Writes out what `print!` keeps until its line ends; the course's crate has it.
const FLUSH: &[u8] = b"neurobook_flush_stdout";

/// The command that ends the copy; all others run a cell. Who sends it must not want to wake the copy any more.
pub const FORGET_COPY: &[u8] = b"\n";

/// The runner's ends of its pipes, besides the standard streams.
pub struct Pipes {
    pub commands: PipeReader,
    /// Says to a copy that it is the runner.
    pub wake: PipeReader,
    pub reports: PipeWriter,
}

/// Runs the cells that are asked for, until nobody can ask any more.
pub fn run(pipes: Pipes) -> ! {
    let Pipes { commands, mut wake, mut reports } = pipes;
    let mut report = |report: Report| {
        // Without a supervisor there are no more commands either.
        let _ = reports.write_all(&report.to_bytes());
    };
    let mut commands = BufReader::new(commands);
    let mut command = String::new();
    let mut variables: *mut c_void = ptr::null_mut();
    let mut flush = None;
    let mut sleeping = None;
    loop {
        command.clear();
        if !matches!(commands.read_line(&mut command), Ok(1..)) {
            exit(0);
        }
        drop(sleeping.take());
        if command.as_bytes() == FORGET_COPY {
            continue;
        }
        if family::has_threads() {
            report(Report::Threads);
        }
        match copy::make(&mut wake) {
            Ok(Copied::Sleeping(copy)) => {
                report(Report::Copied { copy: copy.number() });
                sleeping = Some(copy);
            }
            Ok(Copied::Woken { runner }) => {
                report(Report::Woken { runner });
                continue;
            }
            Err(_) => report(Report::NotCopied),
        }
        match run_cell(command.trim_end(), variables, &mut flush) {
            Ok(after) => variables = after,
            Err(error) => {
                eprintln!("{error}");
                report(Report::NotLoaded);
                exit(99);
            }
        }
        report(Report::Done);
    }
}

/// Runs the function that is named behind its library's path.
fn run_cell(
    command: &str,
    variables: *mut c_void,
    flush: &mut Option<FlushFunction>,
) -> Result<*mut c_void, libloading::Error> {
    let (path, name) = command.rsplit_once(' ').unwrap_or((command, ""));
    // SAFETY: evcxr has had the library compiled for this, and its initializers are those of Rust crates.
    let library = unsafe { Library::new(path) }?;
    // SAFETY: that is the type of the functions that evcxr generates.
    let function = unsafe { library.get::<CellFunction>(name.as_bytes()) }?;
    let variables = function(variables);
    // SAFETY: the crate's function has this type.
    if let Ok(found) = unsafe { library.get::<FlushFunction>(FLUSH) } {
        *flush = Some(*found);
    }
    // A cell without the crate has the same standard library as one with it.
    if let Some(flush) = flush {
        flush();
    }
    // Variables have their code there, and threads may run in it.
    std::mem::forget(library);
    Ok(variables)
}
