//! Where an answer first leaves the expected one.

use num_complex::Complex64;

/// A named array of an answer, such as `t` or `x`. Real values have an imaginary part of 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub name: &'static str,
    pub values: Vec<Complex64>,
}

impl Column {
    /// A column of real or complex values.
    pub fn new<V: Into<Complex64>>(name: &'static str, values: impl IntoIterator<Item = V>) -> Column {
        Column { name, values: values.into_iter().map(Into::into).collect() }
    }
}

/// The first thing in which an answer differs from the expected one.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The name of the array.
    pub column: &'static str,
    /// The first index at which the two differ; `None` when only their lengths do.
    pub index: Option<usize>,
    /// The numbers of values, where they differ.
    pub lengths: Option<(usize, usize)>,
}

/// Values closer than this, relative to their size, are equal: far above what a different order of
/// the same operations does, and far below any mistake.
pub const TOLERANCE: f64 = 1e-9;

/// The first column, and the first index in it, at which `got` is not `expected`.
pub fn first_difference(expected: &[Column], got: &[Column]) -> Option<Difference> {
    expected.iter().zip(got).find_map(|(expected, got)| {
        let scale =
            expected.values.iter().map(|value| value.norm()).filter(|size| size.is_finite()).fold(0.0, f64::max);
        let index = expected.values.iter().zip(&got.values).position(|(e, g)| !same(*e, *g, TOLERANCE, scale));
        let lengths = (expected.values.len(), got.values.len());
        let lengths = (lengths.0 != lengths.1).then_some(lengths);
        (index.is_some() || lengths.is_some()).then_some(Difference { column: expected.name, index, lengths })
    })
}

/// Whether two values are equal up to the tolerance. `scale` is the size of the largest value around:
/// a thousandth of the tolerance of it is always allowed, so that rounding about 0 is no mistake.
pub fn same(expected: Complex64, got: Complex64, tolerance: f64, scale: f64) -> bool {
    let allowed = tolerance * expected.norm().max(1e-3 * scale);
    expected == got || (expected.is_nan() && got.is_nan()) || (expected - got).norm() <= allowed
}

/// Both values with as many digits as it takes to tell them apart, nine or more.
pub fn told_apart(expected: Complex64, got: Complex64) -> (String, String) {
    [9, 12, 17]
        .map(|digits| (with_digits(expected, digits), with_digits(got, digits)))
        .into_iter()
        .find(|(expected, got)| expected != got)
        .unwrap_or_else(|| (expected.to_string(), got.to_string()))
}

/// The value in at most so many significant digits: `36.7898`, `0.2 + 3i`, `NaN`.
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
