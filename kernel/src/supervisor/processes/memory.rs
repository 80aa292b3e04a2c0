//! How much memory a cell may use: what the computer has free, but for a quarter.
//!
//! `NEUROBOOK_MEMORY_GB` sets another limit. Pages that only the copy has kept are in nobody's count: where they make
//! memory short, the copy has to go before the cell has.

use std::env;

use rustix::process::Pid;

/// Sets the limit, in gigabytes.
const VARIABLE: &str = "NEUROBOOK_MEMORY_GB";

/// A running cell's limit.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What the runner may have, in bytes.
    pub bytes: u64,
    /// With less than this free, memory is short.
    short: u64,
}

/// How a cell is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Fine,
    /// Little is left on this computer.
    Short,
    /// The cell uses more than it may.
    TooMuch,
}

impl Limit {
    /// The limit for a cell that begins now.
    pub fn now(runner: Pid) -> Limit {
        let free = system::free().unwrap_or(u64::MAX);
        let set = env::var(VARIABLE).ok().and_then(|text| text.trim().parse::<f64>().ok()).filter(|&set| set > 0.0);
        Limit::of(free, system::used(runner).unwrap_or_default(), set)
    }

    fn of(free: u64, used: u64, set: Option<f64>) -> Limit {
        let bytes = match set {
            // A float that is too large becomes the largest number.
            Some(gigabytes) => (1e9 * gigabytes) as u64,
            None => used.saturating_add(free - free / 4),
        };
        Limit { bytes, short: free / 8 }
    }

    pub fn check(&self, runner: Pid) -> Use {
        if system::used(runner).is_some_and(|used| used > self.bytes) {
            Use::TooMuch
        } else if system::free().is_some_and(|free| free < self.short) {
            Use::Short
        } else {
            Use::Fine
        }
    }
}

#[cfg(target_os = "macos")]
pub use system::task_info;

#[cfg(target_os = "linux")]
mod system {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// The bytes that can still be used here: by the whole computer, or by the group of processes that we are in.
    pub fn free() -> Option<u64> {
        let computer = field(&fs::read_to_string("/proc/meminfo").ok()?, "MemAvailable:")?;
        Some(group().map_or(computer, |group| group.min(computer)))
    }

    /// The bytes that only a process itself has made.
    pub fn used(process: Pid) -> Option<u64> {
        field(&fs::read_to_string(format!("/proc/{}/status", process.as_raw_nonzero())).ok()?, "RssAnon:")
    }

    /// A line of such a file: a name and kilobytes.
    pub fn field(text: &str, name: &str) -> Option<u64> {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
    }

    /// What the tightest of our control groups has left.
    fn group() -> Option<u64> {
        let groups = fs::read_to_string("/proc/self/cgroup").ok()?;
        let own = groups.lines().find_map(|line| line.strip_prefix("0::/"))?;
        let root = Path::new("/sys/fs/cgroup");
        let folder = root.join(own);
        folder.ancestors().take_while(|folder| folder.starts_with(root)).filter_map(left_in).min()
    }

    fn left_in(group: &Path) -> Option<u64> {
        let number = |file| fs::read_to_string(group.join(file)).ok()?.trim().parse::<u64>().ok();
        let (most, used) = (number("memory.max")?, number("memory.current")?);
        // Files that were read are in memory only as long as nobody needs it.
        let stat = fs::read_to_string(group.join("memory.stat")).ok()?;
        let files = stat.lines().find_map(|line| line.strip_prefix("inactive_file ")?.parse().ok()).unwrap_or(0);
        Some(most.saturating_sub(used.saturating_sub(files)))
    }
}

#[cfg(target_os = "macos")]
mod system {
    use std::mem;

    use super::*;

    /// The bytes of the computer: the system does not say how many of them it could still give.
    pub fn free() -> Option<u64> {
        // SAFETY: `sysconf` only gives numbers.
        let [pages, size] = [libc::_SC_PHYS_PAGES, libc::_SC_PAGESIZE].map(|name| unsafe { libc::sysconf(name) });
        u64::try_from(pages).ok()?.checked_mul(u64::try_from(size).ok()?)
    }

    pub fn used(process: Pid) -> Option<u64> {
        task_info(process).map(|task| task.pti_resident_size)
    }

    /// What the system says of a process.
    pub fn task_info(process: Pid) -> Option<libc::proc_taskinfo> {
        // SAFETY: all zeros are a valid value of this plain struct.
        let mut task: libc::proc_taskinfo = unsafe { mem::zeroed() };
        let size = mem::size_of_val(&task) as libc::c_int;
        let process = process.as_raw_nonzero().get();
        // SAFETY: the system writes one such struct, of that size.
        let written = unsafe { libc::proc_pidinfo(process, libc::PROC_PIDTASKINFO, 0, (&raw mut task).cast(), size) };
        (written == size).then_some(task)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_may_use_what_it_has_and_three_quarters_of_what_is_free() {
        let limit = Limit::of(16 << 30, 2 << 30, None);
        assert_eq!(limit.bytes, 14 << 30);
        assert_eq!(limit.short, 2 << 30);
        assert_eq!(Limit::of(16 << 30, 2 << 30, Some(0.5)).bytes, 500_000_000);
    }

    #[test]
    fn this_process_uses_memory_and_some_is_free() {
        assert!(system::used(rustix::process::getpid()).is_some_and(|used| used > 100_000));
        assert!(system::free().is_some_and(|free| free > 10_000_000));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_field_is_in_kilobytes() {
        assert_eq!(system::field("VmRSS:\t 7 kB\nRssAnon:\t     12 kB\n", "RssAnon:"), Some(12 * 1024));
        assert_eq!(system::field("", "RssAnon:"), None);
    }
}
