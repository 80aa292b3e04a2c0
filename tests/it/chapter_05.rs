//! Every number that the prose of chapter 5 states is computed here, and found in it.

use crate::prose;
use crate::study::{self, Session, Study, TR, study};
use neurobook::analysis::{functional_connectivity, matrix_correlation, upper_triangle};
use neurobook::prelude::*;

#[track_caller]
fn stated(phrase: &str) {
    prose::says("05_own_data", phrase);
}

fn mean(fc: &Array2<f64>) -> f64 {
    let all: Vec<f64> = upper_triangle(fc).iter().copied().filter(|r| !r.is_nan()).collect();
    all.iter().sum::<f64>() / all.len() as f64
}

/// The chapter's model, as it is.
fn same(model: HopfNetwork) -> HopfNetwork {
    model
}

/// With all volumes that the scanner did not lose.
fn fc_of_all(session: &Session) -> Array2<f64> {
    functional_connectivity(
        &session.series.states.select(neurobook::ndarray::Axis(1), &study::there(&session.series.states)),
    )
}

fn couplings() -> Vec<f64> {
    (0..14).map(|k| 0.01 * 1.5_f64.powi(k)).collect()
}

fn scan_of(study: &Study, way: &str) -> Vec<[f64; 4]> {
    let (weights, data) = (study.weights(way), study.session(1));
    sweep(&couplings(), |k| study::scores(&weights, k, &data, &same))
}

fn best_of(scores: &[[f64; 4]], which: usize) -> usize {
    let sign = if which == 0 { -1.0 } else { 1.0 };
    let loss = |k: &usize| sign * scores[*k][which];
    (0..scores.len()).min_by(|a, b| loss(a).total_cmp(&loss(b))).unwrap()
}

#[test]
fn the_parts_add_up_and_leave_time_for_their_exercises() {
    prose::has_time("05_own_data");
}

#[test]
fn a_wrong_order_of_regions_gives_another_result_and_no_warning() {
    let study = study();
    let session = &study.sessions[0];
    let alike = |series: &Array2<f64>| {
        let there = series.select(neurobook::ndarray::Axis(1), &study::there(series));
        matrix_correlation(&functional_connectivity(&there), &study.connectome.weights).unwrap()
    };
    let (wrong, right) = (alike(&session.in_file), alike(&session.series.states));
    assert!(wrong.abs() < 0.1 && right > 0.5, "{wrong} {right}");
    stated(&format!("{wrong:.2} in place of {right:.2}"));
}

#[test]
fn what_is_left_out_is_counted_and_movement_makes_connectivity() {
    let study = study();
    let [one, two] = [0, 1].map(|k| &study.sessions[k]);
    stated(&format!("{} and {} of 400 volumes are out", 400 - one.kept.len(), 400 - two.kept.len()));
    let (all_1, all_2) = (mean(&fc_of_all(one)), mean(&fc_of_all(two)));
    let (kept_1, kept_2) = (mean(&one.fc()), mean(&two.fc()));
    stated(&format!(
        "with them the mean FC was {all_1:.2} and {all_2:.2}, without them it is {kept_1:.2} and {kept_2:.2}"
    ));
    stated(&format!("a \"difference in connectivity\" of {:.2}", all_2 - all_1));
    let labels = study::labels();
    let out: Vec<&str> = (0..16).filter(|n| !study.used.contains(n)).map(|n| labels[n].as_str()).collect();
    assert_eq!(out, ["Temporal_R", "Hippocampus_R"]);
    stated("so were a region that session 2 does not cover and one without links (14 used)");
    assert_eq!(study.used.len() * (study.used.len() - 1) / 2, 91);
    stated("Of 91 pairs some five lie outside of theirs");
    stated(&format!("({} and {} kept)", one.kept.len(), two.kept.len()));
}

