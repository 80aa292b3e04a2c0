//! One adaptive step of the Dormand-Prince pair, and what happens between its ends.

use super::Rule;
use super::stepper::{Bounds, Step, Stepper, norm};

/// When the stages are evaluated, in steps.
const C: [f64; 7] = [0.0, 1.0 / 5.0, 3.0 / 10.0, 4.0 / 5.0, 8.0 / 9.0, 1.0, 1.0];

/// How much of each stage before goes into a stage; the last row gives the new state.
const A: [[f64; 6]; 7] = [
    [0.0; 6],
    [1.0 / 5.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [3.0 / 40.0, 9.0 / 40.0, 0.0, 0.0, 0.0, 0.0],
    [44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0, 0.0, 0.0, 0.0],
    [19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0, 0.0, 0.0],
    [9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0, 0.0],
    [35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0],
];

/// The difference between the results of order 5 and 4.
const E: [f64; 7] =
    [-71.0 / 57600.0, 0.0, 71.0 / 16695.0, -71.0 / 1920.0, 17253.0 / 339200.0, -22.0 / 525.0, 1.0 / 40.0];

/// Shampine's quartic between the ends of a step: powers 1 to 4 of the part of the step, by stage.
const P: [[f64; 4]; 7] = [
    [1.0, -8048581381.0 / 2820520608.0, 8663915743.0 / 2820520608.0, -12715105075.0 / 11282082432.0],
    [0.0; 4],
    [0.0, 131558114200.0 / 32700410799.0, -68118460800.0 / 10900136933.0, 87487479700.0 / 32700410799.0],
    [0.0, -1754552775.0 / 470086768.0, 14199869525.0 / 1410260304.0, -10690763975.0 / 1880347072.0],
    [0.0, 127303824393.0 / 49829197408.0, -318862633887.0 / 49829197408.0, 701980252875.0 / 199316789632.0],
    [0.0, -282668133.0 / 205662961.0, 2019193451.0 / 616988883.0, -1453857185.0 / 822651844.0],
    [0.0, 40617522.0 / 29380423.0, -110615467.0 / 29380423.0, 69997945.0 / 29380423.0],
];

/// A new step is `0.9 error^(-1/5)` times the old one, within these bounds.
const SAFETY: f64 = 0.9;
const EXPONENT: f64 = -0.2;
const LEAST_FACTOR: f64 = 0.2;
const LARGEST_FACTOR: f64 = 10.0;

/// The order of the error, and so of the first step.
const ERROR_ORDER: f64 = 4.0;

/// A run of the Dormand-Prince pair.
pub(super) struct DormandPrince<'a> {
    rule: &'a Rule<'a>,
    bounds: Bounds,
    /// The length of the next step to try.
    length: f64,
    last: Step,
    /// The rates at the stages of the step taken last, one stage after the other.
    stages: Vec<f64>,
    /// Where stages are evaluated, and then the new state.
    trial: Vec<f64>,
}

