//! What chapters 00 and 01 conclude from random numbers and recordings holds for other seeds, and for each of the six people.
//!
//! A recording has no step and cannot be drawn again; but there are five others, made with other numbers.

use crate::conditions::{Conclusion, Conditions};
use neurobook::analysis::{
    correlation, functional_connectivity, functional_connectivity_dynamics, shrunk_connectivity, upper_triangle,
};
use neurobook::prelude::*;

/// The recording of the chapter, or of one of the other five, without the regions that the scan did not cover.
fn recording(conditions: Conditions) -> Array2<f64> {
    let series = data::bold(data::WITH_SERIES[(conditions.seeds / 1000) as usize]).unwrap().states;
    let covered: Vec<usize> = (0..80).filter(|row| !series[[*row, 0]].is_nan()).collect();
    series.select(ndarray::Axis(0), &covered)
}

/// Of all 80 regions, those that were not covered as NaN.
fn all_regions(conditions: Conditions) -> Array2<f64> {
    functional_connectivity(&data::bold(data::WITH_SERIES[(conditions.seeds / 1000) as usize]).unwrap().states)
}

/// The mean of a matrix along the line this many columns to the right of its diagonal.
fn along(matrix: &Array2<f64>, away: usize) -> f64 {
    let line = (0..matrix.nrows() - away).map(|k| matrix[[k, k + away]]).filter(|r| !r.is_nan());
    let line: Vec<f64> = line.collect();
    line.iter().sum::<f64>() / line.len() as f64
}

fn mean(matrix: &Array2<f64>) -> f64 {
    upper_triangle(matrix).mean().unwrap()
}

fn share_below(matrix: &Array2<f64>, bound: f64) -> f64 {
    let all = upper_triangle(matrix);
    all.iter().filter(|r| **r < bound).count() as f64 / all.len() as f64
}

/// What is left of each region when the mean of all has been taken off by regression.
fn without_global_signal(series: &Array2<f64>) -> Array2<f64> {
    let mut left = series.clone();
    let global = series.mean_axis(ndarray::Axis(0)).unwrap();
    let global = &global - global.mean().unwrap();
    for mut row in left.rows_mut() {
        let slope = row.dot(&global) / global.dot(&global);
        row.scaled_add(-slope, &global);
    }
    left
}

/// The errors of Pearson's and of the shrunk matrix of the first volumes, beside the rest of the recording.
fn errors(series: &Array2<f64>, volumes: usize) -> (f64, f64) {
    let part = series.slice(s![.., ..volumes]).to_owned();
    let rest = upper_triangle(&functional_connectivity(&series.slice(s![.., volumes..]).to_owned()));
    let error = |matrix: Array2<f64>| {
        let gap = upper_triangle(&matrix) - &rest;
        (gap.dot(&gap) / gap.len() as f64).sqrt()
    };
    (error(functional_connectivity(&part)), error(shrunk_connectivity(&part)))
}

const CHAPTER: &str = "01_connectivity";

#[test]
fn mirror_regions_stand_out_in_each_person_and_most_pairs_go_together() {
    let mirror = Conclusion {
        chapter: CHAPTER,
        sentence: "**Mirror regions**, left and right: 40 columns away from the diagonal",
        holds: |conditions| {
            let fc = all_regions(conditions);
            (1..70).filter(|away| *away != 40).all(|away| along(&fc, away) < 0.75 * along(&fc, 40))
        },
    };
    mirror.is_robust();
    let above = Conclusion {
        chapter: CHAPTER,
        sentence: "Nearly nothing is below −0.3.",
        holds: |conditions| {
            let fc = functional_connectivity(&recording(conditions));
            share_below(&fc, 0.0) < 0.35 && share_below(&fc, -0.3) < 0.01
        },
    };
    above.is_robust();
}

#[test]
fn taking_off_the_signal_of_the_whole_brain_makes_correlations_below_0() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "taking off the signal of the whole brain makes some.",
        holds: |conditions| {
            let series = recording(conditions);
            let [before, after] =
                [&series, &without_global_signal(&series)].map(|x| share_below(&functional_connectivity(x), 0.0));
            after > before + 0.1
        },
    }
    .is_robust();
    // It takes out, too, what makes the old different: the one signal that all regions share.
    let gap = |of: fn(&Array2<f64>) -> Array2<f64>| {
        let means: Vec<f64> = (0..6)
            .map(|k| mean(&functional_connectivity(&of(&recording(Conditions { step: 1.0, seeds: 1000 * k })))))
            .collect();
        (means[3..].iter().sum::<f64>() - means[..3].iter().sum::<f64>()) / 3.0
    };
    assert!(gap(Array2::clone) > 0.08 && gap(without_global_signal).abs() < 0.01);
    crate::prose::says(CHAPTER, "the old have more of one signal that all regions share");
}

#[test]
fn a_nod_correlates_all_with_all() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "a nod correlates all with all",
        holds: |conditions| {
            let series = recording(conditions);
            let mut nodded = series.clone();
            for mut row in nodded.rows_mut() {
                let size = 5.0 * row.std(0.0);
                row.slice_mut(s![100..103]).iter_mut().for_each(|value| *value += size);
            }
            mean(&functional_connectivity(&nodded)) > mean(&functional_connectivity(&series)) + 0.15
        },
    }
    .is_robust();
}

