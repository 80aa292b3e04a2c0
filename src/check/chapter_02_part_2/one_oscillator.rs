//! Exercises 2a to 2c: what a run gives back, its figure, and a frequency in rad per ms.

use super::two_variables::stopped_case;
use crate::check::caught::caught;
use crate::check::compare::with_digits;
use crate::check::{Case, Column, Exercise, Hint, Misconception, Mistake, Problem, Verdict};
use crate::{Figure, Trajectory};
use num_complex::Complex64;
use std::f64::consts::TAU;

/// Checks exercise 2a: the last time of a run, and the first node's phase then.
pub fn check_last_sample(answer: impl Fn(&Trajectory) -> (f64, f64)) -> Verdict {
    compare_last_sample(&answer)
}

fn compare_last_sample(answer: &dyn Fn(&Trajectory) -> (f64, f64)) -> Verdict {
    let verdict = last_sample().check(|run| {
        let (time, phase) = answer(run);
        sample(time, phase)
    });
    verdict.show();
    verdict
}

fn sample(time: f64, phase: f64) -> Vec<Column> {
    vec![Column::new("time", [time]), Column::new("phase", [phase])]
}

/// Oscillators of their own frequencies, from a time and phases of their own.
fn run(omega: &[f64], start: f64, dt: f64, samples: usize) -> Trajectory {
    let phase = |node: usize, step: usize| (0.3 + node as f64 + omega[node] * dt * step as f64).rem_euclid(TAU);
    Trajectory {
        times: (0..samples).map(|step| start + dt * step as f64).collect(),
        states: ndarray::Array2::from_shape_fn((omega.len(), samples), |(node, step)| phase(node, step)),
        names: (0..omega.len()).map(|node| format!("theta_{node}")).collect(),
    }
}

fn described(run: &Trajectory) -> String {
    let plural = if run.states.nrows() == 1 { "" } else { "s" };
    let (first, last) = (run.times.first().copied(), run.times.last().copied());
    format!(
        "a run of {} node{plural}, {} samples from t = {} to {}",
        run.states.nrows(),
        run.len(),
        with_digits(first.unwrap_or_default().into(), 6),
        with_digits(last.unwrap_or_default().into(), 6),
    )
}

fn last(run: &Trajectory) -> usize {
    run.len() - 1
}

fn last_sample() -> Exercise<Trajectory> {
    Exercise {
        title: "Exercise 2a: last_sample",
        cases: vec![
            ("one node", run(&[1.7], 0.0, 0.1, 41)),
            ("six nodes", run(&[0.1, 0.4, 0.2, 0.9, 0.5, 0.3], 0.0, 0.1, 51)),
            ("a run that starts later", run(&[0.8, 1.1], 20.0, 0.5, 9)),
            ("a single sample", run(&[1.0], 0.0, 0.1, 1)),
        ],
        describe: described,
        model: |run| sample(run.times[last(run)], run.states[[0, last(run)]]),
        mistakes: vec![
            Mistake {
                name: "the first sample",
                explanation: "Index 0 is the start. The last of n values has the index n - 1.",
                wrong: vec![|run| sample(run.times[0], run.states[[0, 0]]), |run| {
                    sample(run.times[last(run)], run.states[[0, 0]])
                }],
            },
            Mistake {
                name: "one before the last",
                explanation: "The last of n values has the index n - 1, and n is run.times.len().",
                wrong: vec![
                    |run| {
                        let index = last(run).saturating_sub(1);
                        sample(run.times[index], run.states[[0, index]])
                    },
                    |run| sample(run.times[last(run)], run.states[[0, last(run).saturating_sub(1)]]),
                ],
            },
            Mistake {
                name: "time and phase have changed places",
                explanation: "The time comes first in the result, then the phase.",
                wrong: vec![|run| sample(run.states[[0, last(run)]], run.times[last(run)])],
            },
            Mistake {
                name: "an index in place of a time",
                explanation: "The index counts samples. The time of a sample stands in run.times at that index.",
                wrong: vec![|run| sample(last(run) as f64, run.states[[0, last(run)]]), |run| {
                    sample(run.len() as f64, run.states[[0, last(run)]])
                }],
            },
            Mistake {
                name: "the last node",
                explanation: "The row comes first: states[[0, last]] is the first node. Here it is the last one.",
                wrong: vec![|run| sample(run.times[last(run)], run.states[[run.states.nrows() - 1, last(run)]])],
            },
            Mistake {
                name: "the phase is the time again",
                explanation: "The phase stands in run.states, not in run.times.",
                wrong: vec![|run| sample(run.times[last(run)], run.times[last(run)])],
            },
        ],
        hints: vec![
            Hint {
                column: "time",
                from_index: 0,
                text: "run.times[index] is a time. Which index has the last one, if there are n?",
            },
            Hint {
                column: "phase",
                from_index: 0,
                text: "The time is right. The phase is run.states[[row, column]]: row 0 is the first node; the column is the sample.",
            },
        ],
        lesson: "A run is two arrays: times, and states with a row for each node and a column for each time. Every model of this course gives back the same.",
    }
}

/// Checks exercise 2b: a figure of the first node's phase over time.
pub fn check_phase_figure(answer: impl Fn(&Trajectory) -> Figure) -> Verdict {
    compare_phase_figure(&answer)
}

fn compare_phase_figure(answer: &dyn Fn(&Trajectory) -> Figure) -> Verdict {
    let verdict = phase_figure().check(|run| {
        let figure = answer(run);
        let series = figure.series().first();
        drawn(
            series.map(|series| series.x.clone()).unwrap_or_default(),
            series.map(|series| series.y.clone()).unwrap_or_default(),
        )
    });
    verdict.show();
    verdict
}

