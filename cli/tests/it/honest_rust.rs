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
            "method_of_a_trait",
            notebook(&[
                "trait Info { fn display_info(&self) -> String; }",
                of_list,
                "fn brain(regions: Vec<String>) -> Vec<String> { regions }",
            ]),
            &["brain"],
        ),
    ];
    full_points(&all, sandbox);
}

#[test]
fn names_in_texts_names_of_several_things_and_what_is_broken_elsewhere_cost_no_marks() {
    let Some(sandbox) = *GRADING else { return };
    let total = "fn total(values: &[f64]) -> f64 { values.iter().sum() }";
    let mean = "fn mean(values: &[f64]) -> f64 { total(values) / values.len() as f64 }";
    let display = "impl std::fmt::Display for Brain { fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result { write!(f, \"{}\", self.region) } }";
    let info = "impl Brain { fn display_info(&self) -> String { format!(\"{} {WORD}: {}\", self.regions.len(), self.regions.join(\", \")) } }";
    let all = [
        (
            "texts",
            notebook(&[
                "const END: &str = \"a region of the brain\";\nstatic SPECIAL: &str = \"new memories need it\";",
                "fn announce(region: &str) -> String { if region == \"Hippocampus\" { format!(\"{region}: {SPECIAL}\") } else { format!(\"{region}: {END}\") } }",
            ]),
            &["announce"][..],
        ),
        (
            "one_name",
            notebook(&[
                "mod mean { pub fn of(values: &[f64]) -> f64 { values.iter().sum::<f64>() / values.len() as f64 } }",
                "fn mean(values: &[f64]) -> f64 { mean::of(values) }",
                "macro_rules! square { ($x:expr) => { $crate::same($x) * $x }; }\nfn same(x: f64) -> f64 { x }\nfn square(x: f64) -> f64 { square!(x) }",
                "mod mine { pub fn to(x: f64, n: usize) -> f64 { x.powi(n as i32) } }\nuse mine::to as power;",
            ]),
            &["mean", "square", "power"],
        ),
        (
            "broken_elsewhere",
            notebook(&[
                "use rand::prelude::*;",
                "struct Brain { regions: Vec<String> }\nconst WORD: &str = \"regions\";",
                display,
                info,
                "fn brain(regions: Vec<String>) -> Brain { Brain { regions } }",
                total,
                mean,
            ]),
            &["brain", "mean"],
        ),
        (
            "crates_and_constants",
            notebook(&[
                "extern crate neurobook;\nextern crate neurobook as nb;",
                "const mean: fn(&[f64]) -> f64 = |values| nb::ndarray::ArrayView1::from(values).sum() / values.len() as f64;",
                "fn square(x: f64) -> f64 { neurobook::ndarray::arr1(&[x]).dot(&nb::ndarray::arr1(&[x])) }",
            ]),
            &["mean", "square"],
        ),
        (
            "implemented_twice",
            notebook(&[
                "struct Brain { regions: Vec<String> }\nconst WORD: &str = \"regions\";",
                info,
                &info.replace("{WORD}: ", "REGIONS: "),
                "fn brain(regions: Vec<String>) -> Brain { Brain { regions } }",
            ]),
            &["brain"],
        ),
    ];
    full_points(&all, sandbox);
}

/// Grades these notebooks, each with the exercises in it that have full points.
fn full_points(all: &[(&str, Value, &[&str])], sandbox: &str) {
    let submissions: BTreeMap<String, Value> =
        all.iter().map(|(name, notebook, _)| ((*name).to_owned(), notebook.clone())).collect();
    let graded = grade(&submissions, sandbox);
    for (name, _, answered) in all {
        for id in *answered {
            let exercise = graded[*name].iter().find(|exercise| exercise["id"] == *id).unwrap();
            assert_eq!(exercise["score"], exercise["points"], "{name}: {exercise}");
        }
    }
}
