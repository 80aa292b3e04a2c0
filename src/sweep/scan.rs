//! A score for every value of a parameter, or of two, and which is the best.

use super::{try_sweep, try_sweep_grid};
use crate::Result;
use ndarray::{Array1, Array2, ArrayRef1};

/// The scores of a parameter's values.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// The parameter's values.
    pub values: Array1<f64>,
    /// The score of each.
    pub scores: Array1<f64>,
}

/// The scores of two parameters' values.
#[derive(Debug, Clone, PartialEq)]
pub struct GridScan {
    /// The first parameter's values, one a row.
    pub rows: Array1<f64>,
    /// The second parameter's values, one a column.
    pub columns: Array1<f64>,
    /// The score of each pair.
    pub scores: Array2<f64>,
}

/// The best of a [`Scan`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Best {
    /// The parameter's value.
    pub value: f64,
    /// Its score.
    pub score: f64,
    /// Whether it is the first or the last value that was tried: then a better one may lie beyond.
    pub on_edge: bool,
}

/// The best of a [`GridScan`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BestPair {
    /// The first parameter's value.
    pub row: f64,
    /// The second parameter's value.
    pub column: f64,
    /// Their score.
    pub score: f64,
    /// Whether one of them is the first or the last value that was tried: then a better one may lie beyond.
    pub on_edge: bool,
}

/// Scores every value of a parameter, on all cores with progress, as [`sweep`](super::sweep) runs them: for example
/// by how well a simulation fits. A NaN is not a score.
///
/// ```
/// use neurobook::prelude::*;
/// let parabola = scan(&Array1::linspace(0.0, 2.0, 21), |g| Ok(1.0 - (g - 1.2) * (g - 1.2)))?;
/// let best = parabola.best().unwrap();
/// assert!((best.value - 1.2).abs() < 1e-12 && !best.on_edge);
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// The error of a score that failed, with its value before it.
///
/// # Panics
/// When a score panics.
#[doc(alias = "BoxSearch")]
#[doc(alias = "grid_search")]
pub fn scan(values: &ArrayRef1<f64>, score: impl Fn(f64) -> Result<f64> + Sync) -> Result<Scan> {
    let scores = try_sweep(&values.to_vec(), score)?.into();
    Ok(Scan { values: values.to_owned(), scores })
}

/// Scores every pair of two parameters' values, as [`scan`] does: `score(row, column)`.
///
/// ```
/// use neurobook::prelude::*;
/// let (a, g) = (Array1::linspace(-1.0, 1.0, 5), Array1::linspace(0.0, 2.0, 5));
/// let best = scan_grid(&a, &g, |a, g| Ok(-a * a - g))?.best().unwrap();
/// assert_eq!((best.row, best.column, best.on_edge), (0.0, 0.0, true));
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// The error of a score that failed, with its two values before it.
///
/// # Panics
/// When a score panics.
#[doc(alias = "BoxSearch")]
#[doc(alias = "grid_search")]
pub fn scan_grid(
    rows: &ArrayRef1<f64>,
    columns: &ArrayRef1<f64>,
    score: impl Fn(f64, f64) -> Result<f64> + Sync,
) -> Result<GridScan> {
    let scores = try_sweep_grid(&rows.to_vec(), &columns.to_vec(), score)?;
    Ok(GridScan { rows: rows.to_owned(), columns: columns.to_owned(), scores })
}

impl Scan {
    /// The value with the highest score, the first of several; `None` where nothing has a score.
    pub fn best(&self) -> Option<Best> {
        let index = argmax(self.scores.iter())?;
        let on_edge = index == 0 || index + 1 == self.values.len();
        Some(Best { value: self.values[index], score: self.scores[index], on_edge })
    }
}

impl GridScan {
    /// The pair with the highest score, the first of several; `None` where nothing has a score.
    pub fn best(&self) -> Option<BestPair> {
        let index = argmax(self.scores.iter())?;
        let (row, column) = (index / self.columns.len(), index % self.columns.len());
        let on_edge = |index: usize, count: usize| index == 0 || index + 1 == count;
        Some(BestPair {
            row: self.rows[row],
            column: self.columns[column],
            score: self.scores[[row, column]],
            on_edge: on_edge(row, self.rows.len()) || on_edge(column, self.columns.len()),
        })
    }
}

fn argmax<'a>(scores: impl Iterator<Item = &'a f64>) -> Option<usize> {
    let good = scores.enumerate().filter(|(_, score)| !score.is_nan());
    let best = good.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    Some(best.0)
}
