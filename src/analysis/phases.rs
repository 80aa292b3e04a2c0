//! Phases, cycles and frequencies.

use crate::Trajectory;
use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2, Axis};
use std::f64::consts::{PI, TAU};

/// A phase brought to `[0, 2π)`.
///
/// ```
/// use neurobook::{analysis::wrap_phase, prelude::PI};
/// assert!((wrap_phase(-0.5 * PI) - 1.5 * PI).abs() < 1e-15);
/// ```
#[doc(alias = "mod")]
pub fn wrap_phase(phase: f64) -> f64 {
    let rest = phase.rem_euclid(TAU);
    // A negative phase too small to be told from a whole turn.
    if rest >= TAU { 0.0 } else { rest }
}

/// Phases brought to `[0, 2π)`.
pub fn wrap_phases(phases: &ArrayRef2<f64>) -> Array2<f64> {
    phases.mapv(wrap_phase)
}

/// A phase over time without its jumps: each step is taken to be the shorter way round.
///
/// A phase that really advances by more than half a turn between two samples cannot be told from one
/// that goes back; simulate with `wrapped: false` then. A phase that is not a number stays one, and the next
/// one is compared with the last before the gap.
///
/// ```
/// use neurobook::{analysis::unwrap_phase, ndarray::array};
/// let phase = unwrap_phase(&array![5.0, 6.0, 0.716814692820414, 1.7]);
/// assert!((phase[2] - 7.0).abs() < 1e-12);
/// ```
#[doc(alias = "unwrap")]
pub fn unwrap_phase(phase: &ArrayRef1<f64>) -> Array1<f64> {
    let mut turns = 0.0;
    let mut last = phase.iter().copied().find(|phase| phase.is_finite()).unwrap_or(0.0);
    phase.mapv(|phase| {
        if !phase.is_finite() {
            return f64::NAN;
        }
        let advance = phase - last;
        last = phase;
        if advance.abs() > PI {
            turns -= (advance / TAU).round();
        }
        phase + TAU * turns
    })
}

/// Every row of `phases` without its jumps, as [`unwrap_phase`] does it.
pub fn unwrap_phases(phases: &ArrayRef2<f64>) -> Array2<f64> {
    let mut unwrapped = phases.to_owned();
    for mut row in unwrapped.rows_mut() {
        let phase = unwrap_phase(&row);
        row.assign(&phase);
    }
    unwrapped
}

/// How many cycles a phase goes through from the first sample to the last; negative if backwards. NaN where the
/// first or the last one is.
///
/// ```
/// use neurobook::prelude::*;
/// let oscillator = Kuramoto { omega: array![0.5 * PI], ..Kuramoto::default() };
/// let theta = oscillator.simulate(100.0)?.row(0);
/// assert!((analysis::cycles(&theta) - 25.0).abs() < 1e-9);
/// # Ok::<(), neurobook::Error>(())
/// ```
pub fn cycles(phase: &ArrayRef1<f64>) -> f64 {
    let phase = unwrap_phase(phase);
    match (phase.first(), phase.last()) {
        (Some(first), Some(last)) => (last - first) / TAU,
        _ => 0.0,
    }
}

/// The mean frequency of each node, in rad per unit of time, of a run whose variables are phases. NaN for a node whose first or
/// last phase is.
///
/// # Panics
/// When there are fewer than two samples, or the last is not later than the first.
#[track_caller]
pub fn mean_frequencies(phases: &Trajectory) -> Array1<f64> {
    let samples = phases.len();
    assert!(samples >= 2, "phases has {samples} columns: a frequency needs two times at least");
    let duration = phases.times[samples - 1] - phases.times[0];
    assert!(duration.is_finite() && duration > 0.0, "phases lasts {duration}: give times that increase");
    phases.states.map_axis(Axis(1), |phase| TAU * cycles(&phase) / duration)
}

/// Nodes that run at the same frequency: groups of node numbers, slowest first. In the order of their
/// frequencies, no two neighbours of a group differ by more than `tolerance`. Nodes whose frequency is NaN are in no
/// group.
///
/// ```
/// use neurobook::{analysis::frequency_clusters, ndarray::array};
/// let clusters = frequency_clusters(&array![0.5, 0.1, 0.5001, 0.1001], 0.001);
/// assert_eq!(clusters, [vec![1, 3], vec![0, 2]]);
/// ```
pub fn frequency_clusters(frequencies: &ArrayRef1<f64>, tolerance: f64) -> Vec<Vec<usize>> {
    let mut nodes: Vec<usize> = (0..frequencies.len()).filter(|node| !frequencies[*node].is_nan()).collect();
    nodes.sort_by(|a, b| frequencies[*a].total_cmp(&frequencies[*b]));
    let same = |a: &usize, b: &usize| frequencies[*b] - frequencies[*a] <= tolerance;
    let mut clusters: Vec<Vec<usize>> = nodes.chunk_by(same).map(<[usize]>::to_vec).collect();
    clusters.iter_mut().for_each(|cluster| cluster.sort_unstable());
    clusters
}

/// Whether all nodes run at the same mean frequency, give or take `tolerance`. False where one of them has none,
/// because its first or last phase is NaN.
///
/// # Panics
/// Those of [`mean_frequencies`].
#[track_caller]
pub fn is_frequency_locked(phases: &Trajectory, tolerance: f64) -> bool {
    let frequencies = mean_frequencies(phases);
    if frequencies.iter().any(|frequency| frequency.is_nan()) {
        return false;
    }
    let fold = |start: f64, pick: fn(f64, f64) -> f64| frequencies.iter().fold(start, |a, b| pick(a, *b));
    fold(f64::NEG_INFINITY, f64::max) - fold(f64::INFINITY, f64::min) <= tolerance
}
