//! An answer judged in the hidden cases of many runs of a course at once.

use std::time::Duration;

use neurobook::check::Exercise;
use neurobook_cli::answers::evaluate::{EvaluationRequest, judge_all};
use neurobook_cli::answers::evaluation::Evaluation;
use neurobook_cli::answers::extract::{self, Answer, Candidate};
use neurobook_cli::answers::reference::Reference;
use neurobook_cli::answers::workshop::Workshop;
use neurobook_cli::chapter::Chapter;
use neurobook_cli::commands::check::LocalRunner;
use neurobook_cli::notebook::{Notebook, Outputs};
use serde_json::Value;

use crate::kit::kit;
use crate::patient::Patient;

/// Which cases of an exercise are judged.
#[derive(Clone, Copy, PartialEq)]
pub enum Cases {
    All,
    Hidden,
}

/// The answer to an exercise that is in a notebook.
pub fn candidate(chapter: &Chapter, notebook: &Value, exercise: &str) -> Result<Candidate, String> {
    let notebook = Notebook::parse(&chapter.name, notebook.to_string().as_bytes(), Outputs::Drop).unwrap();
    match extract::answers(&notebook, chapter).code.remove(exercise) {
        Some(Answer::Candidates(mut candidates)) if candidates[0].lent.is_empty() => Ok(candidates.swap_remove(0)),
        other => Err(format!("it is no answer to an exercise of the chapter: {other:?}")),
    }
}

/// The exercises with the hidden cases of all seeds, each named by its seed (`seed 7, hidden case 1`) and shown as if it were public.
pub fn exercises(chapter: &Chapter, seeds: u64, cases: Cases) -> Vec<Exercise> {
    let reference = Reference::of(chapter);
    let program = reference.compiled(kit()).unwrap();
    let mut exercises = program.exercises(None).unwrap();
    if cases == Cases::Hidden {
        exercises.iter_mut().for_each(|exercise| exercise.cases.clear());
    }
    for seed in 0..seeds {
        // Seeds of runs are no small numbers only.
        let seed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for (all, exercise) in exercises.iter_mut().zip(program.exercises(Some(seed)).unwrap()) {
            assert_eq!(all.id, exercise.id);
            all.mistakes.clear();
            for mut case in exercise.cases.into_iter().filter(|case| case.is_hidden) {
                case.name = format!("seed {seed}, {}", case.name);
                case.is_hidden = false;
                all.cases.push(case);
            }
        }
    }
    exercises
}

/// What answers to these exercises give, in their order. An exercise may have many answers.
pub fn judged(chapter: &Chapter, exercises: &[Exercise], answers: &[(&str, Candidate)]) -> Vec<Evaluation> {
    let asked: Vec<(Exercise, &str)> = answers
        .iter()
        .enumerate()
        .map(|(number, (id, _))| {
            let exercise = exercises.iter().find(|exercise| exercise.id == *id).unwrap();
            let (_, specification) = chapter.specifications().find(|(of, _)| of.id == *id).unwrap();
            (Exercise { id: format!("{id}_{number}"), ..exercise.clone() }, specification.call.text.as_str())
        })
        .collect();
    let requests: Vec<EvaluationRequest> = asked
        .iter()
        .zip(answers)
        .map(|((exercise, call), (_, candidate))| EvaluationRequest {
            exercise,
            call,
            candidates: std::slice::from_ref(candidate),
        })
        .collect();
    let scratch = tempfile::tempdir().unwrap();
    let runner = Patient(LocalRunner { limit: Duration::from_secs(1800) });
    let workshop = Workshop { kit: kit(), runner: &runner, scratch: scratch.path(), lender: None };
    let mut judged = judge_all(&requests, &workshop).unwrap();
    asked
        .iter()
        .map(|(exercise, _)| {
            let evaluation = judged.remove(&exercise.id).unwrap();
            if let Evaluation::Verdict { verdict, .. } = &evaluation {
                assert_eq!(verdict.cases.len(), exercise.cases.len(), "{}", exercise.id);
            }
            evaluation
        })
        .collect()
}
