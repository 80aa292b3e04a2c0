//! The checks of chapter 2 from the second bonus on: right answers pass, each known mistake is named.

use neurobook::check::Verdict;
use neurobook::{Trajectory, prelude::*};

type Matrix = [[f64; 2]; 2];

/// The name of the diagnosed mistake; the answer must be wrong.
fn name(verdict: Verdict) -> String {
    assert!(!verdict.passed(), "the mutant passes");
    verdict.misconception.map_or_else(|| "nothing".to_owned(), |misconception| misconception.name)
}

fn passes(verdict: &Verdict) {
    assert!(verdict.passed() && verdict.lesson.is_some() && verdict.hint.is_none(), "{verdict}");
}

fn rates([[a, b], [c, d]]: Matrix, [p, q]: [f64; 2]) -> [f64; 2] {
    [a * p + b * q, c * p + d * q]
}

#[test]
fn the_rate_of_a_linear_system_passes_and_its_mistakes_are_named() {
    passes(&check_linear_rate(rates));
    let named = |answer: fn(Matrix, [f64; 2]) -> [f64; 2]| name(check_linear_rate(answer));
    let transposed = |[[a, b], [c, d]]: Matrix, x| rates([[a, c], [b, d]], x);
    assert_eq!(named(transposed), "rows and columns have changed places");
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

#[test]
fn the_four_classes_pass_in_the_words_of_other_books_too() {
    passes(&check_classes(|| ["centre", "source", "sink", "saddle"]));
    passes(&check_classes(|| ["Center", "unstable node", "stable node", "Saddle point "]));
}

#[test]
fn a_wrong_class_gets_a_reason_and_not_the_answer() {
    let verdict = check_classes(|| ["sink", "source", "sadle", "saddle"]);
    let problems: Vec<Option<&str>> =
        verdict.cases.iter().map(|case| case.problem.as_ref().map(|problem| problem.message.as_str())).collect();
    assert!(problems[0].unwrap().contains("no real part") && problems[2].unwrap().contains("Write one of these"));
    assert_eq!((problems[1], problems[3]), (None, None));
    assert!(!problems[0].unwrap().contains("centre"));
}

#[test]
fn the_last_sample_passes_and_its_mistakes_are_named() {
    let right = |run: &Trajectory| (run.times[run.len() - 1], run.states[[0, run.len() - 1]]);
    passes(&check_last_sample(right));
    let named = |answer: fn(&Trajectory) -> (f64, f64)| name(check_last_sample(answer));
    let last = |run: &Trajectory| run.times.len() - 1;
    assert_eq!(named(|run| (run.times[0], run.states[[0, 0]])), "the first sample");
    assert_eq!(
        named(|run| (run.times[run.len() - 1], run.states[[0, 0]])),
        "the first sample",
        "where only the phase is the first one"
    );
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
    let past_the_end = check_last_sample(|run| (run.times[last(run) + 1], 0.0));
    assert!(past_the_end.to_string().contains("n values have the indices 0 to n - 1"), "{past_the_end}");
}

#[test]
fn the_figure_of_a_phase_passes_and_its_mistakes_are_named() {
    let drawn = |x: &Array1<f64>, y: &Array1<f64>| Figure::new().phase(x, y);
    passes(&check_phase_figure(|run| drawn(&run.times, &run.row(0))));
    passes(&check_phase_figure(|run| Figure::new().line(&run.times, run.row(0)).title("A line will do")));
    let counted = |run: &Trajectory| Array1::from_iter((0..run.len()).map(|k| k as f64));
    assert_eq!(name(check_phase_figure(|run| drawn(&run.row(0), &run.times))), "the phase on the horizontal axis");
    assert_eq!(name(check_phase_figure(|run| drawn(&run.row(0), &run.row(0)))), "the phase on the horizontal axis");
    assert_eq!(name(check_phase_figure(|run| drawn(&run.times, &run.times))), "time against itself");
    assert_eq!(name(check_phase_figure(|run| drawn(&counted(run), &run.row(0)))), "samples counted instead of times");
    let other = |run: &Trajectory| drawn(&run.times, &run.row(run.states.nrows() - 1));
    assert_eq!(name(check_phase_figure(other)), "another node");
    assert_eq!(name(check_phase_figure(|_| Figure::new())), "nothing is drawn");
}

#[test]
fn the_alpha_rhythm_passes_and_its_mistakes_are_named() {
    passes(&check_alpha_rhythm(|| 2.0 * PI * 10.0 / 1000.0));
    passes(&check_alpha_rhythm(|| 0.063));
    for (answer, mistake) in [
        (0.01, "cycles instead of radians"),
        (20.0 * PI, "seconds instead of milliseconds"),
        (10.0, "a frequency in Hz"),
        (100.0, "the time of a cycle"),
        (0.01 * PI, "half a turn"),
        (-0.02 * PI, "backwards"),
        (0.0016, "divided by 2π"),
        (0.05, "nothing"),
    ] {
        assert_eq!(name(check_alpha_rhythm(|| answer)), mistake);
    }
    assert!(check_alpha_rhythm(|| f64::NAN).to_string().contains("NaN"));
}

#[test]
fn the_order_parameter_passes_and_its_mistakes_are_named() {
    fn sum(phases: &Array1<f64>) -> Complex64 {
        phases.iter().map(|theta| Complex64::from_polar(1.0, *theta)).sum()
    }
    fn count(phases: &Array1<f64>) -> f64 {
        phases.len() as f64
    }
    passes(&check_order_parameter(|phases| (sum(phases) / count(phases)).norm()));
    passes(&check_order_parameter(|phases| {
        let (cos, sin) = (phases.mapv(f64::cos).mean().unwrap(), phases.mapv(f64::sin).mean().unwrap());
        cos.hypot(sin)
    }));
    let named = |answer: fn(&Array1<f64>) -> f64| name(check_order_parameter(answer));
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
fn an_empty_blank_is_reported_with_its_own_hint_by_every_check() {
    let at_blank = [
        check_linear_rate(|_, _| blank!("(1) here")),
        check_classes(|| blank!("(1) here")),
        check_last_sample(|_| blank!("(1) here")),
        check_phase_figure(|_| blank!("(1) here")),
        check_alpha_rhythm(|| blank!("(1) here")),
        check_order_parameter(|_| blank!("(1) here")),
    ];
    for verdict in at_blank {
        let text = verdict.to_string();
        assert!(text.contains("A blank is still empty: (1) here") && verdict.misconception.is_none(), "{text}");
        assert_eq!(verdict.cases.len(), 1);
    }
}
