//! The legend: which series it names, and where it hides the least.

use super::canvas::{Align, text_width, write};
use super::path::Area;
use super::scene::{Point, Scene};

/// A series as it was drawn: the attributes and the runs of its paths.
pub(super) struct Drawn {
    pub label: Option<String>,
    pub line: Option<String>,
    pub markers: Option<String>,
    pub runs: Vec<Vec<Point>>,
}

const ROW: i32 = 200;
const SAMPLE: i32 = 240;
const GAP: i32 = 80;
const SIZE: i32 = 130;
/// From the legend to the edge of the axes.
const INSET: i32 = 80;

/// Draws the legend into the corner or the middle of a side where the least of the data is.
pub(super) fn draw(scene: &mut Scene, area: Area, series: &[Drawn]) {
    let named: Vec<(&Drawn, &str)> = series.iter().filter_map(|drawn| Some((drawn, drawn.label.as_deref()?))).collect();
    if named.is_empty() {
        return;
    }
    let words = named.iter().map(|(_, label)| text_width(label, f64::from(SIZE)) as i32).max().unwrap_or(0);
    let (width, height) = (SAMPLE + GAP + words, ROW * named.len() as i32);
    let spot = best_spot(area, width, height, series);
    for (row, (drawn, label)) in named.into_iter().enumerate() {
        let middle = spot.top + ROW * row as i32 + ROW / 2;
        let sample = [(spot.left, middle), (spot.left + SAMPLE, middle)];
        if let Some(look) = &drawn.line {
            scene.path(look, vec![sample.to_vec()]);
        }
        if let Some(look) = &drawn.markers {
            scene.path(look, vec![vec![(spot.left + SAMPLE / 2, middle)]]);
        }
        write(scene, label, SIZE, Align::Start, (spot.left + SAMPLE + GAP, middle), 46, true);
    }
}

/// Upper right, upper left, lower left, lower right, then the middles of the sides: the first of those
/// that cover the least line.
fn best_spot(area: Area, width: i32, height: i32, series: &[Drawn]) -> Area {
    let (left, right) = (area.left + INSET, area.right - INSET - width);
    let (top, bottom) = (area.top + INSET, area.bottom - INSET - height);
    let (center, middle) = ((left + right) / 2, (top + bottom) / 2);
    let corners = [
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
    for (left, top) in corners {
        let spot = Area { left, top, right: left + width, bottom: top + height };
        let hidden: f64 = series.iter().map(|drawn| covered(spot.grown(40), &drawn.runs)).sum();
        if best.as_ref().is_none_or(|(least, _)| hidden < *least) {
            best = Some((hidden, spot));
        }
    }
    best.map_or(area, |(_, spot)| spot)
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
