use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use crate::mini::{CHAPTER, Mini, names};
use crate::program;

const STUDENT: &str = "notebooks/student/01_double.ipynb";
const MINE: &str = "notebooks/mine/01_double.ipynb";
const BACKUPS: &str = "notebooks/mine/backups";

/// A course whose learner has written something.
fn with_work() -> (Mini, String) {
    let mini = Mini::built();
    mini.succeed(&["reset", "1"]);
    let work = mini.read(MINE).replace("blank!(\\\"the product\\\")", "x + x");
    assert!(work.contains("x + x"));
    mini.write(MINE, &work);
    (mini, work)
}

/// The contents of all backups. The draft of one that is being written is none.
fn backups(mini: &Mini) -> Vec<String> {
    names(&mini.path(BACKUPS))
        .iter()
        .filter(|name| name.ends_with(".ipynb"))
        .map(|name| mini.read(&format!("{BACKUPS}/{name}")))
        .collect()
}

#[test]
fn the_first_reset_of_a_chapter_makes_the_learners_copy() {
    let mini = Mini::built();
    assert_eq!(mini.succeed(&["reset", "01"]), format!("{MINE} is new: there was nothing to put aside\n"));
    assert_eq!(mini.read(MINE), mini.read(STUDENT));
    assert_eq!(mini.succeed(&["reset", "01"]), format!("{MINE} needs no change: nothing to do\n"));
    assert!(backups(&mini).is_empty());
}

#[test]
fn a_reset_puts_the_learners_work_aside_under_the_time_of_day() {
    let (mini, work) = with_work();
    let said = mini.succeed(&["reset", "01_double"]);
    let name = names(&mini.path(BACKUPS)).remove(0);
    assert!(said.starts_with(&format!("your notebook is kept as {BACKUPS}/{name}\n{MINE} is fresh\n")), "{said}");
    let pattern: String = name.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    assert_eq!(pattern, "00_double-00000000-000000.ipynb");
    assert_eq!((mini.read(MINE), backups(&mini)), (mini.read(STUDENT), vec![work]));
}

#[test]
fn no_backup_takes_the_place_of_another() {
    let (mini, _) = with_work();
    let works: Vec<String> = (0..12).map(|number| format!("work {number}")).collect();
    for work in &works {
        mini.write(MINE, work);
        mini.succeed(&["reset", "1"]);
    }
    let mut kept = backups(&mini);
    kept.sort_by_key(|work| work[5..].parse::<u32>().unwrap());
    assert_eq!(kept, works);
}

#[test]
fn a_file_that_is_no_notebook_is_put_aside_byte_by_byte() {
    let mini = Mini::built();
    let broken = b"{\"cells\": [\xff\r\n";
    mini.write(MINE, "");
    fs::write(mini.path(MINE), broken).unwrap();
    mini.succeed(&["reset", "1"]);
    let name = names(&mini.path(BACKUPS)).remove(0);
    assert_eq!(fs::read(mini.path(BACKUPS).join(name)).unwrap(), broken);
}

#[test]
fn a_new_version_of_the_chapter_leaves_the_learners_work_alone() {
    let (mini, work) = with_work();
    mini.write("notebooks/01_double.rs", &CHAPTER.replace("A first chapter.", "A better chapter."));
    mini.succeed(&["build"]);
    assert_eq!(mini.read(MINE), work);
    mini.succeed(&["reset", "1"]);
    assert!(mini.read(MINE).contains("A better chapter.") && backups(&mini) == [work]);
}

