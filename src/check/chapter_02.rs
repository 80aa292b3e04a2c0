//! The checks of chapter 2.

use super::{Column, Exercise, Hint, Mistake, Question, Verdict};
use crate::integrate::euler;
use crate::models::Exponential;
use ndarray::Array1;
use num_complex::Complex64;

/// Checks exercise 1a: forward Euler for `dx/dt = a x`, called with `a`, `x0`, `dt`, `t_end` and
/// returning the states and the times.
pub fn check_integrate_exponential(
    answer: impl Fn(Complex64, f64, f64, f64) -> (Array1<Complex64>, Array1<f64>),
) -> Verdict {
    // The rest is compiled with the crate and not again in the learner's cell; so in every check.
    compare_integrate_exponential(&answer)
}

fn compare_integrate_exponential(
    answer: &dyn Fn(Complex64, f64, f64, f64) -> (Array1<Complex64>, Array1<f64>),
) -> Verdict {
    let verdict = integrate_exponential().check(|input| {
        let (x, t) = answer(input.a, input.x0, input.dt, input.t_end);
        columns(t, x)
    });
    verdict.show();
    verdict
}

/// Checks the first question of the bonus: an `a` whose solution both oscillates and grows.
pub fn check_growing_oscillation(answer: impl Fn() -> Complex64) -> Verdict {
    ask_growing_oscillation(&answer)
}

fn ask_growing_oscillation(answer: &dyn Fn() -> Complex64) -> Verdict {
    let question = Question {
        title: "Bonus question 1: oscillates and grows",
        conditions: vec![
            |a| match a.re {
                re if re > 0.0 => Ok(()),
                0.0 => Err("Its real part is 0: the size stays as it is.".to_owned()),
                _ => Err("Its real part is negative: the size decays.".to_owned()),
            },
            |a| if a.im == 0.0 { Err("Its imaginary part is 0: nothing oscillates.".to_owned()) } else { Ok(()) },
        ],
        hint: "In the slider figure, move one part of a at a time. Which one makes waves? Which one makes them larger?",
        lesson: |a| {
            let model = Exponential::new(a);
            format!(
                "In 1 s the size is multiplied by exp(Re a) = {:.3}, and the frequency is |Im a| / 2π = {:.3} Hz.",
                a.re.exp(),
                model.frequency()
            )
        },
    };
    let verdict = question.check(answer);
    verdict.show();
    verdict
}

/// Half a hertz is met when the frequency is within this much, in Hz: one step of the slider, 0.1,
/// changes it by 0.016.
const NEAR_ENOUGH: f64 = 0.01;

/// Checks the second question of the bonus: an `a` whose solution keeps its size and makes half a
/// cycle a second.
pub fn check_half_hertz(answer: impl Fn() -> Complex64) -> Verdict {
    ask_half_hertz(&answer)
}

fn ask_half_hertz(answer: &dyn Fn() -> Complex64) -> Verdict {
    let question = Question {
        title: "Bonus question 2: 0.5 Hz, no growth, no decay",
        conditions: vec![
            |a| match a.re {
                0.0 => Ok(()),
                re if re > 0.0 => Err("Its real part is positive: the size grows.".to_owned()),
                _ => Err("Its real part is negative: the size decays.".to_owned()),
            },
            |a| {
                let frequency = Exponential::new(a).frequency();
                if (frequency - 0.5).abs() <= NEAR_ENOUGH {
                    Ok(())
                } else if (a.im.abs() - 0.5).abs() <= NEAR_ENOUGH {
                    Err("Its imaginary part is 0.5, but that counts radians a second, not waves.".to_owned())
                } else {
                    Err(format!("It makes {frequency:.4} waves a second."))
                }
            },
        ],
        hint: "At 0.5 Hz one wave lasts 2 s. One wave is a turn by 2π, and Im a is the angle turned in a second.",
        lesson: |a| {
            let frequency = Exponential::new(a).frequency();
            format!("The frequency is |Im a| / 2π = {frequency:.4} Hz, so one wave lasts {:.3} s.", 1.0 / frequency)
        },
    };
    let verdict = question.check(answer);
    verdict.show();
    verdict
}

/// What `integrate_exponential` is called with.
struct Input {
    a: Complex64,
    x0: f64,
    dt: f64,
    t_end: f64,
}

fn input(re: f64, im: f64, x0: f64, dt: f64, t_end: f64) -> Input {
    Input { a: Complex64::new(re, im), x0, dt, t_end }
}

fn columns(t: Array1<f64>, x: Array1<Complex64>) -> Vec<Column> {
    vec![Column::new("t", t), Column::new("x", x)]
}