fn drawn(x: impl IntoIterator<Item = f64>, y: impl IntoIterator<Item = f64>) -> Vec<Column> {
    vec![Column::new("horizontal axis", x), Column::new("vertical axis", y)]
}

fn turned(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    values.into_iter().map(|value| value.rem_euclid(TAU)).collect()
}

fn phase_figure() -> Exercise<Trajectory> {
    Exercise {
        title: "Exercise 2b: phase_figure",
        cases: vec![
            ("one node", run(&[1.7], 0.0, 0.1, 41)),
            ("two nodes", run(&[0.8, 1.1], 0.0, 0.1, 31)),
            ("a run that starts later", run(&[0.9], 20.0, 0.5, 9)),
        ],
        describe: described,
        model: |run| drawn(run.times.to_vec(), run.row(0)),
        mistakes: vec![
            Mistake {
                name: "the phase on the horizontal axis",
                explanation: "What comes first goes to the right, and time goes to the right: first the times, then the phases.",
                wrong: vec![|run| drawn(run.row(0), run.row(0))],
            },
            Mistake {
                name: "time against itself",
                explanation: "Both axes show the time. The phases are a row of the states: run.row(0).",
                wrong: vec![|run| drawn(run.times.to_vec(), turned(run.times.to_vec()))],
            },
            Mistake {
                name: "samples counted instead of times",
                explanation: "The horizontal axis counts 0, 1, 2, … The times of the samples are in run.times.",
                wrong: vec![|run| drawn((0..run.len()).map(|step| step as f64), run.row(0)), |run| {
                    drawn((1..=run.len()).map(|step| step as f64), run.row(0))
                }],
            },
            Mistake {
                name: "another node",
                explanation: "The first node is row 0.",
                wrong: vec![|run| drawn(run.times.to_vec(), run.row(run.states.nrows() - 1))],
            },
            Mistake {
                name: "all nodes at one time",
                explanation: "A column holds all nodes at one time. One node at all times is a row.",
                wrong: vec![|run| drawn(run.times.to_vec(), run.states.column(0).to_vec())],
            },
            Mistake {
                name: "nothing is drawn",
                explanation: "The figure has no line yet.",
                wrong: vec![|_| drawn([], [])],
            },
        ],
        hints: vec![
            Hint {
                column: "horizontal axis",
                from_index: 0,
                text: "Which field of the run holds one number for each sample, and grows?",
            },
            Hint {
                column: "vertical axis",
                from_index: 0,
                text: "The times are right. The phase of the first node at all times is run.row(0).",
            },
        ],
        lesson: "A sawtooth: the phase grows evenly and wraps from 2π to 0. It is one and the same point of the circle, so no line is drawn there.",
    }
}

/// Checks the question after exercise 2c: the angular frequency, in rad per ms, of 10 cycles a second.
pub fn check_alpha_rhythm(answer: impl Fn() -> f64) -> Verdict {
    ask_alpha_rhythm(&answer)
}

/// 10 Hz in rad per ms.
const ALPHA: f64 = 10.0 * TAU / 1000.0;

fn ask_alpha_rhythm(answer: &dyn Fn() -> f64) -> Verdict {
    let answer = caught(answer);
    let near = |omega: f64, other: f64| (omega - other).abs() <= 0.01 * other.abs();
    let right = answer.as_ref().is_ok_and(|omega| near(*omega, ALPHA));
    let misconception = answer.as_ref().ok().and_then(|omega| {
        let known = [
            (0.01, "cycles instead of radians", "0.01 is the number of cycles in a ms. Each cycle is a turn by 2π."),
            (
                10.0 * TAU,
                "seconds instead of milliseconds",
                "That is the angle turned in a second. In a ms it is a thousandth.",
            ),
            (10.0, "a frequency in Hz", "10 Hz counts cycles a second. Wanted is the angle turned in a ms."),
            (
                100.0,
                "the time of a cycle",
                "A cycle of 10 Hz does last 100 ms. Wanted is the angle turned in one of them.",
            ),
            (0.5 * ALPHA, "half a turn", "A full turn is 2π, not π."),
            (0.01 / TAU, "divided by 2π", "The angle of a cycle is 2π, so the number of cycles is multiplied by it."),
            (-ALPHA, "backwards", "The pace is right. With the minus the phase runs backwards."),
        ];
        known.iter().find(|(wrong, ..)| near(*omega, *wrong)).map(|(_, name, explanation)| Misconception {
            name: (*name).to_owned(),
            explanation: (*explanation).to_owned(),
        })
    });
    let case = match &answer {
        Err(stopped) => stopped_case(stopped),
        Ok(omega) => Case {
            name: "the answer".to_owned(),
            input: format!("omega = {}", with_digits(Complex64::from(*omega), 6)),
            problem: (!right).then(|| Problem {
                message: format!("That makes {} cycles a second.", with_digits((1000.0 * omega / TAU).into(), 4)),
                ..Problem::default()
            }),
        },
    };
    let verdict = Verdict {
        title: "Question: 10 Hz in rad per ms".to_owned(),
        hint: (answer.is_ok() && !right && misconception.is_none())
            .then(|| "How many cycles are there in a ms, and how large is the angle of one?".to_owned()),
        misconception,
        lesson: right.then(|| {
            "ω = 2π f, with f in cycles per ms. The alpha rhythm is slow beside the numbers of this chapter.".to_owned()
        }),
        cases: vec![case],
    };
    verdict.show();
    verdict
}
