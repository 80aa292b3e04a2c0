//! Checks of a single number.

use super::compare::{format_distinct, same};
use super::verdict::{Case, Problem, Verdict};
use num_complex::Complex64;

/// Checks one number, real or complex, against an expected one, up to a relative tolerance.
///
/// ```
/// use neurobook::prelude::*;
///
/// assert!(check_number("2 s in ms", 2.0 * 1000.0, 2000.0, 1e-9).passed());
/// ```
pub fn check_number(
    question: &str,
    answer: impl Into<Complex64>,
    expected: impl Into<Complex64>,
    tolerance: f64,
) -> Verdict {
    compare_number(question, answer.into(), expected.into(), tolerance)
}

fn compare_number(question: &str, answer: Complex64, expected: Complex64, tolerance: f64) -> Verdict {
    let problem = (!same(expected, answer, tolerance, 0.0)).then(|| {
        let (expected, got) = format_distinct(expected, answer);
        Problem {
            message: "This is another number.".to_owned(),
            expected: Some(expected),
            got: Some(got),
            ..Problem::default()
        }
    });
    let verdict = Verdict {
        title: question.to_owned(),
        cases: vec![Case { name: "the answer".to_owned(), input: String::new(), problem }],
        misconception: None,
        hint: None,
        lesson: None,
        hidden: 0,
    };
    verdict.show();
    verdict
}
