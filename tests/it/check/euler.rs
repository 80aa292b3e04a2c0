//! Exercise 1a, in the many ways in which it is written right and wrong.

use neurobook::check::Verdict;
use neurobook::prelude::*;

use super::{diagnosed, passes};

pub type Answer = (Array1<Complex64>, Array1<f64>);

pub fn checked(integrate_exponential: impl Fn(Complex64, f64, f64, f64) -> Answer) -> Verdict {
    check!(integrate_exponential(a, x0, dt, t_end) -> (x, t))
}

pub fn right(a: Complex64, x0: f64, dt: f64, t_end: f64) -> Answer {
    let t = Array1::range(0.0, t_end, dt);
    let x = solve(&t, x0, |x| x + dt * (a * x));
    (x, t)
}

/// Steps from `x0`, one state for each time.
pub fn solve(t: &Array1<f64>, x0: f64, step: impl Fn(Complex64) -> Complex64) -> Array1<Complex64> {
    filled(t, x0, |x| (1..x.len()).for_each(|k| x[k] = step(x[k - 1])))
}

/// States that are 0 but the first, until the loop has filled them.
pub fn filled(t: &Array1<f64>, x0: f64, fill: impl Fn(&mut Array1<Complex64>)) -> Array1<Complex64> {
    let mut x = Array1::zeros(t.len());
    x[0] = Complex64::new(x0, 0.0);
    fill(&mut x);
    x
}

/// The diagnosis of a wrong step; the times are right.
#[track_caller]
fn diagnosed_step(step: impl Fn(Complex64, Complex64, f64, f64) -> Complex64) -> String {
    let verdict = checked(|a, x0, dt, t_end| {
        let t = Array1::range(0.0, t_end, dt);
        (solve(&t, x0, |x| step(x, a, x0, dt)), t)
    });
    diagnosed(&verdict).to_owned()
}

/// The diagnosis of a wrong loop over right times. It gets the states, `a` and `dt`.
#[track_caller]
fn diagnosed_loop(fill: impl Fn(&mut Array1<Complex64>, Complex64, f64)) -> String {
    let verdict = checked(|a, x0, dt, t_end| {
        let t = Array1::range(0.0, t_end, dt);
        (filled(&t, x0, |x| fill(x, a, dt)), t)
    });
    diagnosed(&verdict).to_owned()
}

/// The diagnosis of wrong times; the states are Euler's, one for each time.
#[track_caller]
fn diagnosed_times(times: impl Fn(f64, f64) -> Array1<f64>) -> String {
    let verdict = checked(|a, x0, dt, t_end| {
        let t = times(dt, t_end);
        (solve(&t, x0, |x| x + dt * a * x), t)
    });
    diagnosed(&verdict).to_owned()
}

#[test]
fn the_right_answer_passes_without_a_diagnosis() {
    let verdict = checked(right);
    passes(&verdict);
    assert_eq!(verdict.cases.len(), 7);
}

#[test]
fn the_right_answer_may_be_written_in_other_ways() {
    let as_a_power = |a: Complex64, x0: f64, dt: f64, t_end: f64| {
        let n = (t_end / dt).ceil() as usize;
        let t: Array1<f64> = (0..n).map(|i| i as f64 * dt).collect();
        let x = (0..n).map(|i| x0 * (1.0 + a * dt).powu(i as u32)).collect();
        (x, t)
    };
    let by_adding_up_dt = |a: Complex64, x0: f64, dt: f64, t_end: f64| {
        let n = (t_end / dt).ceil() as usize;
        let mut t = Array1::zeros(n);
        for i in 1..n {
            t[i] = t[i - 1] + dt;
        }
        (solve(&t, x0, |x| x * (1.0 + a * dt)), t)
    };
    let in_two_lines = |a: Complex64, x0: f64, dt: f64, t_end: f64| {
        let t = Array1::range(0.0, t_end, dt);
        let x = solve(&t, x0, |x| {
            let xdot = a * x;
            xdot * dt + x
        });
        (x, t)
    };
    passes(&checked(as_a_power));
    passes(&checked(by_adding_up_dt));
    passes(&checked(in_two_lines));
}

#[test]
fn a_wrong_use_of_dt_is_diagnosed() {
    assert_eq!(diagnosed_step(|x, a, _, _| x + a * x), "dt is missing");
    assert_eq!(diagnosed_step(|x, a, _, dt| x + dt * (dt * a * x)), "dt is used twice");
    assert_eq!(diagnosed_step(|x, a, _, dt| x + a * x / dt), "divided by dt");
}

#[test]
fn a_wrong_sign_is_diagnosed() {
    assert_eq!(diagnosed_step(|x, a, _, dt| x - dt * a * x), "wrong sign");
}

#[test]
fn a_wrong_index_is_diagnosed() {
    let rate_of_the_new = |x: &mut Array1<Complex64>, a: Complex64, dt: f64| {
        for k in 1..x.len() {
            let xdot = a * x[k];
            x[k] = x[k - 1] + dt * xdot;
        }
    };
    let over_the_old = |x: &mut Array1<Complex64>, a: Complex64, dt: f64| {
        for k in 1..x.len() {
            let change = dt * a * x[k - 1];
            x[k - 1] += change;
        }
    };
    assert_eq!(diagnosed_loop(rate_of_the_new), "the rate uses the new x");
    assert_eq!(diagnosed_loop(over_the_old), "the update writes over the value before");
}

