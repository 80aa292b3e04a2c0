//! Where a system of two variables rests.

use crate::model::Model;
use crate::models::{Class, Linear2d};
use crate::{Error, Result};

/// A state at which nothing moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FixedPoint {
    /// The first variable.
    pub x: f64,
    /// The second variable.
    pub y: f64,
    /// The linear system that the model is like near it: the derivatives of the rates.
    pub jacobian: Linear2d,
    /// What the states near it do.
    pub class: Class,
}

/// Newton's method starts from this many points along each side of the plane.
const STARTS: usize = 33;

const MOST_STEPS: usize = 60;

/// Points nearer than this share of the plane are the same.
const SAME: f64 = 1e-6;

/// The step of a derivative: a share of the plane that balances the errors of the formula and of rounding.
const DERIVATIVE: f64 = 1e-5;

/// The derivatives have this many parts: what is smaller is rounding, and takes a centre for a focus.
const DERIVATIVE_PARTS: f64 = 1e8;

/// The fixed points of a model within these ranges of its two variables, by Newton's method from a grid of starts,
/// from the smallest `x` on. Each is classified by the linear system that the model is like near it
/// ([`Linear2d::class`]); a centre of the linear system may be a slow focus of the model itself.
///
/// Source: S. H. Strogatz, *Nonlinear Dynamics and Chaos*, section 6.3.
///
/// ```
/// use neurobook::{analysis::fixed_points, prelude::*};
/// let points = fixed_points(&Hopf { a: -0.1, omega: 1.0 }, (-1.0, 1.0), (-1.0, 1.0))?;
/// assert_eq!(points.len(), 1);
/// assert_eq!(points[0].class.to_string(), "stable focus");
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// Those of [`Model::check`], and when a range does not go up.
pub fn fixed_points(
    model: &impl Model<Rate = [f64; 2]>,
    x_range: (f64, f64),
    y_range: (f64, f64),
) -> Result<Vec<FixedPoint>> {
    model.check()?;
    // A thin shell: what is generic is compiled again in each of the learner's cells.
    Plane::new(&|state| model.rate(0.0, &state), x_range, y_range)?.fixed_points()
}

/// A part of the phase plane, and the rates in it.
pub(super) struct Plane<'a> {
    pub rate: &'a dyn Fn([f64; 2]) -> [f64; 2],
    pub low: [f64; 2],
    pub size: [f64; 2],
}

impl<'a> Plane<'a> {
    pub fn new(rate: &'a dyn Fn([f64; 2]) -> [f64; 2], x: (f64, f64), y: (f64, f64)) -> Result<Plane<'a>> {
        for (name, (low, high)) in [("x_range", x), ("y_range", y)] {
            if !(low < high && (high - low).is_finite()) {
                return Err(Error::new(format!(
                    "{name} goes from {low} to {high}: give a smaller and a larger number"
                )));
            }
        }
        Ok(Plane { rate, low: [x.0, y.0], size: [x.1 - x.0, y.1 - y.0] })
    }

    /// The state at these shares of the plane.
    pub fn at(&self, shares: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|axis| self.low[axis] + shares[axis] * self.size[axis])
    }

    fn fixed_points(&self) -> Result<Vec<FixedPoint>> {
        let mut found: Vec<[f64; 2]> = Vec::new();
        let share = |index: usize| index as f64 / (STARTS - 1) as f64;
        for start in 0..STARTS * STARTS {
            let Some(point) = self.newton(self.at([share(start % STARTS), share(start / STARTS)])) else { continue };
            let near = |other: &[f64; 2]| (0..2).all(|axis| (point[axis] - other[axis]).abs() < SAME * self.size[axis]);
            if near(&self.inside(point)) && !found.iter().any(near) {
                found.push(point);
            }
        }
        found.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
        found
            .into_iter()
            .map(|[x, y]| {
                let jacobian = Linear2d::new(rounded(self.jacobian([x, y])));
                Ok(FixedPoint { x, y, jacobian, class: jacobian.class()? })
            })
            .collect()
    }

    /// The state of the plane that is nearest.
    fn inside(&self, state: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|axis| state[axis].clamp(self.low[axis], self.low[axis] + self.size[axis]))
    }

    /// Where Newton's method comes to rest from here, if it does.
    fn newton(&self, mut state: [f64; 2]) -> Option<[f64; 2]> {
        for _ in 0..MOST_STEPS {
            let [p, q] = (self.rate)(state);
            let [[a, b], [c, d]] = self.jacobian(state);
            let determinant = a * d - b * c;
            let step = [(b * q - d * p) / determinant, (c * p - a * q) / determinant];
            if !(step[0].is_finite() && step[1].is_finite()) {
                return (p == 0.0 && q == 0.0).then_some(state);
            }
            // A step across the whole plane has lost its way.
            let reach = (0..2).map(|axis| (step[axis] / self.size[axis]).abs()).fold(0.0, f64::max);
            let damping = if reach > 0.5 { 0.5 / reach } else { 1.0 };
            state = [state[0] + damping * step[0], state[1] + damping * step[1]];
            if reach < 1e-3 * SAME {
                return Some(state);
            }
        }
        None
    }

    /// The derivatives of the rates, by central differences.
    fn jacobian(&self, state: [f64; 2]) -> [[f64; 2]; 2] {
        let [by_x, by_y] = [0, 1].map(|axis| {
            let step = DERIVATIVE * self.size[axis];
            let (mut before, mut after) = (state, state);
            before[axis] -= step;
            after[axis] += step;
            let (before, after) = ((self.rate)(before), (self.rate)(after));
            [0, 1].map(|rate| (after[rate] - before[rate]) / (2.0 * step))
        });
        [[by_x[0], by_y[0]], [by_x[1], by_y[1]]]
    }
}

/// The entries without what rounding left in them.
fn rounded(matrix: [[f64; 2]; 2]) -> [[f64; 2]; 2] {
    let largest = matrix.as_flattened().iter().fold(0.0, |largest: f64, entry| largest.max(entry.abs()));
    if largest == 0.0 {
        return matrix;
    }
    let part = largest / DERIVATIVE_PARTS;
    matrix.map(|row| row.map(|entry| (entry / part).round() * part))
}
