//! Stiff rules: an implicit method that solves them, and words for an explicit one that does not.

use neurobook::integrate::{Adaptive, Method};
use neurobook::prelude::*;
use std::cell::Cell;

fn van_der_pol(mu: f64) -> impl Fn(f64, &[f64]) -> [f64; 2] {
    move |_t, x| [x[1], mu * (1.0 - x[0] * x[0]) * x[1] - x[0]]
}

/// H. H. Robertson's reaction: rate constants from 0.04 to 3e7.
fn robertson(_t: f64, x: &[f64]) -> [f64; 3] {
    let (slow, back, fast) = (0.04 * x[0], 1e4 * x[1] * x[2], 3e7 * x[1] * x[1]);
    [back - slow, slow - back - fast, fast]
}

/// The error at the end of steps of length `h` of an oscillator, and the largest one between them.
fn errors<M: Method>(method: Adaptive<M>, h: f64) -> (f64, f64) {
    // Tolerances so large that every step is as long as it may be, and that Newton's method converges at once.
    let method = method.rtol(1.0).atol(1.0).first_step(h).max_step(h).dense_output();
    let run = solve_ivp(|_t, x| [x[1], -x[0]], (0.0, 2.0), [1.0, 0.0], method).unwrap();
    assert_eq!(run.step_times.len() as f64, 1.0 + (2.0 / h).round(), "steps of {h}");
    let inside: Vec<f64> = (1..200).map(|k| 0.01 * f64::from(k)).collect();
    let between = run.at_all(inside).unwrap();
    let worst = between.times.iter().zip(between.row(0)).map(|(t, x)| (x - t.cos()).abs()).fold(0.0, f64::max);
    ((run.trajectory.last_state()[0] - 2_f64.cos()).abs(), worst)
}

#[test]
fn half_the_step_of_radau_has_a_thirty_second_of_the_error_and_between_steps_an_eighth_at_least() {
    for h in [0.25, 0.125, 0.0625] {
        let ((coarse, coarse_between), (fine, fine_between)) = (errors(Radau::new(), h), errors(Radau::new(), h / 2.0));
        let (order, between) = ((coarse / fine).log2(), (coarse_between / fine_between).log2());
        assert!((4.7..5.4).contains(&order), "order {order} at h = {h}: {coarse:e}, {fine:e}");
        assert!((2.8..4.3).contains(&between), "order {between} between steps of {h}");
    }
}

#[test]
fn a_tighter_tolerance_of_radau_is_a_smaller_error() {
    let error = |tolerance: f64| {
        let method = Radau::new().rtol(tolerance).atol(1e-3 * tolerance);
        let end = solve_ivp(|t, x| -2.0 * t * x[0] * x[0], (0.0, 2.0), 1.0, method).unwrap().trajectory.last_state();
        (end[0] - 0.2).abs()
    };
    let errors = [1e-3, 1e-5, 1e-7, 1e-9].map(error);
    assert!(errors.windows(2).all(|pair| pair[1] < 0.2 * pair[0]), "{errors:?}");
    assert!(errors[3] < 1e-8, "{errors:?}");
}

#[test]
fn a_fast_decay_that_has_died_away_does_not_limit_the_steps_of_radau() {
    // The solution is nearly cos t; what is not decays a million times as fast.
    let rule = |t: f64, x: &[f64]| -1e6 * (x[0] - t.cos());
    let run = solve_ivp(rule, (0.0, 10.0), 0.0, Radau::new()).unwrap();
    assert!((run.trajectory.last_state()[0] - 10_f64.cos()).abs() < 2e-3);
    assert!(run.step_times.len() < 100, "{} steps", run.step_times.len());
}

#[test]
fn van_der_pols_oscillator_at_mu_1e5_is_that_of_scipy() {
    // scipy 1.17.1, solve_ivp(method="Radau", rtol=1e-12, atol=1e-14), with the exact Jacobian.
    let times = [1e4, 5e4, 1e5, 2e5, 3e5];
    let theirs = [1.931361070073312, 1.5967683945144964, -1.8633844657185257, 1.7055475043269497, -1.509378254188452];
    let solve = |method: Radau| solve_ivp(van_der_pol(1e5), (0.0, 3e5), [2.0, 0.0], method.t_eval(times)).unwrap();
    let tight = solve(Radau::new().rtol(1e-8).atol(1e-10));
    for (ours, theirs) in tight.trajectory.row(0).iter().zip(theirs) {
        assert!((ours - theirs).abs() < 1e-5, "{ours} instead of {theirs}");
    }
    // With the default tolerances scipy takes 386 steps and ends at -1.51105.
    let default = solve(Radau::new());
    assert!((300..500).contains(&default.step_times.len()), "{} steps", default.step_times.len());
    assert!((default.trajectory.last_state()[0] + 1.50938).abs() < 5e-3);
}

