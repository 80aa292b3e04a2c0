//! The methods that choose their steps, and their options.

use super::Event;
use crate::model::Values;
use std::fmt::Debug;
use std::marker::PhantomData;

/// The Runge-Kutta pair of Dormand and Prince, of order 5 and 4, with the step lengths of scipy's
/// `RK45`.
///
/// A step is as long as its estimated error allows: in the root mean square over the variables, at most
/// `atol + rtol |x|`. Without [`t_eval`](Adaptive::t_eval) a sample is kept after every step, so samples
/// are not evenly spaced; with it, samples come from a quartic between the ends of a step, and the steps
/// stay the same.
///
/// With the default tolerances a whole run may be wrong by several thousandths. The method is for
/// rules that are not **stiff**. A stiff rule has a part that decays much faster than the solution
/// changes; then the steps are as short as the fast part asks for, although it has long died away. For
/// such rules there is [`Radau`].
///
/// Sources: J. R. Dormand and P. J. Prince, *Journal of Computational and Applied Mathematics* 6
/// (1980), 19; L. F. Shampine, *Mathematics of Computation* 46 (1986), 135; Hairer, Nørsett and
/// Wanner, *Solving Ordinary Differential Equations I*, section II.4. Its defaults are scipy's.
///
/// ```
/// use neurobook::prelude::*;
///
/// let run = simulate(|_t, x| [x[1], -x[0]], [1.0, 0.0], Rk45::new().rtol(1e-9).atol(1e-9), 10.0)?;
/// assert!((run.last_state()[0] - 10_f64.cos()).abs() < 1e-7);
/// # Ok::<(), neurobook::Error>(())
/// ```
pub type Rk45 = Adaptive<DormandPrince>;

/// The implicit Runge-Kutta method Radau IIA, of order 5, for **stiff** rules.
///
/// `x ← x + z₃`, where the stages solve `z_i = h Σ_j a_ij f(t + c_j h, x + z_j)` by Newton's method; the
/// Jacobian of the rule is estimated by differences. A part of the rule that decays fast does not limit
/// the steps. A step costs much more than one of [`Rk45`], the more so the more variables there are:
/// take it where `Rk45` needs very many steps.
///
/// Tolerances, samples and events are those of `Rk45`; between the ends of a step the solution is a
/// cubic, which is less exact than the ends are.
///
/// Source: Hairer and Wanner, *Solving Ordinary Differential Equations II*, section IV.8. Step lengths
/// and defaults are those of scipy's `Radau`.
///
/// ```
/// use neurobook::prelude::*;
///
/// let van_der_pol = |_t: f64, x: &[f64]| [x[1], 1e3 * (1.0 - x[0] * x[0]) * x[1] - x[0]];
/// let solution = solve_ivp(van_der_pol, (0.0, 3000.0), [2.0, 0.0], Radau::new())?;
/// assert!(solution.step_times.len() < 1000);
/// # Ok::<(), neurobook::Error>(())
/// ```
#[doc(alias = "stiff")]
#[doc(alias = "BDF")]
#[doc(alias = "LSODA")]
pub type Radau = Adaptive<RadauIia>;

/// A method that chooses the length of its steps, with its options: [`Rk45`] or [`Radau`].
#[derive(Debug, Clone)]
pub struct Adaptive<M> {
    pub(crate) options: Options,
    method: PhantomData<M>,
}

/// The methods that choose their steps.
pub trait Method: Debug + Clone {
    /// Whether a step solves equations for its stages, as stiff rules need it.
    const IMPLICIT: bool;
}

/// The method of [`Rk45`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DormandPrince {}

/// The method of [`Radau`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RadauIia {}

impl Method for DormandPrince {
    const IMPLICIT: bool = false;
}

impl Method for RadauIia {
    const IMPLICIT: bool = true;
}

/// The options of a run with adaptive steps.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub implicit: bool,
    pub rtol: f64,
    pub atol: Vec<f64>,
    pub max_step: f64,
    pub first_step: Option<f64>,
    pub step_limit: usize,
    pub t_eval: Option<Vec<f64>>,
    pub dense_output: bool,
    pub events: Vec<Event>,
}

impl<M: Method> Default for Adaptive<M> {
    fn default() -> Adaptive<M> {
        let options = Options {
            implicit: M::IMPLICIT,
            rtol: 1e-3,
            atol: vec![1e-6],
            max_step: f64::INFINITY,
            first_step: None,
            step_limit: 10_000_000,
            t_eval: None,
            dense_output: false,
            events: Vec::new(),
        };
        Adaptive { options, method: PhantomData }
    }
}

impl<M: Method> Adaptive<M> {
    /// The method with `rtol` 1e-3 and `atol` 1e-6.
    pub fn new() -> Adaptive<M> {
        Adaptive::default()
    }

    /// The error that a step may have relative to the state. Nothing below 2.2e-14 has an effect.
    pub fn rtol(mut self, rtol: f64) -> Adaptive<M> {
        self.options.rtol = rtol;
        self
    }

    /// The error that a step may have where the state is near 0: one number for all variables, or one
    /// for each.
    pub fn atol(mut self, atol: impl Values) -> Adaptive<M> {
        self.options.atol = atol.list();
        self
    }

    /// No step is longer than this.
    pub fn max_step(mut self, max_step: f64) -> Adaptive<M> {
        self.options.max_step = max_step;
        self
    }

    /// The length of the first step to try; otherwise it is chosen from the rule.
    pub fn first_step(mut self, first_step: f64) -> Adaptive<M> {
        self.options.first_step = Some(first_step);
        self
    }

    /// A run of more steps than this is an error, ten million unless you say otherwise: seconds to
    /// minutes of computation.
    #[doc(alias = "max_steps")]
    #[doc(alias = "mxstep")]
    pub fn step_limit(mut self, steps: usize) -> Adaptive<M> {
        self.options.step_limit = steps;
        self
    }

    /// The times at which to keep the state, in the order of the run. A time that is beyond an end of the
    /// run by no more than rounding, a billionth of the run, is taken for that end.
    pub fn t_eval(mut self, times: impl Values) -> Adaptive<M> {
        self.options.t_eval = Some(times.list());
        self
    }

    /// Keeps what [`Solution::at`](super::Solution::at) needs: four numbers per step and variable.
    pub fn dense_output(mut self) -> Adaptive<M> {
        self.options.dense_output = true;
        self
    }

    /// Watches for an event, beside those given before.
    pub fn event(mut self, event: Event) -> Adaptive<M> {
        self.options.events.push(event);
        self
    }
}
