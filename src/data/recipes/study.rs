//! A study of one made-up person in two sessions, as files that people have: chapter 5 starts from them.
//!
//! A slow Hopf network makes the signals, and the files show them through all that comes between: a connectome that was
//! measured with error, a scan that missed a region, a head that moved.

use super::{matrix_to_csv, rounded};
use crate::Result;
use crate::models::{CoupledVariables, Hopf, HopfNetwork};
use crate::network::fibre_lengths;
use crate::noise::Purpose;
use ndarray::{Array1, Array2, Axis};
use rand::RngExt;
use rand_distr::StandardNormal;
use rand_pcg::Pcg64;
use std::f64::consts::TAU;
use std::fmt::Write as _;

/// The left regions, in the order of the connectome, and where they are: to the right, to the front and up, in mm.
const LEFT: [(&str, [f64; 3]); 8] = [
    ("Frontal", [-32.0, 42.0, 24.0]),
    ("Central", [-40.0, -18.0, 50.0]),
    ("Parietal", [-38.0, -58.0, 46.0]),
    ("Temporal", [-56.0, -20.0, -14.0]),
    ("Occipital", [-22.0, -88.0, 6.0]),
    ("Cingulate", [-7.0, -6.0, 38.0]),
    ("Insula", [-38.0, 6.0, 2.0]),
    ("Hippocampus", [-26.0, -22.0, -14.0]),
];

const REGIONS: usize = 2 * LEFT.len();

/// The right hippocampus: tractography found no fibre of it.
const ISOLATED: usize = 15;

/// The right temporal region: the second scan did not cover it.
const NOT_COVERED: usize = 11;

const VOLUMES: usize = 400;

/// The time between two volumes, in s; the models of this file count in s.
const REPETITION_TIME: f64 = 2.0;

/// The step of the simulation in s, what is thrown away before, and the seed of all.
const STEP: f64 = 0.1;
const TRANSIENT: f64 = 200.0;
const SEED: u64 = 7;

/// Fibre over straight line.
const DETOUR: f64 = 1.4;

/// Two volumes of the first session that the scanner lost.
const LOST: [usize; 2] = [211, 212];

/// What a session is like: how often the head moves, and what the scan misses.
struct Session {
    number: u64,
    movements: usize,
    not_covered: Option<usize>,
    lost: &'static [usize],
}

const SESSIONS: [Session; 2] = [
    Session { number: 1, movements: 5, not_covered: None, lost: &LOST },
    Session { number: 2, movements: 12, not_covered: Some(NOT_COVERED), lost: &[] },
];

/// The files: their names and what is in them.
///
/// # Errors
/// Never, as long as the network can be simulated.
pub(super) fn files() -> Result<Vec<(String, String)>> {
    let names = names();
    let mut generator = Purpose::Simulation.generator(SEED, 1000);
    let lengths = lengths(&mut generator);
    let counts = counts(&lengths, &mut generator);
    let measured = measured(&counts, &lengths, &mut generator);
    let network = network(&counts, &mut generator);
    let mut files = Vec::new();
    for (quantity, matrix) in [("weights", &measured), ("lengths", &rounded(&lengths, 10.0))] {
        files.push((format!("study/sub-01_{quantity}.tsv"), named_on_both_sides(&names, matrix)));
        files.push((format!("study/sub-01_{quantity}.csv"), matrix_to_csv(matrix)));
        files.push((format!("study/sub-01_{quantity}_labels.txt"), names.join("\n") + "\n"));
    }
    for session in &SESSIONS {
        let mut generator = Purpose::Simulation.generator(SEED, 2000 + session.number);
        let displacement = displacement(session, &mut generator);
        let signals = signals(&network, session, &displacement, &mut generator)?;
        let start = format!("study/sub-01_ses-{}_task-rest", session.number);
        files.push((format!("{start}_timeseries.tsv"), timeseries(&names, &signals)));
        files.push((format!("{start}_confounds.tsv"), confounds(&signals, &displacement, session)));
    }
    files.push(("study/task-rest_timeseries.json".to_owned(), "{\n    \"RepetitionTime\": 2.0\n}\n".to_owned()));
    Ok(files)
}

