//! How much of the machine's processors is idle, where the system says it.

use std::fs;
use std::time::{Duration, Instant};

/// The processors' times since the machine has started, in the system's own unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    idle: u64,
    all: u64,
    processors: u32,
}

impl Times {
    /// The times by now; nothing where the system does not say.
    pub fn now() -> Option<Times> {
        Times::read(&fs::read_to_string("/proc/stat").ok()?)
    }

    fn read(stat: &str) -> Option<Times> {
        let mut lines = stat.lines().map(|line| line.split_ascii_whitespace());
        let all: Vec<u64> = lines.next()?.skip(1).take(8).map_while(|time| time.parse().ok()).collect();
        let names = lines.map_while(|mut line| line.next().filter(|name| name.starts_with("cpu")));
        // What waits for the disk needs no processor.
        let idle = all.get(3)? + all.get(4)?;
        Some(Times { idle, all: all.iter().sum(), processors: names.count().try_into().ok()? })
    }

    /// How many processors have had nothing to do since `earlier`: half a one is 0.5. Nothing where no time has passed.
    pub fn idle_since(&self, earlier: &Times) -> Option<f64> {
        let all = self.all.checked_sub(earlier.all).filter(|passed| *passed > 0)?;
        let idle = self.idle.saturating_sub(earlier.idle);
        Some(f64::from(self.processors) * idle as f64 / all as f64)
    }
}

/// The machine has room when this much of its processors is idle.
const IDLE_PROCESSORS: f64 = 0.5;

/// A look that is longer ago says nothing of now.
const LONG_AGO: Duration = Duration::from_secs(10);

/// Looks from time to time whether the machine has room.
#[derive(Debug, Default)]
pub struct Watch {
    before: Option<(Instant, Times)>,
}

impl Watch {
    /// Whether half a processor has been idle since the look just before. Without one it cannot be said; where the system
    /// does not say it at all, there is room.
    pub fn has_room(&mut self) -> bool {
        let Some(now) = Times::now() else { return true };
        let before = self.before.replace((Instant::now(), now)).filter(|(when, _)| when.elapsed() < LONG_AGO);
        before.and_then(|(_, before)| now.idle_since(&before)).is_some_and(|idle| idle >= IDLE_PROCESSORS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_processors_one_that_did_nothing_is_one() {
        let earlier = Times::read("cpu  100 0 50 800 50 0 0 0 9 0\ncpu0 1 2\ncpu1 1 2\nintr 5 cpu\n").unwrap();
        let later = Times::read("cpu  190 0 60 880 70 0 0 0 9 0\ncpu0 1 2\ncpu1 1 2\nintr 5 cpu\n").unwrap();
        assert_eq!(later.idle_since(&earlier), Some(1.0));
        assert_eq!(later.idle_since(&later), None);
        assert_eq!(Times::read("intr 1\n"), None);
    }

    #[test]
    fn the_first_look_finds_no_room_where_the_system_tells_of_its_processors() {
        assert_eq!(Watch::default().has_room(), Times::now().is_none());
    }
}
