//! Every integrator does what its formula says.

use neurobook::integrate::{PrescribedNoise, sample_times};
use neurobook::prelude::*;
use neurobook::rand::RngExt;
use neurobook::rand_distr::StandardNormal;
use serde_json::Value;
use std::path::Path;

/// A file of golden numbers of the integrators and linear systems.
pub(crate) fn golden(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/integrate").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn sample_times_are_numpys_arange() {
    for case in golden("arange.json").as_array().unwrap() {
        let t = sample_times(number(&case["dt"]), number(&case["t_end"])).unwrap();
        assert_eq!(t.len() as u64, case["samples"].as_u64().unwrap(), "{case}");
        assert_eq!(t[t.len() - 1], number(&case["last"]), "{case}");
    }
}

#[test]
fn eulers_method_gives_the_workshops_numbers() {
    for case in golden("euler_exponential.json").as_array().unwrap() {
        let a = Complex64::new(number(&case["a"][0]), number(&case["a"][1]));
        let (dt, t_end) = (number(&case["dt"]), number(&case["t_end"]));
        let (x, t) = euler(|x| a * x, number(&case["x0"]), dt, t_end).unwrap();
        assert_eq!(t.len() as u64, case["samples"].as_u64().unwrap());
        let close = |got: Complex64, re: &Value, im: &Value| {
            (got - Complex64::new(number(re), number(im))).norm() <= 1e-10 * got.norm()
        };
        for (k, index) in case["index"].as_array().unwrap().iter().enumerate() {
            let got = x[index.as_u64().unwrap() as usize];
            assert!(close(got, &case["re"][k], &case["im"][k]), "a = {a}, sample {index}: {got}");
        }
        assert!(close(x[x.len() - 1], &case["last"][0], &case["last"][1]));
        // The integrator of models takes the same steps, and one more sample: the end.
        let model = Exponential::new(a).simulate([number(&case["x0"]), 0.0], Euler::new(dt), t_end).unwrap();
        assert_eq!(model.len(), x.len() + 1);
        assert!((model.variable("re").unwrap()[x.len() - 1] - x[x.len() - 1].re).abs() < 1e-9 * x[0].norm());
    }
}

#[test]
fn eulers_method_ends_at_36_78978_with_the_learners_values() {
    let run = simulate(|_t, x| -0.1 * x[0], 100.0, Euler::new(0.001), 10.0).unwrap();
    assert!((run.states[[0, 9_999]] - 36.78978).abs() < 5e-6);
}

/// The error at time 2 of a nonlinear rule that depends on time: `dx/dt = -2 t x²` from 1 is `1/(1 + t²)`.
fn error(integrator: impl Integrator) -> f64 {
    let run = simulate(|t, x| -2.0 * t * x[0] * x[0], 1.0, integrator, 2.0).unwrap();
    (run.last_state()[0] - 0.2).abs()
}

#[track_caller]
fn assert_order(expected: f64, coarse: f64, fine: f64) {
    let order = (coarse / fine).log2();
    assert!((order - expected).abs() < 0.1, "order {order}, expected {expected}");
}

#[test]
fn halving_the_step_halves_eulers_error() {
    assert_order(1.0, error(Euler::new(0.01)), error(Euler::new(0.005)));
}

#[test]
fn halving_the_step_quarters_heuns_error() {
    assert_order(2.0, error(Heun::new(0.01)), error(Heun::new(0.005)));
}

#[test]
fn halving_the_step_divides_the_error_of_runge_and_kutta_by_16() {
    assert_order(4.0, error(Rk4::new(0.02)), error(Rk4::new(0.01)));
}

#[test]
fn a_tighter_tolerance_makes_a_smaller_error() {
    let errors = [1e-3, 1e-6, 1e-9].map(|rtol| error(Rk45::new().rtol(rtol).atol(rtol)));
    assert!(errors[0] > 30.0 * errors[1] && errors[1] > 30.0 * errors[2], "{errors:?}");
    assert!(errors[2] < 1e-8);
}

