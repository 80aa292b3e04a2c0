//! The letters of a figure's words, on their line and beside it.

use super::metrics::advance;

/// What is above or below the line is smaller by this.
pub(super) const SMALLER: f64 = 0.7;

/// A letter, and whether it is on the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Letter {
    pub letter: char,
    pub level: Level,
}

/// On the line, above it or below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Base,
    Above,
    Below,
}

impl Letter {
    pub fn plain(letter: char) -> Letter {
        Letter { letter, level: Level::Base }
    }

    /// Its width at this size.
    pub fn width(self, size: f64) -> f64 {
        advance(self.letter) * size * if self.level == Level::Base { 1.0 } else { SMALLER }
    }
}
