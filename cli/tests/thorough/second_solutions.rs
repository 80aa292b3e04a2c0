//! Second solutions: whoever answers an exercise rightly by another way than the chapter's own has full marks, whatever the
//! seed. A case in which two right ways differ, as two equal numbers of which one is asked for, takes marks from honest work.
//!
//! They are in `cli/tests/alternatives/CHAPTER.txt`: a line `== exercise`, and below it the cell. Another number of seeds, by hand:
//! `NEUROBOOK_SEEDS=200 cargo test -p neurobook-cli --test thorough second_solutions -- --nocapture`.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::time::Duration;

use neurobook::check::{CheckedCase, Exercise};
use neurobook_cli::answers::evaluate::{EvaluationRequest, judge_all};
use neurobook_cli::answers::evaluation::Evaluation;
use neurobook_cli::answers::extract::{self, Answer, Candidate};
use neurobook_cli::answers::reference::Reference;
use neurobook_cli::answers::workshop::Workshop;
use neurobook_cli::chapter::Chapter;
use neurobook_cli::commands::check::LocalRunner;
use neurobook_cli::notebook::{Notebook, Outputs};
use serde_json::{Value, json};

use crate::caches;
use crate::kit::kit;
use crate::mutants::{chapters, notebook};
use crate::patient::Patient;

/// As many runs of a course as are looked at, unless `NEUROBOOK_SEEDS` says another number.
const SEEDS: u64 = 6;
/// So many wrong cases of a solution are told.
const MOST_TOLD: usize = 5;

/// A cell that answers an exercise.
struct Solution {
    exercise: String,
    /// File and line.
    place: String,
    cell: String,
}

/// The second solutions of a chapter.
fn solutions(chapter: &str) -> Vec<Solution> {
    let file = format!("cli/tests/alternatives/{chapter}.txt");
    let text =
        fs::read_to_string(caches::root().join(&file)).unwrap_or_else(|error| panic!("{file}: {error}: write it"));
    let mut solutions: Vec<Solution> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if let Some(exercise) = line.strip_prefix("== ") {
            let place = format!("{file}:{number}");
            solutions.push(Solution { exercise: exercise.to_owned(), place, cell: String::new() });
        } else if let Some(solution) = solutions.last_mut() {
            solution.cell += &format!("{line}\n");
        }
    }
    solutions
}

/// What a solution is in a learner's notebook. The other exercises are answered by their first solutions.
fn candidate(chapter: &Chapter, all: &[Solution], solution: &Solution) -> Candidate {
    let mut notebook: Value = notebook("student", &chapter.name);
    for cell in notebook["cells"].as_array_mut().unwrap() {
        let is_own = cell["id"] == *solution.exercise;
        let other = all.iter().find(|other| cell["id"] == *other.exercise);
        if let Some(answer) = if is_own { Some(solution) } else { other } {
            cell["source"] = json!(answer.cell);
        }
    }
    let notebook = Notebook::parse(&chapter.name, notebook.to_string().as_bytes(), Outputs::Drop).unwrap();
    match extract::answers(&notebook, chapter).code.remove(&solution.exercise) {
        Some(Answer::Candidates(mut candidates)) if candidates[0].lent.is_empty() => candidates.swap_remove(0),
        other => panic!("{}: it is no answer to an exercise of the chapter: {other:?}", solution.place),
    }
}

/// The exercises with their public cases and the hidden ones of all seeds, each named by its seed and shown as if it were public.
fn exercises(chapter: &Chapter, seeds: u64) -> Vec<Exercise> {
    let reference = Reference::of(chapter);
    let program = reference.compiled(kit()).unwrap();
    let mut exercises = program.exercises(None).unwrap();
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

/// A wrong case: its name with the seed, the input, and the first difference.
fn told(case: &CheckedCase) -> Option<String> {
    let problem = case.problem.as_ref()?;
    let value = |value: &Option<String>| value.clone().unwrap_or_default();
    let (expected, got) = (value(&problem.expected), value(&problem.got));
    Some(format!("  {}: {}: {} expected {expected}, got {got}", case.name, case.input, problem.message))
}

/// The wrong cases of a chapter's second solutions, and how many cases there are.
fn wrong_cases(name: &str, seeds: u64) -> (Vec<String>, usize) {
    let chapter = Chapter::read(&caches::root().join(format!("notebooks/{name}.rs")), name).unwrap();
    let (exercises, solutions) = (exercises(&chapter, seeds), solutions(name));
    let answers: Vec<[Candidate; 1]> =
        solutions.iter().map(|solution| [candidate(&chapter, &solutions, solution)]).collect();
    let mut asked = Vec::new();
    for (number, solution) in solutions.iter().enumerate() {
        let exercise = exercises.iter().find(|exercise| exercise.id == solution.exercise).unwrap();
        let (_, specification) = chapter.specifications().find(|(of, _)| of.id == exercise.id).unwrap();
        asked
            .push((Exercise { id: format!("{}_{number}", exercise.id), ..exercise.clone() }, &specification.call.text));
    }
    let requests: Vec<EvaluationRequest> = asked
        .iter()
        .zip(&answers)
        .map(|((exercise, call), candidates)| EvaluationRequest { exercise, call, candidates })
        .collect();
    let scratch = tempfile::tempdir().unwrap();
    let runner = Patient(LocalRunner { limit: Duration::from_secs(1800) });
    let workshop = Workshop { kit: kit(), runner: &runner, scratch: scratch.path(), lender: None };
    let judged = judge_all(&requests, &workshop).unwrap();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for ((exercise, _), Solution { place, exercise: id, .. }) in asked.iter().zip(&solutions) {
        let Evaluation::Verdict { verdict, .. } = &judged[&exercise.id] else {
            wrong.push(format!("{place}, `{id}` is not judged: {:?}", judged[&exercise.id]));
            continue;
        };
        assert_eq!(verdict.cases.len(), exercise.cases.len());
        count += verdict.cases.len();
        let told: Vec<String> = verdict.cases.iter().filter_map(told).collect();
        if !told.is_empty() {
            let first = told[..told.len().min(MOST_TOLD)].join("\n");
            wrong.push(format!(
                "{place}, `{id}` is wrong in {} of {} cases:\n{first}",
                told.len(),
                verdict.cases.len()
            ));
        }
    }
    (wrong, count)
}

#[test]
fn every_exercise_has_a_second_solution() {
    let mut lacking = Vec::new();
    for name in chapters() {
        let chapter = Chapter::read(&caches::root().join(format!("notebooks/{name}.rs")), &name).unwrap();
        let answered: BTreeSet<String> = solutions(&name).into_iter().map(|solution| solution.exercise).collect();
        let asked = chapter.specifications().map(|(exercise, _)| exercise.id.clone());
        lacking.extend(asked.filter(|id| !answered.contains(id)).map(|id| format!("{name}: `{id}`")));
    }
    assert!(lacking.is_empty(), "write a solution into cli/tests/alternatives:\n{}", lacking.join("\n"));
}

#[test]
fn every_second_solution_is_right_in_every_case_whatever_the_seed() {
    let seeds = env::var("NEUROBOOK_SEEDS").map_or(SEEDS, |seeds| seeds.parse().unwrap());
    let (mut wrong, mut cases) = (Vec::new(), 0);
    for name in chapters() {
        let (of_chapter, count) = wrong_cases(&name, seeds);
        println!("{name}: {count} cases");
        cases += count;
        wrong.extend(of_chapter);
    }
    assert!(wrong.is_empty(), "{} solutions; {cases} cases in all:\n{}", wrong.len(), wrong.join("\n"));
}
