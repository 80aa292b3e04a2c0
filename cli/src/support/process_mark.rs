//! A process as others can know it again: not by its number alone, which another process may have later.

use std::fs;

/// Names one process of one machine, until that machine starts again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessMark {
    /// The machine, since it was started, and the numbers' space there: containers have their own.
    machine: String,
    number: u32,
    /// When it began, in the system's own count.
    begun: u64,
}

/// What can be said of a process from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// It lives.
    Alive,
    /// It is gone.
    Gone,
    /// It is, or was, on a machine that cannot be looked into from here.
    Unknown,
}

impl ProcessMark {
    /// This process, where the system tells.
    pub fn own() -> Option<ProcessMark> {
        let number = std::process::id();
        Some(ProcessMark { machine: machine()?, number, begun: begun(number)? })
    }

    /// What [`ProcessMark::to_line`] has written.
    pub fn read(line: &str) -> Option<ProcessMark> {
        let mut words = line.split_whitespace();
        let mark = ProcessMark {
            machine: words.next()?.to_owned(),
            number: words.next()?.parse().ok()?,
            begun: words.next()?.parse().ok()?,
        };
        words.next().is_none().then_some(mark)
    }

    /// The mark as a line of text.
    pub fn to_line(&self) -> String {
        format!("{} {} {}", self.machine, self.number, self.begun)
    }

    /// Whether the process lives.
    pub fn life(&self) -> Life {
        if machine().as_ref() != Some(&self.machine) {
            Life::Unknown
        } else if begun(self.number) == Some(self.begun) {
            Life::Alive
        } else {
            Life::Gone
        }
    }
}

/// This machine since its start, and the space of its processes' numbers.
#[cfg(target_os = "linux")]
fn machine() -> Option<String> {
    let start = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let numbers = fs::read_link("/proc/self/ns/pid").ok()?;
    Some(format!("{}/{}", start.trim(), numbers.to_str()?))
}

#[cfg(target_os = "linux")]
fn begun(number: u32) -> Option<u64> {
    let about = fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
    // The second field is the program's name in brackets, in which anything can be.
    let (_, fields) = about.rsplit_once(") ")?;
    // A process that has ended, and that nobody has asked how, does nothing any more.
    if fields.starts_with(['Z', 'X']) {
        return None;
    }
    fields.split(' ').nth(19)?.parse().ok()
}

// Elsewhere the caches are on disks that know locks.
#[cfg(not(target_os = "linux"))]
fn machine() -> Option<String> {
    None
}

#[cfg(not(target_os = "linux"))]
fn begun(_number: u32) -> Option<u64> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_process_is_known_by_more_than_its_number() {
        let own = ProcessMark::own().unwrap();
        assert_eq!(ProcessMark::read(&own.to_line()), Some(own.clone()));
        assert_eq!(own.life(), Life::Alive);
        assert_eq!(ProcessMark { begun: own.begun + 1, ..own.clone() }.life(), Life::Gone);
        assert_eq!(ProcessMark { machine: "another/pid:[1]".to_owned(), ..own }.life(), Life::Unknown);
    }

    #[test]
    fn a_process_that_has_ended_is_gone_also_before_its_parent_asks() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let mark = ProcessMark { machine: machine().unwrap(), number: child.id(), begun: begun(child.id()).unwrap() };
        assert_eq!(mark.life(), Life::Alive);
        child.kill().unwrap();
        while mark.life() == Life::Alive {
            std::thread::yield_now();
        }
        child.wait().unwrap();
        assert_eq!(mark.life(), Life::Gone);
    }

    #[test]
    fn what_is_no_mark_is_not_read_as_one() {
        for line in ["", "machine 1", "machine one 2", "machine 1 2 3"] {
            assert_eq!(ProcessMark::read(line), None, "{line}");
        }
    }
}
