//! What a run gives, and a recording: times, and the states at these times.

use crate::validate::positive;
use crate::{Error, Result};
use ndarray::{Array1, Array2, Axis, s};
use std::cmp::Ordering;

/// Two steps are the same when they differ by less than this share: times that were added up are not exact.
const UNEVEN: f64 = 1e-3;

/// The time course of a model: the initial state first, then the states in the order of the run.
///
/// ```
/// use neurobook::prelude::*;
///
/// let run = simulate(|_t, x| [x[1], -x[0]], [1.0, 0.0], Euler::new(0.01), 10.0)?;
/// assert_eq!(run.states.dim(), (2, 1001));
/// let settled = run.after(5.0).every(10);
/// assert_eq!(settled.len(), 51);
/// assert_eq!(settled.variable("x1")?[0], run.row(0)[500]);
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectory {
    /// The times, in the model's unit; the initial time first.
    pub times: Array1<f64>,
    /// One row per variable, one column per time: `states[[i, k]]` is variable `i` at `times[k]`.
    #[doc(alias = "y")]
    pub states: Array2<f64>,
    /// The variables' names, one a row.
    pub names: Vec<String>,
}

impl Trajectory {
    /// A trajectory of these times, states and names.
    ///
    /// # Errors
    /// When there are not as many columns as times, or not as many rows as names.
    pub fn new(times: Array1<f64>, states: Array2<f64>, names: Vec<String>) -> Result<Trajectory> {
        let (rows, columns) = states.dim();
        if columns != times.len() {
            return Err(Error::new(format!(
                "states has {columns} columns and times {} values: give one column for each time",
                times.len()
            )));
        }
        if rows != names.len() {
            return Err(Error::new(format!(
                "states has {rows} rows and names {} words: give one name for each variable",
                names.len()
            )));
        }
        Ok(Trajectory { times, states, names })
    }

    /// Series with a value every `dt`, such as a recording: a row per variable, a column per time, the first at 0. The
    /// variables are `x_0`, `x_1` …. What is measured from it takes the step from here.
    ///
    /// ```
    /// use neurobook::prelude::*;
    /// let recording = Trajectory::from_series(Array2::from_shape_fn((3, 200), |(n, k)| (0.1 * (n * k) as f64).sin()), 2.0)?;
    /// assert_eq!((recording.dt()?, recording.times[199]), (2.0, 398.0));
    /// # Ok::<(), neurobook::Error>(())
    /// ```
    ///
    /// # Errors
    /// When `dt` is not above 0.
    pub fn from_series(series: Array2<f64>, dt: f64) -> Result<Trajectory> {
        positive("dt", dt)?;
        let (rows, columns) = series.dim();
        let times = (0..columns).map(|k| k as f64 * dt).collect();
        Trajectory::new(times, series, (0..rows).map(|row| format!("x_{row}")).collect())
    }

    /// The time from one sample to the next.
    ///
    /// # Errors
    /// When there are fewer than two times, or they are not evenly spaced, as those of [`Rk45`](crate::integrate::Rk45).
    pub fn dt(&self) -> Result<f64> {
        let count = self.len();
        if count < 2 {
            return Err(Error::new(format!("times has {count} values: a time step needs two")));
        }
        // Times from 0 on are multiples of the step, and the first is the step itself. Others were rounded.
        let (first, last) = (self.times[0], self.times[count - 1]);
        let dt = if first == 0.0 { self.times[1] } else { (last - first) / (count - 1) as f64 };
        positive("the time step", dt)?;
        let uneven = |pair: &[f64]| (pair[1] - pair[0] - dt).abs().partial_cmp(&(UNEVEN * dt)) != Some(Ordering::Less);
        match self.times.to_vec().windows(2).position(uneven) {
            None => Ok(dt),
            Some(at) => Err(Error::new(format!(
                "times are not evenly spaced: the step is {dt} and from {} to {} it is another; simulate with a fixed step",
                self.times[at],
                self.times[at + 1]
            ))),
        }
    }

    /// How many times there are.
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// Whether there is no time at all.
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// The time course of the variable with this name.
    ///
    /// # Errors
    /// When no variable has this name; the message lists those that there are.
    pub fn variable(&self, name: &str) -> Result<Array1<f64>> {
        match self.names.iter().position(|known| known == name) {
            Some(index) => Ok(self.row(index)),
            None => Err(Error::new(format!("there is no variable {name:?}: this run has {}", listed(&self.names)))),
        }
    }

    /// The time courses of a variable that each node of a network has: a row per node, a column per time.
    /// `nodes("x")` takes `x_0`, `x_1` ….
    ///
    /// ```
    /// use neurobook::prelude::*;
    /// let network = HopfNetwork { weights: network::all_to_all(3), ..HopfNetwork::default() };
    /// assert_eq!(network.simulate(10.0)?.nodes("y")?.dim(), (3, 101));
    /// # Ok::<(), neurobook::Error>(())
    /// ```
    ///
    /// # Errors
    /// When no node has such a variable; the message lists the variables that there are.
    pub fn nodes(&self, variable: &str) -> Result<Array2<f64>> {
        Ok(self.states.select(Axis(0), &self.rows_of(variable)?))
    }