/// The right answer: the crate's own integrator and model.
fn model(input: &Input) -> Vec<Column> {
    let exponential = Exponential::new(input.a);
    let (x, t) = euler(|x| exponential.rate(x), input.x0, input.dt, input.t_end)
        .expect("the public cases have a positive dt and a short duration");
    columns(t, x)
}

/// The right times, and states that start at `x0` and go on by `step` from the state before.
fn stepped(input: &Input, step: impl Fn(Complex64) -> Complex64) -> Vec<Column> {
    let mut columns = model(input);
    let x = &mut columns[1].values;
    for k in 1..x.len() {
        x[k] = step(x[k - 1]);
    }
    columns
}

/// The right times, and a state computed from each.
fn with_states(input: &Input, state: impl Fn(f64) -> Complex64) -> Vec<Column> {
    let mut columns = model(input);
    columns[1].values = columns[0].values.iter().map(|t| state(t.re)).collect();
    columns
}

/// Times of the learner's own making; the states are Euler's, one for each time.
fn timed(input: &Input, t: impl IntoIterator<Item = f64>) -> Vec<Column> {
    let t: Array1<f64> = t.into_iter().collect();
    let x = t.iter().scan(Complex64::from(input.x0), |next, _| {
        let x = *next;
        *next += input.dt * input.a * x;
        Some(x)
    });
    let x: Array1<Complex64> = x.collect();
    columns(t, x)
}

fn samples(input: &Input) -> usize {
    (input.t_end / input.dt).ceil() as usize
}

fn integrate_exponential() -> Exercise<Input> {
    Exercise {
        title: "Exercise 1a: integrate_exponential",
        cases: vec![
            ("decay", input(-0.1, 0.0, 100.0, 0.001, 10.0)),
            ("growth", input(0.5, 0.0, 2.0, 0.01, 3.0)),
            ("a = 0", input(0.0, 0.0, 5.0, 0.1, 1.0)),
            ("complex a", input(-0.2, 3.0, 1.0, 0.01, 2.0)),
            ("negative x0", input(-1.0, 0.0, -4.0, 0.05, 2.0)),
            ("dt that does not divide t_end", input(-1.0, 0.0, 10.0, 0.3, 1.0)),
            ("x0 = 0", input(1.0, 1.0, 0.0, 0.1, 1.0)),
        ],
        describe: |Input { a, x0, dt, t_end }| {
            let a = super::compare::with_digits(*a, 6);
            format!("a = {a}, x0 = {x0}, dt = {dt}, t_end = {t_end}")
        },
        model,
        mistakes: mistakes_of_time().into_iter().chain(mistakes_of_state()).collect(),
        hints: vec![
            Hint { column: "t", from_index: 0, text: "t holds 0, dt, 2 dt, … and stops before t_end." },
            Hint { column: "x", from_index: 0, text: "x[0] is the state at t = 0. Which argument is that?" },
            Hint {
                column: "x",
                from_index: 1,
                text: "Work out x[1] on paper for x0 = 100, a = -0.1, dt = 1: the rate of change is -10, so x[1] is 90.",
            },
            Hint {
                column: "x",
                from_index: 2,
                text: "x[1] is right, so the first step works. What is different in a later step? Which values does the loop read, and which does it fill?",
            },
        ],
        lesson: "This is Euler's method: value before + rate of change × dt. Every simulator of this course starts from that line.",
    }
}

fn mistakes_of_time() -> Vec<Mistake<Input>> {
    vec![
        Mistake {
            name: "time includes the end",
            explanation: "t must stop before t_end: with t_end = 10 and dt = 0.001 the last time is 9.999, and there are 10000 of them.",
            wrong: vec![
                |input| timed(input, (0..=samples(input)).map(|i| i as f64 * input.dt)),
                |input| timed(input, Array1::linspace(0.0, input.t_end, samples(input))),
                |input| timed(input, Array1::linspace(0.0, input.t_end, samples(input) + 1)),
            ],
        },
        Mistake {
            name: "time starts at dt",
            explanation: "The first time is 0, because x[0] is the state at the very start.",
            wrong: vec![
                |input| timed(input, (1..=samples(input)).map(|i| i as f64 * input.dt)),
                |input| timed(input, (1..samples(input)).map(|i| i as f64 * input.dt)),
                |input| timed(input, Array1::range(input.dt, input.t_end + input.dt, input.dt)),
            ],
        },
        Mistake {
            name: "time goes in steps of 1",
            explanation: "The step from one time to the next is dt.",
            wrong: vec![|input| timed(input, Array1::range(0.0, input.t_end, 1.0)), |input| {
                timed(input, (0..samples(input)).map(|i| i as f64))
            }],
        },
        Mistake {
            name: "dt and t_end have changed places",
            explanation: "Array1::range takes the start, then the end, then the step.",
            wrong: vec![|input| timed(input, Array1::range(0.0, input.dt, input.t_end))],
        },
        Mistake {
            name: "time stands still",
            explanation: "Every value of t is 0. Fill it with 0, dt, 2 dt, …",
            wrong: vec![|input| timed(input, (0..samples(input)).map(|_| 0.0))],
        },
    ]
}

