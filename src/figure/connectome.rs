//! A connectome seen from above.

use std::f64::consts::TAU;

use ndarray::{ArrayRef1, ArrayRef2};

use super::{Color, Figure};

/// Links are drawn in this many widths, the widest for the strongest.
const WIDTHS: [f64; 4] = [0.8, 1.6, 2.8, 4.2];
/// How much larger than what the regions take the hemispheres are drawn.
const ROOM: f64 = 1.16;
/// The share of the width by which the hemispheres become narrower towards the front.
const TAPER: f64 = 0.14;

/// Regions and their links, seen from above: the front is up, the left is on the left. A row of `positions` is a region:
/// how far it is to the right and to the front, and what else there is, such as its height. The stronger a link, the
/// wider its line.
///
/// The regions are the series added last, so that colours show what they do.
///
/// ```
/// use neurobook::prelude::*;
/// let (positions, connectome) = (data::small_positions(), data::small_connectome());
/// let activity = positions.column(1).mapv(|front| front / 85.0);
/// let figure = plot_connectome(&positions, &connectome.weights).colored_by(&activity).value_range(-1.0, 1.0);
/// assert_eq!(figure.series().last().map(|regions| regions.values.len()), Some(16));
/// ```
///
/// # Panics
/// When there is not a row of weights and a column of weights for each region, or fewer than two columns of positions.
#[track_caller]
#[doc(alias = "plot_markers")]
pub fn plot_connectome(positions: &ArrayRef2<f64>, weights: &ArrayRef2<f64>) -> Figure {
    let (regions, columns) = positions.dim();
    assert!(columns >= 2, "positions has {columns} columns: give two, to the right and to the front, or three");
    assert!(
        weights.dim() == (regions, regions),
        "positions has {regions} rows and weights is {:?}: give a row of positions for each region",
        weights.dim()
    );
    let (right, front) = (positions.column(0).to_owned(), positions.column(1).to_owned());
    let largest = |values: &ArrayRef1<f64>| values.iter().fold(1e-9_f64, |most, value| most.max(value.abs()));
    let (wide, long) = (ROOM * largest(&right), ROOM * largest(&front));
    let mut figure = Figure::new()
        .size(4.2, 5.0)
        .axes(false)
        .equal_aspect()
        .x_range(-1.02 * wide * (1.0 + TAPER), 1.02 * wide * (1.0 + TAPER))
        .y_range(-1.02 * long, 1.02 * long);
    for side in [-1.0, 1.0] {
        let (x, y) = hemisphere(side, wide, long);
        figure = figure.area(&x, &y).color(Color::Gray);
    }
    for (class, width) in WIDTHS.into_iter().enumerate() {
        let (x, y) = links(class, weights, &right, &front);
        if !x.is_empty() {
            figure = figure.line(x, y).color(Color::Gray).width(width);
        }
    }
    figure
        .points(&right, &front)
        .color(Color::Gray)
        .marker_size(21.0)
        .points(&right, &front)
        .color(Color::Blue)
        .marker_size(17.0)
        .alternative_text(format!("{regions} regions of a brain seen from above, and the links between them."))
}

/// The outline of half a brain, a little beside the midline and narrower in front.
fn hemisphere(side: f64, wide: f64, long: f64) -> (Vec<f64>, Vec<f64>) {
    let corner = |step: i32| {
        let angle = 0.5 * TAU * (f64::from(step) / 60.0 - 0.5);
        let taper = 1.0 - TAPER * angle.sin();
        (side * wide * (0.02 + taper * angle.cos()), long * angle.sin())
    };
    (0..=60).map(corner).unzip()
}

/// The links of one class of strengths, with gaps between them.
fn links(
    class: usize,
    weights: &ArrayRef2<f64>,
    right: &ArrayRef1<f64>,
    front: &ArrayRef1<f64>,
) -> (Vec<f64>, Vec<f64>) {
    let strongest = weights.iter().fold(0.0_f64, |most, weight| most.max(*weight));
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for n in 0..right.len() {
        for m in 0..n {
            let weight = weights[[n, m]].max(weights[[m, n]]);
            let share = weight / strongest * WIDTHS.len() as f64;
            if weight > 0.0 && (share as usize).min(WIDTHS.len() - 1) == class {
                x.extend([right[n], right[m], f64::NAN]);
                y.extend([front[n], front[m], f64::NAN]);
            }
        }
    }
    (x, y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn each_link_is_drawn_once_and_the_stronger_one_wider() {
        let positions = array![[-10.0, 0.0], [10.0, 0.0], [0.0, 10.0]];
        let weights = array![[0.0, 0.1, 0.0], [0.1, 0.0, 1.0], [0.0, 1.0, 0.0]];
        let figure = plot_connectome(&positions, &weights);
        let lines: Vec<(Vec<f64>, f64)> = figure
            .series()
            .iter()
            .filter(|series| series.kind == super::super::Kind::Line)
            .map(|series| (series.x[..2].to_vec(), series.width))
            .collect();
        assert_eq!(lines, [(vec![10.0, -10.0], WIDTHS[0]), (vec![0.0, 10.0], WIDTHS[3])]);
    }

    #[test]
    fn regions_without_links_are_still_there() {
        let figure = plot_connectome(&array![[-10.0, 0.0, 3.0], [10.0, 0.0, 3.0]], &Array2::zeros((2, 2)));
        assert_eq!(figure.series().last().map(|regions| regions.x.clone()), Some(vec![-10.0, 10.0]));
    }
}