fn effective_samples(one: &Array1<f64>, other: &Array1<f64>) -> f64 {
    let samples = one.len();
    let remembered = |signal: &Array1<f64>, lag: usize| {
        let (now, later) = (signal.slice(s![..samples - lag]).to_owned(), signal.slice(s![lag..]).to_owned());
        analysis::correlation(&now, &later).unwrap()
    };
    let sum: f64 = (1..=30).map(|lag| remembered(one, lag) * remembered(other, lag)).sum();
    samples as f64 / (1.0 + 2.0 * sum)
}

#[test]
fn many_volumes_are_worth_few_and_an_interval_is_wide() {
    let session = study().session(1);
    let kept = session.series.states.select(neurobook::ndarray::Axis(1), &session.kept);
    let fc = functional_connectivity(&kept);
    let mut pairs: Vec<(usize, usize)> = (0..14).flat_map(|i| (i + 1..14).map(move |j| (i, j))).collect();
    pairs.sort_by(|one, other| fc[*one].total_cmp(&fc[*other]));
    let worth = |(i, j): (usize, usize)| effective_samples(&kept.row(i).to_owned(), &kept.row(j).to_owned());
    let all: Vec<f64> = [pairs[0], pairs[45], pairs[90]].map(worth).to_vec();
    assert!(all.iter().all(|n| (145.0..209.0).contains(n)), "{all:?}");
    stated(&format!("{} volumes are worth 150 to 200", kept.ncols()));
    let (r, half) = (fc[pairs[45]], 1.96 / (worth(pairs[45]) - 3.0).sqrt());
    let (low, high) = ((r.atanh() - half).tanh(), (r.atanh() + half).tanh());
    stated(&format!("$r$ is {r:.2}, and it may be anything from {low:.2} to {high:.2}"));
}

#[test]
fn movement_makes_a_person_unlike_himself_and_the_ceiling_has_two_heights() {
    let study = study();
    let (one, two) = (study.session(1), study.session(2));
    let retest = matrix_correlation(&one.fc(), &two.fc()).unwrap();
    let careless = matrix_correlation(&fc_of_all(&one), &fc_of_all(&two)).unwrap();
    stated(&format!("with all volumes, {careless:.2} in place of {retest:.2}"));
    stated(&format!("the root of the test-retest likeness, {:.2}", retest.sqrt()));
    stated(&format!("The sessions' FCs are alike to {retest:.2}"));
}

#[test]
fn the_way_to_normalise_decides_which_links_there_are() {
    let study = study();
    let ratio = |way: &str| {
        let mut links: Vec<f64> = study.weights(way).iter().copied().filter(|w| *w > 0.0).collect();
        links.sort_by(f64::total_cmp);
        links[links.len() - 1] / links[links.len() / 2]
    };
    stated(&format!("one link is {:.0} times the middle one", ratio("largest").floor()));
    stated(&format!("The logarithm makes that {:.1}.", ratio("log")));
    let row = study.weights("row");
    assert!(row.indexed_iter().any(|((n, m), w)| (row[[m, n]] - w).abs() > 0.1), "no longer symmetric");
}

#[test]
fn a_delay_matters_by_the_cycle() {
    let study = study();
    let length = upper_triangle(&study.lengths()).mean().unwrap();
    let share = |hertz: f64| length / 1000.0 / 10.0 * hertz;
    assert!((0.4..0.5).contains(&share(40.0)));
    stated("At 40 Hz the mean delay is nearly half a cycle");
    assert!((1.0 / share(0.05) - 2000.0).abs() < 250.0, "{}", 1.0 / share(0.05));
    stated(&format!("the mean one is {:.4} of a cycle", share(0.05)));
}

/// What is fitted: computed once.
fn fitted() -> (Study, Vec<[f64; 4]>) {
    let study = study();
    let scores = scan_of(&study, "largest");
    (study, scores)
}

