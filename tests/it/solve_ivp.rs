//! The adaptive integrator takes scipy's steps.

use crate::integrate::golden;
use neurobook::integrate::Solution;
use neurobook::prelude::*;
use serde_json::Value;
use std::cell::Cell;

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

/// Equal to `tolerance` of the largest of the values.
#[track_caller]
fn assert_close(what: &str, got: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(got.len(), expected.len(), "{what}: number of values");
    let size = expected.iter().fold(1e-300, |size: f64, value| size.max(value.abs()));
    for (index, (got, expected)) in got.iter().zip(expected).enumerate() {
        assert!((got - expected).abs() <= tolerance * size, "{what}[{index}]: got {got}, expected {expected}");
    }
}

fn rule(name: &str, t: f64, x: &[f64]) -> Vec<f64> {
    let van_der_pol = |mu: f64| vec![x[1], mu * (1.0 - x[0] * x[0]) * x[1] - x[0]];
    match name {
        "van_der_pol" => van_der_pol(1.0),
        "stiff_van_der_pol" => van_der_pol(30.0),
        "oscillator" => vec![x[1], -x[0]],
        "spiral" => vec![-0.5 * x[0] - 2.0 * x[1], 2.0 * x[0] - 0.5 * x[1]],
        "driven" => vec![t.cos() * x[0] - 0.1 * x[0]],
        "lorenz" => {
            vec![10.0 * (x[1] - x[0]), x[0] * (28.0 - x[2]) - x[1], x[0] * x[1] - 8.0 / 3.0 * x[2]]
        }
        unknown => panic!("no rule {unknown}"),
    }
}

fn options(case: &Value) -> Rk45 {
    let mut options = Rk45::new().dense_output();
    for (name, value) in case["options"].as_object().unwrap() {
        options = match (name.as_str(), value.as_f64()) {
            ("rtol", Some(rtol)) => options.rtol(rtol),
            ("atol", Some(atol)) => options.atol(atol),
            ("atol", None) => options.atol(numbers(value)),
            ("max_step", Some(max_step)) => options.max_step(max_step),
            ("first_step", Some(first_step)) => options.first_step(first_step),
            ("t_eval", None) => options.t_eval(numbers(value)),
            unknown => panic!("no option {unknown:?}"),
        };
    }
    for event in case["events"].as_array().unwrap() {
        let (variable, level) = (event[0][0].as_u64().unwrap() as usize, event[0][1].as_f64().unwrap());
        let watched = Event::new(move |_t, x| x[variable] - level);
        let watched = match event[1].as_f64().unwrap() {
            0.0 => watched,
            up if up > 0.0 => watched.rising(),
            _ => watched.falling(),
        };
        options = options.event(match &event[2] {
            Value::Bool(true) => watched.terminal(),
            Value::Bool(false) => watched,
            count => watched.terminal_after(count.as_u64().unwrap() as usize),
        });
    }
    options
}

/// The case of this name in the golden file, and our solution of it.
fn solved(name: &str) -> (Value, Solution) {
    let cases = golden("solve_ivp.json");
    let case = cases.as_array().unwrap().iter().find(|case| case["name"] == name).unwrap().clone();
    let rule_name = String::from(case["rule"].as_str().unwrap());
    let span = numbers(&case["t_span"]);
    let solution =
        solve_ivp(|t, x| rule(&rule_name, t, x), (span[0], span[1]), numbers(&case["x0"]), options(&case)).unwrap();
    (case, solution)
}

fn every(values: &[f64], stride: usize) -> Vec<f64> {
    values.iter().step_by(stride).copied().collect()
}

/// The error estimate is a small difference of large numbers: its rounding, and with it the length of
/// the steps, depends on the order of a sum. What the solution is at a given time does not.
#[track_caller]
fn agrees(name: &str) {
    agrees_to(name, 1e-8, 1e-10);
}

