//! A simulation under way.

use super::{Drive, Node, Scheme, Variables};
use crate::model::variable_names;
use crate::models::network_engine::{Dynamics, Run, StepInput, names_of_nodes};
use crate::{Result, Trajectory};
use ndarray::{Array1, Array2};

/// A simulation of a [`Network`](super::Network) that can be continued: it keeps the present states and
/// noise, as much of the past as the delays need, and its random numbers.
///
/// Pieces of a run join to the same numbers as the whole, and only the pieces that are kept take memory.
///
/// ```
/// use neurobook::prelude::*;
/// let model = HopfNetwork { noise: 0.1, ..HopfNetwork::default() };
/// let mut run = model.start()?;
/// let (first, second) = (run.advance(10.0)?, run.advance(10.0)?);
/// assert_eq!(second.times[0], 10.0);
/// assert_eq!(second.states[[0, 100]], model.simulate(20.0)?.states[[0, 200]]);
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct NetworkRun<N: Node>(pub(super) Coupled<N>);

/// The run of a network, by how many variables its nodes send.
#[derive(Debug, Clone)]
pub(super) enum Coupled<N: Node> {
    First(Run<NodeStates<N, 1>, 1>),
    Both(Run<NodeStates<N, 2>, 2>),
}

/// Calls a method of the run, whichever it is.
macro_rules! of_run {
    ($coupled:expr, $method:ident($($argument:expr),*)) => {
        match $coupled {
            Coupled::First(run) => run.$method($($argument),*),
            Coupled::Both(run) => run.$method($($argument),*),
        }
    };
}

impl<N: Node> NetworkRun<N> {
    /// The present time, in ms.
    pub fn time(&self) -> f64 {
        of_run!(&self.0, time())
    }

    /// The present noise: that of the first variables, one per node, then that of the second and so on.
    pub fn noise(&self) -> Array1<f64> {
        of_run!(&self.0, noise()).to_vec().into()
    }

    /// Continues for `duration` ms, and returns that piece: the present state first, then one at each step.
    ///
    /// # Errors
    /// When the duration is negative or shorter than a step, when the piece would not fit in memory,
    /// when an input that changes in time ends before the piece does, and when a state stops being a
    /// number: the message says which, and when.
    #[inline(never)]
    pub fn advance(&mut self, duration: f64) -> Result<Trajectory> {
        of_run!(&mut self.0, advance(duration))
    }

    /// As [`NetworkRun::advance`], with standard normal numbers from outside instead of the seed's: a row
    /// for the first variable of each node, then a row for the second of each and so on, and a column per step.
    ///
    /// # Errors
    /// When there are not as many rows as the states have, or a number is not finite; and those of
    /// [`NetworkRun::advance`].
    #[inline(never)]
    pub fn advance_with(&mut self, normals: &Array2<f64>) -> Result<Trajectory> {
        let wanted = "variables: give a row per variable, the first ones of all nodes first";
        of_run!(&mut self.0, advance_with(normals, wanted))
    }
}

/// The states of all nodes, of which they send `SIGNALS` variables.
#[derive(Debug, Clone)]
pub(super) struct NodeStates<N: Node, const SIGNALS: usize> {
    nodes: Vec<N>,
    /// The present state, one number for each row: a variable of all nodes side by side. With all variables of a node side
    /// by side, the compiler packs what depends on each other, and a step takes a third longer.
    states: Vec<f64>,
    /// What they send, signal by signal.
    sent: [Vec<f64>; SIGNALS],
    /// The factor of what each node sends, taken off what it receives.
    self_coupling: Vec<f64>,
    scheme: Scheme,
}

impl<N: Node, const SIGNALS: usize> NodeStates<N, SIGNALS> {
    pub(super) fn new(
        nodes: Vec<N>,
        states: Vec<N::Rate>,
        self_coupling: Vec<f64>,
        scheme: Scheme,
    ) -> NodeStates<N, SIGNALS> {
        let sends = |signal: usize| nodes.iter().zip(&states).map(|(node, state)| node.sent(*state)[signal]).collect();
        let sent = std::array::from_fn(sends);
        let states = (0..N::Rate::LEN).flat_map(|variable| states.iter().map(move |state| state[variable])).collect();
        NodeStates { nodes, states, sent, self_coupling, scheme }
    }
}

