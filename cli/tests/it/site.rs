//! What `neurobook site` refuses before a chapter runs, and what it takes for granted of the course.

use std::fs;

use crate::caches::root;
use crate::mini::{CHAPTER, Mini, names};

#[test]
fn notebooks_that_are_not_what_their_chapters_make_are_refused() {
    let mini = Mini::built();
    mini.write("notebooks/01_double.rs", &CHAPTER.replace("A first chapter.", "A better chapter."));
    let refused = mini.fail(&["site"]);
    let expected = "notebooks/solution/01_double.ipynb is not what notebooks/01_double.rs makes";
    assert!(refused.contains(expected), "{refused}");
    assert!(refused.contains("cargo run -- build"), "{refused}");
    assert!(!mini.path("target").exists());
}

#[test]
fn a_folder_that_holds_something_else_is_refused_before_anything_runs() {
    let mini = Mini::built();
    mini.write("thesis/chapter.tex", "mine");
    let refused = mini.fail(&["site", "--out", "thesis"]);
    assert!(refused.contains("would be lost") && refused.contains("--out"), "{refused}");
    assert_eq!(names(&mini.path("thesis")), ["chapter.tex"]);
}

#[test]
fn every_chapter_of_the_course_stands_in_its_syllabus() {
    let notebooks = root().join("notebooks");
    let syllabus = fs::read_to_string(notebooks.join("README.md")).unwrap();
    for chapter in names(&notebooks).into_iter().filter(|name| name.ends_with(".rs")) {
        let row = syllabus.lines().find(|line| line.starts_with("| [") && line.contains(&format!("]({chapter})")));
        assert!(
            row.is_some(),
            "add to the syllabus in notebooks/README.md: | [NN Name]({chapter}) | what | exercises | minutes |"
        );
    }
}
