//! The kernel's side: hears why a cell's process has ended, and stops cells.

use std::io;
use std::process::Child;
use std::sync::Mutex;

use super::Ended;

/// Names the pipe to the kernel, by its number, to the supervisor.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) const ENDINGS: &str = "NEUROBOOK_ENDINGS";

pub use system::Supervision;

#[cfg(any(target_os = "linux", target_os = "macos"))]
mod system {
    use std::io::{PipeReader, PipeWriter, Read, pipe};
    use std::os::fd::AsRawFd;
    use std::sync::PoisonError;
    use std::thread;
    use std::time::Duration;

    use rustix::io::{FdFlags, fcntl_setfd, ioctl_fionbio};
    use rustix::process::{Pid, Signal, kill_process};

    use super::super::processes::compilers;
    use super::*;

    /// A compiler may start, or a cell begin to run, just after it was looked for.
    const AGAIN: Duration = Duration::from_millis(20);

    pub struct Supervision {
        endings: PipeReader,
        /// evcxr may start another supervisor at any time, which finds the pipe open.
        _writer: PipeWriter,
        unread: Vec<u8>,
    }

    impl Supervision {
        /// Tells the supervisors that evcxr will start who their kernel is.
        ///
        /// # Safety
        ///
        /// Sets a variable of the environment, so it must be called while this process has one thread, or none other that
        /// reads the environment.
        pub unsafe fn open() -> io::Result<Supervision> {
            let (endings, writer) = pipe()?;
            ioctl_fionbio(&endings, true)?;
            ioctl_fionbio(&writer, true)?;
            fcntl_setfd(&writer, FdFlags::empty())?;
            // SAFETY: by this function's own contract.
            unsafe { std::env::set_var(ENDINGS, writer.as_raw_fd().to_string()) };
            Ok(Supervision { endings, _writer: writer, unread: Vec::new() })
        }

        /// Why the last cell's process ended. To be asked after an `Err` of evcxr's.
        pub fn take_ending(&mut self) -> Option<Ended> {
            let mut buffer = [0; 1024];
            // An empty pipe is an error here, as it would block.
            while let Ok(read @ 1..) = self.endings.read(&mut buffer) {
                self.unread.extend_from_slice(&buffer[..read]);
            }
            let end = self.unread.iter().rposition(|&byte| byte == b'\n')?;
            let lines: Vec<u8> = self.unread.drain(..=end).collect();
            lines.split(|&byte| byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).next_back()
        }

        /// Stops the running cell, whether it runs or is being compiled; blocks until `is_running` says that it has ended.
        ///
        /// `process` is evcxr's handle. `is_running` must be true until `execute` has returned, and no longer.
        pub fn interrupt(process: &Mutex<Child>, is_running: impl Fn() -> bool) {
            while is_running() {
                let supervisor = process.lock().unwrap_or_else(PoisonError::into_inner).id();
                if let Some(supervisor) = supervisor.try_into().ok().and_then(Pid::from_raw) {
                    compilers::kill(supervisor);
                    // It may have ended meanwhile.
                    let _ = kill_process(supervisor, Signal::INT);
                }
                thread::sleep(AGAIN);
            }
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
mod system {
    use std::sync::PoisonError;

    use super::*;

    /// There is no supervisor here: an interrupt ends evcxr's process, and all variables with it.
    pub struct Supervision;

    impl Supervision {
        /// # Safety
        ///
        /// There is nothing to mind here.
        pub unsafe fn open() -> io::Result<Supervision> {
            Ok(Supervision)
        }

        pub fn take_ending(&mut self) -> Option<Ended> {
            None
        }

        pub fn interrupt(process: &Mutex<Child>, is_running: impl Fn() -> bool) {
            if is_running() {
                // It may have ended meanwhile.
                let _ = process.lock().unwrap_or_else(PoisonError::into_inner).kill();
            }
        }
    }
}
