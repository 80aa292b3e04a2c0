//! Second solutions: whoever answers an exercise rightly by another way than the chapter's own has full marks, whatever the
//! seed. A case in which two right ways differ, as two equal numbers of which one is asked for, takes marks from honest work.
//!
//! They are in `cli/tests/alternatives/CHAPTER.txt`: a line `== exercise`, and below it the cell. Another number of seeds, by hand:
//! `NEUROBOOK_SEEDS=200 cargo test -p neurobook-cli --test thorough second_solutions -- --nocapture`.

use std::collections::BTreeSet;
use std::env;
use std::fs;

use neurobook::check::CheckedCase;
use neurobook_cli::answers::evaluation::Evaluation;
use neurobook_cli::answers::extract::Candidate;
use neurobook_cli::chapter::Chapter;
use serde_json::json;

use crate::caches;
use crate::many_seeds::{Cases, candidate, exercises, judged};
use crate::mutants::{chapters, notebook};

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
    let solutions = solutions(name);
    // Each is judged beside the others.
    let mut notebook = notebook("student", name);
    for cell in notebook["cells"].as_array_mut().unwrap() {
        if let Some(solution) = solutions.iter().find(|solution| cell["id"] == *solution.exercise) {
            cell["source"] = json!(solution.cell);
        }
    }
    let answers: Vec<(&str, Candidate)> = solutions
        .iter()
        .map(|Solution { exercise, place, .. }| {
            let answer = candidate(&chapter, &notebook, exercise);
            (exercise.as_str(), answer.unwrap_or_else(|other| panic!("{place}: {other}")))
        })
        .collect();
    let exercises = exercises(&chapter, seeds, Cases::All);
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (Solution { place, exercise: id, .. }, judged) in solutions.iter().zip(judged(&chapter, &exercises, &answers)) {
        let Evaluation::Verdict { verdict, .. } = &judged else {
            wrong.push(format!("{place}, `{id}` is not judged: {judged:?}"));
            continue;
        };
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
