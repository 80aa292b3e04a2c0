//! A Rust workbook for computational neurology: simulators, figures, sliders and exercises for
//! Jupyter notebooks.

pub mod analysis;
mod blank;
#[doc(hidden)]
pub mod cell_variables;
pub mod check;
pub mod data;
pub mod display;
pub mod error;
pub mod figure;
pub mod integrate;
pub mod interact;
pub mod model;
pub mod models;
pub mod network;
pub mod noise;
mod parallel;
pub mod parameters;
pub mod prelude;
pub mod quiz;
pub mod sweep;
pub mod trajectory;

pub use error::{Error, Result};
pub use figure::{
    Color, ColorMap, Figure, plot_bifurcation, plot_bold, plot_connectivity, plot_matrix, plot_order_parameter,
    plot_phase_circle, plot_phase_plane, plot_phases, plot_scan, plot_scan_grid, plot_spectrum, plot_streamplot,
    plot_traces, plot_trajectory, stream_gallery, streamplot,
};
pub use interact::{Interactive, Slider, interact};
pub use model::{Model, simulate, solve_ivp};
pub use quiz::Quiz;
pub use trajectory::Trajectory;

// A variable's type must have a name that a cell can write, and these crates' types only have one here.
pub use {csv, ndarray, num_complex, rand, rand_distr, rand_pcg};