/// The mean error at time 1 of steps that take `group` of 4096, on the same 200 paths of noise, of
/// `dx = sin(x) dt + 0.5 dW` against steps of the finest size.
fn strong_error(group: usize) -> f64 {
    let finest = 4096;
    let end = |noise: &Array1<f64>| {
        let dt = 1.0 / noise.len() as f64;
        let method = EulerMaruyama::new(dt, 0.5, PrescribedNoise::new(noise));
        simulate(|_t, x| x[0].sin(), 1.0, method, 1.0).unwrap().last_state()[0]
    };
    let errors = (0..2000).map(|seed| {
        let fine = noise::white(finest, seed);
        let sums = fine.exact_chunks(group).into_iter().map(|chunk| chunk.sum() / (group as f64).sqrt()).collect();
        (end(&sums) - end(&fine)).abs()
    });
    errors.sum::<f64>() / 2000.0
}

#[test]
fn halving_the_step_halves_the_error_of_a_path_with_additive_noise() {
    assert_order(1.0, strong_error(128), strong_error(64));
}

#[test]
fn euler_and_maruyama_take_the_generators_numbers_in_order() {
    let (dt, sigma) = (0.01, [0.5, 2.0]);
    let method = || EulerMaruyama::new(dt, sigma, noise::generator(7, 3));
    let rule = |t: f64, x: &[f64]| [x[1] - t, -x[0]];
    let run = simulate(rule, [1.0, 0.0], method(), 1.0).unwrap();
    let mut rng = noise::generator(7, 3);
    let mut x = [1.0, 0.0];
    for k in 0..100 {
        assert_eq!(run.states.column(k).to_vec(), x);
        let rate = rule(k as f64 * dt, &x);
        for i in 0..2 {
            let normal: f64 = rng.sample(StandardNormal);
            x[i] = x[i] + dt * rate[i] + sigma[i] * dt.sqrt() * normal;
        }
    }
    assert_eq!(run, simulate(rule, [1.0, 0.0], method(), 1.0).unwrap());
    let mut borrowed = noise::generator(7, 3);
    assert_eq!(run, simulate(rule, [1.0, 0.0], EulerMaruyama::new(dt, sigma, &mut borrowed), 1.0).unwrap());
    let quiet = simulate(rule, [1.0, 0.0], EulerMaruyama::new(dt, 0.0, &mut borrowed), 1.0).unwrap();
    assert_eq!(quiet, simulate(rule, [1.0, 0.0], Euler::new(dt), 1.0).unwrap());
}

#[test]
fn the_ornstein_uhlenbeck_process_has_its_variance() {
    let mut rng = noise::generator(1, 0);
    let run = simulate(|_t, x| -x[0] / 5.0, 0.0, EulerMaruyama::new(0.1, 0.3, &mut rng), 100_000.0).unwrap();
    let expected = 0.3 * (0.1_f64 / (1.0 - 0.98 * 0.98)).sqrt();
    assert!((run.after(50.0).row(0).std(0.0) / expected - 1.0).abs() < 0.02);
}

#[test]
fn the_centre_keeps_its_energy_except_with_euler() {
    let centre = Linear2d::centre();
    // x1² - 4 x1 x2 + 5 x2² is constant along the ellipses of the centre.
    let energy = |x: &[f64]| x[0] * x[0] - 4.0 * x[0] * x[1] + 5.0 * x[1] * x[1];
    let growth = |run: Trajectory| energy(&run.last_state().to_vec()) / energy(&[1.0, 0.0]);
    let dt = 0.01;
    let euler = growth(centre.simulate([1.0, 0.0], Euler::new(dt), 20.0).unwrap());
    assert!((euler - (1.0 + dt * dt).powi(2000)).abs() < 1e-9, "{euler}");
    let heun = growth(centre.simulate([1.0, 0.0], Heun::new(dt), 20.0).unwrap());
    assert!((heun - (1.0 + dt.powi(4) / 4.0).powi(2000)).abs() < 1e-12, "{heun}");
    let rk4 = growth(centre.simulate([1.0, 0.0], Rk4::new(dt), 20.0).unwrap());
    assert!((rk4 - 1.0).abs() < 1e-9);
    let rk45 = growth(centre.simulate([1.0, 0.0], Rk45::new().rtol(1e-10).atol(1e-10), 20.0).unwrap());
    assert!((rk45 - 1.0).abs() < 1e-8);
}

