//! The same simulation for many values of a parameter, on all cores.

mod scan;

use crate::{Error, Result};
use crate::{display, parallel};
use ndarray::Array2;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

pub use scan::{Best, BestPair, GridScan, Scan, scan, scan_grid};

/// Runs `run` for every value, on all cores, and gives the results in the order of the values.
///
/// Every run should take its random numbers from a seed of its own: then the results do not depend on
/// how many cores there are. A run that panics stops the sweep, which panics with its message. In a
/// terminal and in a notebook a line shows the progress, and goes when the sweep has ended.
///
/// ```
/// use neurobook::prelude::*;
/// let locked = sweep(&[0.0, 1.0], |coupling| {
///     let network = Kuramoto { coupling, weights: network::all_to_all(6), seed: 1, ..Kuramoto::default() };
///     let order = analysis::order_parameter(&network.simulate(50.0).unwrap().states);
///     order[500] > 0.99
/// });
/// assert_eq!(locked, [false, true]);
/// ```
///
/// # Panics
/// When a run panics.
#[doc(alias = "BoxSearch")]
pub fn sweep<T: Send + Sync>(values: &[f64], run: impl Fn(f64) -> T + Sync) -> Vec<T> {
    // A thin shell: what is generic is compiled again in each of the learner's cells.
    let results: Vec<OnceLock<T>> = values.iter().map(|_| OnceLock::new()).collect();
    all(values.len(), &|index| {
        let _ = results[index].set(run(values[index]));
        true
    });
    results.into_iter().filter_map(OnceLock::into_inner).collect()
}

/// As [`sweep`], for runs that can fail: the first error stops the sweep.
///
/// # Errors
/// The error of a run that failed, with its value before it; of several, that of the first value.
///
/// # Panics
/// When a run panics.
pub fn try_sweep<T: Send + Sync>(values: &[f64], run: impl Fn(f64) -> Result<T> + Sync) -> Result<Vec<T>> {
    let results: Vec<OnceLock<Result<T>>> = values.iter().map(|_| OnceLock::new()).collect();
    all(values.len(), &|index| {
        let result = run(values[index]).map_err(|error| Error::new(format!("at {}: {error}", values[index])));
        results[index].get_or_init(|| result).is_ok()
    });
    results.into_iter().filter_map(OnceLock::into_inner).collect()
}

/// Runs `run` for every pair of values, on all cores: a row for each of `rows`, a column for each of
/// `columns`. Otherwise as [`sweep`].
///
/// ```
/// let products = neurobook::sweep::sweep_grid(&[1.0, 2.0], &[3.0, 4.0, 5.0], |a, b| a * b);
/// assert_eq!(products, neurobook::ndarray::array![[3.0, 4.0, 5.0], [6.0, 8.0, 10.0]]);
/// ```
///
/// # Panics
/// When a run panics.
pub fn sweep_grid<T: Send + Sync>(rows: &[f64], columns: &[f64], run: impl Fn(f64, f64) -> T + Sync) -> Array2<T> {
    let results: Vec<OnceLock<T>> = (0..rows.len() * columns.len()).map(|_| OnceLock::new()).collect();
    all(results.len(), &|index| {
        let _ = results[index].set(run(rows[index / columns.len()], columns[index % columns.len()]));
        true
    });
    table(rows, columns, results.into_iter().filter_map(OnceLock::into_inner).collect())
}

/// As [`sweep_grid`], for runs that can fail: the first error stops the sweep.
///
/// # Errors
/// The error of a run that failed, with its two values before it; of several, that of the first pair.
///
/// # Panics
/// When a run panics.
pub fn try_sweep_grid<T: Send + Sync>(
    rows: &[f64],
    columns: &[f64],
    run: impl Fn(f64, f64) -> Result<T> + Sync,
) -> Result<Array2<T>> {
    let results: Vec<OnceLock<Result<T>>> = (0..rows.len() * columns.len()).map(|_| OnceLock::new()).collect();
    all(results.len(), &|index| {
        let (row, column) = (rows[index / columns.len()], columns[index % columns.len()]);
        let result = run(row, column).map_err(|error| Error::new(format!("at {row}, {column}: {error}")));
        results[index].get_or_init(|| result).is_ok()
    });
    let results = results.into_iter().filter_map(OnceLock::into_inner).collect::<Result<_>>()?;
    Ok(table(rows, columns, results))
}

fn table<T>(rows: &[f64], columns: &[f64], results: Vec<T>) -> Array2<T> {
    Array2::from_shape_vec((rows.len(), columns.len()), results)
        .unwrap_or_else(|error| panic!("a sweep has a result for every pair of values: {error}"))
}

/// Calls `run` with every index below `count` until one returns false, and shows how far that is.
fn all(count: usize, run: &(dyn Fn(usize) -> bool + Sync)) {
    let progress = Progress::new(count);
    let shown = parallel::for_each(count, &|index| {
        let goes_on = run(index);
        progress.step();
        goes_on
    });
    shown.into_iter().for_each(display::show);
}

/// How far a sweep is: a line that is written over in a terminal and, more slowly, below a notebook's cell; nothing
/// elsewhere.
struct Progress {
    count: usize,
    done: AtomicUsize,
    begin: Instant,
    every: Option<Duration>,
    shown: Mutex<Instant>,
    terminal: bool,
}

impl Progress {
    fn new(count: usize) -> Progress {
        let terminal = !display::in_notebook() && io::stderr().is_terminal();
        let every = match (display::in_notebook(), terminal) {
            (true, _) => Some(Duration::from_secs(5)),
            (_, true) => Some(Duration::from_millis(200)),
            _ => None,
        };
        let begin = Instant::now();
        Progress { count, done: AtomicUsize::new(0), begin, every, shown: Mutex::new(begin), terminal }
    }

    fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // Another thread that is writing writes as well as this one would.
        let (Some(every), Ok(mut shown)) = (self.every, self.shown.try_lock()) else { return };
        if shown.elapsed() < every {
            return;
        }
        *shown = Instant::now();
        let left = self.begin.elapsed().as_secs_f64() * (self.count - done) as f64 / done as f64;
        let line = format!("{done} of {} runs, about {left:.0} s to go", self.count);
        if self.terminal {
            // Progress that nobody can see is no reason to stop.
            let _ = write!(io::stderr(), "\r{line}\x1b[K").and_then(|()| io::stderr().flush());
        } else {
            display::progress(&line);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.terminal {
            let _ = write!(io::stderr(), "\r\x1b[K").and_then(|()| io::stderr().flush());
        } else if self.shown.get_mut().is_ok_and(|shown| *shown != self.begin) {
            display::progress("");
        }
    }
}