impl<N: Node, const SIGNALS: usize> Dynamics<SIGNALS> for NodeStates<N, SIGNALS> {
    const CAUSES: &'static [&'static str] = &[];

    fn names(&self) -> Vec<String> {
        names_of_nodes(&variable_names(self.nodes[0].names(), N::Rate::LEN), self.nodes.len())
    }

    fn states(&self) -> Vec<f64> {
        self.states.clone()
    }

    fn signals(&self) -> [&[f64]; SIGNALS] {
        self.sent.each_ref().map(Vec::as_slice)
    }

    fn first_non_finite(&self) -> Option<usize> {
        self.states.iter().position(|state| !state.is_finite())
    }

    fn step(&mut self, given: StepInput<SIGNALS>, states: &mut [f64]) {
        #[cfg(target_arch = "x86_64")]
        if self.scheme == Scheme::RungeKutta && is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has what the function is compiled for.
            return unsafe { self.runge_kutta_wide(given, states) };
        }
        self.step_all(self.scheme, given, states);
    }
}

impl<N: Node, const SIGNALS: usize> NodeStates<N, SIGNALS> {
    /// Runge-Kutta's step, compiled a second time for the wide registers that nearly all processors have. The operations and
    /// their order are the same, none is fused with another, and so are all bits. Euler's, which has little to compute, gains
    /// nothing there, and takes twice as long where a node has exponentials.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn runge_kutta_wide(&mut self, given: StepInput<SIGNALS>, states: &mut [f64]) {
        self.step_all(Scheme::RungeKutta, given, states);
    }

    #[inline(always)]
    fn step_all(&mut self, scheme: Scheme, given: StepInput<SIGNALS>, states: &mut [f64]) {
        let NodeStates { nodes, states: own, sent, self_coupling, .. } = self;
        let count = nodes.len();
        let rows = N::Rate::LEN * count;
        // How long each list is, said once and not looked up for each node.
        let (own, states, self_coupling) = (&mut own[..rows], &mut states[..rows], &self_coupling[..count]);
        let (noise, input) = (&given.noise[..rows], &given.input[..rows]);
        let sent = sent.each_mut().map(|signal| &mut signal[..count]);
        let sums = given.coupling.map(|signal| &signal[..count]);
        for (n, node) in nodes.iter().enumerate() {
            let state = N::Rate::from_fn(|variable| own[variable * count + n]);
            let coupling = N::Rate::from_fn(|variable| match sums.get(variable) {
                Some(sums) => sums[n] - self_coupling[n] * sent[variable][n],
                None => 0.0,
            });
            let input = N::Rate::from_fn(|variable| input[variable * count + n]);
            let noise = N::Rate::from_fn(|variable| noise[variable * count + n]);
            let received = N::Rate::from_fn(|variable| coupling[variable] + input[variable]);
            let drive = Drive { coupling, input, received, noise };
            let rate = |state: N::Rate| node.driven_rate(state, &drive);
            let next = match scheme {
                Scheme::Euler => euler_step(state, given.dt, rate(state)),
                Scheme::RungeKutta => runge_kutta_step(state, given.dt, rate),
            };
            let state = node.clamp_state(next);
            for variable in 0..N::Rate::LEN {
                own[variable * count + n] = state[variable];
                states[variable * count + n] = state[variable];
            }
            let signals = node.sent(state);
            for signal in 0..SIGNALS {
                sent[signal][n] = signals[signal];
            }
        }
    }
}

/// `x + dt k`.
#[inline(always)]
fn euler_step<V: Variables>(x: V, dt: f64, k: V) -> V {
    V::from_fn(|i| x[i] + dt * k[i])
}

/// A step of the classical Runge-Kutta method for a rate that does not depend on time. Its variables are an array, and
/// stay in registers; those of a rule, for [`Rk4`](crate::integrate::Rk4), are as many as it has at run time.
#[inline(always)]
fn runge_kutta_step<V: Variables>(x: V, dt: f64, rate: impl Fn(V) -> V) -> V {
    let k1 = rate(x);
    let k2 = rate(euler_step(x, dt / 2.0, k1));
    let k3 = rate(euler_step(x, dt / 2.0, k2));
    let k4 = rate(euler_step(x, dt, k3));
    euler_step(x, dt, V::from_fn(|i| (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]) / 6.0))
}
