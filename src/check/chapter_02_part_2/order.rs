//! The bonus on coupled oscillators: the order parameter.

use crate::check::{Column, Exercise, Hint, Mistake, Verdict};
use ndarray::{Array1, array};
use num_complex::Complex64;
use std::f64::consts::{FRAC_PI_2, PI};

/// Checks the order parameter of some phases, `|mean of exp(i θ)|`.
pub fn check_order_parameter(answer: impl Fn(&Array1<f64>) -> f64) -> Verdict {
    compare_order_parameter(&answer)
}

fn compare_order_parameter(answer: &dyn Fn(&Array1<f64>) -> f64) -> Verdict {
    let verdict = order_parameter().check(|phases| r(answer(phases)));
    verdict.show();
    verdict
}

/// Rounding about 0 is no difference.
fn r(r: f64) -> Vec<Column> {
    vec![Column::new("R", [if r.abs() < 1e-12 { 0.0 } else { r }])]
}

fn mean_field(phases: &Array1<f64>) -> Complex64 {
    phases.iter().map(|theta| Complex64::from_polar(1.0, *theta)).sum::<Complex64>() / phases.len() as f64
}

fn order_parameter() -> Exercise<Array1<f64>> {
    Exercise {
        title: "Bonus: order_parameter",
        cases: vec![
            ("any phases", array![0.3, 1.1, 2.9, 5.0]),
            ("in step", array![2.0, 2.0, 2.0]),
            ("opposite", array![0.0, PI]),
            ("a quarter apart", array![0.0, FRAC_PI_2]),
            ("either side of 0", array![0.1, 6.2]),
            ("phases below 0", array![-0.4, -1.5]),
            ("one oscillator", array![4.0]),
        ],
        describe: |phases| format!("phases = {phases:.4}"),
        model: |phases| r(mean_field(phases).norm()),
        mistakes: vec![
            Mistake {
                name: "a sum instead of a mean",
                explanation: "Divide the sum by the number of phases: R is never above 1.",
                wrong: vec![|phases| r((mean_field(phases) * phases.len() as f64).norm())],
            },
            Mistake {
                name: "the size is taken too early",
                explanation: "Every arrow has the length 1. Add the arrows first, then take the length of the result.",
                wrong: vec![|_| r(1.0), |phases| r(phases.len() as f64)],
            },
            Mistake {
                name: "the mean of the phases",
                explanation: "Phases are angles: 0.1 and 6.2 are neighbours, and their mean, 3.15, is on the other side of the circle. Take the mean of the arrows.",
                wrong: vec![|phases| r(phases.mean().unwrap_or_default()), |phases| r(phases.sum())],
            },
            Mistake {
                name: "length and angle have changed places",
                explanation: "Complex64::from_polar takes the length first, here 1.0, and then the angle.",
                wrong: vec![|phases| {
                    let sum: Complex64 = phases.iter().map(|theta| Complex64::from_polar(*theta, 1.0)).sum();
                    r((sum / phases.len() as f64).norm())
                }],
            },
            Mistake {
                name: "only one part of the arrow",
                explanation: "The real part alone, or the imaginary one, depends on where the circle has its 0. .norm() uses both.",
                wrong: vec![
                    |phases| r(mean_field(phases).re),
                    |phases| r(mean_field(phases).im),
                    |phases| r(mean_field(phases).re.abs()),
                    |phases| r(mean_field(phases).im.abs()),
                ],
            },
            Mistake {
                name: "R squared",
                explanation: ".norm_sqr() is the square of the length. Take .norm().",
                wrong: vec![|phases| r(mean_field(phases).norm_sqr())],
            },
            Mistake {
                name: "the angle of the mean",
                explanation: "That is the mean phase. R is the length of the mean arrow, .norm().",
                wrong: vec![|phases| r(mean_field(phases).arg())],
            },
            Mistake {
                name: "divided twice",
                explanation: "The number of phases divides the sum once.",
                wrong: vec![|phases| r((mean_field(phases) / phases.len() as f64).norm())],
            },
        ],
        hints: vec![Hint {
            column: "R",
            from_index: 0,
            text: "Draw the phases as arrows of length 1 from the centre of a circle. R is the length of their mean.",
        }],
        lesson: "R is 1 when all phases agree and near 0 when they are spread over the circle. For a few independent phases it is not 0: for six, 0.37 on average.",
    }
}
