//! A simulation under way.

use super::coupling::Coupling;
use super::sine::{SMALL_ANGLE, rotate, sin_cos, wrap};
use super::sums::BLOCK;
use super::{Kuramoto, Prepared};
use crate::parameters;
use crate::{Error, Result, Trajectory, noise};
use ndarray::{Array1, Array2};
use rand::RngExt;
use rand_distr::StandardNormal;
use rand_pcg::Pcg64;
use std::f64::consts::TAU;

/// After so many steps sines and cosines are computed anew; in between, small steps rotate them, at half
/// the cost. Counted from the start of the run: pieces of it join to the same bits.
const ROTATIONS: usize = 32;

/// A simulation of [`Kuramoto`] that can be continued: it keeps the present phases and noise, as much
/// of the past as the delays need, and its random numbers.
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
pub struct KuramotoRun {
    dt: f64,
    /// What each whole turn adds to a phase that is given: 0 where phases are wrapped.
    turn: f64,
    /// What a node's phase advances by in a unit of time without noise and coupling.
    drift: Vec<f64>,
    /// What a node is given from outside at each step, if that changes.
    input: Option<Array2<f64>>,
    kept: f64,
    kick: f64,
    generators: Vec<Pcg64>,
    coupling: Coupling,
    steps_done: usize,
    phases: Vec<f64>,
    turns: Vec<f64>,
    noise: Vec<f64>,
    sines: Vec<f64>,
    cosines: Vec<f64>,
    /// By how much each phase advances in a step.
    advances: Vec<f64>,
    /// Standard normal numbers and phases of the block: `[step * nodes + node]`.
    normals: Vec<f64>,
    block: Vec<f64>,
}

impl KuramotoRun {
    pub(super) fn new(prepared: Prepared, model: &Kuramoto) -> KuramotoRun {
        let Prepared { drift, input, weights, delays, phases, kept, kick } = prepared;
        let nodes = phases.len();
        let turns = phases.iter().map(|phase| phase.div_euclid(TAU)).collect();
        let phases: Vec<f64> = phases.iter().map(|phase| wrap(phase.rem_euclid(TAU)).0).collect();
        let (sines, cosines): (Vec<f64>, Vec<f64>) = phases.iter().map(|phase| sin_cos(*phase)).unzip();
        KuramotoRun {
            dt: model.dt,
            turn: if model.wrapped { 0.0 } else { TAU },
            drift,
            input,
            kept,
            kick,
            generators: (0..nodes).map(|node| noise::generator(model.seed, super::noise_stream(node))).collect(),
            coupling: Coupling::new(&weights, delays.as_ref(), &sines, &cosines),
            steps_done: 0,
            phases,
            turns,
            noise: vec![0.0; nodes],
            sines,
            cosines,
            advances: vec![0.0; nodes],
            normals: vec![0.0; BLOCK * nodes],
            block: vec![0.0; BLOCK * nodes],
        }
    }

    /// The present time, in ms.
    pub fn time(&self) -> f64 {
        self.steps_done as f64 * self.dt
    }

    /// The present phases, in rad.
    pub fn phases(&self) -> Array1<f64> {
        self.phases.iter().zip(&self.turns).map(|(phase, taken)| phase + self.turn * taken).collect()
    }

    /// The present noise of each node, in rad/ms.
    pub fn noise(&self) -> Array1<f64> {
        self.noise.iter().copied().collect()
    }

    /// Goes on for `duration` ms, and gives that piece: the present state first, then one at each step.
    ///
    /// # Errors
    /// When the duration is negative or shorter than a step, when the piece would not fit in memory,
    /// when an input that changes in time ends before the piece does, and when a phase stops being a
    /// number: the message says which, and when.
    pub fn advance(&mut self, duration: f64) -> Result<Trajectory> {
        let steps = parameters::steps(duration, self.dt)?;
        self.go(steps, None)
    }

    /// As [`KuramotoRun::advance`], with standard normal numbers from outside instead of the seed's:
    /// a row a node, a column a step. This is how two simulators are given the same noise.
    ///
    /// # Errors
    /// When there are not as many rows as nodes, or a number is not finite; and those of
    /// [`KuramotoRun::advance`].
    pub fn advance_with(&mut self, normals: &Array2<f64>) -> Result<Trajectory> {
        if normals.nrows() != self.phases.len() {
            return Err(Error::new(format!(
                "normals has {} rows and the network {} nodes: give a row a node, a column a step",
                normals.nrows(),
                self.phases.len()
            )));
        }
        crate::network::all_finite("normals", normals)?;
        self.go(normals.ncols(), Some(normals))
    }

