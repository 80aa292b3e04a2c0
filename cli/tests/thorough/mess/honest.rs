//! Honest Rust of every kind, in one cell and in several, with old tries beside it: what the kernel takes has full marks.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::graded::grade;
use crate::sandboxes::GRADING;

const WAYS: &str = include_str!("../../honest/00_rust_for_neuroscientists.txt");

/// A way to write an answer: what it is, which exercises it answers, and its items. The last one is the answer.
struct Way<'a> {
    name: &'a str,
    ids: Vec<&'a str>,
    items: Vec<&'a str>,
}

fn ways(text: &str) -> Vec<Way<'_>> {
    fn way(part: &str) -> Way<'_> {
        let (title, items) = part.split_once('\n').unwrap();
        let (name, ids) = title.split_once(": ").unwrap();
        Way { name, ids: ids.split(", ").collect(), items: items.trim_end().split("\n--\n").collect() }
    }
    text.split("\n== ").skip(1).map(way).collect()
}

/// The same function or constant as somebody tried it before, with this in place of what it is.
fn old_try(item: &str, body: &str) -> Option<String> {
    if let Some((head, _)) = item.split_once('=').filter(|(head, _)| head.starts_with("const ") && !head.contains('{'))
    {
        return Some(format!("{head}= {body};"));
    }
    let is_function = item.starts_with("fn ") || item.starts_with("const fn ");
    let (head, _) = item.split_once('{').filter(|_| is_function)?;
    Some(format!("{head}{{ {body} }}"))
}

/// The cells of a notebook in which these items stand in one way or another.
fn arrangements(items: &[&str]) -> Vec<(&'static str, Vec<String>)> {
    let (answer, helpers) = items.split_last().unwrap();
    let owned = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<String>>();
    let old = |body: &str| helpers.iter().filter_map(|item| old_try(item, body)).collect::<Vec<String>>();
    let mut all = vec![("in one cell", vec![items.join("\n")])];
    if !helpers.is_empty() {
        all.push(("apart", owned(items)));
    }
    if !old("x").is_empty() {
        let answer = || vec![(*answer).to_owned()];
        let broken = old("not_there_yet()");
        all.push(("a cell that failed between", [owned(helpers), broken.clone(), answer()].concat()));
        let others: Vec<&str> = helpers.iter().copied().filter(|item| old_try(item, "x").is_none()).collect();
        let mended: Vec<&str> = helpers.iter().copied().filter(|item| old_try(item, "x").is_some()).collect();
        // A constant that panics is refused where it is named, and a function only when it is called.
        let wrong = old("panic!(\"an old try\")");
        let cell = |helpers: &[String]| vec![[helpers, &answer()].concat().join("\n")];
        let tried = || cell(&[owned(&others), wrong.clone()].concat());
        all.push(("mended below its own cell", [tried(), owned(helpers)].concat()));
        all.push(("tried on in a copy", [cell(&owned(helpers)), tried()].concat()));
        all.push(("mended below, and tried on", [broken, owned(&others), answer(), owned(&mended), wrong].concat()));
    }
    all
}

fn notebook(cells: &[String]) -> Value {
    let cell = |text: &String| json!({"cell_type": "code", "metadata": {}, "outputs": [], "source": text});
    let cells: Vec<Value> = cells.iter().map(cell).collect();
    json!({
        "nbformat": 4, "nbformat_minor": 4, "cells": cells,
        "metadata": {"neurobook": {"chapter": "00_rust_for_neuroscientists"}}
    })
}

#[test]
fn honest_rust_of_every_kind_has_full_marks_in_one_cell_and_in_several_with_old_tries_beside_it() {
    let Some(sandbox) = *GRADING else { return };
    let (mut submissions, mut expected) = (BTreeMap::new(), BTreeMap::new());
    for way in ways(WAYS) {
        for (arrangement, cells) in arrangements(&way.items) {
            let name = format!("{} {arrangement}", way.name).replace([' ', ','], "_");
            submissions.insert(name.clone(), notebook(&cells));
            expected.insert(name, way.ids.clone());
        }
    }
    assert!(submissions.len() > 150, "{}", submissions.len());
    let graded = grade(&submissions, sandbox);
    let mut complaints = Vec::new();
    for (name, ids) in &expected {
        for exercise in graded[name].iter().filter(|exercise| ids.iter().any(|id| exercise["id"] == **id)) {
            if exercise["score"] != exercise["points"] {
                complaints.push(format!("{name}: {} {}", exercise["message"], exercise["compiler"]));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}
