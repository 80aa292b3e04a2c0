//! Runs from their beginning to their end, resumed, spread, merged and refused.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::{Class, Parser, assert_same};
use crate::commands::merge;

pub fn merged(class: &Class, folders: &[&str], out: &str) -> std::process::ExitCode {
    #[derive(clap::Parser)]
    struct Command {
        #[command(flatten)]
        options: merge::Options,
    }
    let paths: Vec<String> = folders.iter().map(|folder| class.path(folder).display().to_string()).collect();
    let mut arguments = vec!["merge"];
    arguments.extend(paths.iter().map(String::as_str));
    let out = class.path(out).display().to_string();
    arguments.extend(["--out", &out]);
    merge::merge(&Command::parse_from(arguments).options).unwrap()
}

fn is(code: std::process::ExitCode, status: u8) -> bool {
    format!("{code:?}") == format!("{:?}", std::process::ExitCode::from(status))
}

#[test]
fn a_second_run_marks_only_what_is_new_or_changed() {
    let class = Class::of(8);
    assert_eq!(class.grade("out", &["--seed", "7"]), (0, 8));
    let before = super::bytes_of(&class.path("out"));
    assert_eq!(class.grade("out", &[]), (0, 0), "the recorded seed is taken");
    assert!(before == super::bytes_of(&class.path("out")), "nothing has changed");
    class.submit("learner 003", "another answer");
    class.submit("late", "late");
    assert_eq!(class.grade("out", &[]), (0, 2));
    fs::write(class.path("out/records/learner 005.json"), "{damaged").unwrap();
    assert_eq!(class.grade("out", &[]), (0, 1));
    assert_eq!(class.read("out/grades.csv").lines().count(), 10);
}

#[test]
#[cfg(unix)]
fn nobody_else_on_the_machine_can_look_into_a_runs_folder() {
    use std::os::unix::fs::PermissionsExt;
    let class = Class::of(2);
    class.grade("a/b/out", &["--seed", "7"]);
    let mode = |name: &str| fs::metadata(class.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("a/b/out"), 0o700);
    // One that is there is as its owner wants it.
    fs::create_dir(class.path("open")).unwrap();
    fs::set_permissions(class.path("open"), fs::Permissions::from_mode(0o755)).unwrap();
    class.grade("open", &["--seed", "7"]);
    assert_eq!(mode("open"), 0o755);
}

#[test]
fn the_number_of_jobs_changes_no_byte() {
    let class = Class::of(20);
    class.grade("one", &["--seed", "7", "--jobs", "1"]);
    class.grade("eight", &["--seed", "7", "--jobs", "8"]);
    assert_same(&class.path("one"), &class.path("eight"));
}

#[test]
fn shards_merge_in_any_order_to_the_bytes_of_one_run() {
    let class = Class::of(11);
    class.submit("hurt", "not json");
    assert_eq!(class.grade("whole", &["--seed", "7"]), (4, 12));
    for shard in ["1/3", "2/3", "3/3"] {
        let out = format!("shard {}", &shard[..1]);
        class.grade(&out, &["--seed", "7", "--shard", shard]);
        assert!(!class.path(&out).join("grades.csv").exists());
    }
    assert!(is(merged(&class, &["shard 1", "shard 2", "shard 3"], "forward"), 4));
    assert!(is(merged(&class, &["shard 3", "shard 1", "shard 2"], "backward"), 4));
    for out in ["forward", "backward"] {
        assert_same(&class.path("whole"), &class.path(out));
    }
    assert!(is(merged(&class, &["shard 1", "shard 3"], "part"), 3), "a shard is missing");
    assert!(class.read("part/overview.html").contains("not marked yet"));
    assert!(is(merged(&class, &["shard 2"], "part"), 4), "and comes later");
    assert_same(&class.path("whole"), &class.path("part"));
}

#[test]
fn shards_may_share_a_folder_and_need_one_seed() {
    let class = Class::of(6);
    assert_eq!(class.grade("out", &["--shard", "1/2"]), (2, 0), "no seed is drawn for one shard");
    class.grade("whole", &["--seed", "7"]);
    class.grade("out", &["--seed", "7", "--shard", "1/2"]);
    class.grade("out", &["--shard", "2/2"]);
    assert!(is(merged(&class, &["out"], "out"), 0));
    assert_same(&class.path("whole"), &class.path("out"));
}

#[test]
fn what_contradicts_is_not_merged() {
    let class = Class::of(3);
    class.grade("seven", &["--seed", "7"]);
    class.grade("eight", &["--seed", "8"]);
    assert!(is(merged(&class, &["seven", "eight"], "both"), 2), "other seeds");
    class.submit("learner 001", "another");
    class.grade("other", &["--seed", "7"]);
    assert!(is(merged(&class, &["seven", "other"], "both"), 2), "another notebook of one id");
    assert!(!class.path("both").exists(), "nothing is written");
}

