//! What is defined again: the kernel takes the last definition of a name, wherever it is, and learners try on in copies.

use serde_json::{Value, json};

use super::{Heap, answer, cells, code, position, set_answer, text};

const CHAPTER: &str = "00_rust_for_neuroscientists";

/// The exercise that is a type with its methods, and the function that makes one.
fn brain(heap: &Heap) -> String {
    assert!(heap.ids().iter().any(|id| id == "brain"));
    let text = answer(&super::solution_of(CHAPTER), "brain");
    assert!(text.contains("struct Brain") && text.contains("self.regions.len()") && text.contains("fn brain("));
    text
}

#[test]
fn a_type_in_several_versions_is_the_right_one() {
    let mut heap = Heap::of(CHAPTER);
    let right = brain(&heap);
    let (types, function) = right.split_at(right.find("/// Makes a brain").unwrap());
    let empty = |text: &str| text.replace("self.regions.len()", "blank!(\"(1) the length\")");
    let tried = right.replace(" regions: ", " REGIONS: ");
    heap.full("an empty copy below", |notebook| cells(notebook).push(code(&empty(&right))));
    heap.full("a copy below in which something is tried", |notebook| cells(notebook).push(code(&tried)));
    heap.full("an empty copy above", |notebook| {
        let at = position(notebook, "brain");
        cells(notebook).insert(at, code(&empty(&right)));
    });
    heap.full("the type in a cell below, the function as it was", |notebook| {
        set_answer(notebook, "brain", &empty(&right));
        cells(notebook).push(code(types));
    });
    heap.full("the type in a cell above, and the function alone", |notebook| {
        set_answer(notebook, "brain", function);
        let at = position(notebook, "brain");
        cells(notebook).insert(at, code(types));
    });
    heap.full("two versions in one cell", |notebook| {
        set_answer(notebook, "brain", &format!("{tried}\n{right}"));
    });
    heap.full("a trait of it in another cell", |notebook| {
        let text = right.replace("format!(\"{} regions: {}\", self.count(), self.regions.join(\", \"))", "self.to_string()");
        assert!(text.contains("to_string()"));
        set_answer(notebook, "brain", &text);
        let at = position(notebook, "brain");
        cells(notebook).insert(at + 1, code("use std::fmt;\nimpl fmt::Display for Brain {\n    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {\n        write!(f, \"{} regions: {}\", self.count(), self.regions.join(\", \"))\n    }\n}"));
    });
    heap.check();
}

