//! What many runs have shown: bifurcation diagrams and scores.

use ndarray::ArrayRef1;

use super::alt_text::three_digits;
use super::logarithms::go_up_by_a_factor;
use super::{Color, Figure};
use crate::analysis::Bifurcation;
use crate::sweep::{GridScan, Scan};

/// A bifurcation diagram: the smallest and the largest value of a variable over a parameter. Where the two lines
/// are one the variable rests, where they part it oscillates.
#[doc(alias = "plot")]
pub fn plot_bifurcation(diagram: &Bifurcation, parameter: &str, variable: &str) -> Figure {
    Figure::new()
        .size(6.0, 4.4)
        .x_label(parameter)
        .y_label(variable)
        .line(&diagram.values, &diagram.maxima)
        .label("largest")
        .color(Color::Orange)
        .line(&diagram.values, &diagram.minima)
        .label("smallest")
        .color(Color::Blue)
}

/// The scores of a parameter's values, the best one marked. When the best is the first or the last value, the
/// title says so: a better one may lie beyond. Three values or more that go up by an even factor are on a logarithmic axis.
pub fn plot_scan(scan: &Scan, parameter: &str, score: &str) -> Figure {
    let figure = Figure::new()
        .size(6.0, 3.8)
        .x_label(parameter)
        .y_label(score)
        .line(&scan.values, &scan.scores)
        .markers()
        .marker_size(5.0);
    let by_a_factor = scan.values.len() > 2 && go_up_by_a_factor(&scan.values.to_vec());
    let figure = if by_a_factor { figure.x_logarithmic() } else { figure };
    let Some(best) = scan.best() else { return figure };
    figure.points([best.value], [best.score]).color(Color::Orange).marker_size(11.0).label("best").title(best_of(
        best.score,
        &[(parameter, best.value)],
        best.on_edge,
    ))
}

/// The scores of two parameters' values in colours, the best pair marked. When it lies on the edge of the grid, the
/// title says so: a better one may lie beyond.
///
/// # Panics
/// Unless both parameters' values go up in even steps, or by an even factor; then their axis is logarithmic.
#[track_caller]
#[doc(alias = "heatmap")]
pub fn plot_scan_grid(scan: &GridScan, row_parameter: &str, column_parameter: &str, score: &str) -> Figure {
    let figure = Figure::new()
        .size(6.2, 4.8)
        .x_label(column_parameter)
        .y_label(row_parameter)
        .heat_map_over(&scan.columns, &scan.rows, &scan.scores)
        .color_bar(score);
    let Some(best) = scan.best() else { return figure };
    let pair = [(row_parameter, plain(best.row, &scan.rows)), (column_parameter, plain(best.column, &scan.columns))];
    // A white rim keeps the mark apart from every colour.
    figure
        .points([best.column], [best.row])
        .color(Color::Rgb(255, 255, 255))
        .marker_size(15.0)
        .points([best.column], [best.row])
        .color(Color::Orange)
        .marker_size(10.0)
        .title(best_of(best.score, &pair, best.on_edge))
}

/// The value; 0 where it is what rounding left of 0 in even steps.
fn plain(value: f64, values: &ArrayRef1<f64>) -> f64 {
    let largest = values.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
    if value.abs() < 1e-12 * largest { 0.0 } else { value }
}

/// `Best 0.72 at a = 0.05, K = 1.2: on the edge`.
fn best_of(score: f64, parameters: &[(&str, f64)], on_edge: bool) -> String {
    // Without the unit, which the axis has.
    let name = |parameter: &str| parameter.split(" (").next().unwrap_or(parameter).to_owned();
    let values: Vec<String> =
        parameters.iter().map(|(parameter, value)| format!("{} = {}", name(parameter), three_digits(*value))).collect();
    let edge = if on_edge { ": on the edge" } else { "" };
    format!("Best {} at {}{edge}", three_digits(score), values.join(", "))
}
