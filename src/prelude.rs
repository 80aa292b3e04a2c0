//! What a notebook imports: `use neurobook::prelude::*;`.

pub use crate::check::{Verdict, check_number};
pub use crate::figure::{
    Color, ColorMap, Figure, plot_bifurcation, plot_bold, plot_connectivity, plot_connectome, plot_matrix,
    plot_order_parameter, plot_phase_circle, plot_phase_plane, plot_phases, plot_scan, plot_scan_grid, plot_spectrum,
    plot_streamplot, plot_traces, plot_trajectory, stream_gallery, streamplot,
};
pub use crate::integrate::{Euler, EulerMaruyama, Event, Heun, Integrator, Radau, Rk4, Rk45, euler};
pub use crate::interact::{Slider, interact};
pub use crate::model::{Model, Values, simulate, solve_ivp};
pub use crate::models::{
    BalloonWindkessel, CoupledVariables, CouplingKind, Exponential, FitzHughNagumo, FitzHughNagumoNetwork, Hopf,
    HopfNetwork, Input, JansenRit, JansenRitNetwork, Kuramoto, Linear2d, Metronomes, Network, Scheme, SubcriticalHopf,
    SubcriticalHopfNetwork, WilsonCowan, WilsonCowanNetwork, WongWang, WongWangNetwork,
};
pub use crate::network::{Connectome, Delays};
pub use crate::quiz::{Quiz, quiz_dynamical_systems, quiz_preprocessing};
pub use crate::sweep::{scan, scan_grid, sweep, sweep_grid, try_sweep, try_sweep_grid};
pub use crate::{Trajectory, analysis, data, network, noise};
pub use crate::{blank, check};
pub use ndarray::{Array1, Array2, array, s};
pub use num_complex::Complex64;
pub use std::f64::consts::PI;
