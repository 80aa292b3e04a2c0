//! One adaptive step of the implicit method Radau IIA, and what happens between its ends.

use super::Rule;
use super::lu::Lu;
use super::stepper::{Bounds, Step, Stepper, norm};

const STAGES: usize = 3;

const SQRT_6: f64 = 2.449_489_742_783_178;

/// When the stages are, in steps.
const C: [f64; STAGES] = [(4.0 - SQRT_6) / 10.0, (4.0 + SQRT_6) / 10.0, 1.0];

/// How much of each stage's rate goes into a stage; the last one is the new state.
const A: [[f64; STAGES]; STAGES] = [
    [(88.0 - 7.0 * SQRT_6) / 360.0, (296.0 - 169.0 * SQRT_6) / 1800.0, (-2.0 + 3.0 * SQRT_6) / 225.0],
    [(296.0 + 169.0 * SQRT_6) / 1800.0, (88.0 + 7.0 * SQRT_6) / 360.0, (-2.0 - 3.0 * SQRT_6) / 225.0],
    [(16.0 - SQRT_6) / 36.0, (16.0 + SQRT_6) / 36.0, 1.0 / 9.0],
];

/// The real eigenvalue of the inverse of `A`, `3 + 3^(2/3) - 3^(1/3)`.
const EIGENVALUE: f64 = 3.637_834_252_744_496;

/// The error of a step is `(γ/h - J)⁻¹ (f(t, x) + Σ_i e_i z_i / h)`, where `γ` is the eigenvalue.
const E: [f64; STAGES] = [(-13.0 - 7.0 * SQRT_6) / 3.0, (-13.0 + 7.0 * SQRT_6) / 3.0, -1.0 / 3.0];

/// The cubic through the beginning of a step and its stages: powers 1 to 3 of the part of the step, by stage.
const P: [[f64; 3]; STAGES] = [
    [(13.0 + 7.0 * SQRT_6) / 3.0, (-23.0 - 22.0 * SQRT_6) / 3.0, (10.0 + 15.0 * SQRT_6) / 3.0],
    [(13.0 - 7.0 * SQRT_6) / 3.0, (-23.0 + 22.0 * SQRT_6) / 3.0, (10.0 - 15.0 * SQRT_6) / 3.0],
    [1.0 / 3.0, -8.0 / 3.0, 10.0 / 3.0],
];

const MOST_ROUNDS: usize = 6;

/// Lengths that differ by less, relatively, have the same matrices: the ends of steps are rounded.
const SAME_LENGTH: f64 = 1e-6;

/// A new step is about `0.9 error^(-1/4)` times the old one, within these bounds.
const SAFETY: f64 = 0.9;
const ERROR_ORDER: f64 = 3.0;
const LEAST_FACTOR: f64 = 0.2;
const LARGEST_FACTOR: f64 = 10.0;

/// A step is not made longer by less than this: its matrices serve again.
const LEAST_GAIN: f64 = 1.2;

/// From this rate of convergence on, in more than two rounds, a Jacobian is too old.
const SLOW: f64 = 1e-3;

/// A run of Radau IIA.
///
/// Source of the formulas and of the choice of steps: Hairer and Wanner, *Solving Ordinary Differential
/// Equations II*, section IV.8; K. Gustafsson's prediction of their length is in the same place.
pub(super) struct Radau<'a> {
    rule: &'a Rule<'a>,
    bounds: Bounds,
    /// The length of the next step to try.
    length: f64,
    /// The length and the error of the step taken last; not of one whose length a bound has given.
    before: Option<(f64, f64)>,
    last: Step,
    rate: Vec<f64>,
    /// `∂f_i/∂x_j`, row by row.
    jacobian: Vec<f64>,
    /// Whether it is that of the present state.
    fresh: bool,
    matrices: Option<Matrices>,
    /// The cubic of the step taken last: three coefficients a variable. Empty at the start.
    cubic: Vec<f64>,
}

/// What is solved in a step of length `h`.
struct Matrices {
    h: f64,
    /// `1 - h A ⊗ J`.
    stages: Lu,
    /// `γ/h - J`.
    error: Lu,
}

/// The stages of a step, one after the other, and how they converged.
struct Solved {
    stages: Vec<f64>,
    rounds: usize,
    rate: f64,
}

