//! Phase oscillators: what the coupling is divided by, who hears whom, how a delay becomes steps, and where samples begin.

use super::{Golden, gap, nearest};
use neurobook::prelude::*;

fn phases(model: &Kuramoto, golden: &Golden) -> Array2<f64> {
    model.simulate(golden.duration()).unwrap().states
}

/// Asserts that a model gives a package's phases, and that other readings of the package would not.
#[track_caller]
fn only_this(golden: &Golden, run: &str, first: usize, within: f64, model: &Kuramoto, others: &[Kuramoto]) {
    let theirs = golden.matrix(&[run, "theta"]);
    let apart = gap(&theirs, &phases(model, golden), first);
    assert!(apart < within, "{}, {run}: {apart} apart", golden.package);
    for (number, other) in others.iter().enumerate() {
        let apart = gap(&theirs, &phases(other, golden), first);
        assert!(apart > 100.0 * within && apart > 1e-4, "{}, {run}: reading {number} is {apart} apart", golden.package);
    }
}

/// Not divided by the number of nodes.
fn undivided(golden: &Golden) -> Kuramoto {
    Kuramoto { coupling: 3.0 * golden.coupling(), ..golden.kuramoto() }
}

fn turned(model: &Kuramoto) -> Kuramoto {
    Kuramoto { weights: model.weights.t().to_owned(), ..model.clone() }
}

fn delayed(model: &Kuramoto, delays: Delays) -> Kuramoto {
    Kuramoto { delays, ..model.clone() }
}

#[test]
fn neuromass_divides_by_the_number_of_nodes_has_rows_hear_and_gives_the_start_first() {
    let golden = Golden::of("neuromass");
    only_this(&golden, "at_once", 0, 1e-12, &golden.kuramoto(), &[undivided(&golden), turned(&golden.kuramoto())]);
    assert_eq!(golden.list(&["at_once", "t"])[0], 0.0);
    assert!(golden.matrix(&["at_once", "theta"]).iter().any(|phase| *phase > 2.0));
}

#[test]
fn brainmass_divides_by_the_number_of_nodes_unless_told_not_to_and_gives_the_first_step_first() {
    let golden = Golden::of("brainmass");
    let (divided, undivided) = (golden.kuramoto(), undivided(&golden));
    only_this(&golden, "kuramoto", 1, 1e-12, &divided, &[undivided.clone(), turned(&divided)]);
    only_this(&golden, "kuramoto_undivided", 1, 1e-12, &undivided, &[divided, turned(&undivided)]);
    assert_eq!(golden.list(&["kuramoto", "t"])[0], 0.1);
}

#[test]
fn tvboptim_does_not_divide_and_rounds_delays_to_the_nearest_step() {
    let golden = Golden::of("tvboptim");
    let model = undivided(&golden);
    only_this(&golden, "at_once", 1, 1e-12, &model, &[golden.kuramoto(), turned(&model)]);
    let others = [delayed(&model, golden.delays(f64::floor)), delayed(&model, golden.delays(f64::ceil))];
    only_this(&golden, "delayed", 1, 1e-12, &delayed(&model, golden.delays(nearest)), &others);
    assert_eq!(golden.list(&["delayed", "t"])[0], 0.1);
}

#[test]
fn tvb_does_not_divide_by_the_number_of_nodes_as_its_text_says_and_keeps_its_history_in_single_precision() {
    let golden = Golden::of("tvb_library");
    let model = undivided(&golden);
    only_this(&golden, "at_once", 1, 1e-6, &model, &[golden.kuramoto(), turned(&model)]);
    let others = [delayed(&model, golden.delays(f64::floor)), delayed(&model, golden.delays(f64::ceil))];
    only_this(&golden, "delayed", 1, 1e-6, &delayed(&model, golden.delays(nearest)), &others);
    // In double precision it would be the same to the last few bits.
    assert!(gap(&golden.matrix(&["at_once", "theta"]), &phases(&model, &golden), 1) > 1e-10);
}

#[test]
fn tvb_counts_its_time_from_the_start_of_the_history_that_it_is_given_and_makes_one_up_otherwise() {
    let golden = Golden::of("tvb_library");
    // A hundred samples of the past, the last of which is the initial state: then the first step.
    assert_eq!(golden.list(&["delayed", "t"])[0], 100.0 * golden.dt());
    assert_eq!(golden.list(&["made_up", "t"])[0], golden.dt());
    let (held, made_up) = (golden.matrix(&["delayed", "theta"]), golden.matrix(&["made_up", "theta"]));
    assert!(gap(&held.slice(s![.., ..1]).to_owned(), &made_up, 0) > 0.1);
}

