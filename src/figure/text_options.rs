//! The words of a figure: its title, its notes, and what a screen reader says of it.

use super::words::checked;
use super::{Annotation, Figure, sizes};

impl Figure {
    /// Writes words among the data; their lower left corner is at the point `x`, `y`, unless they would leave the
    /// axes there or lie over other words.
    ///
    /// # Panics
    /// As [`title`](Figure::title).
    #[track_caller]
    #[doc(alias = "annotate")]
    pub fn text(mut self, x: f64, y: f64, words: impl Into<String>) -> Figure {
        let note = Annotation { x, y, words: checked(words), centered: false, size: sizes::NOTE_SIZE };
        self.last_panel().notes.push(note);
        self
    }

    /// The title. One that is too long is wrapped, then made smaller; `\n` begins a new line.
    ///
    /// Words of a figure may hold simple formulas between dollar signs: letters and signs by their names, and what is
    /// above or below the line.
    ///
    /// ```
    /// use neurobook::Figure;
    /// let figure = Figure::new().title(r"Phase $\theta_1$ over time").line([0.0, 1.0], [0.0, 6.0]);
    /// assert!(figure.svg().contains("Phase θ<tspan"));
    /// ```
    ///
    /// # Panics
    /// When a formula needs more than that; the message names what, and the way out.
    #[track_caller]
    pub fn title(mut self, title: impl Into<String>) -> Figure {
        let title = checked(title);
        match &mut self.panels[..] {
            [panel] => panel.title = title,
            _ => self.title = title,
        }
        self
    }

    /// What a screen reader says of the picture. Without this, the labels, ranges and series.
    #[doc(alias = "alt")]
    pub fn alternative_text(mut self, words: impl Into<String>) -> Figure {
        self.alternative_text = Some(words.into());
        self
    }
}
