//! Times a network of many regions with delays and noise, for `benches/peers/large.py`: `large_network REGIONS`
//! reads numbers of steps, and for each prints the seconds of a run of Hopf nodes in Euler's steps, and of one of phase oscillators.

use neurobook::prelude::*;
use std::time::Instant;

/// Numbers spread over [0, 1) by a rule that the other programs know.
fn spread(nodes: usize, step: f64) -> Array2<f64> {
    Array2::from_shape_fn((nodes, nodes), |(n, m)| ((n * nodes + m + 1) as f64 * step) % 1.0)
}

fn main() {
    let nodes = std::env::args().nth(1).and_then(|word| word.parse().ok()).expect("the number of regions");
    let mut weights = spread(nodes, 0.618_033_988_749_894_9);
    weights.diag_mut().fill(0.0);
    weights /= nodes as f64;
    let delays = Delays::Times(12.4 * spread(nodes, 0.414_213_562_373_095_15));
    let hopf = HopfNetwork {
        weights: weights.clone(),
        delays: delays.clone(),
        noise: 0.01,
        scheme: Scheme::Euler,
        ..HopfNetwork::default()
    };
    let phases = Kuramoto { omega: array![0.06], weights, delays, noise: 0.01, coupling: 2.0, ..Kuramoto::default() };
    for line in std::io::stdin().lines() {
        let steps: u32 = line.expect("a line").trim().parse().expect("the number of steps");
        let duration = 0.1 * f64::from(steps);
        let begin = Instant::now();
        std::hint::black_box(hopf.simulate(duration).expect("a run"));
        let middle = Instant::now();
        std::hint::black_box(phases.simulate(duration).expect("a run"));
        println!("{} {}", (middle - begin).as_secs_f64(), middle.elapsed().as_secs_f64());
    }
}