fn mistakes_of_state() -> Vec<Mistake<Input>> {
    vec![
        Mistake {
            name: "x[0] is not set",
            explanation: "Every x is 0: nothing grows out of nothing. Put the initial value into x[0] before the loop.",
            wrong: vec![|input| with_states(input, |_| Complex64::ZERO)],
        },
        Mistake {
            name: "dt is missing",
            explanation: "The rate of change is per second; in a step of dt seconds x changes by the rate times dt.",
            wrong: vec![|input| stepped(input, |x| x + input.a * x)],
        },
        Mistake {
            name: "dt is used twice",
            explanation: "The change in one step is the rate times dt, not times dt².",
            wrong: vec![|input| stepped(input, |x| x + input.dt * input.dt * input.a * x)],
        },
        Mistake {
            name: "wrong sign",
            explanation: "The change is added to the value before. It is a itself that is negative when x decays.",
            wrong: vec![|input| stepped(input, |x| x - input.dt * input.a * x)],
        },
        Mistake {
            name: "the rate uses the new x",
            explanation: "Every x is x0. x[k] is still 0 when its own rate is computed from it: take the value before, x[k - 1].",
            wrong: vec![|input| stepped(input, |x| x)],
        },
        Mistake {
            name: "the value before is missing",
            explanation: "The update adds the change to x[k - 1]. x[k] itself is still 0 at that moment.",
            wrong: vec![|input| stepped(input, |x| input.dt * input.a * x), |input| stepped(input, |x| input.a * x)],
        },
        Mistake {
            name: "x is 0 from x[1] on",
            explanation: "Either the loop starts at 2, so that x[1] is never written, or the update reads x[k], which is still 0, instead of x[k - 1].",
            wrong: vec![|input| stepped(input, |_| Complex64::ZERO)],
        },
        Mistake {
            name: "the update writes over the value before",
            explanation: "The loop reads x[k - 1] and writes x[k]. Here it has written into x[k - 1].",
            wrong: vec![|input| {
                let mut columns = stepped(input, |_| Complex64::ZERO);
                columns[1].values[0] += input.dt * input.a * input.x0;
                columns
            }],
        },
        Mistake {
            name: "real part taken too early",
            explanation: "Real a comes out right, complex a does not. Keep x complex all the way; .re is for the plot.",
            wrong: vec![|input| stepped(input, |x| x + input.dt * input.a.re * x), |input| {
                let mut columns = model(input);
                columns[1].values.iter_mut().for_each(|x| x.im = 0.0);
                columns
            }],
        },
        Mistake {
            name: "the loop stops one early",
            explanation: "The last x is still 0. In Rust, 1..n already stops before n: the range ends at t.len().",
            wrong: vec![|input| {
                let mut columns = model(input);
                if let Some(last) = columns[1].values.last_mut() {
                    *last = Complex64::ZERO;
                }
                columns
            }],
        },
        Mistake {
            name: "the exact solution",
            explanation: "These are the values of x0 exp(a t). Exact, but not what is asked: Euler's method goes step by step from x[k - 1].",
            wrong: vec![|input| with_states(input, |t| Exponential::new(input.a).exact(input.x0, t))],
        },
        Mistake {
            name: "the rate never changes",
            explanation: "x runs along a straight line. The rate is a times the x of this step, x[k - 1], not times x0.",
            wrong: vec![|input| stepped(input, |x| x + input.dt * input.a * input.x0)],
        },
        Mistake {
            name: "the rate lacks x",
            explanation: "The equation says that the rate is a times x; here it is a alone.",
            wrong: vec![|input| stepped(input, |x| x + input.dt * input.a)],
        },
        Mistake {
            name: "the rate lacks a",
            explanation: "The equation says that the rate is a times x; here it is x alone.",
            wrong: vec![|input| stepped(input, |x| x + input.dt * x)],
        },
    ]
}
