//! Phases: one turn of a circle drawn as one band, without a vertical line where it wraps.

use std::f64::consts::TAU;

use super::placement::Map;
use super::scene::{Curve, Frame, GRAIN, Point};

/// What a phase axis shows: a turn and a little room.
pub(super) const ONE_TURN: (f64, f64) = (-0.2, TAU + 0.2);

/// More points than this in a line are reduced instead of drawn one by one.
const MOST: usize = 2500;

/// The angle from 0 up to, but not including, 2π.
pub(super) fn wrapped(phase: f64) -> f64 {
    let wrapped = phase.rem_euclid(TAU);
    if wrapped >= TAU { 0.0 } else { wrapped }
}

/// The curve of a phase as a piece of the scene: possible where the points are evenly spaced in time,
/// finite, and not too many.
pub(super) fn curve(time: &[f64], phase: &[f64], map: Map) -> Option<Curve> {
    let count = time.len();
    if !(2..=MOST).contains(&count) {
        return None;
    }
    let x = |k: usize| map.place(time[k], 0.0).0;
    let y = |phase: f64| map.place(0.0, phase).1.round() as i32;
    let (bottom, height) = (y(0.0), y(0.0) - y(TAU));
    let frame = Frame { left: x(0).round() as i32, right: x(count - 1).round() as i32, bottom, top: bottom - height };
    if height < GRAIN {
        return None;
    }
    let curve = Curve { frame, heights: heights(phase, f64::from(height / GRAIN))? };
    (0..count).all(|k| (x(k) - f64::from(curve.x(k))).abs() <= 1.0).then_some(curve)
}

/// The phase in steps, this many to a turn, going on over the wraps.
fn heights(phase: &[f64], turn: f64) -> Option<Vec<i32>> {
    let mut turns = 0.0;
    let mut before = *phase.first()?;
    let mut heights = Vec::with_capacity(phase.len());
    for &phase in phase {
        if !phase.is_finite() {
            return None;
        }
        turns -= ((phase - before) / TAU).round();
        heights.push((turns * turn + (phase / TAU * turn).round()) as i32);
        before = phase;
    }
    Some(heights)
}

/// The phase with a break at each wrap: to the edge of the turn, a gap, and on from the other edge.
pub(super) fn broken(time: &[f64], phase: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let (mut x, mut y): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    for (k, (&now, &here)) in time.iter().zip(phase).enumerate() {
        if k > 0 {
            let (then, there) = (time[k - 1], phase[k - 1]);
            let turns = ((here - there) / TAU).round();
            if turns != 0.0 && turns.is_finite() {
                // Rising over 2π comes back at 0, and the other way round.
                let (edge, other) = if turns < 0.0 { (TAU, 0.0) } else { (0.0, TAU) };
                let way = here - turns * TAU - there;
                let at = then + (now - then) * if way == 0.0 { 0.5 } else { (edge - there) / way };
                x.extend([at, f64::NAN, at]);
                y.extend([edge, f64::NAN, other]);
            }
        }
        x.push(now);
        y.push(here);
    }
    (x, y)
}

impl Curve {
    /// Where point `k` is from left to right.
    pub fn x(&self, k: usize) -> i32 {
        let Frame { left, right, .. } = self.frame;
        left + rounded(i64::from(right - left) * k as i64, self.heights.len() as i64 - 1)
    }

    /// The unbroken stretches of the curve. The slider's script does the same.
    pub fn runs(&self) -> Vec<Vec<Point>> {
        let Frame { bottom, top, .. } = self.frame;
        let turn = i64::from((bottom - top) / GRAIN);
        let mut runs: Vec<Vec<Point>> = Vec::new();
        let mut run: Vec<Point> = Vec::new();
        let (mut before, mut level_before, mut x_before) = (0, 0, 0);
        for (k, height) in self.heights.iter().enumerate() {
            let (x, height) = (self.x(k), i64::from(*height));
            let level = height.div_euclid(turn);
            if k > 0 && level != level_before {
                let edge = turn * level.max(level_before);
                let at = x_before + rounded(i64::from(x - x_before) * (edge - before), height - before);
                let (end, begin) = if level > level_before { (top, bottom) } else { (bottom, top) };
                run.push((at, end));
                runs.push(std::mem::replace(&mut run, vec![(at, begin)]));
            }
            run.push((x, bottom - rounded((height - level * turn) * i64::from(bottom - top), turn)));
            (before, level_before, x_before) = (height, level, x);
        }
        runs.push(run);
        runs
    }
}

/// The quotient to the nearest whole number, halves up.
fn rounded(over: i64, under: i64) -> i32 {
    let (over, under) = if under < 0 { (-over, -under) } else { (over, under) };
    (2 * over + under).div_euclid(2 * under.max(1)) as i32
}
