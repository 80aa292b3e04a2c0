//! The layout of a panel: where its axes are, and how much room the words around them need.

use super::Panel;
use super::axis::Scale;
use super::data_extent::Data;
use super::heat_map::Bar;
use super::legend::Legend;
use super::mesh;
use super::placement::{Area, Map};
use super::scene::{Point, Scene};
use super::sizes::{FACTOR, LABEL_TEXT, MARGIN, SMALLEST, TICK, TICK_TEXT, TITLE_TEXT};
use super::words::{Align, Bounds, Words};

/// Between a tick's number and what is behind it.
const GAP: i32 = 40;
/// How far a number may go into the margin.
const OVERHANG: i32 = 70;

/// The room around the axes of a panel: for title, ticks and words, colour bar, legend.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Margins {
    above: i32,
    below: i32,
    beside: i32,
    after: i32,
}

impl Margins {
    /// What two panels need above and below, if they are in one row, and at their sides, if they
    /// are in one column.
    pub fn shared(self, other: Margins, row: bool, column: bool) -> Margins {
        let larger = |shared: bool, own: i32, other: i32| if shared { own.max(other) } else { own };
        Margins {
            above: larger(row, self.above, other.above),
            below: larger(row, self.below, other.below),
            beside: larger(column, self.beside, other.beside),
            after: larger(column, self.after, other.after),
        }
    }
}

/// Where the axes of a panel are and what they show.
pub(super) struct Layout {
    pub area: Area,
    pub room: Margins,
    /// The panel without its margin.
    inner: Area,
    x: Scale,
    y: Scale,
    title: Words,
    x_label: Words,
    y_label: Words,
    bar: Option<Bar>,
    /// The legend, if it is beside the axes and not within them.
    pub legend_beside: Option<Legend>,
}

impl Layout {
    /// The layout of a panel that shows this much, with at least this much room around the axes.
    pub fn of(panel: &Panel, limits: ((f64, f64), (f64, f64)), cell: Area, least: Margins) -> Layout {
        let inner = cell.inflate(-MARGIN);
        let label = |label: &str, width: i32| {
            let shown = if panel.hide_axes { "" } else { label };
            Words::fit(shown, LABEL_TEXT, Bounds { width, lines: 3, smallest: SMALLEST })
        };
        let mut layout = Layout {
            area: inner,
            room: least,
            inner,
            x: panel.x.scale(limits.0, 5, |_, _| true),
            y: panel.y.scale(limits.1, 5, |_, _| true),
            title: Words::fit(&panel.title, TITLE_TEXT, Bounds { width: inner.width(), lines: 4, smallest: SMALLEST }),
            x_label: label(&panel.x.label, inner.width()),
            y_label: label(&panel.y.label, inner.height()),
            bar: None,
            legend_beside: None,
        };
        // What the axes show depends on their size, and their size on the room that its words need.
        for _ in 0..4 {
            layout.room = layout.needed(panel).shared(layout.room, true, true);
            layout.area = layout.axes(panel, limits);
            layout.x = layout.x_scale(panel, limits.0);
            layout.y = layout.y_scale(panel, limits.1);
            layout.y_label = label(&panel.y.label, layout.area.height());
            let height = layout.area.height();
            layout.bar = panel.color_bar.as_ref().and_then(|label| Bar::of(&panel.series, label, height));
            layout.legend_beside = Legend::beside(panel, inner, layout.area);
        }
        layout
    }

    /// The room that the words need, as far as it is known what they are.
    fn needed(&self, panel: &Panel) -> Margins {
        let or = |shown: bool, room: i32| if shown { room } else { 0 };
        let lines = |words: &Words| or(!words.is_empty(), words.height() + GAP);
        let bar_factor = self.bar.as_ref().is_some_and(Bar::has_factor);
        let y_factor = self.y.factor.is_some() && !panel.hide_axes;
        let above = lines(&self.title) + or(bar_factor || y_factor, FACTOR);
        let bar = self.bar.as_ref().map_or(0, Bar::width);
        let after = bar + self.legend_beside.as_ref().map_or(0, |legend| legend.width() + 2 * MARGIN);
        if panel.hide_axes {
            return Margins { above, after, ..Margins::default() };
        }
        let (left, right) = self.overhang();
        let own_row = or(self.factor_has_its_own_row(), Words::of("1", TICK_TEXT).height());
        let below = or(!self.x.ticks.is_empty(), self.numbers_below()) + own_row + self.x_label.height();
        let beside = or(!self.y.ticks.is_empty(), 2 * TICK + widest(&self.y.labels) + GAP) + self.y_label.height();
        Margins { above, below, beside: beside.max(left - OVERHANG), after: after.max(right - OVERHANG) }
    }

    /// From the axes to below the numbers at their ticks.
    fn numbers_below(&self) -> i32 {
        TICK + 30 + Words::of("1", TICK_TEXT).height()
    }

    /// The area of the axes within the room.
    fn axes(&self, panel: &Panel, (x, y): ((f64, f64), (f64, f64))) -> Area {
        let Margins { above, below, beside, after } = self.room;
        let (mut left, mut top) = (self.inner.left + beside, self.inner.top + above);
        let mut width = (self.inner.right - after - left).max(100);
        let mut height = (self.inner.bottom - below - top).max(100);
        if panel.equal_aspect {
            let shape = (x.1 - x.0) / (y.1 - y.0);
            let (wide, high) = (f64::from(width), f64::from(height));
            let (narrow, low) =
                ((high * shape).min(wide).max(100.0) as i32, (wide / shape).min(high).max(100.0) as i32);
            left += (width - narrow) / 2;
            top += (height - low) / 2;
            (width, height) = (narrow, low);
        }
        Area { left, top, right: left + width, bottom: top + height }
    }

