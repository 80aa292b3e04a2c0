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
/// let error = neurobook::validate::positive("dt", 0.0).unwrap_err();
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

/// Refuses fields of a model by their names: `check_fields!(self, finite: alpha, beta; positive: tau)`.
macro_rules! check_fields {
    ($model:expr, $($check:ident: $($field:ident),+);+) => {
        $($($crate::validate::$check(stringify!($field), $model.$field)?;)+)+
    };
}
pub(crate) use check_fields;

/// One number for each variable of numbers, 0 or above, of which there is one for all or one for each.
pub(crate) fn one_or_each(name: &str, values: &[f64], variables: usize) -> Result<Vec<f64>> {
    for value in values {
        not_negative(name, *value)?;
    }
    match values {
        [one] => Ok(vec![*one; variables]),
        each if each.len() == variables => Ok(each.to_vec()),
        each => Err(Error::new(format!(
            "{name} has {} values and the state {variables}: give one number, or one for each variable",
            each.len()
        ))),
    }
}

/// How many steps of `dt` cover `duration`: the last one may end after it. A duration of 0 is not a step.
///
/// Rounding does not add a step: 0.3 in steps of 0.1 is 3 steps.
///
/// # Errors
/// When `dt` is not above 0 or longer than a duration above 0, when `duration` is negative, or when
/// the steps could not even be counted.
///
/// ```
/// use neurobook::validate::steps;
/// assert_eq!(steps(0.3, 0.1)?, 3);
/// assert_eq!(steps(10.0, 0.03)?, 334);
/// assert_eq!(steps(0.0, 0.1)?, 0);
/// # Ok::<(), neurobook::Error>(())
/// ```
pub fn steps(duration: f64, dt: f64) -> Result<usize> {
    positive("dt", dt)?;
    not_negative("duration", duration)?;
    ensure_at_most("dt", dt, "duration", duration)?;
    let steps = whole_steps(duration / dt);
    run_fits_in_memory(steps)?;
    Ok(steps as usize)
}

/// A number of steps, made whole: to the nearest number where only rounding is between, else upward.
pub(crate) fn whole_steps(steps: f64) -> f64 {
    let whole = steps.round();
    if (steps - whole).abs() <= WHOLE * whole { whole } else { steps.ceil() }
}

/// A time without what rounding put beyond the ends of a span.
pub(crate) fn clamped(t: f64, first: f64, last: f64) -> f64 {
    let (low, high) = (first.min(last), first.max(last));
    let rounding = (WHOLE * (high - low)).max(4.0 * f64::EPSILON * low.abs().max(high.abs()));
    if (low - rounding..low).contains(&t) {
        low
    } else if t > high && t <= high + rounding {
        high
    } else {
        t
    }
}

/// Refuses a step that is longer than a whole run above 0.
pub(crate) fn ensure_at_most(step_name: &str, step: f64, whole_name: &str, whole: f64) -> Result<()> {
    if whole > 0.0 && step > whole * (1.0 + WHOLE) {
        return Err(Error::new(format!(
            "{step_name} is {step}, longer than the whole {whole_name} of {whole}: give a smaller {step_name} or a longer {whole_name}"
        )));
    }
    Ok(())
}

/// Refuses a run whose `rows` variables at `columns` times would take more than 2 GiB.
///
/// # Errors
/// Says how much memory it would be.
///
/// ```
/// let error = neurobook::validate::fits_in_memory(80, 1_000_000_000).unwrap_err();
/// assert!(error.to_string().contains("596"));
/// ```
pub fn fits_in_memory(rows: usize, columns: usize) -> Result<()> {
    run_fits_in_memory(rows as f64 * columns as f64)
}

/// The same for numbers that may be more than can be counted.
pub(crate) fn run_fits_in_memory(numbers: f64) -> Result<()> {
    let way_out = "give a shorter duration or a larger dt";
    refuse_unless_it_fits(numbers, "duration is too long for its dt: the run", way_out)
}

/// Refuses delays of so many steps that the history of all nodes, `signals` numbers per sample and room to move
/// them, would take more than 2 GiB.
pub(crate) fn ensure_history_fits(nodes: usize, signals: usize, steps: usize) -> Result<()> {
    let numbers = 2.0 * signals as f64 * nodes as f64 * steps as f64;
    let what = format!("delays of {steps} steps are too long for {nodes} nodes: their past");
    refuse_unless_it_fits(numbers, &what, "give shorter delays or a larger dt")
}

/// Refuses a table of so many rows and columns that would take more than 2 GiB.
///
/// # Errors
/// Says what it is and how much memory it would be, and gives the way out.
pub(crate) fn ensure_fits(what: &str, rows: usize, columns: usize, way_out: &str) -> Result<()> {
    let numbers = rows as f64 * columns as f64;
    if numbers * size_of::<f64>() as f64 <= MOST_BYTES {
        return Ok(());
    }
    refuse_unless_it_fits(numbers, what, way_out)
}

fn refuse_unless_it_fits(numbers: f64, what: &str, way_out: &str) -> Result<()> {
    let bytes = numbers * size_of::<f64>() as f64;
    if bytes <= MOST_BYTES {
        return Ok(());
    }
    Err(Error::new(format!(
        "{what} would take {} of memory and may take {:.0} GB; {way_out}",
        gigabytes(bytes),
        MOST_BYTES / GIGABYTE
    )))
}

/// Gigabytes, or their power of ten where nobody counts the digits.
fn gigabytes(bytes: f64) -> String {
    let gigabytes = bytes / GIGABYTE;
    match gigabytes {
        _ if gigabytes < 1e6 => format!("{gigabytes:.1} GB"),
        _ if gigabytes.is_finite() => format!("{gigabytes:.0e} GB"),
        _ => "more GB than can be counted".into(),
    }
}

fn refuse_unless(good: bool, name: &str, value: f64, way_out: &str) -> Result<()> {
    if good { Ok(()) } else { Err(Error::new(format!("{name} is {value}: {way_out}"))) }
}