impl<'a> DormandPrince<'a> {
    /// A run at its start; the first step's length is chosen unless it is given.
    pub fn new(rule: &'a Rule<'a>, t: f64, x: Vec<f64>, bounds: Bounds, first_step: Option<f64>) -> DormandPrince<'a> {
        let mut stages = vec![0.0; 7 * x.len()];
        // A step begins with the rate at which the one before it ended.
        let rate = &mut stages[6 * x.len()..];
        rule(t, &x, rate);
        let trial = x.clone();
        let mut last = Step::start(t, x);
        last.evaluations = if first_step.is_some() { 1 } else { 2 };
        let length = first_step.unwrap_or_else(|| bounds.first_length(rule, t, &last.x, rate, ERROR_ORDER));
        DormandPrince { rule, bounds, length, last, stages, trial }
    }

    /// Evaluates the stages of a step `h`, leaves the new state in `trial`, and gives the error in
    /// tolerances.
    fn try_step(&mut self, h: f64) -> f64 {
        self.stage::<1>(h);
        self.stage::<2>(h);
        self.stage::<3>(h);
        self.stage::<4>(h);
        self.stage::<5>(h);
        self.stage::<6>(h);
        self.last.evaluations += 6;
        let (x, stages) = (&self.last.x, by_stage::<7>(&self.stages, self.trial.len()));
        norm(x.len(), |i| {
            let scale = self.bounds.tolerance(i, x[i].abs().max(self.trial[i].abs()));
            h * weighted(&stages, i, |stage| E[stage]) / scale
        })
    }

    /// Evaluates stage `S`, counted from 0, after those before it.
    fn stage<const S: usize>(&mut self, h: f64) {
        let variables = self.trial.len();
        let (before, now) = self.stages.split_at_mut(S * variables);
        let before = by_stage::<S>(before, variables);
        for (i, (trial, x)) in self.trial.iter_mut().zip(&self.last.x).enumerate() {
            *trial = x + h * weighted(&before, i, |stage| A[S][stage]);
        }
        (self.rule)(self.last.t + C[S] * h, &self.trial, &mut now[..variables]);
    }
}

impl Stepper for DormandPrince<'_> {
    fn last(&self) -> &Step {
        &self.last
    }

    fn rate(&self) -> &[f64] {
        &self.stages[6 * self.trial.len()..]
    }

    fn step(&mut self) -> bool {
        let least = self.bounds.shortest_step(self.last.t);
        let mut length = self.length.min(self.bounds.max_step).max(least);
        let mut factor_limit = LARGEST_FACTOR;
        let (first, last) = self.stages.split_at_mut(6 * self.trial.len());
        first.iter_mut().zip(last).for_each(|(first, last)| *first = *last);
        while length >= least {
            let t = self.bounds.end_of_step(self.last.t, length);
            let h = t - self.last.t;
            length = h.abs();
            let error = self.try_step(h);
            if error < 1.0 {
                let factor = if error == 0.0 { LARGEST_FACTOR } else { SAFETY * error.powf(EXPONENT) };
                self.length = length * factor.min(factor_limit);
                let last = &mut self.last;
                last.t_old = std::mem::replace(&mut last.t, t);
                std::mem::swap(&mut last.x_old, &mut last.x);
                std::mem::swap(&mut last.x, &mut self.trial);
                return true;
            }
            // A NaN error estimate also shrinks the step to the minimum.
            length *= (SAFETY * error.powf(EXPONENT)).max(LEAST_FACTOR);
            factor_limit = 1.0;
            self.last.rejected += 1;
        }
        false
    }

    fn quartic(&self, out: &mut Vec<f64>) {
        let stages = by_stage::<7>(&self.stages, self.trial.len());
        for i in 0..self.trial.len() {
            out.extend([0, 1, 2, 3].map(|power| weighted(&stages, i, |stage| P[stage][power])));
        }
    }
}

/// The rates of `S` stages, each with one number per variable.
fn by_stage<const S: usize>(stages: &[f64], variables: usize) -> [&[f64]; S] {
    std::array::from_fn(|stage| &stages[stage * variables..][..variables])
}

/// The weighted sum of a variable's rates. Unrolled, because `S` is a constant.
fn weighted<const S: usize>(stages: &[&[f64]; S], variable: usize, weight: impl Fn(usize) -> f64) -> f64 {
    stages.iter().enumerate().map(|(stage, rates)| weight(stage) * rates[variable]).sum()
}

/// The state a time `elapsed` after the beginning, at `x_old`, of a step of length `h`.
pub(super) fn interpolate(elapsed: f64, h: f64, x_old: &[f64], quartic: &[f64], out: &mut [f64]) {
    let p = elapsed / h;
    for ((out, x), q) in out.iter_mut().zip(x_old).zip(quartic.chunks_exact(4)) {
        *out = x + h * (p * (q[0] + p * (q[1] + p * (q[2] + p * q[3]))));
    }
}
