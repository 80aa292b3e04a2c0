//! Results where rounding or an unusual input could decide: at the ends of runs, at zeros, poles and gaps.

use neurobook::analysis::*;
use neurobook::integrate::sample_times;
use neurobook::network::{SyntheticConnectome, density};
use neurobook::noise::OrnsteinUhlenbeck;
use neurobook::prelude::*;
use std::f64::consts::TAU;

fn decay(_t: f64, x: &[f64]) -> f64 {
    -x[0]
}

#[test]
fn backward_in_time_a_single_requested_time_is_inside_of_its_own_step() {
    let run = solve_ivp(decay, (6.0, 0.0), 1.0, Rk45::new().t_eval([3.0])).unwrap();
    assert_eq!(run.trajectory.times.to_vec(), [3.0]);
    assert!((run.trajectory.states[[0, 0]] - 3_f64.exp()).abs() < 0.02, "{}", run.trajectory.states[[0, 0]]);
}

#[test]
fn requested_times_a_rounding_beyond_the_run_are_its_ends() {
    for (dt, count) in [(0.1, 3), (0.01, 7), (0.3, 11), (0.7, 29), (1.0 / 3.0, 9)] {
        let duration = f64::from(count) * dt;
        for end in [duration.next_down(), duration, duration.next_down().next_down()] {
            let times: Vec<f64> = (0..=count).map(|k| f64::from(k) * dt).collect();
            let run = solve_ivp(decay, (0.0, end), 1.0, Rk45::new().t_eval(&times).dense_output()).unwrap();
            assert_eq!((run.trajectory.len(), run.trajectory.times[count as usize]), (times.len(), end));
            assert_eq!(run.at(duration).unwrap(), run.at(end).unwrap());
            assert_eq!(run.at_all(&times).unwrap().len(), times.len());
        }
    }
    let beyond = solve_ivp(decay, (0.0, 1.0), 1.0, Rk45::new().t_eval([1.0 + 1e-6])).unwrap_err().to_string();
    assert!(beyond.starts_with("t_eval has 1.000001, outside of the run"), "{beyond}");
}

#[test]
fn the_times_of_any_run_of_the_crate_and_of_ndarrays_linspace_may_be_requested() {
    for k in 1..=100 {
        for dt in [0.1, 0.01, 0.3, 0.7, 0.05] {
            let duration = dt * f64::from(k);
            let written: f64 = format!("{duration:.10}").parse().unwrap();
            let run = simulate(decay, 1.0, Euler::new(dt), written).unwrap();
            assert!(solve_ivp(decay, (0.0, written), 1.0, Rk45::new().t_eval(&run.times)).is_ok(), "{dt}, {written}");
            let even = Array1::linspace(0.1, 0.1 + written, 7 + k as usize);
            assert!(solve_ivp(decay, (0.1, 0.1 + written), 1.0, Rk45::new().t_eval(&even)).is_ok(), "{written}");
        }
    }
}

#[test]
fn a_zero_on_the_end_of_a_step_is_one_event() {
    // In steps of 1, so that every zero of these conditions is on the end of one.
    let count = |condition: fn(f64) -> f64, change: fn(Event) -> Event| {
        let event = change(Event::new(move |t, _x| condition(t)));
        let options = Rk45::new().first_step(1.0).max_step(1.0).event(event);
        solve_ivp(|_t, _x| 1.0, (0.0, 6.0), 0.0, options).unwrap().events[0].times.to_vec()
    };
    assert_eq!(count(|x| x - 3.0, |event| event), [3.0]);
    assert_eq!(count(|x| x - 3.0, Event::rising), [3.0]);
    assert!(count(|x| x - 3.0, Event::falling).is_empty());
    assert_eq!(count(|x| 3.0 - x, Event::falling), [3.0]);
    assert_eq!(count(|x| x - 6.0, |event| event), [6.0]);
    assert_eq!(count(|x| x, |event| event), [0.0], "as in scipy, a zero at the start");
    assert_eq!(count(|x| x, Event::terminal), [0.0]);
    assert_eq!(count(|x| (x - 3.0).min(0.0), |event| event), [3.0], "0 from there on is one crossing");
}

