//! What a notebook imports: `use neurobook::prelude::*;`.

pub use crate::check::{Verdict, check_number};
pub use crate::figure::{
    Color, ColorMap, Figure, plot_matrix, plot_order_parameter, plot_phase_circle, plot_phases, plot_streamplot,
    plot_traces, plot_trajectory, stream_gallery, streamplot,
};
pub use crate::integrate::{Euler, EulerMaruyama, Event, Heun, Integrator, Rk4, Rk45, euler};
pub use crate::interact::{Slider, interact};
pub use crate::model::{Model, Values, simulate, solve_ivp};
pub use crate::models::{Exponential, Input, Kuramoto, Linear2d};
pub use crate::network::{Connectome, Delays};
pub use crate::quiz::{Quiz, quiz_dynamical_systems};
pub use crate::sweep::{sweep, sweep_grid, try_sweep};
pub use crate::{Trajectory, analysis, data, network, noise};
pub use crate::{blank, check};
pub use ndarray::{Array1, Array2, array, s};
pub use num_complex::Complex64;
pub use std::f64::consts::PI;
