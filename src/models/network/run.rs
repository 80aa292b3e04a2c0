//! A simulation under way.

use super::{Node, Scheme};
use crate::models::network_engine::{Drive, Dynamics, Run, names_of_nodes};
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
pub struct NetworkRun<N>(pub(super) Coupled<N>);

/// The run of a network, by how many variables its nodes send.
#[derive(Debug, Clone)]
pub(super) enum Coupled<N> {
    First(Run<Pairs<N>, 1>),
    Both(Run<Pairs<N>, 2>),
}

impl<N: Node> NetworkRun<N> {
    /// The present time, in ms.
    pub fn time(&self) -> f64 {
        match &self.0 {
            Coupled::First(run) => run.time(),
            Coupled::Both(run) => run.time(),
        }
    }

    /// The present noise: that of the first variables, one a node, then that of the second.
    pub fn noise(&self) -> Array1<f64> {
        match &self.0 {
            Coupled::First(run) => run.noise().to_vec().into(),
            Coupled::Both(run) => run.noise().to_vec().into(),
        }
    }

    /// Goes on for `duration` ms, and gives that piece: the present state first, then one at each step.
    ///
    /// # Errors
    /// When the duration is negative or shorter than a step, when the piece would not fit in memory,
    /// when an input that changes in time ends before the piece does, and when a state stops being a
    /// number: the message says which, and when.
    pub fn advance(&mut self, duration: f64) -> Result<Trajectory> {
        match &mut self.0 {
            Coupled::First(run) => run.advance(duration),
            Coupled::Both(run) => run.advance(duration),
        }
    }

    /// As [`NetworkRun::advance`], with standard normal numbers from outside instead of the seed's: a row
    /// for the first variable of each node, then a row for the second of each, and a column a step.
    ///
    /// # Errors
    /// When there are not twice as many rows as nodes, or a number is not finite; and those of
    /// [`NetworkRun::advance`].
    pub fn advance_with(&mut self, normals: &Array2<f64>) -> Result<Trajectory> {
        let wanted = "variables: give a row a variable, the first ones of all nodes first";
        match &mut self.0 {
            Coupled::First(run) => run.advance_with(normals, wanted),
            Coupled::Both(run) => run.advance_with(normals, wanted),
        }
    }
}

/// The two variables of all nodes. They send the first, or both.
#[derive(Debug, Clone)]
pub(super) struct Pairs<N> {
    nodes: Vec<N>,
    x: Vec<f64>,
    y: Vec<f64>,
    /// How much of its own variable each node takes off what it hears.
    own: Vec<f64>,
    scheme: Scheme,
}

impl<N: Node> Pairs<N> {
    pub(super) fn new(nodes: Vec<N>, [x, y]: [Vec<f64>; 2], own: Vec<f64>, scheme: Scheme) -> Pairs<N> {
        Pairs { nodes, x, y, own, scheme }
    }
}

/// With one signal or two.
impl<N: Node, const SIGNALS: usize> Dynamics<SIGNALS> for Pairs<N> {
    const CAUSES: &'static [&'static str] = &[];

    fn names(&self) -> Vec<String> {
        names_of_nodes(self.nodes[0].names(), self.nodes.len())
    }

    fn states(&self) -> Vec<f64> {
        [&self.x[..], &self.y[..]].concat()
    }

    fn signals(&self) -> [&[f64]; SIGNALS] {
        let variables = [&self.x[..], &self.y[..]];
        std::array::from_fn(|signal| variables[signal])
    }

    fn lost(&self) -> Option<usize> {
        self.x.iter().chain(&self.y).position(|state| !state.is_finite())
    }

    fn step(&mut self, drive: Drive<SIGNALS>, states: &mut [f64]) {
        let count = self.nodes.len();
        let (x_noise, y_noise) = drive.noise.split_at(count);
        let (x_input, y_input) = drive.input.split_at(count);
        let (x_states, y_states) = states.split_at_mut(count);
        for (n, node) in self.nodes.iter().enumerate() {
            let state = [self.x[n], self.y[n]];
            let heard = |variable: usize, input: f64| match drive.heard.get(variable) {
                Some(sums) => sums[n] - self.own[n] * state[variable] + input,
                None => input,
            };
            let input = [heard(0, x_input[n]), heard(1, y_input[n])];
            let noise = [x_noise[n], y_noise[n]];
            let rate = |state: [f64; 2]| node.driven_rate(state, input, noise);
            let next = match self.scheme {
                Scheme::Euler => along(state, drive.dt, rate(state)),
                Scheme::RungeKutta => runge_kutta(state, drive.dt, rate),
            };
            [self.x[n], self.y[n]] = node.confined(next);
            (x_states[n], y_states[n]) = (self.x[n], self.y[n]);
        }
    }
}

/// `x + dt k`.
fn along(x: [f64; 2], dt: f64, k: [f64; 2]) -> [f64; 2] {
    [x[0] + dt * k[0], x[1] + dt * k[1]]
}

/// A step of the classical Runge-Kutta method for a rate that does not depend on time.
fn runge_kutta(x: [f64; 2], dt: f64, rate: impl Fn([f64; 2]) -> [f64; 2]) -> [f64; 2] {
    let k1 = rate(x);
    let k2 = rate(along(x, dt / 2.0, k1));
    let k3 = rate(along(x, dt / 2.0, k2));
    let k4 = rate(along(x, dt, k3));
    let mean = |i: usize| (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]) / 6.0;
    along(x, dt, [mean(0), mean(1)])
}
