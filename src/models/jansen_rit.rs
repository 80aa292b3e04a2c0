//! The Jansen-Rit model of a cortical column, of six variables.

use super::network::{CouplingKind, Drive, Network, Node};
use crate::Result;
use crate::model::Model;
use crate::validate::{check_fields, finite};

/// A network of [`JansenRit`] nodes; what they send each other is the firing rate of their pyramidal cells.
pub type JansenRitNetwork = Network<JansenRit>;

/// Pyramidal cells that excite, and are excited and inhibited by, two kinds of interneurons: the column of cortex
/// that makes an alpha rhythm.
///
/// `y0'' = A a S(y1 - y2) - 2a y0' - a² y0`, `y1'' = A a (p + C2 S(C1 y0)) - 2a y1' - a² y1` and
/// `y2'' = B b C4 S(C3 y0) - 2b y2' - b² y2`, with the firing rate `S(v) = 2 e0 / (1 + exp(r (v0 - v)))`. The
/// variables are the potentials `y0`, `y1` and `y2` in mV and their slopes `y3`, `y4` and `y5` in mV/ms. What an
/// electrode would see is `y1 - y2`, the potential of the pyramidal cells.
///
/// In a network, a node sends `S(y1 - y2)`, and what it receives is added to the pulses `p` from outside; so is
/// noise, of which each node has one, the first. The equation has no place for a `second_input`. Time is in ms and
/// rates are per ms: 0.22 is 220 pulses per second.
///
/// Source: B. H. Jansen and V. G. Rit, *Biological Cybernetics* 73 (1995), 357, with the values of `Default`; `p` is the
/// middle of the range that they draw it from. They couple two columns in another way, by a synapse of its own.
///
/// ```
/// use neurobook::prelude::*;
/// let run = JansenRit::default().simulate([0.0; 6], Rk4::new(0.1), 2_000.0)?.after(1_000.0);
/// let potential = &run.variable("y1")? - &run.variable("y2")?;
/// let upward = potential.windows(2).into_iter().filter(|pair| pair[0] < 7.0 && pair[1] >= 7.0).count();
/// assert!((9..=12).contains(&upward), "about ten cycles per second");
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JansenRit {
    /// The size `A` of an excitatory postsynaptic potential, in mV.
    #[doc(alias = "A")]
    pub excitatory_size: f64,
    /// The size `B` of an inhibitory postsynaptic potential, in mV.
    #[doc(alias = "B")]
    pub inhibitory_size: f64,
    /// The rate `a` of excitatory potentials, in 1/ms.
    #[doc(alias = "a")]
    pub excitatory_rate: f64,
    /// The rate `b` of inhibitory potentials, in 1/ms.
    #[doc(alias = "b")]
    pub inhibitory_rate: f64,
    /// The number `C1` of synapses from pyramidal cells to excitatory interneurons.
    #[doc(alias = "C1")]
    pub pyramidal_to_excitatory: f64,
    /// The number `C2` of synapses from excitatory interneurons to pyramidal cells.
    #[doc(alias = "C2")]
    pub excitatory_to_pyramidal: f64,
    /// The number `C3` of synapses from pyramidal cells to inhibitory interneurons.
    #[doc(alias = "C3")]
    pub pyramidal_to_inhibitory: f64,
    /// The number `C4` of synapses from inhibitory interneurons to pyramidal cells.
    #[doc(alias = "C4")]
    pub inhibitory_to_pyramidal: f64,
    /// Half of the largest firing rate, `e0`, in 1/ms.
    #[doc(alias = "nu_max")]
    pub half_rate: f64,
    /// The potential `v0` of half the largest firing rate, in mV.
    #[doc(alias = "v0")]
    pub threshold: f64,
    /// The steepness `r` of the firing rate, in 1/mV.
    #[doc(alias = "r")]
    pub steepness: f64,
    /// The pulses `p` from outside, in 1/ms. What a network gives comes on top.
    #[doc(alias = "mu")]
    pub input: f64,
}

impl Default for JansenRit {
    fn default() -> JansenRit {
        JansenRit {
            excitatory_size: 3.25,
            inhibitory_size: 22.0,
            excitatory_rate: 0.1,
            inhibitory_rate: 0.05,
            pyramidal_to_excitatory: 135.0,
            excitatory_to_pyramidal: 108.0,
            pyramidal_to_inhibitory: 33.75,
            inhibitory_to_pyramidal: 33.75,
            half_rate: 0.0025,
            threshold: 6.0,
            steepness: 0.56,
            input: 0.22,
        }
    }
}

impl JansenRit {
    /// The firing rate `S(v)` of cells at a potential in mV, in 1/ms.
    pub fn firing_rate(&self, potential: f64) -> f64 {
        2.0 * self.half_rate / (1.0 + (self.steepness * (self.threshold - potential)).exp())
    }
}

impl Model for JansenRit {
    type Rate = [f64; 6];

    fn rate(&self, _t: f64, state: &[f64]) -> [f64; 6] {
        self.driven_rate(std::array::from_fn(|variable| state[variable]), &Drive::none())
    }

    fn names(&self) -> &[&str] {
        &["y0", "y1", "y2", "y3", "y4", "y5"]
    }

    fn check(&self) -> Result<()> {
        check_fields!(self, finite: excitatory_size, inhibitory_size, pyramidal_to_excitatory, excitatory_to_pyramidal);
        check_fields!(self, finite: pyramidal_to_inhibitory, inhibitory_to_pyramidal, half_rate, threshold, steepness);
        check_fields!(self, positive: excitatory_rate, inhibitory_rate);
        finite("input of the node", self.input)
    }
}

impl Node for JansenRit {
    const KIND: CouplingKind = CouplingKind::Additive;

    fn sent(&self, [_, y1, y2, ..]: [f64; 6]) -> [f64; 6] {
        [self.firing_rate(y1 - y2), 0.0, 0.0, 0.0, 0.0, 0.0]
    }

    fn driven_rate(&self, state: [f64; 6], &Drive { received, noise, .. }: &Drive<[f64; 6]>) -> [f64; 6] {
        let [y0, y1, y2, y3, y4, y5] = state;
        let (a, b) = (self.excitatory_rate, self.inhibitory_rate);
        let pyramidal = self.firing_rate(y1 - y2);
        let excitatory = self.excitatory_to_pyramidal * self.firing_rate(self.pyramidal_to_excitatory * y0);
        let inhibitory = self.inhibitory_to_pyramidal * self.firing_rate(self.pyramidal_to_inhibitory * y0);
        let outside = self.input + received[0] + noise[0];
        [
            y3,
            y4,
            y5,
            self.excitatory_size * a * pyramidal - 2.0 * a * y3 - a * a * y0,
            self.excitatory_size * a * (outside + excitatory) - 2.0 * a * y4 - a * a * y1,
            self.inhibitory_size * b * inhibitory - 2.0 * b * y5 - b * b * y2,
        ]
    }

    /// Potentials evenly from 0 to 0.1 mV, without slopes.
    fn initial(&self, [y0, y1, y2, ..]: [f64; 6]) -> [f64; 6] {
        [0.1 * y0, 0.1 * y1, 0.1 * y2, 0.0, 0.0, 0.0]
    }
}
