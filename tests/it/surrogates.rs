//! Phases within a band, surrogate series and rewired networks: scipy's numbers, and what each keeps and does not keep.

use neurobook::analysis::*;
use neurobook::data::read_matrix;
use neurobook::prelude::*;
use std::path::Path;

fn golden(name: &str) -> Array2<f64> {
    read_matrix(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/analysis").join(name)).unwrap()
}

/// One signal with a value every `dt`.
fn sampled(signal: &Array1<f64>, dt: f64) -> Trajectory {
    Trajectory::from_series(signal.clone().insert_axis(ndarray::Axis(0)), dt).unwrap()
}

#[test]
fn the_analytic_signal_is_that_of_scipy_whole_and_within_a_band() {
    let signal = golden("series.csv").row(0).to_owned();
    let first: Array1<f64> = signal.slice(s![..75]).to_owned();
    let whole = (0.0, f64::INFINITY);
    for (signal, dt, band, name) in [
        (&signal, 1.0, whole, "hilbert.csv"),
        (&first, 1.0, whole, "hilbert_odd.csv"),
        (&signal, 2.0, (0.03, 0.07), "hilbert_band.csv"),
    ] {
        let (ours, theirs) = (analytic_signals(&sampled(signal, dt), band).unwrap().row(0).to_owned(), golden(name));
        assert_eq!(ours.len(), theirs.ncols());
        for (k, own) in ours.iter().enumerate() {
            let gap = (own.re - theirs[[0, k]]).hypot(own.im - theirs[[1, k]]);
            assert!(gap < 1e-12, "{name}, sample {k}: {own}");
        }
    }
    let phases = band_phases(&Trajectory::from_series(golden("series.csv"), 2.0).unwrap(), (0.03, 0.07)).unwrap();
    let theirs = golden("hilbert_band.csv");
    assert!((phases[[0, 60]] - theirs[[1, 60]].atan2(theirs[[0, 60]])).abs() < 1e-10);
}

#[test]
fn a_band_without_a_frequency_and_a_signal_with_a_gap_are_refused() {
    let signal = array![1.0, 2.0, 0.0, 1.0];
    for (signal, dt, band, words) in [
        (&signal, 1.0, (0.03, 0.07), "no frequency of 4 samples with dt = 1 is between 0.03 and 0.07"),
        (&signal, 1.0, (0.2, 0.1), "band is 0.2 to 0.1"),
        (&signal, 1.0, (-0.1, 0.1), "band is -0.1 to 0.1"),
        (&signal, 1.0, (f64::NAN, 0.1), "band is NaN to 0.1"),
        (&array![1.0, f64::NAN], 1.0, (0.0, 0.5), "signal[1] is NaN"),
        (&array![], 1.0, (0.0, 0.5), "times has 0 values"),
    ] {
        let message = analytic_signals(&sampled(signal, dt), band).unwrap_err().to_string();
        assert!(message.starts_with(words), "{message}");
    }
}

#[test]
fn a_surrogate_keeps_each_spectrum_and_each_correlation_at_each_lag_and_no_moment() {
    for samples in [200, 75, 1, 0] {
        let series = golden("series.csv").slice(s![.., ..samples]).to_owned();
        let surrogate = phase_randomized(&series, 3);
        assert_eq!(surrogate.dim(), series.dim());
        assert_eq!(surrogate, phase_randomized(&series, 3), "the same seed");
        if samples < 2 {
            continue;
        }
        // Around the loop that a Fourier transform sees.
        let together = |series: &Array2<f64>, i: usize, j: usize, lag: usize| -> f64 {
            (0..samples).map(|t| series[[i, t]] * series[[j, (t + lag) % samples]]).sum()
        };
        for (i, j, lag) in [(0, 0, 0), (0, 0, 5), (1, 3, 0), (2, 4, 7), (4, 2, 11)] {
            let gap = together(&series, i, j, lag) - together(&surrogate, i, j, lag);
            assert!(gap.abs() < 1e-9, "{samples} samples, {i} {j} {lag}: {gap}");
        }
        let alike = correlation(&series.row(0).to_owned(), &surrogate.row(0).to_owned()).unwrap();
        assert!(alike.abs() < 0.4, "{alike}");
        assert_ne!(surrogate, phase_randomized(&series, 4));
    }
    let mut gap = golden("series.csv");
    gap[[1, 7]] = f64::NAN;
    let surrogate = phase_randomized(&gap, 1);
    assert!(
        surrogate.row(1).iter().all(|value| value.is_nan()) && surrogate.row(0).iter().all(|value| value.is_finite())
    );
}

#[test]
fn a_surrogate_of_a_burst_has_none_and_its_windows_differ_less() {
    // Two regions that belong together in the second half only.
    let mut series = noise::white(6 * 600, 5).into_shape_with_order((6, 600)).unwrap();
    for t in 300..600 {
        for n in 1..6 {
            series[[n, t]] = 0.3 * series[[n, t]] + series[[0, t]];
        }
    }
    let spread = |series: &Array2<f64>| {
        let windows = functional_connectivity_dynamics(series, 60, 60).unwrap();
        upper_triangle(&windows).std(0.0)
    };
    let mean = |series: &Array2<f64>, from: usize| {
        upper_triangle(&functional_connectivity(&series.slice(s![.., from..from + 300]).to_owned())).mean().unwrap()
    };
    assert!(mean(&series, 300) > mean(&series, 0) + 0.5);
    for seed in 1..=5 {
        let surrogate = phase_randomized(&series, seed);
        assert!((mean(&surrogate, 300) - mean(&surrogate, 0)).abs() < 0.2, "seed {seed}");
        assert!(spread(&surrogate) < spread(&series), "seed {seed}");
    }
}

#[test]
fn a_rewired_network_keeps_links_degrees_and_weights_and_forgets_who_is_linked() {
    let weights = data::connectome().weights;
    let sorted = |matrix: &Array2<f64>| {
        let mut all: Vec<f64> = matrix.iter().copied().collect();
        all.sort_by(f64::total_cmp);
        all
    };
    let null = network::rewired(&weights, 1).unwrap();
    assert_eq!(network::degrees(&null), network::degrees(&weights));
    assert_eq!(sorted(&null), sorted(&weights));
    assert_eq!(null, null.t());
    assert!(null.diag().iter().all(|own| *own == 0.0));
    assert_eq!(network::degrees(&null)[39], 0.0, "the region without links stays without");
    assert_eq!(null, network::rewired(&weights, 1).unwrap());
    assert_ne!(null, network::rewired(&weights, 2).unwrap());
    // A link is there again about as often as at random.
    let links = |matrix: &Array2<f64>, n: usize, m: usize| matrix[[n, m]] > 0.0;
    let pairs: Vec<(usize, usize)> = (0..80).flat_map(|n| (n + 1..80).map(move |m| (n, m))).collect();
    let before = pairs.iter().filter(|(n, m)| links(&weights, *n, *m)).count() as f64;
    let again = pairs.iter().filter(|(n, m)| links(&weights, *n, *m) && links(&null, *n, *m)).count() as f64;
    assert!(again / before < 2.0 * network::density(&weights), "{again} of {before}");
}

#[test]
fn what_cannot_be_rewired_stays_and_what_has_a_direction_is_refused() {
    let triangle = network::all_to_all(3);
    assert_eq!(network::rewired(&triangle, 1).unwrap(), triangle);
    assert_eq!(network::rewired(&Array2::zeros((4, 4)), 1).unwrap(), Array2::<f64>::zeros((4, 4)));
    for (weights, words) in [
        (
            array![[0.0, 1.0], [2.0, 0.0]],
            "weights, row 0, column 1 is 1, and row 1, column 0 is 2: give a symmetric matrix",
        ),
        (array![[0.0, 1.0]], "weights has 1 rows and 2 columns"),
        (array![[0.0, f64::NAN], [f64::NAN, 0.0]], "weights, row 0, column 1 is NaN"),
    ] {
        let message = network::rewired(&weights, 1).unwrap_err().to_string();
        assert!(message.starts_with(words), "{message}");
    }
}
