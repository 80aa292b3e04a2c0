//! Tests of whose folder goes and whose stays, with locks and without.

use super::*;

const PREFIX: &str = "neurobook-test-";

fn no_locks(_file: &File) -> Answer {
    Answer::NoLocks
}

/// A folder as a process has left it.
fn left_by(parent: &Path, name: &str, owner: &str) -> PathBuf {
    let folder = parent.join(format!("{PREFIX}{name}"));
    fs::create_dir_all(folder.join("target")).unwrap();
    fs::write(folder.join(OWNER), owner).unwrap();
    folder
}

fn age(path: &Path, age: Duration) {
    File::open(path).unwrap().set_modified(SystemTime::now() - age).unwrap();
}

/// The mark of a process that is gone.
#[cfg(target_os = "linux")]
fn of_the_dead() -> String {
    let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
    let own = ProcessMark::own().unwrap().to_line();
    let machine = own.split(' ').next().unwrap();
    let begun = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    let line = format!("{machine} {} {}", child.id(), begun.rsplit_once(") ").unwrap().1.split(' ').nth(19).unwrap());
    child.kill().unwrap();
    child.wait().unwrap();
    line
}

#[test]
fn what_a_dead_process_left_is_deleted_and_what_a_living_one_uses_stays() {
    let parent = tempfile::tempdir().unwrap();
    let left = left_by(parent.path(), "left", "locked\n\n");
    // Its process has not come to the lock yet.
    let younger = parent.path().join(format!("{PREFIX}younger"));
    fs::create_dir(&younger).unwrap();
    let living = OwnedFolder::create(parent.path(), PREFIX).unwrap();
    let other = OwnedFolder::create(parent.path(), PREFIX).unwrap();
    assert!(!left.exists() && younger.exists() && living.path().exists() && other.path().exists());
    drop((living, other));
    assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1);
}

#[test]
fn a_folder_that_was_killed_before_it_had_an_owner_goes_after_an_hour() {
    let parent = tempfile::tempdir().unwrap();
    let killed = parent.path().join(format!("{PREFIX}killed"));
    fs::create_dir(&killed).unwrap();
    age(&killed, 2 * UNCLAIMED);
    sweep(parent.path(), PREFIX);
    assert!(!killed.exists());
}

#[test]
fn a_half_deleted_folder_is_deleted_by_the_next_process() {
    let parent = tempfile::tempdir().unwrap();
    let half = parent.path().join(format!("{PREFIX}{REMOVED}half"));
    fs::create_dir_all(half.join("target")).unwrap();
    sweep(parent.path(), PREFIX);
    assert!(!half.exists());
}

#[test]
fn without_locks_a_living_process_keeps_its_folder_and_leaves_nothing() {
    let parent = tempfile::tempdir().unwrap();
    let one = create(parent.path(), PREFIX, no_locks).unwrap();
    let other = create(parent.path(), PREFIX, no_locks).unwrap();
    // Neither who has locks nor who has none may take a living process for a dead one.
    sweep(parent.path(), PREFIX);
    sweep_where(parent.path(), PREFIX, no_locks);
    assert!(one.path().exists() || ProcessMark::own().is_none());
    assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 2);
    drop((one, other));
    assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
}

#[test]
#[cfg(target_os = "linux")]
fn without_locks_what_a_dead_process_left_is_deleted() {
    let parent = tempfile::tempdir().unwrap();
    let unlocked = left_by(parent.path(), "unlocked", &format!("unlocked\n{}\n", of_the_dead()));
    let locked = left_by(parent.path(), "locked", &format!("locked\n{}\n", of_the_dead()));
    sweep_where(parent.path(), PREFIX, no_locks);
    assert!(!unlocked.exists() && !locked.exists());
}

#[test]
fn without_locks_another_machines_folder_stays_until_it_is_very_old() {
    let parent = tempfile::tempdir().unwrap();
    let [young, old] = ["young", "old"].map(|name| left_by(parent.path(), name, "unlocked\nelsewhere/pid:[1] 12 34\n"));
    age(&old.join(OWNER), 2 * OUT_OF_SIGHT);
    sweep_where(parent.path(), PREFIX, no_locks);
    assert!(young.exists() && !old.exists());
}

#[test]
fn a_folder_that_is_kept_has_a_name_of_its_own_and_no_owner() {
    let parent = tempfile::tempdir().unwrap();
    let place = parent.path().join("kept");
    OwnedFolder::create(parent.path(), PREFIX).unwrap().keep_as(&place).unwrap();
    assert!(place.is_dir() && !place.join(OWNER).exists());
    assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1);
}

/// Where `flock` fails as on Lustre, in a process of its own.
#[test]
#[cfg(target_os = "linux")]
fn all_of_this_holds_where_the_system_itself_has_no_locks() {
    const WITHOUT: &str = "NEUROBOOK_TEST_WITHOUT_LOCKS";
    if std::env::var_os(WITHOUT).is_some() {
        let parent = tempfile::tempdir().unwrap();
        assert_eq!(ask(&File::create(parent.path().join("lock")).unwrap()), Answer::NoLocks);
        let dead = left_by(parent.path(), "dead", &format!("locked\n{}\n", of_the_dead()));
        let folders = [0; 3].map(|_| OwnedFolder::create(parent.path(), PREFIX).unwrap());
        assert!(folders.iter().all(|folder| folder.path().exists()) && !dead.exists());
        drop(folders);
        crate::support::file_lock::FileLock::alone(&parent.path().join("lock")).unwrap();
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1);
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let [source, library] = ["no_locks.c", "no_locks.so"].map(|name| folder.path().join(name));
    fs::write(&source, "#include <errno.h>\nint flock(int file, int how) { errno = ENOLCK; return -1; }\n").unwrap();
    let compiled =
        std::process::Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(&source).status();
    assert!(compiled.unwrap().success());
    let test = "support::owned_folder::tests::all_of_this_holds_where_the_system_itself_has_no_locks";
    let done = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test])
        .env("LD_PRELOAD", &library)
        .env(WITHOUT, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
}
