//! Nodes of one variable, of three and of six: beside scipy's numbers, and as a learner writes them.

use crate::contract::{network_keeps_the_contract, node_keeps_the_contract};
use crate::networks::{follows, mixed};
use neurobook::models::{Node, Variables};
use neurobook::network::{all_to_all, random_weights};
use neurobook::prelude::*;
use serde_json::{Value, from_str};

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn matrix(value: &Value) -> Array2<f64> {
    let rows: Vec<Vec<f64>> = value.as_array().unwrap().iter().map(numbers).collect();
    Array2::from_shape_fn((rows.len(), rows[0].len()), |(row, column)| rows[row][column])
}

#[track_caller]
fn same(what: &str, ours: &Trajectory, column: usize, golden: &Value, tolerance: f64) {
    let golden = numbers(golden);
    assert_eq!(ours.names.len(), golden.len(), "{what}: as many variables");
    for ((name, ours), golden) in ours.names.iter().zip(ours.states.column(column)).zip(&golden) {
        let gap = (ours - golden).abs();
        assert!(
            gap < tolerance,
            "{what}: {name} is {ours} instead of {golden}, {gap:e} away; {tolerance:e} is allowed"
        );
    }
}

/// A file of `tests/golden/scipy_nodes`: nodes of their own at some times, run by steps of its `dt`, and a network at every this
/// many steps.
#[track_caller]
fn has_the_states_of_scipy<N: Node + Default>(golden: &Value, with_input: impl Fn(f64) -> N) {
    let (times, dt) = (numbers(&golden["times"]), golden["dt"].as_f64().expect("the step of nodes on their own, dt"));
    for case in golden["cases"].as_array().unwrap() {
        let (start, input) = (numbers(&case["start"]), case["input"].as_f64().unwrap());
        let run = with_input(input).simulate(start.clone(), Rk4::new(dt), times[times.len() - 1]).unwrap();
        for (time, states) in times.iter().zip(case["states"].as_array().unwrap()) {
            let column = (time / dt).round() as usize;
            assert!((run.times[column] - time).abs() < 1e-9, "{time} is no multiple of dt, which is {dt}");
            let what =
                format!("from {start:?} with an input of {input}, at {time} (a smaller dt makes the error smaller)");
            same(&what, &run, column, states, 1e-7);
        }
    }
    let golden = &golden["network"];
    let (dt, stride) = (golden["dt"].as_f64().unwrap(), golden["stride"].as_u64().unwrap() as usize);
    let network = Network::<N> {
        coupling: golden["coupling"].as_f64().unwrap(),
        weights: matrix(&golden["weights"]),
        delays: Delays::Times(matrix(&golden["delays"])),
        input: Input::Constant(numbers(&golden["input"]).into()),
        initial_states: Some(matrix(&golden["start"]).reversed_axes()),
        scheme: Scheme::Euler,
        dt,
        ..Network::default()
    };
    let states = golden["states"].as_array().unwrap();
    let run = network.simulate(dt * (stride * states.len()) as f64).unwrap();
    for (sample, states) in states.iter().enumerate() {
        let column = (sample + 1) * stride;
        same(&format!("the network, after {column} steps"), &run, column, states, 1e-10);
    }
}

#[test]
fn a_wong_wang_node_has_the_states_fixed_points_and_firing_rates_of_scipy() {
    let golden: Value = from_str(include_str!("../golden/scipy_nodes/wong_wang.json")).unwrap();
    let node = WongWang::default();
    has_the_states_of_scipy(&golden, |input| WongWang { background: node.background + input, ..node });
    for (current, rate) in golden["firing_rates"].as_object().unwrap() {
        let ours = node.firing_rate(current.parse().unwrap());
        assert!((ours / rate.as_f64().unwrap() - 1.0).abs() < 1e-9, "{ours} at {current} nA");
    }
    // Where the fraction is 0/0 it is what it is beside it.
    let threshold = node.threshold / node.gain;
    assert!((node.firing_rate(threshold) - node.firing_rate(threshold + 1e-9)).abs() < 1e-8);
    for (weight, points) in golden["fixed_points"].as_object().unwrap() {
        let node = WongWang { self_excitation: weight.parse().unwrap(), ..node };
        for point in numbers(points) {
            assert!(node.rate(0.0, &[point])[0].abs() < 1e-12, "a fixed point at {point}, with w = {weight}");
        }
    }
    // As the documentation has them.
    let rest = numbers(&golden["fixed_points"]["0.9"])[0];
    let hertz = 1000.0 * node.firing_rate(node.synaptic_coupling * node.self_excitation * rest + node.background);
    assert_eq!((format!("{rest:.3}"), format!("{hertz:.1}")), ("0.034".into(), "0.6".into()));
}

