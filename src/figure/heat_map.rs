//! A matrix in colours, and the bar that tells which colour is which value.

use super::axis::{Axis, Scale};
use super::color_map::{ColorMap, share};
use super::placement::{Area, Map};
use super::png::{self, Entry};
use super::scene::Scene;
use super::series::{Kind, Series};
use super::sizes::{FACTOR, LABEL_TEXT, SMALLEST, TICK, TICK_TEXT};
use super::words::{Align, Bounds, Words};

// Lengths in tenths of a pixel.
const GAP: i32 = 160;
const BAR: i32 = 140;
const HATCH: i32 = 60;

/// Cells have this many colours, and one entry of the palette is left for "no number".
const COLORS: usize = 255;

/// Draws the cells, and hatches those that are not a number.
pub(super) fn draw(scene: &mut Scene, series: &Series, map: Map, clip: Area) {
    let (columns, rows) = (series.x.len(), series.y.len());
    if series.values.is_empty() {
        return;
    }
    let limits = series.value_limits();
    let last = COLORS - 1;
    let levels: Vec<Option<usize>> = series
        .values
        .iter()
        .map(|value| Some(share(*value, limits)).filter(|share| !share.is_nan()))
        .map(|share| share.map(|share| (share * last as f64).round() as usize))
        .collect();
    let shade = |level: &Option<usize>| match level {
        Some(level) => entry(series.color_map, *level as f64 / last as f64),
        None => [0; 4],
    };
    let (wide, high) = series.half_cell();
    let (left, top) = map.place(series.x[0] - wide, series.y[0] - high);
    let (right, bottom) = map.place(series.x[columns - 1] + wide, series.y[rows - 1] + high);
    // An image begins at its top, where the last row is if the axis goes up.
    let lines = levels.chunks_exact(columns);
    let shades: Vec<Entry> = match top > bottom {
        true => lines.rev().flatten().map(shade).collect(),
        false => lines.flatten().map(shade).collect(),
    };
    let place = Area::around((left, top), (right, bottom));
    if levels.contains(&None) {
        hatch(scene, place.intersection(clip));
    }
    let image = image(shades.into_iter(), columns);
    let inside = place.left >= clip.left - 1
        && place.right <= clip.right + 1
        && place.top >= clip.top - 1
        && place.bottom <= clip.bottom + 1;
    if inside {
        picture(scene, place, &image, "pixelated");
    } else {
        // An SVG within the SVG cuts off what is beyond the axes.
        scene.markup("<svg overflow=\"hidden\" x=\"").number(clip.left).markup("\" y=\"").number(clip.top);
        scene.markup("\" width=\"").number(clip.right - clip.left);
        scene.markup("\" height=\"").number(clip.bottom - clip.top).markup("\">");
        let (across, down) = (-clip.left, -clip.top);
        let moved = Area {
            left: place.left + across,
            right: place.right + across,
            top: place.top + down,
            bottom: place.bottom + down,
        };
        picture(scene, moved, &image, "pixelated");
        scene.markup("</svg>");
    }
}

fn entry(map: ColorMap, share: f64) -> Entry {
    let (red, green, blue) = map.color(share).rgb().unwrap_or_default();
    [red, green, blue, 255]
}

/// The cells as an image whose palette holds the colours that occur.
fn image(shades: impl Iterator<Item = Entry>, columns: usize) -> String {
    let mut palette: Vec<Entry> = Vec::new();
    let mut known = std::collections::HashMap::new();
    let cells: Vec<u8> = shades
        .map(|shade| {
            *known.entry(shade).or_insert_with(|| {
                palette.push(shade);
                (palette.len() - 1) as u8
            })
        })
        .collect();
    png::data_uri(&palette, columns, &cells)
}

fn picture(scene: &mut Scene, place: Area, address: &str, scaling: &'static str) {
    scene.markup("<image x=\"").number(place.left).markup("\" y=\"").number(place.top);
    scene.markup("\" width=\"").number(place.right - place.left).markup("\" height=\"");
    scene.number(place.bottom - place.top).markup("\" preserveAspectRatio=\"none\" image-rendering=\"");
    scene.markup(scaling).markup("\" href=\"").markup(address.to_owned()).markup("\"/>");
}

