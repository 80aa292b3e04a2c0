//! Short recipes; each is compiled and run as a test of this crate.
//!
//! # How long does a transient last, and what comes after it?
//! Simulate, leave the first part out, measure the rest.
//! ```
//! use neurobook::prelude::*;
//!
//! let node = Hopf { a: 0.25, ..Hopf::default() };
//! let run = node.simulate([0.01, 0.0], Rk4::new(0.01), 60.0)?.after(40.0);
//! let radius = run.row(0).mapv(f64::abs).fold(0.0, |largest: f64, x| largest.max(*x));
//! assert!((radius - node.radius()).abs() < 1e-3);
//! # Ok::<(), neurobook::Error>(())
//! ```
//!
//! # Does the answer still hold at a smaller step?
//! Halve the step until the number that you report no longer changes.
//! ```
//! use neurobook::prelude::*;
//!
//! let at_the_end = |dt: f64| simulate(|_t, x| [-x[0]], [1.0], Euler::new(dt), 1.0).map(|run| run.last_state()[0]);
//! let errors = [0.1, 0.05, 0.025].map(|dt| (at_the_end(dt).unwrap() - (-1.0_f64).exp()).abs());
//! assert!((errors[0] / errors[1] - 2.0).abs() < 0.1, "Euler's error halves with the step");
//! ```
//!
//! # When does it happen?
//! An event is a function whose zero is looked for between the steps.
//! ```
//! use neurobook::prelude::*;
//!
//! let fall = |_t: f64, x: &[f64]| [x[1], -9.81];
//! let ground = Event::new(|_t, x| x[0]).terminal();
//! let solution = solve_ivp(fall, (0.0, 10.0), [5.0, 0.0], Rk45::new().event(ground))?;
//! assert!((solution.events[0].times[0] - (10.0 / 9.81_f64).sqrt()).abs() < 1e-6);
//! # Ok::<(), neurobook::Error>(())
//! ```
//!
//! # A network on a measured connectome, and its functional connectivity
//! ```
//! use neurobook::prelude::*;
//!
//! let brain = data::connectome();
//! let mut model = Kuramoto::on(&brain, 10.0);
//! model.coupling = 2.0;
//! let run = model.simulate(200.0)?.after(100.0);
//! let connectivity = analysis::functional_connectivity(&run.states.mapv(f64::sin));
//! assert_eq!(connectivity.dim(), brain.weights.dim());
//! # Ok::<(), neurobook::Error>(())
//! ```
//!
//! # A model of one's own
//! The rule, its parameters, and names for the variables; simulation, phase plane, fixed points and nullclines follow.
//! ```
//! use neurobook::prelude::*;
//!
//! struct Predation {
//!     growth: f64,
//! }
//! impl Model for Predation {
//!     type Rate = [f64; 2];
//!     fn rate(&self, _t: f64, x: &[f64]) -> [f64; 2] {
//!         [x[0] * (self.growth - x[1]), x[1] * (x[0] - 1.0)]
//!     }
//!     fn names(&self) -> &[&str] {
//!         &["hares", "lynxes"]
//!     }
//! }
//!
//! let model = Predation { growth: 1.5 };
//! let rests = analysis::fixed_points(&model, (-0.5, 3.0), (-0.5, 3.0))?;
//! assert_eq!(rests.len(), 2);
//! let run = model.simulate([1.0, 1.0], Rk4::new(0.01), 20.0)?;
//! assert!(run.variable("hares")?.iter().all(|hares| *hares > 0.0));
//! # Ok::<(), neurobook::Error>(())
//! ```
//!
//! # Which value of a parameter fits best?
//! The best score is the highest one, so a distance gets a minus.
//! ```
//! use neurobook::prelude::*;
//!
//! let measured = (-0.7_f64).exp();
//! let likeness = |rate: f64| {
//!     let run = simulate(|_t, x| [-rate * x[0]], [1.0], Rk4::new(0.01), 1.0)?;
//!     Ok(-(run.last_state()[0] - measured).abs())
//! };
//! let found = scan(&Array1::linspace(0.0, 2.0, 21), likeness)?;
//! assert!((found.best().unwrap().value - 0.7).abs() < 1e-12);
//! # Ok::<(), neurobook::Error>(())
//! ```
//!
//! # One's own table into a figure
//! The file has a column for each region, under its name, and a row for each sample; two seconds lie between samples.
//! ```
//! use neurobook::prelude::*;
//!
//! let bold = data::parse_series("two_regions.csv", b"left,right\n0.1,0.3\n0.4,0.1\n0.2,0.6\n", 2.0)?;
//! plot_traces(&bold.times, &bold.states).x_label("Time (s)").show();
//! assert_eq!((bold.states.dim(), bold.times[2]), ((2, 3), 4.0));
//! # Ok::<(), neurobook::Error>(())
//! ```
