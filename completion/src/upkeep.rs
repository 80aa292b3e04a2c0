//! When the program has to go, and how large its log may become.

use std::fs::File;
use std::io;
use std::os::fd::AsFd;
use std::path::PathBuf;
use std::process;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::socket::Claim;

const LARGEST_LOG: u64 = 256 * 1024;

/// What is going on, and when something last was.
#[derive(Debug)]
pub struct Activity(Mutex<(usize, Instant)>);

impl Activity {
    pub fn new() -> Arc<Activity> {
        Arc::new(Activity(Mutex::new((0, Instant::now()))))
    }

    /// Work goes on until the returned value is dropped.
    pub fn begin(self: &Arc<Activity>) -> Busy {
        self.change(|running| running + 1);
        Busy(Arc::clone(self))
    }

    fn change(&self, next: impl FnOnce(usize) -> usize) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = (next(now.0), Instant::now());
    }

    fn idle_time(&self) -> Duration {
        let now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now.0 > 0 { Duration::ZERO } else { now.1.elapsed() }
    }
}

#[derive(Debug)]
pub struct Busy(Arc<Activity>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.change(|running| running - 1);
    }
}

/// How long the program stays.
#[derive(Debug)]
pub struct Limits {
    /// Until nobody has asked for so long.
    pub idle: Duration,
    /// Until nobody holds the lock of this file.
    pub kernels: Option<PathBuf>,
}

impl Limits {
    /// Whether the last kernel is gone. Where there are no locks, nobody can tell.
    fn are_all_kernels_gone(&self) -> bool {
        let file = self.kernels.as_ref().and_then(|path| File::options().read(true).write(true).open(path).ok());
        file.is_some_and(|file| file.try_lock().is_ok())
    }
}

/// Ends the process when nobody is left who asks, or the socket is not its own any more.
pub fn watch(claim: Claim, activity: Arc<Activity>, limits: Limits) {
    let pause = (limits.idle / 10).clamp(Duration::from_millis(50), Duration::from_secs(5));
    thread::spawn(move || {
        // A kernel that is started again is gone for a moment.
        let mut looks_without_kernels = 0;
        while claim.holds() && activity.idle_time() < limits.idle && looks_without_kernels < 2 {
            thread::sleep(pause);
            looks_without_kernels = if limits.are_all_kernels_gone() { looks_without_kernels + 1 } else { 0 };
            let _ = cut_log();
        }
        claim.give_up();
        process::exit(0);
    });
}

/// Empties the file that the errors go to when it has become large.
fn cut_log() -> io::Result<()> {
    let log = File::from(io::stderr().as_fd().try_clone_to_owned()?);
    let found = log.metadata()?;
    if found.is_file() && found.len() > LARGEST_LOG {
        log.set_len(0)?;
    }
    Ok(())
}
