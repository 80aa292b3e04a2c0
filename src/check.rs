//! Checks for the notebook: a verdict, the first difference, the likely mistake, the next hint.
//!
//! A check is for learning. It runs in the learner's own process and can be talked round: marks come
//! from elsewhere.
//!
//! ```
//! use neurobook::prelude::*;
//!
//! fn without_dt(a: Complex64, x0: f64, dt: f64, t_end: f64) -> (Array1<Complex64>, Array1<f64>) {
//!     let t = Array1::range(0.0, t_end, dt);
//!     let mut x = Array1::zeros(t.len());
//!     x[0] = Complex64::new(x0, 0.0);
//!     for k in 1..t.len() {
//!         x[k] = x[k - 1] + a * x[k - 1];
//!     }
//!     (x, t)
//! }
//! let verdict = check_integrate_exponential(without_dt);
//! assert!(!verdict.passed());
//! assert_eq!(verdict.misconception.unwrap().name, "dt is missing");
//! ```

mod caught;
mod chapter_02;
mod chapter_02_part_2;
mod compare;
mod exercise;
mod number;
mod verdict;

pub use chapter_02::{check_growing_oscillation, check_half_hertz, check_integrate_exponential};
pub use chapter_02_part_2::{
    check_alpha_rhythm, check_classes, check_last_sample, check_linear_rate, check_order_parameter, check_phase_figure,
};
pub use compare::Column;
pub use exercise::{Exercise, Hint, Mistake};
pub use number::{Condition, Question, check_number};
pub use verdict::{Case, Misconception, Problem, Verdict};
