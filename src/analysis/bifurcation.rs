//! How the long run of a model changes with a parameter.

use crate::sweep::try_sweep;
use crate::{Result, Trajectory};
use ndarray::{Array1, ArrayRef1, ArrayView1};

/// A bifurcation diagram: between which values a variable swings for each value of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Bifurcation {
    /// The parameter's values.
    pub values: Array1<f64>,
    /// The variable's smallest value for each.
    pub minima: Array1<f64>,
    /// And its largest. Where both are the same, it rests. Both are NaN where a value is.
    pub maxima: Array1<f64>,
}

/// Runs a model for each value of a parameter, on all cores, and keeps the smallest and the largest value of its
/// first variable after the transient.
///
/// `transient` is the time that is left out, in the model's unit; near a bifurcation a system needs long to settle.
///
/// ```
/// use neurobook::{analysis::bifurcation, prelude::*};
/// let values = Array1::linspace(-2.0, 2.0, 50);
/// let diagram = bifurcation(&values, 1000.0, |a| Hopf { a, omega: 0.2 }.simulate([0.1, 0.0], Rk4::new(0.1), 2000.0))?;
/// assert!((diagram.maxima[49] - 2_f64.sqrt()).abs() < 1e-3 && diagram.maxima[0].abs() < 1e-6);
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// The error of a run that failed, with its value before it.
///
/// # Panics
/// When a run panics.
pub fn bifurcation(
    values: &ArrayRef1<f64>,
    transient: f64,
    run: impl Fn(f64) -> Result<Trajectory> + Sync,
) -> Result<Bifurcation> {
    let extremes = try_sweep(&values.to_vec(), |value| Ok(run(value)?.after(transient).extremes()))?;
    let (minima, maxima): (Vec<f64>, Vec<f64>) = extremes.into_iter().unzip();
    Ok(Bifurcation { values: values.to_owned(), minima: minima.into(), maxima: maxima.into() })
}

impl Trajectory {
    /// The smallest and the largest value of the first variable; NaN where there is none, or one is NaN.
    fn extremes(&self) -> (f64, f64) {
        let first: Option<ArrayView1<f64>> = self.states.rows().into_iter().next();
        let values = || first.iter().flatten().copied();
        if values().any(f64::is_nan) {
            return (f64::NAN, f64::NAN);
        }
        (values().fold(f64::NAN, f64::min), values().fold(f64::NAN, f64::max))
    }
}
