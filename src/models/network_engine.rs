//! Time stepping of network models: blocks of steps, what nodes receive from each other after their delays, noise,
//! input, and the states that are kept.
//!
//! Both kinds of network are [`Dynamics`] of this engine: `Network`, whose nodes are any [`Node`](super::Node)s, and
//! [`Kuramoto`](super::Kuramoto), whose oscillators are not. Their phases are kept wrapped, the whole turns apart, and each sends
//! two signals, sine and cosine, where a `Node` of one variable sends one number. A small step rotates both instead of computing
//! them again; as a `Node` of any kind it would compute them in every step and be slower.

mod coupling;
mod inputs;
mod node_count;
mod noise;
mod sums;

use crate::{Error, Result, Trajectory, validate};
use coupling::Coupling;
use ndarray::Array2;
use sums::BLOCK;

pub use inputs::Input;
pub(super) use inputs::Inputs;
pub(super) use node_count::NodeCount;
pub(super) use noise::NodeNoise;

/// What a model does in a step; the rest is [`Run`]'s. Each node sends `SIGNALS` numbers to the others.
pub(super) trait Dynamics<const SIGNALS: usize> {
    /// The nodes' own parameters that may be too large when a state stops being a number.
    const CAUSES: &'static [&'static str];

    /// The variables' names, one for each row of the states.
    fn names(&self) -> Vec<String>;

    /// The present state, one number for each row.
    fn states(&self) -> Vec<f64>;

    /// What the nodes send now, signal by signal and one number per node.
    fn signals(&self) -> [&[f64]; SIGNALS];

    /// Takes a step, and writes the new state, one number for each row.
    fn step(&mut self, given: StepInput<SIGNALS>, states: &mut [f64]);

    /// The first row whose state is not a finite number.
    fn first_non_finite(&self) -> Option<usize>;
}

/// What all nodes are given for a step.
#[derive(Clone, Copy)]
pub(super) struct StepInput<'a, const SIGNALS: usize> {
    /// The step's length.
    pub dt: f64,
    /// How many steps the run has taken.
    pub steps_done: usize,
    /// Whether any node receives anything from another.
    pub coupled: bool,
    /// The weighted sums of what each node receives, signal by signal.
    pub coupling: [&'a [f64]; SIGNALS],
    /// The noise, one number for each row.
    pub noise: &'a [f64],
    /// The input, one number for each row.
    pub input: &'a [f64],
}

/// A network under way.
#[derive(Debug, Clone)]
pub(super) struct Run<D, const SIGNALS: usize> {
    pub dynamics: D,
    dt: f64,
    coupling: Coupling<SIGNALS>,
    noise: NodeNoise,
    inputs: Inputs,
    steps_done: usize,
    /// The states of the block: `[step * rows + row]`.
    block: Vec<f64>,
}

impl<D: Dynamics<SIGNALS>, const SIGNALS: usize> Run<D, SIGNALS> {
    /// A run at its start. `weights` go to the row's node from the column's, `delays` are in steps.
    pub fn new(
        dynamics: D,
        dt: f64,
        (weights, delays): (&Array2<f64>, Option<&Array2<usize>>),
        noise: NodeNoise,
        inputs: Inputs,
    ) -> Run<D, SIGNALS> {
        let rows = dynamics.states().len();
        let coupling = Coupling::new(weights, delays, dynamics.signals());
        Run { dynamics, dt, coupling, noise, inputs, steps_done: 0, block: vec![0.0; BLOCK * rows] }
    }

    /// The present time, in ms.
    pub fn time(&self) -> f64 {
        self.steps_done as f64 * self.dt
    }

    /// The present noise, one number for each row.
    pub fn noise(&self) -> &[f64] {
        self.noise.values()
    }

    /// Continues for `duration` ms, and returns that piece: the present state first.
    pub fn advance(&mut self, duration: f64) -> Result<Trajectory> {
        let steps = validate::steps(duration, self.dt)?;
        self.advance_steps(steps, None)
    }

