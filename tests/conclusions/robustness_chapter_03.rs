//! What the experiments of chapter 03 conclude holds at half the step and with other seeds.

use crate::conditions::{Conclusion, Conditions};
use crate::inverse::inverse;
use neurobook::analysis::{functional_connectivity, matrix_correlation, upper_triangle};
use neurobook::network::{all_to_all, modules_with_hub, random_weights};
use neurobook::prelude::*;

const CHAPTER: &str = "03_network";

fn run(weights: &Array2<f64>, coupling: f64, seed: u64, conditions: Conditions) -> Array2<f64> {
    let model = conditions.apply(HopfNetwork {
        nodes: vec![Hopf { a: 0.0, omega: 0.2 * PI }],
        weights: weights.clone(),
        coupling,
        noise: 0.02,
        seed,
        ..HopfNetwork::default()
    });
    model.simulate(250.0).unwrap().after(50.0).nodes("x").unwrap()
}

/// The mean FC of 20 seeds.
fn fc(weights: &Array2<f64>, coupling: f64, conditions: Conditions) -> Array2<f64> {
    let seeds: Vec<f64> = (1..=20).map(f64::from).collect();
    let all = sweep(&seeds, |seed| functional_connectivity(&run(weights, coupling, seed as u64, conditions)));
    all.iter().fold(Array2::zeros(weights.dim()), |sum, fc| sum + fc) / 20.0
}

fn mean(fc: &Array2<f64>) -> f64 {
    upper_triangle(fc).mean().unwrap()
}

/// All to all, with node 0 deaf, and mute too.
fn cut(mute: bool) -> Array2<f64> {
    let mut weights = all_to_all(10);
    weights.row_mut(0).fill(0.0);
    if mute {
        weights.column_mut(0).fill(0.0);
    }
    weights
}

fn within(fc: &Array2<f64>) -> f64 {
    [(0, 1), (3, 4), (3, 5), (4, 5)].iter().map(|pair| fc[*pair]).sum::<f64>() / 4.0
}

fn between(fc: &Array2<f64>) -> f64 {
    [(0, 3), (0, 4), (0, 5), (1, 3), (1, 4), (1, 5)].iter().map(|pair| fc[*pair]).sum::<f64>() / 6.0
}

#[test]
fn a_cut_in_one_direction_hides_in_fc() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "a cut in one direction can hide in it completely.",
        holds: |conditions| {
            let whole = mean(&fc(&all_to_all(10), 1.0, conditions));
            let [deaf, off] = [false, true].map(|mute| fc(&cut(mute), 1.0, conditions));
            let with_0 = |fc: &Array2<f64>| fc.slice(s![0, 1..]).mean().unwrap();
            let others = |fc: &Array2<f64>| mean(&fc.slice(s![1.., 1..]).to_owned());
            with_0(&deaf) > whole
                && others(&deaf) > whole
                && with_0(&off).abs() < 0.12
                && (others(&off) - whole).abs() < 0.03
        },
    }
    .is_robust();
}

#[test]
fn near_the_top_a_tenth_of_the_weights_hardly_matters() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "near the top there is little left to change.",
        holds: |conditions| {
            let of = |weight: f64| mean(&fc(&(weight * &all_to_all(10)), 1.0, conditions));
            let (all, weaker, tenth) = (of(1.0), of(0.9), of(0.1));
            weaker < all && weaker > 0.97 * all && tenth > 0.45 && tenth < 0.65
        },
    }
    .is_robust();
}

#[test]
fn the_curve_of_fc_is_steep_at_first_and_chance_makes_correlations_of_its_own() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "The curve is steep at the beginning and flat at the end",
        holds: |conditions| {
            let [none, little, more, most] = [0.0, 0.1, 0.9, 1.0].map(|k| mean(&fc(&all_to_all(10), k, conditions)));
            none.abs() < 0.03 && little - none > 10.0 * (most - more) && most > 0.85
        },
    }
    .is_robust();
    Conclusion {
        chapter: CHAPTER,
        sentence: "**Those are chance.**",
        holds: |conditions| {
            let largest = |duration: usize| {
                let model = conditions.apply(HopfNetwork {
                    nodes: vec![Hopf { a: 0.0, omega: 0.2 * PI }],
                    weights: all_to_all(10),
                    coupling: 0.0,
                    noise: 0.02,
                    seed: 1,
                    ..HopfNetwork::default()
                });
                let x = model.simulate(50.0 + duration as f64).unwrap().after(50.0).nodes("x").unwrap();
                upper_triangle(&functional_connectivity(&x)).iter().fold(0.0_f64, |most, r| most.max(r.abs()))
            };
            largest(200) > 0.2 && largest(20_000) < 0.2
        },
    }
    .is_robust();
}

