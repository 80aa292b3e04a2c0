//! A simulation under way.

use super::sine::{SMALL_ANGLE, rotate, sin_cos, wrap};
use crate::models::network_engine::{Dynamics, Run, StepInput, names_of_nodes};
use crate::{Result, Trajectory};
use ndarray::{Array1, Array2};
use std::f64::consts::TAU;

/// After that many steps sines and cosines are computed from scratch; in between, small steps rotate them, at half
/// the cost. Counted from the start of the run: pieces of it join to the same bits.
const ROTATIONS: usize = 32;

/// A simulation of [`Kuramoto`](super::Kuramoto) that can be continued: it keeps the present phases and
/// noise, as much of the past as the delays need, and its random numbers.
///
/// Pieces of a run join to the same numbers as the whole, and only the pieces that are kept take memory.
///
/// ```
/// use neurobook::prelude::*;
/// let model = Kuramoto { noise: 0.5, ..Kuramoto::default() };
/// let mut run = model.start()?;
/// let (first, second) = (run.advance(10.0)?, run.advance(10.0)?);
/// assert_eq!(second.times[0], 10.0);
/// assert_eq!(second.states[[0, 100]], model.simulate(20.0)?.states[[0, 200]]);
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct KuramotoRun(pub(super) Run<Phases, 2>);

impl KuramotoRun {
    /// The present time, in ms.
    pub fn time(&self) -> f64 {
        self.0.time()
    }

    /// The present phases, in rad.
    pub fn phases(&self) -> Array1<f64> {
        self.0.dynamics.states().into()
    }

    /// The present noise of each node, in rad/ms.
    pub fn noise(&self) -> Array1<f64> {
        self.0.noise().to_vec().into()
    }

    /// Continues for `duration` ms, and returns that piece: the present state first, then one at each step.
    ///
    /// # Errors
    /// When the duration is negative or shorter than a step, when the piece would not fit in memory,
    /// when an input that changes in time ends before the piece does, and when a phase stops being a
    /// number: the message says which, and when.
    pub fn advance(&mut self, duration: f64) -> Result<Trajectory> {
        self.0.advance(duration)
    }

    /// As [`KuramotoRun::advance`], with standard normal numbers from outside instead of the seed's:
    /// a row per node, a column per step. This is how two simulators are given the same noise.
    ///
    /// # Errors
    /// When there are not as many rows as nodes, or a number is not finite; and those of
    /// [`KuramotoRun::advance`].
    pub fn advance_with(&mut self, normals: &Array2<f64>) -> Result<Trajectory> {
        self.0.advance_with(normals, "nodes: give a row per node")
    }
}

/// The phases of all nodes. What they send is their sine and their cosine: with the sums of both, the
/// coupling of node n is `cos θ_n · Σ w sin θ_m - sin θ_n · Σ w cos θ_m`, so a step takes one sine and one
/// cosine a node, and a multiplication and an addition of each an edge.
#[derive(Debug, Clone)]
pub(super) struct Phases {
    /// What each whole turn adds to a phase that is given: 0 where phases are wrapped.
    turn: f64,
    /// What a node's phase advances by in a unit of time on its own.
    omega: Vec<f64>,
    phases: Vec<f64>,
    turns: Vec<f64>,
    sines: Vec<f64>,
    cosines: Vec<f64>,
    /// By how much each phase advances in a step.
    advances: Vec<f64>,
}

impl Phases {
    pub(super) fn new(omega: Vec<f64>, phases: &[f64], wrapped: bool) -> Phases {
        let nodes = phases.len();
        // The rest of a phase just below a whole turn may be rounded to that turn, which then counts.
        let split = |phase: &f64| {
            let (rest, carried) = wrap(phase.rem_euclid(TAU));
            (rest, phase.div_euclid(TAU) + carried)
        };
        let (phases, turns): (Vec<f64>, Vec<f64>) = phases.iter().map(split).unzip();
        let (sines, cosines): (Vec<f64>, Vec<f64>) = phases.iter().map(|phase| sin_cos(*phase)).unzip();
        let turn = if wrapped { 0.0 } else { TAU };
        Phases { turn, omega, phases, turns, sines, cosines, advances: vec![0.0; nodes] }
    }
}

impl Dynamics<2> for Phases {
    const CAUSES: &'static [&'static str] = &["omega"];

    fn names(&self) -> Vec<String> {
        names_of_nodes(&["theta".to_owned()], self.phases.len())
    }

    fn states(&self) -> Vec<f64> {
        self.phases.iter().zip(&self.turns).map(|(phase, taken)| phase + self.turn * taken).collect()
    }

    fn signals(&self) -> [&[f64]; 2] {
        [&self.sines, &self.cosines]
    }

    fn first_non_finite(&self) -> Option<usize> {
        self.phases.iter().position(|phase| !(0.0..TAU).contains(phase))
    }

    /// `θ ← θ + dt (ω + input + coupling + η)`.
    fn step(&mut self, given: StepInput<2>, states: &mut [f64]) {
        let nodes = self.phases.len();
        // Slices of one length: then the loops have no bounds checks and become vector code.
        let [from_sines, from_cosines] = given.coupling.map(|sums| &sums[..nodes]);
        let (phases, turns, states) = (&mut self.phases[..nodes], &mut self.turns[..nodes], &mut states[..nodes]);
        let (sines, cosines) = (&mut self.sines[..nodes], &mut self.cosines[..nodes]);
        let (omega, advances) = (&self.omega[..nodes], &mut self.advances[..nodes]);
        let (input, noise) = (&given.input[..nodes], &given.noise[..nodes]);

        for n in 0..nodes {
            let coupling = from_sines[n] * cosines[n] - from_cosines[n] * sines[n];
            advances[n] = given.dt * (omega[n] + input[n] + coupling + noise[n]);
        }
        let mut inside = true;
        for n in 0..nodes {
            phases[n] += advances[n];
            inside &= (0.0..TAU).contains(&phases[n]);
        }
        // Most steps end no turn, and to wrap takes longer than all else that a lone node does.
        if !inside {
            for n in 0..nodes {
                let (phase, taken) = wrap(phases[n]);
                phases[n] = phase;
                turns[n] += taken;
            }
        }
        let turn = self.turn;
        for n in 0..nodes {
            states[n] = phases[n] + turn * turns[n];
        }
        if given.coupled {
            let exactly = (given.steps_done + 1).is_multiple_of(ROTATIONS);
            if exactly || !advances.iter().fold(true, |small, advance| small & (advance.abs() <= SMALL_ANGLE)) {
                for n in 0..nodes {
                    (sines[n], cosines[n]) = sin_cos(phases[n]);
                }
            } else {
                for n in 0..nodes {
                    (sines[n], cosines[n]) = rotate(sines[n], cosines[n], advances[n]);
                }
            }
        }
    }
}
