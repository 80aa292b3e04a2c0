//! The normal form of a subcritical Hopf bifurcation, bounded by a term of order five.

use super::network::{Network, Node};
use crate::Result;
use crate::model::Model;
use crate::validate::finite;

/// A network of [`SubcriticalHopf`] nodes.
pub type SubcriticalHopfNetwork = Network<SubcriticalHopf>;

/// A node with two answers, rest and a large oscillation: `dz/dt = (a + iω) z + b |z|² z - |z|⁴ z` with `z = x + iy`.
///
/// The size `r = |z|` grows at the rate `a + b r² - r⁴`, and the state turns by `ω`, in rad/ms when time is in ms. For
/// `b` above 0 there are three cases:
///
/// - `a` below [`-b²/4`](SubcriticalHopf::fold): only rest;
/// - `a` from there to 0: rest and a large cycle are both stable, and between them lies an unstable cycle, the
///   [threshold](SubcriticalHopf::threshold);
/// - `a` above 0: only the large cycle.
///
/// So when `a` rises slowly, the node leaves its rest at 0, at full [size](SubcriticalHopf::radius), and when `a` falls it stops
/// at `-b²/4` alone: **hysteresis**. For `b` of 0 or less the bifurcation is supercritical, as that of
/// [`Hopf`](super::Hopf). (A coefficient of the last term would only change the unit of `z`.)
///
/// Sources: Y. A. Kuznetsov, *Elements of Applied Bifurcation Theory*, section 8.3 (the Bautin, or generalized Hopf,
/// bifurcation). As a model of seizures: S. N. Kalitzin, D. N. Velis and F. H. Lopes da Silva, *Epilepsy & Behavior* 17
/// (2010), 310; O. Benjamin and others, *Journal of Mathematical Neuroscience* 2 (2012), 1, whose
/// `(λ - 1 + iω) z + 2 z |z|² - z |z|⁴` is this with `a = λ - 1` and `b = 2`. The values of `Default` are ours: sizes as those
/// of the course's other Hopf nodes, in the middle of the range with two answers, at 6.4 Hz.
///
/// ```
/// use neurobook::prelude::*;
/// let node = SubcriticalHopf::default();
/// let end = |size: f64| -> neurobook::Result<f64> {
///     let end = node.simulate([size, 0.0], Rk4::new(1.0), 2000.0)?.last_state();
///     Ok(end[0].hypot(end[1]))
/// };
/// assert!(end(0.95 * node.threshold())? < 1e-6, "below the threshold it comes to rest");
/// assert!((end(1.05 * node.threshold())? - node.radius()).abs() < 1e-6, "above it, to the large cycle");
/// # Ok::<(), neurobook::Error>(())
/// ```
#[doc(alias = "Bautin")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SubcriticalHopf {
    /// The bifurcation parameter, in 1/ms: how fast a small oscillation grows.
    pub a: f64,
    /// How strongly an oscillation feeds itself as it grows, in 1/ms.
    pub b: f64,
    /// The angular frequency `ω`, in rad/ms.
    #[doc(alias = "w")]
    pub omega: f64,
}

impl Default for SubcriticalHopf {
    fn default() -> SubcriticalHopf {
        SubcriticalHopf { a: -0.02, b: 0.4, omega: 0.04 }
    }
}

impl SubcriticalHopf {
    /// The smallest `a` with a cycle, `-b²/4`: there the large cycle and the threshold meet, in a fold of cycles. 0 for
    /// `b` of 0 or less.
    pub fn fold(&self) -> f64 {
        -self.b.max(0.0).powi(2) / 4.0
    }

    /// The radius of the large, stable cycle; 0 where there is none.
    pub fn radius(&self) -> f64 {
        let under_the_root = self.b * self.b + 4.0 * self.a;
        if self.a < self.fold() || (self.a <= 0.0 && self.b <= 0.0) {
            return 0.0;
        }
        let root = under_the_root.max(0.0).sqrt();
        // For a `b` below 0 the two would be subtracted from each other: then their product, -a, gives the square.
        let square = if self.b >= 0.0 { (self.b + root) / 2.0 } else { 2.0 * self.a / (root - self.b) };
        square.sqrt()
    }

    /// The radius of the unstable cycle, which divides what comes to rest from what does not; 0 where there is none.
    pub fn threshold(&self) -> f64 {
        // The squares of the two radii have the product -a.
        let radius = self.radius();
        if radius > 0.0 && self.a < 0.0 { (-self.a).sqrt() / radius } else { 0.0 }
    }
}

impl Model for SubcriticalHopf {
    type Rate = [f64; 2];

    #[inline(always)]
    fn rate(&self, _t: f64, state: &[f64]) -> [f64; 2] {
        let (x, y) = (state[0], state[1]);
        let squared = x * x + y * y;
        let growth = self.a + (self.b - squared) * squared;
        [growth * x - self.omega * y, growth * y + self.omega * x]
    }

    fn names(&self) -> &[&str] {
        &["x", "y"]
    }

    fn check(&self) -> Result<()> {
        finite("a", self.a)?;
        finite("b", self.b)?;
        finite("omega", self.omega)
    }
}

impl Node for SubcriticalHopf {
    /// Near rest: evenly from a square of side 0.1 about the origin.
    fn initial(&self, draws: [f64; 2]) -> [f64; 2] {
        draws.map(|draw| 0.1 * (draw - 0.5))
    }
}
