//! Series that keep some of a recording's features and have no others.

use super::fourier::{inverse, transform};
use crate::noise::Purpose;
use ndarray::{Array2, ArrayRef2};
use num_complex::Complex64;
use rand::RngExt;
use std::f64::consts::TAU;

/// Series with the same power spectra and the same cross-spectra as the given ones, and with nothing else of them: a surrogate for
/// tests of whether connectivity changes in time.
///
/// At each frequency one random angle is added to the phases of *all* regions (rows). So each region keeps its spectrum, and
/// each pair its correlation, at every lag. What the surrogate does not keep is everything that is not in these: bursts, states, moments at which the
/// regions belong together more than at others. It is a sample of a stationary Gaussian process.
///
/// A value that is not finite makes its row NaN.
///
/// Source: D. Prichard and J. Theiler, *Physical Review Letters* 73 (1994), 951.
///
/// ```
/// use neurobook::prelude::*;
/// let series = data::bold("sub-01")?.states;
/// let surrogate = analysis::phase_randomized(&series, 1);
/// let (one, other) = (analysis::functional_connectivity(&series), analysis::functional_connectivity(&surrogate));
/// assert!((one[[3, 7]] - other[[3, 7]]).abs() < 1e-12);
/// assert!((series[[3, 50]] - surrogate[[3, 50]]).abs() > 1e-3);
/// # Ok::<(), neurobook::Error>(())
/// ```
#[doc(alias = "surrogate")]
pub fn phase_randomized(series: &ArrayRef2<f64>, seed: u64) -> Array2<f64> {
    let samples = series.ncols();
    let mut generator = Purpose::Surrogates.generator(seed, 0);
    // 0 and half the sampling frequency have real values, which cannot turn.
    let turns: Vec<Complex64> =
        (1..samples.div_ceil(2)).map(|_| Complex64::cis(TAU * generator.random::<f64>())).collect();
    let mut surrogate = series.to_owned();
    for mut row in surrogate.rows_mut() {
        let mut values: Vec<Complex64> = row.iter().map(|value| Complex64::from(*value)).collect();
        transform(&mut values);
        for (k, turn) in turns.iter().enumerate() {
            values[k + 1] *= turn;
            values[samples - k - 1] *= turn.conj();
        }
        inverse(&mut values);
        row.iter_mut().zip(&values).for_each(|(value, new)| *value = new.re);
    }
    surrogate
}
