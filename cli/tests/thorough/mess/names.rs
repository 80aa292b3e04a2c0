//! One name for two things, and names that other programs read as something else.

use super::code::order_parameter;
use super::{Heap, answer, cells, code, set_answer};

#[test]
fn a_variable_a_field_or_a_method_with_the_name_of_a_broken_exercise_loses_nothing() {
    const MEAN: &str = "fn mean_arrow(phases: &Array1<f64>) -> (f64, f64) {\n    let n = phases.len() as f64;\n    (phases.mapv(f64::cos).sum() / n, phases.mapv(f64::sin).sum() / n)\n}";
    let uses = [
        ("a pair", "let (alpha_rhythm, y) = mean_arrow(phases);\n    alpha_rhythm.hypot(y)"),
        (
            "a closure",
            "let (x, y) = mean_arrow(phases);\n    let f = |alpha_rhythm: f64| alpha_rhythm.hypot(y);\n    f(x)",
        ),
        ("an arm", "match mean_arrow(phases) {\n        (alpha_rhythm, y) => alpha_rhythm.hypot(y),\n    }"),
        (
            "a loop",
            "let (x, y) = mean_arrow(phases);\n    let mut sum = 0.0;\n    for (alpha_rhythm, _) in [(x, 0), (y, 0)] {\n        sum += alpha_rhythm * alpha_rhythm;\n    }\n    sum.sqrt()",
        ),
        (
            "an option",
            "if let Some(alpha_rhythm) = Some(mean_arrow(phases)) {\n        alpha_rhythm.0.hypot(alpha_rhythm.1)\n    } else {\n        0.0\n    }",
        ),
        (
            "a field",
            "struct Arrow { alpha_rhythm: f64, y: f64 }\n    let (alpha_rhythm, y) = mean_arrow(phases);\n    let arrow = Arrow { alpha_rhythm, y };\n    arrow.alpha_rhythm.hypot(arrow.y)",
        ),
        (
            "a method",
            "trait Rhythm { fn alpha_rhythm(&self) -> f64; }\n    impl Rhythm for (f64, f64) { fn alpha_rhythm(&self) -> f64 { self.0.hypot(self.1) } }\n    mean_arrow(phases).alpha_rhythm()",
        ),
    ];
    let mut heap = Heap::new();
    for (what, body) in uses {
        heap.with_losses(what, &[("alpha_rhythm", "")], |notebook| {
            let broken = answer(notebook, "alpha_rhythm").replacen("{\n", "{\n    let broken: f64 = \"a text\";\n", 1);
            set_answer(notebook, "alpha_rhythm", &broken);
            order_parameter(notebook, &[MEAN], "", &format!("    {body}"));
        });
    }
    heap.check();
}

#[test]
fn a_name_that_is_the_courses_may_be_another_things_further_below() {
    let mut heap = Heap::new();
    heap.full("a name of the course that is defined again further below", |notebook| {
        let above = "fn one() -> f64 { 1.0 }";
        let body = "    let arrows: Array1<Complex64> = phases.mapv(|t| Complex64::from_polar(one(), t));\n    arrows.mean().unwrap().norm()";
        order_parameter(notebook, &[above], "", body);
        cells(notebook).push(code("struct Complex64 { re: f64 }\nfn mine() -> Complex64 { Complex64 { re: 1.0 } }"));
    });
    heap.check();
}

#[test]
fn what_other_programs_take_for_a_command_or_another_name_is_read_as_rust_reads_it() {
    let mut heap = Heap::new();
    heap.full("a line that begins with a not, below a command to a shell", |notebook| {
        let with = "!ls -l\n!(cd mine && ls)";
        let body = "let right = phases.mapv(f64::cos).mean().unwrap().hypot(phases.mapv(f64::sin).mean().unwrap());\nif\n!(right > 2.0)\n{ right } else { 2.0 }";
        order_parameter(notebook, &[], with, body);
    });
    heap.full("a raw name", |notebook| {
        let text = answer(notebook, "half_hertz").replace("fn half_hertz", "fn r#half_hertz");
        set_answer(notebook, "half_hertz", &text);
    });
    heap.full("a type with a value in braces, and a block that is constant", |notebook| {
        let with = "const { assert!(true) }\nstruct Kept<const N: usize>;\nfn kept() -> Kept<{ 1 + 1 }> { Kept::<{ 1 + 1 }> }\nimpl<const N: usize> Kept<N> { fn half(&self) -> usize { N / 2 } }";
        let body = "    phases.mapv(f64::cos).mean().unwrap().hypot(phases.mapv(f64::sin).mean().unwrap()) * kept().half() as f64";
        order_parameter(notebook, &[], with, body);
    });
    heap.check();
}
