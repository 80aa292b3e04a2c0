//! The patient of chapter 6, as the chapter computes it; with any step, any noise and any seeds.

use crate::conditions::{Conclusion, Conditions};
use crate::prose;
use neurobook::analysis::functional_connectivity;
use neurobook::prelude::*;
use std::sync::LazyLock;

const CHAPTER: &str = "06_patient";
const L2: usize = 1;
const L7: usize = 6;
const R2: usize = 9;
const R6: usize = 13;
const R7: usize = 14;
const AS_IN_THE_CHAPTER: Conditions = Conditions { step: 1.0, seeds: 0 };

static WEIGHTS: LazyLock<Array2<f64>> = LazyLock::new(|| data::small_connectome().weights);

fn cut(weights: &Array2<f64>, region: usize) -> Array2<f64> {
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

fn seizure(weights: &Array2<f64>, onset: usize, coupling: f64, seed: u64) -> SubcriticalHopfNetwork {
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

#[track_caller]
fn stated(phrase: &str) {
    prose::says(CHAPTER, phrase);
}

#[test]
fn the_parts_add_up_and_leave_time_for_their_exercises() {
    prose::has_time(CHAPTER);
}

#[test]
fn the_brain_is_as_the_chapter_describes_it() {
    let strengths = network::strengths(&WEIGHTS);
    let rank = |region: usize| (0..16).filter(|n| strengths[*n] > strengths[region]).count() + 1;
    assert_eq!((rank(R2), rank(R7), rank(R6)), (1, 10, 15));
    stated("R2 is the strongest of all, R7 is the tenth.");
    assert_eq!([L7, L2].map(strongest_neighbour), [R7, R2]);
    stated(&format!("the connections of L7 take {:.2} off its $a$ of 0.01", 1.5 * strengths[L7]));
    stated(&format!("$1.5 \\times {:.3}$ off its $a$", strengths[L7]));
    // The onset zone is held at rest by its neighbours, with each of the operations that the text calls good.
    for (onset, region) in [(L7, R7), (L2, R2)] {
        assert!(0.01 - 0.25 * network::strengths(&cut(&WEIGHTS, region))[onset] < 0.0);
    }
    let delays = (&data::small_connectome().lengths / 10.0).sum() / 240.0;
    stated(&format!("a cycle takes {:.0} ms, and a signal {delays:.0} ms on average", 2.0 * PI / 0.04));
    stated(&format!("that is {:.1} cycles a second", 1000.0 * 0.04 / (2.0 * PI)));
}

#[test]
fn a_lesion_changes_the_rest_by_more_than_another_seed_does() {
    let of = |region: usize, weights: &Array2<f64>, seed: u64, conditions: Conditions| {
        let before = recordings(&WEIGHTS, 1 + conditions.seeds, conditions);
        counted(&changes(&before, &recordings(weights, seed + conditions.seeds, conditions), region))
    };
    let hub = of(R2, &cut(&WEIGHTS, R2), 101, AS_IN_THE_CHAPTER);
    let weak = of(R6, &cut(&WEIGHTS, R6), 301, AS_IN_THE_CHAPTER);
    let none = of(R2, &WEIGHTS, 201, AS_IN_THE_CHAPTER);
    stated(&format!(
        "Without R2, {} of the 105 pairs are beyond ±2, and the mean size of a change is {:.3}.",
        hub.0, hub.2
    ));
    stated(&format!(
        "it is still {} pairs and {:.3}. Without any operation it is **{} pairs and {:.3}**",
        weak.0, weak.2, none.0, none.2
    ));
    stated(&format!("No: {} of the {} rise.", hub.1, hub.0));
    let one_pair: Array1<f64> = recordings(&WEIGHTS, 1, AS_IN_THE_CHAPTER).iter().map(|fc| fc[[1, 3]]).collect();
    stated(&format!("varies with a standard deviation of {:.3}", one_pair.std(1.0)));
    // Two means of ten normal numbers each are more than 2 standard errors apart in one of 16 pairs, as the text says.
    let mut chance = 0;
    for k in 0..40_000 {
        let draws = noise::white(20, k);
        let (one, other) = (draws.slice(s![..10]).to_owned(), draws.slice(s![10..]).to_owned());
        let error = ((one.var(1.0) + other.var(1.0)) / 10.0).sqrt();
        chance += usize::from((one.mean().unwrap() - other.mean().unwrap()).abs() > 2.0 * error);
    }
    assert!((f64::from(chance as u32) / 40_000.0 * 16.0 - 1.0).abs() < 0.08, "{chance}");
    stated(
        "it happens to one pair in 16, with ten recordings each. But 15 regions have 105 pairs, and one in 16 of those is six or seven.",
    );
    Conclusion {
        chapter: CHAPTER,
        sentence: "So both lesions have an effect on pairs to which the region does not belong, R2 the larger one.",
        holds: |conditions| {
            let before = recordings(&WEIGHTS, 1 + conditions.seeds, conditions);
            let of = |region: usize, weights: &Array2<f64>, seed: u64| {
                counted(&changes(&before, &recordings(weights, seed + conditions.seeds, conditions), region))
            };
            let (hub, weak) = (of(R2, &cut(&WEIGHTS, R2), 101), of(R6, &cut(&WEIGHTS, R6), 301));
            let none = of(R2, &WEIGHTS, 201);
            let rising = hub.1 as f64 / hub.0 as f64;
            hub.0 > weak.0 + 15 && weak.0 > none.0 + 7 && hub.2 > 2.0 * weak.2 && rising > 0.35 && rising < 0.65
        },
    }
    .is_robust();
}

#[test]
fn the_node_begins_near_0_and_ends_near_the_fold() {
    let threshold = |a: f64| SubcriticalHopf { a, ..SubcriticalHopf::default() }.threshold();
    stated(&format!("the threshold is {:.2} in place of {:.2}", threshold(-0.015), threshold(-0.005)));
    stated(&format!(
        "about that of the seizure, {:.2}, less or more by the threshold, {:.2}",
        SubcriticalHopf::default().radius(),
        threshold(-0.02)
    ));
    let growth = |a: f64, r: f64| a + 0.4 * r * r - r.powi(4);
    stated(&format!("-0.02 + 0.064 - 0.0256 = {:.4} per ms", growth(-0.02, 0.4)));
    let fold = SubcriticalHopf::default().fold();
    let smallest = SubcriticalHopf { a: fold, ..SubcriticalHopf::default() }.radius();
    stated(&format!("at $a = {fold:.2}$, has the size {smallest:.3}"));
    Conclusion {
        chapter: CHAPTER,
        sentence: "That is **hysteresis**: more is needed to end a seizure than to prevent it.",
        holds: |conditions| {
            let ramp = |t: f64| -0.06 + 0.08 * (1.0 - (t / 20_000.0 - 1.0).abs());
            let rule = |t: f64, s: &[f64]| SubcriticalHopf { a: ramp(t), ..SubcriticalHopf::default() }.rate(t, s);
            let walker = EulerMaruyama::new(conditions.step, 0.002, noise::generator(1 + conditions.seeds, 0));
            let run = simulate(rule, [0.0, 0.0], walker, 40_000.0).unwrap();
            let above = |k: usize| run.states[[0, k]].hypot(run.states[[1, k]]) > 0.3;
            let begins = (0..run.len()).find(|k| above(*k)).map(|k| ramp(run.times[k]));
            let ends = (0..run.len()).rev().find(|k| above(*k)).map(|k| ramp(run.times[k]));
            begins.is_some_and(|a| a.abs() < 0.008) && ends.is_some_and(|a| (a + 0.04).abs() < 0.006)
        },
    }
    .is_robust();
}

/// When each region is recruited, the first one first.
fn order(conditions: Conditions) -> Vec<(f64, usize)> {
    let model = SubcriticalHopfNetwork { dt: conditions.step, ..seizure(&WEIGHTS, L7, 0.25, 1 + conditions.seeds) };
    let run = model.simulate(3000.0).unwrap();
    let first = |n: usize| (0..run.len()).find(|k| run.states[[n, *k]].hypot(run.states[[16 + n, *k]]) > 0.45);
    let mut order: Vec<(f64, usize)> = (0..16).map(|n| (first(n).map_or(f64::INFINITY, |k| run.times[k]), n)).collect();
    order.sort_by(|one, other| one.0.total_cmp(&other.0));
    order
}

#[test]
fn a_seizure_spreads_at_a_middle_coupling_alone_and_the_strongest_neighbour_comes_first() {
    let all = order(AS_IN_THE_CHAPTER);
    assert_eq!((all[0], all[1].1), ((0.0, L7), R7));
    stated(&format!("(R7 after {} ms; the next one only after {} ms)", all[1].0, all[2].0));
    assert!((all[15].0 - 2000.0).abs() < 300.0, "{all:?}");
    stated("some two seconds later the whole brain takes part");
    let at_02 = seizure(&WEIGHTS, L7, 0.2, 1).simulate(3000.0).unwrap().last_state();
    assert!((0..16).all(|n| (sizes(&at_02)[n] > 0.45) == [L7, R7].contains(&n)));
    stated("(At 0.2 it is enough for R7, and for no other.)");
    Conclusion {
        chapter: CHAPTER,
        sentence: "the resting neighbours hold the onset zone down before it has recruited them",
        holds: |conditions| {
            let left = |k: f64| counts(&WEIGHTS, L7, k, conditions);
            left(0.05) == [1; 5] && left(0.25).iter().all(|n| *n == 16) && left(1.0) == [0; 5] && left(1.5) == [0; 5]
        },
    }
    .is_robust();
    Conclusion {
        chapter: CHAPTER,
        sentence: "and which is recruited first",
        holds: |conditions| order(conditions)[1].1 == R7,
    }
    .is_robust();
}

#[test]
fn the_neighbour_stops_the_seizure_and_the_hub_does_not_or_makes_it_worse() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "For L7 the best is **R7**: 1 region is left, the onset zone itself. For L2 it is **R2**: 1 as well.",
        holds: |conditions| {
            [(L7, R7), (L2, R2)].iter().all(|(onset, wanted)| {
                let left = after_each(*onset, 0.25, conditions);
                let whole = counts(&WEIGHTS, *onset, 0.25, conditions);
                whole == [16; 5] && best(&left, *onset) == *wanted && left[*wanted] == 1.0
            })
        },
    }
    .is_robust();
    Conclusion {
        chapter: CHAPTER,
        sentence: "For L7, taking out R2 does nothing: all of the other 15 are in the seizure.",
        holds: |conditions| counts(&cut(&WEIGHTS, R2), L7, 0.25, conditions) == [15; 5],
    }
    .is_robust();
    Conclusion {
        chapter: CHAPTER,
        sentence: "To cut the connection of L7 and R7 is as good: 1 region.",
        holds: |conditions| {
            let mut less = WEIGHTS.clone();
            (less[[L7, R7]], less[[R7, L7]]) = (0.0, 0.0);
            counts(&less, L7, 0.25, conditions) == [1; 5]
        },
    }
    .is_robust();
    for other in [4, 3] {
        let mut less = WEIGHTS.clone();
        (less[[L7, other]], less[[other, L7]]) = (0.0, 0.0);
        assert_eq!(counts(&less, L7, 0.25, AS_IN_THE_CHAPTER), [2; 5]);
    }
    stated("(Without the connection to L5, or to L4, it comes to R7 and no further in these 3 s.)");
    assert_eq!(counts(&WEIGHTS, L7, 0.2, AS_IN_THE_CHAPTER), [2; 5]);
    assert_eq!(counts(&cut(&WEIGHTS, R2), L7, 0.2, AS_IN_THE_CHAPTER), [15; 5]);
    stated("At $K = 0.20$ the seizure stays in 2 regions by itself. **Without R2 it spreads to 15.**");
    Conclusion {
        chapter: CHAPTER,
        sentence: "the hub was a brake",
        holds: |conditions| {
            let [whole, without] = [&WEIGHTS, &cut(&WEIGHTS, R2)].map(|weights| counts(weights, L7, 0.2, conditions));
            mean(&whole) < 6.0 && mean(&without) > 13.0 && counts(&cut(&WEIGHTS, R7), L7, 0.2, conditions) == [1; 5]
        },
    }
    .is_robust();
}

