//! Cells that were added, copied, split, moved and retyped.

use serde_json::json;

use super::{EXERCISES, Heap, answer, cells, code, position, set_answer};

#[test]
fn other_cells_do_no_harm() {
    let mut heap = Heap::new();
    heap.full("extra cells", |notebook| {
        let all = cells(notebook);
        all.insert(0, code("let a = 1;\nprintln!(\"{a}\");"));
        all.insert(3, json!({"cell_type": "raw", "metadata": {}, "source": "fn double(x: f64) { raw }"}));
        all.insert(5, json!({"cell_type": "markdown", "metadata": {}, "source": ["# Mine\n", "`fn half_hertz() {`"]}));
        all.push(code(""));
        all.push(code("struct Unused { a: Missing }\nimpl Unused { fn f(&self) -> Missing { Missing } }"));
    });
    heap.full("an unbalanced bracket in another cell", |notebook| {
        cells(notebook).insert(2, code("fn mine() {\n    (1"))
    });
    heap.full("a broken function with the name of a variable", |notebook| {
        cells(notebook).push(code("fn arrow() -> Nothing {\n    1\n}\nfn xdot() -> f64 { true }"));
    });
    heap.check();
}

#[test]
fn copies_do_no_harm_and_the_best_one_counts() {
    let mut heap = Heap::new();
    heap.full("every cell twice", |notebook| {
        let twice = cells(notebook).iter().flat_map(|cell| [cell.clone(), cell.clone()]).collect();
        *cells(notebook) = twice;
    });
    heap.full("the empty exercises below the finished ones", |notebook| {
        let stubs = EXERCISES.map(|(id, _)| {
            let text = answer(notebook, id);
            let signature = text.lines().find(|line| line.starts_with("fn ")).unwrap();
            code(&format!("{signature}\n    blank!(\"(1) here\")\n}}"))
        });
        cells(notebook).extend(stubs);
    });
    heap.full("a wrong copy below the right one", |notebook| {
        let wrong = [
            answer(notebook, "alpha_rhythm").replace("10.0", "11.0"),
            answer(notebook, "order_parameter").replace("norm()", "arg()"),
        ];
        cells(notebook).extend(wrong.map(|text| code(&text)));
        cells(notebook).push(code("fn last_sample(run: &Trajectory) -> (f64, f64) {\n    not finished\n}"));
    });
    heap.check();
}

#[test]
fn any_order_of_the_cells_will_do() {
    let mut heap = Heap::new();
    heap.full("the last cell first", |notebook| cells(notebook).reverse());
    heap.full("two halves exchanged", |notebook| {
        let middle = cells(notebook).len() / 2;
        cells(notebook).rotate_left(middle);
    });
    heap.full("answers alone", |notebook| {
        cells(notebook).retain(|cell| EXERCISES.iter().any(|(id, _)| cell["id"] == *id));
    });
    heap.full("each answer in the cell of the next exercise", |notebook| {
        let texts = EXERCISES.map(|(id, _)| answer(notebook, id));
        for (index, text) in texts.iter().enumerate() {
            set_answer(notebook, EXERCISES[(index + 1) % EXERCISES.len()].0, text);
        }
    });
    heap.check();
}

#[test]
fn a_notebook_typed_anew_is_as_good() {
    let mut heap = Heap::new();
    heap.full("all answers in one cell, and nothing else", |notebook| {
        let all = EXERCISES.map(|(id, _)| answer(notebook, id)).join("\n\n");
        *notebook = json!({"cells": [code("use neurobook::prelude::*;"), code(&all)], "metadata": {}, "nbformat": 4, "nbformat_minor": 5});
    });
    heap.full("no ids and no metadata", |notebook| {
        for cell in cells(notebook) {
            cell.as_object_mut().unwrap().remove("id");
            cell["metadata"] = json!({});
        }
        notebook["metadata"] = json!({});
    });
    heap.full("answers below stubs that were left alone", |notebook| {
        let student = super::Value::clone(notebook);
        for (id, _) in EXERCISES {
            let text = answer(&student, id);
            set_answer(notebook, id, "// see below");
            cells(notebook).push(code(&text));
        }
    });
    heap.check();
}

#[test]
fn a_function_may_be_split_over_cells() {
    let mut heap = Heap::new();
    let split = |notebook: &mut super::Value, place: usize, helpers: &str, from: &str, to: &str| {
        let text = answer(notebook, "order_parameter");
        assert!(text.contains(from));
        set_answer(notebook, "order_parameter", &text.replace(from, to));
        let at = position(notebook, "order_parameter") + place;
        cells(notebook).insert(at, code(helpers));
    };
    let arrow = "Complex64::from_polar(1.0, *theta)";
    let helper = "fn arrow_at(theta: f64) -> Complex64 {\n    Complex64::from_polar(1.0, theta)\n}";
    heap.full("a helper above", |notebook| split(notebook, 0, helper, arrow, "arrow_at(*theta)"));
    heap.full("a helper below", |notebook| split(notebook, 1, helper, arrow, "arrow_at(*theta)"));
    heap.full("a helper that was written twice", |notebook| {
        split(notebook, 0, helper, arrow, "arrow_at(*theta)");
        cells(notebook).insert(0, code(&helper.replace("1.0", "2.0")));
    });
    heap.full("a helper with helpers of its own", |notebook| {
        let helpers = "use std::collections::HashMap;\nconst ONE: f64 = 1.0;\ntype Arrow = Complex64;\n#[derive(Clone, Copy)]\nstruct Angle(f64);\nimpl Angle {\n    fn arrow(self) -> Arrow { polar!(ONE, self.0) }\n}\nimpl From<f64> for Angle {\n    fn from(angle: f64) -> Angle { Angle(angle) }\n}\nmod hidden {\n    pub fn same<T>(x: T) -> T { x }\n}\ntrait Kept { fn kept(&self) -> Angle; }\nimpl Kept for Angle { fn kept(&self) -> Angle { *self } }\nfn arrow_at(theta: f64) -> Arrow {\n    let known: HashMap<usize, Angle> = HashMap::from([(0, hidden::same(theta).into())]);\n    known[&0].kept().arrow()\n}";
        split(notebook, 0, helpers, arrow, "arrow_at(*theta)");
        let at = position(notebook, "order_parameter") - 1;
        cells(notebook).insert(at, code("macro_rules! polar {\n    ($r:expr, $angle:expr) => { Complex64::from_polar($r, $angle) };\n}"));
    });
    heap.full("an enum whose variants were brought in", |notebook| {
        split(
            notebook,
            0,
            "enum Length { One, Two }\nuse Length::*;",
            arrow,
            "Complex64::from_polar(match One { One => 1.0, Two => 2.0 }, *theta)",
        );
    });
    heap.full("imports in several cells", |notebook| {
        split(notebook, 0, "use std::f64::consts::{PI, TAU};\nuse std::f64::consts::*;\nlet turn = TAU;", arrow, arrow);
        for id in ["half_hertz", "alpha_rhythm"] {
            let text =
                answer(notebook, id).replace("fn ", "use neurobook::prelude::*;\nuse std::f64::consts::PI;\nfn ");
            set_answer(notebook, id, &text);
        }
        let text = answer(notebook, "half_hertz").replace("PI)", "0.5 * TAU)").replace("consts::PI;", "consts::*;");
        set_answer(notebook, "half_hertz", &text);
    });
    heap.check();
}
