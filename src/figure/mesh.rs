//! What plotters draws: the axes with their ticks, and the grid. The words are ours, since plotters knows their widths only
//! where it has fonts; so are the data's strokes, which share their texts among the positions of a slider.

use std::convert::Infallible;
use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::prelude::*;
use plotters_backend::{BackendColor, BackendStyle, BackendTextStyle, DrawingErrorKind};

use super::axis::Scale;
use super::placement::Area;
use super::scene::{Point, Scene};

/// Draws the axes at the left and below this area, with ticks of this length; and lines across it if there is a grid.
pub(super) fn draw(scene: &mut Scene, area: Area, [x, y]: [&Scale; 2], tick: i32, grid: bool) {
    // An area of plotters ends one step beyond its last point.
    let size = ((area.right + 1) as u32, (area.bottom + tick + 1) as u32);
    let page = Canvas { scene, size }.into_drawing_area();
    let draw = || -> Result<(), DrawingAreaErrorKind<Infallible>> {
        let mut chart = ChartBuilder::on(&page)
            .margin_left(area.left - tick)
            .margin_top(area.top)
            .x_label_area_size(tick)
            .y_label_area_size(tick)
            .build_cartesian_2d(x.clone(), y.clone())?;
        let mut mesh = chart.configure_mesh();
        mesh.light_line_style(TRANSPARENT)
            .bold_line_style(ShapeStyle::from(BLACK.mix(0.15)).stroke_width(10))
            .axis_style(ShapeStyle::from(BLACK).stroke_width(10))
            .set_all_tick_mark_size(tick);
        if !grid {
            mesh.disable_mesh();
        }
        mesh.draw()
    };
    // The canvas has no error to give, and plotters none of its own for these calls.
    let _ = draw();
}

impl Ranged for Scale {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (from, to): (i32, i32)) -> i32 {
        let (factor, start) = self.onto(from, to);
        (factor * value + start).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.ticks.clone()
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

impl ValueFormatter<f64> for Scale {
    fn format_ext(&self, _: &f64) -> String {
        String::new()
    }
}

/// A scene under plotters' pen, in tenths of a pixel. Black is the colour of the page's text, so that a figure can be
/// read on a light and on a dark page.
struct Canvas<'a> {
    scene: &'a mut Scene,
    size: (u32, u32),
}

type DrawResult = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> DrawResult {
        Ok(())
    }

    fn present(&mut self) -> DrawResult {
        Ok(())
    }

    fn draw_pixel(&mut self, point: Point, color: BackendColor) -> DrawResult {
        self.draw_path([point], &color)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: Point, to: Point, style: &S) -> DrawResult {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = Point>>(&mut self, path: I, style: &S) -> DrawResult {
        let run: Vec<Point> = path.into_iter().collect();
        if style.color().alpha > 0.0 && !run.is_empty() {
            self.scene.path(&stroke(style), vec![run]);
        }
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, _: &str, _: &S, _: Point) -> DrawResult {
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        _: &str,
        _: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        Ok((0, 0))
    }
}

fn stroke<S: BackendStyle>(style: &S) -> String {
    let color = style.color();
    let css = match color.rgb {
        (0, 0, 0) => "currentColor".to_owned(),
        (red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
    };
    let opacity = if color.alpha < 1.0 { format!(" stroke-opacity=\"{}\"", color.alpha) } else { String::new() };
    format!("fill=\"none\" stroke=\"{css}\"{opacity} stroke-width=\"{}\"", style.stroke_width())
}