#[test]
fn a_missing_value_before_is_diagnosed() {
    assert_eq!(diagnosed_step(|x, a, _, dt| dt * a * x), "the value before is missing");
    assert_eq!(diagnosed_step(|x, a, _, _| a * x), "the value before is missing");
}

#[test]
fn an_update_from_the_new_x_or_a_loop_from_2_leaves_zeros_and_is_diagnosed() {
    let all_from_the_new_x = |x: &mut Array1<Complex64>, a: Complex64, dt: f64| {
        for k in 1..x.len() {
            x[k] = x[k] + dt * a * x[k];
        }
    };
    let from_2 = |x: &mut Array1<Complex64>, a: Complex64, dt: f64| {
        for k in 2..x.len() {
            x[k] = x[k - 1] + dt * a * x[k - 1];
        }
    };
    assert_eq!(diagnosed_loop(all_from_the_new_x), "x is 0 from x[1] on");
    assert_eq!(diagnosed_loop(from_2), "x is 0 from x[1] on");
}

#[test]
fn a_loop_that_stops_one_early_is_diagnosed() {
    let stops_early = |x: &mut Array1<Complex64>, a: Complex64, dt: f64| {
        for k in 1..x.len() - 1 {
            x[k] = x[k - 1] + dt * a * x[k - 1];
        }
    };
    assert_eq!(diagnosed_loop(stops_early), "the loop stops one early");
}

#[test]
fn an_unset_start_is_diagnosed() {
    assert_eq!(diagnosed(&checked(|a, _, dt, t_end| right(a, 0.0, dt, t_end))), "x[0] is not set");
}

#[test]
fn a_real_part_taken_too_early_is_diagnosed() {
    assert_eq!(diagnosed_step(|x, a, _, dt| Complex64::from((x + dt * a * x).re)), "real part taken too early");
    let only_at_the_end = checked(|a, x0, dt, t_end| {
        let (x, t) = right(a, x0, dt, t_end);
        (x.mapv(|x| Complex64::from(x.re)), t)
    });
    assert_eq!(diagnosed(&only_at_the_end), "real part taken too early");
}

#[test]
fn the_exact_solution_is_not_eulers_method() {
    let exact = checked(|a, x0, dt, t_end| {
        let t = Array1::range(0.0, t_end, dt);
        (t.mapv(|t| x0 * (a * t).exp()), t)
    });
    assert_eq!(diagnosed(&exact), "the exact solution");
}

#[test]
fn a_rate_that_is_not_a_times_x_is_diagnosed() {
    assert_eq!(diagnosed_step(|x, a, x0, dt| x + dt * a * x0), "the rate never changes");
    assert_eq!(diagnosed_step(|x, a, _, dt| x + dt * a), "the rate lacks x");
    assert_eq!(diagnosed_step(|x, _, _, dt| x + dt * x), "the rate lacks a");
}

#[test]
fn times_that_include_the_end_are_diagnosed() {
    let counted = |dt: f64, t_end: f64| (0..=(t_end / dt).ceil() as usize).map(|i| i as f64 * dt).collect();
    let stretched = |dt: f64, t_end: f64| Array1::linspace(0.0, t_end, (t_end / dt).ceil() as usize);
    let stretched_by_one = |dt: f64, t_end: f64| Array1::linspace(0.0, t_end, (t_end / dt).ceil() as usize + 1);
    assert_eq!(diagnosed_times(counted), "time includes the end");
    assert_eq!(diagnosed_times(stretched), "time includes the end");
    assert_eq!(diagnosed_times(stretched_by_one), "time includes the end");
}

#[test]
fn times_that_start_at_dt_are_diagnosed() {
    let to_the_end = |dt: f64, t_end: f64| (1..=(t_end / dt).ceil() as usize).map(|i| i as f64 * dt).collect();
    let before_the_end = |dt: f64, t_end: f64| (1..(t_end / dt).ceil() as usize).map(|i| i as f64 * dt).collect();
    assert_eq!(diagnosed_times(to_the_end), "time starts at dt");
    assert_eq!(diagnosed_times(before_the_end), "time starts at dt");
}

#[test]
fn times_with_another_step_are_diagnosed() {
    assert_eq!(diagnosed_times(|_, t_end| Array1::range(0.0, t_end, 1.0)), "time goes in steps of 1");
    assert_eq!(diagnosed_times(|dt, t_end| Array1::range(0.0, dt, t_end)), "dt and t_end have changed places");
    assert_eq!(diagnosed_times(|dt, t_end| Array1::zeros((t_end / dt).ceil() as usize)), "time stands still");
}

#[test]
fn of_two_mistakes_the_one_in_the_times_comes_first() {
    let verdict = checked(|a, x0, dt, t_end| {
        let t = Array1::range(dt, t_end + dt, dt);
        (solve(&t, x0, |x| x + a * x), t)
    });
    assert_eq!(diagnosed(&verdict), "time starts at dt");
}
