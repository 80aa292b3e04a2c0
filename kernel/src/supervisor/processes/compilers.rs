//! Ends the compilers of a cell that is to be stopped before it runs.

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, getpid, kill_process};

use super::family;

/// Time to end, in turns of a millisecond.
const TURNS: usize = 200;

/// Ends Cargo, the compiler and the linker: what works in the session's folder, as nothing else does that the kernel
/// starts. By then none of them is left that could write where the next cell's compiler does, not even one whose parent was
/// killed just after it had started it.
pub fn kill(supervisor: Pid) {
    let session = std::env::var_os("EVCXR_TMPDIR").map(PathBuf::from);
    let Some(session) = session.and_then(|folder| folder.canonicalize().ok()) else { return };
    let others = [getpid(), supervisor];
    let compiles =
        |process: &Pid| !others.contains(process) && family::working_folder(*process).as_ref() == Some(&session);
    for _ in 0..TURNS {
        let compilers: Vec<Pid> = family::all().into_iter().filter(compiles).collect();
        if compilers.is_empty() {
            return;
        }
        for compiler in compilers {
            // It may have ended meanwhile.
            let _ = kill_process(compiler, Signal::KILL);
        }
        thread::sleep(Duration::from_millis(1));
    }
}
