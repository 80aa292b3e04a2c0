//! What a panel's data reach.

use std::f64::consts::TAU;

use super::axis::{extent, union};
use super::series::Kind;
use super::{Figure, Panel};

/// The smallest and the largest value of a panel's data on each axis.
pub(super) struct Data {
    pub x: Option<(f64, f64)>,
    pub y: Option<(f64, f64)>,
}

impl Data {
    pub fn of_all(figure: &Figure) -> Vec<Data> {
        figure.panels.iter().map(Data::of).collect()
    }

    fn of(panel: &Panel) -> Data {
        let extent = |values: &[f64], cell: f64| extent(values).map(|(low, high)| (low - cell, high + cell));
        let x = union(panel.series.iter().map(|series| extent(&series.x, series.half_cell().0)));
        let y = union(panel.series.iter().map(|series| match series.kind {
            // Where a phase wraps, its line goes to the ends of the turn.
            Kind::Phase if !series.y.is_empty() => Some((0.0, TAU)),
            _ => extent(&series.y, series.half_cell().1),
        }));
        Data { x, y }
    }
}
