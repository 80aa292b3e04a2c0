//! Fixed points, nullclines, bifurcation diagrams and scans.

use neurobook::analysis::*;
use neurobook::prelude::*;

fn classes(points: &[FixedPoint]) -> Vec<String> {
    points.iter().map(|point| point.class.to_string()).collect()
}

#[test]
fn the_origin_of_the_hopf_node_is_a_focus_that_changes_sides_at_zero() {
    for (a, class) in [(-0.2, "stable focus"), (0.0, "centre"), (0.3, "unstable focus")] {
        let points = fixed_points(&Hopf { a, omega: 0.7 }, (-1.0, 1.2), (-1.1, 1.0)).unwrap();
        assert_eq!(classes(&points), [class]);
        assert!(points[0].x.abs() < 1e-9 && points[0].y.abs() < 1e-9);
        let value = points[0].jacobian.eigenvalues()[0];
        assert!((value - Complex64::new(a, 0.7)).norm() < 1e-7, "{value}");
    }
}

/// `dx/dt = x - x³ - y`, `dy/dt = c (b x - y)`.
struct TwoWells {
    b: f64,
}

impl Model for TwoWells {
    type Rate = [f64; 2];
    fn rate(&self, _t: f64, x: &[f64]) -> [f64; 2] {
        [x[0] - x[0].powi(3) - x[1], 2.0 * (self.b * x[0] - x[1])]
    }
}

#[test]
fn three_fixed_points_are_found_once_each_and_from_left_to_right() {
    let points = fixed_points(&TwoWells { b: 0.5 }, (-2.0, 2.0), (-2.0, 2.0)).unwrap();
    assert_eq!(classes(&points), ["stable focus", "saddle", "stable focus"].map(String::from));
    let root = 0.5_f64.sqrt();
    for (point, x) in points.iter().zip([-root, 0.0, root]) {
        assert!((point.x - x).abs() < 1e-9 && (point.y - 0.5 * x).abs() < 1e-9);
    }
    assert_eq!(fixed_points(&TwoWells { b: 0.5 }, (0.2, 2.0), (-2.0, 2.0)).unwrap().len(), 1);
    assert_eq!(classes(&fixed_points(&TwoWells { b: 2.0 }, (-2.0, 2.0), (-2.0, 2.0)).unwrap()), ["stable focus"]);
}

#[test]
fn the_wilson_cowan_model_rests_without_input_and_leaves_its_fixed_point_with_some() {
    let rests = fixed_points(&WilsonCowan::default(), (0.0, 0.6), (0.0, 0.6)).unwrap();
    let low = rests[0];
    assert!(low.class.to_string().starts_with("stable") && low.x < 0.02, "{:?}", classes(&rests));
    // At a fixed point each population's share is what its response says: E = (1 - E) S(…).
    let model = WilsonCowan::default();
    assert!((low.x - (1.0 - low.x) * model.excitatory_response(16.0 * low.x - 12.0 * low.y)).abs() < 1e-9);
    assert!((low.y - (1.0 - low.y) * model.inhibitory_response(15.0 * low.x - 3.0 * low.y)).abs() < 1e-9);
    let end = model.simulate([0.05, 0.05], Rk4::new(0.1), 500.0).unwrap().last_state();
    assert!((end[0] - low.x).abs() < 1e-9 && (end[1] - low.y).abs() < 1e-9);

    let driven = WilsonCowan { excitatory_input: 1.0, ..model };
    let points = fixed_points(&driven, (0.0, 0.6), (0.0, 0.6)).unwrap();
    assert_eq!(classes(&points), ["unstable focus"]);
}

#[test]
fn nullclines_cross_where_the_fixed_points_are_and_have_a_rate_of_0_all_along() {
    let model = FitzHughNagumo::default();
    let [x, y] = nullclines(&model, (-0.5, 1.5), (-0.5, 2.0)).unwrap();
    for (line, variable) in [(&x, 0), (&y, 1)] {
        let points: Vec<(f64, f64)> = line.x.iter().copied().zip(line.y.iter().copied()).collect();
        assert!(points.len() > 100 && points.iter().filter(|point| point.0.is_nan()).count() <= 2);
        for (x, y) in points.into_iter().filter(|point| !point.0.is_nan()) {
            assert!(model.rate(0.0, &[x, y])[variable].abs() < 1e-10);
        }
    }
    let point = fixed_points(&model, (-0.5, 1.5), (-0.5, 2.0)).unwrap()[0];
    let nearest = x.x.iter().zip(&x.y).map(|(x, y)| (x - point.x).hypot(y - point.y)).fold(f64::INFINITY, f64::min);
    assert!(nearest < 0.02);
}

