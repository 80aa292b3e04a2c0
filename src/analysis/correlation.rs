//! Two lists of numbers compared.

use crate::{Error, Result, network};
use ndarray::{Array1, ArrayRef1, ArrayRef2};

/// Pearson's correlation of two lists, over the places where both are finite. NaN where one of them does not change
/// or fewer than two places are left.
///
/// ```
/// use neurobook::{analysis::correlation, ndarray::array};
/// let r = correlation(&array![1.0, 2.0, f64::NAN, 3.0], &array![4.0, 2.0, 9.0, 3.0])?;
/// assert!((r + 0.5).abs() < 1e-15);
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// When the lists differ in length.
#[doc(alias = "pearsonr")]
pub fn correlation(one: &ArrayRef1<f64>, other: &ArrayRef1<f64>) -> Result<f64> {
    if one.len() != other.len() {
        let (one, other) = (one.len(), other.len());
        return Err(Error::new(format!("one has {one} values and other {other}: a correlation is of pairs")));
    }
    let pairs = one.iter().copied().zip(other.iter().copied()).filter(|(a, b)| a.is_finite() && b.is_finite());
    let (mut one, mut other): (Vec<f64>, Vec<f64>) = pairs.unzip();
    if !(centre(&mut one) && centre(&mut other)) {
        return Ok(f64::NAN);
    }
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let r = product(&one, &other) / (product(&one, &one) * product(&other, &other)).sqrt();
    Ok(r.clamp(-1.0, 1.0))
}

/// Takes the mean off values, and brings them to a size whose squares neither overflow nor vanish. False where only
/// rounding tells them apart: then they do not change. The size is a power of two, which costs no digit.
pub(super) fn centre(values: &mut [f64]) -> bool {
    scale(values);
    let size = largest(values);
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter_mut().for_each(|value| *value -= mean);
    let changes = largest(values) > ROUNDING * size;
    scale(values);
    changes
}

/// What rounding leaves of equal numbers, as a share of them.
const ROUNDING: f64 = 8.0 * f64::EPSILON;

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()))
}

/// Divides values by a power of two near the largest; twice by its root, for its inverse may be no number.
fn scale(values: &mut [f64]) {
    let largest = largest(values);
    if largest > 0.0 && largest.is_finite() {
        let root = 2_f64.powi((largest.log2() / 2.0) as i32);
        values.iter_mut().for_each(|value| *value = *value / root / root);
    }
}

/// The largest difference between the cumulative distributions of two samples, from 0 to 1. What is not finite is
/// left out.
///
/// Source: N. Smirnov, *Annals of Mathematical Statistics* 19 (1948), 279.
///
/// ```
/// use neurobook::{analysis::kolmogorov_smirnov, ndarray::array};
/// assert_eq!(kolmogorov_smirnov(&array![1.0, 2.0, 3.0, 4.0], &array![3.0, 4.0, 5.0, 6.0])?, 0.5);
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// When a sample has no finite value.
#[doc(alias = "ks_2samp")]
pub fn kolmogorov_smirnov(one: &ArrayRef1<f64>, other: &ArrayRef1<f64>) -> Result<f64> {
    let sorted = |name: &str, sample: &ArrayRef1<f64>| {
        let mut values: Vec<f64> = sample.iter().copied().filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        if values.is_empty() {
            Err(Error::new(format!("{name} has no finite value: give a sample")))
        } else {
            Ok(values)
        }
    };
    let (one, other) = (sorted("one", one)?, sorted("other", other)?);
    let below = |sample: &[f64], value: f64| sample.partition_point(|x| *x <= value) as f64 / sample.len() as f64;
    let gap = |value: &f64| (below(&one, *value) - below(&other, *value)).abs();
    Ok(one.iter().chain(&other).map(gap).fold(0.0, f64::max))
}

/// What is above the diagonal of a square matrix, row by row.
///
/// # Panics
/// When the matrix is not square.
#[doc(alias = "triu_indices")]
#[track_caller]
pub fn upper_triangle(matrix: &ArrayRef2<f64>) -> Array1<f64> {
    let (rows, columns) = matrix.dim();
    assert!(rows == columns, "the matrix has {rows} rows and {columns} columns: give a square one");
    (0..rows).flat_map(|row| (row + 1..columns).map(move |column| matrix[[row, column]])).collect()
}

/// Refuses two matrices that are not square or differ in size.
pub(super) fn same_shape(one: &ArrayRef2<f64>, other: &ArrayRef2<f64>) -> Result<()> {
    network::square("one", one)?;
    network::square("other", other)?;
    if one.dim() == other.dim() {
        return Ok(());
    }
    let (one, other) = (one.nrows(), other.nrows());
    Err(Error::new(format!("one has {one} rows and columns and other {other}: give two of the same regions")))
}
