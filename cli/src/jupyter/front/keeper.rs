//! Ends all processes below the front when that ends, whatever ended it.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Time that processes have to clean up after themselves when the front was killed.
const GRACE: Duration = Duration::from_millis(1500);
/// What the front says if nobody below it needs that time.
const AT_ONCE: u8 = b'!';

/// Holds the pipe to the guard, a small process that leads the group of all processes below the front. When the
/// pipe closes, by a kill of the front too, the guard ends its group.
pub struct Keeper {
    group: Option<i32>,
    guard: Mutex<Option<(Child, ChildStdin)>>,
}

impl Keeper {
    /// Starts the guard by a command that calls [`guard`].
    pub fn start(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        if !cfg!(unix) {
            return Self { group: None, guard: Mutex::new(None) };
        }
        let started = command.spawn().map(|mut child| child.stdin.take().map(|pipe| (child, pipe)));
        // Without a guard all goes well but for the end.
        let guard = started.inspect_err(|error| eprintln!("the kernel's guard does not start: {error}")).ok().flatten();
        let group = guard.as_ref().and_then(|(child, _)| child.id().try_into().ok());
        Self { group, guard: Mutex::new(guard) }
    }

    /// Has a process that is about to start, and all below it, end with the front.
    pub fn adopt(&self, command: &mut Command) {
        #[cfg(unix)]
        if let Some(group) = self.group {
            std::os::unix::process::CommandExt::process_group(command, group);
        }
        #[cfg(not(unix))]
        let _ = (command, self.group);
    }

    /// Ends all of them now.
    pub fn end(&self) {
        let guard = self.guard.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((mut guard, mut pipe)) = guard {
            // If it has ended already, there is nothing to tell.
            let _ = pipe.write_all(&[AT_ONCE]);
            drop(pipe);
            let _ = guard.wait();
        }
    }
}

/// The guard's whole life. At its end it calls `then`, before it ends all processes of its group and itself.
pub fn guard(then: impl FnOnce()) {
    // What it sends to its group must not end it first.
    outlast_terminate();
    let mut said = Vec::new();
    // An error of the pipe is its end, too.
    let _ = std::io::stdin().read_to_end(&mut said);
    #[cfg(unix)]
    {
        use rustix::process::{Signal, getpgrp, getpid, kill_current_process_group};
        // Started by hand it leads no group, and must not end its shell's.
        if getpgrp() != getpid() {
            return;
        }
        if said.first() != Some(&AT_ONCE) {
            // Both can only fail where there is nobody to end.
            let _ = kill_current_process_group(Signal::TERM);
            std::thread::sleep(GRACE);
        }
        then();
        let _ = kill_current_process_group(Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = then;
}

/// Has this process go on when it is told to end: a service manager tells all processes of a server at once, those, too, that
/// clean up after the others.
pub fn outlast_terminate() {
    // A handler can always be set.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGTERM, std::sync::Arc::default());
}
