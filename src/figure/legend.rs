//! The legend: which series it names, and where it hides the least.

use super::Panel;
use super::placement::Area;
use super::scene::{Point, Scene};
use super::series::Kind;
use super::series_renderer::RenderedSeries;
use super::sizes::SMALLEST;
use super::words::{Align, Bounds, Words};

// Lengths in tenths of a pixel.
const SAMPLE: i32 = 240;
const GAP: i32 = 80;
const SIZE: i32 = 130;
/// Between two names.
const LEADING: i32 = 38;
/// Between two columns.
const GUTTER: i32 = 200;
/// Names have at least this much room where there are several columns.
const NARROWEST: i32 = 800;
/// From the legend to the edge of the axes.
const INSET: i32 = 80;
/// More names than this are not put over the data.
const MOST_WITHIN: usize = 6;
/// A legend that would cover more than this share of the axes is not, either.
const LARGEST_SHARE: f64 = 0.3;

/// The names of series in columns, without a place yet.
#[derive(Debug, Clone)]
pub(super) struct Legend {
    columns: Vec<Vec<Entry>>,
}

#[derive(Debug, Clone)]
struct Entry {
    /// Which of the named series it is; `None`: the words that there are more.
    series: Option<usize>,
    words: Words,
}

impl Entry {
    fn height(&self) -> i32 {
        self.words.height() + LEADING
    }
}

/// A legend over the data, and where it goes.
pub(super) struct Placed {
    legend: Legend,
    spot: Area,
    /// What is drawn under it is to be faint.
    pub shadow: Option<Area>,
}

impl Legend {
    /// The legend of a panel that has its place beside the axes: because it is long, or because they show a
    /// heat map, on which nothing can be read.
    pub fn beside(panel: &Panel, inner: Area, axes: Area) -> Option<Legend> {
        let labels = labels(panel)?;
        if !panel.series.iter().any(|series| series.kind == Kind::HeatMap) && Legend::within(&labels, axes).is_some() {
            return None;
        }
        let height = axes.height().min(inner.height());
        Some(Legend::fit(&labels, 2 * inner.width() / 5, height))
    }

    /// The legend within the axes; `None` where it would hide too much.
    fn within(labels: &[&str], axes: Area) -> Option<Legend> {
        let (width, height) = (axes.width() - 2 * INSET, axes.height() - 2 * INSET);
        let legend = Legend::fit(labels, 2 * width / 3, height);
        let share = f64::from(legend.width()) * f64::from(legend.height()) / (f64::from(width) * f64::from(height));
        let small = labels.len() == 1 || (labels.len() <= MOST_WITHIN && share <= LARGEST_SHARE);
        small.then_some(legend)
    }

    /// The names in as many columns as they need; those that find no room are counted.
    fn fit(labels: &[&str], width: i32, height: i32) -> Legend {
        let words = |width: i32| Bounds { width: width.max(SIZE), lines: 3, smallest: SMALLEST };
        let entries = |column: i32| -> Vec<Entry> {
            let bounds = words(column - SAMPLE - GAP);
            let entry = |(series, label): (usize, &&str)| Entry {
                series: Some(series),
                words: Words::fit(label, SIZE, bounds),
            };
            labels.iter().enumerate().map(entry).collect()
        };
        let mut best = Legend { columns: Vec::new() };
        for columns in 1..=4 {
            let column = (width - GUTTER * (columns - 1)) / columns;
            if columns > 1 && column < SAMPLE + GAP + NARROWEST {
                break;
            }
            let legend = Legend::in_columns(entries(column), columns as usize);
            best = legend;
            if best.height() <= height {
                return best;
            }
        }
        let columns = best.columns.len();
        let mut entries: Vec<Entry> = best.columns.into_iter().flatten().collect();
        while entries.len() > 1 {
            entries.truncate(entries.len() - 1);
            let more = format!("and {} more", labels.len() - entries.len());
            let more = Entry { series: None, words: Words::of(&more, SIZE) };
            let legend = Legend::in_columns(entries.iter().cloned().chain([more]).collect(), columns);
            if legend.height() <= height || entries.len() == 1 {
                return legend;
            }
        }
        Legend::in_columns(entries, 1)
    }

