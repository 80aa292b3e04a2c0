//! The compiler's errors that beginners meet: the learner's own cell and line, and a sentence in plain words.

use super::course::{Work, about};

/// An answer to `double`, the line of its error, and the words.
const DOUBLES: [(&str, usize, &str); 7] = [
    ("fn double(x: f64) -> f64 {\n    let y = 0.0;\n    y = x + x;\n    y\n}", 3, "`let mut`"),
    ("fn double(x: f64) -> f64 {\n    2 * x\n}", 2, "write 2.0 for 2"),
    ("fn double(x: f64) -> f64 {\n    let two: f64 = 2;\n    two * x\n}", 2, "1.0, not 1"),
    ("fn double(x: f64) -> f64 {\n    let y = x\n    y + y\n}", 2, "A statement ends in a semicolon"),
    ("fn double(x: f64) -> f64 {\n    x + x;\n}", 1, "has no semicolon"),
    ("fn double(x: f64) -> f64 {\n    (x + x\n}", 3, "Each bracket needs its other half"),
    ("fn double(x: f64) -> f64 {\n    x + z\n}", 2, "Nothing of this name is known here"),
];

/// The same for `running_sum`.
const SUMS: [(&str, usize, &str); 6] = [
    (
        "fn running_sum(values: &Array1<f64>) -> Array1<f64> {\n    let kept = values.clone();\n    let moved = kept;\n    kept + moved\n}",
        4,
        "`.clone()`",
    ),
    (
        "fn running_sum(values: &Array1<f64>) -> Array1<f64> {\n    let mut sums = values.clone();\n    for k in 1..values.len() {\n        sums[k] = k * values[k];\n    }\n    sums\n}",
        4,
        "`k as f64` for an index k",
    ),
    (
        "fn running_sum(values: &Array1<f64>) -> Array1<f64> {\n    let sums = values.clone();\n    sums[0] = START;\n    sums\n}",
        3,
        "declared with `let mut`",
    ),
    (
        "fn running_sum(values: &Array1<f64>) -> Array1<f64> {\n    let mut sums = values.clone();\n    sums[0] = values.len();\n    sums\n}",
        3,
        "`k as f64`",
    ),
    (
        "fn running_sum(values: &Array1<f64>) -> Array1<f64> {\n    double(1.0, 2.0);\n    values.clone()\n}",
        2,
        "as many arguments",
    ),
    ("fn running_sum(values: &Array1<f64>) -> Array1<f64> {\n    values.cumsum()\n}", 2, "The type has no such method"),
];

#[test]
fn each_error_has_its_cell_its_line_and_a_sentence() {
    for number in 0..DOUBLES.len() {
        let (double, of_double) = (DOUBLES[number], &DOUBLES[number]);
        let sum = SUMS[number % SUMS.len()];
        let work = Work::new().with("double", double.0).with("running_sum", sum.0);
        let (said, right) = work.check();
        assert!(!right, "{said}");
        for (id, title, (text, line, words)) in
            [("double", "Exercise 1", *of_double), ("running_sum", "Exercise 2", sum)]
        {
            let told = about(&said, title);
            let place = format!("Cell {}, line {line}: ", work.cell(id));
            // The wrong call in `running_sum` needs a `double` that compiles.
            assert!(told.contains(&place) && told.contains(words), "{text}\n{place}… {words}\nis not said in {told}");
        }
    }
}

#[test]
fn a_function_of_another_form_is_told_where_the_check_calls_it() {
    let (said, _) = Work::new().with("double", "fn double(x: f64, y: f64) -> f64 {\n    x + y\n}").check();
    let told = about(&said, "Exercise 1");
    assert!(told.contains("Where the check calls your function: ") && told.contains("as many arguments"), "{told}");
    let (said, _) = Work::new().with("double", "fn double(x: &str) -> f64 {\n    1.0\n}").check();
    assert!(about(&said, "Exercise 1").contains("Where the check calls your function"), "{said}");
}
