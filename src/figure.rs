//! Figures: a value that is built in a line or three, shown, saved, and read back by a check.

mod alt_text;
mod arrows;
mod axes_options;
mod axis;
mod beyond;
mod color;
mod color_map;
mod connectome;
mod data_extent;
mod draw;
mod formula;
mod heat_map;
mod layout;
mod legend;
mod letters;
mod logarithms;
mod look;
mod mesh;
mod metrics;
mod network;
pub(crate) mod output;
mod path;
mod phase;
mod phase_plane;
mod phase_portrait;
mod placement;
pub(crate) mod png;
pub(crate) mod raster;
mod scans;
pub(crate) mod scene;
mod series;
mod series_renderer;
mod shape;
mod signals;
mod simplify;
mod sizes;
pub(crate) mod still;
mod streams;
mod style;
mod text_options;
mod ticks;
mod words;

use std::borrow::Borrow;

use ndarray::ArrayRef2;

pub use axis::Axis;
pub use color::Color;
pub use color_map::ColorMap;
pub use connectome::plot_connectome;
pub use network::{plot_matrix, plot_order_parameter, plot_phase_circle, plot_phases, plot_traces};
pub use phase_plane::{plot_streamplot, plot_trajectory, stream_gallery};
pub use phase_portrait::plot_phase_plane;
pub use scans::{plot_bifurcation, plot_scan, plot_scan_grid};
pub use series::{Annotation, Dash, Kind, Series};
pub use signals::{plot_bold, plot_connectivity, plot_spectrum};
pub use streams::{StreamLine, stream_lines, streamplot};
pub(crate) use ticks::{minus, power_of_ten};

/// A figure of one or more panels. Build it by chaining; what styles a series acts on the one added
/// last.
///
/// ```
/// use neurobook::{Color, Figure};
/// let time: Vec<f64> = (0..500).map(|k| 0.01 * f64::from(k)).collect();
/// let figure = Figure::new()
///     .title("A damped oscillation")
///     .x_label("Time (s)")
///     .y_label("x")
///     .line(&time, time.iter().map(|t| (-0.3 * t).exp() * (6.0 * t).cos()))
///     .label("solution")
///     .color(Color::Green);
/// assert_eq!(figure.series()[0].y[0], 1.0);
/// assert!(figure.svg().starts_with("<svg"));
/// ```
///
/// As the last line of a cell the figure shows itself; anywhere else, call [`Figure::show`].
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "plot")]
pub struct Figure {
    panels: Vec<Panel>,
    columns: usize,
    title: String,
    size: Option<(f64, f64)>,
    alternative_text: Option<String>,
}

/// One pair of axes and what is drawn on them.
#[derive(Debug, Clone, PartialEq, Default)]
#[doc(alias = "axes")]
#[doc(alias = "subplot")]
pub struct Panel {
    /// The words above the axes.
    pub title: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The series, in the order in which they were added.
    pub series: Vec<Series>,
    /// The words written among the data.
    pub notes: Vec<Annotation>,
    /// Whether grid lines are drawn.
    pub grid: bool,
    /// Whether there is a legend; `None`: when a series has a label.
    pub legend: Option<bool>,
    /// Whether one unit is as long on one axis as on the other.
    pub equal_aspect: bool,
    /// Whether the axes are left out, with their ticks and labels.
    pub hide_axes: bool,
    /// The words along a bar that tells which colour is which value; `None`: no such bar.
    pub color_bar: Option<String>,
}

impl Default for Figure {
    fn default() -> Figure {
        Figure::new()
    }
}

impl Figure {
    /// An empty figure of one panel.
    pub fn new() -> Figure {
        Figure { panels: vec![Panel::default()], columns: 1, title: String::new(), size: None, alternative_text: None }
    }

    /// Several figures side by side as the panels of one.
    #[doc(alias = "subplots")]
    pub fn row(figures: impl IntoIterator<Item = Figure>) -> Figure {
        Figure::tiled(usize::MAX, figures)
    }

    /// Several figures as the panels of one, row by row in this many columns. Their own sizes are
    /// forgotten.
    ///
    /// From here on, [`title`](Figure::title), [`size`](Figure::size) and
    /// [`alternative_text`](Figure::alternative_text) concern the whole, what is said of an axis
    /// concerns every panel, and a new series goes to the last panel.
    #[doc(alias = "subplots")]
    #[doc(alias = "grid")]
    pub fn tiled(columns: usize, figures: impl IntoIterator<Item = Figure>) -> Figure {
        let mut panels: Vec<Panel> = figures.into_iter().flat_map(|figure| figure.panels).collect();
        if panels.is_empty() {
            panels.push(Panel::default());
        }
        let columns = columns.clamp(1, panels.len());
        Figure { panels, columns, ..Figure::new() }
    }