impl<'a> Radau<'a> {
    /// A run at its start; the first step's length is chosen unless it is given.
    pub fn new(rule: &'a Rule<'a>, t: f64, x: Vec<f64>, bounds: Bounds, first_step: Option<f64>) -> Radau<'a> {
        let mut rate = vec![0.0; x.len()];
        rule(t, &x, &mut rate);
        let mut last = Step::start(t, x);
        last.evaluations = if first_step.is_some() { 1 } else { 2 };
        let length = first_step.unwrap_or_else(|| bounds.first_length(rule, t, &last.x, &rate, ERROR_ORDER));
        let jacobian = vec![0.0; last.x.len().pow(2)];
        let mut run = Radau {
            rule,
            bounds,
            length,
            before: None,
            last,
            rate,
            jacobian,
            fresh: true,
            matrices: None,
            cubic: Vec::new(),
        };
        run.differentiate();
        run
    }

    /// The Jacobian at the present state, by differences in the direction in which each variable moves.
    fn differentiate(&mut self) {
        let variables = self.rate.len();
        let (mut x, mut ahead) = (self.last.x.clone(), vec![0.0; variables]);
        for column in 0..variables {
            let size = x[column].abs().max(self.bounds.atol[column]);
            let step = f64::EPSILON.sqrt() * if size > 0.0 { size } else { 1.0 };
            x[column] += step.copysign(self.rate[column]);
            // What was added, not what should have been.
            let step = x[column] - self.last.x[column];
            (self.rule)(self.last.t, &x, &mut ahead);
            x[column] = self.last.x[column];
            for (row, (ahead, rate)) in ahead.iter().zip(&self.rate).enumerate() {
                self.jacobian[row * variables + column] = (ahead - rate) / step;
            }
        }
        self.last.evaluations += variables;
        self.fresh = true;
        self.matrices = None;
    }

    /// The matrices of a step of length `h`.
    fn prepare(&mut self, h: f64) {
        if self.matrices.as_ref().is_some_and(|matrices| (matrices.h / h - 1.0).abs() < SAME_LENGTH) {
            return;
        }
        let (jacobian, variables) = (&self.jacobian, self.rate.len());
        let one = |row: usize, column: usize| if row == column { 1.0 } else { 0.0 };
        let size = STAGES * variables;
        let entries = (0..size * size).map(|index| {
            let (row, column) = (index / size, index % size);
            let derivative = jacobian[row % variables * variables + column % variables];
            one(row, column) - h * A[row / variables][column / variables] * derivative
        });
        let stages = Lu::new(size, entries.collect());
        let entries = jacobian
            .iter()
            .enumerate()
            .map(|(index, derivative)| EIGENVALUE / h * one(index / variables, index % variables) - derivative);
        self.matrices = Some(Matrices { h, stages, error: Lu::new(variables, entries.collect()) });
    }

    /// Where the cubic of the step taken last expects the stages of the next one.
    fn expected(&self, h: f64) -> Vec<f64> {
        let (last, variables) = (&self.last, self.rate.len());
        let mut stages = vec![0.0; STAGES * variables];
        if !self.cubic.is_empty() {
            for (c, stage) in C.iter().zip(stages.chunks_exact_mut(variables)) {
                let part = (last.t - last.t_old + c * h) / (last.t - last.t_old);
                for (variable, z) in stage.iter_mut().enumerate() {
                    let q = &self.cubic[3 * variable..];
                    let x = last.x_old[variable] + part * (q[0] + part * (q[1] + part * q[2]));
                    *z = x - last.x[variable];
                }
            }
        }
        stages
    }

    /// Solves the equations of the stages by Newton's method with the same matrix in all rounds; `None`
    /// where it does not converge fast enough.
    fn solve(&mut self, h: f64) -> Option<Solved> {
        self.prepare(h);
        let matrices = self.matrices.as_ref()?;
        let variables = self.rate.len();
        let rtol = self.bounds.rtol;
        let tolerance = (10.0 * f64::EPSILON / rtol).max(rtol.sqrt().min(0.03));
        let mut stages = self.expected(h);
        let (mut rates, mut x) = (stages.clone(), self.last.x.clone());
        let (mut size_before, mut rate) = (None, 0.0_f64);
        for round in 1..=MOST_ROUNDS {
            for (stage, z) in stages.chunks_exact(variables).enumerate() {
                x.iter_mut().zip(&self.last.x).zip(z).for_each(|((x, start), z)| *x = start + z);
                (self.rule)(self.last.t + C[stage] * h, &x, &mut rates[stage * variables..][..variables]);
            }
            self.last.evaluations += STAGES;
            let mut change: Vec<f64> = (0..stages.len())
                .map(|index| {
                    let (stage, variable) = (index / variables, index % variables);
                    let sum: f64 = (0..STAGES).map(|j| A[stage][j] * rates[j * variables + variable]).sum();
                    h * sum - stages[index]
                })
                .collect();
            matrices.stages.solve(&mut change);
            let scale = |index: usize| self.bounds.tolerance(index % variables, self.last.x[index % variables]);
            let size = norm(change.len(), |index| change[index] / scale(index));
            if !size.is_finite() {
                return None;
            }
            if let Some(before) = size_before {
                rate = size / before;
                let left = i32::try_from(MOST_ROUNDS - round + 1).unwrap_or(0);
                if rate >= 1.0 || rate.powi(left) / (1.0 - rate) * size > tolerance {
                    return None;
                }
            }
            stages.iter_mut().zip(&change).for_each(|(z, change)| *z += change);
            if size == 0.0 || (size_before.is_some() && rate / (1.0 - rate) * size < tolerance) {
                return Some(Solved { stages, rounds: round, rate });
            }
            size_before = Some(size);
        }
        None
    }

    /// The stages of a step; where they do not converge, with the Jacobian of the present state.
    fn solve_afresh(&mut self, h: f64) -> Option<Solved> {
        let solved = self.solve(h);
        if solved.is_some() || self.fresh {
            return solved;
        }
        self.differentiate();
        self.solve(h)
    }

    /// The error of a step in tolerances. That of a step tried again is filtered once more: the first
    /// estimate may be far too large for a stiff rule.
    fn error(&mut self, h: f64, stages: &[f64], again: bool) -> f64 {
        let variables = self.rate.len();
        let sum = |i: usize| (0..STAGES).map(|stage| E[stage] * stages[stage * variables + i]).sum::<f64>() / h;
        let of_stages: Vec<f64> = (0..variables).map(sum).collect();
        let Some(matrices) = &self.matrices else { return f64::INFINITY };
        let (bounds, x) = (&self.bounds, &self.last.x);
        let end = &stages[(STAGES - 1) * variables..];
        let estimate = |rate: &[f64]| {
            let mut error: Vec<f64> = rate.iter().zip(&of_stages).map(|(rate, sum)| rate + sum).collect();
            matrices.error.solve(&mut error);
            let scale = |i: usize| bounds.tolerance(i, x[i].abs().max((x[i] + end[i]).abs()));
            let size = norm(variables, |i| error[i] / scale(i));
            (error, size)
        };
        let (error, size) = estimate(&self.rate);
        if !(again && size > 1.0) {
            return size;
        }
        let moved: Vec<f64> = x.iter().zip(&error).map(|(x, error)| x + error).collect();
        let mut rate = vec![0.0; variables];
        (self.rule)(self.last.t, &moved, &mut rate);
        self.last.evaluations += 1;
        estimate(&rate).1
    }

    /// By how much a step with this error may be longer, and how the errors of two steps continue.
    fn factor(&self, length: f64, error: f64) -> f64 {
        let trend = match self.before {
            Some((length_before, error_before)) if error > 0.0 => {
                length / length_before * (error_before / error).powf(1.0 / (ERROR_ORDER + 1.0))
            }
            _ => 1.0,
        };
        trend.min(1.0) * error.powf(-1.0 / (ERROR_ORDER + 1.0))
    }

    /// Takes the step to `t` with these stages.
    fn accept(&mut self, t: f64, solved: &Solved) {
        let (last, variables) = (&mut self.last, self.rate.len());
        last.t_old = std::mem::replace(&mut last.t, t);
        last.x_old.clone_from(&last.x);
        let end = &solved.stages[(STAGES - 1) * variables..];
        last.x.iter_mut().zip(end).for_each(|(x, z)| *x += z);
        (self.rule)(last.t, &last.x, &mut self.rate);
        last.evaluations += 1;
        self.fresh = false;
        self.cubic.clear();
        for variable in 0..variables {
            let stage = |stage: usize| solved.stages[stage * variables + variable];
            self.cubic.extend([0, 1, 2].map(|power| (0..STAGES).map(|i| P[i][power] * stage(i)).sum::<f64>()));
        }
    }
}

