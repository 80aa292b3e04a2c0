//! Sweeps: the same numbers in any order, and a stop where a run fails.

use neurobook::network::all_to_all;
use neurobook::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

fn synchrony(coupling: f64, noise: f64) -> f64 {
    let model = Kuramoto { coupling, noise, weights: all_to_all(6), seed: 4, ..Kuramoto::default() };
    analysis::synchrony(&model.simulate(20.0).unwrap().states)
}

#[test]
fn a_sweep_gives_what_one_run_after_the_other_gives() {
    let values: Vec<f64> = (0..64).map(|k| 0.05 * f64::from(k)).collect();
    let one_by_one: Vec<f64> = values.iter().map(|coupling| synchrony(*coupling, 0.2)).collect();
    assert_eq!(sweep(&values, |coupling| synchrony(coupling, 0.2)), one_by_one);

    let backwards: Vec<f64> = values.iter().rev().copied().collect();
    let mut order = sweep(&backwards, |coupling| synchrony(coupling, 0.2));
    order.reverse();
    assert_eq!(order, one_by_one);
    assert_eq!(sweep(&[], |value| value), Vec::<f64>::new());
}

#[test]
fn a_sweep_over_two_parameters_has_a_row_for_each_of_the_first() {
    let (couplings, noises) = ([0.0, 0.5, 1.0], [0.0, 1.0]);
    let table = sweep_grid(&couplings, &noises, synchrony);
    assert_eq!(table.dim(), (3, 2));
    for ((row, column), order) in table.indexed_iter() {
        assert_eq!(*order, synchrony(couplings[row], noises[column]));
    }
    assert_eq!(sweep_grid(&couplings, &[], synchrony).dim(), (3, 0));
}

#[test]
fn a_run_that_fails_stops_the_sweep_and_is_named() {
    let values: Vec<f64> = (0..10_000).map(f64::from).collect();
    let begun = AtomicUsize::new(0);
    let error = try_sweep(&values, |value| {
        begun.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(std::time::Duration::from_micros(20));
        if value == 3.0 { Err(neurobook::Error::new("the run has no end")) } else { Ok(value) }
    });
    assert_eq!(error.unwrap_err().to_string(), "at 3: the run has no end");
    assert!(begun.into_inner() < 10_000);
    assert_eq!(try_sweep(&[1.0, 2.0], |value| Ok(2.0 * value)).unwrap(), [2.0, 4.0]);
}

#[test]
fn a_run_that_panics_stops_the_sweep_with_its_own_message() {
    let result =
        std::panic::catch_unwind(|| sweep(&[1.0, 2.0, 3.0], |value| assert!(value < 2.5, "{value} is too much")));
    let panic = result.unwrap_err();
    assert_eq!(panic.downcast_ref::<String>().unwrap(), "3 is too much");
}
