//! The legend: which series it names, and where it hides the least.

use super::canvas::{Align, text_width, write};
use super::path::Area;
use super::scene::{Point, Scene};
use super::strokes::Drawn;

const ROW: i32 = 200;
const SAMPLE: i32 = 240;
const GAP: i32 = 80;
const SIZE: i32 = 130;
/// From the legend to the edge of the axes.
const INSET: i32 = 80;

/// A legend and where it goes.
pub(super) struct Legend {
    spot: Area,
    /// What is drawn under it is to be faint.
    pub shadow: Option<Area>,
}

/// The legend in the corner or the middle of a side where the least of the data is; `None` when no
/// series has a label.
pub(super) fn place(area: Area, series: &[Drawn]) -> Option<Legend> {
    let labels: Vec<&str> = series.iter().filter_map(|drawn| drawn.label.as_deref()).collect();
    let words = labels.iter().map(|label| text_width(label, f64::from(SIZE)) as i32).max()?;
    let (width, height) = (SAMPLE + GAP + words, ROW * labels.len() as i32);
    let strokes = series.iter().flat_map(|drawn| &drawn.strokes);
    let weighted: Vec<(f64, Vec<Vec<Point>>)> = strokes.map(|stroke| (stroke.weight, stroke.runs())).collect();
    let (hidden, spot) = best_spot(area, width, height, &weighted);
    Some(Legend { spot, shadow: (hidden > 0.0).then(|| spot.grown(40)) })
}

impl Legend {
    /// Draws it.
    pub fn draw(&self, scene: &mut Scene, series: &[Drawn]) {
        let spot = self.spot;
        let named = series.iter().filter_map(|drawn| Some((drawn, drawn.label.as_deref()?)));
        for (row, (drawn, label)) in named.enumerate() {
            let middle = spot.top + ROW * row as i32 + ROW / 2;
            if let Some(look) = &drawn.line {
                scene.path(look, vec![vec![(spot.left, middle), (spot.left + SAMPLE, middle)]]);
            }
            if let Some(look) = &drawn.markers {
                scene.path(look, vec![vec![(spot.left + SAMPLE / 2, middle)]]);
            }
            write(scene, label, SIZE, Align::Start, (spot.left + SAMPLE + GAP, middle), 46, true);
        }
    }
}

/// Upper right, upper left, lower left, lower right, then the middles of the sides: the first of those
/// that cover the least line.
fn best_spot(area: Area, width: i32, height: i32, strokes: &[(f64, Vec<Vec<Point>>)]) -> (f64, Area) {
    let (left, right) = (area.left + INSET, area.right - INSET - width);
    let (top, bottom) = (area.top + INSET, area.bottom - INSET - height);
    let (center, middle) = ((left + right) / 2, (top + bottom) / 2);
    let places = [
        (right, top),
        (left, top),
        (left, bottom),
        (right, bottom),
        (right, middle),
        (left, middle),
        (center, top),
        (center, bottom),
    ];
    let mut best: Option<(f64, Area)> = None;
    for (place, (left, top)) in places.into_iter().enumerate() {
        let spot = Area { left, top, right: left + width, bottom: top + height };
        let hidden: f64 = strokes.iter().map(|(weight, runs)| weight * covered(spot.grown(40), runs)).sum();
        // A corner hides less of the middle, where the eye goes.
        let hidden = if place < 4 { hidden } else { 1.5 * hidden };
        if best.as_ref().is_none_or(|(least, _)| hidden < *least) {
            best = Some((hidden, spot));
        }
    }
    best.unwrap_or((0.0, area))
}

/// How much of the runs is inside: their length, and as much as a marker's width for a lone point.
fn covered(spot: Area, runs: &[Vec<Point>]) -> f64 {
    let precise = |(x, y): Point| (f64::from(x), f64::from(y));
    runs.iter()
        .map(|run| match run[..] {
            [point] => {
                if spot.contains(precise(point)) {
                    60.0
                } else {
                    0.0
                }
            }
            _ => run
                .windows(2)
                .map(|pair| {
                    let (from, to) = (precise(pair[0]), precise(pair[1]));
                    let length = (to.0 - from.0).hypot(to.1 - from.1);
                    spot.part(from, to).map_or(0.0, |(enter, leave)| (leave - enter) * length)
                })
                .sum(),
        })
        .sum()
}
