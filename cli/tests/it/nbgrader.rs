use std::fs;

use crate::mini::{CHAPTER, Mini, names};

const PROSE: &str = "fn main() {\n// %% [markdown]\n// # Prose\n}\n";

#[test]
fn a_course_directory_holds_the_graded_notebook_of_each_chapter_with_exercises() {
    let mini = Mini::new(&[("01_double", CHAPTER), ("02_prose", PROSE)]);
    mini.succeed(&["nbgrader", "class"]);
    assert_eq!(names(&mini.path("class")), ["nbgrader_config.py", "neurobook_nbgrader", "source"]);
    assert_eq!(names(&mini.path("class/source")), ["01_double"]);
    mini.succeed(&["build", "--graded"]);
    assert_eq!(mini.read("class/source/01_double/01_double.ipynb"), mini.read("notebooks/graded/01_double.ipynb"));
    let configuration = mini.read("class/nbgrader_config.py");
    assert!(
        configuration.contains(&format!("c.NeurobookMarks.course = \"{}\"", mini.root.display())),
        "{configuration}"
    );
    assert!(!configuration.contains("PROGRAM"), "{configuration}");
}

#[test]
fn a_second_run_renews_the_notebooks_and_leaves_the_teachers_configuration() {
    let mini = Mini::new(&[("01_double", CHAPTER)]);
    mini.succeed(&["nbgrader", "class"]);
    let steps = mini.read("class/neurobook_nbgrader/marks.py");
    mini.write("class/nbgrader_config.py", "mine");
    mini.write("class/neurobook_nbgrader/marks.py", "");
    fs::remove_file(mini.path("class/source/01_double/01_double.ipynb")).unwrap();
    mini.succeed(&["nbgrader", "class"]);
    assert_eq!(mini.read("class/nbgrader_config.py"), "mine");
    assert_eq!(mini.read("class/neurobook_nbgrader/marks.py"), steps);
    assert!(mini.path("class/source/01_double/01_double.ipynb").exists());
}

#[test]
fn a_chapter_without_exercises_is_refused_by_name_and_passed_over_else() {
    let mini = Mini::new(&[("01_double", CHAPTER), ("02_prose", PROSE)]);
    mini.succeed(&["build"]);
    let message = mini.fail(&["nbgrader", "class", "02"]);
    assert!(message.contains("02_prose has no exercises"), "{message}");
    assert!(!mini.path("class").exists());
    mini.succeed(&["nbgrader", "class", "01"]);
    assert_eq!(names(&mini.path("class/source")), ["01_double"]);
}