    fn go(&mut self, steps: usize, normals: Option<&Array2<f64>>) -> Result<Trajectory> {
        let nodes = self.phases.len();
        parameters::fits_in_memory(nodes, steps + 1)?;
        if let Some(input) = &self.input
            && self.steps_done + steps > input.ncols()
        {
            return Err(Error::new(format!(
                "input has {} columns, one a step, and the run needs {}: give more columns or a shorter duration",
                input.ncols(),
                self.steps_done + steps
            )));
        }
        let times = (0..=steps).map(|step| (self.steps_done + step) as f64 * self.dt).collect();
        let mut states = vec![0.0; nodes * (steps + 1)];
        for (row, phase) in states.chunks_exact_mut(steps + 1).zip(self.phases()) {
            row[0] = phase;
        }
        let mut done = 0;
        while done < steps {
            let count = BLOCK.min(steps - done);
            self.draw(count, normals.map(|normals| (normals, done)));
            self.coupling.begin();
            for step in 0..count {
                self.step(step);
            }
            for (node, row) in states.chunks_exact_mut(steps + 1).enumerate() {
                let phases = self.block[node..].iter().step_by(nodes);
                row[done + 1..=done + count].iter_mut().zip(phases).for_each(|(state, phase)| *state = *phase);
            }
            if let Some(node) = self.phases.iter().position(|phase| !(0.0..TAU).contains(phase)) {
                return Err(Error::new(format!(
                    "theta_{node} stopped being a number by t = {} ms: take a smaller dt, or smaller omega, coupling, noise or input",
                    self.time()
                )));
            }
            done += count;
        }
        let names = (0..nodes).map(|node| format!("theta_{node}")).collect();
        let states =
            Array2::from_shape_vec((nodes, steps + 1), states).map_err(|error| Error::new(error.to_string()))?;
        Trajectory::new(times, states, names)
    }

    /// The standard normal numbers of a block, from each node's own generator.
    fn draw(&mut self, count: usize, given: Option<(&Array2<f64>, usize)>) {
        let nodes = self.phases.len();
        if let Some((given, first)) = given {
            for step in 0..count {
                let column = given.column(first + step);
                self.normals[step * nodes..][..nodes].iter_mut().zip(column).for_each(|(to, from)| *to = *from);
            }
        } else if self.kick > 0.0 {
            // Nodes in the inner loop: the processor draws for several generators at the same time, while a
            // draw from one generator waits for the one before.
            for normals in self.normals.chunks_exact_mut(nodes).take(count) {
                for (normal, generator) in normals.iter_mut().zip(&mut self.generators) {
                    *normal = generator.sample(StandardNormal);
                }
            }
        }
    }

    /// `θ ← θ + dt (ω + input + coupling + η)`, then `η ← η - η dt/τ + σ √dt ξ`.
    fn step(&mut self, step: usize) {
        let nodes = self.phases.len();
        let coupled = !self.coupling.is_absent();
        if coupled {
            self.coupling.complete(step, &self.sines, &self.cosines);
        }
        // Slices of one length: then the loops have no bounds checks and become vector code.
        let (from_sines, from_cosines) = (&self.coupling.sines[..nodes], &self.coupling.cosines[..nodes]);
        let (phases, turns, noise) = (&mut self.phases[..nodes], &mut self.turns[..nodes], &mut self.noise[..nodes]);
        let (sines, cosines) = (&mut self.sines[..nodes], &mut self.cosines[..nodes]);
        let (drift, normals) = (&self.drift[..nodes], &self.normals[step * nodes..][..nodes]);
        let (advances, block) = (&mut self.advances[..nodes], &mut self.block[step * nodes..][..nodes]);
        let (dt, kept, kick, turn) = (self.dt, self.kept, self.kick, self.turn);

        for n in 0..nodes {
            let coupling = from_sines[n] * cosines[n] - from_cosines[n] * sines[n];
            advances[n] = dt * (drift[n] + coupling + noise[n]);
            noise[n] = kept * noise[n] + kick * normals[n];
        }
        if let Some(input) = &self.input {
            advances.iter_mut().zip(input.column(self.steps_done)).for_each(|(advance, input)| *advance += dt * input);
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
        for n in 0..nodes {
            block[n] = phases[n] + turn * turns[n];
        }
        self.steps_done += 1;
        if coupled {
            let exactly = self.steps_done.is_multiple_of(ROTATIONS);
            if exactly || !advances.iter().fold(true, |small, advance| small & (advance.abs() <= SMALL_ANGLE)) {
                for n in 0..nodes {
                    (sines[n], cosines[n]) = sin_cos(phases[n]);
                }
            } else {
                for n in 0..nodes {
                    (sines[n], cosines[n]) = rotate(sines[n], cosines[n], advances[n]);
                }
            }
            self.coupling.remember(&self.sines, &self.cosines);
        }
    }
}