/// The names in the order of the connectome: the left hemisphere, then the right.
fn names() -> Vec<String> {
    ["L", "R"].iter().flat_map(|side| LEFT.map(|(name, _)| format!("{name}_{side}"))).collect()
}

/// The fibres of all pairs, in mm.
fn lengths(generator: &mut Pcg64) -> Array2<f64> {
    let mut positions = Array2::zeros((REGIONS, 3));
    for (region, mut position) in positions.rows_mut().into_iter().enumerate() {
        let (_, left) = LEFT[region % LEFT.len()];
        for axis in 0..3 {
            let mirror = if region >= LEFT.len() && axis == 0 { -1.0 } else { 1.0 };
            position[axis] = mirror * left[axis] + 2.0 * generator.sample::<f64, _>(StandardNormal);
        }
    }
    fibre_lengths(&positions, DETOUR)
}

fn pairs() -> impl Iterator<Item = (usize, usize)> {
    (0..REGIONS).flat_map(|n| (n + 1..REGIONS).map(move |m| (n, m)))
}

fn symmetric(mut of_pair: impl FnMut(usize, usize) -> f64) -> Array2<f64> {
    let mut matrix = Array2::zeros((REGIONS, REGIONS));
    for (n, m) in pairs() {
        matrix[[n, m]] = of_pair(n, m);
        matrix[[m, n]] = matrix[[n, m]];
    }
    matrix
}

/// How many fibres there are, in truth: more between near regions, and between mirror regions.
fn counts(lengths: &Array2<f64>, generator: &mut Pcg64) -> Array2<f64> {
    symmetric(|n, m| {
        let (chance, own): (f64, f64) = (generator.random(), generator.sample(StandardNormal));
        let mirrored = m == n + LEFT.len();
        let same_side = (n < LEFT.len()) == (m < LEFT.len());
        let (share, level) = if same_side { (0.75, 7.0) } else { (0.3, 5.2) };
        let level = level - lengths[[n, m]] / 35.0 + own + if mirrored { 2.0 } else { 0.0 };
        if mirrored || chance < share { level.exp().round() } else { 0.0 }
    })
}

/// What tractography makes of them: counts with an error, long bundles lost, a region without any.
fn measured(counts: &Array2<f64>, lengths: &Array2<f64>, generator: &mut Pcg64) -> Array2<f64> {
    symmetric(|n, m| {
        let (chance, error): (f64, f64) = (generator.random(), generator.sample(StandardNormal));
        let lost = n != m % LEFT.len() && chance < (lengths[[n, m]] - 90.0) / 150.0;
        let alone = n == ISOLATED || m == ISOLATED;
        if lost || alone { 0.0 } else { (counts[[n, m]] * (0.8 * error).exp()).round() }
    })
}

/// The network that makes the signals: slow Hopf nodes below their bifurcation, times in s.
fn network(counts: &Array2<f64>, generator: &mut Pcg64) -> HopfNetwork {
    let weights = counts.mapv(|count| count.powf(0.9));
    let strength = weights.sum() / REGIONS as f64;
    let node = |_| Hopf { a: -0.02, omega: TAU * (0.05 + 0.02 * (generator.random::<f64>() - 0.5)) };
    HopfNetwork {
        nodes: (0..REGIONS).map(node).collect(),
        coupling: 0.3,
        coupled: CoupledVariables::Both,
        weights: weights / strength,
        noise: 0.02,
        noise_time: 0.0,
        dt: STEP,
        ..HopfNetwork::default()
    }
}

/// The framewise displacement of each volume from the one before, in mm; the first has none.
fn displacement(session: &Session, generator: &mut Pcg64) -> Array1<f64> {
    let still = |_| 0.12 * (0.35 * generator.sample::<f64, _>(StandardNormal)).exp();
    let mut displacement: Array1<f64> = (0..VOLUMES).map(still).collect();
    for _ in 0..session.movements {
        let begin = 5 + (generator.random::<f64>() * (VOLUMES - 12) as f64) as usize;
        let volumes = 2 + (generator.random::<f64>() * 4.0) as usize;
        for volume in begin..begin + volumes {
            displacement[volume] = 0.55 + 1.2 * generator.random::<f64>();
        }
    }
    displacement
}

