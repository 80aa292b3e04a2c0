//! Series that look like BOLD signals, of people who do not exist.

use crate::network::Connectome;
use crate::noise::Purpose;
use ndarray::{Array1, Array2, Axis};
use rand::RngExt;
use rand_distr::StandardNormal;
use rand_pcg::Pcg64;

const SAMPLES: usize = 200;

/// Samples that are thrown away while the filters fill.
const BEFORE: usize = 50;

/// How much of itself a signal keeps from one sample to the next: its autocorrelation.
const KEPT: f64 = 0.7;

/// Regions that belong together are near one of the first regions of the left hemisphere, or mirror such regions.
const NETWORKS: usize = 7;

/// How strongly a region follows its network, and how strongly the regions that its fibres come from.
const NETWORK_SHARE: f64 = 0.65;
const FIBRE_SHARE: f64 = 0.5;

/// The same for what all regions have in common: less in the first three participants, who are young.
const COMMON_SHARE: [f64; 6] = [0.30, 0.34, 0.28, 0.66, 0.70, 0.72];

/// The regions that the scan of the last participant did not cover.
const NOT_COVERED: [usize; 2] = [17, 57];

/// The table of a participant: names of the regions, then a line per time.
///
/// A region's signal is low-pass noise of its own and the weighted sum of what is common to all, to its network, and
/// to the regions that it is connected with; its standard deviation is between 2 and 6.
pub(super) fn table(connectome: &Connectome, participant: usize) -> String {
    let series = series(connectome, participant);
    let (regions, half) = (connectome.regions(), connectome.regions() / 2);
    let name = |region: usize| match region < half {
        true => format!("L{:02}", region + 1),
        false => format!("R{:02}", region - half + 1),
    };
    let mut text = (0..regions).map(name).collect::<Vec<_>>().join(",");
    text.push('\n');
    let missing = |region: usize| participant + 1 == COMMON_SHARE.len() && NOT_COVERED.contains(&region);
    for column in series.columns() {
        let value = |(region, value): (usize, &f64)| match missing(region) {
            true => String::new(),
            // Adding 0 makes a negative zero a plain one.
            false => format!("{}", (value * 100.0).round() / 100.0 + 0.0),
        };
        text.push_str(&column.iter().enumerate().map(value).collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text
}

fn series(connectome: &Connectome, participant: usize) -> Array2<f64> {
    let regions = connectome.regions();
    let mut generator = Purpose::Simulation.generator(5, participant as u64);
    let common = low_pass(&mut generator);
    let networks: Vec<Array1<f64>> = (0..NETWORKS).map(|_| low_pass(&mut generator)).collect();
    let mut own = Array2::zeros((regions, SAMPLES));
    own.rows_mut().into_iter().for_each(|mut row| row.assign(&low_pass(&mut generator)));
    let mut series = Array2::zeros((regions, SAMPLES));
    for (region, mut signal) in series.rows_mut().into_iter().enumerate() {
        let weights = connectome.weights.row(region);
        let strength = weights.dot(&weights).sqrt().max(f64::MIN_POSITIVE);
        let loading = COMMON_SHARE[participant] * (1.0 + 0.6 * generator.sample::<f64, _>(StandardNormal));
        signal += &own.row(region);
        signal.scaled_add(FIBRE_SHARE / strength, &weights.dot(&own));
        signal.scaled_add(NETWORK_SHARE, &networks[network(connectome, region)]);
        signal.scaled_add(loading, &common);
        let deviation = signal.std(0.0);
        let mean = signal.mean().unwrap_or(0.0);
        let wanted = 2.0 + 4.0 * generator.random::<f64>();
        signal.mapv_inplace(|value| wanted * (value - mean) / deviation);
    }
    series
}

/// The network that a region belongs to; opposite regions belong to the same.
fn network(connectome: &Connectome, region: usize) -> usize {
    let left = connectome.lengths.index_axis(Axis(0), region % (connectome.regions() / 2));
    let nearer = |a: usize, b: usize| if left[b] < left[a] { b } else { a };
    (0..NETWORKS).reduce(nearer).unwrap_or(0)
}

/// Noise of variance 1 that keeps [`KEPT`] of itself from sample to sample.
fn low_pass(generator: &mut Pcg64) -> Array1<f64> {
    let mut last = 0.0;
    let all: Vec<f64> = (0..BEFORE + SAMPLES)
        .map(|_| {
            last = KEPT * last + (1.0 - KEPT * KEPT).sqrt() * generator.sample::<f64, _>(StandardNormal);
            last
        })
        .collect();
    Array1::from(all[BEFORE..].to_vec())
}
