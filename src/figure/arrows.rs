//! Arrows, and the arrow heads along a line.

use super::path::line;
use super::placement::PointF;
use super::scene::Point;
use super::series::Series;
use super::series_renderer::{RenderedSeries, SHADES, SeriesRenderer};
use super::shape::Shape;

/// A line has an arrow head for each such stretch of it, in tenths of a pixel.
const EVERY: f64 = 2200.0;

/// The tip of an arrow head on a segment of a line, and the direction of the segment.
struct Tip {
    segment: usize,
    place: PointF,
    way: PointF,
}

impl SeriesRenderer<'_> {
    /// An arrow from the first point of the series to the second.
    pub(super) fn arrow(&self, drawn: &mut RenderedSeries) {
        let Series { x, y, .. } = self.series;
        let attributes = self.attributes(&self.color);
        drawn.line = Some(attributes.clone());
        let (from, to) = (self.map.place(x[0], y[0]), self.map.place(x[1], y[1]));
        let way = (to.0 - from.0, to.1 - from.1);
        let length = way.0.hypot(way.1);
        if !length.is_finite() || length < 1.0 {
            return;
        }
        let head = (40.0 + 4.5 * self.width).min(0.8 * length);
        // The shaft ends inside the head, so that its blunt end does not show.
        let share = (length - 0.7 * head) / length;
        let end = (x[0] + share * (x[1] - x[0]), y[0] + share * (y[1] - y[0]));
        let shaft = line(&[x[0], end.0], &[y[0], end.1], self.map, self.clip);
        drawn.strokes.push(self.stroke(attributes, Shape::Runs(shaft)));
        if self.clip.is_none_or(|area| area.inflate(1).contains(to)) {
            let head = triangle(to, (way.0 / length, way.1 / length), head, 0.75);
            drawn.strokes.push(self.stroke(format!("fill=\"{}\"", self.color), Shape::Filled(vec![head])));
        }
    }

    /// Arrow heads along the unbroken stretches of the line, each in the shade of its place.
    pub(super) fn heads(&self, drawn: &mut RenderedSeries) {
        let Series { x, y, .. } = self.series;
        let size = 40.0 + 2.6 * self.width;
        let places: Vec<PointF> = x.iter().zip(y).map(|(x, y)| self.map.place(*x, *y)).collect();
        let finite = |place: &PointF| place.0.is_finite() && place.1.is_finite();
        let mut heads: Vec<Vec<Vec<Point>>> = vec![Vec::new(); SHADES];
        let mut start = 0;
        for stretch in places.chunk_by(|one, other| finite(one) == finite(other)) {
            for Tip { segment, place, way } in if finite(&stretch[0]) { tips(stretch, size) } else { Vec::new() } {
                let seen = self.clip.is_none_or(|area| area.contains(place));
                let from = start + segment;
                let shade = if self.shaded() { self.shade(from, from + 1) } else { Some(SHADES - 1) };
                if let Some(shade) = shade.filter(|_| seen) {
                    heads[shade].push(triangle(place, way, size, 0.85));
                }
            }
            start += stretch.len();
        }
        for (shade, heads) in heads.into_iter().enumerate().filter(|(_, heads)| !heads.is_empty()) {
            let opacity = SeriesRenderer::opacity(shade);
            let faint = if self.valued() { String::new() } else { format!(" fill-opacity=\"{opacity}\"") };
            let attributes = format!("fill=\"{}\"{faint}", self.shade_color(shade));
            drawn.strokes.push(self.stroke(attributes, Shape::Filled(heads)));
        }
    }
}

/// Where the arrow heads of one stretch of a line are: in the middle of each of its equal parts, the
/// tip half a head further on.
fn tips(stretch: &[PointF], size: f64) -> Vec<Tip> {
    let length = |pair: &[PointF]| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
    let total: f64 = stretch.windows(2).map(length).sum();
    if total < 1.5 * size {
        return Vec::new();
    }
    let count = (total / EVERY).ceil();
    let mut tips = Vec::new();
    let mut past = 0.0;
    for (segment, pair) in stretch.windows(2).enumerate() {
        let length = length(pair);
        let next = total * (tips.len() as f64 + 0.5) / count + 0.5 * size;
        if (tips.len() as f64) < count && past + length >= next {
            let way = ((pair[1].0 - pair[0].0) / length, (pair[1].1 - pair[0].1) / length);
            let place = (pair[0].0 + way.0 * (next - past), pair[0].1 + way.1 * (next - past));
            tips.push(Tip { segment, place, way });
        }
        past += length;
    }
    tips
}

/// An arrow head with its tip here, pointing this way (a unit vector).
fn triangle(tip: PointF, way: PointF, length: f64, breadth: f64) -> Vec<Point> {
    let base = (tip.0 - length * way.0, tip.1 - length * way.1);
    let aside = (-0.5 * breadth * length * way.1, 0.5 * breadth * length * way.0);
    [tip, (base.0 + aside.0, base.1 + aside.1), (base.0 - aside.0, base.1 - aside.1)]
        .map(|(x, y)| (x.round() as i32, y.round() as i32))
        .to_vec()
}
