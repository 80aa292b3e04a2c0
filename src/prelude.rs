//! What a notebook imports: `use neurobook::prelude::*;`.

pub use crate::blank;
pub use crate::check::{
    Verdict, check_growing_oscillation, check_half_hertz, check_integrate_exponential, check_number,
};
pub use crate::figure::{Color, Figure};
pub use crate::integrate::euler;
pub use crate::interact::{Slider, interact};
pub use crate::models::Exponential;
pub use ndarray::{Array1, Array2, array, s};
pub use num_complex::Complex64;
pub use std::f64::consts::PI;
