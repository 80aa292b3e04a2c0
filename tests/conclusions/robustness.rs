//! The conclusions that chapters 02, 03 and 04 draw from simulations hold at half the step and with five other seeds.
//!
//! A conclusion that a chapter gains goes into this list, with its sentence: where the sentence does not hold under all of
//! the conditions, it is the sentence that has to change.

use crate::brain::{SUBJECTS, brain, couplings, distance, losses, lowest, mean_fc_of, minute, rhythm, scaled};
use crate::conditions::{Conclusion, Conditions};
use crate::prose;
use neurobook::analysis::{correlation, functional_connectivity, upper_triangle};
use neurobook::network::{modules_with_hub, random_weights, strengths};
use neurobook::prelude::*;

fn best_coupling(conditions: Conditions, loss: impl Fn(&HopfNetwork) -> f64 + Sync) -> f64 {
    let losses = sweep(&couplings(), |k| loss(&conditions.apply(brain(0.06, k, 1))));
    lowest(&couplings(), &losses)
}

#[test]
fn the_fc_does_not_find_the_coupling_and_with_the_rhythm_it_is_found() {
    let range = |conditions: Conditions| {
        let best = |first: u64| {
            let here = Conditions { seeds: conditions.seeds + first, ..conditions };
            best_coupling(here, |model| distance(&mean_fc_of(model), &SUBJECTS[0]))
        };
        let found = [0, 10, 20, 30, 40].map(best);
        found.iter().copied().fold(0.0, f64::max) - found.iter().copied().fold(9.0, f64::min)
    };
    assert!(range(Conditions { step: 1.0, seeds: 0 }) > 0.14 && range(Conditions { step: 0.5, seeds: 0 }) > 0.14);
    assert!(range(Conditions { step: 1.0, seeds: 1000 }) > 0.14);
    prose::says("04_fitting", "The FC does not find $K$.");
    Conclusion {
        chapter: "04_fitting",
        sentence: "**Now** both are found",
        holds: |conditions| (best_coupling(conditions, |model| scaled(losses(model))) - 0.8).abs() < 0.051,
    }
    .is_robust();
}

#[test]
fn the_best_a_lies_beyond_the_narrow_grid() {
    Conclusion {
        chapter: "04_fitting",
        sentence: "Beyond 0 the likeness goes on rising",
        holds: |conditions| {
            let score = |a: f64| crate::brain::likeness(&mean_fc_of(&conditions.apply(brain(a, 1.0, 1))), &SUBJECTS[0]);
            let scores = sweep(&[-0.05, 0.0, 0.03, 0.06, 0.1], score);
            scores[..4].windows(2).all(|pair| pair[1] > pair[0]) && scores[4] < scores[3]
        },
    }
    .is_robust();
}

#[test]
fn below_0_the_pattern_is_right_and_the_level_is_not() {
    Conclusion {
        chapter: "04_fitting",
        sentence: "the model's correlations are far too **low**, but their pattern (strong links, high correlations) is right already",
        holds: |conditions| {
            let below = mean_fc_of(&conditions.apply(brain(-0.05, 1.0, 1)));
            let truth = mean_fc_of(&conditions.apply(brain(0.06, 0.8, 1)));
            let level = |fc: &Array2<f64>| upper_triangle(fc).mapv(f64::abs).mean().unwrap();
            let far = distance(&below, &SUBJECTS[0]) > 2.0 * distance(&truth, &SUBJECTS[0]);
            far && crate::brain::likeness(&below, &SUBJECTS[0]) > 0.6 && level(&below) < 0.8 * level(&SUBJECTS[0])
        },
    }
    .is_robust();
}