/// Slanting lines over the whole area: they are seen where a cell is left out.
fn hatch(scene: &mut Scene, area: Area) {
    let (width, height) = (area.right - area.left, area.bottom - area.top);
    if width <= 0 || height <= 0 {
        return;
    }
    let mut runs = Vec::new();
    for shift in (HATCH..width + height).step_by(HATCH as usize) {
        let from = (area.left + (shift - height).max(0), area.top + shift.min(height));
        let to = (area.left + shift.min(width), area.top + (shift - width).max(0));
        runs.push(vec![from, to]);
    }
    scene.path("fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".45\" stroke-width=\"8\"", runs);
}

/// The colour bar of a panel, before it is known where it goes.
pub(super) struct Bar {
    map: ColorMap,
    of_lines: bool,
    label: Words,
    scale: Scale,
    no_number: bool,
}

impl Bar {
    /// The bar of the first series that has values, over this much height.
    pub fn of(series: &[Series], label: &str, height: i32) -> Option<Bar> {
        let series = series.iter().find(|series| !series.values.is_empty())?;
        let (low, high) = series.value_limits();
        let limits = if high - low > 1e-12 * low.abs().max(high.abs()) {
            (low, high)
        } else {
            let room = if low == 0.0 { 1.0 } else { 0.5 * low.abs() };
            (low - room, low + room)
        };
        let no_number = series.kind == Kind::HeatMap && series.values.iter().any(|value| value.is_nan());
        let scale = Axis::default().scale(limits, 7, |_, share| share * f64::from(height) >= 400.0);
        let of_lines = series.kind != Kind::HeatMap;
        let label = Words::fit(label, LABEL_TEXT, Bounds { width: height, lines: 3, smallest: SMALLEST });
        Some(Bar { map: series.color_map, of_lines, label, scale, no_number })
    }

    fn words(&self) -> i32 {
        let width = |words: &str| Words::of(words, TICK_TEXT).width();
        let widest = self.scale.labels.iter().map(|label| width(label)).max().unwrap_or(0);
        if self.no_number { widest.max(width("NaN")) } else { widest }
    }

    /// Whether its numbers are to be multiplied by something, which is above it.
    pub fn has_factor(&self) -> bool {
        self.scale.factor.is_some()
    }

    /// How much room it takes to the right of the axes.
    pub fn width(&self) -> i32 {
        let label = if self.label.is_empty() { 0 } else { 40 + self.label.height() };
        let factor = self.scale.factor.as_ref().map_or(0, |factor| Words::of(factor, TICK_TEXT).width());
        GAP + (BAR + 2 * TICK + self.words() + label).max(factor)
    }

    /// Draws it beside the axes.
    pub fn draw(&self, scene: &mut Scene, axes: Area) {
        let left = axes.right + GAP;
        let right = left + BAR;
        let below = if self.no_number { BAR + 60 } else { 0 };
        let place = Area { left, right, top: axes.top, bottom: axes.bottom - below };
        let shades = (0..COLORS).rev().map(|level| {
            let share = level as f64 / (COLORS - 1) as f64;
            let color = if self.of_lines { self.map.line_color(share) } else { self.map.color(share) };
            let (red, green, blue) = color.rgb().unwrap_or_default();
            [red, green, blue, 255]
        });
        picture(scene, place, &image(shades, 1), "auto");
        let number = |words: &str| Words::of(words, TICK_TEXT);
        let mut marks = Vec::new();
        for (y, label) in self.scale.marks(place.bottom, place.top) {
            marks.push(vec![(right, y), (right + TICK, y)]);
            number(label).draw_beside(scene, Align::Start, right + 2 * TICK, y);
        }
        if let Some(factor) = &self.scale.factor {
            number(factor).draw(scene, Align::Start, left, axes.top - FACTOR);
        }
        if self.no_number {
            let box_ = Area { left, right, top: axes.bottom - BAR, bottom: axes.bottom };
            hatch(scene, box_);
            number("NaN").draw_beside(scene, Align::Start, right + 2 * TICK, axes.bottom - BAR / 2);
        }
        scene.path("fill=\"none\" stroke=\"currentColor\" stroke-width=\"10\"", marks);
        let label = right + 2 * TICK + self.words() + 40;
        self.label.draw_sideways(scene, label, (axes.top + axes.bottom) / 2);
    }
}
