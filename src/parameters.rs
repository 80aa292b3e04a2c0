//! What every model asks of its parameters before it runs: one wording for one mistake.
//!
//! Each check takes the parameter's name and gives back an error that starts with it.

use crate::{Error, Result};

/// A run may keep as much as this: 2 GiB of numbers.
const MOST_BYTES: f64 = 2.0 * GIGABYTE;
const GIGABYTE: f64 = 1_073_741_824.0;

/// A duration this close to whole steps, relative to its length, is meant to be whole steps.
const WHOLE: f64 = 1e-9;

/// Refuses what is not a number or not finite.
///
/// # Errors
/// Names the parameter and its value.
pub fn finite(name: &str, value: f64) -> Result<()> {
    refuse_unless(value.is_finite(), name, value, "give a finite number")
}

/// Refuses what is not a finite number above 0.
///
/// # Errors
/// Names the parameter and its value.
///
/// ```
/// let error = neurobook::parameters::positive("dt", 0.0).unwrap_err();
/// assert_eq!(error.to_string(), "dt is 0: give a number above 0");
/// ```
pub fn positive(name: &str, value: f64) -> Result<()> {
    refuse_unless(value.is_finite() && value > 0.0, name, value, "give a number above 0")
}

/// Refuses what is not a finite number, 0 or above.
///
/// # Errors
/// Names the parameter and its value.
pub fn not_negative(name: &str, value: f64) -> Result<()> {
    refuse_unless(value.is_finite() && value >= 0.0, name, value, "give a number, 0 or above")
}

/// Refuses a list in which a value is not finite; the message counts from 0.
///
/// # Errors
/// Names the parameter, the index and the value.
pub fn all_finite(name: &str, values: &[f64]) -> Result<()> {
    match values.iter().position(|value| !value.is_finite()) {
        Some(index) => finite(&format!("{name}[{index}]"), values[index]),
        None => Ok(()),
    }
}

/// How many steps of `dt` cover `duration`: the last one may end after it. A duration of 0 is no step.
///
/// Rounding does not add a step: 0.3 in steps of 0.1 is 3 steps.
///
/// # Errors
/// When `dt` is not above 0 or longer than a duration above 0, when `duration` is negative, or when
/// the steps could not even be counted.
///
/// ```
/// use neurobook::parameters::steps;
/// assert_eq!(steps(0.3, 0.1)?, 3);
/// assert_eq!(steps(10.0, 0.03)?, 334);
/// assert_eq!(steps(0.0, 0.1)?, 0);
/// # Ok::<(), neurobook::Error>(())
/// ```
pub fn steps(duration: f64, dt: f64) -> Result<usize> {
    positive("dt", dt)?;
    not_negative("duration", duration)?;
    if duration > 0.0 && dt > duration * (1.0 + WHOLE) {
        return Err(Error::new(format!(
            "dt is {dt}, longer than the whole duration of {duration}: give a smaller dt or a longer duration"
        )));
    }
    let ratio = duration / dt;
    let whole = ratio.round();
    let steps = if (ratio - whole).abs() <= WHOLE * whole { whole } else { ratio.ceil() };
    run_fits_in_memory(steps)?;
    Ok(steps as usize)
}

/// Refuses a run whose `rows` variables at `columns` times would take more than 2 GiB.
///
/// # Errors
/// Says how much memory it would be.
///
/// ```
/// let error = neurobook::parameters::fits_in_memory(80, 1_000_000_000).unwrap_err();
/// assert!(error.to_string().contains("596"));
/// ```
pub fn fits_in_memory(rows: usize, columns: usize) -> Result<()> {
    run_fits_in_memory(rows as f64 * columns as f64)
}

fn run_fits_in_memory(numbers: f64) -> Result<()> {
    let way_out = "give a shorter duration or a larger dt";
    refuse_unless_it_fits(numbers, "duration is too long for its dt: the run", way_out)
}

/// Refuses delays of so many steps that the past of all nodes, a sine and a cosine a sample and room to
/// move them, would take more than 2 GiB.
pub(crate) fn past_fits_in_memory(nodes: usize, steps: usize) -> Result<()> {
    let numbers = 4.0 * nodes as f64 * steps as f64;
    let what = format!("delays of {steps} steps are too long for {nodes} nodes: their past");
    refuse_unless_it_fits(numbers, &what, "give shorter delays or a larger dt")
}

fn refuse_unless_it_fits(numbers: f64, what: &str, way_out: &str) -> Result<()> {
    let bytes = numbers * size_of::<f64>() as f64;
    if bytes <= MOST_BYTES {
        return Ok(());
    }
    Err(Error::new(format!(
        "{what} would take {} GB of memory and may take {:.0}; {way_out}",
        gigabytes(bytes),
        MOST_BYTES / GIGABYTE
    )))
}

/// Whole gigabytes, or their power of ten where nobody counts the digits.
fn gigabytes(bytes: f64) -> String {
    let gigabytes = bytes / GIGABYTE;
    if gigabytes < 1e6 { format!("{gigabytes:.1}") } else { format!("{gigabytes:.0e}") }
}

fn refuse_unless(good: bool, name: &str, value: f64, way_out: &str) -> Result<()> {
    if good { Ok(()) } else { Err(Error::new(format!("{name} is {value}: {way_out}"))) }
}