    fn x_scale(&self, panel: &Panel, limits: (f64, f64)) -> Scale {
        let width = self.area.width();
        let mut scale = panel.x.scale(limits, 10, |labels, share| {
            share * f64::from(width) >= f64::from((widest(labels) + TICK_TEXT).max(450))
        });
        leave_out_what_overlaps(&mut scale, width, |label| Words::of(label, TICK_TEXT).width());
        scale
    }

    fn y_scale(&self, panel: &Panel, limits: (f64, f64)) -> Scale {
        let height = self.area.height();
        let mut scale = panel.y.scale(limits, 9, |_, share| share * f64::from(height) >= 400.0);
        leave_out_what_overlaps(&mut scale, height, |label| Words::of(label, TICK_TEXT).height());
        scale
    }

    /// How far the numbers of the horizontal axis go beyond its two ends.
    fn overhang(&self) -> (i32, i32) {
        let (mut left, mut right) = (0, 0);
        for (place, label) in self.x.marks(self.area.left, self.area.right) {
            let half = Words::of(label, TICK_TEXT).width() / 2;
            left = left.max(self.area.left - place + half);
            right = right.max(place + half - self.area.right);
        }
        (left, right)
    }

    /// Whether the factor of the horizontal axis would run into the label beside it.
    fn factor_has_its_own_row(&self) -> bool {
        self.x.factor.as_ref().is_some_and(|factor| {
            let factor = Words::of(factor, TICK_TEXT).width();
            let label_ends = self.centered(&self.x_label) + self.x_label.width() / 2;
            label_ends + 2 * GAP > self.area.right - factor || self.x_label.is_empty()
        })
    }

    /// The middle of words above or below the axes: that of the axes, unless they would leave the panel.
    fn centered(&self, words: &Words) -> i32 {
        let half = (words.width() + 1) / 2;
        let middle = (self.area.left + self.area.right) / 2;
        middle.min(self.inner.right - half).max(self.inner.left + half)
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

    /// Where the upper left corner of the legend beside the axes is.
    pub fn legend_corner(&self) -> Point {
        (self.area.right + self.bar.as_ref().map_or(0, Bar::width) + 2 * MARGIN, self.area.top)
    }

    /// Draws the axes, the title and the colour bar.
    pub fn draw(&self, scene: &mut Scene, panel: &Panel) {
        let area = self.area;
        let mut factors = self.bar.as_ref().is_some_and(Bar::has_factor);
        if !panel.hide_axes {
            self.draw_axes(scene, panel);
            self.draw_labels(scene);
            factors |= self.y.factor.is_some();
        }
        if !self.title.is_empty() {
            let bottom = area.top - if factors { FACTOR } else { 0 } - GAP;
            self.title.draw(scene, Align::Middle, self.centered(&self.title), bottom - self.title.height());
        }
        if let Some(bar) = &self.bar {
            bar.draw(scene, area);
        }
    }

    fn draw_axes(&self, scene: &mut Scene, panel: &Panel) {
        let Area { left, top, right, bottom } = self.area;
        let (across, up) = (|| self.x.marks(left, right), || self.y.marks(bottom, top));
        mesh::draw(scene, self.area, [&self.x, &self.y], TICK, panel.grid);
        for (x, label) in across().filter(|(_, label)| !label.is_empty()) {
            Words::of(label, TICK_TEXT).draw(scene, Align::Middle, x, bottom + TICK + 30);
        }
        for (y, label) in up().filter(|(_, label)| !label.is_empty()) {
            Words::of(label, TICK_TEXT).draw_beside(scene, Align::End, left - 2 * TICK, y);
        }
    }

    /// The axes' labels and what their numbers are to be multiplied by.
    fn draw_labels(&self, scene: &mut Scene) {
        let Area { left, top, right, bottom } = self.area;
        let mut below = bottom + if self.x.ticks.is_empty() { 0 } else { self.numbers_below() };
        if let Some(factor) = &self.x.factor {
            let factor = Words::of(factor, TICK_TEXT);
            factor.draw(scene, Align::End, right, below);
            if self.factor_has_its_own_row() {
                below += factor.height();
            }
        }
        if let Some(factor) = &self.y.factor {
            Words::of(factor, TICK_TEXT).draw(scene, Align::Start, left, top - FACTOR);
        }
        self.x_label.draw(scene, Align::Middle, self.centered(&self.x_label), below);
        self.y_label.draw_sideways(scene, left - self.room.beside, (top + bottom) / 2);
    }
}

fn widest(labels: &[String]) -> i32 {
    labels.iter().map(|label| Words::of(label, TICK_TEXT).width()).max().unwrap_or(0)
}

/// Takes the numbers away that run into the one before: on axes so short that not even two fit.
fn leave_out_what_overlaps(scale: &mut Scale, length: i32, extent: impl Fn(&str) -> i32) {
    let ends: Vec<(i32, i32)> = scale
        .marks(0, length)
        .map(|(place, label)| {
            let half = extent(label) / 2;
            (place - half, place + half)
        })
        .collect();
    let mut last: Option<(i32, i32)> = None;
    for (label, end) in scale.labels.iter_mut().zip(ends) {
        if last.is_some_and(|last| last.0 < end.1 + 20 && end.0 - 20 < last.1) {
            label.clear();
        } else {
            last = Some(end);
        }
    }
}
