//! Sixty honest ways to write the same answers: order, copies, helpers, imports, names and formatting in all combinations.

use neurobook_cli::page::highlight;
use serde_json::{Value, json};

use super::{EXERCISES, Heap, answer, cells, code, position, set_answer};

/// A way to change a text.
type Format = fn(&str) -> String;
/// A way to change a notebook.
type Addition = fn(&mut Value);
/// The same, for the exercises with these ids.
type Arrangement = fn(&mut Value, &[String]);

/// How the text of an answer is written.
const FORMATS: [(&str, Format); 5] = [
    ("as it is", str::to_owned),
    ("tabs and Windows line ends", |text| text.replace("    ", "\t").replace('\n', "\r\n")),
    ("comments between the lines", |text| text.replace(";\n", "; // so\n\n    /* and */\n")),
    ("blanks around brackets", |text| text.replace('(', " ( ").replace(')', " ) ")),
    ("statements around it", |text| format!("let first = 1;\n{text}\nlet last = first + 1;")),
];

/// What else is in the notebook.
const ADDITIONS: [(&str, Addition); 6] = [
    ("nothing", |_| ()),
    ("imports in each cell", |notebook| {
        for (id, _) in EXERCISES {
            let text = answer(notebook, id);
            set_answer(
                notebook,
                id,
                &format!("use neurobook::prelude::*;\nuse neurobook::ndarray::{{Array1, Axis}};\n{text}"),
            );
        }
        cells(notebook).insert(0, code("use neurobook::ndarray::Axis;\nuse std::f64::consts::{PI, TAU};"));
    }),
    ("every cell twice", |notebook| {
        let twice = cells(notebook).iter().flat_map(|cell| [cell.clone(), cell.clone()]).collect();
        *cells(notebook) = twice;
    }),
    ("a helper, and another of its name below", |notebook| {
        let text = answer(notebook, "order_parameter");
        let arrow = "Complex64::from_polar(1.0, *theta)";
        set_answer(notebook, "order_parameter", &text.replace(arrow, "arrow_at(*theta)"));
        let helper = "fn arrow_at(theta: f64) -> Complex64 {\n    Complex64::from_polar(1.0, theta)\n}";
        let at = position(notebook, "order_parameter");
        cells(notebook).insert(at, code(helper));
        cells(notebook).push(code(&helper.replace("1.0", "3.0")));
    }),
    ("a trait that is used by its method", |notebook| {
        let text = answer(notebook, "order_parameter");
        let arrow = "Complex64::from_polar(1.0, *theta)";
        set_answer(notebook, "order_parameter", &text.replace(arrow, "theta.arrow()"));
        let helper = "trait Turned {\n    fn arrow(&self) -> Complex64;\n}\nimpl Turned for f64 {\n    fn arrow(&self) -> Complex64 { Complex64::from_polar(1.0, *self) }\n}";
        let at = position(notebook, "order_parameter");
        cells(notebook).insert(at, code(helper));
    }),
    ("old tries", |notebook| {
        for (id, _) in EXERCISES {
            let text = answer(notebook, id);
            let signature = text.lines().find(|line| line.starts_with("fn ")).unwrap().to_owned();
            // Text of a learner's, who leaves what did not work: of these two neither may count.
            cells(notebook).push(code(&format!("{signature}\n    unsafe {{ unimplemented!() }}\n}}")));
            cells(notebook).push(code(&format!("{signature}\n    let blank = 1.0;\n    todo!(\"{{blank}}\")\n}}")));
        }
    }),
];

#[test]
fn sixty_ways_to_write_right_answers_are_right_and_check_and_grade_agree() {
    let mut heap = Heap::new();
    let mut count = 0;
    for (format, rewrite) in FORMATS {
        for (addition, add) in ADDITIONS {
            for reversed in [false, true] {
                // A helper below the function that uses it is another one where the last cell comes first.
                let is_ordered = addition.starts_with("a helper");
                count += 1;
                heap.full(&format!("{format}, {addition}, reversed: {reversed}"), |notebook| {
                    for (id, _) in EXERCISES {
                        let text = rewrite(&answer(notebook, id));
                        set_answer(notebook, id, &text);
                    }
                    add(notebook);
                    if reversed && !is_ordered {
                        cells(notebook).reverse();
                    }
                    notebook["metadata"]["extra"] = json!({ "number": count });
                });
            }
        }
    }
    assert_eq!(count, 60);
    heap.check();
}

/// What else may be in a notebook of any chapter, with the ids of its exercises.
const ANYWHERE: [(&str, Arrangement); 5] = [
    ("nothing", |_, _| ()),
    ("imports in each cell", |notebook, ids| {
        for id in ids {
            let text = answer(notebook, id);
            set_answer(notebook, id, &format!("use neurobook::prelude::*;\n{text}"));
        }
        cells(notebook).insert(0, code("use std::f64::consts::{PI, TAU};"));
    }),
    ("every cell twice", |notebook, _| {
        let twice = cells(notebook).iter().flat_map(|cell| [cell.clone(), cell.clone()]).collect();
        *cells(notebook) = twice;
    }),
    ("old tries", |notebook, ids| {
        for id in ids {
            let text = answer(notebook, id);
            let head = text.lines().find(|line| line.starts_with("fn ") && line.ends_with('{'));
            if let Some(head) = head.map(str::to_owned) {
                // Text of a learner's, who leaves what did not work.
                cells(notebook).push(code(&format!("{head}\n    unsafe {{ unimplemented!() }}\n}}")));
            }
        }
    }),
    ("the last cell first", |notebook, _| cells(notebook).reverse()),
];

/// Brackets with blanks around them, but in texts.
fn blanks_around_brackets(text: &str) -> String {
    let spaced = |(_, token): (_, &str)| match token {
        "(" | ")" => format!(" {token} "),
        other => other.to_owned(),
    };
    highlight::tokens(text).into_iter().map(spaced).collect()
}

#[test]
fn right_answers_of_every_chapter_are_right_in_any_form() {
    let mut formats = FORMATS;
    formats[3].1 = blanks_around_brackets;
    for chapter in ["00_rust_for_neuroscientists", "01_connectivity", "03_network", "03_prep_hopf", "04_prep_recovery"]
    {
        let mut heap = Heap::of(chapter);
        let ids = heap.ids();
        for (number, (format, rewrite)) in formats.into_iter().enumerate() {
            let (addition, add) = ANYWHERE[(number + chapter.len()) % ANYWHERE.len()];
            heap.full(&format!("{chapter}: {format}, {addition}"), |notebook| {
                for id in &ids {
                    let text = rewrite(&answer(notebook, id));
                    set_answer(notebook, id, &text);
                }
                add(notebook, &ids);
                notebook["metadata"]["extra"] = json!({ "number": number });
            });
        }
        heap.check();
    }
}
