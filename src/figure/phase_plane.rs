//! The phase plane: trajectories, and the stream plots of linear systems.

use ndarray::ArrayView1;
use num_complex::Complex64;

use super::streams::plane_of;
use super::ticks::minus;
use super::{Color, Figure};
use crate::Trajectory;
use crate::models::{Class, Kind, Linear2d, Stability};

/// How far the planes of [`plot_streamplot`] go from the origin.
const REACH: f64 = 20.0;

/// A run in three panels: its first variable over time, its second, and one against the other. The
/// lines fade in as time goes by, and a dot marks the start.
///
/// A run of one variable has the first panel only.
#[doc(alias = "plot")]
pub fn plot_trajectory(run: &Trajectory) -> Figure {
    let name = |row: usize| run.names.get(row).map_or_else(|| format!("variable {}", row + 1), |name| subscript(name));
    let panel = |(x_name, x): (&str, ArrayView1<f64>), (y_name, y): (&str, ArrayView1<f64>)| {
        Figure::new()
            .x_label(x_name)
            .y_label(y_name)
            .line(x, y)
            .color(Color::Blue)
            .fading()
            .points(x.iter().take(1), y.iter().take(1))
            .color(Color::Orange)
    };
    let names = [name(0), name(1)];
    let rows: Vec<(&str, ArrayView1<f64>)> = names.iter().map(String::as_str).zip(run.states.rows()).collect();
    let mut panels: Vec<Figure> = rows.iter().map(|row| panel(("Time", run.times.view()), *row)).collect();
    if let [one, other] = rows[..] {
        let mut plane = panel(one, other);
        plane.panels[0].series[0].arrow_heads = true;
        panels.push(plane.label("start"));
    }
    let width = if panels.len() == 3 { 10.0 } else { 4.4 };
    Figure::row(panels).size(width, 3.2)
}

/// The stream plot of the linear system `dx/dt = A x` on a plane from -20 to 20.
///
/// Real eigenvectors are arrows from the origin, longer than any state that is near; complex ones
/// have no direction in the plane, and the title says that the states turn (see [`Linear2d::class`]).
///
/// # Panics
/// When an entry of the matrix is not finite.
#[track_caller]
#[doc(alias = "streamplot")]
pub fn plot_streamplot(matrix: [[f64; 2]; 2]) -> Figure {
    linear_plane(matrix).color_bar("2 ln(1 + speed)").size(6.2, 5.2)
}

/// Four linear systems side by side and below each other, each titled by its eigenvalues and their class.
///
/// # Panics
/// When an entry of a matrix is not finite.
#[track_caller]
pub fn stream_gallery(matrices: [[[f64; 2]; 2]; 4]) -> Figure {
    let mut panels = matrices.map(linear_plane);
    for (index, figure) in panels.iter_mut().enumerate() {
        let panel = &mut figure.panels[0];
        panel.color_bar = None;
        if index < 2 {
            panel.x.label.clear();
        }
        if index % 2 == 1 {
            panel.y.label.clear();
        }
    }
    Figure::tiled(2, panels).size(10.0, 10.0)
}

#[track_caller]
fn linear_plane(matrix: [[f64; 2]; 2]) -> Figure {
    let system = Linear2d::new(matrix);
    let class = system.class().unwrap_or_else(|error| panic!("{error}"));
    let [[a, b], [c, d]] = matrix;
    let field = move |x: f64, y: f64| (a * x + b * y, c * x + d * y);
    let mut figure = plane_of(&field, (-REACH, REACH), (-REACH, REACH)).x_label("x₁").y_label("x₂").equal_aspect();
    let values = system.eigenvalues();
    let mut drawn: Vec<(f64, f64)> = Vec::new();
    for ((value, vector), color) in values.iter().zip(system.eigenvectors()).zip([Color::Red, Color::Blue]) {
        let vector = (vector[0].re, vector[1].re);
        // A matrix with one eigenvector only gives it twice.
        if value.im != 0.0 || drawn.contains(&vector) {
            continue;
        }
        drawn.push(vector);
        figure = figure
            .arrow((0.0, 0.0), (0.9 * REACH * vector.0, 0.9 * REACH * vector.1))
            .label(format!("eigenvector for λ = {}", two_decimals(value.re)))
            .color(color)
            .width(3.0);
    }
    figure.title(words(values, class))
}

/// `λ = 4.56, 0.44: unstable node (source)`.
fn words(values: [Complex64; 2], class: Class) -> String {
    let [one, other] = values.map(|value| two_decimals(value.re));
    let values = match values[0].im {
        0.0 => format!("λ = {one}, {other}"),
        turn => format!("λ = {one} ± {}i", two_decimals(turn.abs())),
    };
    let by_name = match (class.kind, class.stability) {
        (Kind::Node | Kind::Star | Kind::DegenerateNode, Stability::Stable) => " (sink)",
        (Kind::Node | Kind::Star | Kind::DegenerateNode, Stability::Unstable) => " (source)",
        _ => "",
    };
    format!("{values}: {class}{by_name}")
}

/// A number with two decimals and a true minus, never a negative zero.
fn two_decimals(value: f64) -> String {
    let text = format!("{value:.2}");
    minus(if text == "-0.00" { "0.00" } else { &text })
}

/// `x₁` for `x1`.
pub(super) fn subscript(name: &str) -> String {
    let stem = name.trim_end_matches(|character: char| character.is_ascii_digit());
    if stem.chars().count() != 1 {
        return name.into();
    }
    let digits = name[stem.len()..].chars().filter_map(|digit| char::from_u32('₀' as u32 + digit.to_digit(10)?));
    stem.chars().chain(digits).collect()
}
