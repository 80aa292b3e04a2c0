//! The checks of chapter 2 from the second bonus on: two variables, one oscillator, several.

mod one_oscillator;
mod order;
mod two_variables;

pub use one_oscillator::{check_alpha_rhythm, check_last_sample, check_phase_figure};
pub use order::check_order_parameter;
pub use two_variables::{check_classes, check_linear_rate};
