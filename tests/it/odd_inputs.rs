//! Public functions of analysis, integration, noise and networks, given what nobody means to give: each answers with a value that is
//! in its range or not a number, or refuses in words of its own.

use neurobook::analysis::*;
use neurobook::integrate::{euler_stability_boundary, sample_times};
use neurobook::ndarray::Axis;
use neurobook::network::{self, Delays};
use neurobook::noise::{self, OrnsteinUhlenbeck};
use neurobook::prelude::*;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// What a panic or an error of another crate says, and no refusal of ours.
const FOREIGN: [&str; 14] = [
    "ndarray",
    "out of bounds",
    "index",
    "unwrap",
    "overflow",
    "assertion",
    "ShapeError",
    "range end",
    "slice",
    "divide by zero",
    "capacity",
    "alloc",
    "NonNull",
    "called `",
];

/// The longest that any of these may take: a computation without an end is a fault, a busy machine is none.
const LONGEST: Duration = Duration::from_secs(120);

/// Runs one of them elsewhere, so that it can be left if it never ends; gives its value, or `None` if it refused.
#[track_caller]
fn answer<T: Send + 'static>(what: String, run: impl FnOnce() -> Result<T, String> + Send + 'static) -> Option<T> {
    let (send, receive) = channel();
    thread::spawn(move || {
        let caught = catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|payload: Box<dyn Any + Send>| {
            let words = payload.downcast_ref::<String>().cloned();
            Err(words.or_else(|| payload.downcast_ref::<&str>().map(|s| s.to_string())).unwrap_or_default())
        });
        let _ = send.send(caught);
    });
    match receive.recv_timeout(LONGEST) {
        Err(_) => panic!("{what} does not end"),
        Ok(Ok(value)) => Some(value),
        Ok(Err(words)) => {
            let foreign = FOREIGN.iter().find(|word| words.contains(**word));
            assert!(foreign.is_none() && words.len() > 10, "{what} refuses with: {words}");
            None
        }
    }
}

fn ok<T>(value: T) -> Result<T, String> {
    Ok(value)
}