/// The signals as they are in the file, a row per region: scaled, with noise of the scanner, a slow wave of the whole
/// brain, and what movement leaves.
fn signals(
    network: &HopfNetwork,
    session: &Session,
    displacement: &Array1<f64>,
    generator: &mut Pcg64,
) -> Result<Array2<f64>> {
    let per_volume = (REPETITION_TIME / STEP).round() as usize;
    let duration = TRANSIENT + REPETITION_TIME * VOLUMES as f64;
    let model = HopfNetwork { seed: SEED + session.number, ..network.clone() };
    let mut signals = model.simulate(duration)?.after(TRANSIENT).every(per_volume).nodes("x")?;
    signals = signals.slice(ndarray::s![.., ..VOLUMES]).to_owned();
    let mut wave = 0.0;
    let common: Array1<f64> = (0..VOLUMES)
        .map(|_| {
            wave = 0.7 * wave + 0.7 * generator.sample::<f64, _>(StandardNormal);
            wave
        })
        .collect();
    for mut signal in signals.rows_mut() {
        let (mean, deviation) = (signal.mean().unwrap_or(0.0), signal.std(0.0));
        let size = 0.6 + 0.8 * generator.random::<f64>();
        let moved = 0.8 + 0.6 * generator.random::<f64>();
        for (volume, value) in signal.iter_mut().enumerate() {
            let noise: f64 = generator.sample(StandardNormal);
            let head = if displacement[volume] > 0.5 { 2.5 * moved * displacement[volume] } else { 0.0 };
            *value = size * ((*value - mean) / deviation + 0.2 * noise + 0.2 * common[volume] + head);
        }
    }
    if let Some(region) = session.not_covered {
        signals.row_mut(region).fill(f64::NAN);
    }
    for volume in session.lost {
        signals.column_mut(*volume).fill(f64::NAN);
    }
    Ok(signals)
}

/// The order of the columns of the series: that of the alphabet.
fn alphabetical(names: &[String]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by(|one, other| names[*one].cmp(&names[*other]));
    order
}

fn timeseries(names: &[String], signals: &Array2<f64>) -> String {
    let order = alphabetical(names);
    let mut text = order.iter().map(|region| names[*region].as_str()).collect::<Vec<_>>().join("\t") + "\n";
    for volume in signals.select(Axis(0), &order).columns() {
        line(&mut text, volume.iter().map(|value| number(*value, 3)));
    }
    text
}

fn confounds(signals: &Array2<f64>, displacement: &Array1<f64>, session: &Session) -> String {
    let mut text = String::from("global_signal\tframewise_displacement\n");
    for (volume, signal) in signals.columns().into_iter().enumerate() {
        let covered: Vec<f64> = signal.iter().copied().filter(|value| value.is_finite()).collect();
        let mean = covered.iter().sum::<f64>() / covered.len() as f64;
        // There is none from or to a volume that is not there.
        let lost = |volume: usize| session.lost.contains(&volume);
        let none = volume == 0 || lost(volume) || lost(volume - 1);
        let displacement = if none { f64::NAN } else { displacement[volume] };
        line(&mut text, [number(mean, 3), number(displacement, 3)].into_iter());
    }
    text
}

/// As pandas writes a matrix of regions: their names above and before it.
fn named_on_both_sides(names: &[String], matrix: &Array2<f64>) -> String {
    let mut text = format!("name\t{}\n", names.join("\t"));
    for (name, row) in names.iter().zip(matrix.rows()) {
        line(&mut text, std::iter::once(name.clone()).chain(row.iter().map(|value| format!("{value}"))));
    }
    text
}

fn line(text: &mut String, fields: impl Iterator<Item = String>) {
    for (column, field) in fields.enumerate() {
        text.push_str(if column == 0 { "" } else { "\t" });
        text.push_str(&field);
    }
    text.push('\n');
}

/// BIDS writes `n/a` where there is no number.
fn number(value: f64, digits: usize) -> String {
    let mut text = String::new();
    if value.is_finite() {
        // Writing to a String cannot fail; adding 0 makes a negative zero a plain one.
        let parts = 10_f64.powi(digits as i32);
        let _ = write!(text, "{:.digits$}", (value * parts).round() / parts + 0.0);
    } else {
        text.push_str("n/a");
    }
    text
}
