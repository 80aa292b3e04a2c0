//! From a rate of change to a time course.
//!
//! [`Euler`], [`Heun`], [`Rk4`] and [`EulerMaruyama`] take fixed steps; [`Rk45`] and, for stiff rules, [`Radau`]
//! choose their own.
//! [`simulate`](crate::simulate) runs any rule with any of them.

mod adaptive;
mod dormand_prince;
mod euler_maruyama;
mod events;
mod fixed;
mod lu;
mod options;
mod radau;
mod solution;
mod stepper;
mod system;

pub use euler_maruyama::{EulerMaruyama, NoiseSource, PrescribedNoise};
pub use events::Event;
pub use fixed::{Euler, Heun, Rk4};
pub use options::{Adaptive, DormandPrince, Method, Radau, RadauIia, Rk45};
pub use solution::Solution;
pub use system::{Integrator, KeepDivergence, Rule, System};

pub(crate) use adaptive::solve;

use crate::Result;
use crate::validate::{ensure_at_most, ensure_fits, not_negative, positive, run_fits_in_memory, whole_steps};
use ndarray::Array1;
use num_complex::Complex64;
use std::f64::consts::TAU;

/// A time and the complex state that goes with it.
const NUMBERS_A_SAMPLE: f64 = 3.0;

/// The times `0, dt, 2 dt, …` before `t_end`: `ceil(t_end / dt)` of them, each `i * dt`.
///
/// The end itself is left out, as in Python's `arange(0, t_end, dt)`; there rounding lets it in at times, as
/// in `arange(0, 0.07, 0.01)`, and here it never does.
///
/// # Errors
/// When `dt` is not above 0 or longer than a `t_end` above 0, when `t_end` is negative, when one of them
/// is not finite, or when the times and their states would take more than 2 GiB.
///
/// ```
/// let t = neurobook::integrate::sample_times(0.3, 1.0)?;
/// assert_eq!(t.len(), 4);
/// # Ok::<(), neurobook::Error>(())
/// ```
#[doc(alias = "arange")]
pub fn sample_times(dt: f64, t_end: f64) -> Result<Array1<f64>> {
    positive("dt", dt)?;
    not_negative("t_end", t_end)?;
    ensure_at_most("dt", dt, "t_end", t_end)?;
    let samples = whole_steps(t_end / dt);
    run_fits_in_memory(NUMBERS_A_SAMPLE * samples)?;
    Ok((0..samples as usize).map(|i| i as f64 * dt).collect())
}

/// Explicit Euler: `x[k] = x[k-1] + dt * rate(x[k-1])`, from `x[0] = x0`.
///
/// Returns the states and the times `0, dt, 2 dt, …` before `t_end`, two arrays of the same length
/// ([`sample_times`]). The error of one step is of the order of `dt²`, that of the whole run of
/// the order of `dt`. Source: Hairer, Nørsett and Wanner, *Solving Ordinary Differential
/// Equations I*, section I.7.
///
/// # Errors
/// Those of [`sample_times`].
///
/// ```
/// use neurobook::prelude::*;
///
/// let a = Complex64::new(-0.1, 0.0);
/// let (x, t) = euler(|x| a * x, 100.0, 0.001, 10.0).unwrap();
/// assert_eq!(t.len(), 10_000);
/// assert!((x[9_999].re - 36.78978).abs() < 1e-5);
/// ```
#[doc(alias = "odeint")]
pub fn euler(
    rate: impl Fn(Complex64) -> Complex64,
    x0: impl Into<Complex64>,
    dt: f64,
    t_end: f64,
) -> Result<(Array1<Complex64>, Array1<f64>)> {
    let t = sample_times(dt, t_end)?;
    let mut next = x0.into();
    let x = t
        .iter()
        .map(|_| {
            let x = next;
            next = x + dt * rate(x);
            x
        })
        .collect();
    Ok((x, t))
}

/// The boundary of Euler's stability region in the plane of `a dt`: the circle `|1 + a dt| = 1`, as
/// `points` points of which the last one is the first one again.
///
/// Inside of it Euler's method for `dx/dt = a x` decays. Source: Hairer and Wanner, *Solving Ordinary
/// Differential Equations II*, section IV.2.
///
/// ```
/// use neurobook::integrate::euler_stability_boundary;
/// use neurobook::prelude::*;
/// let boundary = euler_stability_boundary(5);
/// let figure = Figure::new().line(boundary.iter().map(|z| z.re), boundary.iter().map(|z| z.im));
/// assert!((boundary[2].re + 2.0).abs() < 1e-12);
/// # let _ = figure;
/// ```
///
/// # Panics
/// When the points would take more than 2 GiB.
#[track_caller]
pub fn euler_stability_boundary(points: usize) -> Array1<Complex64> {
    if let Err(error) = ensure_fits(&format!("a boundary of {points} points"), 2, points, "give fewer points") {
        panic!("{error}");
    }
    let angle = |k: usize| TAU * k as f64 / points.saturating_sub(1).max(1) as f64;
    (0..points).map(|k| Complex64::cis(angle(k)) - 1.0).collect()
}
