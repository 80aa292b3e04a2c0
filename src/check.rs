//! Checks for the notebook: a verdict, the first difference, the likely mistake, the next hint.
//!
//! An exercise is data. Its public cases, what is expected and what its known mistakes give come from the
//! chapter's own solution; `neurobook build` writes them to `notebooks/checks/`. The macro
//! [`check!`](crate::check!) runs a learner's function on them.
//!
//! A check is for learning. It runs in the learner's own process and can be talked round: marks come
//! from `neurobook grade`, which keeps what is expected out of the reach of what it marks.
//!
//! ```
//! use neurobook::prelude::*;
//!
//! fn integrate_exponential(a: Complex64, x0: f64, dt: f64, t_end: f64) -> (Array1<Complex64>, Array1<f64>) {
//!     let t = Array1::range(0.0, t_end, dt);
//!     let mut x = Array1::zeros(t.len());
//!     x[0] = Complex64::new(x0, 0.0);
//!     for k in 1..t.len() {
//!         x[k] = x[k - 1] + a * x[k - 1];
//!     }
//!     (x, t)
//! }
//! let verdict = check!(integrate_exponential(a, x0, dt, t_end) -> (x, t));
//! assert!(!verdict.passed());
//! assert_eq!(verdict.misconception.unwrap().name, "dt is missing");
//! ```

mod answer;
mod answer_server;
mod borrow;
mod compare;
mod convert;
mod describe;
mod evaluate;
mod exercise;
mod exercise_csv;
mod not_checked;
mod number;
mod panics;
mod part;
mod random;
pub mod reference;
mod value;
mod value_csv;
mod verdict;

pub use answer::{Answer, check_answer};
pub use answer_server::serve;
pub use borrow::{BorrowedArgument, borrow_argument};
pub use compare::{Difference, first_difference};
pub use convert::{Collected, FromValues, Scalar, ToValues};
pub use describe::describe;
pub use evaluate::Outcome;
pub use exercise::{Case, Exercise, Hint, Mistake};
pub use not_checked::NotChecked;
pub use number::check_number;
pub use panics::StopReason;
pub use part::Part;
pub use random::Random;
pub use value::{Value, Values};
pub use value_csv::{fields, value};
pub use verdict::{Case as CheckedCase, Misconception, Problem, ProblemKind, Verdict};

/// The crates by their own names, for answers from a notebook that has loaded them by `:dep`.
#[doc(hidden)]
pub mod crates {
    pub use {csv, ndarray, num_complex, rand, rand_distr};
}
