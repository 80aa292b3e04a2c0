//! Exercises answered with the library's own functions: exercise and library agree.

use super::{Heap, answer, set_answer};

/// An exercise whose body uses the library, in the place of its own.
fn with_body(text: &str, body: &str) -> String {
    let (head, _) = text.split_once("{\n").unwrap();
    format!("{head}{{\n    {body}\n}}")
}

/// The exercises of other chapters for which the library has a function: chapter, exercise, and how it is called.
const CALLS: [(&str, &str, &str); 10] = [
    ("01_connectivity", "pearson", "analysis::correlation(x, y).unwrap()"),
    ("01_connectivity", "connectivity", "analysis::functional_connectivity(series)"),
    (
        "01_connectivity",
        "mean_connectivity",
        "let pairs: Array1<f64> = analysis::upper_triangle(fc).into_iter().filter(|r| !r.is_nan()).collect();\n    pairs.mean().unwrap()",
    ),
    ("03_network", "mean_correlation", "analysis::upper_triangle(fc).mean().unwrap()"),
    ("03_network", "strengths", "network::strengths(weights)"),
    ("03_prep_hopf", "hopf_rates", "Hopf { a, omega }.rate(0.0, &[x, y])"),
    (
        "03_prep_hopf",
        "euler_xy",
        "let t = neurobook::integrate::sample_times(dt, t_end).unwrap();\n    let (mut x, mut y) = (vec![x0], vec![y0]);\n    for k in 1..t.len() {\n        let [a, b] = rule(x[k - 1], y[k - 1]);\n        x.push(x[k - 1] + dt * a);\n        y.push(y[k - 1] + dt * b);\n    }\n    (Array1::from(x), Array1::from(y), t)",
    ),
    ("03_prep_hopf", "limit_cycle_radius", "Hopf { a, omega: 1.0 }.radius()"),
    ("04_fitting", "likeness", "analysis::matrix_correlation(one, other).unwrap()"),
    (
        "04_fitting",
        "best_value",
        "let best = neurobook::sweep::Scan { values: values.clone(), scores: scores.clone() }.best().unwrap();\n    (best.value, best.on_edge)",
    ),
];

#[test]
fn the_librarys_functions_have_full_marks_in_every_chapter() {
    let mut chapters: Vec<&str> = CALLS.map(|(chapter, ..)| chapter).to_vec();
    chapters.dedup();
    for chapter in chapters {
        let mut heap = Heap::of(chapter);
        for (_, id, body) in CALLS.iter().filter(|(of, ..)| *of == chapter) {
            heap.full(&format!("{id}: {body}"), |notebook| {
                let text = answer(notebook, id);
                set_answer(notebook, id, &with_body(&text, body));
            });
        }
        heap.check();
    }
}

#[test]
fn what_the_librarys_own_functions_give_has_full_marks() {
    let mut heap = Heap::new();
    for (id, body) in [
        ("integrate_exponential", "euler(|x| a * x, Complex64::new(x0, 0.0), dt, t_end).unwrap()"),
        (
            "integrate_exponential",
            "let t = neurobook::integrate::sample_times(dt, t_end).unwrap();\n    let mut x: Array1<Complex64> = Array1::zeros(t.len());\n    x[0] = Complex64::new(x0, 0.0);\n    for k in 1..t.len() {\n        x[k] = x[k - 1] + dt * a * x[k - 1];\n    }\n    (x, t)",
        ),
        ("linear_rate", "Linear2d::new(matrix).rate(0.0, &x)"),
        (
            "order_parameter",
            "neurobook::analysis::order_parameter(&phases.clone().insert_axis(neurobook::ndarray::Axis(1)))[0]",
        ),
    ] {
        heap.full(&format!("{id}: {body}"), |notebook| {
            let text = answer(notebook, id);
            set_answer(notebook, id, &with_body(&text, body));
        });
    }
    heap.check();
}

#[test]
fn times_that_are_summed_up_are_told_why_there_is_one_too_many() {
    let mut heap = Heap::new();
    let words = "Multiply instead: the k-th time is k as f64 * dt";
    heap.with_losses("times summed up", &[("integrate_exponential", words)], |notebook| {
        let text = answer(notebook, "integrate_exponential");
        let summed = "{ let mut t = Vec::new(); let mut now = 0.0; while now < t_end { t.push(now); now += dt; } Array1::from_vec(t) }";
        let changed = text.replace("Array1::range(0.0, t_end, dt)", summed);
        assert_ne!(changed, text);
        set_answer(notebook, "integrate_exponential", &changed);
    });
    heap.check();
}
