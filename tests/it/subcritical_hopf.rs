//! The node with two answers: scipy's numbers, its cycles and their fold, its hysteresis, and the contract.

use crate::contract::{Contract, keeps_the_contract};
use neurobook::prelude::*;
use serde_json::Value;

fn golden() -> Value {
    serde_json::from_str(include_str!("../golden/subcritical_hopf/subcritical_hopf.json")).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

fn list(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn node(a: f64) -> SubcriticalHopf {
    SubcriticalHopf { a, ..SubcriticalHopf::default() }
}

fn size(state: &Array1<f64>) -> f64 {
    state[0].hypot(state[1])
}

/// How far a run is from scipy's states, one every 20 ms from 20 ms on, at most.
fn farthest(run: &Trajectory, states: &Value) -> f64 {
    let stride = (20.0 / (run.times[1] - run.times[0])).round() as usize;
    let states = states.as_array().unwrap();
    assert_eq!(run.len(), states.len() * stride + 1);
    let apart = |(k, state): (usize, &Value)| {
        let ours = run.states.column((k + 1) * stride).to_owned();
        (ours - Array1::from_vec(list(state))).iter().fold(0.0_f64, |most, gap| most.max(gap.abs()))
    };
    states.iter().enumerate().map(apart).fold(0.0, f64::max)
}

#[test]
fn its_runs_are_scipys() {
    for golden in golden()["runs"].as_array().unwrap() {
        let node = SubcriticalHopf { a: number(&golden["a"]), b: number(&golden["b"]), omega: 0.04 };
        let run = node.simulate(list(&golden["start"]), Rk4::new(0.1), 800.0).unwrap();
        let apart = farthest(&run, &golden["states"]);
        assert!(apart < 1e-8, "{apart}: {node:?}");
    }
}

#[test]
fn three_nodes_that_hear_each_other_are_scipys_to_the_order_of_the_coupling() {
    let golden = golden();
    let network = |dt: f64| SubcriticalHopfNetwork {
        nodes: [0.01, -0.02, -0.03].map(node).to_vec(),
        weights: array![[0.0, 0.2, 0.05], [0.1, 0.0, 0.15], [0.0, 0.3, 0.0]],
        coupling: 0.1,
        coupled: CoupledVariables::Both,
        initial_states: Some(array![[0.6, 0.05, -0.1], [0.0, 0.1, 0.02]]),
        dt,
        ..SubcriticalHopfNetwork::default()
    };
    let apart = |dt: f64| farthest(&network(dt).simulate(800.0).unwrap(), &golden["network"]);
    let (one, half) = (apart(0.02), apart(0.01));
    assert!(one < 2e-3 && half < 0.55 * one, "{one} and {half}");
}

#[test]
fn its_cycles_and_their_fold_are_those_of_the_flow() {
    let golden = golden();
    for cycle in golden["cycles"].as_array().unwrap() {
        let node = SubcriticalHopf { a: number(&cycle["a"]), b: number(&cycle["b"]), omega: 0.04 };
        assert!((node.threshold() - number(&cycle["threshold"])).abs() < 1e-7, "{cycle}");
        assert!((node.radius() - number(&cycle["radius"])).abs() < 1e-7, "{cycle}");
    }
    for fold in golden["folds"].as_array().unwrap() {
        let (b, a) = (number(&fold["b"]), number(&fold["a"]));
        let node = |a: f64| SubcriticalHopf { a, b, omega: 0.04 };
        assert!((node(0.0).fold() - a).abs() < 1e-9, "{fold}");
        let (at, below) = (node(node(0.0).fold()), node(node(0.0).fold() - 1e-9));
        assert!((at.radius() - (b / 2.0).sqrt()).abs() < 1e-9 && (at.threshold() - at.radius()).abs() < 1e-9);
        assert_eq!((below.radius(), below.threshold()), (0.0, 0.0));
    }
}

#[test]
fn the_threshold_divides_rest_from_the_large_cycle() {
    for a in [-0.039, -0.03, -0.02, -0.005] {
        let end = |share: f64| {
            let start = [0.0, share * node(a).threshold()];
            size(&node(a).simulate(start, Rk4::new(0.25), 20_000.0).unwrap().last_state())
        };
        assert!(end(0.99) < 1e-6, "a = {a}: {}", end(0.99));
        assert!((end(1.01) - node(a).radius()).abs() < 1e-6, "a = {a}: {}", end(1.01));
    }
    let small = node(0.001).simulate([1e-3, 0.0], Rk4::new(0.25), 20_000.0).unwrap().last_state();
    assert!((size(&small) - node(0.001).radius()).abs() < 1e-6 && node(0.001).threshold() == 0.0);
}

#[test]
fn with_b_of_0_or_less_the_bifurcation_is_that_of_the_hopf_node() {
    for (a, b) in [(0.02, 0.0), (0.02, -0.4), (0.3, -1e6)] {
        let node = SubcriticalHopf { a, b, omega: 0.04 };
        let r = node.radius();
        assert!(r > 0.0 && (a + b * r * r - r.powi(4)).abs() < 1e-9, "a = {a}, b = {b}: {r}");
        assert_eq!((node.threshold(), node.fold()), (0.0, 0.0));
    }
    for (a, b) in [(0.0, 0.0), (-0.01, -0.4), (0.0, -0.4)] {
        assert_eq!(SubcriticalHopf { a, b, omega: 0.04 }.radius(), 0.0);
    }
}

#[test]
fn the_node_and_its_network_keep_the_contract_of_all_models() {
    keeps_the_contract(Contract {
        simulate: &|duration, _seed| node(-0.02).simulate([0.3, 0.1], Rk4::new(0.5), duration),
        duration: 100.0,
        dt: Some(0.5),
        initial: vec![0.3, 0.1],
        names: vec!["x".into(), "y".into()],
        noisy: false,
        bad: vec![
            ("a", node(f64::NAN).simulate([0.3, 0.1], Rk4::new(0.1), 1.0)),
            ("b", SubcriticalHopf { b: f64::INFINITY, ..node(0.0) }.simulate([0.3, 0.1], Rk4::new(0.1), 1.0)),
            ("omega", SubcriticalHopf { omega: f64::NAN, ..node(0.0) }.simulate([0.3, 0.1], Rk4::new(0.1), 1.0)),
        ],
        // The brake of order five, in steps that are too long for it.
        divergent: Some(("x", node(0.0).simulate([10.0, 0.0], Euler::new(1.0), 100.0))),
    });
    let network = |nodes: Vec<SubcriticalHopf>, seed: u64, noise: f64| SubcriticalHopfNetwork {
        nodes,
        weights: network::all_to_all(3),
        coupling: 0.01,
        noise,
        initial_states: Some(array![[0.5, 0.0, 0.1], [0.0, 0.1, 0.0]]),
        seed,
        ..SubcriticalHopfNetwork::default()
    };
    keeps_the_contract(Contract {
        simulate: &|duration, seed| network(vec![node(-0.02)], seed, 0.004).simulate(duration),
        duration: 20.0,
        dt: Some(0.1),
        initial: vec![0.5, 0.0, 0.1, 0.0, 0.1, 0.0],
        names: ["x", "y"].iter().flat_map(|name| (0..3).map(move |n| format!("{name}_{n}"))).collect(),
        noisy: true,
        bad: vec![
            ("nodes[1]: a", network(vec![node(0.0), node(f64::NAN), node(0.0)], 1, 0.0).simulate(5.0)),
            ("nodes", network(vec![node(0.0); 2], 1, 0.0).simulate(5.0)),
        ],
        divergent: None,
    });
}

#[test]
fn a_network_of_such_nodes_starts_near_rest() {
    let many = SubcriticalHopfNetwork { weights: network::all_to_all(200), ..SubcriticalHopfNetwork::default() };
    let start = many.simulate(0.0).unwrap();
    assert!(start.states.iter().all(|value| value.abs() <= 0.05));
    assert!(start.states.iter().any(|value| value.abs() > 0.04));
}
