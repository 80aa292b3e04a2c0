//! What `docs/coming-from.md` says of other packages: our runs beside numbers that those packages made, with the origin
//! of each beside it in `tests/golden/coming_from`.

mod hopf;
mod noise;
mod page;
mod phases;

use neurobook::prelude::*;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Numbers of a package, and the small system of three nodes that all of them ran.
struct Golden {
    package: &'static str,
    numbers: Value,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/coming_from")
}

impl Golden {
    fn of(package: &'static str) -> Golden {
        let text = std::fs::read_to_string(folder().join(format!("{package}.json"))).unwrap();
        Golden { package, numbers: serde_json::from_str(&text).unwrap() }
    }

    /// A list of numbers, by the names on the way to it.
    fn list(&self, way: &[&str]) -> Array1<f64> {
        numbers(&self.at(way))
    }

    /// A matrix: a row for each node.
    fn matrix(&self, way: &[&str]) -> Array2<f64> {
        let rows: Vec<Array1<f64>> = self.at(way).as_array().unwrap().iter().map(numbers).collect();
        Array2::from_shape_fn((rows.len(), rows[0].len()), |(row, column)| rows[row][column])
    }

    fn number(&self, way: &[&str]) -> f64 {
        self.at(way).as_f64().unwrap()
    }

    fn at(&self, way: &[&str]) -> Value {
        way.iter()
            .fold(&self.numbers, |value, name| value.get(name).unwrap_or_else(|| panic!("{}: no {name}", self.package)))
            .clone()
    }

    fn dt(&self) -> f64 {
        self.number(&["system", "dt"])
    }

    /// How long the packages ran, in ms.
    fn duration(&self) -> f64 {
        self.dt() * self.number(&["system", "steps"])
    }

    fn coupling(&self) -> f64 {
        self.number(&["system", "coupling"])
    }

    fn weights(&self) -> Array2<f64> {
        self.matrix(&["system", "weights"])
    }

    /// The delays in ms, each made by `whole` of its number of steps.
    fn delays(&self, whole: fn(f64) -> f64) -> Delays {
        Delays::Times(self.matrix(&["system", "delays"]).mapv(|time| self.dt() * whole(time / self.dt())))
    }

    /// Three phase oscillators, without delays.
    fn kuramoto(&self) -> Kuramoto {
        Kuramoto {
            omega: self.list(&["system", "omega"]),
            coupling: self.coupling(),
            weights: self.weights(),
            initial_phases: Some(self.list(&["system", "phases"])),
            dt: self.dt(),
            wrapped: false,
            ..Kuramoto::default()
        }
    }

    /// Three Hopf nodes, without delays, in Euler's steps.
    fn hopf(&self) -> HopfNetwork {
        let (x, y) = (self.list(&["system", "x"]), self.list(&["system", "y"]));
        HopfNetwork {
            nodes: vec![Hopf { a: self.number(&["system", "a"]), omega: self.number(&["system", "w"]) }],
            coupling: self.coupling(),
            weights: self.weights(),
            initial_states: Some(neurobook::ndarray::stack![neurobook::ndarray::Axis(0), x, y]),
            scheme: Scheme::Euler,
            dt: self.dt(),
            ..HopfNetwork::default()
        }
    }
}

fn numbers(value: &Value) -> Array1<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

/// The largest difference between a package's samples and ours from the sample `first` on.
fn gap(theirs: &Array2<f64>, ours: &Array2<f64>, first: usize) -> f64 {
    let pairs = theirs.indexed_iter().map(|((node, sample), value)| (value - ours[[node, sample + first]]).abs());
    pairs.fold(0.0, f64::max)
}

/// A whole number of steps as it is rounded by most: the nearest one, and of two the even one.
fn nearest(steps: f64) -> f64 {
    steps.round_ties_even()
}