fn told<T>(result: neurobook::Result<T>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

const ODD: [f64; 12] =
    [0.0, -0.0, 1.0, -1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e308, -1e308, 1e-320, 0.1, 7.0];

const SIZES: [(usize, usize); 12] =
    [(0, 0), (0, 5), (5, 0), (1, 1), (1, 5), (5, 1), (2, 3), (3, 2), (3, 3), (4, 4), (4, 40), (40, 4)];

/// Matrices of each size: one value everywhere, one value among others, large and small in turn, and noise.
fn matrices() -> Vec<(String, Array2<f64>)> {
    let mut all = Vec::new();
    for size in SIZES {
        for value in ODD {
            all.push((format!("{size:?} of {value:e}"), Array2::from_elem(size, value)));
            let noise = noise::white(size.0 * size.1, 1).into_shape_with_order(size).unwrap();
            let mut one = noise.clone();
            if let Some(first) = one.iter_mut().next() {
                *first = value;
            }
            all.push((format!("{size:?} of noise with one {value:e}"), one));
            all.push((format!("{size:?} of noise times {value:e}"), noise * value));
        }
        let turns = Array2::from_shape_fn(size, |(n, m)| if (n + m) % 2 == 0 { 1e308 } else { -1e308 });
        all.push((format!("{size:?} in turn"), turns));
    }
    all
}

#[track_caller]
fn within(what: &str, values: impl IntoIterator<Item = f64>, low: f64, high: f64) {
    for value in values {
        assert!(value.is_nan() || (low - 1e-9..=high + 1e-9).contains(&value), "{what} gives {value}");
    }
}

#[test]
fn measures_of_any_matrix_are_in_their_range_or_refused() {
    for (name, matrix) in matrices() {
        let run = |what: &str, low: f64, high: f64, measure: fn(&Array2<f64>) -> Result<Vec<f64>, String>| {
            let (what, matrix) = (format!("{what} of {name}"), matrix.clone());
            if let Some(values) = answer(what.clone(), move || measure(&matrix)) {
                within(&what, values, low, high);
            }
        };
        run("functional_connectivity", -1.0, 1.0, |m| ok(functional_connectivity(m).into_iter().collect()));
        run("shrunk_connectivity", -1.0, 1.0, |m| ok(shrunk_connectivity(m).into_iter().collect()));
        run("ledoit_wolf", 0.0, 1.0, |m| ok(vec![ledoit_wolf(m).shrinkage]));
        for (window, step) in [(0, 1), (1, 1), (2, 0), (2, 1), (3, 2), (usize::MAX, 1), (2, usize::MAX)] {
            let (what, matrix) = (format!("dynamics {window} {step} of {name}"), matrix.clone());
            let run = move || told(functional_connectivity_dynamics(&matrix, window, step));
            if let Some(dynamics) = answer(what.clone(), run) {
                within(&what, dynamics, -1.0, 1.0);
            }
        }
        run("matrix_correlation", -1.0, 1.0, |m| told(matrix_correlation(m, m)).map(|r| vec![r]));
        run("matrix_correlation, turned", -1.0, 1.0, |m| told(matrix_correlation(m, &m.t())).map(|r| vec![r]));
        run("matrix_kolmogorov_smirnov", 0.0, 1.0, |m| told(matrix_kolmogorov_smirnov(m, m)).map(|d| vec![d]));
        run("order_parameter", 0.0, 1.0, |m| ok(order_parameter(m).to_vec()));
        run("mean_phase", -PI, PI, |m| ok(mean_phase(m).to_vec()));
        run("synchrony", 0.0, 1.0, |m| ok(vec![synchrony(m)]));
        run("metastability", 0.0, 1.0, |m| ok(vec![metastability(m)]));
        run("wrap_phases", 0.0, 2.0 * PI, |m| ok(wrap_phases(m).into_iter().collect()));
        run("unwrap_phases", f64::NEG_INFINITY, f64::INFINITY, |m| ok(unwrap_phases(m).into_iter().collect()));
        run("density", 0.0, 1.0, |m| ok(vec![network::density(m)]));
        run("degrees", 0.0, 40.0, |m| ok(network::degrees(m).to_vec()));
        run("strengths", f64::NEG_INFINITY, f64::INFINITY, |m| ok(network::strengths(m).to_vec()));
        run("fibre_lengths", 0.0, f64::INFINITY, |m| ok(network::fibre_lengths(m, 1.0).into_iter().collect()));
        run("upper_triangle", f64::NEG_INFINITY, f64::INFINITY, |m| ok(upper_triangle(m).to_vec()));
        run("mean_power_spectrum", 0.0, f64::INFINITY, |m| {
            told(Trajectory::from_series(m.clone(), 1.0).and_then(|run| mean_power_spectrum(&run, 4)))
                .map(|s| s.power.to_vec())
        });
        run("Connectome", f64::NEG_INFINITY, f64::INFINITY, |m| {
            told(Connectome::new(m.clone(), m.mapv(f64::abs))).map(|c| vec![c.regions() as f64])
        });
        run("BalloonWindkessel", f64::NEG_INFINITY, f64::INFINITY, |m| {
            let bold = |run: Trajectory| BalloonWindkessel::default().simulate(&run);
            told(Trajectory::from_series(m.clone(), 100.0).and_then(bold)).map(|run| run.states.into_iter().collect())
        });
        for dt in ODD {
            let (what, phases) = (format!("frequencies {dt:e} of {name}"), matrix.clone());
            let (delays, wanted) = (Delays::Times(matrix.clone()), matrix.nrows());
            answer(what.clone(), move || {
                let run = told(Trajectory::from_series(phases, dt))?;
                ok((mean_frequencies(&run), is_frequency_locked(&run, 0.1)))
            });
            answer(format!("delays {what}"), move || told(delays.steps(wanted, dt.abs().max(0.1))));
        }
    }
}

#[test]
fn measures_of_any_lists_are_in_their_range_or_refused() {
    let lists: Vec<Array1<f64>> = matrices()
        .into_iter()
        .flat_map(|(_, m)| m.rows().into_iter().map(|r| r.to_owned()).take(2).collect::<Vec<_>>())
        .collect();
    for (k, one) in lists.iter().enumerate() {
        let other = &lists[(7 * k + 3) % lists.len()];
        let (what, a, b) = (format!("{one} and {other}"), one.clone(), other.clone());
        let results =
            answer(what.clone(), move || ok((told(correlation(&a, &b)), told(kolmogorov_smirnov(&a, &b))))).unwrap();
        within(&what, results.0, -1.0, 1.0);
        within(&what, results.1, 0.0, 1.0);
        let (a, b) = (one.clone(), other.clone());
        answer(what.clone(), move || ok((unwrap_phase(&a), cycles(&a), time_to_lock(&b, &a, 0.5))));
        let a = one.clone();
        answer(what.clone(), move || ok(frequency_clusters(&a, f64::NAN)));
        for window in [0, 1, 2, 5, 40, usize::MAX] {
            for dt in ODD {
                let signal = one.clone();
                let spectra = answer(what.clone(), move || {
                    let run = told(Trajectory::from_series(signal.insert_axis(Axis(0)), dt))?;
                    told(power_spectra(&run, window))
                });
                for spectrum in spectra.into_iter().flatten() {
                    within(&what, spectrum.power.to_vec(), 0.0, f64::INFINITY);
                    answer(what.clone(), move || ok(spectrum.below(f64::NAN).peak()));
                }
            }
        }
    }
}

#[test]
fn times_steps_and_runs_that_make_no_sense_are_refused_or_end() {
    for one in ODD {
        for other in ODD {
            let what = format!("{one:e} and {other:e}");
            answer(format!("sample_times {what}"), move || told(sample_times(one, other)));
            answer(format!("euler {what}"), move || told(euler(|x| -x, 1.0, one, other)));
            let rule = |_t: f64, x: &[f64]| [x[1], -x[0]];
            answer(format!("Euler {what}"), move || told(simulate(rule, [1.0, 0.0], Euler::new(one), other)));
            answer(format!("Heun {what}"), move || told(simulate(rule, [1.0, 0.0], Heun::new(one), other)));
            answer(format!("Rk4 {what}"), move || told(simulate(rule, [one, other], Rk4::new(0.1), 1.0)));
            answer(format!("Rk45 {what}"), move || told(simulate(rule, [one, other], Rk45::new(), 1.0)));
            answer(format!("Radau {what}"), move || told(simulate(rule, [one, other], Radau::new(), 1.0)));
            let limited = || Rk45::new().step_limit(10_000);
            answer(format!("solve_ivp {what}"), move || told(solve_ivp(rule, (one, other), [1.0, 0.0], limited())));
            let implicit = || Radau::new().step_limit(10_000);
            answer(format!("implicit {what}"), move || told(solve_ivp(rule, (one, other), [1.0, 0.0], implicit())));
            answer(format!("tolerances {what}"), move || {
                told(solve_ivp(rule, (0.0, 1.0), [1.0, 0.0], limited().rtol(one).atol(other)))
            });
            answer(format!("first and longest step {what}"), move || {
                told(solve_ivp(rule, (0.0, 1.0), [1.0, 0.0], limited().first_step(one).max_step(other)))
            });
            answer(format!("wanted times {what}"), move || {
                told(solve_ivp(rule, (0.0, 1.0), [1.0, 0.0], limited().t_eval(vec![one, other])))
            });
            answer(format!("dense output {what}"), move || {
                let solution = told(solve_ivp(rule, (0.0, 1.0), [1.0, 0.0], limited().dense_output()))?;
                told(solution.at(one)).and_then(|_| told(solution.at_all(vec![one, other])))
            });
            let event = move || Event::new(move |t, x| one * x[0] + other * t).terminal();
            answer(format!("an event {what}"), move || {
                told(solve_ivp(rule, (0.0, 1.0), [1.0, 0.0], limited().event(event())))
            });
            answer(format!("a rule that gives {what}"), move || {
                told(solve_ivp(move |_t, _x| [one, other], (0.0, 1.0), [0.0, 0.0], limited()))
            });
            answer(format!("an implicit rule that gives {what}"), move || {
                told(solve_ivp(move |_t, x: &[f64]| [one * x[0], other * x[1]], (0.0, 1.0), [1.0, 1.0], implicit()))
            });
            let process = OrnsteinUhlenbeck { tau: one, sigma: other };
            answer(format!("OrnsteinUhlenbeck {what}"), move || {
                let _ = (process.standard_deviation(), process.standard_deviation_of_steps(one));
                told(process.series(0.1, 10, 1))
            });
            answer(format!("its dt {what}"), move || told(OrnsteinUhlenbeck::default().series(one, 3, 1)));
            answer(format!("uniform {what}"), move || ok(noise::uniform(3, one, other, 1)));
            answer(format!("noisy {what}"), move || {
                let noisy = EulerMaruyama::new(one, other, noise::generator(1, 0));
                told(simulate(|_t, x| [-x[0]], [1.0], noisy, 1.0))
            });
        }
    }
    answer("no variable".to_owned(), || told(simulate(|_t, x| x.to_vec(), Vec::new(), Rk4::new(0.1), 1.0)));
    answer("no adaptive variable".to_owned(), || told(simulate(|_t, x| x.to_vec(), Vec::new(), Rk45::new(), 1.0)));
    answer("no implicit variable".to_owned(), || told(simulate(|_t, x| x.to_vec(), Vec::new(), Radau::new(), 1.0)));
    answer("a rate too few".to_owned(), || told(simulate(|_t, _x| [0.0], [0.0, 1.0], Rk45::new(), 1.0)));
    for points in [0, 1, 2, 10_000_000_000, usize::MAX] {
        answer(format!("{points} points"), move || ok(euler_stability_boundary(points)));
        answer(format!("{points} normal numbers"), move || ok(noise::white(points, 1)));
        answer(format!("{points} nodes"), move || ok(network::all_to_all(points)));
        answer(format!("{points} random nodes"), move || ok(network::random_weights(points, 1)));
        answer(format!("{points} neighbours"), move || told(network::watts_strogatz(points, points, 0.5, 1)));
        answer(format!("a small world of {points}"), move || told(network::watts_strogatz(points, 2, f64::NAN, 1)));
        answer(format!("modules of {points}"), move || ok(network::modules_with_hub(&[points, points], 1.0, 1.0, 1.0)));
    }
    assert!(network::modules_with_hub(&[], 1.0, 1.0, 1.0).len() == 1);
}

#[test]
fn planes_that_are_none_are_refused_and_odd_models_have_no_curves() {
    for one in ODD {
        for other in ODD {
            let what = format!("{one:e} and {other:e}");
            let hopf = Hopf { a: 0.1, omega: 1.0 };
            answer(format!("fixed_points {what}"), move || told(fixed_points(&hopf, (one, other), (-1.0, 1.0))));
            answer(format!("nullclines {what}"), move || told(nullclines(&hopf, (-1.0, 1.0), (one, other))));
            let odd = Hopf { a: one, omega: other };
            answer(format!("fixed_points of {what}"), move || told(fixed_points(&odd, (-1.0, 1.0), (-1.0, 1.0))));
            answer(format!("nullclines of {what}"), move || told(nullclines(&odd, (-1.0, 1.0), (-1.0, 1.0))));
            answer(format!("a Hopf node {what}"), move || {
                let _ = (odd.radius(), odd.euler_radius(one), odd.frequency(), odd.eigenvalues());
                told(odd.simulate([0.1, 0.0], Rk4::new(0.1), 10.0))
            });
            answer(format!("bifurcation {what}"), move || {
                told(bifurcation(&array![one, other], one, |a| {
                    Hopf { a, omega: 0.2 }.simulate([0.1, 0.0], Rk4::new(0.1), 10.0)
                }))
            });
            answer(format!("scan {what}"), move || {
                let scanned = told(scan(&array![one, other], |value| Ok(value * other)))?;
                ok(scanned.best().map(|best| best.value))
            });
            answer(format!("samples {what}"), move || {
                let run = told(hopf.simulate([0.1, 0.0], Rk4::new(0.1), 10.0))?.after(one);
                ok((run.len(), run.every(3).len()))
            });
        }
    }
}