#[test]
fn wong_wang_nodes_keep_the_contract_of_all_models() {
    let bad = WongWang { gating_time: 0.0, ..WongWang::default() };
    node_keeps_the_contract(WongWang::default(), [0.3], &["gating"], ("gating_time", bad));
    let initial_states = Some(array![[0.05, 0.1, 0.2, 0.3, 0.02, 0.4]]);
    let six = WongWangNetwork { weights: all_to_all(6), initial_states, ..WongWangNetwork::default() };
    let bad = WongWangNetwork { nodes: vec![bad], ..six.clone() };
    network_keeps_the_contract(six.clone(), &["gating"], ("gating_time", bad));
    let message = WongWangNetwork { dt: 200.0, ..six }.simulate(1000.0).unwrap_err().to_string();
    assert!(message.starts_with("dt is 200 ms, longer than gating_time"), "{message}");
}

#[test]
fn a_jansen_rit_node_has_the_states_and_the_frequency_of_scipy() {
    let golden: Value = from_str(include_str!("../golden/scipy_nodes/jansen_rit.json")).unwrap();
    let node = JansenRit::default();
    has_the_states_of_scipy(&golden, |input| JansenRit { input, ..node });
    let run = node.simulate([0.0; 6], Rk4::new(0.5), 12_000.0).unwrap().after(2_000.0);
    let potential = run.variable("y1").unwrap() - run.variable("y2").unwrap();
    let mean = potential.mean().unwrap();
    let upward = |k: &usize| potential[*k] <= mean && potential[k + 1] > mean;
    let crossings: Vec<f64> = (0..potential.len() - 1).filter(upward).map(|k| run.times[k + 1]).collect();
    let hertz = 1000.0 * (crossings.len() - 1) as f64 / (crossings[crossings.len() - 1] - crossings[0]);
    let golden = golden["frequency"].as_f64().unwrap();
    assert!((hertz / golden - 1.0).abs() < 1e-3 && (8.0..13.0).contains(&hertz), "{hertz} Hz instead of {golden} Hz");
}

#[test]
fn jansen_rit_nodes_keep_the_contract_of_all_models() {
    let names = ["y0", "y1", "y2", "y3", "y4", "y5"];
    let bad = JansenRit { inhibitory_rate: 0.0, ..JansenRit::default() };
    node_keeps_the_contract(JansenRit::default(), [0.1; 6], &names, ("inhibitory_rate", bad));
    let initial_states = Some(Array2::from_shape_fn((6, 6), |(variable, node)| 0.1 * (variable + node) as f64));
    let six = JansenRitNetwork { weights: all_to_all(6), initial_states, ..JansenRitNetwork::default() };
    let bad = JansenRitNetwork { nodes: vec![bad], ..six.clone() };
    network_keeps_the_contract(six, &names, ("inhibitory_rate", bad));
}

/// The library's FitzHugh-Nagumo node as a learner writes it in a cell: no names, no checks.
#[derive(Debug, Clone, Default)]
struct OwnFitzHughNagumo;

impl Model for OwnFitzHughNagumo {
    type Rate = [f64; 2];
    fn rate(&self, _t: f64, state: &[f64]) -> [f64; 2] {
        let (x, y) = (state[0], state[1]);
        [((-3.0 * x + 4.0) * x + -1.5) * x - y + 1.0, (x - 0.0 - 0.5 * y) / 20.0]
    }
}

impl Node for OwnFitzHughNagumo {
    fn initial(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [0.05 * x, 0.05 * y]
    }
}

