//! How the processes hang together: who ends with whom, and whom the system ends first when memory is out.

use std::fs;
use std::path::PathBuf;

use rustix::process::Pid;

/// Ends this process with the one that started it, or that has taken it over. Elsewhere than on Linux it notices that
/// nobody gives it commands, once it waits for one.
pub fn end_with_parent() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Signal, set_parent_process_death_signal};
        // Refused only where the signal does not exist.
        let _ = set_parent_process_death_signal(Some(Signal::KILL));
    }
}

/// Takes over the processes below this one whose own parent ends.
pub fn adopt_orphans() {
    #[cfg(target_os = "linux")]
    // Without it, a copy is not waited for but asked for.
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}

/// What Linux adds to a process's share of the memory, in thousandths, when it looks for one to end.
const FIRST_TO_GO: &str = "500";

/// If memory is out, this process is the one to end.
pub fn be_first_to_go() {
    set_oom_score(FIRST_TO_GO);
}

/// If memory is out, the runner is the one to end, not this.
pub fn be_spared() {
    set_oom_score("0");
}

fn set_oom_score(adjustment: &str) {
    if cfg!(target_os = "linux") {
        // Where a container has given us a worse one, we may not take a better.
        let _ = fs::write("/proc/self/oom_score_adj", adjustment);
    }
}

/// Whether this process has more threads than one.
pub fn has_threads() -> bool {
    #[cfg(target_os = "linux")]
    return fs::read_dir("/proc/self/task").is_ok_and(|threads| threads.count() > 1);
    #[cfg(target_os = "macos")]
    return super::memory::task_info(rustix::process::getpid()).is_some_and(|task| task.pti_threadnum > 1);
}

/// All processes below one, but for the branches that are not wanted.
pub fn descendants(ancestor: Pid, is_wanted: impl Fn(Pid) -> bool) -> Vec<Pid> {
    let mut found = vec![ancestor];
    let parents = parents();
    let mut next = 0;
    while let Some(&parent) = found.get(next) {
        let children = parents.iter().filter(|&&(process, its_parent)| its_parent == parent && is_wanted(process));
        found.extend(children.map(|&(process, _)| process));
        next += 1;
    }
    found.split_off(1)
}

/// Every process that can be seen, with its parent.
#[cfg(target_os = "linux")]
fn parents() -> Vec<(Pid, Pid)> {
    let number = |entry: std::io::Result<fs::DirEntry>| entry.ok()?.file_name().to_str()?.parse::<i32>().ok();
    let parent = |process: &i32| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        // Behind the name, which may have any letters: the state and the parent.
        stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse::<i32>().ok()
    };
    let processes = fs::read_dir("/proc").into_iter().flatten().filter_map(number);
    processes.filter_map(|process| Some((Pid::from_raw(process)?, Pid::from_raw(parent(&process)?)?))).collect()
}

/// Every process below this one, with its parent.
#[cfg(target_os = "macos")]
fn parents() -> Vec<(Pid, Pid)> {
    const MOST: usize = 1024;
    let mut found = Vec::new();
    let mut ancestors = vec![rustix::process::getpid()];
    while let Some(parent) = ancestors.pop() {
        let mut children = [0; MOST];
        let length = std::mem::size_of_val(&children) as libc::c_int;
        // SAFETY: the system writes at most `length` bytes of process numbers into the array.
        let count =
            unsafe { libc::proc_listchildpids(parent.as_raw_nonzero().get(), children.as_mut_ptr().cast(), length) };
        let count = usize::try_from(count).unwrap_or_default().min(MOST);
        for child in children[..count].iter().filter_map(|&number| Pid::from_raw(number)) {
            found.push((child, parent));
            ancestors.push(child);
        }
    }
    found
}

/// Every process that can be seen.
pub fn all() -> Vec<Pid> {
    parents().into_iter().map(|(process, _)| process).collect()
}

/// Where a process works.
#[cfg(target_os = "linux")]
pub fn working_folder(process: Pid) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{}/cwd", process.as_raw_nonzero())).ok()
}

/// Where a process works.
#[cfg(target_os = "macos")]
pub fn working_folder(process: Pid) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    // SAFETY: all zeros are a valid value of this plain struct.
    let mut folders: libc::proc_vnodepathinfo = unsafe { std::mem::zeroed() };
    let size = std::mem::size_of_val(&folders) as libc::c_int;
    let (process, kind) = (process.as_raw_nonzero().get(), libc::PROC_PIDVNODEPATHINFO);
    // SAFETY: the system writes one such struct, of that size.
    let written = unsafe { libc::proc_pidinfo(process, kind, 0, (&raw mut folders).cast(), size) };
    let letters = folders.pvi_cdir.vip_path.into_iter().flatten().map(|letter| letter as u8);
    let path = letters.take_while(|&letter| letter != 0).collect();
    (written == size).then(|| std::ffi::OsString::from_vec(path).into())
}
