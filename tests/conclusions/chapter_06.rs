//! The patient of chapter 6, as the chapter computes it; with any step, any noise and any seeds.

use crate::conditions::Conditions;
use crate::prose;
use neurobook::analysis::functional_connectivity;
use neurobook::prelude::*;
use std::sync::LazyLock;

const CHAPTER: &str = "06_patient";
const L2: usize = 1;
const L4: usize = 3;
const L7: usize = 6;
const R2: usize = 9;
const R6: usize = 13;
const R7: usize = 14;
const AS_IN_THE_CHAPTER: Conditions = Conditions { step: 1.0, seeds: 0 };

static WEIGHTS: LazyLock<Array2<f64>> = LazyLock::new(|| data::small_connectome().weights);

pub fn cut(weights: &Array2<f64>, region: usize) -> Array2<f64> {
    let mut cut = weights.clone();
    cut.row_mut(region).fill(0.0);
    cut.column_mut(region).fill(0.0);
    cut
}

/// FC of ten recordings of ten seconds.
fn recordings(weights: &Array2<f64>, first_seed: u64, conditions: Conditions) -> Vec<Array2<f64>> {
    let seeds: Vec<f64> = (0..10).map(|k| (first_seed + k) as f64).collect();
    sweep(&seeds, |seed| {
        let model = HopfNetwork { weights: weights.clone(), seed: seed as u64, ..data::model_d(0.06, 0.8) };
        let run = conditions.apply(model).simulate(10_500.0).unwrap().after(500.0);
        functional_connectivity(&run.every((5.0 / conditions.step).round() as usize).nodes("x").unwrap())
    })
}

/// Welch's t and the change of the mean, of each pair without this region.
fn changes(before: &[Array2<f64>], after: &[Array2<f64>], region: usize) -> Vec<[f64; 2]> {
    let pairs = (0..16).flat_map(|n| (n + 1..16).map(move |m| (n, m)));
    pairs
        .filter(|(n, m)| *n != region && *m != region)
        .map(|pair| {
            let of = |fcs: &[Array2<f64>]| -> Array1<f64> { fcs.iter().map(|fc| fc[pair]).collect() };
            let (one, other) = (of(before), of(after));
            let change = other.mean().unwrap() - one.mean().unwrap();
            [change / ((one.var(1.0) + other.var(1.0)) / 10.0).sqrt(), change]
        })
        .collect()
}

/// How many pairs are beyond 2, how many of them rise, and the mean size of a change.
fn counted(changes: &[[f64; 2]]) -> (usize, usize, f64) {
    let beyond = changes.iter().filter(|[t, _]| t.abs() > 2.0);
    let size = changes.iter().map(|[_, change]| change.abs()).sum::<f64>() / changes.len() as f64;
    (beyond.clone().count(), beyond.filter(|[t, _]| *t > 0.0).count(), size)
}

pub fn seizure(weights: &Array2<f64>, onset: usize, coupling: f64, seed: u64) -> SubcriticalHopfNetwork {
    let mut nodes = vec![SubcriticalHopf::default(); 16];
    nodes[onset].a = 0.01;
    let mut states: Array2<f64> = Array2::zeros((2, 16));
    states[[0, onset]] = 0.58;
    SubcriticalHopfNetwork {
        nodes,
        weights: weights.clone(),
        coupling,
        coupled: CoupledVariables::Both,
        noise: 0.004,
        noise_time: 0.0,
        initial_states: Some(states),
        dt: 1.0,
        seed,
        ..SubcriticalHopfNetwork::default()
    }
}

fn sizes(state: &Array1<f64>) -> Vec<f64> {
    (0..16).map(|n| state[n].hypot(state[16 + n])).collect()
}

fn count(model: &SubcriticalHopfNetwork) -> usize {
    sizes(&model.simulate(3000.0).unwrap().last_state()).iter().filter(|size| **size > 0.45).count()
}

fn counts(weights: &Array2<f64>, onset: usize, coupling: f64, conditions: Conditions) -> Vec<usize> {
    let of = |seed: u64| {
        let model = seizure(weights, onset, coupling, conditions.seeds + seed);
        count(&SubcriticalHopfNetwork { dt: conditions.step, ..model })
    };
    (1..=5).map(of).collect()
}

fn mean(counts: &[usize]) -> f64 {
    counts.iter().sum::<usize>() as f64 / counts.len() as f64
}

fn after_each(onset: usize, coupling: f64, conditions: Conditions) -> Vec<f64> {
    let regions: Vec<f64> = (0..16).map(f64::from).collect();
    sweep(&regions, |region| mean(&counts(&cut(&WEIGHTS, region as usize), onset, coupling, conditions)))
}

fn best(left: &[f64], onset: usize) -> usize {
    (0..16).filter(|n| *n != onset).min_by(|a, b| left[*a].total_cmp(&left[*b])).unwrap()
}

fn strongest_neighbour(onset: usize) -> usize {
    (0..16).rev().max_by(|a, b| WEIGHTS[[onset, *a]].total_cmp(&WEIGHTS[[onset, *b]])).unwrap()
}

