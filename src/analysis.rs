//! What a simulation shows: order, synchrony, locking and frequencies; who rises and falls with whom; fixed
//! points and bifurcations.
//!
//! Phases are in rad, one row per node and one column per time, as in
//! [`Trajectory::states`](crate::Trajectory::states); wrapped or not makes no difference.
//!
//! A value that is not a number is never passed over in silence: each measure says what it makes of one.

mod analytic;
mod bifurcation;
mod connectivity;
mod correlation;
mod fixed_points;
mod fourier;
mod nullclines;
mod phases;
mod spectrum;
mod surrogates;

use ndarray::{Array1, ArrayRef1, ArrayRef2};
use num_complex::Complex64;

pub use analytic::{analytic_signals, band_phases};
pub use bifurcation::{Bifurcation, bifurcation};
pub use connectivity::{
    LedoitWolf, functional_connectivity, functional_connectivity_dynamics, ledoit_wolf, matrix_correlation,
    matrix_kolmogorov_smirnov, shrunk_connectivity,
};
pub use correlation::{correlation, kolmogorov_smirnov, upper_triangle};
pub use fixed_points::{FixedPoint, fixed_points};
pub use nullclines::{Nullcline, nullclines};
pub use phases::{
    cycles, frequency_clusters, is_frequency_locked, mean_frequencies, unwrap_phase, unwrap_phases, wrap_phase,
    wrap_phases,
};
pub use spectrum::{Spectrum, mean_power_spectrum, power_spectra};
pub use surrogates::phase_randomized;

/// Kuramoto's order parameter over time, `R(t) = |1/N Σ_n exp(i θ_n(t))|`: 1 where all phases are the
/// same, about `1/√N` where they are independent of each other. NaN at a time at which a phase is.
///
/// Source: Y. Kuramoto, *Chemical Oscillations, Waves, and Turbulence* (1984), section 5.4.
///
/// ```
/// use neurobook::{analysis::order_parameter, ndarray::array, prelude::PI};
/// let r = order_parameter(&array![[0.0, 0.0], [0.0, PI]]);
/// assert!((r[0] - 1.0).abs() < 1e-15 && r[1] < 1e-15);
/// ```
pub fn order_parameter(phases: &ArrayRef2<f64>) -> Array1<f64> {
    mean_field(phases).mapv(|z| z.norm())
}

/// The mean phase over time, in `(-π, π]`: the angle of `Σ_n exp(i θ_n(t))`. Where the order parameter is
/// near 0 it means nothing. NaN at a time at which a phase is.
pub fn mean_phase(phases: &ArrayRef2<f64>) -> Array1<f64> {
    mean_field(phases).mapv(|z| z.arg())
}

/// `1/N Σ_n exp(i θ_n(t))` over time.
fn mean_field(phases: &ArrayRef2<f64>) -> Array1<Complex64> {
    let mut sum = Array1::<Complex64>::zeros(phases.ncols());
    for row in phases.rows() {
        for (sum, phase) in sum.iter_mut().zip(row) {
            let (sin, cos) = phase.sin_cos();
            *sum += Complex64::new(cos, sin);
        }
    }
    sum / phases.nrows().max(1) as f64
}

/// Synchrony: the mean of the order parameter over time, between 0 and 1. Leave the transient out first.
/// NaN where a phase is.
///
/// Source: M. Shanahan, *Chaos* 20 (2010), 013108.
///
/// ```
/// use neurobook::{analysis::{metastability, synchrony}, ndarray::array, prelude::PI};
/// let phases = array![[0.0, 0.0], [0.0, PI]];
/// assert!((synchrony(&phases) - 0.5).abs() < 1e-15);
/// assert!((metastability(&phases) - 0.5).abs() < 1e-15);
/// ```
pub fn synchrony(phases: &ArrayRef2<f64>) -> f64 {
    order_parameter(phases).mean().unwrap_or(f64::NAN)
}

/// Metastability: the standard deviation of the order parameter over time. Large where a network goes
/// in and out of synchrony, small where it always or never is in it. NaN where a phase is.
///
/// Sources: the idea, M. Shanahan, *Chaos* 20 (2010), 013108, who takes the *variance* within each community and the mean
/// over communities; the standard deviation over the whole network, J. Cabral and others, *NeuroImage* 90 (2014), 423, and
/// G. Deco and others, *Scientific Reports* 7 (2017), 3095.
pub fn metastability(phases: &ArrayRef2<f64>) -> f64 {
    order_parameter(phases).std(0.0)
}

/// The first of `times` from which on `order` stays above `threshold` to its end; `None` if it ends below.
/// An order that is NaN is not above.
///
/// ```
/// use neurobook::{analysis::time_to_lock, ndarray::array};
/// let times = array![0.0, 1.0, 2.0, 3.0];
/// assert_eq!(time_to_lock(&times, &array![0.2, 0.995, 0.9, 0.999], 0.99), Some(3.0));
/// assert_eq!(time_to_lock(&times, &array![0.2, 0.4, 0.6, 0.8], 0.99), None);
/// ```
///
/// # Panics
/// When there are not as many times as orders.
#[track_caller]
pub fn time_to_lock(times: &ArrayRef1<f64>, order: &ArrayRef1<f64>, threshold: f64) -> Option<f64> {
    let (count, orders) = (times.len(), order.len());
    assert!(count == orders, "times has {count} values and order {orders}: give one for each time");
    let below = order.iter().rposition(|order| order.is_nan() || *order <= threshold);
    times.get(below.map_or(0, |last| last + 1)).copied()
}
