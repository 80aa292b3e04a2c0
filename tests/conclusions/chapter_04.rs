//! Every number that the prose of chapter 4 states is computed here, and found in it.

use crate::prose;
use neurobook::analysis::{functional_connectivity, matrix_correlation, upper_triangle};
use neurobook::prelude::*;
use std::sync::LazyLock;

#[track_caller]
fn stated(phrase: &str) {
    prose::says("04_fitting", phrase);
}

/// The functional connectivity of the first three virtual subjects.
static SUBJECTS: LazyLock<[Array2<f64>; 3]> =
    LazyLock::new(|| [1, 2, 3].map(|number| functional_connectivity(&data::virtual_subject(number).unwrap().states)));

fn likeness(one: &Array2<f64>, other: &Array2<f64>) -> f64 {
    matrix_correlation(one, other).unwrap()
}

fn distance(one: &Array2<f64>, other: &Array2<f64>) -> f64 {
    let gap = upper_triangle(one) - upper_triangle(other);
    (gap.dot(&gap) / gap.len() as f64).sqrt()
}

fn brain(a: f64, coupling: f64, seed: u64) -> HopfNetwork {
    HopfNetwork { seed, ..data::model_d(a, coupling) }
}

fn fc_of_run(a: f64, coupling: f64, seed: u64, duration: f64) -> Array2<f64> {
    let run = brain(a, coupling, seed).simulate(500.0 + duration).unwrap().after(500.0);
    functional_connectivity(&run.nodes("x").unwrap())
}

fn mean_fc(a: f64, coupling: f64, first_seed: u64) -> Array2<f64> {
    let sum = (first_seed..first_seed + 3)
        .fold(Array2::zeros((16, 16)), |sum: Array2<f64>, seed| sum + fc_of_run(a, coupling, seed, 3000.0));
    sum / 3.0
}

/// Each region's correlation with itself, 8 ms later.
fn rhythm(x: &Array2<f64>) -> Array1<f64> {
    let (now, later) = (x.slice(s![.., ..-8]), x.slice(s![.., 8..]));
    let of_region = |n: usize| analysis::correlation(&now.row(n).to_owned(), &later.row(n).to_owned()).unwrap();
    (0..x.nrows()).map(of_region).collect()
}

/// How far the model is from subject 1: by the FC, and by the rhythm.
fn losses(a: f64, coupling: f64, first_seed: u64) -> (f64, f64) {
    static RHYTHM: LazyLock<Array1<f64>> = LazyLock::new(|| rhythm(&data::virtual_subject(1).unwrap().states));
    let (mut fc, mut speed) = (Array2::zeros((16, 16)), Array1::zeros(16));
    for seed in first_seed..first_seed + 3 {
        let x = brain(a, coupling, seed).simulate(3500.0).unwrap().after(500.0).nodes("x").unwrap();
        fc += &functional_connectivity(&x);
        speed += &rhythm(&x);
    }
    let gap: Array1<f64> = speed / 3.0 - &*RHYTHM;
    (distance(&(fc / 3.0), &SUBJECTS[0]), (gap.dot(&gap) / 16.0).sqrt())
}

#[test]
fn the_parts_add_up_and_leave_time_for_their_exercises() {
    prose::has_time("04_fitting");
}

#[test]
fn subjects_are_alike_and_structure_explains_a_part() {
    let [one, two, three] = &*SUBJECTS;
    let connectome = data::small_connectome();
    let values = [likeness(one, two), likeness(one, three), likeness(two, three)];
    assert_eq!(values.map(|r| format!("{r:.3}")), ["0.996", "0.998", "0.996"]);
    stated("As alike as before, 0.996");
    stated(&format!("1. {:.2}. Regions that are linked drive each other", likeness(one, &connectome.weights)));
    stated(&format!("2. {:.2}: the longer the delay", likeness(one, &connectome.lengths)));
    // Regions without a link that go together.
    assert!(connectome.weights.indexed_iter().any(|((n, m), weight)| n != m && *weight == 0.0 && one[[n, m]] > 0.4));
    assert!((likeness(&(one / 10.0), two) - likeness(one, two)).abs() < 1e-12);
    stated(&format!("At 30 Hz half a cycle is {:.0} ms", 500.0 / 30.0));
    stated("100 mm take 10 ms");
    stated("0.2 rad/ms, which is 32 Hz");
    assert_eq!(Hopf { a: 0.0, omega: 0.2 }.frequency().round(), 32.0);
}

