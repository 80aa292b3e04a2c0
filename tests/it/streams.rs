//! One seed gives each purpose random numbers of its own.

use neurobook::network::{SyntheticConnectome, random_weights, watts_strogatz};
use neurobook::noise::{OrnsteinUhlenbeck, Purpose, generator, uniform, white};
use neurobook::prelude::*;
use neurobook::rand::RngExt;

const SEED: u64 = 7;

#[test]
fn an_oscillator_does_not_start_where_its_frequency_says() {
    let omega = uniform(1, 0.0, 1.0, SEED);
    let model = Kuramoto { omega: omega.clone(), seed: SEED, ..Kuramoto::default() };
    let start = model.simulate(0.0).unwrap().states[[0, 0]];
    assert!((start - 2.0 * PI * omega[0]).abs() > 1e-6, "{start}");
}

#[test]
fn white_noise_processes_and_integrators_of_one_seed_share_no_number() {
    let noise = OrnsteinUhlenbeck { tau: 1e12, sigma: 1.0 }.series(1.0, 6, SEED).unwrap();
    let steps = |states: &Array1<f64>| (1..6).map(|k| states[k] - states[k - 1]).collect::<Vec<f64>>();
    let method = EulerMaruyama::new(1.0, 1.0, generator(SEED, 0));
    let run = simulate(|_t, _x| 0.0, 0.0, method, 5.0).unwrap();
    let network = HopfNetwork { noise: 1.0, noise_time: 0.0, dt: 1.0, seed: SEED, ..HopfNetwork::default() };
    let mut under_way = network.start().unwrap();
    under_way.advance(1.0).unwrap();
    let drawn = [white(5, SEED).to_vec(), steps(&noise), steps(&run.row(0)), under_way.noise().to_vec()];
    for (index, one) in drawn.iter().enumerate() {
        for other in &drawn[index + 1..] {
            let shared = one.iter().filter(|a| other.iter().any(|b| (*a - *b).abs() < 1e-6)).count();
            assert_eq!(shared, 0, "{one:?} and {other:?}");
        }
    }
}

#[test]
fn even_numbers_of_one_seed_differ_by_what_they_are_for() {
    let weights = random_weights(2, SEED);
    let phases = Kuramoto { seed: SEED, ..Kuramoto::default() }.simulate(0.0).unwrap().states[[0, 0]] / (2.0 * PI);
    let state = HopfNetwork { seed: SEED, ..HopfNetwork::default() }.simulate(0.0).unwrap().states[[0, 0]] + 0.5;
    let own: f64 = generator(SEED, 0).random();
    let second: f64 = {
        // The weights are drawn row by row, with one for the diagonal, which is then 0.
        let mut generator = Purpose::RandomWeights.generator(SEED, 0);
        let _: f64 = generator.random();
        generator.random()
    };
    assert_eq!(weights[[0, 1]], second);
    assert!((phases - state).abs() < 1e-12, "networks of any model have the streams of a simulation");
    let mut numbers = vec![uniform(1, 0.0, 1.0, SEED)[0], phases, own];
    let mut weights = Purpose::RandomWeights.generator(SEED, 0);
    numbers.push(weights.random());
    for (index, one) in numbers.iter().enumerate() {
        assert!(numbers[index + 1..].iter().all(|other| (one - other).abs() > 1e-9), "{numbers:?}");
    }
}

#[test]
fn every_purpose_and_stream_has_a_generator_of_its_own() {
    let purposes = [
        Purpose::Simulation,
        Purpose::Own,
        Purpose::White,
        Purpose::Uniform,
        Purpose::OrnsteinUhlenbeck,
        Purpose::RandomWeights,
        Purpose::SmallWorld,
        Purpose::Connectome,
    ];
    let mut firsts: Vec<u64> = purposes
        .into_iter()
        .flat_map(|purpose| (0..20).flat_map(move |seed| (0..20).map(move |stream| (purpose, seed, stream))))
        .map(|(purpose, seed, stream)| purpose.generator(seed, stream).random())
        .collect();
    let count = firsts.len();
    firsts.sort_unstable();
    firsts.dedup();
    assert_eq!(firsts.len(), count);
}

#[test]
fn a_connectome_and_a_small_world_are_the_same_for_the_same_seed_and_others_for_another() {
    let connectome = |seed: u64| SyntheticConnectome { regions: 10, seed, ..SyntheticConnectome::default() }.generate();
    assert_eq!(connectome(SEED), connectome(SEED));
    assert_ne!(connectome(SEED), connectome(SEED + 1));
    assert_ne!(watts_strogatz(30, 4, 0.5, SEED), watts_strogatz(30, 4, 0.5, SEED + 1));
}