#[test]
fn a_run_with_the_reversed_rule_comes_back() {
    let rule = |x: &[f64]| [x[1], (1.0 - x[0] * x[0]) * x[1] - x[0]];
    let there = simulate(|_t, x| rule(x), [2.0, 0.0], Rk4::new(0.001), 3.0).unwrap();
    let back = simulate(|_t, x| rule(x).map(|rate| -rate), there.last_state(), Rk4::new(0.001), 3.0).unwrap();
    assert!((back.last_state()[0] - 2.0).abs() < 1e-9 && back.last_state()[1].abs() < 1e-9);
    let precise = || Rk45::new().rtol(1e-11).atol(1e-11);
    let end = solve_ivp(|_t, x| rule(x), (0.0, 3.0), [2.0, 0.0], precise()).unwrap().trajectory.last_state();
    let start = solve_ivp(|_t, x| rule(x), (3.0, 0.0), end, precise()).unwrap().trajectory.last_state();
    assert!((start[0] - 2.0).abs() < 1e-8 && start[1].abs() < 1e-8, "{start}");
}

#[test]
fn a_rule_may_give_an_array_a_vec_an_array1_or_a_number() {
    let reference = simulate(|_t, x| [x[1], -x[0]], [1.0, 0.0], Rk4::new(0.1), 1.0).unwrap();
    let ndarray = simulate(|_t, x| array![x[1], -x[0]], array![1.0, 0.0], Rk4::new(0.1), 1.0).unwrap();
    let vec = simulate(|_t, x| vec![x[1], -x[0]], vec![1.0, 0.0], Rk4::new(0.1), 1.0).unwrap();
    assert!(reference == ndarray && reference == vec);
    let one = simulate(|_t, x| -x[0], 1.0, Euler::new(0.5), 1.0).unwrap();
    assert_eq!(one.row(0).to_vec(), [1.0, 0.5, 0.25]);
}

#[test]
fn a_rule_with_a_rate_too_few_is_refused() {
    let message = simulate(|_t, x| [x[0]], [1.0, 0.0], Euler::new(0.1), 1.0).unwrap_err().to_string();
    assert_eq!(message, "x0 has 2 variables and the rule gives 1 rates: give one rate for each variable");
    let empty = simulate(|_t, _x| Vec::new(), Vec::new(), Euler::new(0.1), 1.0).unwrap_err().to_string();
    assert!(empty.starts_with("x0 is empty"));
    let nan = simulate(|_t, x| x[0], f64::NAN, Euler::new(0.1), 1.0).unwrap_err().to_string();
    assert!(nan.starts_with("x0[0] is NaN"));
}

#[test]
fn the_duration_is_covered_by_steps() {
    let samples = |dt: f64, duration: f64| simulate(|_t, x| x[0], 1.0, Euler::new(dt), duration).map(|run| run.len());
    assert_eq!(samples(0.1, 0.3), Ok(4));
    assert_eq!(samples(0.03, 10.0), Ok(335));
    assert_eq!(samples(0.1, 0.0), Ok(1));
    let message = |dt: f64, duration: f64| samples(dt, duration).unwrap_err().to_string();
    assert!(message(0.0, 1.0).starts_with("dt is 0"));
    assert!(message(-0.1, 1.0).starts_with("dt is -0.1"));
    assert!(message(f64::NAN, 1.0).starts_with("dt is NaN"));
    assert!(message(2.0, 1.0).starts_with("dt is 2, longer than the whole duration of 1"));
    assert!(message(0.1, -1.0).starts_with("duration is -1"));
    assert!(message(0.1, f64::INFINITY).starts_with("duration is inf"));
    assert!(message(1e-9, 1e3).contains("7450.6 GB"), "{}", message(1e-9, 1e3));
    assert!(message(1e-300, 1e3).contains("GB"));
}

#[test]
fn noise_that_makes_no_sense_is_refused() {
    let message = |noise: Vec<f64>| {
        let method = EulerMaruyama::new(0.1, noise, noise::generator(0, 0));
        simulate(|_t, x| [x[1], x[0]], [1.0, 0.0], method, 1.0).unwrap_err().to_string()
    };
    assert!(message(vec![-0.5]).starts_with("noise is -0.5"));
    assert!(message(vec![f64::NAN, 1.0]).starts_with("noise is NaN"));
    assert!(message(vec![1.0; 3]).starts_with("noise has 3 values and the state 2"));
    let given = EulerMaruyama::new(0.1, 1.0, PrescribedNoise::new([1.0, 2.0]));
    let short = simulate(|_t, x| x[0], 1.0, given, 1.0).unwrap_err().to_string();
    assert!(short.starts_with("the given noise has 2 numbers left and the run needs 10"));
}