    fn in_columns(entries: Vec<Entry>, columns: usize) -> Legend {
        let rows = entries.len().div_ceil(columns).max(1);
        Legend { columns: entries.chunks(rows).map(<[Entry]>::to_vec).collect() }
    }

    pub fn width(&self) -> i32 {
        let words = |column: &Vec<Entry>| column.iter().map(|entry| entry.words.width()).max().unwrap_or(0);
        let columns: i32 = self.columns.iter().map(|column| SAMPLE + GAP + words(column)).sum();
        columns + GUTTER * (self.columns.len() as i32 - 1)
    }

    pub fn height(&self) -> i32 {
        self.columns.iter().map(|column| column.iter().map(Entry::height).sum()).max().unwrap_or(0)
    }

    /// Draws it with this upper left corner.
    pub fn draw(&self, scene: &mut Scene, (mut left, top): Point, series: &[RenderedSeries]) {
        let named: Vec<&RenderedSeries> = series.iter().filter(|drawn| drawn.label.is_some()).collect();
        for column in &self.columns {
            let mut y = top;
            for entry in column {
                let middle = y + entry.height() / 2;
                match entry.series.and_then(|series| named.get(series)) {
                    Some(drawn) => {
                        drawn.draw_sample(scene, (left, middle), SAMPLE);
                        entry.words.draw_beside(scene, Align::Start, left + SAMPLE + GAP, middle);
                    }
                    None => entry.words.draw_beside(scene, Align::Start, left, middle),
                }
                y += entry.height();
            }
            let words = column.iter().map(|entry| entry.words.width()).max().unwrap_or(0);
            left += SAMPLE + GAP + words + GUTTER;
        }
    }
}

/// The names of the panel's series, if it has a legend.
fn labels(panel: &Panel) -> Option<Vec<&str>> {
    let named = panel.series.iter().filter(|series| series.kind != Kind::HeatMap);
    let labels: Vec<&str> = named.filter_map(|series| series.label.as_deref()).collect();
    (panel.legend.unwrap_or(true) && !labels.is_empty()).then_some(labels)
}

/// The legend within the axes: in the corner or the middle of a side where the least of the data is, and none of the
/// notes. `None` when no series has a label.
pub(super) fn place(panel: &Panel, area: Area, series: &[RenderedSeries], notes: &[Area]) -> Option<Placed> {
    let legend = Legend::within(&labels(panel)?, area)?;
    let (width, height) = (legend.width(), legend.height());
    let strokes = series.iter().flat_map(|drawn| &drawn.strokes);
    let weighted: Vec<(f64, Vec<Vec<Point>>)> = strokes.map(|stroke| (stroke.weight, stroke.runs())).collect();
    let (hidden, spot) = best_spot(area, width, height, &weighted, notes);
    Some(Placed { legend, spot, shadow: (hidden > 0.0).then(|| spot.inflate(40)) })
}

impl Placed {
    /// Draws it.
    pub fn draw(&self, scene: &mut Scene, series: &[RenderedSeries]) {
        self.legend.draw(scene, (self.spot.left, self.spot.top), series);
    }
}

/// Upper right, upper left, lower left, lower right, then the middles of the sides: the first of those
/// that cover no note and the least line.
fn best_spot(area: Area, width: i32, height: i32, strokes: &[(f64, Vec<Vec<Point>>)], notes: &[Area]) -> (f64, Area) {
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
    let mut best: Option<(f64, f64, Area)> = None;
    for (place, (left, top)) in places.into_iter().enumerate() {
        let spot = Area { left, top, right: left + width, bottom: top + height };
        let hidden: f64 = strokes.iter().map(|(weight, runs)| weight * covered(spot.inflate(40), runs)).sum();
        // A corner hides less of the middle, where the eye goes.
        let hidden = if place < 4 { hidden } else { 1.5 * hidden };
        let covered = notes.iter().filter(|note| note.meets(spot)).count() as f64;
        if best.as_ref().is_none_or(|(notes, least, _)| (covered, hidden) < (*notes, *least)) {
            best = Some((covered, hidden, spot));
        }
    }
    best.map_or((0.0, area), |(_, hidden, spot)| (hidden, spot))
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