#[test]
fn a_closed_nullcline_is_one_curve_that_ends_where_it_began() {
    struct Circle;
    impl Model for Circle {
        type Rate = [f64; 2];
        fn rate(&self, _t: f64, x: &[f64]) -> [f64; 2] {
            [x[0] * x[0] + x[1] * x[1] - 0.5, 1.0]
        }
    }
    let [circle, none] = nullclines(&Circle, (-1.0, 1.0), (-1.0, 1.0)).unwrap();
    assert_eq!((none.x.len(), circle.x.iter().filter(|x| x.is_nan()).count()), (0, 1));
    let last = circle.x.len() - 2;
    assert_eq!((circle.x[0], circle.y[0]), (circle.x[last], circle.y[last]));
    assert!(circle.x[..=last].iter().zip(&circle.y).all(|(x, y)| (x.hypot(*y) - 0.5_f64.sqrt()).abs() < 1e-9));
}

#[test]
fn a_bad_plane_or_a_bad_model_is_refused_by_name() {
    let bad = Hopf { a: f64::NAN, omega: 1.0 };
    assert!(fixed_points(&bad, (0.0, 1.0), (0.0, 1.0)).unwrap_err().to_string().starts_with("a is NaN"));
    let message = fixed_points(&Hopf::default(), (1.0, 1.0), (0.0, 1.0)).unwrap_err().to_string();
    assert_eq!(message, "x_range goes from 1 to 1: give a smaller and a larger number");
    let message = nullclines(&Hopf::default(), (0.0, 1.0), (0.0, f64::NAN)).unwrap_err().to_string();
    assert!(message.starts_with("y_range goes from 0 to NaN"), "{message}");
}

#[test]
fn the_bifurcation_diagram_of_the_hopf_node_opens_as_the_root_of_a() {
    // The workshop's: 50 values from -2 to 2, the last 1000 of 2000 ms.
    let values = Array1::linspace(-2.0, 2.0, 50);
    let run = |a: f64| Hopf { a, omega: 0.2 }.simulate([0.1, 0.1], Rk4::new(0.1), 2000.0);
    let diagram = bifurcation(&values, 1000.0, run).unwrap();
    for ((a, low), high) in values.iter().zip(&diagram.minima).zip(&diagram.maxima) {
        let radius = a.max(0.0).sqrt();
        // 0.1 ms is a fiftieth of a turn at most, so the top is met to one part in five thousand.
        assert!((high - radius).abs() < 1e-3 && (low + radius).abs() < 1e-3, "a = {a}: from {low} to {high}");
    }
    assert!((diagram.maxima[49] - 1.415).abs() < 2e-3 && (diagram.maxima[25] - 0.207).abs() < 6e-3);
    let error = bifurcation(&values, 1000.0, |a| Hopf { a, omega: 0.2 }.simulate([9.0, 9.0], Euler::new(1.0), 2000.0));
    assert!(error.unwrap_err().to_string().starts_with("at -2: x is "));
}

#[test]
fn a_scan_finds_the_best_and_says_when_it_lies_on_the_edge() {
    let values = Array1::linspace(0.5, 2.5, 21);
    let best = scan(&values, |g| Ok(-(g - 1.2).abs())).unwrap().best().unwrap();
    assert!((best.value - 1.2).abs() < 1e-12 && !best.on_edge);
    assert!(scan(&values, Ok).unwrap().best().unwrap().on_edge);
    let holes = scan(&values, |g| Ok(if g > 1.0 { f64::NAN } else { -g })).unwrap();
    assert_eq!(holes.best().unwrap().value, 0.5);
    assert_eq!(scan(&values, |_| Ok(f64::NAN)).unwrap().best(), None);
    let error = scan(&values, |g| if g > 2.0 { Err(neurobook::Error::new("no")) } else { Ok(g) }).unwrap_err();
    assert!(error.to_string().starts_with("at 2.1") && error.to_string().ends_with(": no"));

    let rows = Array1::linspace(0.0, 1.0, 3);
    let grid = scan_grid(&rows, &values, |row, column| Ok(-(row - 0.5).powi(2) - (column - 1.7).powi(2))).unwrap();
    let best = grid.best().unwrap();
    assert!((best.row, best.on_edge) == (0.5, false) && (best.column - 1.7).abs() < 1e-12);
    assert!(scan_grid(&rows, &values, |row, _| Ok(row)).unwrap().best().unwrap().on_edge);
    let error =
        try_sweep_grid(&[1.0], &[2.0, 3.0], |_, b| if b > 2.5 { Err(neurobook::Error::new("no")) } else { Ok(b) });
    assert_eq!(error.unwrap_err().to_string(), "at 1, 3: no");
}
