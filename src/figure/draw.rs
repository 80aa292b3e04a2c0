//! A figure drawn: its page, its panels side by side, and on each the axes and the series.

use std::f64::consts::TAU;

use super::axis::{extent, union};
use super::canvas::{Align, write};
use super::describe::describe;
use super::layout::{Layout, MARGIN, Room, TICK_TEXT, TITLE_TEXT};
use super::logarithms::on_logarithms;
use super::path::Area;
use super::scene::Scene;
use super::series::Kind;
use super::strokes::{self, Drawn};
use super::{Figure, Panel, heat_map, legend};

const FONTS: &str = "Helvetica Neue,Helvetica,Arial,Liberation Sans,DejaVu Sans,sans-serif";

/// The whole figure as SVG.
pub(super) fn scene(figure: &Figure) -> Scene {
    let rows = figure.panels.len().div_ceil(figure.columns);
    let inches = figure.size.unwrap_or(match (figure.columns, rows) {
        (1, 1) => (6.4, 4.8),
        (columns, rows) => (4.4 * columns as f64, 3.6 * rows as f64),
    });
    let (width, height) = ((inches.0 * 1000.0).round() as i32, (inches.1 * 1000.0).round() as i32);
    let mut scene = Scene::default();
    scene.markup(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{}\" height=\"{}\" \
         role=\"img\" style=\"max-width:100%;height:auto\" font-family=\"{FONTS}\" fill=\"currentColor\" \
         stroke-linejoin=\"round\">",
        f64::from(width) / 10.0,
        f64::from(height) / 10.0,
    ));
    let data: Vec<Data> = figure.panels.iter().map(Data::of).collect();
    describe(&mut scene, figure, &data);
    let logarithms = on_logarithms(figure);
    let data = logarithms.as_ref().map_or(data, |figure| figure.panels.iter().map(Data::of).collect());
    let figure = logarithms.as_ref().unwrap_or(figure);
    let mut top = 0;
    if !figure.title.is_empty() {
        top = MARGIN + TITLE_TEXT;
        write(&mut scene, &figure.title, TITLE_TEXT, Align::Middle, (width / 2, top), 0, true);
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
    let layout = |index: usize, least: Room| {
        let (panel, data) = (&figure.panels[index], &data[index]);
        Layout::of(panel, (panel.x.limits(data.x), panel.y.limits(data.y)), cells[index], least)
    };
    let mut layouts: Vec<Layout> = (0..cells.len()).map(|index| layout(index, Room::default())).collect();
    if layouts.len() > 1 {
        // Axes stand in line along rows and columns, and panels of equal aspect are all of one size.
        let equal = figure.panels.iter().all(|panel| panel.equal_aspect);
        let same = |one: usize, other: usize| {
            let row = one / figure.columns == other / figure.columns;
            let column = one % figure.columns == other % figure.columns;
            (row || equal, column || equal)
        };
        let rooms: Vec<Room> = layouts.iter().map(|layout| layout.room).collect();
        layouts = (0..rooms.len())
            .map(|index| {
                let share = |room: Room, other: usize| {
                    let (row, column) = same(index, other);
                    room.shared(rooms[other], row, column)
                };
                layout(index, (0..rooms.len()).fold(rooms[index], share))
            })
            .collect();
    }
    for (index, panel) in figure.panels.iter().enumerate() {
        draw_panel(&mut scene, panel, &data[index], &layouts[index], (cells[index], (width, height)));
    }
    scene.markup("</svg>");
    scene
}

/// The smallest and the largest value of a panel's data on each axis.
pub(super) struct Data {
    pub x: Option<(f64, f64)>,
    pub y: Option<(f64, f64)>,
}

impl Data {
    fn of(panel: &Panel) -> Data {
        let extent = |values: &[f64], cell: f64| extent(values).map(|(low, high)| (low - cell, high + cell));
        let x = union(panel.series.iter().map(|series| extent(&series.x, series.half_cell().0)));
        let y = union(panel.series.iter().map(|series| match series.kind {
            // Where a phase wraps, its line goes to the ends of the turn.
            Kind::Phase if !series.y.is_empty() => Some((0.0, TAU)),
            _ => extent(&series.y, series.half_cell().1),
        }));
        Data { x, y }
    }
}

fn draw_panel(scene: &mut Scene, panel: &Panel, data: &Data, layout: &Layout, (cell, page): (Area, (i32, i32))) {
    for series in panel.series.iter().filter(|series| series.kind == Kind::HeatMap) {
        heat_map::draw(scene, series, layout.map(), layout.area);
    }
    layout.draw(scene, panel, cell, page);

    let map = layout.map();
    let clip = (!layout.shows(data)).then_some(layout.area);
    let mut drawn: Vec<Drawn> =
        panel.series.iter().enumerate().map(|(index, series)| strokes::draw(series, index, map, clip)).collect();
    let legend = if panel.legend.unwrap_or(true) { legend::place(layout.area, &drawn) } else { None };
    let shadow = legend.as_ref().and_then(|legend| legend.shadow);
    for stroke in drawn.iter_mut().flat_map(|drawn| std::mem::take(&mut drawn.strokes)) {
        stroke.draw(scene, shadow);
    }
    for note in &panel.notes {
        let place = map.place(note.x, note.y);
        if layout.area.contains(place) {
            write(scene, &note.words, TICK_TEXT, Align::Start, (place.0 as i32, place.1 as i32), 0, true);
        }
    }
    if let Some(legend) = legend {
        legend.draw(scene, &drawn);
    }
}
