//! Ends the compilers of a cell that is to be stopped before it runs.

use std::path::PathBuf;

use rustix::process::{Pid, Signal, getpid, kill_process};

use super::family;

/// Ends what the kernel has started for a cell, with all that this has started: Cargo, the compiler, the linker. They work
/// in the session's folder, as nothing else does that the kernel starts.
pub fn kill(supervisor: Pid) {
    let session = std::env::var_os("EVCXR_TMPDIR").map(PathBuf::from);
    let session = session.and_then(|folder| folder.canonicalize().ok());
    let compiles =
        |process: Pid| process != supervisor && session.is_some() && family::working_folder(process) == session;
    for compiler in family::children(getpid()).into_iter().filter(|&child| compiles(child)) {
        let below = family::descendants(compiler, |_| true);
        for process in [compiler].into_iter().chain(below) {
            // It may have ended meanwhile.
            let _ = kill_process(process, Signal::KILL);
        }
    }
}