#[test]
fn neighbouring_moments_have_similar_pictures_in_each_person() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "Neighbouring moments do, because BOLD is slow, and so there is a band along the diagonal.",
        holds: |conditions| {
            let turned = functional_connectivity(&recording(conditions).t().to_owned());
            along(&turned, 1) > 0.5 && along(&turned, 50).abs() < 0.15
        },
    }
    .is_robust();
}

#[test]
fn shrinkage_helps_with_few_samples_hardly_with_many_and_less_than_it_could() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "With 100 the gain is small.",
        holds: |conditions| {
            let series = recording(conditions);
            let gain = |volumes| {
                let (pearson, shrunk) = errors(&series, volumes);
                pearson - shrunk
            };
            gain(20) > 0.03 && gain(20) > 2.0 * gain(100) && gain(100) < 0.03
        },
    }
    .is_robust();
    Conclusion {
        chapter: CHAPTER,
        sentence: "so it shrinks less than it should",
        holds: |conditions| {
            let series = recording(conditions);
            let part = series.slice(s![.., ..20]).to_owned();
            let (measured, shrunk) = (functional_connectivity(&part), shrunk_connectivity(&part));
            let rest = upper_triangle(&functional_connectivity(&series.slice(s![.., 20..]).to_owned()));
            let measured_pairs = upper_triangle(&measured);
            // The share with which the error beside the rest is smallest.
            let best = 1.0 - measured_pairs.dot(&rest) / measured_pairs.dot(&measured_pairs);
            1.0 - shrunk[[0, 1]] / measured[[0, 1]] < best
        },
    }
    .is_robust();
}

#[test]
fn windows_look_dynamic_in_each_person_though_nothing_changes() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "It looks as if connectivity came and went: neighbours are alike",
        holds: |conditions| {
            let dynamics = functional_connectivity_dynamics(&recording(conditions), 30, 5).unwrap();
            let apart: Vec<f64> =
                dynamics.indexed_iter().filter(|((i, j), _)| *j >= i + 6).map(|(_, alike)| *alike).collect();
            along(&dynamics, 1) > 0.75 && apart.iter().sum::<f64>() / (apart.len() as f64) < 0.4
        },
    }
    .is_robust();
}

#[test]
fn one_volume_is_like_the_next_in_each_person() {
    Conclusion {
        chapter: CHAPTER,
        sentence: "one is like the next",
        holds: |conditions| {
            let series = recording(conditions);
            let next = |row: usize| {
                let row = series.row(row);
                correlation(&row.slice(s![..-1]).to_owned(), &row.slice(s![1..]).to_owned()).unwrap()
            };
            let lag = (0..series.nrows()).map(next).sum::<f64>() / series.nrows() as f64;
            (0.6..0.8).contains(&lag)
        },
    }
    .is_robust();
}

#[test]
fn random_numbers_of_chapter_00_are_near_their_mean_and_noise_shifts_nothing_with_any_seed() {
    Conclusion {
        chapter: "00_rust_for_neuroscientists",
        sentence: "25 uniform numbers should have a mean near 0.5 and a deviation near 0.29.",
        holds: |conditions| {
            let all = noise::uniform(25, 0.0, 1.0, conditions.seeds + 136);
            (all.mean().unwrap() - 0.5).abs() < 0.18 && (all.std(0.0) - 0.29).abs() < 0.08
        },
    }
    .is_robust();
    Conclusion {
        chapter: "00_rust_for_neuroscientists",
        sentence: "Noise with a mean of 0 blurs a signal and does not shift it.",
        holds: |conditions| {
            let clean = Array1::linspace(0.0, 10.0, 100).mapv(f64::sin);
            let noisy = &clean + &(0.3 * noise::white(100, conditions.seeds + 9));
            // A shift of three standard errors would be one; uniform numbers from 0 to 0.3 shift it by 0.15.
            (noisy.mean().unwrap() - clean.mean().unwrap()).abs() < 0.09 && noisy.std(0.0) > clean.std(0.0)
        },
    }
    .is_robust();
}

#[test]
fn what_is_true_of_one_recording_alone_is_caught() {
    let planted = Conclusion {
        chapter: CHAPTER,
        sentence: "regions 18 and 37 have nothing to do with each other",
        holds: |conditions| all_regions(conditions)[[18, 37]].abs() < 0.05,
    };
    assert!(!planted.broken().is_empty());
    assert!(planted.broken().iter().all(|conditions| conditions.seeds > 0));
    let planted = Conclusion {
        chapter: "00_rust_for_neuroscientists",
        sentence: "the mean of 25 uniform numbers is above 0.5",
        holds: |conditions| noise::uniform(25, 0.0, 1.0, conditions.seeds + 136).mean().unwrap() > 0.5,
    };
    let broken = planted.broken().len();
    assert!(broken > 0 && broken < 7, "{broken}");
}
