//! How many nodes a network has, and what has to be as many.

use crate::network::{self, Delays};
use crate::validate::ensure_history_fits;
use crate::{Error, Result};
use ndarray::{Array1, Array2};

/// The number of nodes of a network whose weights are good.
#[derive(Debug, Clone, Copy)]
pub(in crate::models) struct NodeCount(usize);

impl NodeCount {
    /// The nodes of these weights.
    pub fn of(weights: &Array2<f64>) -> Result<NodeCount> {
        network::square("weights", weights)?;
        network::all_finite("weights", weights)?;
        match weights.nrows() {
            0 => Err(Error::new("weights is empty: a network has one node at least")),
            nodes => Ok(NodeCount(nodes)),
        }
    }

    pub fn count(self) -> usize {
        self.0
    }

    /// A parameter that has one value for each node, or one for all.
    pub fn broadcast_values(self, name: &str, values: &Array1<f64>) -> Result<Vec<f64>> {
        if values.len() != 1 {
            self.ensure_len(name, values.len(), "values")?;
        }
        if let Some(node) = values.iter().position(|value| !value.is_finite()) {
            return Err(Error::new(format!("{name} of node {node} is {}: give a number", values[node])));
        }
        Ok(self.broadcast(&values.to_vec()))
    }

    /// One for each node of what is one for each or one for all.
    pub fn broadcast<T: Clone>(self, values: &[T]) -> Vec<T> {
        if values.len() == 1 { vec![values[0].clone(); self.0] } else { values.to_vec() }
    }

    /// Refuses a parameter with another number of rows, columns or values.
    pub fn ensure_len(self, name: &str, count: usize, what: &str) -> Result<()> {
        if count == self.0 {
            return Ok(());
        }
        let nodes = self.0;
        Err(Error::new(format!(
            "{name} has {count} {what} and weights has {nodes} rows: give both the same number of nodes, for example weights: \
             network::all_to_all({count})"
        )))
    }

    /// Each connection's delay in steps of `dt`, when the history that they need fits in memory: that many
    /// signals of each node.
    pub fn delay_steps(self, delays: &Delays, dt: f64, signals: usize) -> Result<Option<Array2<usize>>> {
        let delays = delays.steps(self.0, dt)?;
        let longest = delays.iter().flatten().max().copied().unwrap_or(0);
        ensure_history_fits(self.0, signals, longest)?;
        Ok(delays)
    }
}
