//! The known mistakes in `notebooks/checks`: each is wrong and is called by its own name, and the right
//! answer is none of them.

use std::fs;
use std::path::Path;

use neurobook::check::{Exercise, Outcome, StopReason};

use super::{diagnosed, passes};

/// A function of arguments has at least this many known mistakes.
const ENOUGH: usize = 5;

fn exercises() -> Vec<Exercise> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks/checks");
    let mut exercises = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let exercise = Exercise::from_csv(&fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(path.file_stem().unwrap().to_str(), Some(exercise.id.as_str()));
        exercises.push(exercise);
    }
    assert!(exercises.len() >= 9, "exercises are missing");
    exercises
}

#[test]
fn the_right_answer_passes_and_is_no_known_mistake() {
    for exercise in exercises() {
        let right: Vec<Outcome> = exercise.cases.iter().map(|case| Ok(case.expected.clone())).collect();
        passes(&exercise.judge(&right));
    }
}

#[test]
fn every_form_of_every_mistake_is_wrong_and_called_by_its_own_name() {
    for exercise in exercises() {
        for mistake in &exercise.mistakes {
            assert!(!mistake.forms.is_empty() && !mistake.explanation.is_empty(), "{}", mistake.name);
            for form in &mistake.forms {
                let outcomes: Vec<Outcome> =
                    form.iter().map(|given| given.clone().ok_or(StopReason::Panicked("stops".into()))).collect();
                let verdict = exercise.judge(&outcomes);
                assert_eq!(diagnosed(&verdict), mistake.name, "of {}", exercise.id);
                assert_eq!(verdict.misconception.unwrap().explanation, mistake.explanation);
            }
        }
    }
}

#[test]
fn a_function_of_arguments_has_five_known_mistakes_or_more() {
    for exercise in exercises().iter().filter(|exercise| !exercise.cases[0].inputs.is_empty()) {
        let count = exercise.mistakes.len();
        let check = format!("notebooks/checks/{}.csv", exercise.id);
        assert!(
            count >= ENOUGH,
            "{check}: {count} mistakes: write {} more into its chapter, and build",
            ENOUGH - count
        );
        assert!(exercise.hidden > 0, "{check}: no hidden case: write `HIDDEN 10` into its chapter, and build");
    }
}

#[test]
fn every_exercise_has_a_hint_for_each_result_and_a_lesson() {
    for exercise in exercises() {
        let check = format!("notebooks/checks/{}.csv", exercise.id);
        assert!(!exercise.lesson.is_empty(), "{check}: no lesson: write a LESSON into its chapter, and build");
        assert!(!exercise.title.is_empty(), "{check}: no title: write a TITLE into its chapter, and build");
        for part in &exercise.parts {
            let helps = |hint: &&neurobook::check::Hint| hint.part == part.name || hint.part == part.of;
            let name = &part.name;
            assert!(
                exercise.hints.iter().any(|hint| helps(&hint)),
                "{check}: no hint on `{name}`: write `{name}: …` below HINTS in its chapter, and build"
            );
        }
    }
}
