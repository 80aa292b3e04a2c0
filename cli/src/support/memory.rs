//! How much memory there is to take, where the system says it.

use std::fs;
use std::path::{Path, PathBuf};

/// The bytes that this process may take without anybody having to give some up; nothing where the system does not say.
pub fn available() -> Option<u64> {
    let machine = machine(&fs::read_to_string("/proc/meminfo").ok()?)?;
    let groups = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let room = group(&groups).and_then(|group| group_room(Path::new("/sys/fs/cgroup"), &group));
    Some(room.map_or(machine, |room| room.min(machine)))
}

fn machine(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(1024 * kilobytes)
}

/// The control group of this process, without the slash in front.
fn group(groups: &str) -> Option<PathBuf> {
    groups.lines().find_map(|line| line.strip_prefix("0::/")).map(PathBuf::from)
}

/// The least room in the group and those around it. What only mirrors files counts as room.
fn group_room(top: &Path, group: &Path) -> Option<u64> {
    let room = |folder: &Path| {
        let number = |name: &str| fs::read_to_string(folder.join(name)).ok()?.trim().parse::<u64>().ok();
        let (limit, used) = (number("memory.max")?, number("memory.current")?);
        let about = fs::read_to_string(folder.join("memory.stat")).unwrap_or_default();
        let mirrored = about.lines().find_map(|line| line.strip_prefix("inactive_file ")?.parse::<u64>().ok());
        Some(limit.saturating_sub(used.saturating_sub(mirrored.unwrap_or(0))))
    };
    group.ancestors().filter_map(|group| room(&top.join(group))).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machines_memory_is_what_the_system_calls_available() {
        assert_eq!(machine("MemTotal: 8 kB\nMemFree: 1 kB\nMemAvailable:    3 kB\n"), Some(3072));
        assert_eq!(machine("MemTotal: 8 kB\n"), None);
    }

    #[test]
    fn a_limit_of_any_group_around_counts_and_files_can_be_given_up() {
        let top = tempfile::tempdir().unwrap();
        let group = group("12:cpu:/x\n0::/user/kernel\n").unwrap();
        let folder = top.path().join(&group);
        fs::create_dir_all(&folder).unwrap();
        assert_eq!(group_room(top.path(), &group), None);
        fs::write(folder.join("memory.max"), "max\n").unwrap();
        fs::write(folder.join("memory.current"), "700\n").unwrap();
        assert_eq!(group_room(top.path(), &group), None);
        let around = folder.parent().unwrap();
        fs::write(around.join("memory.max"), "1000\n").unwrap();
        fs::write(around.join("memory.current"), "900\n").unwrap();
        fs::write(around.join("memory.stat"), "anon 5\ninactive_file 300\n").unwrap();
        assert_eq!(group_room(top.path(), &group), Some(400));
    }
}
