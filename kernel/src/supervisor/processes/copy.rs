//! A copy of the runner, which sleeps while a cell runs.

use std::io::{self, PipeReader, Read};

use rustix::process::{Pid, Signal, WaitOptions, getpid, kill_process, waitpid};

use super::family;

/// Both processes return from a copy.
pub enum Copied {
    /// In the runner: the copy.
    Sleeping(Copy),
    /// In the copy, once it has been woken.
    Woken { runner: i32 },
}

/// A sleeping copy. When this is dropped, it ends.
pub struct Copy(Pid);

impl Copy {
    pub fn number(&self) -> i32 {
        self.0.as_raw_nonzero().get()
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // It may have ended: where memory was short, by the supervisor.
        let _ = kill_process(self.0, Signal::KILL);
        let _ = waitpid(Some(self.0), WaitOptions::empty());
    }
}

/// Copies this process.
///
/// With more threads than one, those of the copy are gone, and what they had locked stays locked in it. The C library's own
/// locks are free in the copy. So a copy is better than none: it is needed only where all would be lost otherwise.
pub fn make(wake: &mut PipeReader) -> io::Result<Copied> {
    // SAFETY: the copy goes on with what this thread does, which holds no lock.
    match unsafe { libc::fork() } {
        -1 => Err(io::Error::last_os_error()),
        0 => {
            family::be_spared();
            let mut byte = [0];
            // Without a supervisor, nobody will wake it.
            if wake.read_exact(&mut byte).is_err() {
                // SAFETY: ends this process at once. What was to be done at an exit is the runner's.
                unsafe { libc::_exit(0) };
            }
            family::be_first_to_go();
            family::end_with_parent();
            Ok(Copied::Woken { runner: getpid().as_raw_nonzero().get() })
        }
        copy => Pid::from_raw(copy).map(|copy| Copied::Sleeping(Copy(copy))).ok_or_else(io::Error::last_os_error),
    }
}
