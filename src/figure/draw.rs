//! A figure drawn: its page, its panels side by side, and on each the axes and the series.

use super::alt_text::describe;
use super::data_extent::Data;
use super::layout::{Layout, Margins};
use super::logarithms::on_logarithms;
use super::look::Look;
use super::placement::Area;
use super::scene::Scene;
use super::series::Kind;
use super::series_renderer::{self, RenderedSeries};
use super::sizes::{MARGIN, SMALLEST, TITLE_TEXT};
use super::words::{Align, Bounds, Words};
use super::{Figure, Panel, heat_map, legend};

const FONTS: &str = "Helvetica Neue,Helvetica,Arial,Liberation Sans,DejaVu Sans,sans-serif";

/// The whole figure as SVG.
pub(super) fn scene(figure: &Figure) -> Scene {
    let rows = figure.panels.len().div_ceil(figure.columns);
    let (wide, high) = figure.pixels();
    let (width, height) = ((10.0 * wide).round() as i32, (10.0 * high).round() as i32);
    let mut scene = Scene::default();
    scene.markup(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{}\" height=\"{}\" \
         role=\"img\" style=\"max-width:100%;height:auto\" font-family=\"{FONTS}\" fill=\"currentColor\" \
         stroke-linejoin=\"round\">",
        wide, high,
    ));
    let data = Data::of_all(figure);
    describe(&mut scene, figure, &data);
    let logarithms = on_logarithms(figure);
    let data = logarithms.as_ref().map_or(data, Data::of_all);
    let figure = logarithms.as_ref().unwrap_or(figure);
    let mut top = 0;
    if !figure.title.is_empty() {
        let bounds = Bounds { width: width - 2 * MARGIN, lines: 3, smallest: SMALLEST };
        let title = Words::fit(&figure.title, TITLE_TEXT, bounds);
        title.draw(&mut scene, Align::Middle, width / 2, MARGIN / 2);
        top = MARGIN / 2 + title.height();
    }
    let cells: Vec<Area> = (0..figure.panels.len())
        .map(|index| {
            let (row, column) = ((index / figure.columns) as i32, (index % figure.columns) as i32);
            let (across, down) = (figure.columns as i32, rows as i32);
            Area {
                left: width * column / across,
                right: width * (column + 1) / across,
                top: top + (height - top) * row / down,
                bottom: top + (height - top) * (row + 1) / down,
            }
        })
        .collect();
    let layout = |index: usize, least: Margins| {
        let (panel, data) = (&figure.panels[index], &data[index]);
        Layout::of(panel, (panel.x.limits(data.x), panel.y.limits(data.y)), cells[index], least)
    };
    let mut layouts: Vec<Layout> = (0..cells.len()).map(|index| layout(index, Margins::default())).collect();
    if layouts.len() > 1 {
        // Axes are in line along rows and columns, and panels of equal aspect are all of one size.
        let equal = figure.panels.iter().all(|panel| panel.equal_aspect);
        let same = |one: usize, other: usize| {
            let row = one / figure.columns == other / figure.columns;
            let column = one % figure.columns == other % figure.columns;
            (row || equal, column || equal)
        };
        let rooms: Vec<Margins> = layouts.iter().map(|layout| layout.room).collect();
        layouts = (0..rooms.len())
            .map(|index| {
                let share = |room: Margins, other: usize| {
                    let (row, column) = same(index, other);
                    room.shared(rooms[other], row, column)
                };
                layout(index, (0..rooms.len()).fold(rooms[index], share))
            })
            .collect();
    }
    for (index, panel) in figure.panels.iter().enumerate() {
        draw_panel(&mut scene, panel, &data[index], &layouts[index], cells[index]);
    }
    scene.markup("</svg>");
    scene
}

impl Figure {
    /// Width and height in pixels, to a tenth.
    pub(super) fn pixels(&self) -> (f64, f64) {
        let rows = self.panels.len().div_ceil(self.columns);
        let inches = self.size.unwrap_or(match (self.columns, rows) {
            (1, 1) => (6.4, 4.8),
            (columns, rows) => (4.4 * columns as f64, 3.6 * rows as f64),
        });
        let pixels = |inches: f64| (inches * 1000.0).round() / 10.0;
        (pixels(inches.0), pixels(inches.1))
    }
}

fn draw_panel(scene: &mut Scene, panel: &Panel, data: &Data, layout: &Layout, cell: Area) {
    for series in panel.series.iter().filter(|series| series.kind == Kind::HeatMap) {
        heat_map::draw(scene, series, layout.map(), layout.area);
    }
    layout.draw(scene, panel);

    let map = layout.map();
    let clip = (!layout.shows(data)).then_some(layout.area);
    let looks = Look::of_all(&panel.series);
    let mut drawn: Vec<RenderedSeries> =
        panel.series.iter().zip(looks).map(|(series, look)| series_renderer::draw(series, look, map, clip)).collect();
    let notes = placed_notes(panel, layout, cell);
    let places: Vec<Area> = notes.iter().map(|note| note.place).collect();
    let legend = match layout.legend_beside {
        Some(_) => None,
        None => legend::place(panel, layout.area, &drawn, &places),
    };
    let shadow = legend.as_ref().and_then(|legend| legend.shadow);
    for stroke in drawn.iter_mut().flat_map(|drawn| std::mem::take(&mut drawn.strokes)) {
        stroke.draw(scene, shadow);
    }
    for Placed { words, place, centered } in notes {
        // In a font that is narrower than the room that was kept, the middle stays in the middle.
        match centered {
            true => words.draw(scene, Align::Middle, (place.left + place.right) / 2, place.top),
            false => words.draw(scene, Align::Start, place.left, place.top),
        }
    }
    if let Some(legend) = legend {
        legend.draw(scene, &drawn);
    }
    if let Some(legend) = &layout.legend_beside {
        legend.draw(scene, layout.legend_corner(), &drawn);
    }
}

/// A note with its place.
struct Placed {
    words: Words,
    place: Area,
    centered: bool,
}

/// The notes at points that can be seen, each with its place: above and to the right of its point, or above it if
/// centered, unless it would leave the axes or lie over another note.
fn placed_notes(panel: &Panel, layout: &Layout, cell: Area) -> Vec<Placed> {
    let mut notes: Vec<Placed> = Vec::new();
    for note in &panel.notes {
        let (x, y) = layout.map().place(note.x, note.y);
        if !layout.area.contains((x, y)) {
            continue;
        }
        let room = if panel.hide_axes { cell } else { layout.area };
        let size = (10.0 * note.size).round() as i32;
        let bounds = Bounds { width: room.width() - 80, lines: 8, smallest: SMALLEST.min(size) };
        let words = Words::fit(&note.words, size, bounds);
        let (width, height) = (words.width(), words.height());
        let within = |low: i32, at: i32, high: i32| at.min(high - 40).max(low + 40);
        let from = if note.centered { x as i32 - width / 2 } else { x as i32 };
        let left = within(room.left, from, room.right - width);
        // The foot of the letters is at the point.
        let top = y as i32 - height + 3 * size / 10;
        let at = |shift: i32| {
            let top = within(room.top, top + shift, room.bottom - height);
            Area { left, top, right: left + width, bottom: top + height }
        };
        let shifts = (0..12).flat_map(|step| [-step * height / 2, step * height / 2]);
        let free = shifts.map(at).find(|place| !notes.iter().any(|other| other.place.meets(*place)));
        notes.push(Placed { words, place: free.unwrap_or_else(|| at(0)), centered: note.centered });
    }
    notes
}
