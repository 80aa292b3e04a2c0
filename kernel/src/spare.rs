//! The spare's waiting: until a front takes it, or nobody wants it any more.

use std::io;
use std::os::unix::net::UnixStream;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use neurobook_cli::jupyter::spare::Keeping;

/// How long a spare waits.
const LONG: Duration = Duration::from_secs(20 * 60);
/// How often it looks whether somebody may still want it: a hub's server that ends leaves nothing behind for long.
const LOOK: Duration = Duration::from_secs(1);
/// Whoever has taken it connects within this time, or was killed just then.
const CONNECTING: Duration = Duration::from_secs(5);

/// Offers the spare. The stream of whoever takes it comes when it does.
pub fn offer(keeping: Keeping) -> Result<Receiver<io::Result<UnixStream>>> {
    let listener = keeping.offer()?;
    let place = keeping.place();
    let taken = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&taken);
    thread::spawn(move || {
        place.watch(Instant::now(), LONG, LOOK);
        thread::sleep(CONNECTING);
        if !seen.load(Ordering::Relaxed) {
            // The session's folder goes with the next start of a kernel.
            process::exit(1);
        }
    });
    let (sender, coming) = mpsc::channel();
    thread::spawn(move || {
        let front = listener.accept().map(|(front, _)| front);
        taken.store(front.is_ok(), Ordering::Relaxed);
        // Its place is free from now on.
        drop(keeping);
        // Who waits for it ends with this process only.
        let _ = sender.send(front);
    });
    Ok(coming)
}
