//! `cargo bench --bench networks [-- OTHER]`: what a step of a network costs, for each kind of node. OTHER is this bench's program
//! of another state of the project, from its `target/release/deps`; the two then run in turns, and their ratios are printed.
//! One line a network: nanoseconds a node and step, the best of many runs.

use neurobook::models::Node;
use neurobook::prelude::*;
use std::collections::BTreeMap;
use std::process::Command;
use std::time::Instant;

const NODES: [usize; 3] = [1, 10, 80];
const STEPS: f64 = 1000.0;
const RUNS: usize = 12;
const TURNS: usize = 7;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    match words.first().map(String::as_str) {
        Some("once") => once().iter().for_each(|(name, cost)| println!("{name}\t{cost}")),
        Some(other) => beside(other),
        None => once().iter().for_each(|(name, cost)| println!("{name:40} {cost:8.1} ns")),
    }
}

/// The costs of all networks, by their names.
fn once() -> BTreeMap<String, f64> {
    let mut costs = BTreeMap::new();
    for (name, scheme) in [("Euler", Scheme::Euler), ("Runge-Kutta", Scheme::RungeKutta)] {
        for nodes in NODES {
            costs.insert(format!("Hopf, {nodes} nodes, {name}"), cost(network_of::<Hopf>(nodes, scheme)));
            costs.insert(
                format!("FitzHugh-Nagumo, {nodes} nodes, {name}"),
                cost(network_of::<FitzHughNagumo>(nodes, scheme)),
            );
            costs
                .insert(format!("Wilson-Cowan, {nodes} nodes, {name}"), cost(network_of::<WilsonCowan>(nodes, scheme)));
        }
    }
    costs
}

/// All nodes coupled to all, with noise.
fn network_of<N: Node + Default>(nodes: usize, scheme: Scheme) -> Network<N> {
    let weights = network::all_to_all(nodes) / nodes as f64;
    Network { nodes: vec![N::default()], weights, noise: 0.001, scheme, dt: 0.1, ..Network::default() }
}

/// Nanoseconds a node and step.
fn cost<N: Node>(network: Network<N>) -> f64 {
    let times = (0..RUNS).map(|_| {
        let begin = Instant::now();
        std::hint::black_box(network.simulate(STEPS * network.dt).expect("a run"));
        begin.elapsed().as_nanos() as f64
    });
    times.fold(f64::INFINITY, f64::min) / (STEPS * network.weights.nrows() as f64)
}

/// This program and another one in turns; the median of the turns' ratios, theirs over ours.
fn beside(other: &str) {
    let this = std::env::current_exe().expect("this program's path");
    let mut ratios = BTreeMap::<String, Vec<f64>>::new();
    for _ in 0..TURNS {
        let (ours, theirs) = (costs_of(this.as_os_str()), costs_of(other.as_ref()));
        for (name, cost) in ours {
            ratios.entry(name.clone()).or_default().push(theirs[&name] / cost);
        }
    }
    println!("{:40} how many times as fast as {other}: median, lowest, highest", "");
    for (name, mut ratios) in ratios {
        ratios.sort_by(f64::total_cmp);
        println!("{name:40} {:5.2} {:5.2} {:5.2}", ratios[TURNS / 2], ratios[0], ratios[TURNS - 1]);
    }
}

fn costs_of(program: &std::ffi::OsStr) -> BTreeMap<String, f64> {
    let output = Command::new(program).arg("once").output().expect("the bench's program runs");
    let printed = String::from_utf8(output.stdout).expect("text");
    let line = |line: &str| line.split_once('\t').map(|(name, cost)| (name.into(), cost.parse().expect("a number")));
    printed.lines().filter_map(line).collect()
}
