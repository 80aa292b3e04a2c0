//! Figures: a value that is built in a line or three, shown, saved, and read back by a check.

mod axis;
mod canvas;
mod describe;
mod draw;
mod legend;
pub(crate) mod output;
mod path;
mod reduce;
pub(crate) mod scene;
mod series;
mod ticks;

use std::borrow::Borrow;

pub use axis::Axis;
pub use series::{Color, Dash, Kind, Note, Series};
pub(crate) use ticks::minus;

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
    pub notes: Vec<Note>,
    /// Whether grid lines are drawn.
    pub grid: bool,
    /// Whether there is a legend; `None`: when a series has a label.
    pub legend: Option<bool>,
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

    /// Several figures as the panels of one, row by row in so many columns. Their own sizes are
    /// forgotten.
    ///
    /// From here on, [`title`](Figure::title), [`size`](Figure::size) and
    /// [`alternative_text`](Figure::alternative_text) concern the whole, what is said of an axis
    /// concerns every panel, and a new series goes to the last panel.
    #[doc(alias = "subplots")]
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
    pub fn line<X, Y>(self, x: X, y: Y) -> Figure
    where
        X: IntoIterator<Item: Borrow<f64>>,
        Y: IntoIterator<Item: Borrow<f64>>,
    {
        self.add(Series::new(Kind::Line, collect(x), collect(y)))
    }

    /// Adds markers without a line between them.
    ///
    /// # Panics
    /// When `x` and `y` are not of the same length.
    #[track_caller]
    #[doc(alias = "scatter")]
    pub fn points<X, Y>(self, x: X, y: Y) -> Figure
    where
        X: IntoIterator<Item: Borrow<f64>>,
        Y: IntoIterator<Item: Borrow<f64>>,
    {
        self.add(Series::new(Kind::Points, collect(x), collect(y)).with_markers())
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

    /// Writes words among the data; their lower left corner is at the point `x`, `y`.
    #[doc(alias = "annotate")]
    pub fn text(mut self, x: f64, y: f64, words: impl Into<String>) -> Figure {
        self.last_panel().notes.push(Note { x, y, words: words.into() });
        self
    }

    /// Names the series added last; the legend shows the name.
    #[track_caller]
    pub fn label(self, label: impl Into<String>) -> Figure {
        let label = label.into();
        self.style("label", |series| series.label = Some(label))
    }

    /// Colours the series added last.
    #[track_caller]
    pub fn color(self, color: Color) -> Figure {
        self.style("color", |series| series.color = Some(color))
    }

    /// Dashes the line added last.
    #[track_caller]
    pub fn dashed(self) -> Figure {
        self.style("dashed", |series| series.dash = Dash::Dashed)
    }

    /// Dots the line added last.
    #[track_caller]
    pub fn dotted(self) -> Figure {
        self.style("dotted", |series| series.dash = Dash::Dotted)
    }

    /// The width in pixels of the line added last.
    #[track_caller]
    #[doc(alias = "linewidth")]
    pub fn width(self, pixels: f64) -> Figure {
        assert!(pixels > 0.0 && pixels <= 100.0, "a line can be up to 100 pixels wide, not {pixels}");
        self.style("width", |series| series.width = pixels)
    }

    /// Marks each point of the line added last.
    #[track_caller]
    #[doc(alias = "marker")]
    pub fn markers(self) -> Figure {
        self.style("markers", |series| series.markers = true)
    }

    #[track_caller]
    fn style(mut self, what: &str, change: impl FnOnce(&mut Series)) -> Figure {
        let last = self.last_panel().series.last_mut();
        change(last.unwrap_or_else(|| {
            panic!("`.{what}(…)` styles the series before it: add `.line(…)` or `.points(…)` first")
        }));
        self
    }

    /// The title.
    pub fn title(mut self, title: impl Into<String>) -> Figure {
        match &mut self.panels[..] {
            [panel] => panel.title = title.into(),
            _ => self.title = title.into(),
        }
        self
    }

    /// The words along the horizontal axis: quantity and unit.
    #[doc(alias = "xlabel")]
    pub fn x_label(self, label: impl Into<String>) -> Figure {
        let label = label.into();
        self.every_panel(|panel| panel.x.label.clone_from(&label))
    }

    /// The words along the vertical axis: quantity and unit.
    #[doc(alias = "ylabel")]
    pub fn y_label(self, label: impl Into<String>) -> Figure {
        let label = label.into();
        self.every_panel(|panel| panel.y.label.clone_from(&label))
    }

    /// What the horizontal axis shows; without this, all the data and a little room.
    ///
    /// # Panics
    /// Unless both ends are finite and `from` is below `to`.
    #[track_caller]
    #[doc(alias = "xlim")]
    pub fn x_range(self, from: f64, to: f64) -> Figure {
        let range = Some(axis::checked_range("x", from, to));
        self.every_panel(|panel| panel.x.range = range)
    }

    /// What the vertical axis shows; without this, all the data and a little room.
    ///
    /// # Panics
    /// Unless both ends are finite and `from` is below `to`.
    #[track_caller]
    #[doc(alias = "ylim")]
    pub fn y_range(self, from: f64, to: f64) -> Figure {
        let range = Some(axis::checked_range("y", from, to));
        self.every_panel(|panel| panel.y.range = range)
    }

    /// Puts the ticks of the horizontal axis at multiples of π.
    pub fn x_pi_ticks(self) -> Figure {
        self.every_panel(|panel| panel.x.pi_ticks = true)
    }

    /// Puts the ticks of the vertical axis at multiples of π.
    pub fn y_pi_ticks(self) -> Figure {
        self.every_panel(|panel| panel.y.pi_ticks = true)
    }

    /// Whether grid lines are drawn. They are not unless you say so.
    pub fn grid(self, shown: bool) -> Figure {
        self.every_panel(|panel| panel.grid = shown)
    }

    /// Whether there is a legend. Without this it appears when a series has a label.
    pub fn legend(self, shown: bool) -> Figure {
        self.every_panel(|panel| panel.legend = Some(shown))
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

    /// What a screen reader says of the picture. Without this, the labels, ranges and series.
    #[doc(alias = "alt")]
    pub fn alternative_text(mut self, words: impl Into<String>) -> Figure {
        self.alternative_text = Some(words.into());
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

    fn every_panel(mut self, change: impl FnMut(&mut Panel)) -> Figure {
        self.panels.iter_mut().for_each(change);
        self
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
