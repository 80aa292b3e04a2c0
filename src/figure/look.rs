//! How series look that say nothing about it: told apart by colour first, then by dash or marker.

use super::color::Color;
use super::scene::Point;
use super::series::{Dash, Kind, Series};
use super::shape::Shape;

/// The dashes that named lines take one after the other, each with all colours.
const DASHES: [Dash; 5] = [Dash::Solid, Dash::Dashed, Dash::Dotted, Dash::DashDotted, Dash::LongDashed];

/// The markers that named points take.
const MARKERS: [Marker; 4] = [Marker::Disc, Marker::Square, Marker::Triangle, Marker::Diamond];

/// What a series is drawn with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub color: Color,
    pub dash: Dash,
    pub marker: Marker,
}

/// The shape of a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Disc,
    Square,
    Triangle,
    Diamond,
}

impl Look {
    /// The looks of a panel's series. Only what has no colour of its own takes the next one.
    pub fn of_all(series: &[Series]) -> Vec<Look> {
        let mut taken = 0;
        let mut look = |series: &Series| {
            let turn = taken / Color::CYCLE.len();
            let color = Color::CYCLE[taken % Color::CYCLE.len()];
            if series.color.is_some() || series.kind == Kind::HeatMap || !series.values.is_empty() {
                let color = series.color.unwrap_or(color);
                return Look { color, dash: series.dash, marker: Marker::Disc };
            }
            taken += 1;
            // Nobody looks for one line among eighty that have no name.
            let turn = if series.label.is_some() { turn } else { 0 };
            let marker = MARKERS[turn % MARKERS.len()];
            let dash = if series.dash == Dash::Solid { DASHES[turn % DASHES.len()] } else { series.dash };
            Look { color, dash, marker }
        };
        series.iter().map(&mut look).collect()
    }
}

impl Marker {
    /// The attributes and the shape of markers of this size at these points.
    pub fn at(self, points: Vec<Vec<Point>>, color: &str, opacity: f64, size: f64) -> (String, Shape) {
        let faint = |what: &str| if opacity < 1.0 { format!(" {what}-opacity=\"{opacity}\"") } else { String::new() };
        let half = (0.55 * size).round() as i32;
        let around = |corners: &[Point]| -> Shape {
            let shape = |&(x, y): &Point| corners.iter().map(|&(right, down)| (x + right, y + down)).collect();
            Shape::Filled(points.iter().flatten().map(shape).collect())
        };
        let corners: &[Point] = match self {
            Marker::Disc => {
                let faint = faint("stroke");
                let look =
                    format!("fill=\"none\" stroke=\"{color}\"{faint} stroke-width=\"{size}\" stroke-linecap=\"round\"");
                return (look, Shape::Runs(points));
            }
            Marker::Square => {
                let side = half * 5 / 6;
                &[(-side, -side), (side, -side), (side, side), (-side, side)]
            }
            Marker::Triangle => &[(-half, half * 4 / 5), (0, -half), (half, half * 4 / 5)],
            Marker::Diamond => {
                let tip = half * 6 / 5;
                &[(-tip, 0), (0, -tip), (tip, 0), (0, tip)]
            }
        };
        (format!("fill=\"{color}\"{}", faint("fill")), around(corners))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(label: Option<&str>) -> Series {
        Series { label: label.map(String::from), ..Series::new(Kind::Line, vec![0.0], vec![0.0]) }
    }

    #[test]
    fn the_first_thirty_named_lines_look_different() {
        let looks = Look::of_all(&vec![line(Some("a")); 30]);
        for (index, look) in looks.iter().enumerate() {
            assert!(!looks[..index].contains(look), "line {index} looks like one before");
        }
    }

    #[test]
    fn what_has_a_colour_of_its_own_takes_none_from_the_others() {
        let red = Series { color: Some(Color::Red), ..Series::new(Kind::Points, vec![0.0], vec![0.0]) };
        let map = Series { values: vec![1.0], ..Series::new(Kind::HeatMap, vec![0.0], vec![0.0]) };
        let looks = Look::of_all(&[map, line(None), red, line(None)]);
        let colors: Vec<Color> = looks[1..].iter().map(|look| look.color).collect();
        assert_eq!(colors, [Color::Blue, Color::Red, Color::Orange]);
    }

    #[test]
    fn eighty_lines_without_names_are_all_solid() {
        assert!(Look::of_all(&vec![line(None); 80]).iter().all(|look| look.dash == Dash::Solid));
    }
}