#[test]
fn a_run_with_other_settings_does_not_touch_the_folder() {
    let mut class = Class::of(3);
    assert_eq!(class.grade("out", &["--seed", "7"]), (0, 3));
    let before = super::bytes_of(&class.path("out"));
    assert_eq!(class.grade("out", &["--seed", "8"]), (2, 0));
    assert_eq!(class.grade("out", &["--sandbox", "landlock"]), (2, 0));
    class.content = "2".to_owned();
    assert_eq!(class.grade("out", &[]), (2, 0));
    assert!(before == super::bytes_of(&class.path("out")));
}

#[test]
fn a_fault_of_the_machine_is_tried_again_and_one_of_the_marker_harms_no_other() {
    let class = Class::new(&[("anna", "fine"), ("bo", "machine"), ("cy", "panic")]);
    assert_eq!(class.grade("out", &["--jobs", "1"]), (3, 3));
    assert!(class.read("out/records/cy.json").contains("infrastructure"));
    assert!(class.read("out/records/anna.json").contains("graded"));
    assert_eq!(class.grade("out", &[]), (3, 2), "both are marked again");
    class.submit("bo", "fine");
    class.submit("cy", "fine");
    assert_eq!(class.grade("out", &[]), (0, 2));
}

#[test]
fn a_notebook_of_another_chapter_is_reported_and_not_marked() {
    let class = Class::new(&[("anna", "fine"), ("bo", "fine")]);
    let other = class.read("in/bo.ipynb").replace("02_single_node_dynamics", "02_prep_dynamical_systems");
    fs::write(class.path("in/bo.ipynb"), other).unwrap();
    assert_eq!(class.grade("out", &[]), (2, 0), "the teacher is asked");
    assert_eq!(class.grade("out", &["--chapter", "02"]), (4, 1));
    assert!(class.read("out/feedback/bo.html").contains("02_prep_dynamical_systems"));
    assert_eq!(class.grade("out", &["--chapter", "02"]), (4, 0), "this too is done");
}

#[test]
fn a_stopped_run_keeps_what_is_done_and_goes_on() {
    let mut class = Class::of(60);
    class.grade("undisturbed", &["--seed", "7"]);
    class.pause = Duration::from_millis(10);
    class.stop_after = Some(Duration::from_millis(150));
    let (status, marked) = class.grade("out", &["--seed", "7", "--jobs", "2"]);
    assert_eq!(status, 3);
    assert!(marked < 60 && !class.path("out/grades.csv").exists(), "{marked}");
    class.stop_after = None;
    class.stop = Default::default();
    let (status, rest) = class.grade("out", &[]);
    assert_eq!(status, 0);
    assert!(rest < 60 && rest + marked >= 60, "{marked} and {rest}");
    assert_same(&class.path("undisturbed"), &class.path("out"));
}

#[test]
fn a_record_with_its_exercises_twice_is_refused_and_graded_again() {
    let class = Class::of(2);
    assert_eq!(class.grade("out", &["--seed", "7"]).0, 0);
    let name = "out/records/learner 001.json";
    let mut record: serde_json::Value = serde_json::from_str(&class.read(name)).unwrap();
    let once = record["exercises"].as_array().unwrap().clone();
    let twice = [&once[..], &once[..]].concat();
    record["exercises"] = twice.into();
    fs::write(class.path(name), record.to_string()).unwrap();
    let settings = class.read("out/run.json");
    let settings = serde_json::from_str(&settings).unwrap();
    let folder = super::super::Folder::at(&class.path("out"));
    let error = format!("{:#}", folder.expect_record("learner 001", &settings).unwrap_err());
    assert!(error.contains("has the exercise euler twice: delete it, and grade again"), "{error}");
    assert_eq!(class.grade("out", &[]), (0, 1), "as one that is damaged");
    assert_eq!(class.read("out/written/answers.csv").matches("learner 001").count(), 1);
}

#[test]
fn a_dry_run_writes_nothing() {
    let class = Class::of(3);
    assert_eq!(class.grade("out", &["--dry-run"]), (0, 0));
    assert!(!class.path("out").exists());
}

#[test]
fn two_runs_in_one_folder_do_not_disturb_each_other() {
    let class = Class::of(2);
    let lock = super::super::Folder::at(&class.path("out")).lock(false).unwrap();
    assert_eq!(class.grade("out", &[]).1, 0);
    drop(lock);
    assert_eq!(class.grade("out", &[]), (0, 2));
}

#[test]
fn a_large_class_leaves_no_draft_and_no_gap() {
    let class = Class::of(300);
    assert_eq!(class.grade("out", &["--seed", "7", "--jobs", "4"]), (0, 300));
    assert_eq!(class.read("out/grades.csv").lines().count(), 301);
    let drafts = |folder: &Path| {
        fs::read_dir(folder)
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().ends_with(".tmp"))
            .count()
    };
    assert_eq!(drafts(&class.path("out/records")), 0);
    serde_json::from_str::<serde_json::Value>(&class.read("out/results.json")).unwrap();
}
