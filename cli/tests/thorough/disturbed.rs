//! A class that is graded while compiler, linker and answers are ended from outside and the disk fills up, at random
//! moments: no learner is told of it, and once there is peace the marks are those of a run that nobody disturbed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::mutants::{mutated, notebook};
use crate::program::neurobook;
use crate::sandboxes::GRADING;

const CHAPTER: &str = "00_rust_for_neuroscientists";
/// How many moments there are at which something fails.
const MOMENTS: usize = 200;

/// A class of twenty: solutions, blanks, and answers with mistakes.
fn class(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let mutated = mutated(CHAPTER);
    for number in 0..20 {
        let notebook = match number % 4 {
            0 => notebook("solution", CHAPTER),
            1 => notebook("student", CHAPTER),
            _ => mutated[number % mutated.len()].notebook.clone(),
        };
        fs::write(folder.join(format!("learner_{number:02}.ipynb")), notebook.to_string()).unwrap();
    }
}

fn grader(class: &Path, out: &Path) -> Command {
    let mut command = neurobook();
    command.args(["grade", "--seed", "3", "--jobs", "2", "--sandbox", GRADING.unwrap_or("full"), "--out"]);
    command.args([out, class]).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Everything that a run leaves but the times, by its name.
fn files(out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn walk(folder: &Path, out: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true if path.ends_with("times") => {}
                true => walk(&path, out, files),
                false => _ = files.insert(path.strip_prefix(out).unwrap().to_owned(), fs::read(&path).unwrap()),
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(out, out, &mut found);
    found
}

/// The processes below this one that a fault could meet, by their numbers.
fn victims(of: u32) -> Vec<u32> {
    let mut parents = BTreeMap::new();
    let mut named = Vec::new();
    for process in fs::read_dir("/proc").unwrap().flatten() {
        let Some(number) = process.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(stat) = fs::read_to_string(process.path().join("stat")) else { continue };
        let Some((head, rest)) = stat.rsplit_once(") ") else { continue };
        let parent = rest.split(' ').nth(1).and_then(|parent| parent.parse::<u32>().ok()).unwrap_or(0);
        parents.insert(number, parent);
        let name = head.split_once('(').map_or("", |(_, name)| name);
        if ["rustc", "cc", "collect2", "ld", "answers", "gcc"].contains(&name) {
            named.push(number);
        }
    }
    let is_below = |number: &u32| {
        let mut at = *number;
        while let Some(parent) = parents.get(&at) {
            if *parent == of {
                return true;
            }
            at = *parent;
        }
        false
    };
    named.into_iter().filter(is_below).collect()
}

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Lets something fail again and again while the grader is at work; says how often.
fn disturb(grader: &mut Child, dice: &mut Dice, most: usize) -> usize {
    let mut moments = 0;
    while grader.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_millis(dice.below(120)));
        if moments < most {
            let victims = victims(grader.id());
            if !victims.is_empty() {
                let victim = victims[dice.below(victims.len() as u64) as usize];
                let signal = ["-KILL", "-TERM", "-BUS"][dice.below(3) as usize];
                let _ = Command::new("kill").args([signal, &victim.to_string()]).stderr(Stdio::null()).status();
                moments += 1;
            }
        }
    }
    moments
}

#[test]
fn faults_at_random_moments_cost_nobody_a_mark() {
    if GRADING.is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (handed_in, undisturbed, out) =
        (folder.path().join("class"), folder.path().join("undisturbed"), folder.path().join("out"));
    class(&handed_in);
    assert!(grader(&handed_in, &undisturbed).status().unwrap().success());
    let expected = files(&undisturbed);

    let (mut dice, mut moments, mut runs) = (Dice(1), 0, 0);
    while moments < MOMENTS && runs < 40 {
        let mut running = grader(&handed_in, &out).spawn().unwrap();
        let most = MOMENTS - moments;
        moments += disturb(&mut running, &mut dice, most);
        let status = running.wait().unwrap().code();
        assert!(matches!(status, Some(0 | 3)), "{status:?}");
        runs += 1;
        let mut all_graded = true;
        for (name, bytes) in files(&out).into_iter().filter(|(name, _)| name.starts_with("records")) {
            let record: Value = serde_json::from_slice(&bytes).unwrap();
            let failed = record["status"] == "infrastructure";
            all_graded &= !failed;
            assert!(failed || bytes == expected[&name], "{} was told a fault of the machine: {record}", name.display());
        }
        assert!(status == Some(3) || all_graded);
        if all_graded {
            // All is marked: it begins again.
            fs::remove_dir_all(out.join("records")).unwrap();
        }
    }
    assert!(moments >= MOMENTS / 2, "{moments} moments in {runs} runs");
    assert!(grader(&handed_in, &out).status().unwrap().success(), "in peace");
    let found = files(&out);
    for (name, bytes) in &expected {
        assert!(found.get(name) == Some(bytes), "{} differs", name.display());
    }
}

/// A disk of its own with this many megabytes, if this user may have one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: &Path, megabytes: usize) -> Option<SmallDisk> {
        fs::create_dir_all(at).unwrap();
        let size = format!("size={megabytes}m,mode=755");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(at).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then(|| SmallDisk(at.to_owned()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_no_learners_fault_and_the_next_run_marks_again() {
    if GRADING.is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (handed_in, out) = (folder.path().join("class"), folder.path().join("out"));
    class(&handed_in);
    for number in 4..20 {
        fs::remove_file(handed_in.join(format!("learner_{number:02}.ipynb"))).unwrap();
    }
    let Some(disk) = SmallDisk::mount(&folder.path().join("disk"), 300) else { return };
    let filler = disk.0.join("filler");
    let fill = |megabytes: usize| fs::write(&filler, vec![1; megabytes << 20]);
    for left in [0, 2, 20] {
        fill(300 - left).unwrap_or_default();
        let mut command = grader(&handed_in, &out);
        let status = command.env("TMPDIR", &disk.0).status().unwrap().code();
        assert_eq!(status, Some(3), "{left} MB left");
        let records = out.join("records");
        for record in fs::read_dir(&records).into_iter().flatten().flatten() {
            let record: Value = serde_json::from_slice(&fs::read(record.path()).unwrap()).unwrap();
            assert_eq!(record["status"], "infrastructure", "{left} MB left: {record}");
        }
        fs::remove_file(&filler).unwrap();
    }
    assert!(grader(&handed_in, &out).env("TMPDIR", &disk.0).status().unwrap().success());
    let record: Value = serde_json::from_slice(&fs::read(out.join("records/learner_00.json")).unwrap()).unwrap();
    assert_eq!(record["status"], "graded");
}
