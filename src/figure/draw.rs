//! A figure drawn: plotters lays out the axes and their mesh, the series are paths of our own.

use plotters::prelude::*;
use plotters::style::Color as _;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::axis::{Scale, extent, union};
use super::canvas::{Align, Canvas, text_width, write};
use super::describe::describe;
use super::legend::{self, Drawn};
use super::path::{Area, Map, dots, line};
use super::scene::Scene;
use super::series::{Color, Dash, Kind, Series};
use super::{Figure, Panel};

// All lengths are in tenths of a pixel.
const TICK_TEXT: i32 = 130;
const LABEL_TEXT: i32 = 145;
const TITLE_TEXT: i32 = 165;
const TICK: i32 = 45;
const MARGIN: i32 = 120;
const MARKER: i32 = 70;

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
    let mut top = 0;
    if !figure.title.is_empty() {
        top = MARGIN + TITLE_TEXT;
        write(&mut scene, &figure.title, TITLE_TEXT, Align::Middle, (width / 2, top), 0, true);
    }
    for (index, panel) in figure.panels.iter().enumerate() {
        let (row, column) = ((index / figure.columns) as i32, (index % figure.columns) as i32);
        let (across, down) = (figure.columns as i32, rows as i32);
        let cell = Area {
            left: width * column / across,
            right: width * (column + 1) / across,
            top: top + (height - top) * row / down,
            bottom: top + (height - top) * (row + 1) / down,
        };
        draw_panel(&mut scene, panel, &data[index], cell, (width, height));
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
        let x = union(panel.series.iter().map(|series| extent(&series.x)));
        let y = union(panel.series.iter().map(|series| extent(&series.y)));
        Data { x, y }
    }
}

fn draw_panel(scene: &mut Scene, panel: &Panel, data: &Data, cell: Area, page: (i32, i32)) {
    let (x_limits, y_limits) = (panel.x.limits(data.x), panel.y.limits(data.y));

    let labelled = |label: &str, room: i32| if label.is_empty() { 0 } else { room };
    // A factor of the x axis stands at the end of its label's row.
    let factor = panel.x.scale(x_limits, 5, |_, _| true).factor;
    let x_label =
        labelled(&panel.x.label, LABEL_TEXT + 60).max(labelled(factor.as_deref().unwrap_or(""), TICK_TEXT + 60));
    let below = 2 * TICK + TICK_TEXT + x_label;
    let title = labelled(&panel.title, TITLE_TEXT + 60);
    let height = (cell.bottom - cell.top - 2 * MARGIN - below - title).max(100);
    let y = panel.y.scale(y_limits, 9, |_, share| share * f64::from(height) >= 400.0);
    let widest = widest(&y.labels);
    let beside = 2 * TICK + widest + labelled(&panel.y.label, LABEL_TEXT + 80);
    let width = (cell.right - cell.left - 2 * MARGIN - beside).max(100);
    let x = panel.x.scale(x_limits, 10, |labels, share| {
        share * f64::from(width) >= f64::from((self::widest(labels) + TICK_TEXT).max(450))
    });

    // A factor of the y axis stands above it, where the title leaves room or there is none.
    let above = if y.factor.is_some() { title.max(TICK_TEXT) } else { title };
    let area = mesh(scene, panel, cell, page, (&x, &y), (above, below, beside));
    factors(scene, area, (&x, &y), below);
    if title > 0 {
        let middle = (area.left + area.right) / 2;
        write(scene, &panel.title, TITLE_TEXT, Align::Middle, (middle, area.top), -100, true);
    }

    let map = Map {
        x: Map::axis((x.low, x.high), (area.left, area.right)),
        y: Map::axis((y.low, y.high), (area.bottom, area.top)),
    };
    let inside =
        |scale: &Scale, data: Option<(f64, f64)>| data.is_none_or(|(low, high)| scale.low <= low && high <= scale.high);
    let clip = (!(inside(&x, data.x) && inside(&y, data.y))).then_some(area);
    let drawn: Vec<Drawn> =
        panel.series.iter().enumerate().map(|(index, series)| draw_series(scene, series, index, map, clip)).collect();
    for note in &panel.notes {
        let place = (map.x.0 * note.x + map.x.1, map.y.0 * note.y + map.y.1);
        if area.contains(place) {
            write(scene, &note.words, TICK_TEXT, Align::Start, (place.0 as i32, place.1 as i32), 0, true);
        }
    }
    if panel.legend.unwrap_or(true) {
        legend::draw(scene, area, &drawn);
    }
}

