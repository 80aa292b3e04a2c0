//! What a model has to say to be a node of a network.

use crate::Result;
use crate::model::{Model, Values};
use std::fmt::Debug;
use std::ops::Index;

/// A model that can be a node of a [`Network`](super::Network), with as many variables as its equation has: its
/// rate is an array `[f64; N]`.
///
/// It only has to say where its variables begin. What it receives then acts on its first variable, and its first
/// variable is what it sends to the others, unless [two are coupled](super::CoupledVariables).
///
/// ```
/// use neurobook::models::Node;
/// use neurobook::prelude::*;
///
/// /// A leak of one variable: `dx/dt = -x / τ`.
/// #[derive(Debug, Clone, Default)]
/// struct Leak {
///     rate: f64,
/// }
/// impl Model for Leak {
///     type Rate = [f64; 1];
///     fn rate(&self, _t: f64, x: &[f64]) -> [f64; 1] {
///         [-self.rate * x[0]]
///     }
/// }
/// impl Node for Leak {
///     fn initial(&self, [draw]: [f64; 1]) -> [f64; 1] {
///         [draw]
///     }
/// }
///
/// let network = Network { nodes: vec![Leak { rate: 0.1 }], weights: network::all_to_all(3), ..Network::default() };
/// let run = network.simulate(100.0)?;
/// assert_eq!(run.names, ["x1_0", "x1_1", "x1_2"]);
/// assert!(run.last_state().iter().all(|x| x.abs() < 1e-3));
/// # Ok::<(), neurobook::Error>(())
/// ```
pub trait Node: Model<Rate: Variables> + Clone + Debug {
    /// How such nodes are coupled, unless one says otherwise.
    const KIND: CouplingKind = CouplingKind::Diffusive;

    /// What a node in this state sends to the others: its variables as they are.
    fn sent(&self, state: Self::Rate) -> Self::Rate {
        state
    }

    /// The rates of change in a network. Without another rule, what a node receives and its noise are added to
    /// the rates that it has on its own.
    #[inline(always)]
    fn driven_rate(&self, state: Self::Rate, drive: &Drive<Self::Rate>) -> Self::Rate {
        let rate = self.rate(0.0, state.as_ref());
        Variables::from_fn(|variable| rate[variable] + drive.received[variable] + drive.noise[variable])
    }

    /// The state brought back to what the variables can be, after each step.
    fn clamp_state(&self, state: Self::Rate) -> Self::Rate {
        state
    }

    /// Refuses a step that is too long for the node: where the state is clamped, an explosion would not show.
    ///
    /// # Errors
    /// Names `dt` and what it is to be shorter than.
    fn check_step(&self, _dt: f64) -> Result<()> {
        Ok(())
    }

    /// An initial state made of numbers that were drawn evenly from `[0, 1)`, one for each variable.
    fn initial(&self, draws: Self::Rate) -> Self::Rate;
}

/// What drives a node besides its own state, one number for each variable. It stays as it is during a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drive<V> {
    /// What the other nodes send, weighted and summed, with the factor `K`; 0 for variables that are not coupled.
    pub coupling: V,
    /// What is given from outside: the network's `input` for the first variable, its `second_input` for the second.
    pub input: V,
    /// Both together, for nodes that do not tell them apart.
    pub received: V,
    /// The noise.
    pub noise: V,
}

impl<V: Variables> Drive<V> {
    /// What a node has on its own: nothing.
    pub fn none() -> Drive<V> {
        let zero = V::from_fn(|_| 0.0);
        Drive { coupling: zero, input: zero, received: zero, noise: zero }
    }
}

/// The variables of a node: an array `[f64; N]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an array of a node's variables",
    label = "write `type Rate = [f64; 2];` in its `impl Model`, with the number of its variables; one is `[f64; 1]`"
)]
pub trait Variables:
    Values + Copy + Debug + PartialEq + AsRef<[f64]> + AsMut<[f64]> + Index<usize, Output = f64>
{
    /// How many there are.
    const LEN: usize;

    /// The array of what `value` gives for each index, as [`std::array::from_fn`].
    fn from_fn(value: impl FnMut(usize) -> f64) -> Self;
}

impl<const N: usize> Variables for [f64; N] {
    const LEN: usize = N;

    #[inline(always)]
    fn from_fn(mut value: impl FnMut(usize) -> f64) -> [f64; N] {
        let mut all = [0.0; N];
        all.iter_mut().enumerate().for_each(|(index, to)| *to = value(index));
        all
    }
}

/// What a node makes of what it receives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CouplingKind {
    /// The difference to itself, `K Σ_m w[n,m] (x_m(t - τ[n,m]) - x_n(t))`: nodes that are alike leave each
    /// other alone.
    #[default]
    Diffusive,
    /// The sum, `K Σ_m w[n,m] x_m(t - τ[n,m])`.
    Additive,
}
