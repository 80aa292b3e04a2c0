//! Every mutant, every blank and every attack through the grader itself, one submission after the other.

use serde_json::Value;

use crate::attacks::{attacks, withstand};
use crate::graded::{complaints, grade};
use crate::mutants::{chapters, mutated, notebook};
use crate::sandboxes;

#[test]
fn a_chapters_answers_have_all_points_and_its_blanks_none() {
    let Some(sandbox) = *sandboxes::GRADING else { return };
    for chapter in chapters() {
        let submissions =
            ["solution", "student"].map(|variant| (variant.to_owned(), notebook(variant, &chapter))).into();
        let graded = grade(&submissions, sandbox);
        for exercise in &graded["solution"] {
            // An answer in words is for the teacher to mark.
            let expected = if exercise["kind"] == "function" { &exercise["points"] } else { &Value::Null };
            assert_eq!(&exercise["score"], expected, "{chapter}: {exercise}");
        }
        for exercise in &graded["student"] {
            assert_eq!(exercise["score"], 0.0, "{chapter}: {exercise}");
        }
    }
}

#[test]
fn no_attack_gains_a_mark_or_a_secret_and_the_grader_lives_on() {
    if sandboxes::MODES.contains(&"full") {
        withstand(&attacks());
    }
}

#[test]
fn every_mutant_loses_marks_in_its_exercise_and_in_no_other() {
    let Some(sandbox) = *sandboxes::GRADING else { return };
    let complaints: Vec<String> =
        chapters().iter().flat_map(|chapter| complaints(chapter, &mutated(chapter), sandbox)).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
