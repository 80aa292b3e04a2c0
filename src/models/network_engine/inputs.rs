//! What nodes are given from outside.

use super::NodeCount;
use crate::{Error, Result, network};
use ndarray::{Array1, Array2};

/// What the nodes of a network are given from outside.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Input {
    /// Nothing.
    #[default]
    None,
    /// Always the same: one value per node.
    Constant(Array1<f64>),
    /// Changing: a row per node, a column per step. Column `k` acts on the step from `k dt` on.
    Series(Array2<f64>),
}

/// The inputs of a run, one for each row of its states.
#[derive(Debug, Clone)]
pub(in crate::models) struct Inputs {
    present: Vec<f64>,
    series: Vec<Series>,
}

#[derive(Debug, Clone)]
struct Series {
    name: &'static str,
    first_row: usize,
    values: Array2<f64>,
}

impl Inputs {
    /// The inputs of these names, each to one variable of all nodes. Of their `variables` the rest are given nothing.
    pub fn new(nodes: &NodeCount, inputs: &[(&'static str, &Input)], variables: usize) -> Result<Inputs> {
        let (mut present, mut series) = (Vec::new(), Vec::new());
        for (name, input) in inputs {
            let first_row = present.len();
            match input {
                Input::None => present.extend(vec![0.0; nodes.count()]),
                Input::Constant(values) => present.extend(nodes.broadcast_values(name, values)?),
                Input::Series(values) => {
                    nodes.ensure_len(name, values.nrows(), "rows")?;
                    network::all_finite(name, values)?;
                    present.extend(vec![0.0; nodes.count()]);
                    series.push(Series { name, first_row, values: values.clone() });
                }
            }
        }
        present.resize(variables * nodes.count(), 0.0);
        Ok(Inputs { present, series })
    }

    /// Whether any node is given anything.
    pub fn are_present(&self) -> bool {
        !self.series.is_empty() || self.present.iter().any(|input| *input != 0.0)
    }

    /// Refuses a run of that many steps when an input ends before it does.
    pub fn ensure_covers(&self, steps: usize) -> Result<()> {
        match self.series.iter().find(|series| series.values.ncols() < steps) {
            None => Ok(()),
            Some(Series { name, values, .. }) => Err(Error::new(format!(
                "{name} has {} columns, one a step, and the run needs {steps}: give more columns or a shorter duration",
                values.ncols()
            ))),
        }
    }

    /// The inputs that act on this step.
    #[inline]
    pub fn at(&mut self, step: usize) -> &[f64] {
        for Series { first_row, values, .. } in &self.series {
            self.present[*first_row..].iter_mut().zip(values.column(step)).for_each(|(to, from)| *to = *from);
        }
        &self.present
    }
}
