//! What cannot be computed is refused in words that fit the input.

use neurobook::analysis::*;
use neurobook::network::{SyntheticConnectome, watts_strogatz};
use neurobook::network::{all_to_all, degrees, density, fibre_lengths, modules_with_hub, random_weights, strengths};
use neurobook::noise::{OrnsteinUhlenbeck, uniform, white};
use neurobook::prelude::*;
use neurobook::validate::steps;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The words of a panic.
#[track_caller]
fn panics<T>(run: impl FnOnce() -> T) -> String {
    let payload: Box<dyn Any + Send> = catch_unwind(AssertUnwindSafe(run)).err().expect("it is refused");
    payload.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[test]
fn matrices_and_numbers_that_do_not_fit_in_memory_are_refused_before_they_are_made() {
    let tall = Array2::zeros((100_001, 2));
    for message in [
        panics(|| functional_connectivity(&tall)),
        panics(|| shrunk_connectivity(&tall)),
        panics(|| ledoit_wolf(&tall)),
        functional_connectivity_dynamics(&tall, 2, 1).unwrap_err().to_string(),
    ] {
        assert!(message.contains("GB of memory") && message.contains("transposed"), "{message}");
    }
    let long = functional_connectivity_dynamics(&Array2::zeros((3, 50_000)), 10, 1).unwrap_err().to_string();
    assert!(long.starts_with("a matrix of 49991 windows") && !long.contains("transposed"), "{long}");
    for message in [
        panics(|| all_to_all(100_000)),
        panics(|| random_weights(100_000, 1)),
        panics(|| modules_with_hub(&[50_000, 50_000], 1.0, 1.0, 1.0)),
        panics(|| fibre_lengths(&Array2::zeros((100_000, 3)), 1.0)),
        watts_strogatz(100_000, 4, 0.1, 1).unwrap_err().to_string(),
        SyntheticConnectome { regions: 100_000, ..SyntheticConnectome::default() }.generate().unwrap_err().to_string(),
    ] {
        assert!(message.starts_with("a matrix of 10000") && message.contains("give fewer nodes"), "{message}");
    }
    for message in [
        panics(|| white(10_000_000_000, 1)),
        panics(|| uniform(10_000_000_000, 0.0, 1.0, 1)),
        OrnsteinUhlenbeck::default().series(0.1, 10_000_000_000, 1).unwrap_err().to_string(),
    ] {
        assert!(message.contains("74.5 GB") && message.contains("give fewer samples"), "{message}");
    }
}

#[test]
fn a_table_with_fewer_times_than_a_window_may_be_transposed() {
    let tall = Array2::zeros((400, 16));
    let message = functional_connectivity_dynamics(&tall, 30, 5).unwrap_err().to_string();
    assert!(
        message.starts_with("window is 30: give from 2 to 16 samples") && message.contains("series.t()"),
        "{message}"
    );
    let message = functional_connectivity_dynamics(&Array2::zeros((16, 20)), 30, 5).unwrap_err().to_string();
    assert!(!message.contains("transposed"), "{message}");
}

#[test]
fn messages_fit_their_input() {
    let one_sample = power_spectra(&Trajectory::from_series(Array2::zeros((3, 1)), 1.0).unwrap(), 2);
    assert_eq!(one_sample.unwrap_err().to_string(), "times has 1 values: a time step needs two");
    let endless = steps(1e308, 1e-10).unwrap_err().to_string();
    assert!(!endless.contains("inf") && endless.contains("more GB than can be counted"), "{endless}");
    let many: Vec<f64> = (0..1000).map(f64::from).collect();
    let wide = vec![0.0; 300_000];
    let adaptive = solve_ivp(|_t, x| x.to_vec(), (0.0, 1e3), wide, Rk45::new().t_eval(many)).unwrap_err().to_string();
    assert!(adaptive.contains("GB of memory") && adaptive.contains("t_eval") && !adaptive.contains("dt"), "{adaptive}");
}

#[test]
fn a_network_that_diverges_is_told_of_what_it_has() {
    let node = |noise: f64| HopfNetwork {
        nodes: vec![Hopf { a: 0.25, omega: 0.2 }],
        initial_states: Some(array![[1e3], [0.0]]),
        scheme: Scheme::Euler,
        noise,
        ..HopfNetwork::default()
    };
    let message = node(0.0).simulate(100.0).unwrap_err().to_string();
    assert!(message.ends_with("take a smaller dt, or look at the nodes' parameters and initial states"), "{message}");
    let message = node(0.1).simulate(100.0).unwrap_err().to_string();
    assert!(message.ends_with("take a smaller dt or smaller noise"), "{message}");
    let fast = Kuramoto { omega: array![1e300], dt: 1e10, noise_time: 1e10, ..Kuramoto::default() };
    let message = fast.simulate(1e12).unwrap_err().to_string();
    assert!(message.ends_with("take a smaller dt or smaller omega"), "{message}");
}

#[test]
fn time_constants_in_seconds_are_refused_with_a_step_in_milliseconds() {
    let seconds = WilsonCowan { excitatory_time: 0.0025, inhibitory_time: 0.00375, ..WilsonCowan::default() };
    let network = |dt: f64| WilsonCowanNetwork { nodes: vec![seconds], dt, ..WilsonCowanNetwork::default() };
    let message = network(0.1).simulate(100.0).unwrap_err().to_string();
    assert!(message.starts_with("dt is 0.1 ms, longer than excitatory_time, which is 0.0025 ms"), "{message}");
    let end = network(0.0001).simulate(0.1).unwrap().last_state();
    assert!((end[0] - 0.0112).abs() < 1e-4, "{end}");
}

#[test]
fn initial_states_out_of_range_are_refused() {
    let network = |e: f64| WilsonCowanNetwork { initial_states: Some(array![[e], [0.0]]), ..Default::default() };
    assert!(network(1.0).simulate(1.0).is_ok());
    for e in [1.5, -0.1] {
        let message = network(e).simulate(1.0).unwrap_err().to_string();
        assert!(message.starts_with(&format!("initial_states, column 0 is [{e:?}, 0.0]")), "{message}");
    }
}

#[test]
fn activity_that_stops_the_blood_is_refused() {
    let lasting =
        |activity: f64, ms: usize| Trajectory::from_series(Array2::from_elem((1, ms), activity), 1.0).unwrap();
    let bold = |activity: f64| BalloonWindkessel::default().simulate(&lasting(activity, 60_000));
    assert!(bold(-0.2).unwrap().last_state()[0] < 0.0, "less activity is a lower signal");
    for activity in [-0.41, -0.5, -5.0] {
        let message = bold(activity).unwrap_err().to_string();
        assert!(message.starts_with("bold_0 has no meaning from t = ") && message.contains("-0.41"), "{message}");
    }
}

#[test]
fn measures_of_matrices_ask_for_square_ones() {
    let wide = Array2::ones((2, 3));
    for message in [panics(|| density(&wide)), panics(|| strengths(&wide)), panics(|| degrees(&wide))] {
        assert_eq!(message, "weights has 2 rows and 3 columns: give one row and one column per node");
    }
    let square = Array2::eye(3);
    for (one, other, name) in [(&wide, &square, "one"), (&square, &Array2::ones((3, 2)), "other")] {
        let message = matrix_kolmogorov_smirnov(one, other).unwrap_err().to_string();
        assert!(message.starts_with(&format!("{name} has ")) && message.contains("rows"), "{message}");
    }
    assert!(panics(|| upper_triangle(&wide)).contains("2 rows and 3 columns"));
}

#[test]
fn steps_and_bounds_that_make_no_sense_are_refused() {
    assert!(panics(|| uniform(3, 1.0, 0.0, 1)).contains("low = 1 to high = 0"));
    assert!(panics(|| uniform(3, f64::NAN, 0.0, 1)).contains("low = NaN"));
    assert!(panics(|| uniform(3, 0.0, f64::INFINITY, 1)).contains("high = inf"));
    for dt in [0.0, -1.0, f64::NAN] {
        let message = Trajectory::from_series(Array2::zeros((2, 3)), dt).unwrap_err().to_string();
        assert!(message.starts_with(&format!("dt is {dt}")), "{message}");
    }
    let backward =
        Trajectory { times: array![2.0, 1.0], ..Trajectory::from_series(Array2::zeros((2, 2)), 1.0).unwrap() };
    assert!(panics(|| mean_frequencies(&backward)).starts_with("phases lasts -1: give times that increase"));
    let times = array![0.0, 1.0, 2.0];
    assert!(panics(|| time_to_lock(&times, &array![1.0], 0.9)).starts_with("times has 3 values and order 1"));
}
