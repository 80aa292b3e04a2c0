//! Rust as a notebook's kernel takes it, through the grader: it costs no marks there either.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::graded::grade;
use crate::sandboxes::GRADING;

fn notebook(cells: &[&str]) -> Value {
    let cell = |text: &&str| json!({"cell_type": "code", "metadata": {}, "outputs": [], "source": text});
    let cells: Vec<Value> = cells.iter().map(cell).collect();
    json!({
        "nbformat": 4, "nbformat_minor": 4, "cells": cells,
        "metadata": {"neurobook": {"chapter": "00_rust_for_neuroscientists"}}
    })
}

const SQUARE: &str = "fn square(x: f64) -> f64 { times!(x, x) }";
const POWER: &str = "fn power(x: f64, n: usize) -> f64 { let mut y = 1.0; for _ in 0..n { y = times!(y, x); } y }";
const MEAN: &str = "fn mean(values: &[f64]) -> f64 { times!(values.iter().sum::<f64>(), 1.0 / values.len() as f64) }";
const TIMES: &str = "macro_rules! times { ($a:expr, $b:expr) => { $a * $b }; }";

#[test]
fn macros_paths_from_the_root_and_traits_of_the_learners_own_cost_no_marks_wherever_they_stand() {
    let Some(sandbox) = *GRADING else { return };
    let exported = format!("/// Twice.\n#[macro_export]\n{TIMES}");
    let of_list = "impl Info for Vec<String> {\n    fn display_info(&self) -> String { \
                   format!(\"{} regions: {}\", self.len(), self.join(\", \")) }\n}";
    let functions = &["square", "power", "mean"][..];
    let all = [
        ("exported_macro", notebook(&[&exported, &SQUARE.replace("times", "crate::times"), POWER, MEAN]), functions),
        ("macro_below", notebook(&[SQUARE, POWER, MEAN, TIMES]), functions),
        (
            "from_the_root",
            notebook(&[
                "fn kept(x: f64) -> f64 { x }\nconst ONE: f64 = 1.0;",
                "fn square(x: f64) -> f64 { crate::kept(x) * self::kept(x) }",
                "mod tools {\n    pub mod deep { pub fn total(v: &[f64]) -> f64 { crate::kept(v.iter().sum()) * crate::ONE } }\n}",
                "use crate::tools::deep::total;\nfn mean(values: &[f64]) -> f64 { total(values) / values.len() as f64 }",
                "use self::tools::deep::*;\nfn power(x: f64, n: usize) -> f64 { (0..n).fold(crate::ONE, |y, _| y * total(&[x])) }",
            ]),
            functions,
        ),
        (
            "by_cell",
            notebook(&[
                "fn kept(x: f64) -> f64 { x }\nfn total(v: &[f64]) -> f64 { crate::kept(v.iter().sum()) }",
                "fn kept(x: &str) -> usize { x.len() }",
                "fn mean(values: &[f64]) -> f64 { crate::total(values) / (values.len() * crate::kept(\"a\")) as f64 }",
            ]),
            &["mean"],
        ),
        (
            "method_of_a_trait",
            notebook(&[
                "trait Info { fn display_info(&self) -> String; }",
                of_list,
                "fn brain(regions: Vec<String>) -> Vec<String> { regions }",
            ]),
            &["brain"],
        ),
    ];
    let submissions: BTreeMap<String, Value> =
        all.iter().map(|(name, notebook, _)| ((*name).to_owned(), notebook.clone())).collect();
    let graded = grade(&submissions, sandbox);
    for (name, _, answered) in all {
        for id in answered {
            let exercise = graded[name].iter().find(|exercise| exercise["id"] == *id).unwrap();
            assert_eq!(exercise["score"], exercise["points"], "{name}: {exercise}");
        }
    }
}