    /// The same with standard normal numbers from outside, a row for each row of the states, a column a
    /// step; `wanted` says so in the words of the model.
    pub fn advance_with(&mut self, normals: &Array2<f64>, wanted: &str) -> Result<Trajectory> {
        let rows = self.dynamics.states().len();
        if normals.nrows() != rows {
            let found = normals.nrows();
            return Err(Error::new(format!(
                "normals has {found} rows and the network {rows} {wanted}, a column per step"
            )));
        }
        crate::network::all_finite("normals", normals)?;
        self.advance_steps(normals.ncols(), Some(normals))
    }

    fn advance_steps(&mut self, steps: usize, normals: Option<&Array2<f64>>) -> Result<Trajectory> {
        let present = self.dynamics.states();
        let rows = present.len();
        validate::fits_in_memory(rows, steps + 1)?;
        self.inputs.ensure_covers(self.steps_done + steps)?;
        let times = (0..=steps).map(|step| (self.steps_done + step) as f64 * self.dt).collect();
        let mut states = vec![0.0; rows * (steps + 1)];
        for (row, present) in states.chunks_exact_mut(steps + 1).zip(present) {
            row[0] = present;
        }
        let mut done = 0;
        while done < steps {
            let count = BLOCK.min(steps - done);
            self.noise.draw(count, normals.map(|normals| (normals, done)));
            self.coupling.begin();
            for step in 0..count {
                self.step(step);
            }
            for (row, states) in states.chunks_exact_mut(steps + 1).enumerate() {
                let block = self.block[row..].iter().step_by(rows);
                states[done + 1..=done + count].iter_mut().zip(block).for_each(|(state, block)| *state = *block);
            }
            if let Some(row) = self.dynamics.first_non_finite() {
                let (name, time) = (&self.dynamics.names()[row], self.time());
                let remedy = self.remedy(normals.is_some());
                return Err(Error::new(format!("{name} stopped being a number by t = {time} ms: {remedy}")));
            }
            done += count;
        }
        let states =
            Array2::from_shape_vec((rows, steps + 1), states).map_err(|error| Error::new(error.to_string()))?;
        Trajectory::new(times, states, self.dynamics.names())
    }

    /// What to do when a state stops being a number, of what this run has.
    fn remedy(&self, given_noise: bool) -> String {
        let causes = [
            ("coupling", !self.coupling.is_absent()),
            ("noise", self.noise.is_present() || given_noise),
            ("input", self.inputs.are_present()),
        ];
        let present = causes.into_iter().filter(|(_, present)| *present).map(|(cause, _)| cause);
        let smaller: Vec<&str> = D::CAUSES.iter().copied().chain(present).collect();
        match &smaller[..] {
            [] => "take a smaller dt, or look at the nodes' parameters and initial states".into(),
            [one] => format!("take a smaller dt or smaller {one}"),
            [more @ .., last] => format!("take a smaller dt, or smaller {} or {last}", more.join(", ")),
        }
    }

    /// A step of the block: all nodes read the state before it, and the noise is updated after them.
    fn step(&mut self, step: usize) {
        let coupled = !self.coupling.is_absent();
        if coupled {
            self.coupling.complete(step, self.dynamics.signals());
        }
        let rows = self.block.len() / BLOCK;
        let given = StepInput {
            dt: self.dt,
            steps_done: self.steps_done,
            coupled,
            coupling: self.coupling.sums(),
            noise: self.noise.values(),
            input: self.inputs.at(self.steps_done),
        };
        self.dynamics.step(given, &mut self.block[step * rows..][..rows]);
        self.noise.step(step);
        self.steps_done += 1;
        if coupled {
            self.coupling.remember(self.dynamics.signals());
        }
    }
}

/// The names of variables of which each node has one: `x_0`, `x_1` … for each of `variables` in turn.
pub(super) fn names_of_nodes(variables: &[String], nodes: usize) -> Vec<String> {
    variables.iter().flat_map(|variable| (0..nodes).map(move |node| format!("{variable}_{node}"))).collect()
}
