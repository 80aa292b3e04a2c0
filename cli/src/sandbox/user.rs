//! The users that programs run as when the grader is root: one for each job that runs at the same
//! time, because the limit of processes counts those of a user.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;

use anyhow::{Context, Result};
use rustix::process::geteuid;
use rustix::thread::{Gid, Uid, gettid, set_thread_groups, set_thread_res_gid, set_thread_res_uid};

/// A range of numbers that belong to nobody, as many as a system has threads at most.
const FIRST: u64 = 2_000_000_000;
const COUNT: u64 = 1 << 22;

/// Numbers that this system has, from which jobs take theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Users {
    first: u64,
    count: u64,
}

impl Users {
    /// The numbers for the jobs of this process; none if it is not root, or a root that is alone in
    /// its namespace.
    pub fn find() -> Result<Option<Users>> {
        if !geteuid().is_root() {
            return Ok(None);
        }
        let map = fs::read_to_string("/proc/self/uid_map").context("/proc is not there")?;
        Ok(Users::among(&map))
    }

    /// The numbers within a namespace's map: the upper half of its longest part, if it has not those
    /// that belong to nobody.
    fn among(map: &str) -> Option<Users> {
        let parts = map.lines().filter_map(|line| {
            let mut numbers = line.split_whitespace().map(str::parse::<u64>);
            let (first, _, count) = (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
            Some((first, count))
        });
        let (first, count) = parts.max_by_key(|(_, count)| *count)?;
        if first <= FIRST && first + count >= FIRST + COUNT {
            return Some(Users { first: FIRST, count: COUNT });
        }
        (count >= 4).then_some(Users { first: first + count / 2, count: count - count / 2 })
    }

    /// The number for a job of this thread. A thread runs one job at a time, and no other thread of
    /// the system has its number.
    pub fn mine(&self) -> u32 {
        let thread = u64::from(gettid().as_raw_nonzero().get().unsigned_abs());
        // Both are numbers of users, which have 32 bits.
        (self.first + thread % (self.count - 1)) as u32
    }

    /// The group that all jobs are in, and nobody else: it passes through the folders that theirs are in.
    pub fn group(&self) -> u32 {
        (self.first + self.count - 1) as u32
    }
}

/// Lets the users of jobs pass through a folder, which they cannot list; nobody else can do either.
pub fn let_through(folder: &Path) -> Result<()> {
    match Users::find()? {
        Some(users) => give(folder, users.group(), 0o710),
        None => Ok(()),
    }
}

/// Gives a folder to a group, which may do with it what `mode` says.
pub fn give(folder: &Path, group: u32, mode: u32) -> Result<()> {
    chown(folder, None, Some(group))
        .and_then(|()| fs::set_permissions(folder, fs::Permissions::from_mode(mode)))
        .with_context(|| format!("cannot give {} to group {group}", folder.display()))
}

/// Becomes a user for good. Capabilities go with the change. It is that of a thread, and the guard has
/// no other one yet.
pub fn become_user(number: u32, all: u32) -> Result<()> {
    let (user, group) = (Uid::from_raw(number), Gid::from_raw(number));
    set_thread_groups(&[Gid::from_raw(all)])
        .and_then(|()| set_thread_res_gid(group, group, group))
        .and_then(|()| set_thread_res_uid(user, user, user))
        .with_context(|| {
            format!("this root may not become user {number}: run the grader as an ordinary user, or give the container CAP_SETUID and CAP_SETGID")
        })
}

/// RLIMIT_NPROC for a job. It counts all processes and threads of a user.
///
/// A job has a count of its own if it has a user of its own, or a user namespace on Linux 5.14 or
/// newer; `alone` says so. Else what the user runs besides is added, with room for more of it.
pub fn process_limit(processes: u64, alone: bool) -> Result<u64> {
    /// The guard's threads.
    const OWN: u64 = 4;
    const ROOM: u64 = 256;
    if alone {
        return Ok(processes + OWN);
    }
    let me = format!("Uid:\t{}\t", geteuid().as_raw());
    let threads = |status: String| -> Option<u64> {
        status.lines().find(|line| line.starts_with(&me))?;
        status.lines().find_map(|line| line.strip_prefix("Threads:")?.trim().parse().ok())
    };
    let running: u64 = fs::read_dir("/proc")
        .context("/proc is not there")?
        .filter_map(|entry| threads(fs::read_to_string(entry.ok()?.path().join("status")).ok()?))
        .sum();
    Ok(running + processes + OWN + ROOM)
}

/// Whether a user namespace has its own count of processes.
pub fn namespaces_count_processes() -> bool {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut numbers = release.split(['.', '-', '\n']).map(|part| part.parse::<u32>().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) >= (5, 14)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_take_numbers_of_nobody_where_the_namespace_has_them() {
        assert_eq!(Users::among("0 0 4294967295\n"), Some(Users { first: FIRST, count: COUNT }));
        assert_eq!(Users::among("0 1000 1\n1 100000 65536\n"), Some(Users { first: 32769, count: 32768 }));
    }

    #[test]
    fn a_root_who_is_alone_has_no_users_to_give() {
        assert_eq!(Users::among("0 1000 1\n"), None);
        assert_eq!(Users::among(""), None);
    }

    #[test]
    fn two_threads_have_different_numbers() {
        let users = Users { first: FIRST, count: COUNT };
        let other = std::thread::spawn(move || users.mine()).join().unwrap();
        assert_ne!(users.mine(), other);
        assert_eq!(users.mine(), users.mine());
    }
}
