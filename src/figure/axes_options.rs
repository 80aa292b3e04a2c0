//! What is said of the axes: words, ranges, ticks, grid, legend, colour bar.

use super::words::checked;
use super::{Figure, Panel, axis, logarithms};

impl Figure {
    /// The words along the horizontal axis: quantity and unit.
    ///
    /// # Panics
    /// As [`title`](Figure::title).
    #[track_caller]
    #[doc(alias = "xlabel")]
    pub fn x_label(self, label: impl Into<String>) -> Figure {
        let label = checked(label);
        self.every_panel(|panel| panel.x.label.clone_from(&label))
    }

    /// The words along the vertical axis: quantity and unit.
    ///
    /// # Panics
    /// As [`title`](Figure::title).
    #[track_caller]
    #[doc(alias = "ylabel")]
    pub fn y_label(self, label: impl Into<String>) -> Figure {
        let label = checked(label);
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

    /// Makes equal lengths of the horizontal axis equal factors. Numbers that are 0 or below have no place on it:
    /// they leave a gap, and the axis says how many there are.
    ///
    /// ```
    /// use neurobook::prelude::*;
    /// let frequencies = Array1::from_iter((-10..=20).map(|k| 10_f64.powf(0.1 * f64::from(k))));
    /// let figure = Figure::new().line(&frequencies, frequencies.mapv(|f| 1.0 / (1.0 + f * f))).x_logarithmic().y_logarithmic();
    /// assert!(figure.svg().contains(">100</text>"));
    /// ```
    ///
    /// # Panics
    /// When a range begins at 0 or below, or a heat map's columns do not go up by an even factor.
    #[track_caller]
    #[doc(alias = "xscale")]
    #[doc(alias = "semilogx")]
    #[doc(alias = "loglog")]
    pub fn x_logarithmic(self) -> Figure {
        self.every_panel(|panel| panel.x.logarithmic = true)
    }

    /// Makes equal lengths of the vertical axis equal factors, as [`x_logarithmic`](Figure::x_logarithmic) does of
    /// the horizontal one.
    ///
    /// # Panics
    /// When a range begins at 0 or below, or a heat map's rows do not go up by an even factor.
    #[track_caller]
    #[doc(alias = "yscale")]
    #[doc(alias = "semilogy")]
    pub fn y_logarithmic(self) -> Figure {
        self.every_panel(|panel| panel.y.logarithmic = true)
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

    /// Whether there is a legend. Without this it appears when a series has a label: within the axes where it hides
    /// little, otherwise beside them.
    pub fn legend(self, shown: bool) -> Figure {
        self.every_panel(|panel| panel.legend = Some(shown))
    }

    /// Whether the horizontal axis has ticks with their numbers.
    #[doc(alias = "xticks")]
    pub fn x_ticks(self, shown: bool) -> Figure {
        self.every_panel(|panel| panel.x.hidden_ticks = !shown)
    }

    /// Whether the vertical axis has ticks with their numbers.
    #[doc(alias = "yticks")]
    pub fn y_ticks(self, shown: bool) -> Figure {
        self.every_panel(|panel| panel.y.hidden_ticks = !shown)
    }

    /// Whether the axes are drawn, with their ticks and words. They are unless you say otherwise.
    #[doc(alias = "axis_off")]
    pub fn axes(self, shown: bool) -> Figure {
        self.every_panel(|panel| panel.hide_axes = !shown)
    }

    /// Makes one unit as long on one axis as on the other, so that a circle is round.
    #[doc(alias = "aspect")]
    pub fn equal_aspect(self) -> Figure {
        self.every_panel(|panel| panel.equal_aspect = true)
    }

    /// Names the bar that tells which colour is which value: quantity and unit. It belongs to the
    /// first heat map, or to the first line that is coloured by values.
    ///
    /// # Panics
    /// As [`title`](Figure::title).
    #[track_caller]
    #[doc(alias = "colorbar")]
    pub fn color_bar(self, label: impl Into<String>) -> Figure {
        let label = checked(label);
        self.every_panel(|panel| panel.color_bar = Some(label.clone()))
    }

    #[track_caller]
    fn every_panel(mut self, mut change: impl FnMut(&mut Panel)) -> Figure {
        for panel in &mut self.panels {
            change(panel);
            logarithms::check(panel);
        }
        self
    }
}
