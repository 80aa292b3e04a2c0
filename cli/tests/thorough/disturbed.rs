//! A class that is graded while compiler, linker, answers and what reads notebooks are ended from outside, get no more memory,
//! and the disk is full, at random moments: no learner is told of it, and once there is peace the marks are those of a run that
//! nobody disturbed.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
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
        if ["rustc", "cc", "collect2", "ld", "answers", "gcc", "exe"].contains(&name) {
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

/// Lets something fail again and again while the grader is at work, with this many milliseconds between; says how often.
fn disturb(grader: &mut Child, dice: &mut Dice, most: usize, between: u64, disk: Option<&SmallDisk>) -> usize {
    let mut moments = 0;
    while grader.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_millis(dice.below(between)));
        if moments < most {
            moments += usize::from(one_fault(grader.id(), dice, disk));
        }
    }
    moments
}

/// Ends a process, or leaves it without more memory, or fills the disk for a while. Says whether there was anything to do.
fn one_fault(grader: u32, dice: &mut Dice, disk: Option<&SmallDisk>) -> bool {
    let kind = dice.below(5);
    if let (0, Some(disk)) = (kind, disk) {
        disk.leave(dice.below(3 << 20));
        thread::sleep(Duration::from_millis(dice.below(400)));
        disk.free();
        return true;
    }
    let victims = victims(grader);
    if victims.is_empty() {
        return false;
    }
    let victim = victims[dice.below(victims.len() as u64) as usize].to_string();
    let mut command = match kind {
        1 => Command::new("prlimit"),
        _ => Command::new("kill"),
    };
    match kind {
        1 => command.args(["--pid", &victim, "--data=4096"]),
        _ => command.args([["-KILL", "-TERM", "-BUS"][dice.below(3) as usize], &victim]),
    };
    let _ = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    true
}

#[test]
fn faults_at_random_moments_cost_nobody_a_mark() {
    if GRADING.is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (handed_in, undisturbed) = (folder.path().join("class"), folder.path().join("undisturbed"));
    class(&handed_in);
    assert!(grader(&handed_in, &undisturbed).status().unwrap().success());
    let expected = files(&undisturbed);
    // Records and temporary files are on a disk that can be filled, where this user may have one.
    let at = folder.path().join("disk");
    let disk = SmallDisk::mount(&at, 600);
    let (out, temporary) = (at.join("out"), at.join("temporary"));
    fs::create_dir_all(&temporary).unwrap();

    let (mut dice, mut moments, mut runs) = (Dice(1), 0, 0);
    while moments < MOMENTS && runs < 60 {
        let mut running = grader(&handed_in, &out).env("TMPDIR", &temporary).spawn().unwrap();
        let between = [100, 400, 1_600][runs % 3];
        moments += disturb(&mut running, &mut dice, MOMENTS - moments, between, disk.as_ref());
        let status = running.wait().unwrap().code();
        assert!(matches!(status, Some(0 | 3)), "{status:?}");
        runs += 1;
        let graded = graded_as_expected(&out, &expected);
        assert!(status == Some(3) || graded == 20, "{graded} are marked");
        if graded == 20 {
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

/// How many are marked, each of them with the bytes of the undisturbed run. The others are to be marked again.
fn graded_as_expected(out: &Path, expected: &BTreeMap<PathBuf, Vec<u8>>) -> usize {
    if !out.is_dir() {
        return 0;
    }
    let mut graded = 0;
    for (name, bytes) in files(out).into_iter().filter(|(name, _)| name.starts_with("records")) {
        let record: Value = serde_json::from_slice(&bytes).unwrap();
        if record["status"] != "infrastructure" {
            assert!(bytes == expected[&name], "{} was told a fault of the machine: {record}", name.display());
            graded += 1;
        }
    }
    graded
}

/// A disk of its own with this many megabytes, if this user may have one.
struct SmallDisk {
    at: PathBuf,
    bytes: u64,
}

impl SmallDisk {
    fn mount(at: &Path, megabytes: u64) -> Option<SmallDisk> {
        fs::create_dir_all(at).unwrap();
        let size = format!("size={megabytes}m,mode=755");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(at).stderr(Stdio::null());
        let disk = SmallDisk { at: at.to_owned(), bytes: megabytes << 20 };
        mount.status().is_ok_and(|status| status.success()).then_some(disk)
    }

    /// Fills it but for this many bytes.
    fn leave(&self, bytes: u64) {
        let chunk = vec![1; 1 << 20];
        let mut filler = fs::File::create(self.at.join("filler")).unwrap();
        // Where it is full before, it is full.
        let mut left = self.bytes - bytes;
        while left > 0 {
            let count = left.min(chunk.len() as u64);
            if filler.write_all(&chunk[..count as usize]).is_err() {
                // Back from the brim by what was to be left.
                let length = filler.metadata().map_or(0, |about| about.len());
                let _ = filler.set_len(length.saturating_sub(bytes));
                return;
            }
            left -= count;
        }
    }

    fn free(&self) {
        let _ = fs::remove_file(self.at.join("filler"));
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // What is still open there must not keep it.
        let _ = Command::new("umount").arg("--lazy").arg(&self.at).status();
    }
}

#[test]
fn a_full_disk_is_no_learners_fault_and_the_next_run_marks_again() {
    if GRADING.is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (handed_in, undisturbed, out) =
        (folder.path().join("class"), folder.path().join("undisturbed"), folder.path().join("out"));
    class(&handed_in);
    for number in 4..20 {
        fs::remove_file(handed_in.join(format!("learner_{number:02}.ipynb"))).unwrap();
    }
    assert!(grader(&handed_in, &undisturbed).status().unwrap().success());
    let expected = files(&undisturbed);
    let Some(disk) = SmallDisk::mount(&folder.path().join("disk"), 300) else { return };
    let mut failed = 0;
    for kilobytes in [0, 300, 2_000, 5_000, 8_000, 12_000, 16_000, 20_000] {
        disk.leave(kilobytes << 10);
        let status = grader(&handed_in, &out).env("TMPDIR", &disk.at).status().unwrap().code();
        let graded = graded_as_expected(&out, &expected);
        assert_eq!(status, Some(if graded == 4 { 0 } else { 3 }), "{graded} are marked with {kilobytes} kB left");
        failed += usize::from(graded < 4);
        disk.free();
        let _ = fs::remove_dir_all(out.join("records"));
    }
    assert!(failed > 1, "the disk was never full");
    assert!(grader(&handed_in, &out).env("TMPDIR", &disk.at).status().unwrap().success());
    let found = files(&out);
    for (name, bytes) in &expected {
        assert!(found.get(name) == Some(bytes), "{} differs", name.display());
    }
}
