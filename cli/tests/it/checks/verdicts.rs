//! What `neurobook check` says of a notebook: of each exercise by itself.

use neurobook_cli::chapter::invitation::INVITATION;
use serde_json::json;

use crate::cells::source;
use crate::snapshot;

use super::course::{DOUBLE, SUM, Work, about};

#[test]
fn right_answers_are_right_and_the_status_says_so() {
    let work = Work::new().with("double", DOUBLE).with("running_sum", SUM);
    let (said, right) = work.check();
    assert!(right, "{said}");
    snapshot::said("check_right_answers", work.path().parent().unwrap(), &said);
}

#[test]
fn an_untouched_notebook_is_not_begun_and_nothing_is_wrong() {
    let work = Work::new();
    let (said, right) = work.check();
    assert!(right, "{said}");
    snapshot::said("check_an_untouched_notebook", work.path().parent().unwrap(), &said);
}

#[test]
fn an_answer_in_words_is_unwritten_under_the_earlier_invitation_too_and_written_with_a_word() {
    let work = Work::new();
    let cells = work.notebook["cells"].as_array().unwrap();
    let (id, stub) = cells
        .iter()
        .find(|cell| cell["metadata"]["neurobook"]["role"] == "text")
        .map(|cell| (cell["id"].as_str().unwrap().to_owned(), source(cell)))
        .unwrap();
    assert_eq!(stub.matches(INVITATION).count(), 1, "{stub}");
    let earlier = stub.replace(INVITATION, "*Double-click here and write your answer.*");
    for (text, written) in [(&earlier, 0), (&stub, 0), (&(earlier.clone() + "\nIt grows."), 1)] {
        let (said, _) = Work::new().with(&id, text).check();
        assert!(said.contains(&format!("\n{written} of 1 answers in words are written.")), "{text}\n{said}");
    }
}

#[test]
fn a_wrong_answer_gets_its_case_its_mistake_and_its_hint() {
    let work = Work::new().with("double", "fn double(x: f64) -> f64 {\n    x * x\n}");
    let (said, right) = work.check();
    assert!(!right);
    snapshot::said("check_a_wrong_answer", work.path().parent().unwrap(), &said);
}

#[test]
fn a_blank_is_told_by_its_own_hint() {
    let (said, right) =
        Work::new().with("double", "fn double(x: f64) -> f64 {\n    // I think …\n    blank!(\"twice x\")\n}").check();
    assert!(!right && about(&said, "Exercise 1").contains("A blank is still empty: twice x"), "{said}");
}

#[test]
fn a_verdict_about_an_older_copy_says_so_where_the_exercises_own_cell_has_an_error() {
    let mut work = Work::new().with("double", "fn double(x: f64) -> f64 {\n    (x + x\n}");
    let cells = work.notebook["cells"].as_array_mut().unwrap();
    let copy = cells.len() + 1;
    cells.push(json!({ "cell_type": "code", "id": "copy", "metadata": {}, "execution_count": null, "outputs": [], "source": DOUBLE }));
    let (said, _) = work.check();
    let told = format!(
        "Cell {} has an error, a bracket or a quote without its other half; this is about the version in cell {copy}.",
        work.cell("double")
    );
    assert!(about(&said, "Exercise 1").contains(&told), "{said}");
    let (said, _) = Work::new().with("double", DOUBLE).check();
    assert!(!said.contains("this is about"), "{said}");
}

#[test]
fn an_answer_that_does_not_compile_leaves_the_others_judged() {
    for broken in [
        "fn double(x: f64) -> f64 {\n    y\n}",
        "fn double(x: f64) -> f64 {\n    (x\n}",
        "fn double(x: f64) -> {\n    x\n}",
    ] {
        let work = Work::new().with("double", broken).with("running_sum", SUM);
        let (said, right) = work.check();
        assert!(
            !right && about(&said, "Exercise 1").contains(&format!("Cell {}, line ", work.cell("double"))),
            "{said}"
        );
        assert!(about(&said, "Exercise 2").contains("all 2 cases pass"), "{said}");
    }
}

#[test]
fn what_is_wrong_in_one_exercise_is_not_wrong_again_in_another_that_calls_it() {
    let sum = SUM.replace("START;", "double(START) / 2.0;");
    for wrong in ["x * x", "y", "blank!(\"twice x\")"] {
        let double = format!("fn double(x: f64) -> f64 {{\n    {wrong}\n}}");
        let (said, right) = Work::new().with("double", &double).with("running_sum", &sum).check();
        assert!(!about(&said, "Exercise 1").contains("all 2 public cases pass"), "{said}");
        assert!(about(&said, "Exercise 2").contains("right, with the course's own double"), "{said}");
        assert_eq!(right, wrong.contains("blank"), "{said}");
    }
}

#[test]
fn what_a_function_prints_is_no_part_of_its_answer() {
    let text = "fn double(x: f64) -> f64 {\n    eprintln!(\"x is {x}\");\n    println!(\"end\\n,value,y,number,1\");\n    print!(\"no line end\");\n    dbg!(x) + x\n}";
    let (said, right) = Work::new().with("double", text).check();
    assert!(right && about(&said, "Exercise 1").contains("all 2 public cases pass"), "{said}");
    assert!(!said.contains("x is 3"), "{said}");
}

#[test]
fn an_answer_in_words_is_counted_when_it_is_written() {
    let work = Work::new().with("why", "**Why?**\n\nBecause it is so.");
    assert!(work.check().0.contains("1 of 1 answers in words are written."));
}

#[test]
fn several_notebooks_are_checked_one_after_the_other_and_one_bad_file_spoils_no_other() {
    let work = Work::new().with("double", DOUBLE);
    work.save();
    let broken = work.path().with_file_name("broken.ipynb");
    std::fs::write(&broken, "{").unwrap();
    let output = work.run(&["check", broken.to_str().unwrap(), work.path().to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said.contains("broken.ipynb is not JSON (line 1, column 1)") && said.contains("all 2 public cases pass"),
        "{said}"
    );
}

#[test]
fn a_notebook_is_found_by_its_chapter_or_its_file_or_its_exercises() {
    let mut work = Work::new().with("double", DOUBLE);
    work.notebook["metadata"] = json!({});
    let (said, right) = work.check();
    assert!(right && said.starts_with("Sums, "), "{said}");
    work.notebook["cells"] = json!([]);
    let (said, right) = work.check();
    assert!(!right && said.contains("name the file as the chapter"), "{said}");
    work.notebook["metadata"] = json!({"neurobook": {"chapter": "../../01_sums"}});
    assert!(work.check().0.contains("name one of 01_sums") || work.check().0.contains("No cell defines"));
    work.notebook["metadata"] = json!({"neurobook": {"chapter": "07_other"}});
    assert!(work.check().0.contains("there is no chapter `07_other`: name one of 01_sums"));
}

#[test]
fn without_a_notebook_there_is_a_message() {
    let output = Work::new().run(&["check"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("there is no notebook in notebooks/mine yet"), "{said}");
}