    /// Adds a line through the points. `x` and `y` are anything that yields numbers: `&Array1<f64>`,
    /// `&Vec<f64>`, `z.iter().map(|z| z.re)`. A NaN leaves a gap.
    ///
    /// # Panics
    /// When `x` and `y` are not of the same length.
    #[track_caller]
    #[doc(alias = "plot")]
    pub fn line(self, x: impl IntoIterator<Item: Borrow<f64>>, y: impl IntoIterator<Item: Borrow<f64>>) -> Figure {
        self.add(Series::new(Kind::Line, collect(x), collect(y)))
    }

    /// Adds markers without a line between them.
    ///
    /// # Panics
    /// When `x` and `y` are not of the same length.
    #[track_caller]
    #[doc(alias = "scatter")]
    pub fn points(self, x: impl IntoIterator<Item: Borrow<f64>>, y: impl IntoIterator<Item: Borrow<f64>>) -> Figure {
        self.add(Series::new(Kind::Points, collect(x), collect(y)))
    }

    /// Adds a phase in radians over time: modulo 2π, and without a vertical line where it wraps. The
    /// vertical axis shows one turn, with ticks at multiples of π, unless its range is set.
    ///
    /// Between two points the phase takes the shorter way round. What is read back from
    /// [`Figure::series`] is the phase modulo 2π.
    ///
    /// ```
    /// use neurobook::Figure;
    /// let time: Vec<f64> = (0..1000).map(|k| 0.1 * f64::from(k)).collect();
    /// let figure = Figure::new().x_label("Time").phase(&time, time.iter().map(|t| 1.5 * t));
    /// assert!(figure.series()[0].y.iter().all(|phase| (0.0..6.2832).contains(phase)));
    /// ```
    ///
    /// # Panics
    /// When `x` and `y` are not of the same length.
    #[track_caller]
    #[doc(alias = "mod")]
    pub fn phase(
        self,
        time: impl IntoIterator<Item: Borrow<f64>>,
        phase: impl IntoIterator<Item: Borrow<f64>>,
    ) -> Figure {
        let mut wrapped = collect(phase);
        wrapped.iter_mut().for_each(|phase| *phase = phase::wrapped(*phase));
        let mut figure = self.add(Series::new(Kind::Phase, collect(time), wrapped));
        let axis = &mut figure.last_panel().y;
        axis.range.get_or_insert(phase::ONE_TURN);
        axis.pi_ticks = true;
        figure
    }

    /// Adds an area, given by its corners in order round it. It is filled so faintly that lines and words can be read
    /// on it. A NaN ends one shape and begins the next.
    ///
    /// ```
    /// use neurobook::Figure;
    /// let x: Vec<f64> = (0..50).map(|k| 0.1 * f64::from(k)).collect();
    /// let (above, below) = (x.iter().map(|x| x.sin() + 0.2), x.iter().map(|x| x.sin() - 0.2).rev());
    /// let band = Figure::new().area(x.iter().chain(x.iter().rev()), above.chain(below));
    /// assert_eq!(band.series()[0].x.len(), 100);
    /// ```
    ///
    /// # Panics
    /// When `x` and `y` are not of the same length.
    #[track_caller]
    #[doc(alias = "fill")]
    #[doc(alias = "fill_between")]
    pub fn area(self, x: impl IntoIterator<Item: Borrow<f64>>, y: impl IntoIterator<Item: Borrow<f64>>) -> Figure {
        self.add(Series::new(Kind::Area, collect(x), collect(y)))
    }

    /// Adds an arrow between two points.
    #[doc(alias = "quiver")]
    pub fn arrow(self, from: (f64, f64), to: (f64, f64)) -> Figure {
        self.add(Series::new(Kind::Arrow, vec![from.0, to.0], vec![from.1, to.1]))
    }

    /// Adds a matrix whose cells show their values as colours, with a colour bar. Row 0 is at the top
    /// and cell `[i, j]` around the point `(j, i)`, one unit wide and high. A NaN is a hatched gap.
    ///
    /// ```
    /// use neurobook::{Figure, prelude::array};
    /// let weights = array![[0.0, 1.0, 0.2], [0.5, 0.0, 0.1]];
    /// let figure = Figure::new().heat_map(&weights).color_bar("Weight");
    /// assert_eq!(figure.series()[0].values, [0.0, 1.0, 0.2, 0.5, 0.0, 0.1]);
    /// ```
    #[doc(alias = "imshow")]
    #[doc(alias = "matshow")]
    pub fn heat_map(self, matrix: &ArrayRef2<f64>) -> Figure {
        let (rows, columns) = matrix.dim();
        let middles = |count: usize| (0..count).map(|k| k as f64).collect();
        let mut figure = self.cells(middles(columns), middles(rows), matrix);
        let panel = figure.last_panel();
        panel.equal_aspect = true;
        panel.y.reversed = true;
        for axis in [&mut panel.x, &mut panel.y] {
            axis.integer_ticks = true;
        }
        figure
    }