#[test]
fn a_subject_has_a_fast_rhythm() {
    let subject = data::virtual_subject(1).unwrap();
    let peak = |row: usize| analysis::power_spectrum(&subject.row(row), 1e-3, 2000).unwrap().below(100.0).peak();
    let peaks: Vec<f64> = (0..16).map(peak).collect();
    let (low, high) = (peaks.iter().copied().fold(99.0, f64::min), peaks.iter().copied().fold(0.0, f64::max));
    assert!(low > 23.0 && high <= 31.0, "{peaks:?}");
    stated("23 to 31 cycles a second");
    assert!(data::virtual_subject(0).unwrap_err().to_string().contains("there are 1 to 6"));
}

#[test]
fn a_run_without_noise_shows_where_it_began_and_its_best_is_on_the_edge() {
    let (mut lowest, mut highest) = (1.0_f64, -1.0_f64);
    for seed in 1..=5 {
        let scores = [-0.1, -0.075, -0.05, -0.025, 0.0].map(|a| {
            let run = HopfNetwork { noise: 0.0, ..brain(a, 1.0, seed) }.simulate(2000.0).unwrap();
            if a == -0.025 {
                assert!(run.last_state().iter().all(|state| state.abs() < 1e-9), "it dies out");
            }
            likeness(&functional_connectivity(&run.nodes("x").unwrap()), &SUBJECTS[0])
        });
        assert!(scores.windows(2).all(|pair| pair[1] > pair[0]), "seed {seed}: {scores:?}");
        (lowest, highest) = (lowest.min(scores[0]), highest.max(scores[4]));
    }
    stated(&format!("between {lowest:.2} and {highest:.2}"));
}

#[test]
fn the_narrow_grid_has_its_best_on_the_edge_and_the_wide_one_inside() {
    let score = |a: f64| Ok(likeness(&mean_fc(a, 1.0, 1), &SUBJECTS[0]));
    let narrow = scan(&Array1::linspace(-0.1, 0.0, 5), score).unwrap();
    assert!(narrow.best().unwrap().on_edge && narrow.scores.iter().all(|score| *score > 0.79));
    let best = scan(&Array1::linspace(-0.1, 0.1, 21), score).unwrap().best().unwrap();
    assert!(!best.on_edge);
    stated(&format!("to {:.2} at $a = {:.2}$, and falls again", best.score, best.value));
    let values: Array1<f64> = Array1::linspace(-0.1, 0.1, 21);
    let alone = |seed: u64| {
        scan(&values, |a| Ok(likeness(&fc_of_run(a, 1.0, seed, 3000.0), &SUBJECTS[0]))).unwrap().best().unwrap().value
    };
    let best: Vec<f64> = (1..=5).map(alone).collect();
    let (low, high) = (best.iter().copied().fold(1.0, f64::min), best.iter().copied().fold(-1.0, f64::max));
    stated(&format!("From {low:.2} to {high:.2}. A paper that reports one run"));
}

/// The grid of the chapter: densely around the truth, and every fourth value elsewhere.
fn pairs() -> Vec<(f64, f64)> {
    let (a, k): (Array1<f64>, Array1<f64>) = (Array1::linspace(-0.1, 0.1, 41), Array1::linspace(0.0, 2.0, 41));
    let near = |row: usize, column: usize| (28..=36).contains(&row) && (10..=28).contains(&column);
    let all = (0..41).flat_map(|row| (0..41).map(move |column| (row, column)));
    let kept = all.filter(|(row, column)| near(*row, *column) || (row % 4 == 0 && column % 4 == 0));
    kept.map(|(row, column)| (a[row], k[column])).collect()
}

/// The pair with the highest score.
fn highest(pairs: &[(f64, f64)], scores: impl Iterator<Item = f64>) -> (f64, f64) {
    let best = pairs.iter().zip(scores).max_by(|(_, one), (_, other)| one.total_cmp(other));
    *best.unwrap().0
}

#[test]
fn by_the_fc_alone_the_scan_finds_a_and_misses_the_coupling() {
    let pairs = pairs();
    let numbers: Vec<f64> = (0..pairs.len()).map(|number| number as f64).collect();
    let fcs = sweep(&numbers, |number| mean_fc(pairs[number as usize].0, pairs[number as usize].1, 1));
    let best = |score: &dyn Fn(&Array2<f64>) -> f64| highest(&pairs, fcs.iter().map(score));
    let (a, k) = best(&|fc| likeness(fc, &SUBJECTS[0]));
    stated(&format!("$a = {a:.3}$, $K = {k:.2}$ by the likeness"));
    let (a, k) = best(&|fc| -distance(fc, &SUBJECTS[0]));
    stated(&format!("$a = {a:.2}$, $K = {k:.2}$ by the RMSE"));
    assert!((a - 0.06).abs() < 0.0051 && (k - 0.8).abs() > 0.051, "{a}, {k}");
    stated(&format!("which is {} pairs, and {} runs", 41 * 41, 3 * 41 * 41));
}

