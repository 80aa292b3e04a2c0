use std::path::Path;

use super::*;
use crate::chapter::Chapter;
use crate::notebook::from_chapter;

fn publish(root: &Path, prose: &str) {
    let text = format!("fn main() {{\n    // %% [markdown]\n    // # T\n    // {prose}\n}}\n");
    let notebook = from_chapter::notebook(&Chapter::parse("01_t.rs", &text).unwrap(), Variant::Student);
    notebook.write(&root.join("notebooks/student/01_t.ipynb")).unwrap();
}

#[test]
fn opening_makes_a_copy_once_and_never_touches_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let course = Course::at(folder.path().to_path_buf());
    publish(folder.path(), "One.");
    let copy = open(&course, "01_t").unwrap();
    assert!(copy.new && copy.note.is_none());
    let work = fs::read_to_string(&copy.path).unwrap().replace("One.", "One. My note.");
    fs::write(&copy.path, &work).unwrap();
    publish(folder.path(), "Two.");
    let copies = all(&course).unwrap();
    assert_eq!(copies.len(), 1);
    let note = "notebooks/mine/01_t.ipynb: this chapter has a newer version. `cargo run -- update 01` takes your work along, `cargo run -- reset 01` starts anew; both keep your file in notebooks/mine/backups";
    assert_eq!((copies[0].new, copies[0].note.as_deref()), (false, Some(note)));
    assert_eq!(fs::read_to_string(&copies[0].path).unwrap(), work);
}

#[test]
fn a_damaged_copy_is_left_alone_and_talked_about() {
    let folder = tempfile::tempdir().unwrap();
    let course = Course::at(folder.path().to_path_buf());
    publish(folder.path(), "One.");
    fs::create_dir_all(folder.path().join("notebooks/mine")).unwrap();
    fs::write(course.mine("01_t"), "{").unwrap();
    let note = open(&course, "01_t").unwrap().note.unwrap();
    assert_eq!(
        note,
        "notebooks/mine/01_t.ipynb is not JSON (line 1, column 1): is it a notebook?; `cargo run -- reset 01` keeps the file in notebooks/mine/backups and gives you a fresh one"
    );
    assert_eq!(fs::read(course.mine("01_t")).unwrap(), b"{");
}

#[test]
fn where_no_copy_can_be_made_the_message_says_where_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let course = Course::at(folder.path().to_path_buf());
    publish(folder.path(), "One.");
    fs::write(folder.path().join("notebooks/mine"), "a file").unwrap();
    let message = format!("{:#}", open(&course, "01_t").unwrap_err());
    assert!(message.contains("must be writable: make it so, or copy the course to a folder of yours"), "{message}");
}
