//! What is lost costs its own exercise and no other, and a message says what to do.

use std::fs;

use serde_json::json;

use crate::caches;

use super::{EXERCISES, Heap, answer, cells, code, position, set_answer};

#[test]
fn a_deleted_cell_is_named_and_the_others_keep_their_marks() {
    let mut heap = Heap::new();
    for three in EXERCISES.chunks(3) {
        let words: Vec<(&str, String)> = three
            .iter()
            .map(|(id, _)| {
                (
                    *id,
                    format!(
                        "No cell defines the function `{id}`. If its cell is gone, copy it from the course's notebook."
                    ),
                )
            })
            .collect();
        let words: Vec<(&'static str, &str)> = words.iter().map(|(id, words)| (*id, words.as_str())).collect();
        heap.with_losses("deleted", &words, |notebook| {
            cells(notebook).retain(|cell| !three.iter().any(|(id, _)| cell["id"] == *id));
        });
    }
    heap.check();
}

#[test]
fn one_broken_exercise_costs_no_other_its_marks_in_any_chapter() {
    let mut names: Vec<String> = fs::read_dir(caches::root().join("notebooks/solution"))
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".ipynb").map(str::to_owned))
        .collect();
    names.sort();
    for chapter in names {
        let mut heap = Heap::of(&chapter);
        for id in heap.ids() {
            heap.with_losses(&format!("{id} is broken"), &[(&id, "")], |notebook| {
                let text = answer(notebook, &id);
                let (head, body) = text.split_once("{\n").unwrap_or_else(|| panic!("{chapter}: {id} has no body"));
                set_answer(notebook, &id, &format!("{head}{{\n    let broken: f64 = \"a text\";\n{body}"));
            });
        }
        if !heap.ids().is_empty() {
            heap.check();
        }
    }
}

#[test]
fn an_answer_of_another_form_is_told_how_to_write_it() {
    let mut heap = Heap::new();
    let lost = [
        (
            "alpha_rhythm",
            "defines no function `alpha_rhythm`. Keep the line `fn alpha_rhythm(…)` as the course gave it.",
        ),
        ("half_hertz", "defines no function `half_hertz`"),
        ("order_parameter", "holds the function `order_parameter`, but as text: change the cell's type to code."),
        ("linear_rate", "defines no function `linear_rate`"),
    ];
    heap.with_losses("a closure, another name, prose, a comment", &lost, |notebook| {
        set_answer(notebook, "alpha_rhythm", "let alpha_rhythm = || 2.0 * PI * 10.0 / 1000.0;");
        let renamed = answer(notebook, "half_hertz").replace("fn half_hertz", "fn half_herz");
        set_answer(notebook, "half_hertz", &renamed);
        let at = position(notebook, "order_parameter");
        cells(notebook)[at]["cell_type"] = json!("markdown");
        let commented = format!("/* {} */", answer(notebook, "linear_rate"));
        set_answer(notebook, "linear_rate", &commented);
    });
    heap.check();
}

#[test]
fn an_answer_that_the_compiler_refuses_leaves_the_others_alone() {
    let mut heap = Heap::new();
    let lost = [
        ("order_parameter", "Each bracket needs its other half"),
        ("alpha_rhythm", "Each bracket needs its other half"),
        ("four_classes", "quote"),
        ("last_sample", "cannot find function `missing_helper`"),
        ("linear_rate", "unknown start of token"),
    ];
    heap.with_losses("brackets, quotes and helpers", &lost, |notebook| {
        let open = answer(notebook, "order_parameter").replace("mean.norm()", "(mean.norm()");
        set_answer(notebook, "order_parameter", &open);
        let closed = answer(notebook, "alpha_rhythm").replace("1000.0", "1000.0)");
        set_answer(notebook, "alpha_rhythm", &closed);
        let quote = answer(notebook, "four_classes").replace("\"saddle\"", "\"saddle");
        set_answer(notebook, "four_classes", &quote);
        let helped = answer(notebook, "last_sample").replace("run.times[last]", "missing_helper(run.times[last])");
        set_answer(notebook, "last_sample", &helped);
        cells(notebook).push(code("fn missing_helper(x: f64) -> f64 {\n    (x"));
        let pasted = answer(notebook, "linear_rate").replace(" + ", "\u{a0}\u{201c}+ ");
        set_answer(notebook, "linear_rate", &pasted);
    });
    heap.check();
}

#[test]
fn a_text_that_is_too_long_to_be_typed_is_not_compiled() {
    let mut heap = Heap::new();
    heap.with_losses("200,000 characters", &[("half_hertz", "has more than 200000 characters")], |notebook| {
        let long = format!("{}\n// {}", answer(notebook, "half_hertz"), "long ".repeat(50_000));
        set_answer(notebook, "half_hertz", &long);
    });
    heap.check();
}
