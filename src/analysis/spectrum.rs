//! Which frequencies a signal is made of.

use super::connectivity::ensure_window;
use super::fourier::transform;
use crate::{Error, Result, Trajectory, network};
use ndarray::{Array1, ArrayRef1, Axis};
use num_complex::Complex64;
use std::f64::consts::TAU;
use std::ops::RangeInclusive;

/// The largest value of a signal may be this, so that squares, sums of them and their digits are numbers.
const POWERFUL: RangeInclusive<f64> = 1e-130..=1e130;

/// A power spectrum.
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrum {
    /// The frequencies, from 0 to half of the sampling frequency.
    pub frequencies: Array1<f64>,
    /// The power density at each of them: its integral is the variance.
    pub power: Array1<f64>,
}

impl Spectrum {
    /// The frequency with the most power, 0 left out; the lowest of several. NaN where no frequency has power, as of
    /// a signal that rests, or a power is NaN.
    ///
    /// # Panics
    /// When there is no frequency above 0.
    #[track_caller]
    pub fn peak(&self) -> f64 {
        assert!(self.frequencies.len() > 1, "the spectrum has no frequency above 0: take a longer window");
        let above = || self.power.iter().skip(1);
        let most = above().fold(0.0, |most: f64, power| most.max(*power));
        if most == 0.0 || above().any(|power| power.is_nan()) {
            return f64::NAN;
        }
        let peak = above().position(|power| *power == most);
        peak.map_or(f64::NAN, |index| self.frequencies[index + 1])
    }

    /// The spectrum up to this frequency.
    pub fn below(&self, frequency: f64) -> Spectrum {
        let kept: Vec<usize> = (0..self.frequencies.len()).filter(|k| self.frequencies[*k] <= frequency).collect();
        Spectrum { frequencies: self.frequencies.select(Axis(0), &kept), power: self.power.select(Axis(0), &kept) }
    }
}

/// The power spectra of series, one per variable, by Welch's method: the mean of the spectra of windows of `window` samples,
/// each half over the one before, less their mean and faded in and out by Hann's window.
///
/// Times in s give frequencies in Hz, and power in the variable's unit squared per Hz. Source: P. D. Welch, *IEEE
/// Transactions on Audio and Electroacoustics* 15 (1967), 70. Scaling and defaults are those of `scipy.signal.welch`.
///
/// ```
/// use neurobook::prelude::*;
/// let signal = Array2::from_shape_fn((1, 4000), |(_, k)| (2.0 * PI * 10.0 * 0.001 * k as f64).sin());
/// let spectra = analysis::power_spectra(&Trajectory::from_series(signal, 0.001)?, 1000)?;
/// assert!((spectra[0].peak() - 10.0).abs() < 1e-9);
/// assert!((spectra[0].power.sum() * 1.0 - 0.5).abs() < 1e-9, "a sine has a variance of one half");
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// When the times are [not evenly spaced](Trajectory::dt), a value is not finite or so large or small that its square is
/// not a number, or a window has fewer than two samples or more than there are.
#[doc(alias = "welch")]
#[doc(alias = "getPowerSpectrum")]
pub fn power_spectra(series: &Trajectory, window: usize) -> Result<Vec<Spectrum>> {
    let dt = series.dt()?;
    network::all_finite("series", &series.states)?;
    series.states.rows().into_iter().map(|signal| power_spectrum(&signal, dt, window)).collect()
}

/// That of one signal, with a value every `dt`.
fn power_spectrum(signal: &ArrayRef1<f64>, dt: f64, window: usize) -> Result<Spectrum> {
    ensure_squares(signal)?;
    let samples = signal.len();
    ensure_window(window, samples)?;
    let hann = Array1::from_shape_fn(window, |k| 0.5 - 0.5 * (TAU * k as f64 / window as f64).cos());
    let bins = window / 2 + 1;
    let mut power = Array1::zeros(bins);
    let step = window - window / 2;
    let starts: Vec<usize> = (0..=samples - window).step_by(step).collect();
    for start in &starts {
        let part = signal.slice(ndarray::s![*start..start + window]);
        let mean = part.mean().unwrap_or(0.0);
        let mut values: Vec<Complex64> = part.iter().zip(&hann).map(|(x, w)| ((x - mean) * w).into()).collect();
        transform(&mut values);
        power.iter_mut().zip(&values).for_each(|(power, value)| *power += value.norm_sqr());
    }
    power *= dt / (hann.dot(&hann) * starts.len() as f64);
    // Negative frequencies are counted with the positive ones; 0 and half the sampling frequency have none.
    let last = if window.is_multiple_of(2) { bins - 1 } else { bins };
    power.slice_mut(ndarray::s![1..last]).mapv_inplace(|power| 2.0 * power);
    let frequencies = Array1::from_shape_fn(bins, |k| k as f64 / (window as f64 * dt));
    Ok(Spectrum { frequencies, power })
}

/// Refuses a signal whose power f64 cannot hold.
fn ensure_squares(signal: &ArrayRef1<f64>) -> Result<()> {
    let largest = signal.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
    if largest == 0.0 || POWERFUL.contains(&largest) {
        return Ok(());
    }
    Err(Error::new(format!(
        "signal has values up to {largest:e}, and their squares are not numbers: give it in another unit, between {:e} and {:e}",
        POWERFUL.start(),
        POWERFUL.end()
    )))
}

/// The mean of the [power spectra](power_spectra) of all variables.
///
/// # Errors
/// When there is no variable, and those of [`power_spectra`].
#[doc(alias = "getMeanPowerSpectrum")]
pub fn mean_power_spectrum(series: &Trajectory, window: usize) -> Result<Spectrum> {
    let spectra = power_spectra(series, window)?;
    let Some(first) = spectra.first() else { return Err(Error::new("series has no rows: give one for each signal")) };
    let mut power = Array1::zeros(first.power.len());
    spectra.iter().for_each(|spectrum| power += &spectrum.power);
    Ok(Spectrum { frequencies: first.frequencies.clone(), power: power / spectra.len() as f64 })
}