#[test]
fn pyrates_delays_the_difference_of_both_phases_has_nothing_before_the_start_and_forgets_a_delay_of_one_step() {
    let golden = Golden::of("pyrates");
    let model = undivided(&golden);
    only_this(&golden, "at_once", 0, 1e-12, &model, &[golden.kuramoto(), turned(&model)]);
    assert_eq!((golden.list(&["at_once", "t"])[0], golden.list(&["at_once", "t"]).len()), (0.0, 40));

    let theirs = golden.matrix(&["delayed", "theta"]);
    let Delays::Times(times) = golden.delays(nearest) else { unreachable!() };
    let steps = times.mapv(|time| (time / golden.dt()).round() as usize);
    assert!(gap(&theirs, &output_delayed(&golden, &steps.mapv(|steps| if steps == 1 { 0 } else { steps })), 0) < 1e-12);
    assert!(gap(&theirs, &output_delayed(&golden, &steps), 0) > 1e-2);
    // A delayed source, which is what we and the others have, is something else.
    assert!(gap(&theirs, &phases(&delayed(&model, golden.delays(nearest)), &golden), 0) > 1e-2);
}

/// `θ_n' = ω_n + K Σ_m w[n,m] sin(θ_m - θ_n)(t - τ[n,m])`: both phases are those of then.
fn output_delayed(golden: &Golden, delays: &Array2<usize>) -> Array2<f64> {
    let (weights, omega) = (golden.weights(), golden.list(&["system", "omega"]));
    let steps = golden.number(&["system", "steps"]) as usize;
    let mut theta = Array2::zeros((3, steps + 1));
    theta.column_mut(0).assign(&golden.list(&["system", "phases"]));
    for i in 0..steps {
        for n in 0..3 {
            let edges = (0..3).filter(|m| i >= delays[[n, *m]]);
            let pull: f64 = edges
                .map(|m| {
                    let then = i - delays[[n, m]];
                    weights[[n, m]] * (theta[[m, then]] - theta[[n, then]]).sin()
                })
                .sum();
            theta[[n, i + 1]] = theta[[n, i]] + golden.dt() * (omega[n] + golden.coupling() * pull);
        }
    }
    theta
}

#[test]
fn kuramoto_has_columns_hear_divides_by_the_number_of_links_and_stretches_its_grid_of_times() {
    let golden = Golden::of("kuramoto");
    // As many samples as steps, from the start to the end: they are not dt apart.
    let times = golden.list(&["at_once", "t"]);
    let between = golden.duration() / 39.0;
    assert_eq!(times.len(), 40);
    assert!(times.iter().enumerate().all(|(sample, time)| (time - sample as f64 * between).abs() < 1e-6));

    let adjacency = golden.weights();
    let links = |n: usize| adjacency.column(n).iter().filter(|weight| **weight != 0.0).count() as f64;
    let over_links = Array2::from_shape_fn((3, 3), |(n, m)| adjacency[[m, n]] / links(n));
    // Its steps adapt; ours are short, and every 500th is one of its samples.
    let theirs = golden.matrix(&["at_once", "theta"]);
    let apart = |weights: Array2<f64>, coupling: f64| {
        let model = Kuramoto { weights, coupling, dt: between / 500.0, ..golden.kuramoto() };
        let ours = phases(&model, &golden);
        gap(&theirs, &ours.slice(s![.., ..;500]).to_owned(), 0)
    };
    assert!(apart(over_links.clone(), 3.0 * golden.coupling()) < 1e-3);
    let rows = Array2::from_shape_fn((3, 3), |(n, m)| adjacency[[n, m]] / links(m));
    for (weights, coupling) in
        [(over_links, 1.0), (adjacency.t().to_owned(), 3.0), (adjacency.t().to_owned(), 1.0), (rows, 3.0)]
    {
        assert!(apart(weights, coupling * golden.coupling()) > 1e-2);
    }
}

#[test]
fn the_kuramoto_model_of_vbi_does_not_divide_and_calls_the_state_after_the_first_step_time_0() {
    let golden = Golden::of("vbi");
    let theirs = golden.matrix(&["kuramoto", "theta"]);
    assert_eq!(golden.list(&["kuramoto", "t"])[0], 0.0);
    // Heun's steps; ours are short, and every 200th is one of its samples.
    let apart = |model: Kuramoto, first: usize| {
        let ours = phases(&Kuramoto { dt: golden.dt() / 200.0, ..model }, &golden);
        gap(&theirs.slice(s![.., ..40 - first]).to_owned(), &ours.slice(s![.., ..;200]).to_owned(), first)
    };
    let model = undivided(&golden);
    assert!(apart(model.clone(), 1) < 1e-3);
    for (other, first) in [(golden.kuramoto(), 1), (turned(&model), 1), (model, 0)] {
        assert!(apart(other, first) > 1e-2);
    }
}