#[test]
fn of_each_helper_the_last_version_that_the_kernel_took_counts() {
    let mut heap = Heap::of(CHAPTER);
    let own = |left: &str, right: &str| {
        format!(
            "fn left(x: f64) -> f64 {{ {left} }}\nfn right(x: f64) -> f64 {{ {right} }}\nfn square(x: f64) -> f64 {{ left(x) * right(x) }}"
        )
    };
    let helper = |name: &str, body: &str| format!("fn {name}(x: f64) -> f64 {{ {body} }}");
    let two = |name: &str| format!("fn {name}(x: f64, by: f64) -> f64 {{ x * by }}");
    let (mended, tried) = (|name: &str| helper(name, "x"), |name: &str| helper(name, "missing(x)"));
    let below = |heap: &mut Heap, what: &str, first: String, later: Vec<String>| {
        heap.full(what, |notebook| {
            set_answer(notebook, "square", &first);
            cells(notebook).extend(later.iter().map(|text| code(text)));
        });
    };
    let wrong = own("2.0 * x", "3.0 * x");
    let turns = |try_on: &dyn Fn(&str) -> String| {
        ["left", "right"].iter().flat_map(|name| [mended(name), try_on(name)]).collect::<Vec<_>>()
    };
    below(&mut heap, "two helpers in turns, each with a refused try", wrong.clone(), turns(&tried));
    below(&mut heap, "the same where the function does not fit to the try", wrong.clone(), turns(&two));
    below(&mut heap, "the same where a try has two errors at once", wrong.clone(), {
        turns(&|name| format!("{}\nfn other(x: f64) -> f64 {{ also_missing(x) }}", two(name)))
    });
    below(&mut heap, "a refused cell that would be right by itself", wrong.clone(), {
        let with_error = |name: &str| format!("{}\nfn broken() -> f64 {{ missing }}", helper(name, "4.0 * x"));
        turns(&with_error)
    });
    below(&mut heap, "a refused cell whose function is right", wrong.clone(), {
        turns(&|name| format!("{}\n{name}(3)", helper(name, "4.0 * x")))
    });
    below(
        &mut heap,
        "cells that are refused for something else than their functions, and cells that are not",
        wrong.clone(),
        {
            let mut cells = turns(&|name| format!("{}\nlet y: usize = {name}(3.0);", helper(name, "4.0 * x")));
            cells.insert(0, "let x = 2.0;".to_owned());
            cells.extend(["left", "right"].map(|name| format!("println!(\"{{}}\", {name}(x));")));
            cells
        },
    );
    heap.full("two helpers in turns above the function", |notebook| {
        set_answer(notebook, "square", "fn square(x: f64) -> f64 { left(x) * right(x) }");
        let at = position(notebook, "square");
        let cells = cells(notebook);
        turns(&tried).iter().rev().for_each(|text| cells.insert(at, code(text)));
    });
    let typed = |fields: &str| format!("struct Pair {{ {fields} }}");
    let with_type = format!(
        "{}\nfn left(x: f64) -> f64 {{ Pair {{ x }}.x * 2.0 }}\nfn square(x: f64) -> f64 {{ left(x) * right(x) }}",
        typed("x: f64")
    );
    below(&mut heap, "a type with another field that the function does not know", with_type, {
        let left = "fn left(x: f64) -> f64 { Pair { x }.x }".to_owned();
        vec![mended("right"), typed("x: f64, y: f64"), left, tried("right"), typed("y: f64")]
    });
    heap.check();
}

