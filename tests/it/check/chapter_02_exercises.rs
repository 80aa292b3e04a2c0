//! The other exercises of chapter 2, in the ways in which learners write them.

use neurobook::check::Verdict;
use neurobook::{Trajectory, prelude::*};

use super::{diagnosed, passes, problem};

type Matrix = [[f64; 2]; 2];

fn rates([[a, b], [c, d]]: Matrix, [p, q]: [f64; 2]) -> [f64; 2] {
    [a * p + b * q, c * p + d * q]
}

#[test]
fn the_rate_of_a_linear_system_passes_and_its_mistakes_are_named() {
    let checked = |linear_rate: fn(Matrix, [f64; 2]) -> [f64; 2]| check!(linear_rate(matrix, x) -> rate);
    let named = |answer| diagnosed(&checked(answer)).to_owned();
    passes(&checked(rates));
    assert_eq!(named(|[[a, b], [c, d]], x| rates([[a, c], [b, d]], x)), "rows and columns have changed places");
    assert_eq!(named(|m, x| [m[0][0] * x[0], m[1][1] * x[1]]), "only the diagonal");
    assert_eq!(named(|m, x| [rates(m, x)[0]; 2]), "one row for both rates");
    assert_eq!(named(|m, x| [rates(m, x)[1]; 2]), "one row for both rates");
    assert_eq!(named(|m, x| [rates(m, x)[1], rates(m, x)[0]]), "the rates have changed places");
    assert_eq!(named(|m, [p, q]| rates(m, [q, p])), "the variables have changed places");
    assert_eq!(
        named(|m, x| [rates(m, x)[0], m[1][0] * rates(m, x)[0] + m[1][1] * x[1]]),
        "the second rate uses the first one"
    );
    assert_eq!(named(|m, _| [m[0][0] + m[0][1], m[1][0] + m[1][1]]), "the state is missing");
    assert_eq!(named(|m, [p, q]| rates(m, [p, -q])), "the second product is subtracted");
    assert_eq!(named(|m, x| [x[0] + rates(m, x)[0], x[1] + rates(m, x)[1]]), "a new state instead of a rate");
    assert_eq!(named(|_, x| x), "nothing");
}

