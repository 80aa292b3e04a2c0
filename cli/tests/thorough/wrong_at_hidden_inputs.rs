//! Hidden inputs tell wrong rules from the right one: who gives back what the public cases ask, which are in the notebook, and
//! computes the rest by a rule that is nearly right, has no full mark.
//!
//! The wrong rules are those of `cli/tests/mutants`. Another number of seeds, by hand:
//! `NEUROBOOK_SEEDS=200 cargo test -p neurobook-cli --test thorough wrong_at_hidden_inputs -- --nocapture`.

use std::collections::BTreeMap;
use std::env;

use neurobook::check::Verdict;
use neurobook_cli::answers::evaluation::Evaluation;
use neurobook_cli::answers::extract::Candidate;
use neurobook_cli::chapter::Chapter;

use crate::caches;
use crate::many_seeds::{Cases, candidate, exercises, judged};
use crate::mutants::{self, Change, changes, chapters, notebook, place};

/// As many runs of a course as are looked at, unless `NEUROBOOK_SEEDS` says another number.
const SEEDS: u64 = 100;
/// A wrong rule may be right in all hidden cases of so many runs of a hundred.
const MOST_IN_HUNDRED: usize = 2;

/// In how many runs of the course all hidden cases are right, and how many runs there are.
fn passed(verdict: &Verdict) -> (usize, usize) {
    let mut runs = BTreeMap::<&str, bool>::new();
    for case in &verdict.cases {
        let (seed, _) = case.name.split_once(',').unwrap();
        *runs.entry(seed).or_insert(true) &= case.problem.is_none();
    }
    (runs.values().filter(|passed| **passed).count(), runs.len())
}

/// The wrong rules of a chapter that pass too often.
fn too_often(name: &str, seeds: u64) -> (Vec<String>, usize) {
    let chapter = Chapter::read(&caches::root().join(format!("notebooks/{name}.rs")), name).unwrap();
    let exercises = exercises(&chapter, seeds, Cases::Hidden);
    let hidden: Vec<&str> =
        exercises.iter().filter(|exercise| !exercise.cases.is_empty()).map(|exercise| exercise.id.as_str()).collect();
    let of_chapter = changes(name);
    let wrong: Vec<(&str, &Change)> = of_chapter
        .iter()
        .filter(|(exercise, _)| hidden.contains(&exercise.as_str()))
        .flat_map(|(exercise, changes)| changes.iter().map(move |change| (exercise.as_str(), change)))
        .collect();
    let solution = notebook("solution", name);
    let answers: Vec<(&str, Candidate)> = wrong
        .iter()
        .map(|(exercise, change)| {
            let place = place(name, exercise, change);
            let mut notebook = solution.clone();
            mutants::change(&mut notebook, exercise, change, &place);
            let answer = candidate(&chapter, &notebook, exercise);
            (*exercise, answer.unwrap_or_else(|other| panic!("{place}: {other}")))
        })
        .collect();
    let mut told = Vec::new();
    for ((exercise, change), judged) in wrong.iter().zip(judged(&chapter, &exercises, &answers)) {
        let Evaluation::Verdict { verdict, .. } = &judged else { panic!("{exercise}, {change:?}: {judged:?}") };
        let (passed, runs) = passed(verdict);
        if passed * 100 > MOST_IN_HUNDRED * runs {
            let (from, to) = change;
            let place = place(name, exercise, change);
            told.push(format!("{place}: `{exercise}`: `{from}` => `{to}` passes in {passed} of {runs} runs"));
        }
    }
    (told, wrong.len())
}

#[test]
fn no_wrong_rule_is_right_in_all_hidden_cases() {
    let seeds = env::var("NEUROBOOK_SEEDS").map_or(SEEDS, |seeds| seeds.parse().unwrap());
    let (mut told, mut count) = (Vec::new(), 0);
    for name in chapters() {
        let (of_chapter, rules) = too_often(&name, seeds);
        println!("{name}: {} of {rules} rules pass too often", of_chapter.len());
        count += rules;
        told.extend(of_chapter);
    }
    assert!(told.is_empty(), "{} of {count} rules:\n{}", told.len(), told.join("\n"));
}