#[test]
fn an_update_takes_the_learners_work_into_the_new_version() {
    let (mini, work) = with_work();
    assert_eq!(mini.succeed(&["update", "1"]), format!("{MINE} needs no change: nothing to do\n"));
    mini.write(
        "notebooks/01_double.rs",
        &CHAPTER
            .replace("A first chapter.", "A better chapter.")
            .replace("blank!(\"the product\")", "blank!(\"a product\")"),
    );
    mini.succeed(&["build"]);
    let said = mini.succeed(&["update", "1"]);
    assert!(
        said.contains(&format!("{MINE} is the new version, with your answers to double and 0 other cells of yours\n")),
        "{said}"
    );
    let mine = mini.read(MINE);
    assert!(mine.contains("A better chapter.") && mine.contains("x + x") && !mine.contains("a product"));
    assert_eq!(backups(&mini), [work]);
    mini.write(MINE, "{");
    let message = mini.fail(&["update", "1"]);
    assert!(
        message.contains("your notebook is not JSON")
            && message.contains("it cannot be updated, but `reset` keeps it in a backup"),
        "{message}"
    );
    assert_eq!(mini.read(MINE), "{");
}

#[test]
fn a_chapter_is_found_by_number_name_or_notebook_and_else_the_choice_is_shown() {
    let mini = Mini::new(&[("01_double", CHAPTER), ("02_a", CHAPTER), ("02_b", CHAPTER)]);
    for name in ["1", "01", "01_double", "01_double.ipynb", STUDENT, "notebooks/01_double.rs"] {
        assert!(mini.succeed(&["reset", name]).starts_with(MINE));
    }
    assert_eq!(mini.fail(&["reset", "2"]), "error: `2` may be 02_a or 02_b: write the whole name\n");
    assert_eq!(mini.fail(&["reset", "7"]), "error: there is no chapter `7`: name one of 01_double, 02_a, 02_b\n");
}

/// Whatever is in the student notebook, a fresh one is what the chapter makes.
#[test]
fn a_fresh_notebook_comes_from_the_chapter_and_not_from_a_file_that_somebody_has_changed() {
    let (mini, work) = with_work();
    let generated = mini.read(STUDENT);
    for student in [work.as_str(), "{", "<<<<<<< HEAD"] {
        mini.write(STUDENT, student);
        mini.write(MINE, &work);
        mini.succeed(&["reset", "1"]);
        assert_eq!((mini.read(MINE), mini.read(STUDENT)), (generated.clone(), student.to_owned()));
    }
}

#[test]
fn a_build_keeps_what_nobody_generated_and_says_where() {
    let (mini, work) = with_work();
    let output = work.replace("\"outputs\": []", "\"outputs\": [{\"name\": \"stdout\"}]").replace("x + x", "blank!()");
    for student in [work.as_str(), output.as_str(), "{", "<<<<<<< HEAD"] {
        mini.write(STUDENT, student);
        let before = backups(&mini).len();
        let said = mini.succeed(&["build"]);
        assert!(
            said.contains(&format!(
                "{STUDENT} was not as it was generated: it is kept as {BACKUPS}/01_double-student-"
            )),
            "{said}"
        );
        let kept = backups(&mini);
        assert!(kept.len() == before + 1 && kept.iter().any(|kept| kept == student), "{said}");
    }
}

#[test]
fn a_build_of_a_new_version_keeps_no_copies_of_what_was_generated() {
    let mini = Mini::built();
    mini.write("notebooks/01_double.rs", &CHAPTER.replace("A first chapter.", "A better chapter."));
    assert!(!mini.succeed(&["build"]).contains("is kept"));
    assert!(!mini.path(BACKUPS).exists());
}

#[test]
fn work_in_the_student_notebook_is_found_by_check_and_progress() {
    let (mini, work) = with_work();
    for before in [Some(mini.read(STUDENT)), None] {
        match before {
            Some(untouched) => mini.write(MINE, &untouched),
            None => fs::remove_file(mini.path(MINE)).unwrap(),
        }
        mini.write(STUDENT, &work);
        assert!(mini.succeed(&["progress", "1"]).contains(STUDENT));
    }
}