#[test]
fn by_fc_and_rhythm_the_scan_finds_the_pair_that_the_subjects_were_made_with() {
    let pairs = pairs();
    let numbers: Vec<f64> = (0..pairs.len()).map(|number| number as f64).collect();
    let losses = sweep(&numbers, |number| losses(pairs[number as usize].0, pairs[number as usize].1, 1));
    let (a, k) = highest(&pairs, losses.iter().map(|(of_fc, of_rhythm)| -(of_fc + of_rhythm)));
    stated(&format!("Together they leave one spot, $a = {a:.2}$ and $K = {k:.2}$."));
    stated(&format!("The subjects were made with **$a = {a:.2}$ and $K = {k:.2}$**."));
    assert!((a - 0.06).abs() < 1e-9 && (k - 0.8).abs() < 1e-9, "{a}, {k}");
}

#[test]
fn the_ridge_of_the_fc_is_flat_in_the_coupling_and_that_of_the_rhythm_in_a() {
    // Four steps of a to either side, and four of K.
    let [low_a, high_a] = [0.04, 0.08].map(|a| losses(a, 0.8, 1));
    let [low_k, high_k] = [0.6, 1.0].map(|k| losses(0.06, k, 1));
    let farther = |one: f64, other: f64| assert!(one > 1.25 * other, "{one}, {other}");
    farther(low_a.0 + high_a.0, low_k.0 + high_k.0);
    farther(low_k.1 + high_k.1, low_a.1 + high_a.1);
}

#[test]
fn ten_sets_of_seeds_find_both_parameters_to_within_a_step() {
    let pairs: Vec<(f64, f64)> =
        (10..=15).flat_map(|a| (12..=21).map(move |k| (f64::from(a) * 0.005, f64::from(k) * 0.05))).collect();
    let sets: Vec<f64> = (0..10).map(|set| f64::from(10 * set + 1)).collect();
    let found = sweep(&sets, |first_seed| {
        highest(&pairs, pairs.iter().map(|(a, k)| losses(*a, *k, first_seed as u64)).map(|(fc, speed)| -(fc + speed)))
    });
    stated("each of ten sets of seeds finds both to within a step");
    assert!(found.iter().all(|(a, k)| (a - 0.06).abs() < 0.0051 && (k - 0.8).abs() < 0.051), "{found:?}");
}

#[test]
fn the_rhythm_gets_slower_with_the_coupling_and_the_fc_knows_nothing_of_it() {
    let subject = data::virtual_subject(1).unwrap().states;
    stated(&format!("Subject 1 has {:.3}.", rhythm(&subject).mean().unwrap()));
    let rows: Vec<(f64, f64)> = [0.6, 0.7, 0.8, 0.9, 1.0]
        .into_iter()
        .map(|k| {
            let x = brain(0.06, k, 1).simulate(60_500.0).unwrap().after(500.0).nodes("x").unwrap();
            (rhythm(&x).mean().unwrap(), distance(&functional_connectivity(&x), &SUBJECTS[0]))
        })
        .collect();
    stated(&format!("rises evenly, from {:.2} to {:.2}", rows[0].0, rows[4].0));
    assert!(rows.windows(2).all(|pair| (pair[1].0 - pair[0].0 - 0.024).abs() < 0.002), "{rows:?}");
    assert_eq!(format!("{:.3}", rows[4].1), format!("{:.3}", rows[2].1));
    let frequency = |k: f64| {
        let x = brain(0.06, k, 1).simulate(60_500.0).unwrap().after(500.0).nodes("x").unwrap();
        let peak = |n: usize| analysis::power_spectrum(&x.row(n).to_owned(), 1e-3, 2000).unwrap().below(100.0).peak();
        (0..16).map(peak).sum::<f64>() / 16.0
    };
    stated(&format!("fall from {:.1} to {:.1} Hz", frequency(0.6), frequency(1.0)));
    // A node alone, and a quarter of its cycle.
    assert!((500.0 / Hopf { a: 0.06, omega: 0.2 }.frequency() / 2.0 - 8.0).abs() < 0.2);
    assert!((0.2_f64 * 8.0).cos().abs() < 0.05);
    // The moments in another order: 7919 is prime, so each comes once.
    let times = subject.ncols();
    let order: Vec<usize> = (0..times).map(|time| time * 7919 % times).collect();
    let shuffled = functional_connectivity(&subject.select(ndarray::Axis(1), &order));
    assert!(distance(&shuffled, &SUBJECTS[0]) < 1e-9);
}

