//! The layout of a panel: where its axes stand, and the axes themselves with their ticks and words.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::Panel;
use super::axis::Scale;
use super::canvas::{Align, Canvas, text_width, write};
use super::draw::Data;
use super::heat_map::Bar;
use super::path::{Area, Map};
use super::scene::Scene;

// All lengths are in tenths of a pixel.
pub(super) const TICK_TEXT: i32 = 130;
pub(super) const LABEL_TEXT: i32 = 145;
pub(super) const TITLE_TEXT: i32 = 165;
pub(super) const TICK: i32 = 45;
pub(super) const MARGIN: i32 = 120;

/// The room around the axes of a panel: for title, ticks and words, colour bar.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Room {
    above: i32,
    below: i32,
    beside: i32,
    after: i32,
}

impl Room {
    /// What two panels need above and below, if they stand in one row, and at their sides, if they
    /// stand in one column.
    pub fn shared(self, other: Room, row: bool, column: bool) -> Room {
        let larger = |shared: bool, own: i32, other: i32| if shared { own.max(other) } else { own };
        Room {
            above: larger(row, self.above, other.above),
            below: larger(row, self.below, other.below),
            beside: larger(column, self.beside, other.beside),
            after: larger(column, self.after, other.after),
        }
    }
}

/// Where the axes of a panel stand and what they show.
pub(super) struct Layout {
    pub area: Area,
    pub room: Room,
    x: Scale,
    y: Scale,
    bar: Option<Bar>,
}

impl Layout {
    /// The layout of a panel that shows this much, with at least so much room around the axes.
    pub fn of(panel: &Panel, (x_limits, y_limits): ((f64, f64), (f64, f64)), cell: Area, least: Room) -> Layout {
        let labelled = |label: &str, room: i32| if label.is_empty() { 0 } else { room };
        let title = labelled(&panel.title, TITLE_TEXT + 60);
        let ticks = |hidden: bool, room: i32| if hidden { 0 } else { room };
        let Room { mut below, mut beside, .. } = least;
        if !panel.bare {
            // A factor of the x axis stands at the end of its label's row.
            let factor = panel.x.scale(x_limits, 5, |_, _| true).factor;
            let factor = labelled(factor.as_deref().unwrap_or(""), TICK_TEXT + 60);
            let words = labelled(&panel.x.label, LABEL_TEXT + 60).max(factor);
            below = below.max(ticks(panel.x.hidden_ticks, 2 * TICK + TICK_TEXT) + words);
        }
        let mut height = (cell.bottom - cell.top - 2 * MARGIN - below - title).max(100);
        let y_scale = |height: i32| panel.y.scale(y_limits, 9, |_, share| share * f64::from(height) >= 400.0);
        let mut y = y_scale(height);
        // A factor of the y axis stands above it, where the title leaves room or there is none.
        let above = if y.factor.is_some() && !panel.bare { title.max(TICK_TEXT) } else { title };
        let above = above.max(least.above);
        height -= above - title;
        if !panel.bare {
            let words = ticks(panel.y.hidden_ticks, 2 * TICK + widest(&y.labels));
            beside = beside.max(words + labelled(&panel.y.label, LABEL_TEXT + 80));
        }
        let bar = panel.color_bar.as_ref().and_then(|label| Bar::of(&panel.series, label, height));
        let after = bar.as_ref().map_or(0, Bar::width).max(least.after);
        let mut width = (cell.right - cell.left - 2 * MARGIN - beside - after).max(100);

        let (mut left, mut top) = (cell.left + MARGIN + beside, cell.top + MARGIN + above);
        if panel.equal_aspect {
            let shape = (x_limits.1 - x_limits.0) / (y_limits.1 - y_limits.0);
            let (wide, high) = (f64::from(width), f64::from(height));
            let (narrow, low) =
                ((high * shape).min(wide).max(100.0) as i32, (wide / shape).min(high).max(100.0) as i32);
            left += (width - narrow) / 2;
            top += (height - low) / 2;
            (width, height) = (narrow, low);
            y = y_scale(height);
        }
        let x = panel.x.scale(x_limits, 10, |labels, share| {
            share * f64::from(width) >= f64::from((widest(labels) + TICK_TEXT).max(450))
        });
        let bar = bar.and_then(|_| Bar::of(&panel.series, panel.color_bar.as_deref()?, height));
        let area = Area { left, top, right: left + width, bottom: top + height };
        Layout { area, room: Room { above, below, beside, after }, x, y, bar }
    }

    /// From data to the page.
    pub fn map(&self) -> Map {
        Map { x: self.x.onto(self.area.left, self.area.right), y: self.y.onto(self.area.bottom, self.area.top) }
    }

    /// Whether all the data is within the axes.
    pub fn shows(&self, data: &Data) -> bool {
        let inside = |scale: &Scale, data: Option<(f64, f64)>| {
            data.is_none_or(|(low, high)| scale.low <= low && high <= scale.high)
        };
        inside(&self.x, data.x) && inside(&self.y, data.y)
    }

    /// Draws the axes, the title and the colour bar.
    pub fn draw(&self, scene: &mut Scene, panel: &Panel, cell: Area, page: (i32, i32)) {
        let area = self.area;
        if !panel.bare {
            self.mesh(scene, panel, cell, page);
            self.factors(scene);
        }
        if !panel.title.is_empty() {
            let middle = (area.left + area.right) / 2;
            write(scene, &panel.title, TITLE_TEXT, Align::Middle, (middle, area.top), -100, true);
        }
        if let Some(bar) = &self.bar {
            bar.draw(scene, area);
        }
    }

    fn mesh(&self, scene: &mut Scene, panel: &Panel, cell: Area, page: (i32, i32)) {
        let area = self.area;
        let root = Canvas { scene, size: (page.0 as u32, page.1 as u32) }.into_drawing_area();
        let root = root.shrink((cell.left, cell.top), (cell.right - cell.left, cell.bottom - cell.top));
        let text = |size: i32| TextStyle::from(("sans-serif", size).into_font());
        let draw = || -> Result<(), DrawingAreaErrorKind<std::convert::Infallible>> {
            // An area of plotters ends one step beyond its last pixel.
            let mut chart = ChartBuilder::on(&root)
                .margin_left(area.left - self.room.beside - cell.left)
                .margin_right(cell.right - area.right - 1)
                .margin_top(area.top - cell.top)
                .margin_bottom(cell.bottom - area.bottom - self.room.below - 1)
                .x_label_area_size(self.room.below)
                .y_label_area_size(self.room.beside)
                .build_cartesian_2d(self.x.clone(), self.y.clone())?;
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
            mesh.draw()
        };
        // The canvas has no error to give, and plotters none of its own for these calls.
        let _ = draw();
    }

    /// `×10⁴` at the end of an axis.
    fn factors(&self, scene: &mut Scene) {
        let area = self.area;
        if let Some(factor) = &self.y.factor {
            write(scene, factor, TICK_TEXT, Align::Start, (area.left, area.top), -70, true);
        }
        if let Some(factor) = &self.x.factor {
            let place = (area.right, area.bottom + self.room.below);
            write(scene, factor, TICK_TEXT, Align::End, place, -30, true);
        }
    }
}

fn widest(labels: &[String]) -> i32 {
    labels.iter().map(|label| text_width(label, f64::from(TICK_TEXT)) as i32).max().unwrap_or(0)
}
