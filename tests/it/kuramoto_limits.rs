//! The Kuramoto model keeps the contract of all models, and refuses what makes no sense.

use crate::contract::{Contract, keeps_the_contract};
use crate::kuramoto::{golden_delays, six};
use neurobook::network::all_to_all;
use neurobook::prelude::*;

#[test]
fn the_kuramoto_network_keeps_the_contract_of_all_models() {
    let network = |seed: u64| Kuramoto { noise: 0.3, seed, ..golden_delays() };
    let from = |omega: Array1<f64>| Kuramoto { omega, ..six() }.simulate(5.0);
    keeps_the_contract(Contract {
        simulate: &|duration, seed| network(seed).simulate(duration),
        duration: 20.0,
        dt: Some(0.1),
        initial: vec![0.3, 1.1, 2.2, 3.3, 4.4, 5.5],
        names: (0..6).map(|node| format!("theta_{node}")).collect(),
        noisy: true,
        bad: vec![
            ("dt", Kuramoto { dt: 0.0, ..six() }.simulate(5.0)),
            ("dt", Kuramoto { dt: 6.0, noise_time: 9.0, ..six() }.simulate(5.0)),
            ("coupling", Kuramoto { coupling: f64::NAN, ..six() }.simulate(5.0)),
            ("noise", Kuramoto { noise: f64::NAN, ..six() }.simulate(5.0)),
            ("noise_time", Kuramoto { noise_time: -1.0, ..six() }.simulate(5.0)),
            ("omega", from(array![f64::INFINITY])),
            ("omega", from(Array1::zeros(0))),
            ("weights", Kuramoto { weights: Array2::zeros((6, 5)), ..six() }.simulate(5.0)),
        ],
        divergent: Some(("theta_", Kuramoto { weights: all_to_all(6) * 1e308, coupling: 1e10, ..six() }.simulate(5.0))),
    });
}

#[test]
fn a_run_of_no_time_is_the_initial_state() {
    let run = six().simulate(0.0).unwrap();
    assert_eq!((run.times.to_vec(), run.states.dim()), (vec![0.0], (6, 1)));
    assert_eq!(run.states.column(0), six().initial_phases.unwrap());
}

#[test]
fn bad_parameters_are_refused_by_name_with_the_place() {
    let mut hole = all_to_all(6);
    hole[[2, 3]] = f64::NAN;
    let mut back = Array2::zeros((6, 6));
    back[[4, 1]] = -3.0;
    let lengths = |lengths: &Array2<f64>, speed| Delays::Lengths { lengths: lengths.clone(), speed };
    let series = Input::Series(Array2::zeros((2, 5)));
    for (model, words) in [
        (Kuramoto { dt: 0.0, ..six() }, vec!["dt is 0"]),
        (Kuramoto { dt: f64::NAN, ..six() }, vec!["dt is NaN"]),
        (Kuramoto { dt: 60.0, noise_time: 100.0, ..six() }, vec!["dt is 60", "50"]),
        (Kuramoto { coupling: f64::INFINITY, ..six() }, vec!["coupling is inf"]),
        (Kuramoto { omega: array![1.0, 2.0], ..six() }, vec!["omega has 2 values", "6 rows"]),
        (Kuramoto { omega: array![1.0, f64::NAN, 1.0, 1.0, 1.0, 1.0], ..six() }, vec!["omega of node 1"]),
        (Kuramoto { weights: Array2::zeros((2, 3)), ..six() }, vec!["weights has 2 rows and 3 columns"]),
        (Kuramoto { weights: Array2::zeros((0, 0)), ..six() }, vec!["weights is empty"]),
        (Kuramoto { weights: hole, ..six() }, vec!["weights", "row 2", "column 3", "NaN"]),
        (Kuramoto { delays: Delays::Times(back.clone()), ..six() }, vec!["delays", "row 4", "column 1", "-3"]),
        (Kuramoto { delays: lengths(&back, 20.0), ..six() }, vec!["lengths", "row 4", "column 1", "-3"]),
        (Kuramoto { delays: lengths(&all_to_all(6), -1.0), ..six() }, vec!["speed is -1"]),
        (Kuramoto { delays: lengths(&all_to_all(6), 0.0), ..six() }, vec!["speed is 0"]),
        (Kuramoto { delays: lengths(&all_to_all(5), 20.0), ..six() }, vec!["lengths has 5 rows", "weights has 6"]),
        (Kuramoto { delays: Delays::Times(all_to_all(6) * 1e9), ..six() }, vec!["row 0", "column 1", "steps"]),
        (Kuramoto { noise: -0.1, ..six() }, vec!["noise is -0.1"]),
        (Kuramoto { noise_time: 0.0, ..six() }, vec!["noise_time is 0"]),
        (Kuramoto { noise: 0.1, noise_time: 0.05, ..six() }, vec!["dt = 0.1", "noise_time = 0.05"]),
        (Kuramoto { input: Input::Constant(array![0.0, 1.0]), ..six() }, vec!["input has 2 values"]),
        (Kuramoto { input: series, ..six() }, vec!["input has 2 rows"]),
        (Kuramoto { initial_phases: Some(array![0.0]), ..six() }, vec!["initial_phases has 1 value"]),
    ] {
        let message = model.simulate(50.0).unwrap_err().to_string();
        assert!(words.iter().all(|words| message.contains(words)), "{message}");
    }
    assert!(six().simulate(-1.0).unwrap_err().to_string().contains("duration is -1"));
    assert!(six().simulate(1e12).unwrap_err().to_string().contains("GB"));
    let weights = all_to_all(100);
    let slow = Kuramoto { delays: Delays::Times(&weights * 9e4), weights, omega: array![1.0], ..Kuramoto::default() };
    let message = slow.simulate(1.0).unwrap_err().to_string();
    assert!(message.contains("delays of 900000 steps") && message.contains("2.7 GB"), "{message}");
}

#[test]
fn a_run_that_leaves_the_numbers_says_which_phase_and_when() {
    let model = Kuramoto { weights: all_to_all(6) * 1e308, coupling: 1e10, ..six() };
    let message = model.simulate(50.0).unwrap_err().to_string();
    assert!(message.contains("theta_") && message.contains("t = 0.8 ms"), "{message}");
}

#[test]
fn delays_round_to_the_nearest_step_and_from_the_middle_to_the_even_one() {
    let times = array![[0.0, 0.25, 0.75], [1.25, 0.0, 0.26], [0.74, 1.75, 0.0]];
    let steps = Delays::Times(times).steps(3, 0.5).unwrap().unwrap();
    assert_eq!(steps, array![[0, 0, 2], [2, 0, 1], [1, 4, 0]]);
    assert_eq!(Delays::Times(Array2::zeros((3, 3))).steps(3, 0.5).unwrap(), None);
}
