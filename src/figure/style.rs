//! How the series added last looks.

use std::borrow::Borrow;

use super::series::{Annotation, Dash, Series};
use super::words::checked;
use super::{Color, ColorMap, Figure, collect};

impl Figure {
    /// Names the series added last; the legend shows the name.
    ///
    /// # Panics
    /// As [`title`](Figure::title), and when there is no series yet.
    #[track_caller]
    pub fn label(self, label: impl Into<String>) -> Figure {
        let label = checked(label);
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

    /// Colours the series added last by a number for each of its points; a line takes the mean of
    /// its two ends. A colour bar comes with [`Figure::color_bar`].
    ///
    /// # Panics
    /// When there are not as many values as points.
    #[track_caller]
    pub fn colored_by<V: IntoIterator<Item: Borrow<f64>>>(self, values: V) -> Figure {
        let values = collect(values);
        self.style("colored_by", |series| {
            let points = series.x.len();
            assert!(
                values.len() == points,
                "the series has {points} points and there are {} values to colour it by: give one for each point",
                values.len()
            );
            series.values = values;
        })
    }

    /// The colours that the values of the series added last get.
    #[track_caller]
    #[doc(alias = "cmap")]
    pub fn color_map(self, map: ColorMap) -> Figure {
        self.style("color_map", |series| series.color_map = map)
    }

    /// The values of the series added last that get the first and the last colour; without this, the
    /// smallest and the largest. Values beyond get the colour of the end.
    ///
    /// # Panics
    /// Unless both are finite and `from` is below `to`.
    #[track_caller]
    #[doc(alias = "vmin")]
    #[doc(alias = "vmax")]
    #[doc(alias = "clim")]
    pub fn value_range(self, from: f64, to: f64) -> Figure {
        let range = super::axis::checked_range("value", from, to);
        self.style("value_range", |series| series.value_range = Some(range))
    }

    /// Fades the series added last in, from its first point to its last: time without an axis.
    #[track_caller]
    #[doc(alias = "alpha")]
    pub fn fading(self) -> Figure {
        self.style("fading", |series| series.fading = true)
    }

    /// Puts arrow heads on the line added last.
    #[track_caller]
    pub fn arrow_heads(self) -> Figure {
        self.style("arrow_heads", |series| series.arrow_heads = true)
    }

    /// The width in pixels of the markers of the series added last.
    #[track_caller]
    #[doc(alias = "markersize")]
    pub fn marker_size(self, pixels: f64) -> Figure {
        assert!(pixels > 0.0 && pixels <= 100.0, "a marker can be up to 100 pixels wide, not {pixels}");
        self.style("marker_size", |series| series.marker_size = pixels)
    }

    /// Puts the middle of the words written last at their point, and not their beginning.
    #[track_caller]
    #[doc(alias = "horizontalalignment")]
    pub fn centered(self) -> Figure {
        self.style_words("centered", |note| note.centered = true)
    }

    /// The size in pixels of the letters of the words written last.
    #[track_caller]
    #[doc(alias = "fontsize")]
    pub fn text_size(self, pixels: f64) -> Figure {
        assert!((10.0..=40.0).contains(&pixels), "letters are 10 to 40 pixels high, not {pixels}");
        self.style_words("text_size", |note| note.size = pixels)
    }

    #[track_caller]
    fn style_words(mut self, what: &str, change: impl FnOnce(&mut Annotation)) -> Figure {
        let last = self.last_panel().notes.last_mut();
        change(last.unwrap_or_else(|| panic!("`.{what}(…)` styles the words before it: add `.text(…)` first")));
        self
    }

    #[track_caller]
    fn style(mut self, what: &str, change: impl FnOnce(&mut Series)) -> Figure {
        let last = self.last_panel().series.last_mut();
        change(last.unwrap_or_else(|| {
            panic!("`.{what}(…)` styles the series before it: add `.line(…)` or `.points(…)` first")
        }));
        self
    }
}
