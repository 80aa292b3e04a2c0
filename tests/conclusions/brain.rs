//! The brain of chapter 4 and its losses, as the chapter computes them; with any step, frequency and seed.

use neurobook::analysis::{correlation, functional_connectivity, matrix_correlation, upper_triangle};
use neurobook::prelude::*;
use std::sync::LazyLock;

/// The functional connectivity of the first three virtual subjects.
pub static SUBJECTS: LazyLock<[Array2<f64>; 3]> =
    LazyLock::new(|| [1, 2, 3].map(|number| functional_connectivity(&data::virtual_subject(number).unwrap().states)));

/// The rhythm of subject 1.
pub static RHYTHM: LazyLock<Array1<f64>> = LazyLock::new(|| rhythm(&data::virtual_subject(1).unwrap().states));

pub fn likeness(one: &Array2<f64>, other: &Array2<f64>) -> f64 {
    matrix_correlation(one, other).unwrap()
}

pub fn distance(one: &Array2<f64>, other: &Array2<f64>) -> f64 {
    rmse(&upper_triangle(one), &upper_triangle(other))
}

pub fn rmse(one: &Array1<f64>, other: &Array1<f64>) -> f64 {
    let gap = one - other;
    (gap.dot(&gap) / gap.len() as f64).sqrt()
}

pub fn brain(a: f64, coupling: f64, seed: u64) -> HopfNetwork {
    HopfNetwork { seed, ..data::model_d(a, coupling) }
}

/// What is kept of a run: `x` without the first half second, a column for each ms.
pub fn recorded(model: &HopfNetwork, duration: f64) -> Array2<f64> {
    let steps_per_ms = (1.0 / model.dt).round() as usize;
    model.simulate(500.0 + duration).unwrap().after(500.0).every(steps_per_ms).nodes("x").unwrap()
}

pub fn minute(model: &HopfNetwork) -> Array2<f64> {
    recorded(model, 60_000.0)
}

pub fn fc_of_run(a: f64, coupling: f64, seed: u64, duration: f64) -> Array2<f64> {
    functional_connectivity(&recorded(&brain(a, coupling, seed), duration))
}

pub fn mean_fc(a: f64, coupling: f64, first_seed: u64) -> Array2<f64> {
    mean_fc_of(&brain(a, coupling, first_seed))
}

pub fn mean_fc_of(model: &HopfNetwork) -> Array2<f64> {
    features(model, 3000.0).0
}

/// Each region's correlation with itself, 8 ms later.
pub fn rhythm(x: &Array2<f64>) -> Array1<f64> {
    let (now, later) = (x.slice(s![.., ..-8]), x.slice(s![.., 8..]));
    (0..x.nrows()).map(|n| correlation(&now.row(n).to_owned(), &later.row(n).to_owned()).unwrap()).collect()
}

/// The FC and the rhythm, each a mean over three runs with seeds from the model's on.
pub fn features(model: &HopfNetwork, duration: f64) -> (Array2<f64>, Array1<f64>) {
    let (mut fc, mut speed) = (Array2::zeros((16, 16)), Array1::zeros(16));
    for seed in model.seed..model.seed + 3 {
        let x = recorded(&HopfNetwork { seed, ..model.clone() }, duration);
        fc += &functional_connectivity(&x);
        speed += &rhythm(&x);
    }
    (fc / 3.0, speed / 3.0)
}

/// How far the model is from subject 1: by the FC, and by the rhythm.
pub fn losses(model: &HopfNetwork) -> (f64, f64) {
    let (fc, speed) = features(model, 3000.0);
    (distance(&fc, &SUBJECTS[0]), rmse(&speed, &RHYTHM))
}

/// The seeds with which sets of three begin.
pub fn first_seeds(count: u32) -> Vec<f64> {
    (0..count).map(|set| f64::from(10 * set + 1)).collect()
}

pub fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    let values = Array1::from(values.to_vec());
    (values.mean().unwrap(), values.std(1.0))
}

/// How far chance moves each loss: 20 sets of seeds at the best pair of the chapter's first map.
pub static SPREADS: LazyLock<(f64, f64)> = LazyLock::new(|| {
    // No sweep: within another one, its threads would wait for this value, and this value for its threads.
    let by_chance = first_seeds(20).into_iter().map(|seed| losses(&brain(0.07, 0.8, seed as u64)));
    let (fc, speed): (Vec<f64>, Vec<f64>) = by_chance.unzip();
    (mean_and_deviation(&fc).1, mean_and_deviation(&speed).1)
});

/// Both losses, each over its spread: the smaller, the better.
pub fn scaled((of_fc, of_rhythm): (f64, f64)) -> f64 {
    of_fc / SPREADS.0 + of_rhythm / SPREADS.1
}

/// The value with the smallest loss.
pub fn lowest(values: &[f64], losses: &[f64]) -> f64 {
    values[(0..losses.len()).fold(0, |best, k| if losses[k] < losses[best] { k } else { best })]
}

/// The chapter's couplings for a scan at the true `a`.
pub fn couplings() -> Vec<f64> {
    Array1::linspace(0.4, 1.4, 21).to_vec()
}
