//! Phases and envelopes of recorded signals.

use super::fourier::{inverse, transform};
use crate::validate::all_finite;
use crate::{Error, Result, Trajectory};
use ndarray::{Array1, Array2, ArrayRef1};
use num_complex::Complex64;

/// The analytic signals within a band of frequencies, a row per variable: the absolute value is the amplitude envelope, the
/// angle the phase.
///
/// `band` is the lowest and the highest frequency that are kept: in Hz where times are in s. What lies outside is set to 0, and
/// what is kept is made of positive frequencies alone: filter and Hilbert transform in one step. With the band
/// `(0.0, f64::INFINITY)` it is `scipy.signal.hilbert`.
///
/// The Fourier transform takes the signal for a loop, so that its end acts on its beginning. Leave a cycle of the lowest
/// frequency out at both ends of what you measure, or know that you did not. A phase means little where the band is
/// wide.
///
/// Source: D. Gabor, *Journal of the Institution of Electrical Engineers* 93 (1946), 429.
///
/// ```
/// use neurobook::prelude::*;
/// let sine = Array2::from_shape_fn((1, 100), |(_, k)| 3.0 * (2.0 * PI * 0.05 * k as f64).cos());
/// let analytic = analysis::analytic_signals(&Trajectory::from_series(sine, 1.0)?, (0.04, 0.07))?;
/// assert!((analytic[[0, 10]].norm() - 3.0).abs() < 1e-12, "its envelope is its amplitude");
/// assert!((analytic[[0, 25]].arg() - PI / 2.0).abs() < 1e-12, "after a cycle and a quarter");
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// When the times are [not evenly spaced](Trajectory::dt), a value is not finite, the band does not begin at 0 or above and end above its
/// beginning, or no frequency of the series is in it.
#[doc(alias = "hilbert")]
pub fn analytic_signals(series: &Trajectory, band: (f64, f64)) -> Result<Array2<Complex64>> {
    let dt = series.dt()?;
    let mut analytic = Array2::zeros(series.states.dim());
    for (signal, mut row) in series.states.rows().into_iter().zip(analytic.rows_mut()) {
        row.assign(&analytic_signal(&signal, dt, band)?);
    }
    Ok(analytic)
}

/// That of one signal, with a value every `dt`.
fn analytic_signal(signal: &ArrayRef1<f64>, dt: f64, band: (f64, f64)) -> Result<Array1<Complex64>> {
    all_finite("signal", &signal.to_vec())?;
    let (low, high) = band;
    if !(low >= 0.0 && low < high) {
        return Err(Error::new(format!(
            "band is {low} to {high}: give two frequencies from 0 on, the lower one first"
        )));
    }
    let samples = signal.len();
    let mut values: Vec<Complex64> = signal.iter().map(|value| Complex64::from(*value)).collect();
    transform(&mut values);
    let mut kept = 0;
    for (k, value) in values.iter_mut().enumerate() {
        let frequency = k as f64 / (samples as f64 * dt);
        let inside = 2 * k <= samples && (low..=high).contains(&frequency);
        kept += usize::from(inside);
        // 0 and half the sampling frequency have no negative counterpart.
        let alone = k == 0 || 2 * k == samples;
        *value *= if !inside {
            0.0
        } else if alone {
            1.0
        } else {
            2.0
        };
    }
    if kept == 0 {
        return Err(Error::new(format!(
            "no frequency of {samples} samples with dt = {dt} is between {low} and {high}: they are 1 / (samples × dt) apart and \
             end at 1 / (2 dt); give a wider band or a longer signal"
        )));
    }
    inverse(&mut values);
    Ok(Array1::from_vec(values))
}

/// The phases of series within a band of frequencies, in `(-π, π]`: the angles of the [analytic signals](analytic_signals). A row
/// per variable, a column per time.
///
/// ```
/// use neurobook::prelude::*;
/// // Two regions a quarter of a cycle apart, at 0.05 Hz, one value every 2 s.
/// let t: Array1<f64> = Array1::range(0.0, 400.0, 2.0);
/// let series = Array2::from_shape_fn((2, 200), |(n, k)| (2.0 * PI * 0.05 * t[k] - 0.5 * PI * n as f64).cos());
/// let phases = analysis::band_phases(&Trajectory::from_series(series, 2.0)?, (0.04, 0.07))?;
/// assert!((analysis::wrap_phase(phases[[0, 50]] - phases[[1, 50]]) - 0.5 * PI).abs() < 1e-9);
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// Those of [`analytic_signals`].
pub fn band_phases(series: &Trajectory, band: (f64, f64)) -> Result<Array2<f64>> {
    Ok(analytic_signals(series, band)?.mapv(|value| value.arg()))
}
