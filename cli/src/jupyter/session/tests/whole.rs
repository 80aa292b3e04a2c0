//! A template is whole or none, whoever was interrupted when.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::bail;

use super::super::Sessions;
use super::super::tree::{Sharing, copy_tree};
use super::course::{Course, prepare};
use crate::support::owned_folder::OwnedFolder;

#[test]
fn an_empty_folder_with_a_templates_name_is_none_and_is_mended() {
    let course = Course::new();
    let sessions = course.sessions();
    fs::create_dir_all(sessions.template()).unwrap();
    assert!(!sessions.is_ready());
    let refused = sessions.open().err().unwrap().to_string();
    assert!(refused.contains("run `cargo run -- setup`"), "{refused}");
    prepare(&sessions, &mut Vec::new()).unwrap();
    assert!(sessions.is_ready());
}

#[test]
fn a_template_that_has_lost_a_crate_is_mended() {
    let course = Course::new();
    let (sessions, _) = course.prepared();
    let deps = sessions.compiled_crates().unwrap();
    let mut lost = fs::read_dir(deps).unwrap().map(|entry| entry.unwrap().path());
    let lost = lost.find(|path| path.to_string_lossy().contains("libhelper")).unwrap();
    fs::remove_file(lost).unwrap();
    assert!(!sessions.is_ready());
    let (sessions, compiled) = course.prepared();
    assert!(sessions.is_ready() && compiled.contains(&"helper".to_owned()), "{compiled:?}");
}

#[test]
fn a_failed_set_up_leaves_nothing_behind() {
    let course = Course::new();
    let sessions = course.sessions();
    assert!(sessions.prepare(|_| bail!("no network"), |_| Ok(())).is_err());
    assert_eq!(course.left(), Vec::<String>::new());
    assert!(sessions.prepare(|_| Ok(()), |_| Ok(())).is_err(), "nothing was compiled");
    assert_eq!(course.left(), Vec::<String>::new());
}

#[test]
fn the_draft_of_a_killed_set_up_goes_and_that_of_a_living_one_stays() {
    let course = Course::new();
    let living = OwnedFolder::create(&course.cache, "draft-").unwrap();
    let killed = course.cache.join("draft-killed");
    fs::create_dir_all(killed.join("target")).unwrap();
    fs::write(killed.join("owner"), "locked\n\n").unwrap();
    course.prepared();
    assert!(!killed.exists() && living.path().exists());
}

/// Names the small disk for the process that has mounted one.
#[cfg(target_os = "linux")]
const DISK: &str = "NEUROBOOK_TEST_DISK";

#[test]
#[cfg(target_os = "linux")]
fn where_there_is_no_room_the_place_and_the_megabytes_are_said_and_nothing_is_left() {
    if let Some(disk) = std::env::var_os(DISK) {
        return on_a_small_disk(Path::new(&disk));
    }
    let disk = tempfile::tempdir().unwrap();
    let test = "jupyter::session::tests::whole::where_there_is_no_room_the_place_and_the_megabytes_are_said_and_nothing_is_left";
    // The disk goes with the process.
    let script = "mount -t tmpfs -o size=2m tmpfs \"$1\" || exit 77\nexec \"$2\" --exact \"$3\"";
    let mut status = None;
    for words in [&["--mount"][..], &["--mount", "--map-root-user"]] {
        let mut command = std::process::Command::new("unshare");
        command.args(words).args(["sh", "-c", script, "sh"]).arg(disk.path());
        command.arg(std::env::current_exe().unwrap()).arg(test).env(DISK, disk.path());
        status = command.output().ok().filter(|done| ![Some(1), Some(77)].contains(&done.status.code()));
        if status.is_some() {
            break;
        }
    }
    match status {
        Some(done) => assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout)),
        None => eprintln!("Not tried: this user may not mount a disk of two megabytes."),
    }
}

#[cfg(target_os = "linux")]
fn on_a_small_disk(disk: &Path) {
    let course = Course::new();
    let (sessions, _) = course.prepared();
    let full = Sessions::within(sessions.root.clone(), disk.to_owned()).unwrap();
    full.configure().unwrap();
    copy_tree(&sessions.template(), &full.template(), SystemTime::now(), Sharing::Names, &|_| false).unwrap();
    assert!(full.is_ready());
    let mut filler = fs::File::create(disk.join("filler")).unwrap();
    while std::io::Write::write_all(&mut filler, &[0; 4096]).is_ok() {}
    filler.set_len(filler.metadata().unwrap().len().saturating_sub(20_000)).unwrap();
    let refusals = [full.open().err().unwrap().to_string(), {
        fs::remove_dir_all(full.template()).unwrap();
        while std::io::Write::write_all(&mut filler, &[0; 4096]).is_ok() {}
        prepare(&full, &mut Vec::new()).unwrap_err().to_string()
    }];
    for refused in refusals {
        let (reason, _) = refused.split_once('\n').unwrap();
        assert!(reason.contains("no space left") && reason.contains(" MB are "), "{refused}");
        assert!(reason.contains(disk.to_str().unwrap()) && !reason.contains("connect"), "{refused}");
    }
    fs::remove_file(disk.join("filler")).unwrap();
    assert!(full.prepare(|_| bail!("the disk was full"), |_| Ok(())).is_err());
    let names = fs::read_dir(disk).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> =
        names.filter(|name| ["kernel-", "draft-", "cargo-"].iter().any(|own| name.starts_with(own))).collect();
    assert_eq!(left, Vec::<String>::new());
}