#[test]
fn the_same_seeds_for_all_values_make_a_smooth_curve() {
    Conclusion {
        chapter: "04_fitting",
        sentence: "so their difference is due to $a$: the curve is smooth.",
        holds: |conditions| {
            // How far each value is from the line between its neighbours.
            let roughness = |other_seeds: bool| {
                let places: Vec<f64> = (0..12).map(f64::from).collect();
                let curve = sweep(&places, |place| {
                    let first_seed = if other_seeds { 1 + 10 * place as u64 } else { 1 };
                    let fc = mean_fc_of(&conditions.apply(brain(0.03 + 0.0025 * place, 1.0, first_seed)));
                    crate::brain::likeness(&fc, &SUBJECTS[0])
                });
                curve.windows(3).map(|three| (three[1] - 0.5 * (three[0] + three[2])).powi(2)).sum::<f64>().sqrt()
            };
            roughness(false) < 0.8 * roughness(true)
        },
    }
    .is_robust();
}

#[test]
fn the_ridges_of_the_fc_and_of_the_rhythm_stand_across_each_other() {
    Conclusion {
        chapter: "04_fitting",
        sentence: "it stands **across** that of the FC: sharp in $K$, flat in $a$.",
        holds: |conditions| {
            let at = |a: f64, k: f64| losses(&conditions.apply(brain(a, k, 1)));
            let (truth, other_k, other_a) = (at(0.06, 0.8), at(0.06, 1.0), at(0.03, 0.8));
            other_a.0 > 1.5 * truth.0 && other_a.0 > other_k.0 && other_k.1 > 2.0 * truth.1 && other_k.1 > other_a.1
        },
    }
    .is_robust();
}

#[test]
fn coupling_slows_the_rhythm_by_its_delays() {
    Conclusion {
        chapter: "04_fitting",
        sentence: "It is the **delays** that slow it: without them nothing changes.",
        holds: |conditions| {
            let mean = |model: HopfNetwork| rhythm(&minute(&conditions.apply(model))).mean().unwrap();
            let delayed = [0.6, 1.0].map(|k| mean(brain(0.06, k, 1)));
            let at_once = [0.6, 1.0].map(|k| mean(HopfNetwork { delays: Delays::None, ..brain(0.06, k, 1) }));
            delayed[1] - delayed[0] > 0.09 && (at_once[1] - at_once[0]).abs() < 0.01
        },
    }
    .is_robust();
}

#[test]
fn the_coupled_network_is_silent_where_its_nodes_alone_oscillate() {
    Conclusion {
        chapter: "04_fitting",
        sentence: "Coupled with $K = 1$, the network is silent up to about 0.02",
        holds: |conditions| {
            let left = |a: f64| {
                let model = conditions.apply(HopfNetwork { noise: 0.0, ..brain(a, 1.0, 1) });
                let x = model.simulate(6000.0).unwrap().after(5000.0).nodes("x").unwrap();
                x.iter().fold(0.0_f64, |most, x| most.max(x.abs()))
            };
            left(0.018) < 1e-5 && left(0.024) > 0.02
        },
    }
    .is_robust();
}

/// The mean FC of 20 seeds of chapter 3's network.
fn mean_of_20(weights: &Array2<f64>, coupling: f64, conditions: Conditions) -> Array2<f64> {
    let one = |seed: f64| {
        let model = conditions.apply(HopfNetwork {
            nodes: vec![Hopf { a: 0.0, omega: 0.2 * PI }],
            weights: weights.clone(),
            coupling,
            noise: 0.02,
            seed: seed as u64,
            ..HopfNetwork::default()
        });
        functional_connectivity(&model.simulate(250.0).unwrap().after(50.0).nodes("x").unwrap())
    };
    let seeds: Vec<f64> = (1..=20).map(f64::from).collect();
    sweep(&seeds, one).iter().fold(Array2::zeros(weights.dim()), |sum, fc| sum + fc) / 20.0
}

fn between(fc: &Array2<f64>) -> f64 {
    [(0, 3), (0, 4), (0, 5), (1, 3), (1, 4), (1, 5)].iter().map(|pair| fc[*pair]).sum::<f64>() / 6.0
}

