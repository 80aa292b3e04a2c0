//! Ctrl-C while programs run. It does not reach them, since each has a process group of its own: it is heeded here, and
//! all of them end before this process does. At all other times signals do what they always do.

#[cfg(unix)]
pub use unix::Heeding;

#[cfg(unix)]
mod unix {
    use std::io;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, LazyLock, Mutex, PoisonError};
    use std::time::Duration;

    use anyhow::{Context, Error, Result};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::{flag, low_level};

    /// What the signals themselves look at and leave.
    struct Flags {
        /// Whether no program runs, so that a signal does what it always does.
        are_idle: Arc<AtomicBool>,
        /// The signal that came while one ran, or 0.
        came: Arc<AtomicUsize>,
    }

    static FLAGS: LazyLock<io::Result<Flags>> = LazyLock::new(|| {
        let flags = Flags { are_idle: Arc::new(AtomicBool::new(true)), came: Arc::default() };
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            flag::register_conditional_default(signal, Arc::clone(&flags.are_idle))?;
            flag::register_usize(signal, Arc::clone(&flags.came), signal as usize)?;
        }
        Ok(flags)
    });

    /// How many programs run now; the flag of idleness changes only together with it.
    static RUNNING: Mutex<usize> = Mutex::new(0);

    /// Signals are heeded as long as this lives.
    pub struct Heeding {
        flags: &'static Flags,
    }

    impl Heeding {
        pub fn begin() -> Result<Heeding> {
            let flags = FLAGS.as_ref().map_err(|error| io::Error::new(error.kind(), error.to_string()));
            let heeding = Heeding { flags: flags.context("signals cannot be heeded")? };
            heeding.count(|running| running + 1);
            Ok(heeding)
        }

        /// Whether a signal came that ends this process.
        pub fn came(&self) -> bool {
            self.flags.came.load(Ordering::SeqCst) != 0
        }

        /// Does what the signal would have done, when the last program has ended. Comes back only where that fails.
        pub fn obey(self) -> Error {
            let signal = self.flags.came.load(Ordering::SeqCst) as i32;
            drop(self);
            // The others look for the signal as often as this one did; a program that is only now begun likewise.
            while *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) > 0 {
                std::thread::sleep(Duration::from_millis(2));
            }
            match low_level::emulate_default_handler(signal) {
                Ok(()) => Error::msg("a signal asked this program to end"),
                Err(error) => error.into(),
            }
        }

        fn count(&self, change: impl Fn(usize) -> usize) {
            let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
            *running = change(*running);
            self.flags.are_idle.store(*running == 0, Ordering::SeqCst);
        }
    }

    impl Drop for Heeding {
        fn drop(&mut self) {
            self.count(|running| running - 1);
        }
    }
}

/// Elsewhere a terminal's signal reaches all programs at once.
#[cfg(not(unix))]
pub struct Heeding;

#[cfg(not(unix))]
impl Heeding {
    pub fn begin() -> anyhow::Result<Heeding> {
        Ok(Heeding)
    }

    pub fn came(&self) -> bool {
        false
    }

    pub fn obey(self) -> anyhow::Error {
        anyhow::Error::msg("a signal asked this program to end")
    }
}