#[test]
fn a_learners_node_without_names_has_the_bits_of_the_librarys() {
    for coupled in [CoupledVariables::First, CoupledVariables::Both] {
        for scheme in [Scheme::Euler, Scheme::RungeKutta] {
            let weights = random_weights(7, 3);
            let (noise, coupling) = (0.02, 0.1);
            let ours = FitzHughNagumoNetwork {
                coupled,
                scheme,
                noise,
                coupling,
                weights: weights.clone(),
                ..FitzHughNagumoNetwork::default()
            };
            let own = Network { coupled, scheme, noise, coupling, weights, ..Network::<OwnFitzHughNagumo>::default() };
            let (ours, own) = (ours.simulate(50.0).unwrap(), own.simulate(50.0).unwrap());
            assert_eq!(own.states, ours.states);
            assert_eq!((&own.names[0], &own.names[13]), (&"x1_0".to_owned(), &"x2_6".to_owned()));
        }
    }
}

/// A bursting cell of three variables, after J. L. Hindmarsh and R. M. Rose.
#[derive(Debug, Clone)]
struct OwnHindmarshRose {
    current: f64,
}

impl Default for OwnHindmarshRose {
    fn default() -> OwnHindmarshRose {
        OwnHindmarshRose { current: 2.0 }
    }
}

impl Model for OwnHindmarshRose {
    type Rate = [f64; 3];
    fn rate(&self, _t: f64, x: &[f64]) -> [f64; 3] {
        let fast = x[1] - x[0].powi(3) + 3.0 * x[0] * x[0] - x[2] + self.current;
        [fast, 1.0 - 5.0 * x[0] * x[0] - x[1], 0.006 * (4.0 * (x[0] + 1.6) - x[2])]
    }
}

impl Node for OwnHindmarshRose {
    fn initial(&self, draws: [f64; 3]) -> [f64; 3] {
        draws.map(|draw| draw - 0.5)
    }
}

#[test]
fn a_learners_node_of_three_variables_follows_its_equation_and_keeps_the_contract() {
    for (nodes, longest) in [(1, 0.0), (5, 1.0), (9, 6.0)] {
        for (coupled, kind) in
            [(CoupledVariables::First, CouplingKind::Additive), (CoupledVariables::Both, CouplingKind::Diffusive)]
        {
            let coupling = 0.1 / nodes as f64;
            let network = mixed::<OwnHindmarshRose>(nodes, 0.7, longest, kind);
            follows(&Network { coupled, coupling, dt: 0.02, ..network });
        }
    }
    let initial_states = Some(Array2::from_shape_fn((3, 6), |(variable, node)| 0.1 * (variable + node) as f64));
    let six = Network { weights: all_to_all(6), initial_states, ..Network::<OwnHindmarshRose>::default() };
    let bad = Network { weights: Array2::from_elem((6, 6), f64::NAN), ..six.clone() };
    network_keeps_the_contract(six, &["x1", "x2", "x3"], ("weights", bad));
}

#[test]
fn what_a_node_draws_does_not_depend_on_how_many_there_are() {
    let start = |nodes: usize| {
        let weights = all_to_all(nodes);
        JansenRitNetwork { weights, seed: 1, ..JansenRitNetwork::default() }.simulate(0.0).unwrap()
    };
    for variable in ["y0", "y1", "y2"] {
        let (few, many) = (start(3).nodes(variable).unwrap(), start(6).nodes(variable).unwrap());
        assert_eq!(few, many.slice(s![..3, ..]));
    }
    // Nor are two nodes' numbers, or two variables', the same.
    let run = JansenRitNetwork { weights: all_to_all(9), noise: 0.1, ..JansenRitNetwork::default() };
    let mut run = run.start().unwrap();
    run.advance(1.0).unwrap();
    let mut noise = run.noise().to_vec();
    noise.sort_by(f64::total_cmp);
    noise.dedup();
    assert_eq!(noise.len(), 54);
}

#[test]
fn what_a_node_has_no_variable_for_is_refused() {
    let message = |network: WongWangNetwork| network.simulate(1.0).unwrap_err().to_string();
    let both = WongWangNetwork { coupled: CoupledVariables::Both, ..WongWangNetwork::default() };
    assert!(message(both).starts_with("coupled asks for 2 variables and a node has 1:"));
    let second = WongWangNetwork { second_input: Input::Constant(array![1.0]), ..WongWangNetwork::default() };
    assert!(message(second).starts_with("second_input is for a second variable and a node has one:"));
    assert_eq!(<[f64; 1]>::LEN, 1);
}
