//! Sizes of letters and lengths in a figure, in tenths of a pixel.

/// The numbers at ticks.
pub(super) const TICK_TEXT: i32 = 130;
/// Words among the data, in pixels.
pub(super) const NOTE_SIZE: f64 = 13.0;
/// The names of axes.
pub(super) const LABEL_TEXT: i32 = 145;
/// Titles.
pub(super) const TITLE_TEXT: i32 = 165;
/// Words that do not fit are made smaller, but not smaller than this.
pub(super) const SMALLEST: i32 = 105;
/// The length of a tick.
pub(super) const TICK: i32 = 45;
/// Around a figure and between its panels.
pub(super) const MARGIN: i32 = 120;
/// From the axes to the top of the factor above them.
pub(super) const FACTOR: i32 = 230;