#[test]
fn partial_correlation_sees_more_of_single_weights_than_fc() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "So FC is *shaped* by the connections and is no picture of them.",
        holds: |conditions| {
            let weights = random_weights(10, 1);
            let both_ways = 0.5 * (&weights + &weights.t());
            let seeds: Vec<f64> = (1..=20).map(f64::from).collect();
            let fcs = sweep(&seeds, |seed| functional_connectivity(&run(&weights, 1.0, seed as u64, conditions)));
            let partial = |fc: &Array2<f64>| {
                let precision = inverse(fc);
                let root = |n: usize| precision[[n, n]].sqrt();
                Array2::from_shape_fn(fc.dim(), |(n, m)| -precision[[n, m]] / root(n) / root(m))
            };
            let zeros = || Array2::<f64>::zeros((10, 10));
            let plain = fcs.iter().fold(zeros(), |sum, fc| sum + fc);
            let partials = fcs.iter().fold(zeros(), |sum, fc| sum + &partial(fc));
            let with = |matrix: &Array2<f64>| matrix_correlation(matrix, &both_ways).unwrap();
            with(&partials) > with(&plain) && with(&partials) > 0.35 && with(&plain) < 0.75
        },
    }
    .is_robust();
}

#[test]
fn the_hub_ties_modules_that_no_connection_links_and_without_it_they_fall_apart() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "All that they share is the hub.",
        holds: |conditions| {
            let tied = fc(&modules_with_hub(&[2, 3], 10.0, 10.0, 1.0), 0.1, conditions);
            let alone = fc(&modules_with_hub(&[2, 3], 10.0, 0.0, 0.0), 0.1, conditions);
            between(&tied) > 0.75 && between(&alone).abs() < 0.15 && within(&alone) > 0.8
        },
    }
    .is_robust();
    Conclusion {
        chapter: CHAPTER,
        sentence: "Within the modules it hardly changes, for they hold together by themselves.",
        holds: |conditions| {
            let at = |hub: f64| fc(&modules_with_hub(&[2, 3], 10.0, hub, hub), 0.1, conditions);
            let [none, half, full] = [0.0, 0.5, 10.0].map(at);
            (within(&full) - within(&none)).abs() < 0.12
                && between(&full) > between(&half) + 0.3
                && between(&half) > between(&none)
        },
    }
    .is_robust();
}

/// What the exercise computes: the mean size of the change, over the pairs without this region.
fn change_elsewhere(region: usize, conditions: Conditions) -> f64 {
    let weights = modules_with_hub(&[2, 3], 10.0, 10.0, 1.0);
    let mut cut = weights.clone();
    cut.row_mut(region).fill(0.0);
    cut.column_mut(region).fill(0.0);
    let change = (fc(&cut, 0.1, conditions) - fc(&weights, 0.1, conditions)).mapv(f64::abs);
    let others: Vec<usize> = (0..6).filter(|other| *other != region).collect();
    let pairs = others.iter().flat_map(|n| others.iter().filter(move |m| n < *m).map(move |m| (*n, *m)));
    pairs.map(|pair| change[pair]).sum::<f64>() / 10.0
}

#[test]
fn without_the_hub_the_others_change_most_by_far() {
    let changes = [0, 1, 2, 3, 4, 5].map(|region| change_elsewhere(region, Conditions { step: 1.0, seeds: 0 }));
    let most = [0, 1, 3, 4, 5].map(|region| changes[region]).into_iter().fold(0.0, f64::max);
    crate::prose::says(
        CHAPTER,
        &format!("without it the others change by {:.2}, without any other by {most:.2} at most", changes[2]),
    );
    let weights = modules_with_hub(&[2, 3], 10.0, 10.0, 1.0);
    let (heard, hears) = (weights.column(2).sum(), weights.row(2).sum());
    assert!((0..6).all(|n| weights.row(n).sum() >= hears && weights.column(n).sum() <= heard));
    crate::prose::says(
        CHAPTER,
        &format!("misled you: {hears}, the least of all. How much it is heard fits better: {heard}, the most."),
    );
    Conclusion {
        chapter: CHAPTER,
        sentence: "It is the only way from one module to the other.",
        holds: |conditions| {
            let hub = change_elsewhere(2, conditions);
            hub > 0.4 && [0, 1, 3, 4, 5].iter().all(|region| change_elsewhere(*region, conditions) < 0.3 * hub)
        },
    }
    .is_robust();
}

#[test]
fn nodes_jump_apart_beyond_the_limit_of_the_step_and_not_with_a_tenth_of_it() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "**That is the computer, not the network.**",
        holds: |conditions| {
            // The limit goes with the step: at half the step it is twice the coupling.
            let apart = |share_of_limit: f64, share_of_step: f64| {
                let coupling = share_of_limit * 0.5 / conditions.step;
                let model = conditions.apply(HopfNetwork {
                    nodes: vec![Hopf { a: 0.0, omega: 0.2 * PI }],
                    weights: modules_with_hub(&[2, 3], 10.0, 10.0, 1.0),
                    coupling,
                    noise: 0.02,
                    seed: 1,
                    dt: 0.1 * share_of_step,
                    ..HopfNetwork::default()
                });
                let x = model.simulate(50.0).unwrap().after(48.0).nodes("x").unwrap();
                (&x.row(3) - &x.row(5)).iter().fold(0.0_f64, |most, gap| most.max(gap.abs()))
            };
            apart(0.9, 1.0) < 0.1 && apart(1.05, 1.0) > 0.3 && apart(1.05, 0.1) < 0.1
        },
    }
    .is_robust();
}
