//! What is drawn: series of points with their style, and words among them.

use super::axis::extent;
use super::color::Color;
use super::color_map::ColorMap;

/// A series of points and how it looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub label: Option<String>,
    /// The horizontal coordinates, all of them; of a heat map, the middle of each column.
    pub x: Vec<f64>,
    /// The vertical coordinates, as many; of a heat map, the middle of each row.
    pub y: Vec<f64>,
    /// The numbers that give the colours: one a point, or row by row those of a heat map's cells.
    /// Empty where the series has one colour.
    pub values: Vec<f64>,
    /// A line, points, or what else.
    pub kind: Kind,
    /// Its colour; `None`: the next of [`Color::CYCLE`] that no other series has taken.
    pub color: Option<Color>,
    /// Which colours the values get.
    pub color_map: ColorMap,
    /// The values with the first and the last colour; `None`: the smallest and the largest.
    pub value_range: Option<(f64, f64)>,
    /// Whether the line fades in from its first point to its last.
    pub fading: bool,
    /// Whether arrow heads along the line show its direction.
    pub arrow_heads: bool,
    /// Solid, dashed or dotted. A named line that is solid takes the next of these when the colours are used up.
    pub dash: Dash,
    /// The width of the line in pixels.
    pub width: f64,
    /// Whether each point is marked.
    pub markers: bool,
    /// The width of a marker in pixels.
    pub marker_size: f64,
}

impl Series {
    pub(super) fn new(kind: Kind, x: Vec<f64>, y: Vec<f64>) -> Series {
        Series {
            label: None,
            x,
            y,
            values: Vec::new(),
            kind,
            color: None,
            color_map: ColorMap::default(),
            value_range: None,
            fading: false,
            arrow_heads: false,
            dash: Dash::Solid,
            width: 2.0,
            markers: kind == Kind::Points,
            marker_size: 7.0,
        }
    }

    /// Half the width and height of a heat map's cells; 0 of what has no cells.
    pub(super) fn half_cell(&self) -> (f64, f64) {
        let half = |middles: &[f64]| match middles {
            _ if self.kind != Kind::HeatMap => 0.0,
            [first, .., last] => 0.5 * (last - first) / (middles.len() - 1) as f64,
            _ => 0.5,
        };
        (half(&self.x), half(&self.y))
    }

    /// The values at the ends of the colours: those that were asked for, or the smallest and the
    /// largest that are finite.
    pub(super) fn value_limits(&self) -> (f64, f64) {
        self.value_range.or_else(|| extent(&self.values)).unwrap_or((0.0, 1.0))
    }
}

/// What a series is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A line from point to point.
    Line,
    /// Markers only.
    Points,
    /// An arrow from the first point to the second.
    Arrow,
    /// A phase: drawn modulo 2π, and broken where it wraps.
    Phase,
    /// A matrix whose cells show their values as colours.
    HeatMap,
    /// Closed shapes, filled faintly.
    Area,
}

/// How a line is stroked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dash {
    /// Without gaps.
    #[default]
    Solid,
    /// In dashes.
    Dashed,
    /// In dots.
    Dotted,
    /// In dashes and dots by turns.
    DashDotted,
    /// In long dashes.
    LongDashed,
}

/// Words at a point of the axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// Where they begin, or have their middle.
    pub x: f64,
    /// Where their line is.
    pub y: f64,
    /// The words.
    pub words: String,
    /// Whether their middle is at the point, and not their beginning.
    pub centered: bool,
    /// The size of the letters in pixels.
    pub size: f64,
}
