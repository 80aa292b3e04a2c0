//! numpy, scipy and scikit-learn give the same numbers, on random and on degenerate inputs.

use neurobook::analysis::{correlation, functional_connectivity_dynamics, ledoit_wolf};
use neurobook::prelude::*;
use serde_json::Value;
use std::path::Path;

const RANDOM: usize = 500;
const DEGENERATE: usize = 30;
const TOLERANCE: f64 = 1e-12;

/// SplitMix64's numbers from -1 to 1, as the script beside the golden numbers draws them.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        2.0 * ((z >> 11) as f64 * 2_f64.powi(-53)) - 1.0
    }

    fn list(&mut self, count: usize) -> Vec<f64> {
        (0..count).map(|_| self.next()).collect()
    }

    fn series(&mut self, rows: usize, columns: usize) -> Array2<f64> {
        let mut series = Array2::zeros((rows, columns));
        for row in 0..rows {
            for column in 0..columns {
                let common = if row == 0 { 0.0 } else { 0.5 * series[[0, column]] };
                series[[row, column]] = self.next() + common;
            }
        }
        series
    }
}

/// The answers to random inputs, and the degenerate inputs with theirs.
fn golden(name: &str) -> (Vec<Value>, Vec<Value>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/references").join(name);
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = |kind: &str, count: usize| {
        let cases = file[kind].as_array().unwrap().clone();
        assert_eq!(cases.len(), count, "{kind}");
        cases
    };
    (cases("random", RANDOM), cases("degenerate", DEGENERATE))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| value.as_str().unwrap().parse().unwrap())
}

fn list(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn matrix(value: &Value) -> Array2<f64> {
    let rows: Vec<Vec<f64>> = value.as_array().unwrap().iter().map(list).collect();
    Array2::from_shape_vec((rows.len(), rows[0].len()), rows.concat()).unwrap()
}

/// Equal to a part in 10^12 of `size`.
#[track_caller]
fn same(what: &str, ours: &[f64], theirs: &[f64], size: f64) {
    assert_eq!(ours.len(), theirs.len(), "{what}: {ours:?} instead of {theirs:?}");
    for (a, b) in ours.iter().zip(theirs) {
        let equal = a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= TOLERANCE * size;
        assert!(equal, "{what}: {ours:?} instead of {theirs:?}");
    }
}

#[test]
fn a_correlation_is_that_of_scipy_at_any_size_and_with_any_gaps() {
    let (random, degenerate) = golden("correlation.json");
    let mut draws = Draws(1);
    for (case, expected) in random.iter().enumerate() {
        let pair = draws.series(2, 3 + case % 40);
        let ours = correlation(&pair.row(0).to_owned(), &pair.row(1).to_owned()).unwrap();
        same(&format!("random case {case}"), &[ours], &[number(expected)], 1.0);
    }
    for case in &degenerate {
        let ours = correlation(&Array1::from(list(&case["one"])), &Array1::from(list(&case["other"]))).unwrap();
        same(&case.to_string(), &[ours], &[number(&case["expected"])], 1.0);
    }
}

#[test]
fn the_shrunk_covariance_is_that_of_scikit_learn_also_where_the_sample_is_its_target() {
    let (random, degenerate) = golden("ledoit_wolf.json");
    let check = |what: &str, series: &Array2<f64>, expected: &[f64]| {
        let ours = ledoit_wolf(series);
        assert!((0.0..=1.0).contains(&ours.shrinkage), "{what}: {ours:?}");
        if !expected[0].is_nan() {
            same(what, &[ours.shrinkage], &expected[..1], 1.0);
        }
        let size = ours.covariance.iter().fold(0.0, |size: f64, entry| size.max(entry.abs()));
        same(what, &ours.covariance.row(0).to_vec(), &expected[1..], size);
    };
    let mut draws = Draws(2);
    for (case, expected) in random.iter().enumerate() {
        check(&format!("random case {case}"), &draws.series(1 + case % 5, 2 + case % 31), &list(expected));
    }
    for case in &degenerate {
        check(&case.to_string(), &matrix(&case["series"]), &list(&case["expected"]));
    }
}

#[test]
fn connectivity_dynamics_are_those_of_numpy_and_leave_out_regions_without_values() {
    let (random, degenerate) = golden("dynamics.json");
    let check = |what: &str, series: &Array2<f64>, (window, step): (usize, usize), expected: &[f64]| {
        let ours = functional_connectivity_dynamics(series, window, step).unwrap();
        assert!(ours.indexed_iter().all(|((i, j), r)| (r - ours[[j, i]]).abs() < 1e-14 || r.is_nan()), "{what}");
        let last = ours[[ours.nrows() - 1, ours.nrows() - 1]];
        let found: Vec<f64> = ours.row(0).iter().copied().chain([last]).collect();
        same(what, &found, expected, 1.0);
    };
    let mut draws = Draws(3);
    for (case, expected) in random.iter().enumerate() {
        let (rows, window, step) = (3 + case % 4, 4 + case % 9, 1 + case % 5);
        let series = draws.series(rows, window + step * (case % 4));
        check(&format!("random case {case}"), &series, (window, step), &list(expected));
    }
    for case in &degenerate {
        let windows = (number(&case["window"]) as usize, number(&case["step"]) as usize);
        check(&case.to_string(), &matrix(&case["series"]), windows, &list(&case["expected"]));
    }
}

#[test]
fn solutions_forward_and_backward_are_those_of_scipy_at_one_time_and_at_several() {
    let (random, degenerate) = golden("solve_ivp.json");
    let check =
        |what: &str, p: &[f64], (span, times): ((f64, f64), &[f64]), tolerance: f64, x0: &[f64], theirs: &[f64]| {
            let rule = |t: f64, x: &[f64]| {
                [p[0] * x[0] - p[1] * x[1] + p[2] * t, p[1] * x[0] + p[0] * x[1] - p[3] * x[0].sin()]
            };
            let options = Rk45::new().rtol(tolerance).atol(1e-3 * tolerance).t_eval(times.to_vec());
            let ours = solve_ivp(rule, span, x0.to_vec(), options).unwrap().trajectory.states;
            let size = theirs.iter().fold(1.0, |size: f64, x| size.max(x.abs()));
            same(what, &ours.t().iter().copied().collect::<Vec<f64>>(), theirs, size);
        };
    let mut draws = Draws(4);
    for (case, expected) in random.iter().enumerate() {
        let (p, x0, ends, place) = (draws.list(4), draws.list(2), draws.list(2), draws.next());
        let span = (3.0 * ends[0], 3.0 * ends[1]);
        let t = span.0 + 0.5 * (place + 1.0) * (span.1 - span.0);
        let tolerance = 10_f64.powi(-(3 + case as i32 % 6));
        check(&format!("random case {case}"), &p, (span, &[t]), tolerance, &x0, &list(expected));
    }
    for case in &degenerate {
        let (span, times) = (list(&case["span"]), list(&case["times"]));
        let (p, x0) = (list(&case["p"]), list(&case["x0"]));
        check(&case.to_string(), &p, ((span[0], span[1]), &times), 1e-6, &x0, &list(&case["expected"]));
    }
}
