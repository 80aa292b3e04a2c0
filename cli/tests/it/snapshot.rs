//! Texts that the tool makes, whole: each is compared with a file of `snapshots/`, and a difference is shown line by line. After a
//! change that is meant, run the test with `INSTA_UPDATE=always` and read the diff of the files.

use std::path::Path;

use crate::mini::stderr;
use crate::program;

/// Compares a text with `snapshots/NAME.snap`.
#[track_caller]
pub fn same(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Compares what was said about the files of a folder, whose place is another one each time.
#[track_caller]
pub fn said(name: &str, folder: &Path, text: &str) {
    same(name, &text.replace(folder.to_str().unwrap(), "FOLDER"));
}

/// What `--help` prints for these words.
fn help(words: &[&str]) -> String {
    let output = program::neurobook().args(words).arg("--help").output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_help_of_each_verb_is_as_it_was_read() {
    let whole = help(&[]);
    same("help", &whole);
    let verbs = whole.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| line.starts_with("  "));
    let verbs: Vec<&str> =
        verbs.filter_map(|line| line.split_whitespace().next()).filter(|verb| *verb != "help").collect();
    assert!(verbs.contains(&"grade") && verbs.len() > 9, "{verbs:?}");
    for verb in verbs {
        same(&format!("help_{verb}"), &help(&[verb]));
    }
}
