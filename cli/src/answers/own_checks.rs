//! The checks in a learner's notebook that give a function its arguments in another way than the chapter's: whoever takes
//! `values: Vec<f64>` in place of `&[f64]`, and writes `check!(mean(values) -> mean)`, is told by the kernel that it is right.

use std::collections::BTreeSet;

use super::form::Code;
use crate::chapter::{Call, arguments};

/// Longer checks are nobody's.
const LONGEST_CHECK: usize = 300;
/// More of them, or more ways to call one function, are not looked at.
const MOST_CHECKS: usize = 500;
const MOST_CALLS: usize = 3;

/// What is inside the checks of these cells, without those that are there twice.
pub(super) fn own_checks(cells: &[Code]) -> BTreeSet<String> {
    let behind = |cell: &Code| -> Vec<String> {
        cell.text
            .match_indices("check!")
            .take(MOST_CHECKS)
            .filter_map(|(at, word)| inside(&cell.text[at + word.len()..]))
            .collect()
    };
    cells.iter().flat_map(behind).take(MOST_CHECKS).collect()
}

/// What is in the brackets that a text begins with, whichever they are.
fn inside(text: &str) -> Option<String> {
    let text = text.trim_start().strip_prefix(['(', '{', '['])?;
    let mut depth = 1_usize;
    for (at, character) in text.char_indices().take(LONGEST_CHECK) {
        match character {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(text[..at].split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    None
}

/// The ways of these checks to call the function of the chapter's check, each with its results. They differ in which arguments are
/// borrowed.
pub(super) fn own_calls(checks: &BTreeSet<String>, chapters: &Call) -> Vec<String> {
    let Some((given, results)) = taken_apart(&chapters.text, &chapters.exercise) else { return Vec::new() };
    if !results.trim_start().starts_with("->") {
        return Vec::new();
    }
    let same = |one: &str, other: &str| one.trim_start_matches(['&', ' ']) == other.trim_start_matches(['&', ' ']);
    let call = |check: &String| {
        let (own, _) = taken_apart(check, &chapters.exercise)?;
        let is_alike = own.len() == given.len() && own.iter().zip(&given).all(|(own, given)| same(own, given));
        (is_alike && own != given).then(|| format!("{}({}){results}", chapters.exercise, own.join(", ")))
    };
    checks.iter().filter_map(call).take(MOST_CALLS).collect()
}

/// The arguments of `mean(&values) -> mean`, or of `mean: |values| mean(&values) => mean`, and what is behind them.
fn taken_apart<'a>(check: &'a str, exercise: &str) -> Option<(Vec<String>, &'a str)> {
    let called = check.strip_prefix(exercise)?.trim_start();
    let called = match called.strip_prefix(':') {
        Some(closure) => {
            let (_, body) = closure.trim_start().strip_prefix('|')?.split_once('|')?;
            body.trim_start().strip_prefix(exercise)?.trim_start()
        }
        None => called,
    };
    let (names, results) = called.strip_prefix('(')?.split_once(')')?;
    let names = arguments(names).iter().map(|name| name.replace("& ", "&")).collect();
    ["->", "=>"].iter().any(|arrow| results.trim_start().starts_with(arrow)).then_some((names, results))
}

#[cfg(test)]
mod tests {
    use super::super::cells::code;
    use super::*;

    fn calls(cell: &str) -> Vec<String> {
        let chapters = Call {
            exercise: "pearson".to_owned(),
            arguments: vec!["x".to_owned(), "y".to_owned()],
            text: "pearson(&x, &y) -> r".to_owned(),
        };
        own_calls(&own_checks(&[code(1, cell, None)]), &chapters)
    }

    #[test]
    fn a_check_that_gives_the_values_themselves_is_another_way_to_call() {
        assert_eq!(calls("let a = 1;\ncheck!(\n    pearson( x, & y) -> r\n);"), ["pearson(x, &y) -> r"]);
        for check in [
            "check!{pearson(x, y) -> r}",
            "check! [pearson (x, y) -> r];",
            "check!(pearson: |x, y| pearson(x, y) => r);",
        ] {
            assert_eq!(calls(check), ["pearson(x, y) -> r"], "{check}");
        }
        assert_eq!(calls("check!(pearson(x, y) -> s)"), ["pearson(x, y) -> r"], "the results are the chapter's");
    }

    #[test]
    fn the_chapters_own_and_whatever_calls_something_else_are_none() {
        for cell in [
            "check!(pearson(&x, &y) -> r);",
            "check!(pearson(y, x) -> r);",
            "check!(pearson(x) -> r);",
            "check!(pearson(x, std::process::abort()) -> r);",
            "check!(pearson: |x, y| other(x, y) => r);",
            "check!(pearson_2(x, y) -> r);",
            "check!(pearson(x, y",
            "check!",
        ] {
            assert!(calls(cell).is_empty(), "{cell}");
        }
    }
}
