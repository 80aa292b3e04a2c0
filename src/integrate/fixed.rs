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
        let (dt, half, mut y) = (self.dt, self.dt / 2.0, system.zeros());
        let [mut k1, mut k2, mut k3, mut k4] = [system.zeros(), system.zeros(), system.zeros(), system.zeros()];
        system.fixed_steps(dt, duration, &mut |f: &Rule, t, x| {
            f(t, x, &mut k1);
            sum(&mut y, x, half, &k1);
            f(t + half, &y, &mut k2);
            sum(&mut y, x, half, &k2);
            f(t + half, &y, &mut k3);
            sum(&mut y, x, dt, &k3);
            f(t + dt, &y, &mut k4);
            for (i, x) in x.iter_mut().enumerate() {
                *x += dt / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
            }
        })
    }
}

/// `x ← x + factor k`.
pub(super) fn add(x: &mut [f64], factor: f64, k: &[f64]) {
    x.iter_mut().zip(k).for_each(|(x, k)| *x += factor * k);
}

/// `y ← x + factor k`.
fn sum(y: &mut [f64], x: &[f64], factor: f64, k: &[f64]) {
    y.iter_mut().zip(x).zip(k).for_each(|((y, x), k)| *y = x + factor * k);
}
