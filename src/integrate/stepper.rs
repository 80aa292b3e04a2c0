//! What all methods that choose their steps share.

use super::Rule;

/// The tolerances and bounds of a run.
pub(super) struct Bounds {
    pub rtol: f64,
    /// One a variable.
    pub atol: Vec<f64>,
    pub max_step: f64,
    pub t_end: f64,
}

/// A run under way.
pub(super) trait Stepper {
    /// The step taken last; at the start, one of no length.
    fn last(&self) -> &Step;

    /// The rate of change at its end.
    fn rate(&self) -> &[f64];

    /// Takes one step that meets the tolerances; false when it would have to be too short to count.
    fn step(&mut self) -> bool;

    /// Writes the coefficients of the quartic through the step taken last: four a variable.
    fn quartic(&self, out: &mut Vec<f64>);
}

/// The ends of a step and the states there, and what it took to come so far.
pub(super) struct Step {
    pub t_old: f64,
    pub t: f64,
    pub x_old: Vec<f64>,
    pub x: Vec<f64>,
    pub evaluations: usize,
    pub rejected: usize,
}

impl Step {
    /// The start of a run.
    pub fn start(t: f64, x: Vec<f64>) -> Step {
        Step { t_old: t, t, x_old: x.clone(), x, evaluations: 0, rejected: 0 }
    }
}

impl Bounds {
    /// 1, or -1 backward in time.
    pub fn direction(&self, t: f64) -> f64 {
        if self.t_end < t { -1.0 } else { 1.0 }
    }

    /// The error that each variable may have at this state.
    pub fn tolerance(&self, variable: usize, x: f64) -> f64 {
        self.atol[variable] + x.abs() * self.rtol
    }

    /// The end of a step of this length, which is not beyond the run's.
    pub fn end_of_step(&self, t: f64, length: f64) -> f64 {
        let direction = self.direction(t);
        let end = t + length * direction;
        if direction * (end - self.t_end) > 0.0 { self.t_end } else { end }
    }

    /// A step that is shorter does not count.
    pub fn shortest_step(&self, t: f64) -> f64 {
        10.0 * if self.t_end < t { t - t.next_down() } else { t.next_up() - t }
    }

    /// The length of a first step after Hairer, Nørsett and Wanner, *Solving Ordinary Differential
    /// Equations I*, section II.4, for a method whose error is of this order. It evaluates the rule once.
    pub fn first_length(&self, rule: &Rule, t: f64, x: &[f64], rate: &[f64], order: f64) -> f64 {
        let variables = x.len();
        let (span, direction) = ((self.t_end - t).abs(), self.direction(t));
        let size = norm(variables, |i| x[i] / self.tolerance(i, x[i]));
        let slope = norm(variables, |i| rate[i] / self.tolerance(i, x[i]));
        let guess = if size < 1e-5 || slope < 1e-5 { 1e-6 } else { 0.01 * size / slope };
        let guess = guess.min(span);
        let trial: Vec<f64> = x.iter().zip(rate).map(|(x, rate)| x + guess * direction * rate).collect();
        let mut ahead = vec![0.0; variables];
        rule(t + guess * direction, &trial, &mut ahead);
        let bend = norm(variables, |i| (ahead[i] - rate[i]) / self.tolerance(i, x[i])) / guess;
        let length = if slope <= 1e-15 && bend <= 1e-15 {
            (guess * 1e-3).max(1e-6)
        } else {
            (0.01 / slope.max(bend)).powf(1.0 / (order + 1.0))
        };
        (100.0 * guess).min(length).min(span).min(self.max_step)
    }
}

/// The root mean square of `count` values.
pub(super) fn norm(count: usize, value: impl Fn(usize) -> f64) -> f64 {
    ((0..count).map(|i| value(i).powi(2)).sum::<f64>() / count as f64).sqrt()
}
