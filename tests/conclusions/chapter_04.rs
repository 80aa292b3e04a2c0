//! Every number that the prose of chapter 4 states of its data, its scans and its ceilings is computed here, and found in it.

use crate::brain::{SUBJECTS, brain, distance, fc_of_run, likeness, mean_fc};
use crate::prose;
use neurobook::analysis::functional_connectivity;
use neurobook::prelude::*;

#[track_caller]
fn stated(phrase: &str) {
    prose::says("04_fitting", phrase);
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
    assert_eq!(values.map(|r| format!("{r:.3}")), ["0.987", "0.992", "0.995"]);
    stated("As alike as before, 0.987");
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
    let spectra = analysis::power_spectra(&subject.in_seconds(), 2000).unwrap();
    let peaks: Vec<f64> = spectra.iter().map(|spectrum| spectrum.below(100.0).peak()).collect();
    let (low, high) = (peaks.iter().copied().fold(99.0, f64::min), peaks.iter().copied().fold(0.0, f64::max));
    assert!(low > 22.0 && high <= 31.0, "{peaks:?}");
    stated("22 to 31 cycles a second");
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
    assert!(narrow.best().unwrap().on_edge && narrow.scores.iter().all(|score| *score > 0.7));
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

#[test]
fn the_network_begins_to_oscillate_above_the_bifurcation_of_its_nodes() {
    let left = |a: f64, k: f64| {
        let model = HopfNetwork { noise: 0.0, ..brain(a, k, 1) };
        model
            .simulate(6000.0)
            .unwrap()
            .after(5000.0)
            .nodes("x")
            .unwrap()
            .iter()
            .fold(0.0_f64, |most, x| most.max(x.abs()))
    };
    for (k, silent, oscillates) in [(1.0, 0.018, 0.024), (0.8, 0.014, 0.020)] {
        assert!(left(silent, k) < 1e-6 && left(oscillates, k) > 0.05, "{k}");
    }
    assert!(left(0.002, 0.0) > 0.01, "a node alone oscillates from 0 on");
    stated("Coupled with $K = 1$, the network is silent up to about 0.02, and with $K = 0.8$ up to about 0.016");
    // Most nodes would be silent, if they heard nothing of the others.
    let strengths = network::strengths(&data::small_connectome().weights);
    assert_eq!(strengths.iter().filter(|s| 0.06 - 0.8 * **s / 2.0 < 0.0).count(), 10);
    stated("its growth is about $a - K s/2$");
}

#[test]
fn two_linked_regions_a_quarter_of_a_cycle_apart_have_no_correlation() {
    let connectome = data::small_connectome();
    assert!(connectome.weights[[9, 12]] > 0.0);
    stated(&format!("Rows 9 and 12 are linked, and their FC is {:.2}", SUBJECTS[0][[9, 12]].abs()));
    let subject = data::virtual_subject(1).unwrap();
    let (nine, twelve) = (subject.row(9), subject.row(12));
    let lagged: Vec<f64> = (0..=40_usize)
        .map(|lag| {
            let (now, later) = (nine.slice(s![..60_001 - lag]).to_owned(), twelve.slice(s![lag..]).to_owned());
            analysis::correlation(&now, &later).unwrap()
        })
        .collect();
    let (low, high) = lagged.iter().fold((1.0_f64, -1.0_f64), |(low, high), r| (low.min(*r), high.max(*r)));
    stated(&format!("swings to {low:.2} and {high:.2}"));
    // The subject's own run, for its second variable.
    let run = HopfNetwork { seed: 101, dt: 0.1, ..data::model_d(0.06, 0.8) }.simulate(60_500.0).unwrap().after(500.0);
    let run = run.every(10);
    let (x, y) = (run.nodes("x").unwrap(), run.nodes("y").unwrap());
    let difference = |t: usize| Complex64::new(x[[9, t]], y[[9, t]]) * Complex64::new(x[[12, t]], -y[[12, t]]);
    let mean = (0..x.ncols()).map(|t| difference(t) / difference(t).norm()).sum::<Complex64>() / x.ncols() as f64;
    stated(&format!("is {:.2} here", mean.norm()));
    assert!((mean.arg().abs().to_degrees() - 90.0).abs() < 5.0, "{mean}");
}

#[test]
fn the_noise_of_the_chapter_is_white_noise_of_another_strength() {
    let (sigma, tau, omega) = (0.005, 5.0, 0.2_f64);
    stated(&format!("as white noise of {:.3} would", sigma * tau / (1.0 + (omega * tau).powi(2)).sqrt()));
}

#[test]
fn from_0_7_to_1_the_model_is_as_near_as_another_subject_and_both_ceilings_are_where_the_text_says() {
    let [one, two, three] = &*SUBJECTS;
    let others = distance(two, one).max(distance(three, one));
    for (k, reaches) in [(0.7, true), (0.8, true), (0.9, true), (1.0, true), (1.3, false)] {
        let fc = fc_of_run(0.06, k, 1000, 60_000.0);
        assert_eq!(distance(&fc, one) < others, reaches, "{k}: {} of {others}", distance(&fc, one));
    }
    let x = data::virtual_subject(1).unwrap().states;
    let half = |from: usize| functional_connectivity(&x.slice(s![.., from..from + 30_000]).to_owned());
    let halves = likeness(&half(0), &half(30_000));
    // The formula of Spearman and Brown.
    assert!(2.0 * halves / (1.0 + halves) > halves && halves > 0.98);
    stated("the formula of **Spearman and Brown**, $2r/(1 + r)$");
    // Without a model: the distances are the stronger rival.
    let connectome = data::small_connectome();
    let rivals = [likeness(one, &connectome.weights), likeness(one, &connectome.lengths)];
    assert!(rivals[1].abs() > rivals[0]);
    stated(&format!("FC with the weights ({:.2} here)", rivals[0]));
    stated(&format!("the stronger rival ({:.2} in size here)", rivals[1].abs()));
    let fitted = fc_of_run(0.06, 0.8, 1000, 60_000.0);
    assert!([one, two, three].iter().all(|fc| likeness(&fitted, fc) > 0.99));
    assert!((0.5_f64 / 0.7 - 0.71).abs() < 0.005);
    stated("The ratio, 0.71");
}

#[test]
fn the_counts_of_runs_are_right() {
    assert_eq!(41_u32.pow(2), 1681);
    stated("Two parameters of 41 values each are 1681 pairs. Three would take 68,921");
    assert_eq!(41_u32.pow(3), 68_921);
    let runs = f64::from(41_u32.pow(4));
    let years = runs * 10.0 / 60.0 / 24.0 / 365.25;
    stated(&format!("{:.1} million runs, or {years:.0} years", runs / 1e6));
}