#[track_caller]
fn agrees_to(name: &str, step_tolerance: f64, tolerance: f64) {
    let (case, solution) = solved(name);
    assert_eq!(solution.evaluations as u64, case["nfev"].as_u64().unwrap(), "{name}: evaluations");
    assert_eq!(solution.step_times.len() as u64, case["steps"].as_u64().unwrap(), "{name}: steps");
    let stride = case["step_stride"].as_u64().unwrap() as usize;
    let steps = numbers(&case["step_times"]);
    assert_close("step times", &every(&solution.step_times.to_vec(), stride), &steps, step_tolerance);
    // An end that an event makes may be a rounding earlier than scipy's.
    let ends = [solution.step_times[0], solution.step_times[solution.step_times.len() - 1]];
    let inside = |t: &f64| t.clamp(ends[0].min(ends[1]), ends[0].max(ends[1]));
    let within = |times: &[f64]| solution.at_all(times.iter().map(inside).collect::<Vec<f64>>()).unwrap();
    let run = if case["t"].is_null() {
        assert_eq!(solution.trajectory.times, solution.step_times);
        within(&steps)
    } else {
        solution.trajectory.clone()
    };
    if !case["t"].is_null() {
        assert_eq!(run.times.to_vec(), numbers(&case["t"]), "{name}: times");
    }
    for (variable, expected) in rows(&case["y"]).iter().enumerate() {
        assert_close("states", &run.row(variable).to_vec(), expected, tolerance);
    }
    let dense = within(&numbers(&case["dense_t"]));
    for (variable, expected) in rows(&case["dense_y"]).iter().enumerate() {
        assert_close("dense output", &dense.row(variable).to_vec(), expected, tolerance);
    }
    for (index, event) in solution.events.iter().enumerate() {
        assert_close("event times", &event.times.to_vec(), &numbers(&case["t_events"][index]), tolerance);
        for (column, expected) in rows(&case["y_events"][index]).iter().enumerate() {
            assert_close("event states", &event.states.column(column).to_vec(), expected, tolerance);
        }
    }
    assert_eq!(u64::from(solution.stopped_by.is_some()), case["status"].as_u64().unwrap(), "{name}: status");
}

#[test]
fn linear_systems_are_solved_with_scipys_steps_and_evaluations() {
    let t_eval = Array1::from_iter((0..60).map(|k| f64::from(k) * 0.1));
    for case in golden("solve_ivp_linear.json").as_array().unwrap() {
        let entries = rows(&case["matrix"]);
        let system = Linear2d::new([[entries[0][0], entries[0][1]], [entries[1][0], entries[1][1]]]);
        let x0 = numbers(&case["x0"]);
        let run = system.solve_ivp((0.0, 6.0), &x0, Rk45::new().t_eval(&t_eval).dense_output()).unwrap();
        assert_eq!(run.evaluations as u64, case["nfev"].as_u64().unwrap(), "{} from {x0:?}", case["name"]);
        assert_close("step times", &run.step_times.to_vec(), &numbers(&case["step_times"]), 1e-10);
        let dense = run.at_all(numbers(&case["dense_t"])).unwrap();
        for variable in 0..2 {
            let y = every(&run.trajectory.row(variable).to_vec(), 4);
            assert_close("y", &y, &rows(&case["y"])[variable], 1e-10);
            assert_close("dense", &dense.row(variable).to_vec(), &rows(&case["dense_y"])[variable], 1e-10);
        }
    }
}

#[test]
fn van_der_pol_takes_scipys_434_evaluations() {
    agrees("defaults");
}

#[test]
fn tolerances_are_scipys() {
    agrees("tight tolerances");
    // Here the error estimate is nothing but rounding.
    agrees_to("tolerances beyond f64", 0.1, 1e-10);
    agrees("a tolerance for each variable");
}

#[test]
fn backward_in_time_is_scipys() {
    agrees("backward in time");
    agrees("backward from a negative time");
}

#[test]
fn step_limits_are_scipys() {
    agrees("longest step");
    agrees("first step too long");
    agrees("first step short");
}

#[test]
fn a_rule_may_depend_on_time() {
    agrees("a rule of time");
}

#[test]
fn a_stiff_rule_costs_scipys_7232_evaluations() {
    // A thousand steps at the limit of stability carry rounding on.
    agrees_to("a stiff rule", 1e-7, 1e-7);
}

#[test]
fn events_happen_when_scipys_do() {
    agrees("zeros of an oscillation");
    agrees("the third crossing ends it");
    agrees("an end at an event with samples");
    agrees("backward to an event");
    agrees("several events in a step");
}

#[test]
fn the_rule_is_called_as_often_as_the_solution_says() {
    let calls = Cell::new(0);
    let counted = |_t: f64, x: &[f64]| {
        calls.set(calls.get() + 1);
        [x[1], -x[0]]
    };
    let solution = solve_ivp(counted, (0.0, 6.0), [1.0, 0.5], Rk45::new()).unwrap();
    assert_eq!(calls.get(), solution.evaluations);
    assert_eq!(solution.evaluations, 2 + 6 * (solution.step_times.len() - 1 + solution.rejected));
}