#[test]
fn numbers_of_the_patient() {
    let conditions = Conditions::all();
    let before = recordings(&WEIGHTS, 1, AS_IN_THE_CHAPTER);
    for (name, weights, region, seed) in
        [("R2", cut(&WEIGHTS, R2), R2, 101), ("R6", cut(&WEIGHTS, R6), R6, 301), ("none", WEIGHTS.clone(), R2, 201)]
    {
        println!("{name}: {:?}", counted(&changes(&before, &recordings(&weights, seed, AS_IN_THE_CHAPTER), region)));
        for k in &conditions {
            let before = recordings(&WEIGHTS, 1 + k.seeds, *k);
            println!("  {k:?} {:?}", counted(&changes(&before, &recordings(&weights, seed + k.seeds, *k), region)));
        }
    }
    println!("single pair sd {:?}", {
        let one: Array1<f64> = before.iter().map(|fc| fc[[1, 3]]).collect();
        (one.mean(), one.std(1.0))
    });
    let run = seizure(&WEIGHTS, L7, 0.25, 1).simulate(3000.0).unwrap();
    let mut order: Vec<(f64, usize)> = (0..16)
        .map(|n| {
            let k = (0..run.len()).find(|k| run.states[[n, *k]].hypot(run.states[[16 + n, *k]]) > 0.45);
            (k.map_or(f64::INFINITY, |k| run.times[k]), n)
        })
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    println!("order {order:?}");
    for onset in [L7, L2] {
        for k in [0.05, 0.1, 0.15, 0.18, 0.2, 0.22, 0.25, 0.3, 0.5, 0.7, 1.0, 1.5] {
            println!("K {k} onset {onset}: {:?}", counts(&WEIGHTS, onset, k, AS_IN_THE_CHAPTER));
        }
    }
    for condition in [conditions[0], conditions[1], conditions[2]] {
        println!("{condition:?}");
        for onset in 0..16 {
            let left = after_each(onset, 0.25, condition);
            let none = mean(&counts(&WEIGHTS, onset, 0.25, condition));
            let hub = if onset == R2 { 11 } else { R2 };
            let near = strongest_neighbour(onset);
            let best = best(&left, onset);
            println!("{onset}: none {none}, hub {}, near {near} {}, best {best} {}", left[hub], left[near], left[best]);
            if [L7, L2].contains(&onset) {
                println!("   {left:?}");
            }
        }
    }
    for k in [0.18, 0.19, 0.2, 0.21, 0.22] {
        for c in &conditions {
            println!(
                "K {k} {c:?}: L7 {:?}, without R2 {:?}, without R7 {:?}",
                counts(&WEIGHTS, L7, k, *c),
                counts(&cut(&WEIGHTS, R2), L7, k, *c),
                counts(&cut(&WEIGHTS, R7), L7, k, *c)
            );
        }
    }
    for other in (0..16).filter(|m| WEIGHTS[[L7, *m]] > 0.0) {
        let mut less = WEIGHTS.clone();
        (less[[L7, other]], less[[other, L7]]) = (0.0, 0.0);
        println!("cut L7-{other}: {:?}", counts(&less, L7, 0.25, AS_IN_THE_CHAPTER));
    }
    for time in [50.0, 100.0, 200.0, 300.0, 400.0, 600.0, 800.0, 1500.0] {
        let after = |targets: &[usize], c: Conditions| -> Vec<usize> {
            (1..=5)
                .map(|seed| {
                    let model = SubcriticalHopfNetwork { dt: c.step, ..seizure(&WEIGHTS, L7, 0.25, c.seeds + seed) };
                    let state = model.simulate(time).unwrap().last_state();
                    let states = Array2::from_shape_fn((2, 16), |(variable, region)| {
                        if targets.contains(&region) { 0.0 } else { state[16 * variable + region] }
                    });
                    count(&SubcriticalHopfNetwork { initial_states: Some(states), seed: c.seeds + seed + 1000, ..model })
                })
                .collect()
        };
        let all: Vec<usize> = (0..16).collect();
        for c in &conditions {
            println!("pulse {time} {c:?}: {:?} {:?}", after(&[L7], *c), after(&all, *c));
        }
    }
    // coupling in x alone, and with delays
    for (onset, region) in [(L7, R7), (L7, R2), (L2, R2), (L7, 15), (L2, 15)] {
        let with = |weights: &Array2<f64>| {
            let x_alone = SubcriticalHopfNetwork { coupled: CoupledVariables::First, ..seizure(weights, onset, 0.5, 1) };
            let delayed = SubcriticalHopfNetwork {
                delays: data::small_connectome().delays(10.0),
                ..seizure(weights, onset, 0.25, 1)
            };
            (count(&x_alone), count(&delayed))
        };
        println!("onset {onset} without {region}: x alone, delays {:?}; whole {:?}", with(&cut(&WEIGHTS, region)), with(&WEIGHTS));
    }
    let _ = (prose::says as fn(&str, &str), CHAPTER, L4);
}
