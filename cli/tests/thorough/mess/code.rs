//! What is in the cells beside a right answer.

use serde_json::{Value, json};

use super::{EXERCISES, Heap, answer, cells, code, set_answer};

/// Every answer, changed.
fn each(notebook: &mut Value, change: impl Fn(&str) -> String) {
    for (id, _) in EXERCISES {
        let text = answer(notebook, id);
        set_answer(notebook, id, &change(&text));
    }
}

/// The text with a line more at the beginning of its function's body.
fn inside(text: &str, line: &str) -> String {
    let at = text.find("fn ").unwrap();
    let brace = at + text[at..].find(" {\n").unwrap() + 3;
    format!("{}    {line}\n{}", &text[..brace], &text[brace..])
}

#[test]
fn what_is_printed_is_no_part_of_an_answer() {
    let mut heap = Heap::new();
    heap.full("eprintln!", |notebook| each(notebook, |text| inside(text, "eprintln!(\"I am here, \\\"quoted\\\"\");")));
    heap.full("dbg!", |notebook| each(notebook, |text| inside(text, "dbg!(1 + 1);")));
    heap.full("print! without a line end", |notebook| {
        each(notebook, |text| inside(text, "print!(\"1,2,3\"); println!(\"value,x\\n\\\"\"); print!(\"end\");"));
    });
    heap.check();
}

#[test]
fn statements_and_commands_beside_a_function_are_passed_over() {
    let mut heap = Heap::new();
    heap.full("statements", |notebook| {
        each(notebook, |text| format!("let a = 1;\nlet f: fn(f64) -> f64 = |x| x;\nfor i in 0..3 {{ println!(\"{{i}}\"); }}\n{text}\nprintln!(\"done\");\na + 1"));
    });
    heap.full("a statement without its semicolon", |notebook| each(notebook, |text| format!("let a = 1\n{text}")));
    heap.full("commands to the kernel and the shell", |notebook| {
        each(notebook, |text| {
            format!(":dep rand = {{ version = \"0.9\" }}\n!pip install numpy\n:vars\n:help\n  :timing\n{text}\n:type f\n!ls -l")
        });
        cells(notebook).insert(0, code(":dep nothing = { path = \"/nowhere\" }\n:clear\n!rm -rf mine"));
    });
    heap.full("attributes and documentation", |notebook| {
        each(notebook, |text| format!("#[inline]\n#[must_use]\n/// Mine.\npub {}", &text[text.find("fn ").unwrap()..]));
    });
    heap.check();
}

/// The order parameter with this body, these cells above it, and this in its own.
pub fn order_parameter(notebook: &mut Value, above: &[&str], with: &str, body: &str) {
    let text = answer(notebook, "order_parameter");
    let head = text.lines().find(|line| line.starts_with("fn order_parameter")).unwrap();
    let cell = format!("{with}\n{head}\n{body}\n}}");
    set_answer(notebook, "order_parameter", &cell);
    let at = super::position(notebook, "order_parameter");
    for text in above.iter().rev() {
        cells(notebook).insert(at, code(text));
    }
}

#[test]
fn a_type_in_several_blocks_and_what_macros_make_lose_nothing() {
    const TYPE: &str = "struct Mean { x: f64, y: f64, n: usize }";
    const NEW: &str = "impl Mean {\n    fn new() -> Mean { Mean { x: 0.0, y: 0.0, n: 0 } }\n}";
    const ADD: &str = "impl Mean {\n    fn add(&mut self, t: f64) { self.x += t.cos(); self.y += t.sin(); self.n += 1; }\n    fn length(&self) -> f64 { self.x.hypot(self.y) / self.n as f64 }\n}";
    const BODY: &str = "    let mut mean = Mean::new();\n    for t in phases { mean.add(*t); }\n    mean.length()";
    let one = [TYPE, NEW, ADD].join("\n");
    let mut heap = Heap::new();
    heap.full("two blocks in one cell", |notebook| order_parameter(notebook, &[], &one, BODY));
    heap.full("two blocks in two cells", |notebook| order_parameter(notebook, &[TYPE, NEW, ADD], "", BODY));
    heap.full("a block that was written twice", |notebook| order_parameter(notebook, &[TYPE, NEW, ADD, ADD], "", BODY));
    heap.full("what is about the whole cell, and a label", |notebook| {
        let with =
            format!("#![allow(non_snake_case)]\n'outer: for k in 0..3 {{ if k == 1 {{ break 'outer; }} }}\n{one}");
        order_parameter(notebook, &[], &with, BODY);
    });
    heap.full("a macro that is called with braces", |notebook| {
        order_parameter(notebook, &[], &format!("println! {{ \"x\" }}\n{one}"), BODY);
    });
    heap.full("a function that a macro makes, and a variable of a thread", |notebook| {
        let makes = "macro_rules! constant { ($name:ident, $value:expr) => { fn $name() -> f64 { $value } }; }\nconstant!(zero, 0.0);";
        let calls = "use std::cell::Cell;\nthread_local! { static CALLS: Cell<u64> = const { Cell::new(0) } }";
        let body = format!("    CALLS.with(|calls| calls.set(calls.get() + 1));\n{BODY} + zero()");
        order_parameter(notebook, &[makes, calls, TYPE], &[NEW, ADD].join("\n"), &body);
    });
    heap.check();
}

#[test]
fn line_ends_tabs_and_shapes_of_text_change_nothing() {
    let mut heap = Heap::new();
    heap.full("Windows line ends in the cells", |notebook| {
        each(notebook, |text| text.replace('\n', "\r\n"));
        for cell in cells(notebook) {
            if let Some(lines) = cell["source"].as_array() {
                cell["source"] = lines.iter().map(|line| json!(line.as_str().unwrap().replace('\n', "\r\n"))).collect();
            }
        }
    });
    heap.full("tabs", |notebook| each(notebook, |text| text.replace("    ", "\t")));
    heap.full("blanks at the ends", |notebook| {
        each(notebook, |text| format!("\n\n{}  \n\n", text.replace('\n', "  \n")))
    });
    heap.full("each text as one string", |notebook| {
        for cell in cells(notebook) {
            cell["source"] = json!(super::text(cell));
        }
    });
    let pretty = serde_json::to_string_pretty(&super::solution()).unwrap();
    let windows = format!("\u{feff}{}", pretty.replace('\n', "\r\n"));
    heap.file("a byte order mark and Windows line ends in the file", super::NAME, &[], windows.as_bytes());
    heap.check();
}

#[test]
fn every_version_of_nbformat_4_is_read() {
    let mut heap = Heap::new();
    for minor in 0..=5 {
        heap.full(&format!("nbformat 4.{minor}"), |notebook| {
            notebook["nbformat_minor"] = json!(minor);
            if minor < 5 {
                cells(notebook).iter_mut().for_each(|cell| _ = cell.as_object_mut().unwrap().remove("id"));
            }
        });
    }
    heap.check();
}

#[test]
fn fifty_megabytes_of_outputs_change_nothing() {
    let mut heap = Heap::new();
    heap.full("outputs", |notebook| {
        let lines: Vec<Value> = (0..500_000).map(|_| json!("0123456789".repeat(5) + "\n")).collect();
        let stream = json!({"output_type": "stream", "name": "stdout", "text": lines});
        let image =
            json!({"output_type": "display_data", "metadata": {}, "data": {"image/png": "A".repeat(25_000_000)}});
        let at = super::position(notebook, "phase_figure");
        cells(notebook)[at]["outputs"] = json!([stream, image]);
    });
    heap.check();
}
