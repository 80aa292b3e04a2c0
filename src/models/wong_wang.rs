//! The reduced Wong-Wang model of a region, of one variable.

use super::network::{CouplingKind, Drive, Network, Node};
use crate::model::Model;
use crate::validate::check_fields;
use crate::{Error, Result};

/// A network of [`WongWang`] nodes; what they send each other is their gating `S`.
#[doc(alias = "ReducedWongWang")]
pub type WongWangNetwork = Network<WongWang>;

/// The share `S` of a region's excitatory (NMDA) synapses that are open, from 0 to 1.
///
/// `dS/dt = -S / τ_S + (1 - S) γ H(x)`, where the firing rate is `H(x) = (a x - b) / (1 - exp(-d (a x - b)))` and
/// the current is `x = w J S + J K Σ_m w[n,m] S_m + I_0 + I`. With the values of `Default` a region on its own rests
/// at an `S` of 0.034, at which it fires at 0.6 Hz. What excites it more, itself or others, adds a second stable state,
/// of a high `S`. The coupling passes through synapses, with the factor `J`; the network's `input` `I` is a current in
/// nA and does not. Noise is added to `dS/dt`. A step that leaves the range from 0 to 1 ends at its border, and a step
/// longer than `τ_S` is refused.
///
/// Time is in ms and rates are per ms: 0.003 is 3 Hz. `S` has no unit.
///
/// Sources: K.-F. Wong and X.-J. Wang, *Journal of Neuroscience* 26 (2006), 1314; in this form, with the values of
/// `Default`, G. Deco and others, *Journal of Neuroscience* 33 (2013), 11239.
///
/// ```
/// use neurobook::prelude::*;
/// let excited = WongWang { self_excitation: 1.4, ..WongWang::default() };
/// let low = excited.simulate([0.1], Rk4::new(1.0), 5_000.0)?.last_state()[0];
/// let high = excited.simulate([0.3], Rk4::new(1.0), 5_000.0)?.last_state()[0];
/// assert!(low < 0.05 && high > 0.7, "where it rests depends on where it begins");
/// # Ok::<(), neurobook::Error>(())
/// ```
#[doc(alias = "ReducedWongWang")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WongWang {
    /// The time constant `τ_S` with which synapses close, in ms.
    #[doc(alias = "tau_s")]
    pub gating_time: f64,
    /// How much a spike opens, `γ`; no unit.
    #[doc(alias = "gamma")]
    pub opening: f64,
    /// The weight `w` of a region's connection with itself.
    #[doc(alias = "w")]
    pub self_excitation: f64,
    /// The synaptic coupling `J`, in nA.
    #[doc(alias = "J_N")]
    pub synaptic_coupling: f64,
    /// The background current `I_0`, in nA.
    #[doc(alias = "I_o")]
    pub background: f64,
    /// The gain `a` of the firing rate, in 1/(ms nA).
    #[doc(alias = "a")]
    pub gain: f64,
    /// The threshold `b` of the firing rate, in 1/ms.
    #[doc(alias = "b")]
    pub threshold: f64,
    /// How sharply the firing rate bends at its threshold, `d`, in ms.
    #[doc(alias = "d")]
    pub sharpness: f64,
}

impl Default for WongWang {
    fn default() -> WongWang {
        WongWang {
            gating_time: 100.0,
            opening: 0.641,
            self_excitation: 0.9,
            synaptic_coupling: 0.2609,
            background: 0.3,
            gain: 0.27,
            threshold: 0.108,
            sharpness: 154.0,
        }
    }
}

impl WongWang {
    /// The firing rate `H(x)` at a current in nA, in 1/ms.
    pub fn firing_rate(&self, current: f64) -> f64 {
        let above = self.gain * current - self.threshold;
        // At the threshold itself the fraction is 0/0; its limit is 1/d.
        if above == 0.0 { 1.0 / self.sharpness } else { -above / (-self.sharpness * above).exp_m1() }
    }
}

impl Model for WongWang {
    type Rate = [f64; 1];

    fn rate(&self, _t: f64, state: &[f64]) -> [f64; 1] {
        self.driven_rate([state[0]], &Drive::none())
    }

    fn names(&self) -> &[&str] {
        &["gating"]
    }

    fn check(&self) -> Result<()> {
        check_fields!(self, finite: opening, self_excitation, synaptic_coupling, background, gain, threshold);
        check_fields!(self, positive: gating_time, sharpness);
        Ok(())
    }
}

impl Node for WongWang {
    const KIND: CouplingKind = CouplingKind::Additive;

    fn driven_rate(&self, [s]: [f64; 1], &Drive { coupling, input, noise, .. }: &Drive<[f64; 1]>) -> [f64; 1] {
        let current = self.synaptic_coupling * (self.self_excitation * s + coupling[0]) + self.background + input[0];
        [-s / self.gating_time + (1.0 - s) * self.opening * self.firing_rate(current) + noise[0]]
    }

    fn clamp_state(&self, [s]: [f64; 1]) -> [f64; 1] {
        [s.clamp(0.0, 1.0)]
    }

    fn check_step(&self, dt: f64) -> Result<()> {
        if dt > self.gating_time {
            return Err(Error::new(format!(
                "dt is {dt} ms, longer than gating_time, which is {} ms: give a smaller dt, and all times in ms",
                self.gating_time
            )));
        }
        Ok(())
    }

    /// Evenly from 0 to 0.1.
    fn initial(&self, [draw]: [f64; 1]) -> [f64; 1] {
        [0.1 * draw]
    }
}
