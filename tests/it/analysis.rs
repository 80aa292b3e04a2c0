//! Order, synchrony, locking and frequencies.

use neurobook::analysis::*;
use neurobook::network::all_to_all;
use neurobook::prelude::*;
use std::f64::consts::TAU;

#[test]
fn the_order_parameter_is_1_in_step_and_0_spread_evenly() {
    let spread = Array2::from_shape_fn((8, 3), |(n, k)| TAU * n as f64 / 8.0 + k as f64);
    assert!(order_parameter(&spread).iter().all(|r| *r < 1e-15));
    let together = Array2::from_shape_fn((8, 3), |(n, k)| TAU * n as f64 + k as f64);
    assert!(order_parameter(&together).iter().all(|r| (r - 1.0).abs() < 1e-14));
    assert!(mean_phase(&together).iter().enumerate().all(|(k, phase)| (phase - k as f64).abs() < 1e-14));
    assert!((synchrony(&together) - 1.0).abs() < 1e-14 && metastability(&together) < 1e-14);
}

#[test]
fn independent_phases_have_an_order_of_about_one_over_the_root_of_their_number() {
    let phases = noise::uniform(100 * 2000, 0.0, TAU, 1).into_shape_with_order((100, 2000)).unwrap();
    // The mean of a Rayleigh distribution.
    assert!((synchrony(&phases) - (PI / 4.0 / 100.0).sqrt()).abs() < 0.003);
}

#[test]
fn wrapping_and_unwrapping_undo_each_other() {
    let phase = Array1::from_iter((0..500).map(|k| 3.0 * (0.05 * f64::from(k)).sin() + 0.3 * f64::from(k) + 1.0));
    let wrapped = phase.mapv(wrap_phase);
    assert!(wrapped.iter().all(|phase| (0.0..TAU).contains(phase)));
    assert!(unwrap_phase(&wrapped).iter().zip(&phase).all(|(a, b)| (a - b).abs() < 1e-11));
    assert!((cycles(&wrapped) - (phase[499] - phase[0]) / TAU).abs() < 1e-12);
    assert!((cycles(&wrapped.slice(s![..;-1])) + cycles(&wrapped)).abs() < 1e-12);
    assert_eq!([wrap_phase(-1e-20), wrap_phase(TAU), cycles(&array![1.0])], [0.0, 0.0, 0.0]);
    assert!(unwrap_phase(&Array1::zeros(0)).is_empty());
}

#[test]
fn coupled_groups_run_at_one_frequency_each() {
    // Two pairs with different frequencies, coupled within and not between.
    let mut weights = Array2::zeros((4, 4));
    for (n, m) in [(0, 2), (2, 0), (1, 3), (3, 1)] {
        weights[[n, m]] = 1.0;
    }
    let omega = array![0.30, 0.80, 0.36, 0.86];
    let model = Kuramoto { omega, weights, coupling: 2.0, seed: 2, ..Kuramoto::default() };
    let phases = model.simulate(300.0).unwrap().after(100.0);
    let frequencies = mean_frequencies(&phases);
    assert!((frequencies[0] - 0.33).abs() < 1e-6 && (frequencies[1] - 0.83).abs() < 1e-6);
    assert_eq!(frequency_clusters(&frequencies, 1e-6), [vec![0, 2], vec![1, 3]]);
    assert!(!is_frequency_locked(&phases, 1e-3));

    let all = Kuramoto { weights: all_to_all(4), coupling: 4.0, ..model };
    let phases = all.simulate(300.0).unwrap().after(100.0);
    assert!(is_frequency_locked(&phases, 1e-9));
    assert_eq!(frequency_clusters(&mean_frequencies(&phases), 1e-9), [vec![0, 1, 2, 3]]);
}

#[test]
fn a_network_locks_when_its_order_stays_high() {
    let times = array![0.0, 1.0, 2.0];
    assert_eq!(time_to_lock(&times, &array![1.0, 1.0, 1.0], 0.99), Some(0.0));
    assert_eq!(time_to_lock(&times, &array![1.0, 0.5, 1.0], 0.99), Some(2.0));
    assert_eq!(time_to_lock(&times, &array![1.0, 1.0, f64::NAN], 0.99), None);
}