#[test]
fn the_subjects_are_model_d_with_the_parameters_that_the_chapter_gives() {
    let run = HopfNetwork { seed: 101, ..data::model_d(0.06, 0.8) }.simulate(600.0).unwrap().after(500.0);
    let subject = data::virtual_subject(1).unwrap();
    assert_eq!(run.nodes("x").unwrap(), subject.states.slice(s![.., ..101]));
    assert_eq!((subject.times[0], subject.times[60_000]), (0.0, 60_000.0));
}

/// Where five sets of seeds find the best coupling at the true `a`, from the lowest to the highest.
fn range_of_coupling(loss: impl Fn(f64, u64) -> f64 + Sync) -> String {
    let near: Array1<f64> = Array1::linspace(0.4, 1.4, 21);
    let best = |first_seed: u64| scan(&near, |k| Ok(-loss(k, first_seed))).unwrap().best().unwrap().value;
    let best: Vec<f64> = [1, 11, 21, 31, 41].into_iter().map(best).collect();
    let (low, high) = (best.iter().copied().fold(9.0, f64::min), best.iter().copied().fold(0.0, f64::max));
    format!("{low:.2} to {high:.2}")
}

#[test]
fn chance_alone_moves_the_best_coupling() {
    let range = range_of_coupling(|k, first_seed| distance(&mean_fc(0.06, k, first_seed), &SUBJECTS[0]));
    stated(&format!("From {range}, by chance alone."));
    stated(&format!("where the FC alone gave {range}"));
}

#[test]
fn more_subjects_and_longer_runs_help_little() {
    let mean = (&SUBJECTS[0] + &SUBJECTS[1] + &SUBJECTS[2]) / 3.0;
    let subjects = range_of_coupling(|k, first_seed| distance(&mean_fc(0.06, k, first_seed), &mean));
    let longer = |k: f64, first_seed: u64| {
        let sum =
            (first_seed..first_seed + 3).map(|seed| fc_of_run(0.06, k, seed, 9000.0)).reduce(|one, other| one + other);
        distance(&(sum.unwrap() / 3.0), &SUBJECTS[0])
    };
    let longer = range_of_coupling(longer);
    stated(&format!("the mean FC of three subjects, the range is {subjects};"));
    stated(&format!("with runs that are three times as long, {longer}."));
}

#[test]
fn with_the_rhythm_chance_moves_the_best_coupling_by_a_step() {
    let range = range_of_coupling(|k, first_seed| {
        let (of_fc, of_rhythm) = losses(0.06, k, first_seed);
        of_fc + of_rhythm
    });
    stated(&format!("From {range}, where the FC alone"));
}

#[test]
fn near_the_truth_the_model_is_as_near_as_another_subject_and_elsewhere_it_is_not() {
    let [one, two, three] = &*SUBJECTS;
    let ceiling = distance(two, one);
    for (k, reaches) in [(0.5, false), (0.7, true), (0.8, true), (0.9, true), (1.3, false)] {
        let fc = fc_of_run(0.06, k, 1000, 60_000.0);
        assert_eq!(distance(&fc, one) < 1.25 * ceiling, reaches, "{k}: {} of {ceiling}", distance(&fc, one));
    }
    let fitted = fc_of_run(0.06, 0.8, 1000, 60_000.0);
    assert!([one, two, three].iter().all(|fc| likeness(&fitted, fc) > 0.99));
    assert!((0.5_f64 / 0.7 - 0.71).abs() < 0.005);
    stated("The ratio, 0.71");
}

#[test]
fn bold_of_a_fast_rhythm_carries_its_size_and_not_its_phase() {
    let run = brain(0.06, 0.8, 1).simulate(300_000.0).unwrap().after(1000.0);
    let (x, y) = (run.nodes("x").unwrap(), run.nodes("y").unwrap());
    let size = (&x * &x + &y * &y).mapv(f64::sqrt);
    let bold = |activity: &Array2<f64>| {
        functional_connectivity(&BalloonWindkessel::default().simulate(activity, 1.0).unwrap().after(20.0).states)
    };
    let activity = functional_connectivity(&x);
    let (from_x, from_size) = (bold(&x.mapv(|x| 4.0 * (x + 1.0))), bold(&size));
    stated(&format!("has nothing to do with that of $x$ ({:.2})", likeness(&activity, &from_x)));
    stated(&format!("carry connectivity into BOLD ({:.2})", likeness(&activity, &from_size)));
    stated(&format!("About {:.2}, with everything else perfect", likeness(&activity, &from_size)));
}

#[test]
fn the_counts_of_runs_are_right() {
    stated("Three would take 68,921");
    assert_eq!(41_u32.pow(3), 68_921);
    let runs = f64::from(41_u32.pow(4));
    let years = runs * 10.0 / 60.0 / 24.0 / 365.25;
    stated(&format!("{:.1} million runs, or {years:.0} years", runs / 1e6));
}