#[test]
fn sample_times_end_before_the_end() {
    assert_eq!(sample_times(0.01, 0.07).unwrap().len(), 7);
    for count in 1..=400 {
        for dt in [0.1, 0.01, 0.001, 0.3, 0.7, 0.05] {
            let end: f64 = format!("{:.10}", dt * f64::from(count)).parse().unwrap();
            let times = sample_times(dt, end).unwrap();
            assert_eq!(times.len(), count as usize, "{dt}, {end}");
            assert!(times[times.len() - 1] < end, "{dt}, {end}");
        }
    }
}

#[test]
fn a_sample_at_the_end_of_the_transient_is_kept_whatever_rounding_did() {
    let run = Trajectory::new(array![0.0, 0.3_f64.next_down(), 0.6], Array2::zeros((1, 3)), vec!["x".into()]).unwrap();
    assert_eq!(run.after(0.3).len(), 2);
    assert_eq!(run.after(0.31).len(), 1);
}

#[test]
fn a_phase_a_last_bit_below_zero_starts_at_zero_and_no_turn_below() {
    for phase in [-1e-17, -f64::MIN_POSITIVE, -TAU - 1e-17, -1e-16] {
        let model = Kuramoto { initial_phases: Some(array![phase]), wrapped: false, ..Kuramoto::default() };
        let start = model.simulate(0.0).unwrap().states[[0, 0]];
        assert!((start - phase).abs() < 1e-15, "{start} instead of {phase}");
    }
}

#[test]
fn eulers_radius_for_ever_shorter_steps_is_that_of_the_limit_cycle() {
    let node = Hopf { a: 0.25, omega: 0.2 };
    assert_eq!(node.euler_radius(0.0), 0.5);
    for dt in [1e-12, 1e-8, 1e-4] {
        let exact = f64::sqrt(0.25 + 0.02 * dt);
        assert!((node.euler_radius(dt) - exact).abs() < 1e-12, "{} at {dt}", node.euler_radius(dt));
    }
}

#[test]
fn nullclines_have_no_curve_at_poles_jumps_and_borders() {
    struct Rates(fn([f64; 2]) -> f64);
    impl Model for Rates {
        type Rate = [f64; 2];
        fn rate(&self, _t: f64, s: &[f64]) -> [f64; 2] {
            [(self.0)([s[0], s[1]]), s[1]]
        }
    }
    let points = |rate: fn([f64; 2]) -> f64, range: (f64, f64)| {
        let [x, y] = nullclines(&Rates(rate), range, (-1.0, 1.0)).unwrap();
        assert!(y.x.len() > 100, "the other one is as it was");
        x.x.iter().copied().filter(|x| !x.is_nan()).collect::<Vec<f64>>()
    };
    for range in [(-1.0, 1.0), (-1.0, 1.3)] {
        assert!(points(|s| 1.0 / s[0], range).is_empty(), "a pole");
        assert!(points(|s| 1.0 / s[0].powi(3), range).is_empty(), "a steep pole");
        assert!(points(|s| if s[0] > 0.1 { 1.0 } else { -0.5 }, range).is_empty(), "a jump");
        assert!(points(|s| s[0].sqrt() + 0.1, range).is_empty(), "a border to what is not a number");
        let among_poles = points(|s| (3.0 * (s[0] - 0.123)).tan(), range);
        assert!(among_poles.len() > 100 && among_poles.iter().all(|x| (3.0 * (x - 0.123)).sin().abs() < 1e-9));
        let zeros = points(|s| s[0] - 0.123 + 1e-3 / (s[0] - 3.0), range);
        assert!(zeros.len() > 100, "a line");
        let steep = points(|s| (1e6 * (s[0] - 0.123)).tanh(), range);
        assert!(steep.len() > 100 && steep.iter().all(|x| (x - 0.123).abs() < 1e-9), "steep, but no jump");
        let root = points(|s| (s[0] - 0.123).cbrt(), range);
        assert!(root.len() > 100, "steep at its zero alone");
    }
}

