//! Every number that the preparation for chapter 2 and its quiz state is computed here, and found in them.

use crate::prose;
use neurobook::models::Exponential;
use neurobook::quiz::quiz_dynamical_systems;
use std::f64::consts::PI;

#[track_caller]
fn stated(phrase: &str) {
    prose::says("02_prep_dynamical_systems", phrase);
}

#[track_caller]
fn asked(phrase: &str) {
    assert!(quiz_dynamical_systems().html().replace('−', "-").contains(phrase), "the quiz does not say: {phrase}");
}

/// The resting neuron, in mV per ms.
fn rate(v: f64) -> f64 {
    -(v + 70.0) / 10.0
}

#[test]
fn the_resting_neuron_has_the_stated_rates() {
    assert_eq!(rate(-50.0), -2.0);
    stated("At $v = -50$ the rate is $-20/10 = -2$");
    assert_eq!(rate(-90.0), 2.0);
    stated("At $v = -90$ it is $+2$.");
    assert_eq!(rate(-70.0), 0.0);
    asked("At v = 0 the rate is -7 mV per ms.");
    assert_eq!(rate(0.0), -7.0);
}

#[test]
fn one_step_of_eulers_method_lands_near_the_formula() {
    assert_eq!(-50.0 + rate(-50.0) * 1.0, -52.0);
    stated("$-50 - 2 \\times 1 = -52$ mV");
    let exact = -70.0 + Exponential::new(-0.1).exact(20.0, 1.0).re;
    stated(&format!("The formula says {exact:.2} mV."));
}

#[test]
fn the_mass_swings_as_the_six_points_say() {
    let (x, v) = (|t: f64| (PI * t).cos(), |t: f64| -PI * (PI * t).sin());
    let close = |a: f64, b: f64| (a - b).abs() < 1e-12;
    assert!(close(x(0.0), 1.0) && close(v(0.0), 0.0) && close(x(1.0), -1.0) && close(v(1.0), 0.0));
    assert!(close(x(0.5), 0.0) && close(v(0.5), -PI) && close(v(1.5), PI));
    stated(&format!("an ellipse, 1 cm to each side and {PI:.2} cm/s up and down"));
    stated(&format!("the velocity is at its extremes, ±{PI:.2} cm/s"));
    assert!(close(x(2.3), x(0.3)) && close(v(2.3), v(0.3)));
    stated("After 2 seconds the state is the same as at first");
    // Clockwise: position × rate of velocity - velocity × rate of position is negative.
    assert!((0..20).map(|k| 0.1 * f64::from(k)).all(|t| x(t) * (-PI * PI * x(t)) - v(t) * v(t) < 0.0));
}

#[test]
fn the_rhythm_has_the_radius_root_a_and_dies_below_0() {
    let distance = |a: f64, start: f64| (0..300_000).fold(start, |r: f64, _| r + 0.001 * (a - r * r) * r);
    for start in [0.1, 1.5] {
        assert!((distance(0.5, start) - 0.5_f64.sqrt()).abs() < 1e-9);
        assert!(distance(-0.5, start) < 1e-9);
    }
    stated("of radius $\\sqrt a$");
}

#[test]
fn the_quizs_answers_are_computed_ones() {
    assert_eq!(-2.0 * 3.0, -6.0);
    asked("data-value=\"-6\"");
    assert_eq!(80 * 2, 160);
    asked("data-value=\"160\"");
    asked("data-value=\"-70\"");
    // The three fixed points of x - x³, and the slope of the rate there: stable where it is negative.
    let slope = |x: f64| 1.0 - 3.0 * x * x;
    assert!([-1.0, 0.0, 1.0].iter().all(|x: &f64| x - x.powi(3) == 0.0));
    assert!(slope(-1.0) < 0.0 && slope(0.0) > 0.0 && slope(1.0) < 0.0);
    asked("those at -1 and 1");
}

#[test]
fn from_rest_to_rhythm_there_is_more_than_hopfs_bifurcation() {
    for accepted in ["SNIC", "saddle-node on an invariant circle", "homoclinic bifurcation", "Hopf bifurcation"] {
        asked(accepted);
    }
    asked("There are several from rest to rhythm");
}
