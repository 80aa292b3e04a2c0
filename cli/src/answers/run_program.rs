//! Running a program that is trusted to do no harm, but not to end.

use std::io::{Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
#[cfg(unix)]
use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// What a program wrote before it ended.
pub struct Finished {
    pub status: ExitStatus,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

/// Runs a program on this input; `None` if it was stopped because it did not end within the time.
///
/// # Errors
/// When it cannot be started or waited for.
pub fn run_within(command: &mut Command, input: &[u8], time: Duration) -> Result<Option<Finished>> {
    // A group of its own: what a program has started, and still holds its pipes, ends with it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let interrupts = Interrupts::heed()?;
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        // A program may end without having read everything.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        let stdout = scope.spawn(move || read(stdout));
        let stderr = scope.spawn(move || read(stderr));
        let end = Instant::now() + time;
        let status = loop {
            if has_ended(&mut child)? {
                // Its number is still its own, and the group's: it is not waited for before the group has ended.
                end_group(&mut child);
                break Some(child.wait()?);
            }
            if interrupts.came() {
                end_group(&mut child);
                interrupts.obey()?;
            }
            if Instant::now() > end {
                end_group(&mut child);
                child.wait()?;
                break None;
            }
            thread::sleep(Duration::from_millis(2));
        };
        let (stdout, stderr) = (stdout.join().unwrap_or_default(), stderr.join().unwrap_or_default());
        Ok(status.map(|status| Finished { status, stdout, stderr }))
    })
}

/// A terminal's Ctrl-C does not reach a group of its own: while a program runs, it is heeded here, and the program ends
/// before this process does. At all other times signals do what they always do.
struct Interrupts;

/// Whether a program runs now, and whether a signal came meanwhile.
#[cfg(unix)]
struct Flags {
    is_idle: Arc<AtomicBool>,
    came: Arc<AtomicUsize>,
}

#[cfg(unix)]
static FLAGS: OnceLock<Flags> = OnceLock::new();

#[cfg(unix)]
impl Interrupts {
    fn heed() -> Result<Interrupts> {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        if FLAGS.get().is_none() {
            let flags = Flags { is_idle: Arc::new(AtomicBool::new(true)), came: Arc::default() };
            for signal in [SIGINT, SIGTERM, SIGHUP] {
                signal_hook::flag::register_conditional_default(signal, Arc::clone(&flags.is_idle))?;
                signal_hook::flag::register_usize(signal, Arc::clone(&flags.came), signal as usize)?;
            }
            // Another thread may have been first; its flags are set by the same signals.
            let _ = FLAGS.set(flags);
        }
        Interrupts::set_idle(false);
        Ok(Interrupts)
    }

    fn set_idle(is_idle: bool) {
        if let Some(flags) = FLAGS.get() {
            flags.is_idle.store(is_idle, Ordering::SeqCst);
        }
    }

    fn came(&self) -> bool {
        FLAGS.get().is_some_and(|flags| flags.came.load(Ordering::SeqCst) != 0)
    }

    /// Does what the signal would have done.
    fn obey(&self) -> Result<()> {
        let signal = FLAGS.get().map_or(0, |flags| flags.came.load(Ordering::SeqCst));
        Ok(signal_hook::low_level::emulate_default_handler(i32::try_from(signal)?)?)
    }
}

#[cfg(unix)]
impl Drop for Interrupts {
    fn drop(&mut self) {
        Interrupts::set_idle(true);
    }
}

#[cfg(not(unix))]
impl Interrupts {
    fn heed() -> Result<Interrupts> {
        Ok(Interrupts)
    }

    fn came(&self) -> bool {
        false
    }

    fn obey(&self) -> Result<()> {
        Ok(())
    }
}

/// Whether a program has ended; it is not waited for.
#[cfg(unix)]
fn has_ended(child: &mut Child) -> Result<bool> {
    use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
    let only_look = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
    match waitid(WaitId::Pid(Pid::from_child(child)), only_look) {
        Ok(status) => Ok(status.is_some()),
        Err(rustix::io::Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(unix))]
fn has_ended(child: &mut Child) -> Result<bool> {
    Ok(child.try_wait()?.is_some())
}

/// Ends a program and all that it has started. What is gone already is gone.
fn end_group(child: &mut Child) {
    #[cfg(unix)]
    let _ = rustix::process::kill_process_group(rustix::process::Pid::from_child(child), rustix::process::Signal::KILL);
    let _ = child.kill();
}

fn read(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read until an error is all that there is.
    let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
    bytes
}
