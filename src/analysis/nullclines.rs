//! Where one of two variables does not change.

use super::fixed_points::Plane;
use crate::Result;
use crate::model::Model;
use std::collections::BTreeMap;

/// Curves on which one variable's rate of change is 0. Between two curves is a NaN, which leaves a gap in a
/// line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Nullcline {
    /// The first variable along the curves.
    pub x: Vec<f64>,
    /// The second variable.
    pub y: Vec<f64>,
}

/// The plane is cut into this many cells along each side.
const CELLS: usize = 160;

/// Halvings of an edge to find where the rate changes its sign.
const HALVINGS: usize = 40;

/// Beside a zero a rate is smaller than this share of what it is at the ends of the edge; beside a jump it is not.
const NEARLY_ZERO: f64 = 1e-3;

/// The nullclines of a model within these ranges of its two variables: first that of its first variable, where the
/// states move up or down only, then that of the second. Where they cross is a
/// [fixed point](super::fixed_points()).
///
/// A rate that changes its sign twice between two points of a grid of 161 by 161 is not seen. Where a rate jumps from
/// one sign to the other, at a pole or beside a place where it is not a number, it is not 0, and there is no curve.
///
/// ```
/// use neurobook::{analysis::nullclines, prelude::*};
/// let [x, y] = nullclines(&FitzHughNagumo::default(), (-1.0, 2.0), (-1.0, 3.0))?;
/// assert!(y.x.iter().zip(&y.y).all(|(x, y)| x.is_nan() || (y - 2.0 * x).abs() < 1e-9));
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// Those of [`Model::check`], and when a range does not go up.
pub fn nullclines(
    model: &impl Model<Rate = [f64; 2]>,
    x_range: (f64, f64),
    y_range: (f64, f64),
) -> Result<[Nullcline; 2]> {
    model.check()?;
    // A thin shell: what is generic is compiled again in each of the learner's cells.
    let rate = |state: [f64; 2]| model.rate(0.0, &state);
    let plane = Plane::new(&rate, x_range, y_range)?;
    Ok([0, 1].map(|variable| curves(&plane, &|state| (plane.rate)(state)[variable])))
}

/// A point of the grid: its column and its row.
type Corner = (usize, usize);

/// An edge of the grid, from a corner to the one right of it or above it.
type Edge = (Corner, Corner);

/// The curves of sign changes: in each cell they connect the edges on which the sign changes, and from cell to cell
/// they join.
fn curves(plane: &Plane, value: &dyn Fn([f64; 2]) -> f64) -> Nullcline {
    let share = |index: usize| index as f64 / CELLS as f64;
    let place = |(column, row): Corner| plane.at([share(column), share(row)]);
    let values: Vec<f64> =
        (0..(CELLS + 1).pow(2)).map(|index| value(place((index % (CELLS + 1), index / (CELLS + 1))))).collect();
    let value_at = |(column, row): Corner| values[row * (CELLS + 1) + column];
    let mut known: BTreeMap<Edge, Option<[f64; 2]>> = BTreeMap::new();
    let mut zero_on = |(from, to): Edge| {
        let (before, after) = (value_at(from), value_at(to));
        let crosses = before.is_finite() && after.is_finite() && (before > 0.0) != (after > 0.0);
        let found = || crosses.then(|| zero(place(from), place(to), before.abs().max(after.abs()), value)).flatten();
        *known.entry((from, to)).or_insert_with(found)
    };

    // What each edge is connected with: at most one other edge on either side.
    let mut links: BTreeMap<Edge, Vec<Edge>> = BTreeMap::new();
    for index in 0..CELLS * CELLS {
        let (column, row) = (index % CELLS, index / CELLS);
        let corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
        let edges = [(0, 1), (1, 2), (3, 2), (0, 3)].map(|(from, to)| (corners[from], corners[to]));
        let mut crossed: Vec<Edge> = edges.into_iter().filter(|edge| zero_on(*edge).is_some()).collect();
        if crossed.len() == 4 && value_at(corners[0]) > 0.0 {
            // A saddle: which corners belong together is a matter of taste.
            crossed.rotate_left(1);
        }
        for pair in crossed.chunks_exact(2) {
            links.entry(pair[0]).or_default().push(pair[1]);
            links.entry(pair[1]).or_default().push(pair[0]);
        }
    }

    let mut line = Nullcline::default();
    // Open curves from their ends, then what is left: closed ones.
    let ends: Vec<Edge> = links.iter().filter(|(_, links)| links.len() == 1).map(|(edge, _)| *edge).collect();
    let all: Vec<Edge> = links.keys().copied().collect();
    for start in ends.into_iter().chain(all) {
        if !links.contains_key(&start) {
            continue;
        }
        let mut closing = links[&start].len() == 2;
        let mut next = Some(start);
        while let Some(edge) = next {
            if let Some([x, y]) = known.get(&edge).copied().flatten() {
                line.x.push(x);
                line.y.push(y);
            }
            let linked = links.remove(&edge).unwrap_or_default();
            next = linked.into_iter().find(|edge| links.contains_key(edge)).or(closing.then_some(start));
            closing &= next != Some(start);
        }
        line.x.push(f64::NAN);
        line.y.push(f64::NAN);
    }
    line
}

/// Where between two states the value is zero; `None` where it changes its sign without being zero. `size` is the
/// largest of it at the two.
fn zero(mut from: [f64; 2], mut to: [f64; 2], size: f64, value: &dyn Fn([f64; 2]) -> f64) -> Option<[f64; 2]> {
    let above = value(from) > 0.0;
    let middle = |from: [f64; 2], to: [f64; 2]| [0, 1].map(|axis| 0.5 * (from[axis] + to[axis]));
    for _ in 0..HALVINGS {
        let middle = middle(from, to);
        if (value(middle) > 0.0) == above { from = middle } else { to = middle }
    }
    let beside = value(from).abs().max(value(to).abs());
    // A comparison with NaN is false; `max` would have hidden it.
    let finite = value(from).is_finite() && value(to).is_finite();
    (finite && beside <= NEARLY_ZERO * size).then(|| middle(from, to))
}
