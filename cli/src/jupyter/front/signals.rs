//! The system's signals, heard as events.

use std::io::Result;
use std::sync::mpsc::Sender;

use super::event::Event;
use super::threads;

/// From now on a request to end, or to interrupt, is an event.
#[cfg(unix)]
pub(super) fn listen(events: &Sender<Event>) -> Result<()> {
    use std::io::Read;
    use std::os::unix::net::UnixStream;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    for signal in [SIGINT, SIGTERM, SIGHUP] {
        let (mut heard, told) = UnixStream::pair()?;
        signal_hook::low_level::pipe::register(signal, told)?;
        let events = events.clone();
        threads::start(move || {
            while heard.read_exact(&mut [0]).is_ok() {
                let event = if signal == SIGINT { Event::Interrupt } else { Event::Terminate };
                if events.send(event).is_err() {
                    return;
                }
            }
        })?;
    }
    Ok(())
}

/// Elsewhere a process is ended without being asked.
#[cfg(not(unix))]
pub(super) fn listen(_events: &Sender<Event>) -> Result<()> {
    Ok(())
}