/// Of the zones from which seizures spread to more than eight: how many there are, and in how many 2 regions or fewer are
/// left without the hub, without the strongest neighbour, and at best.
fn rules(conditions: Conditions) -> [usize; 4] {
    let mut found = [0; 4];
    for onset in (0..16).filter(|onset| mean(&counts(&WEIGHTS, *onset, 0.25, conditions)) > 8.0) {
        let left = after_each(onset, 0.25, conditions);
        let hub = if onset == R2 { 11 } else { R2 };
        let by = [hub, strongest_neighbour(onset), best(&left, onset)].map(|region| usize::from(left[region] <= 2.0));
        found = [found[0] + 1, found[1] + by[0], found[2] + by[1], found[3] + by[2]];
    }
    found
}

#[test]
fn neither_rule_holds_in_most_zones() {
    let [zones, hub, neighbour, best] = rules(AS_IN_THE_CHAPTER);
    stated(&format!(
        "Seizures spread from {zones} of the 16 zones. Taking out the hub stops them in {hub} of these, taking out the strongest neighbour in {neighbour}, and the best region in {best}."
    ));
    stated("(With other seeds it is 3 or 4 of 12 or 13.)");
    Conclusion {
        chapter: CHAPTER,
        sentence: "**In most zones no single region is enough.**",
        holds: |conditions| {
            let [zones, hub, neighbour, best] = rules(conditions);
            (12..=13).contains(&zones) && hub == 1 && (3..=4).contains(&neighbour) && 2 * best < zones
        },
    }
    .is_robust();
}

