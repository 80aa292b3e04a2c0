//! Pictures of many oscillators: their phases, their synchrony, their matrices.

use std::f64::consts::TAU;

use ndarray::{Array1, ArrayRef1, ArrayRef2};

use super::{Color, Figure};

/// Phases over time, one line a row of `phases` (nodes x times), modulo 2π.
pub fn plot_phases(times: &ArrayRef1<f64>, phases: &ArrayRef2<f64>) -> Figure {
    let figure = Figure::new().x_label("Time").y_label("Phase (rad)");
    let width = if phases.nrows() > 12 { 1.0 } else { 2.0 };
    phases.rows().into_iter().fold(figure, |figure, row| figure.phase(times, row).width(width))
}

/// Phases as points on the unit circle, and their mean as an arrow: its length is the order parameter
/// `R = |mean of exp(i θ)|`, its angle the mean phase.
pub fn plot_phase_circle(phases: &ArrayRef1<f64>) -> Figure {
    let count = phases.len().max(1) as f64;
    let mean = phases.iter().fold((0.0, 0.0), |sum, phase| (sum.0 + phase.cos() / count, sum.1 + phase.sin() / count));
    let length = mean.0.hypot(mean.1);
    let turn = Array1::linspace(0.0, TAU, 181);
    Figure::new()
        .size(4.2, 4.2)
        .axes(false)
        .equal_aspect()
        .x_range(-1.3, 1.3)
        .y_range(-1.3, 1.3)
        .line(turn.mapv(f64::cos), turn.mapv(f64::sin))
        .color(Color::Gray)
        .width(1.0)
        .points(phases.mapv(f64::cos), phases.mapv(f64::sin))
        .color(Color::Blue)
        .marker_size(10.0)
        .arrow((0.0, 0.0), mean)
        .color(Color::Orange)
        .width(3.0)
        .text(1.1, -0.03, "0")
        .text(-0.08, 1.12, "π/2")
        .text(-1.18, -0.03, "π")
        .text(-0.1, -1.2, "3π/2")
        .text(-1.25, 1.2, format!("R = {length:.2}"))
        .alternative_text(format!(
            "{} phases on the unit circle. The mean phase has an order parameter R of {length:.2}.",
            phases.len()
        ))
}

/// The order parameter over time, between 0 (phases all over the circle) and 1 (in step).
pub fn plot_order_parameter(times: &ArrayRef1<f64>, order_parameter: &ArrayRef1<f64>) -> Figure {
    Figure::new()
        .size(6.4, 3.0)
        .x_label("Time")
        .y_label("Order parameter R")
        .y_range(-0.02, 1.05)
        .line(times, order_parameter)
}

/// A matrix in colours, with a bar that says what they mean.
#[doc(alias = "imshow")]
pub fn plot_matrix(matrix: &ArrayRef2<f64>, quantity: &str) -> Figure {
    Figure::new().size(5.6, 4.8).x_label("Region").y_label("Region").heat_map(matrix).color_bar(quantity)
}

/// Many traces above each other, one a row of `traces` (nodes x times), all on one scale: the line of
/// node `k` swings about the height `k`.
#[doc(alias = "raster")]
pub fn plot_traces(times: &ArrayRef1<f64>, traces: &ArrayRef2<f64>) -> Figure {
    let nodes = traces.nrows();
    let means: Vec<f64> = traces.rows().into_iter().map(mean_of_finite).collect();
    let largest = traces
        .rows()
        .into_iter()
        .zip(&means)
        .flat_map(|(row, mean)| row.to_vec().into_iter().map(move |value| (value - mean).abs()))
        .filter(|swing| swing.is_finite())
        .fold(0.0, f64::max);
    let scale = if largest > 0.0 { 0.9 / largest } else { 1.0 };
    let mut figure = Figure::new().size(7.0, (0.09 * nodes as f64 + 1.6).clamp(3.0, 9.0));
    figure = figure.x_label("Time").y_label("Node");
    if nodes > 0 {
        figure = figure.y_range(-1.2, nodes as f64 + 0.2);
    }
    for (node, (row, mean)) in traces.rows().into_iter().zip(&means).enumerate() {
        figure = figure
            .line(times, row.iter().map(|value| node as f64 + scale * (value - mean)))
            .color(if node % 2 == 0 { Color::Blue } else { Color::Orange })
            .width(1.0);
    }
    figure
}

fn mean_of_finite(row: ndarray::ArrayView1<f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    row.iter().filter(|value| value.is_finite()).for_each(|value| {
        sum += value;
        count += 1.0;
    });
    if count > 0.0 { sum / count } else { 0.0 }
}
