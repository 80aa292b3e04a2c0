//! A program that ends when this one is told to.

use std::io;
use std::process::{Command, ExitStatus};

/// Runs the command to its end. A request to end this process, as when its window is closed or a system stops, goes on to
/// the command, which would be left running otherwise. Ctrl+C reaches both by itself.
pub fn status(command: &mut Command) -> io::Result<ExitStatus> {
    let mut child = command.spawn()?;
    #[cfg(unix)]
    let passing_on = pass_on(child.id());
    let status = child.wait();
    #[cfg(unix)]
    for signal in passing_on.unwrap_or_default() {
        signal_hook::low_level::unregister(signal);
    }
    status
}

/// Without it all goes well but for that end.
#[cfg(unix)]
fn pass_on(child: u32) -> io::Result<Vec<signal_hook::SigId>> {
    use std::io::Read;
    use std::os::unix::net::UnixStream;

    use rustix::process::{Pid, Signal, kill_process};
    use signal_hook::consts::{SIGHUP, SIGTERM};

    let child = i32::try_from(child).ok().and_then(Pid::from_raw);
    let mut registered = Vec::new();
    for signal in [SIGTERM, SIGHUP] {
        let (mut heard, told) = UnixStream::pair()?;
        registered.push(signal_hook::low_level::pipe::register(signal, told)?);
        std::thread::spawn(move || {
            while heard.read_exact(&mut [0]).is_ok() {
                if let Some(child) = child {
                    // It may have ended already.
                    let _ = kill_process(child, Signal::TERM);
                }
            }
        });
    }
    Ok(registered)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt;
    use std::thread;
    use std::time::Duration;

    use rustix::process::{Signal, getpid, kill_process};
    use signal_hook::consts::SIGTERM;

    use super::*;

    #[test]
    fn a_signal_to_end_reaches_the_program_that_is_waited_for() {
        // Until the program has started, the signal must not end the tests.
        signal_hook::flag::register(SIGTERM, std::sync::Arc::default()).unwrap();
        let running = thread::spawn(|| status(Command::new("sleep").arg("60")).unwrap());
        while !running.is_finished() {
            kill_process(getpid(), Signal::TERM).unwrap();
            thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(running.join().unwrap().signal(), Some(SIGTERM));
    }
}