    /// Adds a matrix as [`heat_map`](Figure::heat_map) does, over two quantities: cell `[i, j]` is around the point
    /// `(x[j], y[i])`, and the rows go up. This is how the scores of two parameters are drawn.
    ///
    /// ```
    /// use neurobook::prelude::*;
    /// let (k, a) = (Array1::linspace(0.0, 2.0, 5), Array1::linspace(-0.1, 0.1, 3));
    /// let scores = Array2::from_shape_fn((3, 5), |(i, j)| k[j] - a[i]);
    /// let figure = Figure::new().x_label("K").y_label("a").heat_map_over(&k, &a, &scores);
    /// assert_eq!(figure.series()[0].x[4], 2.0);
    /// ```
    ///
    /// # Panics
    /// Unless there is an `x` for each column and a `y` for each row, and both go up in even steps or by an even
    /// factor; then the axis is logarithmic.
    #[track_caller]
    #[doc(alias = "pcolormesh")]
    pub fn heat_map_over(
        mut self,
        x: impl IntoIterator<Item: Borrow<f64>>,
        y: impl IntoIterator<Item: Borrow<f64>>,
        matrix: &ArrayRef2<f64>,
    ) -> Figure {
        let (x, y, (rows, columns)) = (collect(x), collect(y), matrix.dim());
        for (name, values, what, count) in [("x", &x, "columns", columns), ("y", &y, "rows", rows)] {
            let found = values.len();
            assert!(found == count, "{name} has {found} values and the matrix {count} {what}: give one for each");
            let way = values.last().zip(values.first()).map_or(0.0, |(last, first)| last - first);
            let step = way / count.saturating_sub(1).max(1) as f64;
            let even = |pair: &[f64]| pair[1] > pair[0] && (pair[1] - pair[0] - step).abs() <= 1e-6 * step;
            let logarithmic = logarithms::go_up_by_a_factor(values);
            assert!(
                values.windows(2).all(even) || logarithmic,
                "{name} has to go up in even steps, as Array1::linspace does, or by an even factor, as 1, 2, 4"
            );
            if !values.windows(2).all(even) {
                let panel = self.last_panel();
                let axis = if name == "x" { &mut panel.x } else { &mut panel.y };
                axis.logarithmic = true;
            }
        }
        let mut figure = self.cells(x, y, matrix);
        logarithms::check(figure.last_panel());
        figure
    }

    fn cells(mut self, x: Vec<f64>, y: Vec<f64>, matrix: &ArrayRef2<f64>) -> Figure {
        let mut series = Series::new(Kind::HeatMap, x, y);
        series.values = collect(matrix);
        let (wide, high) = series.half_cell();
        let panel = self.last_panel();
        for (axis, middles, half) in [(&mut panel.x, &series.x, wide), (&mut panel.y, &series.y, high)] {
            let (first, last) = (middles.first().unwrap_or(&0.0), middles.last().unwrap_or(&0.0));
            let edges = if axis.logarithmic && *first > 0.0 {
                // Half a cell beyond the middles, in factors.
                let half = (last / first).powf(0.5 / (middles.len().max(2) - 1) as f64);
                (first / half, last * half)
            } else {
                (first - half, last + half)
            };
            axis.range.get_or_insert(edges);
        }
        panel.series.push(series);
        panel.color_bar.get_or_insert_default();
        self
    }

    #[track_caller]
    fn add(mut self, series: Series) -> Figure {
        let (x, y) = (series.x.len(), series.y.len());
        assert!(
            x == y,
            "x has {x} values and y has {y}: a series needs one y for each x. Make both from the same \
             time points, or cut the longer one."
        );
        self.last_panel().series.push(series);
        self
    }

    /// Width and height in inches of 100 pixels.
    ///
    /// # Panics
    /// Unless both are between half an inch and 100 inches.
    #[track_caller]
    #[doc(alias = "figsize")]
    pub fn size(mut self, width: f64, height: f64) -> Figure {
        assert!(
            (0.5..=100.0).contains(&width) && (0.5..=100.0).contains(&height),
            "a figure is 0.5 to 100 inches wide and high, not {width} by {height}"
        );
        self.size = Some((width, height));
        self
    }

    /// The series of the first panel, with all their points.
    pub fn series(&self) -> &[Series] {
        &self.panels[0].series
    }

    /// The panels, row by row.
    pub fn panels(&self) -> &[Panel] {
        &self.panels
    }

    fn last_panel(&mut self) -> &mut Panel {
        let last = self.panels.len() - 1;
        &mut self.panels[last]
    }
}

/// `for_each` and not `collect`: an ndarray iterator is as fast as its slice only that way.
fn collect<I: IntoIterator<Item: Borrow<f64>>>(values: I) -> Vec<f64> {
    let values = values.into_iter();
    let mut all = Vec::with_capacity(values.size_hint().0);
    values.for_each(|value| all.push(*value.borrow()));
    all
}