#[test]
fn a_hub_that_listens_more_ties_less() {
    Conclusion {
        chapter: "03_network",
        sentence: "A hub that listens **more** ties **less**!",
        holds: |conditions| {
            let hears =
                |weight: f64| between(&mean_of_20(&modules_with_hub(&[2, 3], 10.0, 10.0, weight), 0.1, conditions));
            let (deaf, little, much) = (hears(0.0), hears(1.0), hears(10.0));
            deaf > little + 0.02 && little > much + 0.1
        },
    }
    .is_robust();
}

#[test]
fn functional_connectivity_follows_the_strength_of_nodes_more_than_single_weights() {
    Conclusion {
        chapter: "03_network",
        sentence: "Both have something to them, the second more.",
        holds: |conditions| {
            let weights = random_weights(10, 1);
            let fc = mean_of_20(&weights, 1.0, conditions);
            let pairs = correlation(&upper_triangle(&fc), &upper_triangle(&(0.5 * (&weights + &weights.t())))).unwrap();
            let with_others: Array1<f64> = (0..10).map(|n| (fc.row(n).sum() - 1.0) / 9.0).collect();
            correlation(&with_others, &strengths(&weights)).unwrap() > pairs + 0.2
        },
    }
    .is_robust();
}

#[test]
fn noise_of_their_own_pulls_oscillators_apart() {
    Conclusion {
        chapter: "02_single_node_dynamics",
        sentence: "In every row with coupling, $R$ falls as the noise rises.",
        holds: |conditions| {
            let order = |noise: f64| {
                let one = |seed: f64| {
                    let model = Kuramoto {
                        omega: array![0.25 * PI],
                        coupling: 0.5,
                        weights: network::all_to_all(6),
                        noise,
                        dt: conditions.step * Kuramoto::default().dt,
                        seed: conditions.seeds + seed as u64,
                        ..Kuramoto::default()
                    };
                    analysis::synchrony(&model.simulate(50.0).unwrap().after(25.0).states)
                };
                sweep(&(1..=100).map(f64::from).collect::<Vec<f64>>(), one).iter().sum::<f64>() / 100.0
            };
            let falls = [0.0, 0.1, 0.3, 1.0].map(order);
            falls.windows(2).all(|pair| pair[1] < pair[0])
        },
    }
    .is_robust();
}

#[test]
fn a_false_conclusion_is_caught_whether_it_rests_on_the_step_or_on_the_seed() {
    let of_the_step = Conclusion {
        chapter: "04_fitting",
        sentence: "K is found with steps of 1 ms",
        holds: |conditions| {
            let coarse = Conditions { step: 5.0 * conditions.step, ..conditions };
            (best_coupling(coarse, |model| scaled(losses(model))) - 0.9).abs() < 0.01
        },
    };
    assert!(of_the_step.broken().iter().any(|conditions| conditions.step < 1.0));
    let of_the_seed = Conclusion {
        chapter: "03_network",
        sentence: "uncoupled nodes 0 and 1 go together",
        holds: |conditions| {
            let model = conditions.apply(HopfNetwork {
                nodes: vec![Hopf { a: 0.0, omega: 0.2 * PI }],
                weights: network::all_to_all(10),
                coupling: 0.0,
                noise: 0.02,
                seed: 1,
                ..HopfNetwork::default()
            });
            let fc = functional_connectivity(&model.simulate(250.0).unwrap().after(50.0).nodes("x").unwrap());
            let first = functional_connectivity(
                &HopfNetwork { seed: 1, dt: 0.1, ..model.clone() }
                    .simulate(250.0)
                    .unwrap()
                    .after(50.0)
                    .nodes("x")
                    .unwrap(),
            );
            fc[[0, 1]].signum() == first[[0, 1]].signum() && fc[[0, 1]].abs() > 0.5 * first[[0, 1]].abs()
        },
    };
    assert!(of_the_seed.broken().iter().any(|conditions| conditions.seeds > 0));
}