#[test]
fn the_likeness_does_not_decide_the_coupling_and_the_others_do() {
    let (study, scores) = fitted();
    let couplings = couplings();
    let best = best_of(&scores, 0);
    let flat: Vec<f64> = (0..14).filter(|k| scores[*k][0] > scores[best][0] - 0.05).map(|k| couplings[k]).collect();
    stated(&format!("from {:.2} to {:.1}", flat[0], flat[flat.len() - 1]));
    let found: Vec<usize> = (1..4).map(|which| best_of(&scores, which)).collect();
    assert!(found.iter().all(|k| k.abs_diff(found[0]) <= 2), "{found:?}");
    stated(&format!("At $K$ = {:.2} per s", couplings[found[0]]));
    stated("their best values are 0.17 by chance");
    assert!(found.iter().all(|k| *k == found[0]));
    let log = scan_of(&study, "log");
    stated(&format!(
        "The logarithm has the best FCD at {:.1} and the best spectra at {:.2}",
        couplings[best_of(&log, 1)],
        couplings[best_of(&log, 3)]
    ));
    let on_second = study::scores(&study.weights("largest"), couplings[found[0]], &study.session(2), &same);
    let on_first = scores[found[0]];
    stated(&format!("the model's FC has a likeness of {:.2}; on the other {:.2}", on_first[0], on_second[0]));
    let alone =
        [1, 2].map(|number| matrix_correlation(&study.weights("largest"), &study.session(number).fc()).unwrap());
    stated(&format!("fall as well, from {:.2} to {:.2}", alone[0], alone[1]));
    assert!((on_first[1] - on_second[1]).abs() < 0.02 && (on_first[3] - on_second[3]).abs() < 0.02);
    assert_eq!((format!("{:.2}", on_first[1]), format!("{:.2}", on_second[1])), ("0.07".into(), "0.07".into()));
    stated("KS distance 0.07 on both sessions");
}

#[test]
fn the_nulls_are_as_the_chapter_says() {
    let study = study();
    let (weights, data) = (study.weights("largest"), study.session(1));
    let observed = study::best_likeness(&weights, &data, &same);
    let seeds: Vec<f64> = (1..=39).map(f64::from).collect();
    let rewired =
        sweep(&seeds, |seed| study::best_likeness(&network::rewired(&weights, seed as u64).unwrap(), &data, &same));
    assert_eq!(study::null_p(observed, &rewired), 0.025);
    let all = Array1::from_vec(rewired);
    stated(&format!(
        "Our connectome: {observed:.2}. Rewired: {:.2} ± {:.2}, none of 39 as good, $p = 0.025$",
        all.mean().unwrap(),
        all.std(1.0)
    ));
    let alone = |matrix: &Array2<f64>| matrix_correlation(matrix, &data.fc()).unwrap();
    stated(&format!("without any model it comes to {:.2}", alone(&study.by_distance())));
    let of_distance = study::best_likeness(&study.by_distance(), &data, &same);
    stated(&format!("on the weights of distance alone comes to {of_distance:.2}"));
    stated(&format!("come to {:.2}", alone(&weights)));
    let second = study.session(2);
    let on_second = |matrix: &Array2<f64>| matrix_correlation(matrix, &second.fc()).unwrap();
    let model = study::scores(&weights, couplings()[7], &second, &same)[0];
    stated(&format!("distance reaches {:.2} and the model {model:.2}", on_second(&study.by_distance())));
    stated(&format!("(on session 2: {:.2} and {:.2})", on_second(&weights), on_second(&study.by_distance())));
}

#[test]
fn nothing_says_that_connectivity_changes() {
    let study = study();
    let p = [1, 2].map(|number| {
        let whole = study.session(number).filled().states;
        let observed = study::fcd(&whole).std(0.0);
        let seeds: Vec<f64> = (1..=99).map(f64::from).collect();
        let nulls = sweep(&seeds, |seed| study::fcd(&analysis::phase_randomized(&whole, seed as u64)).std(0.0));
        study::null_p(observed, &nulls)
    });
    stated(&format!("$p = {:.2}$ and {:.2}", p[0], p[1]));
}

#[test]
fn the_json_beside_the_series_has_the_repetition_time_of_the_chapter() {
    let text = std::fs::read_to_string(study::file("task-rest_timeseries.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["RepetitionTime"], TR);
}
