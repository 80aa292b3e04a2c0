use std::path::Path;

use super::*;

/// Writes the chapter, and builds its student notebook.
fn publish(root: &Path, prose: &str) {
    let text = format!("fn main() {{\n    // %% [markdown]\n    // # T\n    // {prose}\n}}\n");
    let notebook = notebook(&Chapter::parse("01_t.rs", &text).unwrap(), Variant::Student);
    notebook.write(&root.join("notebooks/student/01_t.ipynb")).unwrap();
    fs::write(root.join("notebooks/01_t.rs"), text).unwrap();
}

/// Writes a sentence into a notebook, and gives all that is there then.
fn work_in(path: &Path) -> String {
    let work = fs::read_to_string(path).unwrap().replace("One.", "One. My note.");
    assert!(work.contains("My note"));
    fs::write(path, &work).unwrap();
    work
}

#[test]
fn opening_makes_a_copy_once_and_never_touches_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let course = Course::at(folder.path().to_path_buf());
    publish(folder.path(), "One.");
    let copy = open(&course, "01_t").unwrap();
    assert!(copy.new && copy.note.is_none());
    let work = work_in(&copy.path);
    publish(folder.path(), "Two.");
    let copy = open(&course, "01_t").unwrap();
    let note = "notebooks/mine/01_t.ipynb: this chapter has a newer version. `cargo run -- update 01` takes your work along, `cargo run -- reset 01` starts again; both keep your file in notebooks/mine/backups";
    assert_eq!((copy.new, copy.note.as_deref()), (false, Some(note)));
    assert_eq!(fs::read_to_string(&copy.path).unwrap(), work);
}

#[test]
fn a_damaged_copy_is_left_alone_and_talked_about() {
    let folder = tempfile::tempdir().unwrap();
    let course = Course::at(folder.path().to_path_buf());
    publish(folder.path(), "One.");
    fs::create_dir_all(folder.path().join("notebooks/mine")).unwrap();
    fs::write(course.own_copy("01_t"), "{").unwrap();
    let note = open(&course, "01_t").unwrap().note.unwrap();
    assert_eq!(
        note,
        "notebooks/mine/01_t.ipynb is not JSON (line 1, column 1): is it a notebook?; `cargo run -- reset 01` keeps the file in notebooks/mine/backups and gives you a fresh one"
    );
    assert_eq!(fs::read(course.own_copy("01_t")).unwrap(), b"{");
}

#[test]
fn where_no_copy_can_be_made_the_message_says_where_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let course = Course::at(folder.path().to_path_buf());
    publish(folder.path(), "One.");
    fs::write(folder.path().join("notebooks/mine"), "a file").unwrap();
    let message = format!("{:#}", open(&course, "01_t").unwrap_err());
    assert!(
        message.contains("must be writable: make it so, set NEUROBOOK_NOTEBOOKS to a folder that is, or copy"),
        "{message}"
    );
}

#[test]
fn work_in_the_student_notebook_is_taken_along_and_the_file_becomes_what_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let course = Course::at(folder.path().to_path_buf());
    publish(folder.path(), "One.");
    let student = course.generated("01_t", Variant::Student);
    let generated = fs::read_to_string(&student).unwrap();
    // Before there is a notebook of the learner's own, and when there is one that nobody has touched.
    for _ in 0..2 {
        let work = work_in(&student);
        let copy = open(&course, "01_t").unwrap();
        assert_eq!(
            copy.note.as_deref(),
            Some("your work in notebooks/student/01_t.ipynb was taken into notebooks/mine/01_t.ipynb: go on there")
        );
        assert_eq!(fs::read_to_string(&copy.path).unwrap(), work);
        assert_eq!(fs::read_to_string(&student).unwrap(), generated);
        fs::write(&copy.path, &generated).unwrap();
    }
}

#[test]
fn of_two_notebooks_with_work_neither_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let course = Course::at(folder.path().to_path_buf());
    publish(folder.path(), "One.");
    let mine = work_in(&open(&course, "01_t").unwrap().path);
    let student = course.generated("01_t", Variant::Student);
    let other = work_in(&student).replace("My note", "Another note");
    fs::write(&student, &other).unwrap();
    let copy = open(&course, "01_t").unwrap();
    assert!(copy.note.unwrap().starts_with("there is work in notebooks/student/01_t.ipynb, too"));
    assert_eq!([&copy.path, &student].map(|path| fs::read_to_string(path).unwrap()), [mine, other]);
    let place = place::find(&course, "01_t").unwrap();
    assert_eq!(place, place::Place { path: copy.path, other: Some(student) });
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_named_before_anybody_works() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let course = Course::at(folder.path().to_path_buf());
    publish(folder.path(), "One.");
    let mine = open(&course, "01_t").unwrap().path;
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let parent = mine.parent().unwrap();
    for (path, locked, open_again) in [(mine.as_path(), 0o444, 0o644), (parent, 0o555, 0o755)] {
        set(path, locked);
        // Who may do everything can also write here.
        if tempfile::tempfile_in(parent).is_ok() && fs::OpenOptions::new().append(true).open(&mine).is_ok() {
            println!("NOT TESTED: this user may write where nobody may");
            return;
        }
        let message = format!("{:#}", open(&course, "01_t").unwrap_err());
        set(path, open_again);
        assert!(message.contains("which must be writable"), "{message}");
    }
}

#[test]
fn a_chapter_that_cannot_be_opened_does_not_keep_the_others_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let course = Course::at(folder.path().to_path_buf());
    publish(folder.path(), "One.");
    fs::write(course.source("02_broken"), "// %% exercise\n").unwrap();
    let mut said = Vec::new();
    let copies = all(&course, |line| said.push(line)).unwrap();
    assert_eq!(copies.len(), 1);
    assert_eq!(said[0], "notebooks/mine/01_t.ipynb is your own copy: work in it as you like");
    assert!(said.len() == 2 && said[1].starts_with("chapter 02 cannot be opened: "), "{said:?}");
    fs::remove_file(course.source("01_t")).unwrap();
    assert!(all(&course, |_| ()).is_err());
}