#[test]
fn whichever_version_of_each_helper_ran_last_the_right_ones_count() {
    let mut heap = Heap::of(CHAPTER);
    let helper = |name: &str, body: &str| format!("fn {name}(x: f64) -> f64 {{ {body} }}");
    let square = "fn square(x: f64) -> f64 { left(x) * right(x) }";
    let own = [helper("left", "2.0 * x"), helper("right", "3.0 * x"), square.to_owned()].join("\n");
    let mut notebook = |what: &str, own: &str, below: Vec<String>| {
        heap.full(what, |notebook| {
            set_answer(notebook, "square", own);
            cells(notebook).extend(below.iter().map(|text| code(text)));
        });
    };
    let [left, right] = ["left", "right"].map(|name| move |body: &str| helper(name, body));
    notebook("an older version that ran again", &own, vec![left("x"), left("4.0 * x"), right("x")]);
    let constants = |value: &str| format!("const LEFT: f64 = {value};");
    let of_constants =
        format!("{}\nconst RIGHT: f64 = 2.0;\nfn square(x: f64) -> f64 {{ LEFT * RIGHT * x * x }}", constants("3.0"));
    notebook(
        "a constant that ran again",
        &of_constants,
        vec![constants("1.0"), constants("2.0"), "const RIGHT: f64 = 1.0;".to_owned()],
    );
    let tries =
        |of: &dyn Fn(&str) -> String| (0..8).map(|k| of(&format!("{k}.5 * x"))).chain([of("x")]).collect::<Vec<_>>();
    notebook("the ninth try", &own.replace("3.0 * x", "x"), tries(&left));
    let turns = [tries(&left)[5..].to_vec(), tries(&right)[5..].to_vec()].concat();
    notebook("two helpers with four tries each", &own, turns);
    let pair = |fields: &str| format!("struct Pair {{ {fields} }}");
    let user = "fn show() -> f64 { Pair { x: 1.0 }.x }".to_owned();
    let with_pair = format!(
        "{}\nfn left(x: f64) -> f64 {{ Pair {{ x }}.x }}\n{}\n{square}",
        pair("x: f64"),
        helper("right", "3.0 * x")
    );
    let refused = format!("{}\nfn left(x: f64) -> f64 {{ Pair {{ x, y: 2.0 }}.x * 4.0 }}", pair("x: f64, y: f64"));
    notebook("a type that something else uses, too", &with_pair, vec![user, refused, right("x")]);
    let import = |below: Vec<String>| {
        let own = "mod ext { pub trait Kept { fn kept(&self) -> f64; } impl Kept for f64 { fn kept(&self) -> f64 { *self } } }\nuse ext::Kept;";
        [vec!["use std::str::FromStr;".to_owned(), own.to_owned()], below].concat()
    };
    let by_traits =
        |number: &str| format!("fn left(x: f64) -> f64 {{ f64::from_str(\"{number}\").unwrap() * x.kept() }}");
    let own_by_traits = [by_traits("2.0"), right("3.0 * x"), square.to_owned()].join("\n");
    let turns = |of: &dyn Fn(&str) -> String| vec![of("1.0"), of("4.0"), right("x"), right("5.0 * x")];
    notebook("traits that are imported in cells of their own", &own_by_traits, import(turns(&by_traits)));
    let number =
        |of: &str| format!("struct Number {{ x: f64 }}\nimpl Number {{ fn value(&self) -> f64 {{ {of} * self.x }} }}");
    let of_number = format!(
        "{}\n{}\nfn square(x: f64) -> f64 {{ Number {{ x }}.value() * right(x) }}",
        number("2.0"),
        right("3.0 * x")
    );
    notebook("a type whose methods alone are others", &of_number, turns(&number));
    for binding in [
        "let left = Some(x).map(left).unwrap(); left * left",
        "let left = left(x); left * left",
        "for left in [x].map(left) { return left * left; } x",
    ] {
        let own = format!("{}\nfn square(x: f64) -> f64 {{ {binding} }}", left("2.0 * x"));
        notebook("a variable that is bound to the helper of its name", &own, vec![left("x")]);
    }
    heap.check();
}

#[test]
fn a_crate_that_nothing_but_a_trial_needs_costs_no_answer_its_marks() {
    let mut heap = Heap::of(CHAPTER);
    let ids = heap.ids();
    heap.full("an import of a crate that a trial needs", |notebook| {
        for id in &ids {
            let text = answer(notebook, id);
            set_answer(notebook, id, &format!(":dep rand = \"0.9\"\nuse rand::Rng;\nuse rand::{{prelude::*, distr::Uniform}};\n{text}\nprintln!(\"{{}}\", rand::random::<f64>());"));
        }
    });
    heap.full("tests and a main function", |notebook| {
        for id in &ids {
            let text = answer(notebook, id);
            set_answer(notebook, id, &format!("{text}\n#[cfg(test)]\nmod tests {{\n    use super::*;\n    #[test]\n    fn it() {{ {id}(missing); }}\n}}\nfn main() {{ {id}(missing); }}"));
        }
    });
    heap.check();
}

#[test]
fn a_cell_of_the_chapter_in_which_something_was_tried_costs_no_answer_its_marks() {
    let mut heap = Heap::of("04_prep_recovery");
    let try_longer = |notebook: &mut Value| {
        let given = |cell: &&mut Value| text(cell).contains("fn simulated_b");
        let cell = cells(notebook).iter_mut().find(given).unwrap();
        let longer = text(cell).replace("simulate(50.0)", "simulate(80.0)");
        assert_ne!(longer, text(cell));
        cell["source"] = json!(longer);
    };
    heap.full("a longer simulation in the chapter's own cell", try_longer);
    heap.with_losses("and an exercise that is wrong", &[("rmse", "")], |notebook| {
        try_longer(notebook);
        let wrong = answer(notebook, "rmse").replace("sqrt()", "cbrt()");
        assert_ne!(wrong, answer(notebook, "rmse"));
        set_answer(notebook, "rmse", &wrong);
    });
    heap.check();
}