#[test]
fn requested_times_do_not_change_the_steps() {
    let solve = |options: Rk45| solve_ivp(|t, x| rule("van_der_pol", t, x), (0.0, 9.0), [2.0, 0.0], options).unwrap();
    let (plain, sampled) = (solve(Rk45::new()), solve(Rk45::new().t_eval([0.0, 4.5, 9.0])));
    assert_eq!(plain.step_times, sampled.step_times);
    assert_eq!(plain.trajectory.states.column(0), sampled.trajectory.states.column(0));
    assert_close("end", &sampled.trajectory.last_state().to_vec(), &plain.trajectory.last_state().to_vec(), 1e-14);
}

#[test]
fn the_dense_output_goes_through_the_ends_of_the_steps() {
    let options = Rk45::new().dense_output();
    let run = solve_ivp(|t, x| rule("lorenz", t, x), (-1.0, 2.0), [1.0, 2.0, 3.0], options).unwrap();
    let again = run.at_all(&run.step_times).unwrap();
    for variable in 0..3 {
        assert_close("ends", &again.row(variable).to_vec(), &run.trajectory.row(variable).to_vec(), 1e-13);
    }
}

#[test]
fn a_span_of_no_length_is_the_initial_state() {
    let run = solve_ivp(|_t, x| -x[0], (3.0, 3.0), 2.0, Rk45::new()).unwrap();
    assert_eq!((run.trajectory.times.to_vec(), run.trajectory.states[[0, 0]]), (vec![3.0], 2.0));
}

#[test]
fn a_solution_that_explodes_is_an_error_that_says_where() {
    let explodes = |_t: f64, x: &[f64]| [1.0, x[1] * x[1]];
    let message = solve_ivp(explodes, (0.0, 2.0), [0.0, 1.0], Rk45::new()).unwrap_err().to_string();
    assert!(
        message.starts_with("x2 is ") && message.contains("at t = 1.0") | message.contains("at t = 0.99"),
        "{message}"
    );
    let kept = simulate(explodes, [0.0, 1.0], Rk45::new().keep_divergence(), 2.0).unwrap();
    assert!(kept.last_state()[1] > 1e6 && kept.times[kept.len() - 1] < 1.01);
    let nan = solve_ivp(|_t, x| x[0].sqrt(), (0.0, 2.0), -1.0, Rk45::new()).unwrap_err().to_string();
    assert!(nan.contains("rate at the start") && nan.contains("NaN"), "{nan}");
}

#[test]
fn options_that_make_no_sense_are_refused_by_name() {
    let message =
        |options: Rk45| solve_ivp(|_t, x| [x[1], -x[0]], (0.0, 6.0), [1.0, 0.0], options).unwrap_err().to_string();
    assert!(message(Rk45::new().rtol(f64::NAN)).starts_with("rtol is NaN"));
    assert!(message(Rk45::new().atol(-1.0)).starts_with("atol is -1"));
    assert!(message(Rk45::new().atol([1e-6; 3])).starts_with("atol has 3 values"));
    assert!(message(Rk45::new().max_step(0.0)).starts_with("max_step is 0"));
    assert!(message(Rk45::new().first_step(7.0)).starts_with("first_step is 7"));
    assert!(message(Rk45::new().t_eval([0.0, 6.1])).starts_with("t_eval has 6.1, outside"));
    assert!(message(Rk45::new().t_eval([0.0, f64::NAN])).starts_with("t_eval has NaN"));
    assert!(message(Rk45::new().t_eval([0.0, 2.0, 2.0])).starts_with("t_eval has 2 and then 2"));
    let backward = solve_ivp(|_t, x| x[0], (6.0, 0.0), 1.0, Rk45::new().t_eval([1.0, 2.0])).unwrap_err();
    assert!(backward.to_string().starts_with("t_eval has 1 and then 2"));
    let endless = solve_ivp(|_t, x| x[0], (0.0, f64::INFINITY), 1.0, Rk45::new()).unwrap_err();
    assert!(endless.to_string().starts_with("the end of t_span is inf"));
}

#[test]
fn a_time_outside_of_the_run_has_no_state() {
    let run = solve_ivp(|_t, x| -x[0], (0.0, 2.0), 1.0, Rk45::new().dense_output()).unwrap();
    assert!(run.at(2.1).unwrap_err().to_string().contains("from 0 to 2"));
    let plain = solve_ivp(|_t, x| -x[0], (0.0, 2.0), 1.0, Rk45::new()).unwrap();
    assert!(plain.at(1.0).unwrap_err().to_string().contains("dense_output"));
}
