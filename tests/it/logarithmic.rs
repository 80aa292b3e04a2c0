//! Logarithmic axes, of lines and of maps.

use crate::svg::{Runs, paths};
use neurobook::analysis::mean_power_spectrum;
use neurobook::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The corners of the only blue line.
fn corners(svg: &str) -> Runs {
    let (_, runs) = paths(svg).into_iter().find(|(look, _)| look.contains("#247ec0")).expect("the line");
    runs
}

#[track_caller]
fn panics<T>(run: impl FnOnce() -> T) -> String {
    let payload = catch_unwind(AssertUnwindSafe(run)).err().expect("it is refused");
    payload.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[test]
fn equal_factors_are_equal_lengths_and_a_power_is_a_straight_line() {
    let x = [1.0, 10.0, 100.0, 1000.0];
    let zigzag = Figure::new().line(x, [1.0, 2.0, 1.0, 2.0]).x_logarithmic().svg();
    let line = &corners(&zigzag)[0];
    let lengths: Vec<i64> = line.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    assert!(lengths.iter().all(|length| (length - lengths[0]).abs() <= 1) && lengths[0] > 100, "{lengths:?}");
    for label in ["1", "10", "100", "1000"] {
        assert!(zigzag.contains(&format!(">{label}</text>")), "{label}");
    }
    let power = Figure::new().line(x, x.map(|x| x * x)).x_logarithmic().y_logarithmic();
    assert_eq!(corners(&power.svg())[0].len(), 2, "x² needs its two ends alone");
    assert_eq!(power.series()[0].y[2], 1e4, "what is read back are the numbers themselves");
}

#[test]
fn zeros_and_negative_numbers_leave_a_gap_of_which_the_axis_tells() {
    let figure =
        Figure::new().x_label("t").y_label("Power").line([1.0, 2.0, 3.0, 4.0, 5.0], [1.0, 10.0, 0.0, -3.0, 10.0]);
    let svg = figure.y_logarithmic().svg();
    assert_eq!(corners(&svg).len(), 2);
    assert!(svg.contains("Power [2 values ≤ 0 not shown]"), "{svg}");
    let nothing = Figure::new().line([1.0, 2.0], [0.0, 0.0]).y_logarithmic().svg();
    assert!(nothing.contains("2 values ≤ 0 not shown") && !nothing.contains("NaN"));
}

#[test]
fn a_range_or_cells_that_have_no_place_on_a_logarithmic_axis_are_refused() {
    let line = || Figure::new().line([1.0, 2.0], [1.0, 2.0]);
    for message in [
        panics(|| line().x_range(0.0, 2.0).x_logarithmic()),
        panics(|| line().x_logarithmic().x_range(0.0, 2.0)),
        panics(|| line().y_logarithmic().y_range(-1.0, 2.0)),
    ] {
        assert!(message.contains("axis is logarithmic and its range begins at"), "{message}");
    }
    assert!(line().x_range(0.1, 20.0).x_logarithmic().svg().contains(">10</text>"));
    let map = |x: [f64; 3]| Figure::new().heat_map_over(x, [1.0, 2.0, 4.0], &Array2::eye(3));
    assert!(panics(|| map([1.0, 2.0, 3.0]).x_logarithmic()).contains("has to go up by an even factor"));
    assert!(panics(|| map([0.0, 1.0, 10.0])).contains("even steps"));
}

#[test]
fn a_map_over_values_that_go_up_by_a_factor_is_drawn_on_logarithmic_axes() {
    let rows = Array1::from_iter((-3..=1).map(|k| 10_f64.powi(k)));
    let columns = Array1::from_iter((0..6).map(|k| 2_f64.powi(k)));
    let scan = scan_grid(&rows, &columns, |a, k| Ok(-(a.log10() + 1.0).abs() - (k.log2() - 3.0).abs())).unwrap();
    let figure = plot_scan_grid(&scan, "a", "K", "Score");
    let panel = &figure.panels()[0];
    assert!(panel.x.logarithmic && panel.y.logarithmic);
    assert_eq!((panel.title.as_str(), panel.series[0].x[5]), ("Best 0 at a = 0.1, K = 8", 32.0));
    let svg = figure.svg();
    for label in ["0.001", "0.01", "0.1", "1", "10"] {
        assert!(svg.contains(&format!(">{label}</text>")), "{label}");
    }
    let even = scan_grid(&Array1::linspace(0.0, 1.0, 3), &columns, |a, k| Ok(a - k)).unwrap();
    let panel = &plot_scan_grid(&even, "a", "K", "Score").panels()[0].clone();
    assert!(panel.x.logarithmic && !panel.y.logarithmic);
}

#[test]
fn the_scores_of_values_that_go_up_by_a_factor_are_drawn_over_a_logarithmic_axis() {
    let scores = |values: &Array1<f64>| plot_scan(&scan(values, |value| Ok(-value)).unwrap(), "K", "Score");
    assert!(scores(&array![0.01, 0.1, 1.0]).panels()[0].x.logarithmic);
    assert!(!scores(&array![1.0, 2.0, 3.0]).panels()[0].x.logarithmic);
}

#[test]
fn the_spectrum_of_a_signal_that_rests_names_no_peak() {
    let rests = mean_power_spectrum(&Trajectory::from_series(Array2::zeros((1, 1000)), 0.001).unwrap(), 500).unwrap();
    let svg = plot_spectrum(&rests, "Frequency (Hz)").svg();
    assert!(!svg.contains("peak at"), "{svg}");
}
