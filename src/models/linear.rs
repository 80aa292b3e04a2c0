//! Linear dynamics in one dimension.

use crate::Result;
use crate::model::Model;
use crate::validate::finite;
use num_complex::Complex64;
use std::f64::consts::{LN_2, TAU};

/// Exponential growth, decay or rotation: `dx/dt = a x`.
///
/// The solution is `x(t) = x0 exp(a t)`. With `a = α + iω` that is an amplitude `exp(α t)` and an
/// angle `ω t`, so the real part of `a` sets growth and the imaginary part sets frequency.
/// `a` is in 1/s when time is in s; `x` may have any unit.
///
/// Source: S. H. Strogatz, *Nonlinear Dynamics and Chaos*, chapters 2 and 5; the value of `Default`
/// is that of the workshop's exercise 1.
///
/// ```
/// use neurobook::models::Exponential;
///
/// let decay = Exponential::default();
/// assert!((decay.exact(100.0, 10.0).re - 36.78794).abs() < 1e-5);
/// assert_eq!(decay.largest_stable_step(), Some(20.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exponential {
    /// The rate constant `a`, in 1/s.
    pub a: Complex64,
}

impl Default for Exponential {
    fn default() -> Exponential {
        Exponential { a: Complex64::new(-0.1, 0.0) }
    }
}

impl Exponential {
    /// The model with this rate constant, real or complex.
    pub fn new(a: impl Into<Complex64>) -> Exponential {
        Exponential { a: a.into() }
    }

    /// The rule: the rate of change `a x` at state `x`.
    pub fn rate(&self, x: Complex64) -> Complex64 {
        self.a * x
    }

    /// The exact solution `x0 exp(a t)`.
    pub fn exact(&self, x0: impl Into<Complex64>, t: f64) -> Complex64 {
        x0.into() * (self.a * t).exp()
    }

    /// Cycles in a second, `|ω| / 2π`, in Hz; 0 without oscillation.
    pub fn frequency(&self) -> f64 {
        self.a.im.abs() / TAU
    }

    /// The time in which a decaying state halves, `ln 2 / -α`, or a growing one doubles; in s.
    /// Infinite where the amplitude stays.
    #[doc(alias = "half_life")]
    pub fn halving_or_doubling_time(&self) -> f64 {
        LN_2 / self.a.re.abs()
    }

    /// The factor `1 + a dt` by which one Euler step multiplies the state.
    pub fn euler_factor(&self, dt: f64) -> Complex64 {
        1.0 + self.a * dt
    }

    /// The step at which Euler's method stops to decay: stable below, growing above.
    ///
    /// `|1 + a dt| < 1` holds for `dt < -2 α / |a|²`, which for a real `a` is `2 / |a|`. `None` where
    /// no step is stable because the solution itself does not decay (`α >= 0`).
    /// Source: Hairer and Wanner, *Solving Ordinary Differential Equations II*, section IV.2.
    pub fn largest_stable_step(&self) -> Option<f64> {
        let size = self.a.norm();
        (self.a.re < 0.0).then(|| -2.0 * (self.a.re / size) / size)
    }

    /// The step up to which Euler's method decays without changing sign at each step, `1 / |a|`.
    /// `None` unless `a` is real and negative.
    pub fn largest_monotone_step(&self) -> Option<f64> {
        (self.a.re < 0.0 && self.a.im == 0.0).then(|| -1.0 / self.a.re)
    }

    /// By how much Euler's method has multiplied `|x|`, beyond what the exact solution does, after
    /// `steps` steps: `(|1 + a dt| / exp(α dt))^steps`. For `a = iω` this is `(1 + ω² dt²)^(steps/2)`,
    /// always above 1.
    pub fn euler_inflation(&self, dt: f64, steps: usize) -> f64 {
        let per_step = self.euler_factor(dt).norm().ln() - self.a.re * dt;
        (per_step * steps as f64).exp()
    }
}

/// As a model its two variables are the real and the imaginary part, `re` and `im`.
impl Model for Exponential {
    type Rate = [f64; 2];

    fn rate(&self, _t: f64, x: &[f64]) -> [f64; 2] {
        let rate = self.a * Complex64::new(x[0], x[1]);
        [rate.re, rate.im]
    }

    fn names(&self) -> &[&str] {
        &["re", "im"]
    }

    fn check(&self) -> Result<()> {
        finite("the real part of a", self.a.re)?;
        finite("the imaginary part of a", self.a.im)
    }
}
