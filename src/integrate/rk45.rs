//! The adaptive integrator's options, and what it gives.

use super::dormand_prince::within;
use super::{Event, Integrator, System, adaptive};
use crate::model::Values;
use crate::{Error, Result, Trajectory};
use ndarray::{Array1, Array2};

/// The Runge-Kutta pair of Dormand and Prince, of order 5 and 4, with the step lengths of scipy's
/// `RK45`.
///
/// A step is as long as its estimated error allows: in the root mean square over the variables, at most
/// `atol + rtol |x|`. Without [`Rk45::t_eval`] a sample is kept after every step, so samples are not
/// evenly spaced; with it, samples come from a quartic between the ends of a step, and the steps stay
/// the same.
///
/// With the default tolerances a whole run may be wrong by several thousandths. The method is for
/// rules that are not stiff; where one is, steps become tiny and a run takes long. For such rules the
/// crate [`ivp`] has Radau's method, backward differentiation and LSODA; where there is a network, the
/// cells `:offline 0` and `:dep ivp = "0.6"` load it.
///
/// Sources: J. R. Dormand and P. J. Prince, *Journal of Computational and Applied Mathematics* 6
/// (1980), 19; L. F. Shampine, *Mathematics of Computation* 46 (1986), 135; Hairer, Nørsett and
/// Wanner, *Solving Ordinary Differential Equations I*, section II.4. Its defaults are scipy's.
///
/// [`ivp`]: https://docs.rs/ivp
///
/// ```
/// use neurobook::prelude::*;
///
/// let run = simulate(|_t, x| [x[1], -x[0]], [1.0, 0.0], Rk45::new().rtol(1e-9).atol(1e-9), 10.0)?;
/// assert!((run.last_state()[0] - 10_f64.cos()).abs() < 1e-7);
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Rk45 {
    pub(super) rtol: f64,
    pub(super) atol: Vec<f64>,
    pub(super) max_step: f64,
    pub(super) first_step: Option<f64>,
    pub(super) t_eval: Option<Vec<f64>>,
    pub(super) dense_output: bool,
    pub(super) events: Vec<Event>,
}

impl Default for Rk45 {
    fn default() -> Rk45 {
        Rk45 {
            rtol: 1e-3,
            atol: vec![1e-6],
            max_step: f64::INFINITY,
            first_step: None,
            t_eval: None,
            dense_output: false,
            events: Vec::new(),
        }
    }
}

impl Rk45 {
    /// The method with `rtol` 1e-3 and `atol` 1e-6.
    pub fn new() -> Rk45 {
        Rk45::default()
    }

    /// The error that a step may have relative to the state. Nothing below 2.2e-14 has an effect.
    pub fn rtol(self, rtol: f64) -> Rk45 {
        Rk45 { rtol, ..self }
    }

    /// The error that a step may have where the state is near 0: one number for all variables, or one
    /// for each.
    pub fn atol(self, atol: impl Values) -> Rk45 {
        Rk45 { atol: atol.list(), ..self }
    }

    /// No step is longer than this.
    pub fn max_step(self, max_step: f64) -> Rk45 {
        Rk45 { max_step, ..self }
    }

    /// The length of the first step to try; otherwise it is chosen from the rule.
    pub fn first_step(self, first_step: f64) -> Rk45 {
        Rk45 { first_step: Some(first_step), ..self }
    }

    /// The times at which to keep the state, in the order of the run.
    pub fn t_eval(self, times: impl Values) -> Rk45 {
        Rk45 { t_eval: Some(times.list()), ..self }
    }

    /// Keeps what [`Solution::at`] needs: four numbers a step and variable.
    pub fn dense_output(self) -> Rk45 {
        Rk45 { dense_output: true, ..self }
    }

    /// Watches for an event, beside those given before.
    pub fn event(mut self, event: Event) -> Rk45 {
        self.events.push(event);
        self
    }
}

impl Integrator for Rk45 {
    fn integrate(&mut self, system: System, duration: f64) -> Result<Trajectory> {
        crate::parameters::not_negative("duration", duration)?;
        Ok(adaptive::solve(system, (0.0, duration), self)?.trajectory)
    }
}

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
    /// When `t` is not a time of the run, or [`Rk45::dense_output`] was not asked for.
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
            let step = self.step_of(*t)?;
            let x_old = &dense.states[step * variables..][..variables];
            let quartic = &dense.quartics[4 * step * variables..][..4 * variables];
            within(*t - self.step_times[step], dense.lengths[step], x_old, quartic, state);
        }
        from_samples(times, &states, self.trajectory.names.clone())
    }

    /// The step in which a time lies; an end belongs to the step before it.
    fn step_of(&self, t: f64) -> Result<usize> {
        let times = &self.step_times;
        let (first, last) = (times[0], times[times.len() - 1]);
        if !((first <= t && t <= last) || (last <= t && t <= first)) || times.len() < 2 {
            return Err(Error::new(format!("t is {t}: give a time of the run, which is from {first} to {last}")));
        }
        // The first step is the one of its own beginning.
        let earlier = times.iter().skip(1);
        Ok(if last > first {
            earlier.take_while(|end| **end < t).count()
        } else {
            earlier.take_while(|end| **end > t).count()
        })
    }
}

/// A trajectory from states that stand one sample after the other.
pub(super) fn from_samples(times: Vec<f64>, samples: &[f64], names: Vec<String>) -> Result<Trajectory> {
    let variables = names.len();
    let mut states = vec![0.0; samples.len()];
    for (variable, row) in states.chunks_exact_mut(times.len().max(1)).enumerate() {
        row.iter_mut().zip(samples[variable..].iter().step_by(variables)).for_each(|(state, x)| *state = *x);
    }
    let states = Array2::from_shape_vec((variables, times.len()), states).map_err(|e| Error::new(e.to_string()))?;
    Trajectory::new(Array1::from_vec(times), states, names)
}
