//! Integrators with a fixed step.

use super::{Integrator, Rule, System};
use crate::{Result, Trajectory};

/// Euler's method: `x ← x + dt f(t, x)`. The error of a run is of the order of `dt`.
///
/// Source: Hairer, Nørsett and Wanner, *Solving Ordinary Differential Equations I*, section I.7.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Euler {
    /// The step, in the model's unit of time.
    pub dt: f64,
}

/// Heun's method: a step with the mean of the rates at its beginning and at the end of Euler's step.
/// The error of a run is of the order of `dt²`.
///
/// `x ← x + dt/2 (k₁ + k₂)` with `k₁ = f(t, x)`, `k₂ = f(t + dt, x + dt k₁)`.
/// Source: Hairer, Nørsett and Wanner, *Solving Ordinary Differential Equations I*, section II.1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heun {
    /// The step, in the model's unit of time.
    pub dt: f64,
}

/// The classical Runge-Kutta method. The error of a run is of the order of `dt⁴`.
///
/// `x ← x + dt/6 (k₁ + 2 k₂ + 2 k₃ + k₄)` with `k₁ = f(t, x)`, `k₂ = f(t + dt/2, x + dt/2 k₁)`,
/// `k₃ = f(t + dt/2, x + dt/2 k₂)`, `k₄ = f(t + dt, x + dt k₃)`.
/// Source: Hairer, Nørsett and Wanner, *Solving Ordinary Differential Equations I*, section II.1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rk4 {
    /// The step, in the model's unit of time.
    pub dt: f64,
}

impl Euler {
    /// Euler's method with this step.
    pub fn new(dt: f64) -> Euler {
        Euler { dt }
    }
}

impl Heun {
    /// Heun's method with this step.
    pub fn new(dt: f64) -> Heun {
        Heun { dt }
    }
}

impl Rk4 {
    /// The classical Runge-Kutta method with this step.
    pub fn new(dt: f64) -> Rk4 {
        Rk4 { dt }
    }
}

impl Integrator for Euler {
    fn integrate(&mut self, system: System, duration: f64) -> Result<Trajectory> {
        let (dt, mut k) = (self.dt, system.zeros());
        system.fixed_steps(dt, duration, &mut |f: &Rule, t, x| {
            f(t, x, &mut k);
            add(x, dt, &k);
        })
    }
}

impl Integrator for Heun {
    fn integrate(&mut self, system: System, duration: f64) -> Result<Trajectory> {
        let (dt, mut y) = (self.dt, system.zeros());
        let [mut k1, mut k2] = [system.zeros(), system.zeros()];
        system.fixed_steps(dt, duration, &mut |f: &Rule, t, x| {
            f(t, x, &mut k1);
            sum(&mut y, x, dt, &k1);
            f(t + dt, &y, &mut k2);
            add(x, dt / 2.0, &k1);
            add(x, dt / 2.0, &k2);
        })
    }
}

impl Integrator for Rk4 {
    fn integrate(&mut self, system: System, duration: f64) -> Result<Trajectory> {
        let (dt, mut places) = (self.dt, std::array::from_fn(|_| system.zeros()));
        system.fixed_steps(dt, duration, &mut |f: &Rule, t, x| {
            rk4_sum(f, t, dt, x, &mut places);
            add(x, dt / 6.0, &places[0]);
        })
    }
}

/// The sum `k₁ + 2 k₂ + 2 k₃ + k₄` of a step of the classical Runge-Kutta method, six times its mean rate: in the
/// first of five places that have room for a state each.
#[inline(always)]
pub(crate) fn rk4_sum<P: AsMut<[f64]>>(
    f: impl Fn(f64, &[f64], &mut [f64]),
    t: f64,
    dt: f64,
    x: &[f64],
    places: &mut [P; 5],
) {
    let [k1, k2, k3, k4, y] = places.each_mut().map(AsMut::as_mut);
    f(t, x, k1);
    sum(y, x, dt / 2.0, k1);
    f(t + dt / 2.0, y, k2);
    sum(y, x, dt / 2.0, k2);
    f(t + dt / 2.0, y, k3);
    sum(y, x, dt, k3);
    f(t + dt, y, k4);
    for i in 0..x.len() {
        k1[i] = k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i];
    }
}

/// `x ← x + factor k`.
#[inline]
pub(crate) fn add(x: &mut [f64], factor: f64, k: &[f64]) {
    x.iter_mut().zip(k).for_each(|(x, k)| *x += factor * k);
}

/// `y ← x + factor k`.
#[inline]
fn sum(y: &mut [f64], x: &[f64], factor: f64, k: &[f64]) {
    y.iter_mut().zip(x).zip(k).for_each(|((y, x), k)| *y = x + factor * k);
}
