//! The Euler-Maruyama method, for rules with noise.

use super::fixed::add;
use super::{Integrator, Rule, System};
use crate::model::Values;
use crate::validate::{one_or_each, steps};
use crate::{Error, Result, Trajectory};
use rand::{Rng, RngExt};
use rand_distr::StandardNormal;

/// The Euler-Maruyama method for `dx = f(t, x) dt + σ dW`, with white noise of the same strength at
/// all times and states: `x ← x + dt f(t, x) + σ √dt ξ` with `ξ` standard normal.
///
/// Each variable has noise of its own. For such additive noise the error of a path is of the order of
/// `dt`. Source: Kloeden and Platen, *Numerical Solution of Stochastic Differential Equations*,
/// section 10.2.
///
/// ```
/// use neurobook::prelude::*;
///
/// let mut rng = noise::generator(1, 0);
/// let leak = |_t: f64, x: &[f64]| -x[0];
/// let run = simulate(leak, 0.0, EulerMaruyama::new(0.01, 0.5, &mut rng), 1000.0)?;
/// assert!((run.row(0).std(0.0) - 0.5 / 2_f64.sqrt()).abs() < 0.03);
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct EulerMaruyama<R> {
    /// The step, in the model's unit of time.
    pub dt: f64,
    /// The strength `σ` of the noise, in the variable's unit over the square root of time: one number
    /// for all variables, or one for each.
    pub noise: Vec<f64>,
    /// Where the random numbers come from.
    pub rng: R,
}

/// Where standard normal numbers come from: any random generator, or [`PrescribedNoise`].
pub trait NoiseSource {
    /// The next number.
    fn normal(&mut self) -> f64;

    /// How many numbers there are, when they can end.
    fn left(&self) -> Option<usize> {
        None
    }
}

impl<R: Rng> NoiseSource for R {
    fn normal(&mut self) -> f64 {
        self.sample(StandardNormal)
    }
}

/// Standard normal numbers that are given, one a variable for the first step, then for the second.
///
/// This is how runs with different steps get the same noise: the number of a long step is the sum of
/// those of its `n` short steps over `√n`.
///
/// ```
/// use neurobook::integrate::PrescribedNoise;
/// use neurobook::prelude::*;
///
/// let kicks = PrescribedNoise::new([1.0, -1.0]);
/// let run = simulate(|_t, _x| 0.0, 0.0, EulerMaruyama::new(0.25, 3.0, kicks), 0.5)?;
/// assert_eq!(run.row(0).to_vec(), [0.0, 1.5, 0.0]);
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PrescribedNoise {
    values: Vec<f64>,
    taken: usize,
}

impl PrescribedNoise {
    /// These numbers, in this order.
    pub fn new(values: impl Values) -> PrescribedNoise {
        PrescribedNoise { values: values.list(), taken: 0 }
    }
}

impl NoiseSource for PrescribedNoise {
    fn normal(&mut self) -> f64 {
        self.taken += 1;
        self.values[self.taken - 1]
    }

    fn left(&self) -> Option<usize> {
        Some(self.values.len() - self.taken)
    }
}

impl<R: NoiseSource> EulerMaruyama<R> {
    /// The method with this step, this strength of noise (one number, or one a variable) and random
    /// numbers from `rng`, which may be borrowed: `&mut rng`.
    pub fn new(dt: f64, noise: impl Values, rng: R) -> EulerMaruyama<R> {
        EulerMaruyama { dt, noise: noise.list(), rng }
    }
}

impl<R: NoiseSource> Integrator for EulerMaruyama<R> {
    fn integrate(&mut self, system: System, duration: f64) -> Result<Trajectory> {
        let (dt, mut k) = (self.dt, system.zeros());
        let noise = one_or_each("noise", &self.noise, k.len())?;
        let wanted = steps(duration, dt)? * k.len();
        if let Some(left) = self.rng.left()
            && left < wanted
        {
            return Err(Error::new(format!(
                "the given noise has {left} numbers left and the run needs {wanted}: give one for each variable and step"
            )));
        }
        let rng = &mut self.rng;
        system.fixed_steps(dt, duration, &mut |f: &Rule, t, x| {
            f(t, x, &mut k);
            add(x, dt, &k);
            for (x, noise) in x.iter_mut().zip(&noise) {
                *x += noise * dt.sqrt() * rng.normal();
            }
        })
    }
}
