//! A session takes next to no space, and what is done in it never changes the template.

use std::fs::{self, File};
use std::time::SystemTime;

use super::course::{Course, contents, start};

#[test]
#[cfg(unix)]
fn a_session_shares_what_is_compiled_with_its_template() {
    use std::os::unix::fs::MetadataExt;
    let course = Course::new();
    let (sessions, _) = course.prepared();
    let session = sessions.open().unwrap();
    let deps = sessions.compiled_crates().unwrap();
    let within = session.folder.join(deps.strip_prefix(sessions.template()).unwrap());
    let mut crates = 0;
    for entry in fs::read_dir(&deps).unwrap().map(Result::unwrap) {
        if entry.path().extension().is_some_and(|ending| ending == "rlib" || ending == "rmeta") {
            let copied = fs::metadata(within.join(entry.file_name())).unwrap();
            assert_eq!(copied.ino(), entry.metadata().unwrap().ino());
            crates += 1;
        }
    }
    assert_eq!(crates, 4);
    for folder in [sessions.template(), session.folder.clone()] {
        assert!(!contents(&folder).keys().any(|path| path.to_string_lossy().contains("incremental")), "{folder:?}");
    }
}

#[test]
fn nothing_that_is_done_in_a_session_changes_the_template() {
    let course = Course::new();
    let (sessions, _) = course.prepared();
    let before = contents(&sessions.template());
    let session = sessions.open().unwrap();
    start(&sessions, &session, &[]);
    // While a notebook is open its crates change, and are compiled into the same folder.
    for (path, text) in [
        ("helper/src/lib.rs", "pub fn one() -> f64 { 1.5 }\npub fn two() -> f64 { 2.0 }\n"),
        ("src/lib.rs", "pub mod prelude {\n    pub fn one() -> f64 { helper::two() }\n}\n"),
    ] {
        course.write(path, text);
        let later = SystemTime::now() + std::time::Duration::from_secs(5);
        File::options().write(true).open(course.path(path)).unwrap().set_modified(later).unwrap();
    }
    let compiled = start(&sessions, &session, &[]);
    assert!(compiled.contains(&"helper".to_owned()) && compiled.contains(&"neurobook".to_owned()), "{compiled:?}");
    assert_eq!(contents(&sessions.template()), before);
    drop(session);
    assert_eq!(contents(&sessions.template()), before);
    assert_eq!(course.left(), [format!("template-{}", sessions.key())]);
}

#[test]
fn sources_that_have_only_a_new_time_are_not_compiled_again() {
    let course = Course::new();
    course.prepared();
    for path in ["src/lib.rs", "helper/src/lib.rs", "Cargo.toml"] {
        File::options().write(true).open(course.path(path)).unwrap().set_modified(SystemTime::now()).unwrap();
    }
    let (sessions, compiled) = course.prepared();
    assert_eq!(compiled, Vec::<String>::new());
    assert_eq!(start(&sessions, &sessions.open().unwrap(), &[]), ["ctx", "ctx"]);
}

#[test]
fn sources_with_a_new_text_and_an_old_time_are_compiled_again_and_nothing_else_is() {
    let course = Course::new();
    course.prepared();
    course.write("src/lib.rs", "pub mod prelude {\n    pub fn one() -> f64 { helper::one() + 1.0 }\n}\n");
    let source = File::options().write(true).open(course.path("src/lib.rs")).unwrap();
    source.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    let (sessions, compiled) = course.prepared();
    assert_eq!(compiled, ["neurobook", "ctx"]);
    assert_eq!(start(&sessions, &sessions.open().unwrap(), &[]), ["ctx", "ctx"]);
    assert_eq!(course.left().len(), 1, "the older template is gone: {:?}", course.left());
}