#[test]
fn robertsons_reaction_is_right_over_eleven_powers_of_ten() {
    // scipy 1.17.1, solve_ivp(method="Radau", rtol=1e-11, atol=[1e-14, 1e-20, 1e-14]), with the exact Jacobian.
    let theirs = [
        (0.4, [0.98517211386098, 3.386395378974805e-05, 0.014794022185230321]),
        (40.0, [0.7158270687194049, 9.185534764559236e-06, 0.28416374574583037]),
        (4e4, [0.038983377085524094, 1.6217683159114793e-07, 0.9610164607376427]),
        (4e8, [5.207702103547301e-06, 2.083091559405023e-11, 0.9999947922770626]),
        (4e10, [5.20834517569166e-08, 2.0833381774824623e-13, 0.9999999479163376]),
    ];
    let method = Radau::new().rtol(1e-7).atol([1e-12, 1e-16, 1e-12]).t_eval(theirs.map(|(t, _)| t));
    let run = solve_ivp(robertson, (0.0, 4e10), [1.0, 0.0, 0.0], method).unwrap();
    for (column, (t, theirs)) in theirs.iter().enumerate() {
        let ours = run.trajectory.states.column(column);
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert!((ours - theirs).abs() < 1e-4 * theirs, "at {t}: {ours} instead of {theirs}");
        }
        assert!((ours.sum() - 1.0).abs() < 1e-9, "matter is conserved");
    }
    assert!(run.step_times.len() < 1000, "{} steps", run.step_times.len());
}

#[test]
fn radau_solves_backward_with_events_and_a_dense_output() {
    let falls = |_t: f64, x: &[f64]| [x[1], -9.81];
    let ground = Event::new(|_t, x| x[0]).falling().terminal();
    let fall = solve_ivp(falls, (0.0, 10.0), [20.0, 0.0], Radau::new().event(ground).dense_output()).unwrap();
    let time = (40.0 / 9.81_f64).sqrt();
    assert!((fall.events[0].times[0] - time).abs() < 1e-7 && fall.stopped_by == Some(0));
    assert!((fall.at(0.5 * time).unwrap()[0] - 15.0).abs() < 1e-6);
    let grown = solve_ivp(|_t, x| -x[0], (6.0, 0.0), 1.0, Radau::new().rtol(1e-8).t_eval([3.0])).unwrap();
    assert!((grown.trajectory.last_state()[0] - 3_f64.exp()).abs() < 1e-4);
    let run = Hopf::default().simulate([0.1, 0.0], Radau::new().rtol(1e-8).atol(1e-8), 500.0).unwrap();
    let end = run.last_state();
    assert!((end[0].hypot(end[1]) - 0.5).abs() < 1e-5);
}

#[test]
fn radau_calls_the_rule_as_often_as_the_solution_says() {
    let calls = Cell::new(0);
    let rule = |_t: f64, x: &[f64]| {
        calls.set(calls.get() + 1);
        [x[1], 100.0 * (1.0 - x[0] * x[0]) * x[1] - x[0]]
    };
    let solution = solve_ivp(rule, (0.0, 100.0), [2.0, 0.0], Radau::new()).unwrap();
    assert_eq!(calls.get(), solution.evaluations);
}

#[test]
fn a_stiff_rule_ends_an_explicit_run_early_with_words_that_name_stiffness_and_tolerances() {
    for options in [Rk45::new(), Rk45::new().t_eval([0.0, 3e5])] {
        let options = options.step_limit(20_000);
        let message = solve_ivp(van_der_pol(1e5), (0.0, 3e5), [2.0, 0.0], options).unwrap_err().to_string();
        assert!(message.starts_with("20000 steps have only come from t = 0 to "), "{message}");
        for word in ["stiff", "Radau::new()", "rtol and atol", "step_limit"] {
            assert!(message.contains(word), "{word}: {message}");
        }
        assert!(!message.contains("dt"), "{message}");
    }
    let message = solve_ivp(robertson, (0.0, 1e5), [1.0, 0.0, 0.0], Rk45::new()).unwrap_err().to_string();
    assert!(message.contains("stiff") && message.contains("Radau::new()"), "{message}");
    let message = solve_ivp(van_der_pol(1e5), (0.0, 3e5), [2.0, 0.0], Radau::new().step_limit(10)).unwrap_err();
    assert!(message.to_string().starts_with("10 steps have only come") && !message.to_string().contains("stiff"));
}

#[test]
fn a_stiff_rule_is_told_without_a_limit_of_ones_own() {
    let rule = |_t: f64, x: &[f64]| -1e8 * x[0];
    let message = solve_ivp(rule, (0.0, 1.0), 1.0, Rk45::new().t_eval([1.0])).unwrap_err().to_string();
    assert!(message.starts_with("10000000 steps") && message.contains("stiff"), "{message}");
}

#[test]
fn what_diverges_or_jumps_is_an_error_of_radau_too() {
    let explodes = |_t: f64, x: &[f64]| x[0] * x[0];
    let message = solve_ivp(explodes, (0.0, 2.0), 1.0, Radau::new()).unwrap_err().to_string();
    assert!(
        message.starts_with("x1 is ") && message.contains("at t = 1.0") | message.contains("at t = 0.99"),
        "{message}"
    );
    let ends = |t: f64, _x: &[f64]| if t > 1.0 { f64::NAN } else { 1.0 };
    let message = solve_ivp(ends, (0.0, 9.0), 1.0, Radau::new()).unwrap_err().to_string();
    assert!(
        message.starts_with("x1 is ") && message.contains("its rule jumps") && !message.contains("stiff"),
        "{message}"
    );
}
