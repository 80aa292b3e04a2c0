//! From a series to the strokes that show it.

use super::color_map::share;
use super::look::{Look, Marker};
use super::path::{dots, filled, line, split};
use super::phase;
use super::placement::{Area, Map};
use super::scene::{Point, Scene};
use super::series::{Dash, Kind, Series};
use super::shape::Shape;

/// A coloured or fading line has this many shades.
pub(super) const SHADES: usize = 24;

/// Of what an area is filled with: so faint that lines and words can be read on it, on white and on black.
const AREA_OPACITY: f64 = 0.2;
/// The width of an area's sample in a legend, in tenths of a pixel.
const SWATCH: f64 = 130.0;

/// Paths with the same attributes.
pub(super) struct Stroke {
    pub attributes: String,
    pub shape: Shape,
    /// How much it hurts when something lies over it.
    pub weight: f64,
}

/// A series as it is to be drawn, and its sample for the legend.
#[derive(Default)]
pub(super) struct RenderedSeries {
    pub label: Option<String>,
    pub line: Option<String>,
    /// The shape, colour and size of its markers.
    pub markers: Option<(Marker, String, f64)>,
    pub strokes: Vec<Stroke>,
}

impl RenderedSeries {
    /// Draws what the series looks like: a line of this length from here, or a marker in its middle.
    pub fn draw_sample(&self, scene: &mut Scene, (left, middle): Point, length: i32) {
        if let Some(attributes) = &self.line {
            scene.path(attributes, vec![vec![(left, middle), (left + length, middle)]]);
        }
        if let Some((marker, color, size)) = &self.markers {
            let (attributes, shape) = marker.at(vec![vec![(left + length / 2, middle)]], color, 1.0, *size);
            Stroke { attributes, shape, weight: 0.0 }.draw(scene, None);
        }
    }
}

impl Stroke {
    /// Everything that the stroke follows, as runs of points.
    pub fn runs(&self) -> Vec<Vec<Point>> {
        match &self.shape {
            Shape::Runs(runs) | Shape::Filled(runs) => runs.clone(),
            Shape::Curve(curve) => curve.runs(),
        }
    }

    /// Draws the stroke; what is below the legend is only a shadow of itself.
    pub fn draw(self, scene: &mut Scene, legend: Option<Area>) {
        let Stroke { attributes, shape, .. } = self;
        let Some(legend) = legend else {
            match shape {
                Shape::Runs(runs) | Shape::Filled(runs) => path(scene, &attributes, runs),
                Shape::Curve(curve) => scene.curve(&attributes, curve),
            }
            return;
        };
        let (outside, inside) = match shape {
            Shape::Runs(runs) => split(&runs, legend),
            Shape::Curve(curve) => split(&curve.runs(), legend),
            Shape::Filled(runs) => runs
                .into_iter()
                .partition(|run| run.iter().all(|&(x, y)| !legend.contains((f64::from(x), f64::from(y))))),
        };
        path(scene, &attributes, outside);
        path(scene, &format!("opacity=\".16\" {attributes}"), inside);
    }
}

fn path(scene: &mut Scene, attributes: &str, runs: Vec<Vec<Point>>) {
    if !runs.is_empty() {
        scene.path(attributes, runs);
    }
}

/// The strokes of a series that is not a heat map.
pub(super) fn draw(series: &Series, look: Look, map: Map, clip: Option<Area>) -> RenderedSeries {
    let renderer = SeriesRenderer::of(series, look, map, clip);
    let mut drawn = RenderedSeries { label: series.label.clone(), ..RenderedSeries::default() };
    match series.kind {
        Kind::HeatMap => return RenderedSeries::default(),
        Kind::Points => {}
        Kind::Arrow => renderer.arrow(&mut drawn),
        Kind::Phase => renderer.phase(&mut drawn),
        Kind::Line => renderer.line(&mut drawn),
        Kind::Area => renderer.area(&mut drawn),
    }
    if series.arrow_heads && series.kind == Kind::Line {
        renderer.heads(&mut drawn);
    }
    if series.markers {
        renderer.markers(&mut drawn);
    }
    drawn
}

/// What a series is drawn with, and where.
pub(super) struct SeriesRenderer<'a> {
    pub series: &'a Series,
    pub color: String,
    dash: Dash,
    marker: Marker,
    /// The width of a line in tenths of a pixel.
    pub width: f64,
    /// The values at the ends of the colours.
    limits: (f64, f64),
    pub map: Map,
    pub clip: Option<Area>,
}