/// Draws axes, ticks, labels and grid; where the data goes is the answer.
fn mesh(
    scene: &mut Scene,
    panel: &Panel,
    cell: Area,
    page: (i32, i32),
    (x, y): (&Scale, &Scale),
    (above, below, beside): (i32, i32, i32),
) -> Area {
    let root = Canvas { scene, size: (page.0 as u32, page.1 as u32) }.into_drawing_area();
    let root = root.shrink((cell.left, cell.top), (cell.right - cell.left, cell.bottom - cell.top));
    let text = |size: i32| TextStyle::from(("sans-serif", size).into_font());
    let draw = || -> Result<Area, DrawingAreaErrorKind<std::convert::Infallible>> {
        let mut chart = ChartBuilder::on(&root)
            .margin(MARGIN)
            .margin_top(MARGIN + above)
            .x_label_area_size(below)
            .y_label_area_size(beside)
            .build_cartesian_2d(x.clone(), y.clone())?;
        let mut mesh = chart.configure_mesh();
        mesh.light_line_style(TRANSPARENT)
            .bold_line_style(BLACK.mix(0.15).stroke_width(10))
            .axis_style(BLACK.stroke_width(10))
            .set_all_tick_mark_size(TICK)
            .label_style(text(TICK_TEXT).pos(Pos::new(HPos::Center, VPos::Center)))
            .axis_desc_style(text(LABEL_TEXT));
        if !panel.grid {
            mesh.disable_mesh();
        }
        if !panel.x.label.is_empty() {
            mesh.x_desc(&panel.x.label);
        }
        if !panel.y.label.is_empty() {
            mesh.y_desc(&panel.y.label);
        }
        mesh.draw()?;
        let (across, down) = chart.plotting_area().get_pixel_range();
        Ok(Area { left: across.start, right: across.end - 1, top: down.start, bottom: down.end - 1 })
    };
    // The canvas has no error to give, and plotters none of its own for these calls.
    draw().unwrap_or(cell)
}

/// `×10⁴` at the end of an axis.
fn factors(scene: &mut Scene, area: Area, (x, y): (&Scale, &Scale), below: i32) {
    if let Some(factor) = &y.factor {
        write(scene, factor, TICK_TEXT, Align::Start, (area.left, area.top), -70, true);
    }
    if let Some(factor) = &x.factor {
        let place = (area.right, area.bottom + below);
        write(scene, factor, TICK_TEXT, Align::End, place, -30, true);
    }
}

fn draw_series(scene: &mut Scene, series: &Series, index: usize, map: Map, clip: Option<Area>) -> Drawn {
    let color = series.color.unwrap_or(Color::CYCLE[index % Color::CYCLE.len()]).css();
    let mut drawn = Drawn { label: series.label.clone(), line: None, markers: None, runs: Vec::new() };
    if series.kind == Kind::Line {
        // Dots look thinner than the line that they replace.
        let bolder = if series.dash == Dash::Dotted { 1.3 } else { 1.0 };
        let width = (series.width * 10.0 * bolder).round().max(1.0);
        let dash = match series.dash {
            Dash::Solid => " stroke-linecap=\"round\"".into(),
            Dash::Dashed => format!(" stroke-dasharray=\"{} {}\"", 3.5 * width, 2.0 * width),
            Dash::Dotted => format!(" stroke-linecap=\"round\" stroke-dasharray=\"0 {}\"", 1.9 * width),
        };
        let look = format!("fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\"{dash}");
        drawn.runs = line(&series.x, &series.y, map, clip);
        if !drawn.runs.is_empty() {
            scene.path(&look, drawn.runs.clone());
        }
        drawn.line = Some(look);
    }
    if series.markers {
        let look = format!("fill=\"none\" stroke=\"{color}\" stroke-width=\"{MARKER}\" stroke-linecap=\"round\"");
        let dots = dots(&series.x, &series.y, map, clip);
        if !dots.is_empty() {
            scene.path(&look, dots.clone());
        }
        drawn.runs.extend(dots);
        drawn.markers = Some(look);
    }
    drawn
}

fn widest(labels: &[String]) -> i32 {
    labels.iter().map(|label| text_width(label, f64::from(TICK_TEXT)) as i32).max().unwrap_or(0)
}