impl Stepper for Radau<'_> {
    fn last(&self) -> &Step {
        &self.last
    }

    fn rate(&self) -> &[f64] {
        &self.rate
    }

    fn step(&mut self) -> bool {
        let least = self.bounds.shortest_step(self.last.t);
        let mut length = self.length.min(self.bounds.max_step).max(least);
        if length != self.length {
            self.before = None;
        }
        let mut rejected = false;
        while length >= least {
            let t = self.bounds.end_of_step(self.last.t, length);
            let h = t - self.last.t;
            length = h.abs();
            let Some(solved) = self.solve_afresh(h) else {
                self.last.rejected += 1;
                length *= 0.5;
                continue;
            };
            let error = self.error(h, &solved.stages, rejected);
            let rounds = solved.rounds as f64;
            let safety = SAFETY * (2 * MOST_ROUNDS + 1) as f64 / (2.0 * MOST_ROUNDS as f64 + rounds);
            let factor = safety * self.factor(length, error);
            if error <= 1.0 {
                self.accept(t, &solved);
                let slow = solved.rounds > 2 && solved.rate > SLOW;
                if slow {
                    self.differentiate();
                }
                let factor = factor.min(LARGEST_FACTOR);
                self.before = Some((length, error));
                self.length = if !slow && factor < LEAST_GAIN { length } else { length * factor };
                return true;
            }
            // A NaN error estimate also shrinks the step to the minimum.
            length *= factor.max(LEAST_FACTOR);
            rejected = true;
            self.last.rejected += 1;
        }
        false
    }

    fn quartic(&self, out: &mut Vec<f64>) {
        let h = self.last.t - self.last.t_old;
        for q in self.cubic.chunks_exact(3) {
            out.extend([q[0] / h, q[1] / h, q[2] / h, 0.0]);
        }
    }
}
