//! What is said of the axes: words, ranges, ticks, grid, legend, colour bar.

use super::words::checked;
use super::{Figure, Panel, axis};

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
        self.every_panel(|panel| panel.bare = !shown)
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

    fn every_panel(mut self, change: impl FnMut(&mut Panel)) -> Figure {
        self.panels.iter_mut().for_each(change);
        self
    }
}