impl SeriesRenderer<'_> {
    fn of(series: &Series, Look { color, dash, marker }: Look, map: Map, clip: Option<Area>) -> SeriesRenderer<'_> {
        // Dots look thinner than the line that they replace.
        let bolder = if dash == Dash::Dotted { 1.3 } else { 1.0 };
        let width = (series.width * 10.0 * bolder).round().max(1.0);
        SeriesRenderer { series, color: color.css(), dash, marker, width, limits: series.value_limits(), map, clip }
    }

    pub(super) fn stroke(&self, attributes: String, shape: Shape) -> Stroke {
        // A legend had better lie over one of many stream lines than over a line of its own.
        Stroke { attributes, shape, weight: if self.valued() { 0.2 * self.width } else { self.width } }
    }

    /// The attributes of a line of this colour.
    pub(super) fn attributes(&self, color: &str) -> String {
        let width = self.width;
        let gaps = |lengths: &[f64]| {
            let lengths: Vec<String> = lengths.iter().map(|length| (length * width).to_string()).collect();
            format!(" stroke-dasharray=\"{}\"", lengths.join(" "))
        };
        let dash = match self.dash {
            Dash::Solid => " stroke-linecap=\"round\"".into(),
            Dash::Dashed => gaps(&[3.5, 2.0]),
            Dash::Dotted => format!(" stroke-linecap=\"round\"{}", gaps(&[0.0, 1.9])),
            Dash::DashDotted => gaps(&[4.0, 1.5, 1.0, 1.5]),
            Dash::LongDashed => gaps(&[8.0, 2.5]),
        };
        format!("fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\"{dash}")
    }

    fn line(&self, drawn: &mut RenderedSeries) {
        let Series { x, y, .. } = self.series;
        drawn.line = Some(self.attributes(&self.color));
        if self.shaded() {
            // A stretch of one shade shares its ends with its neighbours.
            let segments = x.len().saturating_sub(1);
            let shades: Vec<Option<usize>> = (0..segments).map(|k| self.shade(k, k + 1)).collect();
            let mut runs: Vec<Vec<Vec<Point>>> = vec![Vec::new(); SHADES];
            let mut from = 0;
            for stretch in shades.chunk_by(|one, other| one == other) {
                let to = from + stretch.len();
                if let Some(shade) = stretch[0] {
                    runs[shade].extend(line(&x[from..=to], &y[from..=to], self.map, self.clip));
                }
                from = to;
            }
            for (shade, runs) in runs.into_iter().enumerate().filter(|(_, runs)| !runs.is_empty()) {
                drawn.strokes.push(self.stroke(self.shaded_look(shade), Shape::Runs(runs)));
            }
            return;
        }
        let runs = line(x, y, self.map, self.clip);
        drawn.strokes.push(self.stroke(self.attributes(&self.color), Shape::Runs(runs)));
    }

    /// Whether the line has more than one colour.
    pub(super) fn shaded(&self) -> bool {
        self.series.fading || self.valued()
    }

    pub(super) fn valued(&self) -> bool {
        !self.series.values.is_empty()
    }

    /// Which shade the line has from one point to another; `None` where its value is not a number.
    pub(super) fn shade(&self, from: usize, to: usize) -> Option<usize> {
        let Series { values, x, .. } = self.series;
        let share = if self.valued() {
            share(0.5 * (values[from] + values[to]), self.limits)
        } else {
            from as f64 / (x.len().max(2) - 1) as f64
        };
        (!share.is_nan()).then_some(((share * SHADES as f64) as usize).min(SHADES - 1))
    }

    fn shade_share(shade: usize) -> f64 {
        shade as f64 / (SHADES - 1) as f64
    }

    pub(super) fn shade_color(&self, shade: usize) -> String {
        if self.valued() {
            self.series.color_map.line_color(SeriesRenderer::shade_share(shade)).css()
        } else {
            self.color.clone()
        }
    }

    pub(super) fn opacity(shade: usize) -> f64 {
        (100.0 * (0.2 + 0.8 * SeriesRenderer::shade_share(shade))).round() / 100.0
    }

    fn shaded_look(&self, shade: usize) -> String {
        if self.valued() {
            return self.attributes(&self.shade_color(shade));
        }
        // Butt ends: round ones would double where two shades meet.
        let (color, width) = (&self.color, self.width);
        format!(
            "fill=\"none\" stroke=\"{color}\" stroke-opacity=\"{}\" stroke-width=\"{width}\"",
            SeriesRenderer::opacity(shade)
        )
    }

    fn area(&self, drawn: &mut RenderedSeries) {
        let Series { x, y, .. } = self.series;
        drawn.markers = Some((Marker::Square, self.color.clone(), SWATCH));
        let attributes = format!("fill=\"{}\" fill-opacity=\"{AREA_OPACITY}\"", self.color);
        drawn.strokes.push(self.stroke(attributes, Shape::Filled(filled(x, y, self.map, self.clip))));
    }

    fn phase(&self, drawn: &mut RenderedSeries) {
        let Series { x, y, .. } = self.series;
        let attributes = self.attributes(&self.color);
        drawn.line = Some(attributes.clone());
        let curve = if self.clip.is_none() { phase::curve(x, y, self.map) } else { None };
        let shape = curve.map_or_else(
            || {
                let (x, y) = phase::broken(x, y);
                Shape::Runs(line(&x, &y, self.map, self.clip))
            },
            Shape::Curve,
        );
        drawn.strokes.push(self.stroke(attributes, shape));
    }

    fn markers(&self, drawn: &mut RenderedSeries) {
        let Series { x, y, .. } = self.series;
        let size = (10.0 * self.series.marker_size).round();
        drawn.markers = Some((self.marker, self.color.clone(), size));
        let stroke = |x: &[f64], y: &[f64], color: &str, opacity: f64| {
            let (attributes, shape) = self.marker.at(dots(x, y, self.map, self.clip), color, opacity, size);
            self.stroke(attributes, shape)
        };
        if !self.shaded() {
            drawn.strokes.push(stroke(x, y, &self.color, 1.0));
            return;
        }
        let mut shades: Vec<(Vec<f64>, Vec<f64>)> = vec![Default::default(); SHADES];
        for k in 0..x.len() {
            if let Some(shade) = self.shade(k, k) {
                shades[shade].0.push(x[k]);
                shades[shade].1.push(y[k]);
            }
        }
        for (shade, (x, y)) in shades.iter().enumerate() {
            let opacity = if self.valued() { 1.0 } else { SeriesRenderer::opacity(shade) };
            drawn.strokes.push(stroke(x, y, &self.shade_color(shade), opacity));
        }
    }
}