/// How many are in the seizure 3 s after these regions were brought to rest.
fn after_pulse(time: f64, targets: &[usize], conditions: Conditions) -> Vec<usize> {
    let of =
        |seed: u64| {
            let model = seizure(&WEIGHTS, L7, 0.25, conditions.seeds + seed);
            let model = SubcriticalHopfNetwork { dt: conditions.step, ..model };
            let state = model.simulate(time).unwrap().last_state();
            let states = Array2::from_shape_fn((2, 16), |(variable, region)| {
                if targets.contains(&region) { 0.0 } else { state[16 * variable + region] }
            });
            count(&SubcriticalHopfNetwork { initial_states: Some(states), seed: model.seed + 1000, ..model })
        };
    (1..=5).map(of).collect()
}

#[test]
fn a_pulse_to_the_onset_zone_has_to_be_early_and_one_to_all_regions_does_not() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "For some 200 to 400 ms. Then R7 is in the seizure as well, and brings L7 back",
        holds: |conditions| {
            let saved = |time: f64| after_pulse(time, &[L7], conditions).iter().filter(|left| **left == 0).count();
            saved(50.0) == 5 && saved(200.0) >= 4 && saved(400.0) < 5 && saved(800.0) == 0 && saved(1500.0) == 0
        },
    }
    .is_robust();
    assert!(after_pulse(800.0, &[L7], AS_IN_THE_CHAPTER).iter().all(|left| *left == 16));
    stated("at 800 ms the pulse has failed in all five runs");
    Conclusion {
        chapter: CHAPTER,
        sentence: "A pulse to all regions works at any time.",
        holds: |conditions| {
            let all: Vec<usize> = (0..16).collect();
            [50.0, 800.0, 1500.0].iter().all(|time| after_pulse(*time, &all, conditions) == [0; 5])
        },
    }
    .is_robust();
}

#[test]
fn with_delays_or_with_coupling_in_x_alone_it_is_the_same_neighbour() {
    for seed in 1..=5 {
        let with = |weights: &Array2<f64>| {
            let model = seizure(weights, L7, 0.25, seed);
            let delays = data::small_connectome().delays(10.0);
            let x_alone = SubcriticalHopfNetwork { coupling: 0.5, coupled: CoupledVariables::First, ..model.clone() };
            [count(&SubcriticalHopfNetwork { delays, ..model }), count(&x_alone)]
        };
        assert_eq!((with(&cut(&WEIGHTS, R7)), with(&cut(&WEIGHTS, R2))), ([1, 1], [15, 15]), "seed {seed}");
    }
    stated(
        "With delays, or with coupling in $x$ alone at twice the $K$, R7 stops the seizure as well, and R2 does not.",
    );
}
