//! Where an answer first leaves the expected one.

use super::part::Part;
use super::value::{Value, Values};
use num_complex::Complex64;

/// The first thing in which an answer differs from the expected one.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The number of the part, from 0.
    pub part: usize,
    /// The part's name.
    pub name: String,
    /// What is expected there; `None` where the part is missing or of another kind.
    pub expected: Option<Value>,
    /// What the answer gives there; `None` likewise.
    pub got: Option<Value>,
    /// The first index at which the two differ; `None` when only their shapes do.
    pub index: Option<usize>,
}

/// The first part, and the first index in it, at which `got` is not `expected`.
pub fn first_difference(parts: &[Part], expected: &Values, got: &Values) -> Option<Difference> {
    parts.iter().enumerate().find_map(|(number, part)| {
        let (expected, got) = (part.take(expected), part.take(got));
        let index = match (&expected, &got) {
            (Some(expected), Some(got)) => {
                let index = first_index(part, expected, got);
                if index.is_none() && expected.shape() == got.shape() && same_kind(expected, got) {
                    return None;
                }
                index
            }
            // A case may lack what another one has: a figure with fewer series.
            (None, None) => return None,
            (None, Some(_)) | (Some(_), None) => None,
        };
        Some(Difference { part: number, name: part.name.clone(), expected, got, index })
    })
}

fn same_kind(one: &Value, other: &Value) -> bool {
    (one.texts().is_empty() || other.numbers().is_empty()) && (one.numbers().is_empty() || other.texts().is_empty())
}

fn first_index(part: &Part, expected: &Value, got: &Value) -> Option<usize> {
    let numbers = expected.numbers();
    let scale = numbers.iter().map(|value| value.norm()).filter(|size| size.is_finite()).fold(0.0, f64::max);
    let allowed = |expected: &Complex64| (part.relative * expected.norm().max(1e-3 * scale)).max(part.absolute);
    let number = numbers.iter().zip(got.numbers()).position(|(e, g)| !near(*e, *g, allowed(e)));
    let word = expected.texts().iter().zip(got.texts()).position(|(e, g)| e != g);
    number.or(word)
}

/// Whether two values are equal up to the tolerance. `scale` is the size of the largest value around:
/// a thousandth of the tolerance of it is always allowed, so that rounding about 0 is not a mistake.
pub fn same(expected: Complex64, got: Complex64, tolerance: f64, scale: f64) -> bool {
    near(expected, got, tolerance * expected.norm().max(1e-3 * scale))
}

fn near(expected: Complex64, got: Complex64, allowed: f64) -> bool {
    // About an infinite number nothing is near.
    let distance = (expected - got).norm();
    expected == got || (expected.is_nan() && got.is_nan()) || (distance.is_finite() && distance <= allowed)
}

/// Both values with as many digits as it takes to tell them apart, nine or more.
pub fn format_distinct(expected: Complex64, got: Complex64) -> (String, String) {
    [9, 12, 17]
        .map(|digits| (with_digits(expected, digits), with_digits(got, digits)))
        .into_iter()
        .find(|(expected, got)| expected != got)
        .unwrap_or_else(|| (expected.to_string(), got.to_string()))
}

/// The value in at most this many significant digits: `36.7898`, `0.2 + 3i`, `NaN`.
pub fn with_digits(value: Complex64, digits: usize) -> String {
    let Complex64 { re, im } = value;
    if value.is_nan() {
        "NaN (not a number)".to_owned()
    } else if im == 0.0 {
        real(re, digits)
    } else {
        let sign = if im < 0.0 { '-' } else { '+' };
        format!("{} {sign} {}i", real(re, digits), real(im.abs(), digits))
    }
}

fn real(value: f64, digits: usize) -> String {
    if value == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    // Through the scientific form, because that one counts significant digits.
    let rounded: f64 = format!("{value:.*e}", digits - 1).parse().unwrap_or(value);
    if (1e-4..1e9).contains(&rounded.abs()) { rounded.to_string() } else { format!("{rounded:e}") }
}