fn classified(four_classes: fn() -> [&'static str; 4]) -> Verdict {
    check!(four_classes() -> kinds)
}

#[test]
fn the_four_classes_pass_in_the_words_of_other_books_too() {
    passes(&classified(|| ["centre", "source", "sink", "saddle"]));
    passes(&classified(|| ["Center", "unstable node", "stable node", "Saddle point "]));
}

#[test]
fn a_wrong_class_gets_a_hint_and_not_the_answer() {
    for (answer, hint) in [
        (classified(|| ["sink", "source", "sink", "saddle"]), "A1 has no real part"),
        (classified(|| ["centre", "source", "sadle", "saddle"]), "A1 and A2 are right."),
    ] {
        assert!(answer.hint.as_deref().unwrap().contains(hint), "{answer}");
        assert_eq!((&problem(&answer).expected, &problem(&answer).got), (&None, &None));
    }
    let verdict = classified(|| ["sink", "source", "sink", "saddle"]).to_string();
    assert!(!verdict.contains("centre"), "{verdict}");
    assert_eq!(
        diagnosed(&classified(|| ["centre", "sink", "source", "saddle"])),
        "source and sink have changed places"
    );
    assert_eq!(
        diagnosed(&classified(|| ["centre", "source", "sink", "saddle node"])),
        "a saddle-node is something else"
    );
}

#[test]
fn the_last_sample_passes_and_its_mistakes_are_named() {
    let checked = |last_sample: fn(&Trajectory) -> (f64, f64)| check!(last_sample(&run) -> (time, phase));
    let named = |answer| diagnosed(&checked(answer)).to_owned();
    passes(&checked(|run| (run.times[run.len() - 1], run.states[[0, run.len() - 1]])));
    assert_eq!(named(|run| (run.times[0], run.states[[0, 0]])), "the first sample");
    assert_eq!(named(|run| (run.times[run.len() - 1], run.states[[0, 0]])), "the first sample");
    assert_eq!(
        named(|run| (run.times[run.len().saturating_sub(2)], run.states[[0, run.len().saturating_sub(2)]])),
        "one before the last"
    );
    assert_eq!(
        named(|run| (run.states[[0, run.len() - 1]], run.times[run.len() - 1])),
        "time and phase have changed places"
    );
    assert_eq!(named(|run| ((run.len() - 1) as f64, run.states[[0, run.len() - 1]])), "an index in place of a time");
    assert_eq!(
        named(|run| (run.times[run.len() - 1], run.states[[run.states.nrows() - 1, run.len() - 1]])),
        "the last node"
    );
    assert_eq!(named(|run| (run.times[run.len() - 1], run.times[run.len() - 1])), "the phase is the time again");
    let past_the_end = checked(|run| (run.times[run.len()], 0.0));
    assert!(past_the_end.to_string().contains("n values have the indices 0 to n - 1"), "{past_the_end}");
}

#[test]
fn the_figure_of_a_phase_passes_and_its_mistakes_are_named() {
    let checked = |phase_figure: fn(&Trajectory) -> Figure| check!(phase_figure(&run) -> figure);
    let named = |answer| diagnosed(&checked(answer)).to_owned();
    passes(&checked(|run| Figure::new().phase(&run.times, run.row(0))));
    passes(&checked(|run| Figure::new().line(&run.times, run.row(0)).title("A line will do")));
    assert_eq!(named(|run| Figure::new().phase(run.row(0), run.row(0))), "the phase on the horizontal axis");
    assert_eq!(named(|run| Figure::new().phase(&run.times, &run.times)), "time against itself");
    assert_eq!(
        named(|run| Figure::new().phase(Array1::range(0.0, run.len() as f64, 1.0), run.row(0))),
        "samples counted instead of times"
    );
    assert_eq!(named(|run| Figure::new().phase(&run.times, run.row(run.states.nrows() - 1))), "another node");
    assert_eq!(named(|_| Figure::new()), "nothing is drawn");
}

#[test]
fn the_alpha_rhythm_passes_and_its_mistakes_are_named() {
    let checked = |omega: f64| {
        let alpha_rhythm = || omega;
        check!(alpha_rhythm() -> omega)
    };
    passes(&checked(2.0 * PI * 10.0 / 1000.0));
    passes(&checked(0.063));
    for (omega, mistake) in [
        (0.01, "cycles instead of radians"),
        (20.0 * PI, "seconds instead of milliseconds"),
        (10.0, "a frequency in Hz"),
        (100.0, "the time of a cycle"),
        (0.01 * PI, "half a turn"),
        (-0.02 * PI, "backwards"),
        (0.0016, "divided by 2π"),
        (0.05, "nothing"),
    ] {
        assert_eq!(diagnosed(&checked(omega)), mistake);
    }
    assert!(checked(f64::NAN).to_string().contains("NaN"));
}

#[test]
fn the_order_parameter_passes_and_its_mistakes_are_named() {
    fn sum(phases: &Array1<f64>) -> Complex64 {
        phases.iter().map(|theta| Complex64::from_polar(1.0, *theta)).sum()
    }
    fn count(phases: &Array1<f64>) -> f64 {
        phases.len() as f64
    }
    let checked = |order_parameter: fn(&Array1<f64>) -> f64| check!(order_parameter(&phases) -> R);
    let named = |answer| diagnosed(&checked(answer)).to_owned();
    passes(&checked(|phases| (sum(phases) / count(phases)).norm()));
    passes(&checked(|phases| phases.mapv(f64::cos).mean().unwrap().hypot(phases.mapv(f64::sin).mean().unwrap())));
    assert_eq!(named(|phases| sum(phases).norm()), "a sum instead of a mean");
    assert_eq!(named(|phases| phases.iter().map(|_| 1.0).sum::<f64>() / count(phases)), "the size is taken too early");
    assert_eq!(named(|phases| phases.sum() / count(phases)), "the mean of the phases");
    assert_eq!(
        named(|phases| {
            let arrows: Complex64 = phases.iter().map(|theta| Complex64::from_polar(*theta, 1.0)).sum();
            (arrows / phases.len() as f64).norm()
        }),
        "length and angle have changed places"
    );
    assert_eq!(named(|phases| (sum(phases) / count(phases)).re), "only one part of the arrow");
    assert_eq!(named(|phases| (sum(phases) / count(phases)).norm_sqr()), "R squared");
    assert_eq!(named(|phases| sum(phases).arg()), "the angle of the mean");
    assert_eq!(named(|phases| sum(phases).norm() / count(phases).powi(2)), "divided twice");
    assert_eq!(named(|_| 0.5), "nothing");
}

#[test]
fn any_growing_oscillation_answers_the_first_bonus_question() {
    let checked = |a: Complex64| {
        let growing_oscillation = || a;
        check!(growing_oscillation() -> a)
    };
    for a in [Complex64::new(0.2, 1.0), Complex64::new(2.0, -4.0), Complex64::new(1e-3, 7.0)] {
        passes(&checked(a));
    }
    for (a, mistake) in [
        (Complex64::new(0.5, 0.0), "nothing oscillates"),
        (Complex64::new(0.0, 3.0), "it keeps its size"),
        (Complex64::new(-0.2, 3.0), "it decays"),
        (Complex64::new(f64::NAN, 3.0), "nothing"),
    ] {
        assert_eq!(diagnosed(&checked(a)), mistake, "{a}");
    }
    assert!(checked(Complex64::new(f64::NAN, 3.0)).to_string().contains("NaN (not a number)"));
}

#[test]
fn half_a_hertz_is_pi_radians_a_second_either_way_round() {
    let checked = |a: Complex64| {
        let half_hertz = || a;
        check!(half_hertz() -> a)
    };
    for im in [PI, -PI, 3.1, 3.15] {
        passes(&checked(Complex64::new(0.0, im)));
    }
    for (a, mistake) in [
        (Complex64::new(0.0, 0.5), "cycles instead of radians"),
        (Complex64::new(0.0, 0.0), "nothing turns"),
        (Complex64::new(0.2, PI), "it grows"),
        (Complex64::new(-0.2, PI), "it decays"),
        (Complex64::new(0.0, 3.0), "nothing"),
        (Complex64::new(0.0, 3.3), "nothing"),
    ] {
        assert_eq!(diagnosed(&checked(a)), mistake, "{a}");
    }
    // The learner's own answer is repeated, the expected one is not said.
    let verdict = checked(Complex64::new(0.0, 3.0)).to_string();
    assert!(verdict.contains("Your answer: a = 0 + 3i") && !verdict.contains("3.14"), "{verdict}");
}

#[test]
fn an_empty_blank_is_reported_with_its_own_hint_by_every_check() {
    fn linear_rate(_: Matrix, _: [f64; 2]) -> [f64; 2] {
        blank!("(1) here")
    }
    fn four_classes() -> [&'static str; 4] {
        blank!("(1) here")
    }
    fn last_sample(_: &Trajectory) -> (f64, f64) {
        blank!("(1) here")
    }
    fn phase_figure(_: &Trajectory) -> Figure {
        blank!("(1) here")
    }
    fn alpha_rhythm() -> f64 {
        blank!("(1) here")
    }
    fn order_parameter(_: &Array1<f64>) -> f64 {
        blank!("(1) here")
    }
    for verdict in [
        check!(linear_rate(matrix, x) -> rate),
        check!(four_classes() -> kinds),
        check!(last_sample(&run) -> (time, phase)),
        check!(phase_figure(&run) -> figure),
        check!(alpha_rhythm() -> omega),
        check!(order_parameter(&phases) -> R),
    ] {
        assert_eq!(problem(&verdict).message, "A blank is still empty: (1) here");
        assert_eq!((&verdict.misconception, verdict.cases.len()), (&None, 1));
    }
}
