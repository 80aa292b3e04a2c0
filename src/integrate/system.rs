//! What all integrators share: a rule with its initial state, and the loop over fixed steps.

use crate::model::variable_names;
use crate::validate::{all_finite, fits_in_memory, steps};
use crate::{Error, Result, Trajectory};
use ndarray::Array2;

/// A rule as integrators call it: time, state, and where to put the rates.
pub type Rule<'a> = dyn Fn(f64, &[f64], &mut [f64]) + 'a;

/// A rule and where it starts: what an [`Integrator`] gets.
pub struct System<'a> {
    pub(crate) rule: &'a Rule<'a>,
    pub(crate) initial: Vec<f64>,
    pub(crate) names: Vec<String>,
    pub(crate) keep_divergence: bool,
}

/// A way from a rule to a time course.
pub trait Integrator {
    /// Runs the system from time 0 for `duration`.
    ///
    /// # Errors
    /// When a parameter of the integrator or the duration makes no sense, and when the run diverges.
    fn integrate(&mut self, system: System, duration: f64) -> Result<Trajectory>;

    /// The same integrator, for runs that may diverge: fixed steps go on to their end and what is no
    /// number shows as infinite or NaN, adaptive steps end where they become too small.
    ///
    /// ```
    /// use neurobook::prelude::*;
    ///
    /// let explosion = |_t: f64, x: &[f64]| x[0] * x[0];
    /// let error = simulate(explosion, 1.0, Euler::new(0.1), 10.0).unwrap_err();
    /// assert!(error.to_string().starts_with("x1 "));
    /// let run = simulate(explosion, 1.0, Euler::new(0.1).keep_divergence(), 10.0)?;
    /// assert!(run.states[[0, 100]].is_infinite());
    /// # Ok::<(), neurobook::Error>(())
    /// ```
    fn keep_divergence(self) -> KeepDivergence<Self>
    where
        Self: Sized,
    {
        KeepDivergence(self)
    }
}

/// An integrator that gives a run that diverges as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeepDivergence<I>(I);

impl<I: Integrator> Integrator for KeepDivergence<I> {
    fn integrate(&mut self, mut system: System, duration: f64) -> Result<Trajectory> {
        system.keep_divergence = true;
        self.0.integrate(system, duration)
    }
}

impl<'a> System<'a> {
    /// The rule from this initial state on; `rates` says how many rates it gives at a state. Without
    /// names the variables are `x1`, `x2` ….
    pub(crate) fn new(
        rule: &'a Rule<'a>,
        rates: &dyn Fn(&[f64]) -> usize,
        initial: Vec<f64>,
        names: &[&str],
    ) -> Result<System<'a>> {
        let variables = initial.len();
        if variables == 0 {
            return Err(Error::new("x0 is empty: give one number for each variable"));
        }
        if !names.is_empty() && names.len() != variables {
            return Err(Error::new(format!(
                "x0 has {variables} variables and the model has {}: give one number for each",
                names.join(", ")
            )));
        }
        all_finite("x0", &initial)?;
        let rates = rates(&initial);
        if rates != variables {
            return Err(Error::new(format!(
                "x0 has {variables} variables and the rule gives {rates} rates: give one rate for each variable"
            )));
        }
        Ok(System { rule, initial, names: variable_names(names, variables), keep_divergence: false })
    }

    /// A place for rates or for a state.
    pub(super) fn zeros(&self) -> Vec<f64> {
        vec![0.0; self.initial.len()]
    }

    /// Advances the state by `step(rule, t, x)` again and again, and keeps each state.
    pub(super) fn fixed_steps(
        self,
        dt: f64,
        duration: f64,
        step: &mut dyn FnMut(&Rule, f64, &mut [f64]),
    ) -> Result<Trajectory> {
        let variables = self.initial.len();
        let columns = steps(duration, dt)? + 1;
        fits_in_memory(variables, columns)?;
        let mut states = vec![0.0; variables * columns];
        let mut x = self.initial.clone();
        for column in 0..columns {
            if column > 0 {
                step(self.rule, (column - 1) as f64 * dt, &mut x);
                if !self.keep_divergence {
                    self.ensure_finite(column as f64 * dt, &x)?;
                }
            }
            x.iter().enumerate().for_each(|(variable, x)| states[variable * columns + column] = *x);
        }
        let times = (0..columns).map(|column| column as f64 * dt).collect();
        let states = Array2::from_shape_vec((variables, columns), states).map_err(|e| Error::new(e.to_string()))?;
        Trajectory::new(times, states, self.names)
    }

    fn ensure_finite(&self, t: f64, x: &[f64]) -> Result<()> {
        match x.iter().position(|x| !x.is_finite()) {
            None => Ok(()),
            Some(variable) => Err(Error::new(format!(
                "{} is {} at t = {t}: the run diverges; take a smaller dt, or look at rule, parameters and x0 (an integrator's .keep_divergence() keeps such a run)",
                self.names[variable], x[variable]
            ))),
        }
    }
}