    /// The rows of a variable that each node has.
    fn rows_of(&self, variable: &str) -> Result<Vec<usize>> {
        let number = |name: &String| name.strip_prefix(variable)?.strip_prefix('_')?.parse::<usize>().ok();
        let rows: Vec<usize> = (0..self.names.len()).filter(|row| number(&self.names[*row]).is_some()).collect();
        if rows.is_empty() {
            let known = listed(&self.names);
            return Err(Error::new(format!("no node has a variable {variable:?}: this run has {known}")));
        }
        Ok(rows)
    }

    /// The run with one variable of each node alone: `only("x")` keeps `x_0`, `x_1` …, and the times.
    ///
    /// # Errors
    /// Those of [`nodes`](Trajectory::nodes).
    pub fn only(&self, variable: &str) -> Result<Trajectory> {
        Ok(self.select(&self.rows_of(variable)?))
    }

    /// The variables with these numbers, in this order; the first one is 0.
    ///
    /// # Panics
    /// When there is no such row.
    #[track_caller]
    pub fn select(&self, rows: &[usize]) -> Trajectory {
        let variables = self.states.nrows();
        if let Some(row) = rows.iter().find(|row| **row >= variables) {
            panic!("there is no row {row}: this run has {variables} variables, counted from 0");
        }
        Trajectory {
            times: self.times.clone(),
            states: self.states.select(Axis(0), rows),
            names: rows.iter().map(|row| self.names[*row].clone()).collect(),
        }
    }

    /// The run with another value for each value: `run.map(|x| 2.0 * x)`.
    pub fn map(&self, value: impl FnMut(f64) -> f64) -> Trajectory {
        Trajectory { times: self.times.clone(), states: self.states.mapv(value), names: self.names.clone() }
    }

    /// The run with its times in s, where they were in ms: frequencies are in Hz then.
    pub fn in_seconds(&self) -> Trajectory {
        Trajectory { times: &self.times / 1000.0, ..self.clone() }
    }

    /// The time course of the variable with this number; the first one is 0.
    ///
    /// # Panics
    /// When there is no such row.
    #[track_caller]
    pub fn row(&self, index: usize) -> Array1<f64> {
        let rows = self.states.nrows();
        assert!(index < rows, "there is no row {index}: this run has {rows} variables, counted from 0");
        self.states.row(index).to_owned()
    }

    /// The state at the last time.
    ///
    /// # Panics
    /// When the trajectory is empty.
    #[track_caller]
    pub fn last_state(&self) -> Array1<f64> {
        assert!(!self.is_empty(), "an empty trajectory has no last state: keep more of the run");
        self.states.column(self.len() - 1).to_owned()
    }

    /// The run from `time` on, without the transient before it. Empty when the run ends earlier. A sample that only
    /// rounding puts before `time` is kept.
    #[doc(alias = "transient")]
    pub fn after(&self, time: f64) -> Trajectory {
        let backward = self.len() > 1 && self.times[self.len() - 1] < self.times[0];
        let rounding = 4.0 * f64::EPSILON * time.abs();
        let kept = |t: &f64| if backward { *t <= time + rounding } else { *t >= time - rounding };
        let first = self.times.iter().position(kept).unwrap_or(self.len());
        self.columns(first, 1)
    }

    /// Every `stride`-th sample, the first one kept.
    ///
    /// # Panics
    /// When `stride` is 0.
    #[doc(alias = "sampling_dt")]
    #[track_caller]
    pub fn every(&self, stride: usize) -> Trajectory {
        assert!(stride > 0, "stride is 0: give 1 for all samples, 2 for every other one");
        self.columns(0, stride)
    }

    /// The same run with other names for its variables.
    ///
    /// # Errors
    /// When there are not as many names as variables.
    pub fn named<const N: usize>(self, names: [&str; N]) -> Result<Trajectory> {
        Trajectory::new(self.times, self.states, names.map(String::from).to_vec())
    }

    fn columns(&self, first: usize, stride: usize) -> Trajectory {
        // A stride beyond the end is as good as the end, and ndarray counts strides as isize.
        let stride = stride.min(self.len().max(1)) as isize;
        Trajectory {
            times: self.times.slice(s![first..;stride]).to_owned(),
            states: self.states.slice(s![.., first..;stride]).to_owned(),
            names: self.names.clone(),
        }
    }
}

/// Names as a sentence has them; of many, the first and the last.
fn listed(names: &[String]) -> String {
    match names {
        [] => "no variables".into(),
        [first, .., last] if names.len() > 12 => format!("{first} to {last}"),
        _ => names.join(", "),
    }
}
