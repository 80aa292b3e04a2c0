//! Updates of a course whose programs are two lines of a shell: one says where the next spare is, one is that spare.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::JoinHandle;

use tempfile::TempDir;

use super::*;
use crate::jupyter::updates::{NextSpare, Updates};
use crate::support::processor;

const AT_ONCE: Pace = Pace {
    look: Duration::ZERO,
    soon: Duration::ZERO,
    spread: Duration::ZERO,
    patience: Duration::ZERO,
    again: Duration::from_millis(100),
    longest: Duration::from_secs(3600),
};
/// In which nothing happens that has not to.
const MOMENT: Duration = Duration::from_millis(300);

/// A user's folder with a spare of the old version, which ends when it is asked to.
struct Updated {
    folder: TempDir,
    spares: Spares,
    renewal: Renewal,
    old: Option<JoinHandle<()>>,
}

impl Updated {
    /// The new version is not whole.
    fn by_half() -> Updated {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        fs::write(file("prepared"), "old").unwrap();
        let asked = program(&file("asked"), &format!("echo asked >> {0}/log; cat {0}/answer", folder.path().display()));
        let keeping = place(folder.path(), "old").keep().unwrap().unwrap();
        let listener = keeping.offer().unwrap();
        let spares = Spares::new(keeping.place(), "/missing".into(), Updates::told_by(file("prepared"), "old", asked));
        let old = thread::spawn(move || {
            let mut said = String::new();
            listener.accept().unwrap().0.read_to_string(&mut said).unwrap();
            assert_eq!(said.trim(), "\"shutdown\"");
            drop(keeping);
        });
        let renewal = Renewal::at_pace(&spares, AT_ONCE);
        let updated = Updated { folder, spares, renewal, old: Some(old) };
        fs::write(updated.file("prepared"), "new").unwrap();
        updated
    }

    fn whole() -> Updated {
        let updated = Updated::by_half();
        updated.complete();
        updated
    }

    /// The new version is whole from now on.
    fn complete(&self) {
        let spare = program(&self.file("kernel"), "mkdir \"$3\"");
        let next = NextSpare { place: place(self.folder.path(), "new").path().to_owned(), program: spare };
        fs::write(self.file("answer-draft"), serde_json::to_vec(&next).unwrap()).unwrap();
        fs::rename(self.file("answer-draft"), self.file("answer")).unwrap();
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn look(&mut self, at_rest: bool) {
        self.renewal.look(&mut self.spares, at_rest);
        thread::sleep(Duration::from_millis(2));
    }

    fn stays_for_a_moment(&mut self, at_rest: bool) {
        let begin = Instant::now();
        while begin.elapsed() < MOMENT {
            self.look(at_rest);
        }
        assert!(place(self.folder.path(), "old").is_offered() && !place(self.folder.path(), "new").is_offered());
    }

    fn asked(&self) -> usize {
        fs::read_to_string(self.file("log")).unwrap_or_default().lines().count()
    }

    /// Looks until the new spare is there, and only that.
    fn is_renewed(&mut self) {
        let (old, new) = (place(self.folder.path(), "old"), place(self.folder.path(), "new"));
        let begin = Instant::now();
        while self.spares.place.path() != new.path() {
            assert!(begin.elapsed() < Duration::from_secs(20), "the spare is not renewed");
            self.look(true);
        }
        assert!(new.is_offered() && !old.is_offered());
        self.old.take().unwrap().join().unwrap();
        let names = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let left: Vec<PathBuf> = names.filter(|path| path.with_extension("") == old.path()).collect();
        assert!(left.is_empty(), "{left:?}");
        assert!(!self.renewal.is_due(&self.spares));
    }
}

fn place(folder: &Path, version: &str) -> SparePlace {
    SparePlace::new(folder, Path::new("/course"), version)
}

fn program(path: &Path, line: &str) -> PathBuf {
    // By a process of its own: a program is not started while anybody has its file open to write, as a child of another
    // test's would for a moment.
    let written = Command::new("/bin/sh")
        .args(["-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$0\" && chmod 700 \"$0\""])
        .args([path.as_os_str(), line.as_ref()])
        .status();
    assert!(written.unwrap().success());
    path.to_owned()
}

#[test]
fn a_spare_of_the_new_version_takes_the_old_ones_place_and_nothing_is_left_of_that() {
    let mut updated = Updated::whole();
    updated.is_renewed();
    assert_eq!(updated.asked(), 1);
    updated.look(true);
    assert_eq!(updated.asked(), 1, "once is enough");
}

#[test]
fn nothing_happens_while_a_cell_of_this_or_another_kernel_of_the_user_runs() {
    let mut updated = Updated::whole();
    updated.stays_for_a_moment(false);
    let another = place(updated.folder.path(), "whatever").presence().work().unwrap();
    updated.stays_for_a_moment(true);
    assert_eq!(updated.asked(), 0);
    drop(another);
    updated.is_renewed();
}

#[test]
fn a_version_that_is_not_whole_leaves_the_old_spare_and_is_asked_for_more_and_more_rarely() {
    let mut updated = Updated::by_half();
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_millis(1000) {
        updated.look(true);
    }
    // At 0, 100, 300 and 700 ms.
    assert!((1..=4).contains(&updated.asked()), "{}", updated.asked());
    updated.stays_for_a_moment(true);
    assert!(updated.renewal.is_due(&updated.spares), "no spare of the old version is made meanwhile");
    updated.complete();
    updated.is_renewed();
}

#[test]
fn whoever_has_not_the_turn_waits_for_it() {
    let mut updated = Updated::whole();
    let turn = updated.spares.updates.turn().unwrap().unwrap();
    updated.stays_for_a_moment(true);
    assert_eq!(updated.asked(), 0);
    drop(turn);
    updated.is_renewed();
}

#[test]
fn an_update_that_is_taken_back_changes_nothing() {
    let mut updated = Updated::whole();
    updated.stays_for_a_moment(false);
    fs::write(updated.file("prepared"), "old").unwrap();
    updated.stays_for_a_moment(true);
    assert_eq!(updated.asked(), 0);
    fs::write(updated.file("prepared"), "new").unwrap();
    updated.is_renewed();
}

#[test]
fn a_machine_without_room_is_waited_for_but_not_for_ever() {
    let mut updated = Updated::whole();
    updated.renewal.pace.patience = Duration::from_secs(3600);
    updated.stays_for_a_moment(false);
    // As where the processors had nothing to do for no time at all.
    let pending = updated.renewal.pending.as_mut().unwrap();
    pending.processors = Watch::default();
    updated.renewal.begin(&updated.spares, true);
    let begun = updated.renewal.pending.as_ref().unwrap().working.is_some();
    assert_eq!(begun, processor::Times::now().is_none(), "one look says nothing of a machine");
    updated.renewal.pace.patience = Duration::ZERO;
    updated.is_renewed();
}
