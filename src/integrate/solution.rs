//! What a run with adaptive steps gives.

use super::dormand_prince::interpolate;
use crate::model::Values;
use crate::validate::clamped;
use crate::{Error, Result, Trajectory};
use ndarray::{Array1, Array2};

/// What [`solve_ivp`](crate::model::solve_ivp) gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// The states at the requested times, or after every step.
    pub trajectory: Trajectory,
    /// For each event, when it happened and the states then.
    #[doc(alias = "t_events")]
    #[doc(alias = "y_events")]
    pub events: Vec<Trajectory>,
    /// The number of the event that ended the run, counted from 0.
    #[doc(alias = "status")]
    pub stopped_by: Option<usize>,
    /// How often the rule was evaluated for the solution.
    #[doc(alias = "nfev")]
    pub evaluations: usize,
    /// How many steps were tried and found too long.
    pub rejected: usize,
    /// Where the steps begin and end: the initial time, and the time after each step.
    pub step_times: Array1<f64>,
    pub(super) dense: Option<Dense>,
}

/// A solution between the ends of its steps.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Dense {
    /// The states at the beginning of each step, one step after the other.
    pub states: Vec<f64>,
    /// Each step's quartics.
    pub quartics: Vec<f64>,
    /// Each step's length; an event may have ended the run before the end of its last step.
    pub lengths: Vec<f64>,
}

impl Dense {
    /// How many numbers it keeps.
    pub fn numbers(&self) -> usize {
        self.states.len() + self.quartics.len() + self.lengths.len()
    }
}

impl Solution {
    /// The state at any time of the run.
    ///
    /// ```
    /// use neurobook::prelude::*;
    ///
    /// let decay = solve_ivp(|_t, x| -x[0], (0.0, 2.0), 1.0, Rk45::new().dense_output())?;
    /// assert!((decay.at(1.2345)?[0] - (-1.2345_f64).exp()).abs() < 1e-3);
    /// # Ok::<(), neurobook::Error>(())
    /// ```
    ///
    /// # Errors
    /// When `t` is not a time of the run, or [`dense_output`](super::Adaptive::dense_output) was not asked for.
    #[doc(alias = "sol")]
    pub fn at(&self, t: f64) -> Result<Array1<f64>> {
        Ok(self.at_all(&[t][..])?.last_state())
    }

    /// The states at any times of the run, in any order.
    ///
    /// # Errors
    /// Those of [`Solution::at`].
    #[doc(alias = "sol")]
    pub fn at_all(&self, times: impl Values) -> Result<Trajectory> {
        let (times, variables) = (times.list(), self.trajectory.names.len());
        let Some(dense) = &self.dense else {
            return Err(Error::new(
                "the solution between its samples was not kept: ask for it with Rk45::new().dense_output()",
            ));
        };
        let mut states = vec![0.0; variables * times.len()];
        for (t, state) in times.iter().zip(states.chunks_exact_mut(variables)) {
            let (step, t) = self.step_of(*t)?;
            let x_old = &dense.states[step * variables..][..variables];
            let quartic = &dense.quartics[4 * step * variables..][..4 * variables];
            interpolate(t - self.step_times[step], dense.lengths[step], x_old, quartic, state);
        }
        from_samples(times, &states, self.trajectory.names.clone())
    }

    /// The step in which a time lies, and the time without what rounding put beyond the run; an end belongs
    /// to the step before it.
    fn step_of(&self, t: f64) -> Result<(usize, f64)> {
        let times = &self.step_times;
        let (first, last) = (times[0], times[times.len() - 1]);
        let t = clamped(t, first, last);
        if !((first <= t && t <= last) || (last <= t && t <= first)) || times.len() < 2 {
            return Err(Error::new(format!("t is {t}: give a time of the run, which is from {first} to {last}")));
        }
        // The first step is the one of its own beginning.
        let forward = last > first;
        let ends = times.as_slice().unwrap_or_default().get(1..).unwrap_or_default();
        Ok((ends.partition_point(|end| if forward { *end < t } else { *end > t }), t))
    }
}

/// A trajectory from states that are one sample after the other.
pub(super) fn from_samples(times: Vec<f64>, samples: &[f64], names: Vec<String>) -> Result<Trajectory> {
    let variables = names.len();
    let mut states = vec![0.0; samples.len()];
    for (variable, row) in states.chunks_exact_mut(times.len().max(1)).enumerate() {
        row.iter_mut().zip(samples[variable..].iter().step_by(variables)).for_each(|(state, x)| *state = *x);
    }
    let states = Array2::from_shape_vec((variables, times.len()), states).map_err(|e| Error::new(e.to_string()))?;
    Trajectory::new(Array1::from_vec(times), states, names)
}
