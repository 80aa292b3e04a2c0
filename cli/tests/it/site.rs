//! `neurobook site`, on small courses: what it refuses. The pages of the course itself are looked at in a browser.

use crate::mini::Mini;

#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    let mini = Mini::built();
    mini.write("thesis/chapter.tex", "my work");
    let said = mini.fail(&["site", "--out", mini.path("thesis").to_str().unwrap()]);
    assert!(said.contains("holds something that is no site of this program"), "{said}");
    assert_eq!(mini.read("thesis/chapter.tex"), "my work");
}

#[test]
fn a_mistake_in_a_chapter_makes_no_site() {
    let mini = Mini::built();
    let text = mini.read("notebooks/01_double.rs").replace("// STUB", "// STUBB");
    mini.write("notebooks/01_double.rs", &text);
    let said = mini.fail(&["site"]);
    assert!(said.contains("notebooks/01_double.rs:"), "{said}");
    assert!(!mini.path("target/site").exists());
}