#[test]
fn a_trajectory_loses_its_transient_and_its_surplus() {
    let run = simulate(|_t, x| [x[1], -x[0]], [1.0, 0.0], Rk4::new(0.1), 10.0).unwrap();
    let settled = run.after(5.0);
    assert_eq!((settled.len(), settled.times[0]), (51, 5.0));
    assert_eq!(settled.states.column(0), run.states.column(50));
    let sparse = run.every(30);
    assert_eq!(sparse.len(), 4);
    assert_eq!(sparse.states.column(0), run.states.column(0));
    assert!(run.after(11.0).is_empty() && run.every(1000).len() == 1 && run.every(usize::MAX).len() == 1);
    let named = run.named(["v", "w"]).unwrap();
    let message = named.variable("u").unwrap_err().to_string();
    assert_eq!(message, "there is no variable \"u\": this run has v, w");
    assert_eq!(named.variable("w").unwrap(), named.row(1));
    assert!(named.named(["v"]).unwrap_err().to_string().contains("one name for each variable"));
}

#[test]
fn a_trajectory_whose_shapes_differ_is_refused() {
    let (times, names) = (Array1::zeros(3), vec![String::from("x")]);
    assert!(Trajectory::new(times.clone(), Array2::zeros((1, 3)), names.clone()).is_ok());
    let columns = Trajectory::new(times.clone(), Array2::zeros((1, 4)), names.clone()).unwrap_err().to_string();
    assert!(columns.starts_with("states has 4 columns and times 3"));
    let rows = Trajectory::new(times, Array2::zeros((2, 3)), names).unwrap_err().to_string();
    assert!(rows.starts_with("states has 2 rows and names 1"));
}

#[test]
fn the_step_travels_with_the_series_to_the_bit_and_is_refused_where_it_is_not_one() {
    for dt in [2.0, 0.72, 0.1, 1e-4] {
        let series = Trajectory::from_series(Array2::zeros((2, 1000)), dt).unwrap();
        assert_eq!((series.dt().unwrap(), series.every(1).dt().unwrap()), (dt, dt));
        assert_eq!(series.names, ["x_0", "x_1"]);
        let (cut, sparse) = (series.after(500.0 * dt).dt().unwrap(), series.every(7).dt().unwrap());
        assert!((cut / dt - 1.0).abs() < 1e-12 && (sparse / dt - 7.0).abs() < 1e-12, "{cut} and {sparse} of {dt}");
    }
    let refused = |run: Trajectory, words: &str| {
        let message = run.dt().unwrap_err().to_string();
        assert!(message.starts_with(words), "{message}");
    };
    let adaptive = simulate(|_t, x| [x[1], -x[0]], [1.0, 0.0], Rk45::new(), 10.0).unwrap();
    refused(adaptive, "times are not evenly spaced: the step is ");
    let series = Trajectory::from_series(Array2::zeros((1, 3)), 1.0).unwrap();
    refused(Trajectory { times: array![0.0, 1.0, f64::NAN], ..series.clone() }, "times are not evenly spaced");
    refused(Trajectory { times: array![2.0, 1.0, 0.0], ..series.clone() }, "the time step is -1");
    refused(series.after(2.0), "times has 1 values: a time step needs two");
}

#[test]
fn a_trajectory_is_narrowed_to_a_variable_and_keeps_its_times() {
    let network = HopfNetwork { weights: network::all_to_all(3), ..HopfNetwork::default() };
    let run = network.simulate(10.0).unwrap();
    let only = run.only("y").unwrap();
    assert_eq!((&only.states, &only.times), (&run.nodes("y").unwrap(), &run.times));
    assert_eq!(only.names, ["y_0", "y_1", "y_2"]);
    assert_eq!(run.only("z").unwrap_err().to_string(), run.nodes("z").unwrap_err().to_string());
    let two = run.select(&[4, 0]).map(|value| 2.0 * value);
    assert_eq!((two.names.join(" "), two.row(0)), ("y_1 x_0".into(), 2.0 * run.row(4)));
    assert_eq!(run.in_seconds().dt().unwrap(), run.dt().unwrap() / 1000.0);
}