#[test]
fn a_signal_that_rests_has_no_peak_and_of_equal_ones_the_lowest_is_the_peak() {
    let spectrum = |signal: Array1<f64>| {
        let window = signal.len();
        mean_power_spectrum(&Trajectory::from_series(signal.insert_axis(ndarray::Axis(0)), 1.0)?, window)
    };
    assert!(spectrum(Array1::zeros(4)).unwrap().peak().is_nan());
    let frequencies = array![0.0, 1.0, 2.0, 3.0];
    assert_eq!(Spectrum { frequencies: frequencies.clone(), power: array![9.0, 2.0, 2.0, 1.0] }.peak(), 1.0);
    assert!(Spectrum { frequencies: frequencies.clone(), power: array![9.0, 2.0, f64::NAN, 1.0] }.peak().is_nan());
    let tone = |size: f64| Array1::from_iter((0..64).map(|k| size * (TAU * f64::from(k) / 8.0).sin()));
    for size in [1e-120, 1.0, 1e120] {
        assert_eq!(spectrum(tone(size)).unwrap().peak(), 0.125);
    }
    for size in [1e-170, 1e170] {
        let message = spectrum(tone(size)).unwrap_err().to_string();
        assert!(message.starts_with("signal has values up to 1e") && message.contains("another unit"), "{message}");
    }
}

#[test]
fn a_region_without_values_takes_no_other_out_of_the_dynamics() {
    let series = data::bold("sub-27").unwrap().states;
    let dynamics = functional_connectivity_dynamics(&series, 30, 5).unwrap();
    assert!(dynamics.iter().all(|r| r.is_finite()));
}

#[test]
fn a_phase_that_is_not_a_number_is_never_passed_over() {
    let gap = array![6.0, f64::NAN, 0.5, 1.5];
    let unwrapped = unwrap_phase(&gap);
    assert!(unwrapped[1].is_nan());
    assert!((unwrapped[2] - (0.5 + TAU)).abs() < 1e-12, "the turn over the gap counts: {unwrapped}");
    assert!((cycles(&gap) - (1.5 + TAU - 6.0) / TAU).abs() < 1e-12);
    assert!(cycles(&array![f64::NAN, 1.0]).is_nan());
    let phases = array![[0.0, 1.0, 2.0], [f64::NAN, f64::NAN, f64::NAN]];
    let run = Trajectory::from_series(phases.clone(), 0.1).unwrap();
    assert!(!is_frequency_locked(&run, 1.0));
    assert!(!is_frequency_locked(&run.select(&[1]), 1.0));
    assert_eq!(frequency_clusters(&array![0.1, f64::NAN, 0.1], 0.01), [vec![0, 2]]);
    let order = order_parameter(&array![[0.0, f64::NAN], [0.0, 0.0]]);
    assert!(order[0] == 1.0 && order[1].is_nan());
    assert!(synchrony(&phases).is_nan() && metastability(&phases).is_nan());
    assert!(ledoit_wolf(&array![[1.0, f64::NAN, 2.0], [0.0, 1.0, 2.0]]).shrinkage.is_nan());
    let diagram = bifurcation(&array![1.0], 0.0, |_| {
        Trajectory::new(array![0.0, 1.0], array![[1.0, f64::NAN]], vec!["x".into()])
    });
    assert!(diagram.unwrap().maxima[0].is_nan());
}

#[test]
fn no_density_is_no_connection() {
    let recipe = |within: f64, between: f64| SyntheticConnectome {
        density_within: within,
        density_between: between,
        ..SyntheticConnectome::default()
    };
    assert_eq!(density(&recipe(0.0, 0.0).generate().unwrap().weights), 0.0);
    let within = recipe(0.02, 0.0).generate().unwrap().weights;
    assert!(density(&within) > 0.0 && within.slice(s![..40, 40..]).iter().all(|weight| *weight == 0.0));
}

#[test]
fn the_deviation_of_steps_that_explode_is_not_a_number() {
    let noise = OrnsteinUhlenbeck { tau: 5.0, sigma: 1.0 };
    assert!(noise.standard_deviation_of_steps(9.9).is_finite());
    assert!(noise.standard_deviation_of_steps(10.0).is_nan() && noise.standard_deviation_of_steps(11.0).is_nan());
}