/// Kills a reset after each of many delays that are spread over the time it takes.
#[cfg(unix)]
#[test]
fn a_reset_that_is_killed_at_any_moment_loses_nothing() {
    let (mini, work) = with_work();
    let fresh = mini.read(STUDENT);
    mini.succeed(&["reset", "1"]);
    mini.write(MINE, &work);
    let started = Instant::now();
    mini.succeed(&["reset", "1"]);
    let whole = started.elapsed();
    let rounds = 150;
    let mut written = vec![work.clone()];
    for round in 0..rounds {
        let work = format!("{work} {round}");
        mini.write(MINE, &work);
        written.push(work.clone());
        let mut child = mini.command(&["reset", "1"]).stdout(std::process::Stdio::null()).spawn().unwrap();
        let delay = whole * 2 * round / rounds;
        std::thread::sleep(delay);
        child.kill().unwrap();
        child.wait().unwrap();
        let now = mini.read(MINE);
        let kept = backups(&mini).iter().filter(|backup| **backup == work).count();
        assert!(now == work || (now == fresh && kept == 1), "after {delay:?} of {whole:?}");
        assert!(backups(&mini).iter().all(|backup| written.contains(backup)), "a backup is not whole");
    }
}

/// Runs the binary in a shell with a limit on the size of the files it writes: for its program the disk is full.
#[cfg(unix)]
fn on_a_full_disk(mini: &Mini, arguments: &str, ignore_signal: bool) -> std::process::Output {
    let trap = if ignore_signal { "trap '' XFSZ; " } else { "" };
    let script = format!("{trap}ulimit -f 1; exec \"$0\" {arguments}");
    let mut command = program::command("sh");
    command
        .args(["-c", &script, env!("CARGO_BIN_EXE_neurobook")])
        .current_dir(&mini.root)
        .env("NEUROBOOK_ROOT", &mini.root);
    command.output().unwrap()
}

#[cfg(unix)]
#[test]
fn on_a_full_disk_the_old_files_stay_as_they_are() {
    let (mini, work) = with_work();
    let student = mini.read(STUDENT);
    mini.write("notebooks/01_double.rs", &CHAPTER.replace("A first chapter.", "A better chapter."));
    for ignore_signal in [true, false] {
        for arguments in ["reset 1", "build"] {
            let output = on_a_full_disk(&mini, arguments, ignore_signal);
            assert!(!output.status.success());
            if ignore_signal {
                let message = crate::mini::stderr(&output);
                assert!(message.contains("cannot write ") && message.contains("File too large"), "{message}");
            }
        }
    }
    assert_eq!((mini.read(MINE), mini.read(STUDENT)), (work, student));
    assert!(backups(&mini).is_empty());
}

#[cfg(unix)]
#[test]
fn in_a_folder_that_cannot_be_written_the_message_names_it() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let (mini, work) = with_work();
    let mine = mini.path("notebooks/mine");
    let temporary: PathBuf = mini.root.parent().unwrap().to_path_buf();
    fs::set_permissions(&temporary, PermissionsExt::from_mode(0o755)).unwrap();
    fs::set_permissions(&mine, PermissionsExt::from_mode(0o555)).unwrap();
    let mut command = mini.command(&["reset", "1"]);
    // No folder is closed to root, so root becomes somebody else, who may not see where the program is.
    if fs::metadata(&mine).unwrap().uid() == 0 {
        let program = temporary.join("neurobook");
        fs::copy(env!("CARGO_BIN_EXE_neurobook"), &program).unwrap();
        command = program::command(program);
        command.args(["reset", "1"]).env("NEUROBOOK_ROOT", &mini.root).uid(65534).gid(65534);
    }
    let output = command.output().unwrap();
    fs::set_permissions(&mine, PermissionsExt::from_mode(0o755)).unwrap();
    let message = crate::mini::stderr(&output);
    assert!(
        !output.status.success()
            && message.contains("Permission denied")
            && message.contains(&format!("{MINE} is left as it is")),
        "{message}"
    );
    assert_eq!(mini.read(MINE), work);
}

#[cfg(unix)]
#[test]
fn a_copy_has_the_permissions_of_the_users_other_files() {
    use std::os::unix::fs::PermissionsExt;
    let (mini, _) = with_work();
    mini.write("other.txt", "");
    let mode = |path: &str| fs::metadata(mini.path(path)).unwrap().permissions().mode();
    assert_eq!(mode(MINE), mode("other.txt"));
}
