//! The phase plane of any model of two variables: streams, nullclines, fixed points.

use super::phase_plane::subscript;
use super::streams::plane_of;
use super::{Color, Figure};
use crate::Result;
use crate::analysis::{fixed_points, nullclines};
use crate::model::Model;
use crate::models::Stability;

/// The phase plane of a model within these ranges of its two variables: where states go, on which curves one of
/// the variables does not change, and the fixed points where these curves cross. Black dots stand for fixed points
/// that attract, red rings for those that do not.
///
/// ```
/// use neurobook::prelude::*;
/// let figure = plot_phase_plane(&FitzHughNagumo::default(), (-0.5, 1.5), (-0.5, 2.0))?;
/// assert!(figure.series().iter().any(|series| series.label.as_deref() == Some("unstable focus")));
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// Those of [`Model::check`], and when a range does not go up.
pub fn plot_phase_plane(
    model: &impl Model<Rate = [f64; 2]>,
    x_range: (f64, f64),
    y_range: (f64, f64),
) -> Result<Figure> {
    let points = fixed_points(model, x_range, y_range)?;
    let curves = nullclines(model, x_range, y_range)?;
    let field = |x: f64, y: f64| {
        let rate = model.rate(0.0, &[x, y]);
        (rate[0], rate[1])
    };
    let names = [0, 1].map(|variable| {
        let name = model.names().get(variable).map_or(["x1", "x2"][variable], |name| *name);
        subscript(name)
    });
    let mut figure = plane_of(&field, x_range, y_range).x_label(&names[0]).y_label(&names[1]).size(6.6, 5.2);
    // The lines behind are paler than what matters here.
    figure = figure.width(0.9);
    for ((curve, name), color) in curves.into_iter().zip(&names).zip([Color::Orange, Color::Purple]) {
        figure = figure.line(curve.x, curve.y).width(2.6).color(color).label(format!("{name} does not change"));
    }
    let mut named: Vec<String> = Vec::new();
    for point in &points {
        let name = point.class.to_string();
        let stable = point.class.stability == Stability::Stable;
        figure =
            figure.points([point.x], [point.y]).color(if stable { Color::Black } else { Color::Red }).marker_size(11.0);
        if !named.contains(&name) {
            figure = figure.label(&name);
            named.push(name);
        }
        if !stable {
            // The middle of the ring.
            figure = figure.points([point.x], [point.y]).color(Color::Rgb(255, 255, 255)).marker_size(6.0);
        }
    }
    Ok(figure)
}
