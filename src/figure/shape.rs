//! What is drawn of a series.

use super::scene::{Curve, Point};

/// What a stroke follows.
pub(super) enum Shape {
    /// Lines and dots.
    Runs(Vec<Vec<Point>>),
    /// Closed shapes, filled.
    Filled(Vec<Vec<Point>>),
    /// A phase.
    Curve(Curve),
}
