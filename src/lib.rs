//! A Rust workbook for computational neurology: simulators, figures, sliders and exercises for
//! Jupyter notebooks.

mod blank;
pub mod check;
pub mod display;
pub mod error;
pub mod figure;
pub mod integrate;
pub mod interact;
pub mod models;
pub mod prelude;

pub use error::{Error, Result};
pub use figure::{Color, Figure};
pub use interact::{Interactive, Slider, interact};

// A variable's type must have a name that a cell can write, and these crates' types only have one here.
pub use {csv, ndarray, num_complex, rand, rand_distr, rand_pcg};
