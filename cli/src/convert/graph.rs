//! Networks as lists of edges become matrices: GraphML, and tables of `from to weight`.

mod edge_list;
mod graphml;
mod markup;

use std::collections::HashMap;

use anyhow::{Result, bail, ensure};

use super::array::Grid;
use super::course_table::{Content, Place};
use super::delimited::shown;
use super::number_format::count;
use super::{Choices, Conversion};

pub use edge_list::convert as convert_edges;
pub use graphml::{convert, is_graphml};

/// A network while its edges are read.
#[derive(Debug, Default)]
struct Graph {
    names: Vec<String>,
    numbers: HashMap<String, usize>,
    /// Receiver, sender and weight, both counted from 0.
    edges: Vec<(usize, usize, f64)>,
}

impl Graph {
    /// The number of a node, which is new if no other has this name.
    fn node(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }

    fn add(&mut self, from: usize, to: usize, weight: f64, directed: bool) {
        self.edges.push((to, from, weight));
        if !directed && from != to {
            self.edges.push((from, to, weight));
        }
    }

    /// The matrix of the network.
    fn convert(self, found: String, mut assumed: Vec<String>, choices: &Choices) -> Result<Conversion> {
        let nodes = self.names.len();
        ensure!(nodes > 0, "there is no node in it: save a network that has some");
        let mut values = vec![0.0; count(&[nodes, nodes])?];
        let mut known = vec![false; values.len()];
        for (to, from, weight) in &self.edges {
            if std::mem::replace(&mut known[to * nodes + from], true) {
                bail!(
                    "there are two edges from {:?} to {:?}: keep one, or add their weights where the file is made",
                    shown(&self.names[*from]),
                    shown(&self.names[*to])
                );
            }
            values[to * nodes + from] = *weight;
        }
        let found = format!("{found} of {nodes} nodes");
        assumed.push("Where there is no edge the weight is 0. An edge from m to n is in row n, column m.".to_owned());
        let grid = Grid { rows: nodes, columns: nodes, values };
        Content { found, assumed, grid, names: None, labels: Some(self.names), place: Place::default() }
            .convert(choices)
    }
}
