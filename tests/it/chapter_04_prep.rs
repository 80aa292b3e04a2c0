//! Every number that the prose of the preparation for chapter 4 states is computed here, and found in it.

use crate::prose;
use neurobook::prelude::*;

#[track_caller]
fn stated(phrase: &str) {
    prose::says("04_prep_recovery", phrase);
}

fn x(model: &HopfNetwork) -> Array2<f64> {
    model.simulate(50.0).unwrap().nodes("x").unwrap()
}

fn rmse(model: &Array2<f64>, data: &Array2<f64>) -> f64 {
    let gap = model - data;
    (&gap * &gap).mean().unwrap().sqrt()
}

fn alike(model: &Array2<f64>, data: &Array2<f64>) -> f64 {
    let all = |series: &Array2<f64>| Array1::from_iter(series.iter().copied());
    analysis::correlation(&all(model), &all(data)).unwrap()
}

fn couplings() -> Array1<f64> {
    Array1::linspace(0.5, 2.5, 21)
}

/// The value with the smallest loss, and this loss.
fn smallest(values: &Array1<f64>, losses: &Array1<f64>) -> (f64, f64) {
    let best = (0..losses.len()).min_by(|a, b| losses[*a].total_cmp(&losses[*b])).unwrap();
    (values[best], losses[best])
}

#[test]
fn the_parts_add_up_and_leave_time_for_their_exercises() {
    prose::has_time("04_prep_recovery");
}

#[test]
fn model_a_is_recovered_and_its_loss_is_a_v() {
    let data = data::model_series("a").unwrap();
    let losses = couplings().mapv(|coupling| rmse(&x(&data::model_a(coupling)), &data));
    let (value, loss) = smallest(&couplings(), &losses);
    stated(&format!("falls to (nearly) 0 at $K = {value:.1}$"));
    assert!(loss < 1e-6 && loss > 0.0, "the file holds six digits: {loss}");
    let falls = |range: std::ops::Range<usize>| range.clone().all(|k| losses[k + 1] < losses[k]);
    assert!(falls(0..7) && (7..20).all(|k| losses[k + 1] > losses[k]));
    stated(&format!("it goes from {:.4} through 0 to {:.4}", losses[0], losses[20]));
    let likeness = couplings().mapv(|coupling| alike(&x(&data::model_a(coupling)), &data));
    let lowest = likeness.iter().copied().fold(1.0, f64::min);
    stated(&format!("The correlation stays between {lowest:.4} and 1 on the whole grid"));
}

#[test]
fn a_model_that_is_twice_as_large_has_the_worst_loss_and_a_perfect_correlation() {
    let data = data::model_series("a").unwrap();
    let doubled = 2.0 * x(&data::model_a(1.2));
    assert!(alike(&doubled, &data) > 1.0 - 1e-9);
    let worst = couplings().iter().map(|coupling| rmse(&x(&data::model_a(*coupling)), &data)).fold(0.0, f64::max);
    assert!(rmse(&doubled, &data) > 10.0 * worst);
    stated("The doubled model has the correlation 1 and the worst RMSE of all.");
}

#[test]
fn model_b_is_recovered_downhill_from_both_sides() {
    let data = data::model_series("b").unwrap();
    let omegas: Array1<f64> = Array1::linspace(0.1, 1.8, 18);
    let losses = omegas.mapv(|omega| rmse(&x(&data::model_b(omega)), &data));
    let (value, _) = smallest(&omegas, &losses);
    assert!((value - 0.6).abs() < 1e-9);
    stated("$\\omega$ = 0.6");
    assert!((0..5).all(|k| losses[k + 1] < losses[k]) && (5..17).all(|k| losses[k + 1] > losses[k]), "{losses}");
    stated("39 runs instead of 171 for the same grain");
    assert_eq!((18 + 21, ((1.8 - 0.1) / 0.01_f64).round() as usize + 1), (39, 171));
}

#[test]
fn with_five_other_seeds_the_best_coupling_is_the_last_of_the_grid() {
    let data = data::model_series("a").unwrap();
    let own = couplings().iter().map(|coupling| rmse(&x(&data::model_a(*coupling)), &data)).fold(0.0, f64::max);
    for seed in 2..=6 {
        let model = |coupling| x(&HopfNetwork { seed, ..data::model_a(coupling) });
        let losses = couplings().mapv(|coupling| rmse(&model(coupling), &data));
        let (value, loss) = smallest(&couplings(), &losses);
        assert!(value == 2.5 && loss > 10.0 * own, "seed {seed}: {value}, {loss}");
        assert!(model(2.5).std(0.0) < model(0.5).std(0.0), "more coupling makes the curves smaller");
    }
    stated("more than ten times as large as the largest one before");
}

#[test]
fn the_counts_of_runs_are_right() {
    stated(&format!("$21^3 = {}$", 21 * 21 * 21));
    let days: f64 = 9261.0 / 60.0 / 24.0;
    assert!((6.0..7.0).contains(&days));
    stated("it would be six days");
    assert!(80.0 * 21.0_f64.log10() > 82.0, "more than the atoms of the universe, about 10 to the 80");
    let root = 12.5_f64.sqrt();
    stated(&format!("for gaps of 3 and −4: squares 9 and 16, mean 12.5, root {root:.2}"));
}

#[test]
fn of_a_hundred_other_seeds_the_last_of_the_grid_wins_most_often_and_not_always() {
    let data = data::model_series("a").unwrap();
    let best = |seed: f64| {
        let model = |coupling| HopfNetwork { seed: seed as u64, ..data::model_a(coupling) };
        smallest(&couplings(), &couplings().mapv(|coupling| rmse(&x(&model(coupling)), &data))).0
    };
    let found = sweep(&(2..=101).map(f64::from).collect::<Vec<f64>>(), best);
    let at = |value: f64| found.iter().filter(|best| (**best - value).abs() < 1e-9).count();
    stated(&format!(
        "Of 100 other seeds it is the last with {}, the first with {}, and the truth with",
        at(2.5),
        at(0.5)
    ));
    assert_eq!(at(1.2), 1);
    stated("and the truth with one.");
}
