//! Figures of what simulations have shown.

use neurobook::analysis::*;
use neurobook::figure::Kind;
use neurobook::prelude::*;

#[test]
fn a_heat_map_over_two_quantities_stands_on_them_and_its_rows_go_up() {
    let (x, y) = (Array1::linspace(0.0, 2.0, 5), Array1::linspace(-0.1, 0.1, 3));
    let matrix = Array2::from_shape_fn((3, 5), |(row, _)| row as f64);
    let figure = Figure::new().heat_map_over(&x, &y, &matrix);
    let panel = &figure.panels()[0];
    assert_eq!((panel.x.range, panel.y.reversed), (Some((-0.25, 2.25)), false));
    let (low, high) = panel.y.range.unwrap();
    assert!((low + 0.15).abs() < 1e-12 && (high - 0.15).abs() < 1e-12);
    // The same picture as that of the rows from last to first, of which the first is at the top.
    let image = |figure: Figure| {
        let svg = figure.axes(false).color_bar("").size(4.0, 4.0).svg();
        svg.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let upside_down = Figure::new().heat_map(&matrix.slice(s![..;-1, ..]).to_owned());
    assert_eq!(image(figure), image(upside_down));
}

#[test]
#[should_panic(expected = "y has 2 values and the matrix 3 rows")]
fn a_heat_map_needs_a_number_for_each_row() {
    let _ = Figure::new().heat_map_over([0.0, 1.0], [0.0, 1.0], &Array2::zeros((3, 2)));
}

#[test]
#[should_panic(expected = "x has to go up in even steps")]
fn a_heat_map_needs_even_steps() {
    let _ = Figure::new().heat_map_over([0.0, 1.0, 3.0], [0.0], &Array2::zeros((1, 3)));
}

fn labels(figure: &Figure) -> Vec<&str> {
    figure.series().iter().filter_map(|series| series.label.as_deref()).collect()
}

#[test]
fn a_phase_plane_shows_streams_nullclines_and_fixed_points() {
    let resting = FitzHughNagumo { input: 0.2, ..FitzHughNagumo::default() };
    let figure = plot_phase_plane(&resting, (-0.5, 1.5), (-0.3, 2.0)).unwrap();
    assert_eq!(labels(&figure), ["x does not change", "y does not change", "stable node"]);
    assert_eq!(figure.series().last().unwrap().color, Some(Color::Black));
    let figure = plot_phase_plane(&WilsonCowan::default(), (0.0, 0.6), (0.0, 0.6)).unwrap();
    assert!(labels(&figure).contains(&"excitatory does not change"));
    assert!(figure.svg().len() < 400_000, "{}", figure.svg().len());
    assert!(plot_phase_plane(&resting, (1.0, 0.0), (0.0, 1.0)).is_err());
}

#[test]
fn a_scan_marks_its_best_and_warns_of_the_edge() {
    let inner = scan(&Array1::linspace(0.0, 2.0, 21), |g| Ok(1.0 - (g - 1.2).powi(2))).unwrap();
    let figure = plot_scan(&inner, "G (1/ms)", "Correlation");
    assert_eq!(figure.panels()[0].title, "Best 1 at G = 1.2");
    // The workshop's: five values of a that end at 0, where the best is.
    let edge = scan(&Array1::linspace(-0.1, 0.0, 5), Ok).unwrap();
    assert_eq!(plot_scan(&edge, "a", "r").panels()[0].title, "Best 0 at a = 0: on the edge");
    let grid = scan_grid(&Array1::linspace(-0.2, 0.2, 21), &Array1::linspace(0.0, 2.0, 21), |a, g| {
        Ok(1.0 - a * a - (g - 0.3).powi(2))
    });
    let figure = plot_scan_grid(&grid.unwrap(), "a (1/ms)", "K", "r");
    assert_eq!(figure.panels()[0].title, "Best 1 at a = 0, K = 0.3");
    assert_eq!(figure.series()[0].kind, Kind::HeatMap);
    assert!((figure.series()[2].x[0] - 0.3).abs() < 1e-12 && figure.series()[2].y[0].abs() < 1e-12);
    let nothing = scan(&array![0.0, 1.0], |_| Ok(f64::NAN)).unwrap();
    assert!(plot_scan(&nothing, "a", "r").svg().starts_with("<svg"));
}

#[test]
fn the_bifurcation_diagram_of_eulers_steps_opens_too_early_and_that_of_a_network_does_not() {
    let values = Array1::linspace(-0.1, 0.1, 9);
    let diagram = |scheme: Scheme| {
        bifurcation(&values, 900.0, |a| {
            HopfNetwork { nodes: vec![Hopf { a, omega: 1.0 }], scheme, ..HopfNetwork::default() }.simulate(1000.0)
        })
        .unwrap()
    };
    // At a = -0.025, above -ω² dt / 2, but below 0.
    let (euler, usual) = (diagram(Scheme::Euler), diagram(Scheme::default()));
    assert!((euler.maxima[3] - Hopf { a: -0.025, omega: 1.0 }.euler_radius(0.1)).abs() < 5e-3 && euler.maxima[3] > 0.1);
    assert!(usual.maxima[3] < 1e-6 && (usual.maxima[8] - 0.1_f64.sqrt()).abs() < 2e-3);
    let figure = plot_bifurcation(&usual, "a", "x");
    assert_eq!(labels(&figure), ["largest", "smallest"]);
    assert_eq!(figure.series()[0].y, usual.maxima.to_vec());
}

#[test]
fn connectivity_is_coloured_from_minus_one_to_one_whatever_is_in_it() {
    let figure = plot_connectivity(&array![[1.0, 0.9], [0.9, 1.0]]);
    assert_eq!(figure.series()[0].value_range, Some((-1.0, 1.0)));
    assert_eq!(ColorMap::BlueOrange.color(0.5), Color::Rgb(0xf6, 0xf6, 0xf6));
}

#[test]
fn a_spectrum_names_its_peak_and_bold_is_in_per_cent() {
    let sampled = |series: Array2<f64>, dt: f64| Trajectory::from_series(series, dt).unwrap();
    let signal = Array2::from_shape_fn((1, 2000), |(_, k)| (0.04 * 2.0 * PI * k as f64).sin());
    let figure = plot_spectrum(&mean_power_spectrum(&sampled(signal, 2.0), 200).unwrap(), "Frequency (Hz)");
    assert_eq!(labels(&figure), ["peak at 0.02"]);

    let activity = sampled(Array2::from_elem((2, 400), 0.5), 50.0);
    let bold = BalloonWindkessel::default().simulate(&activity).unwrap();
    let figure = plot_bold(&bold);
    assert_eq!(labels(&figure), ["region 0", "region 1"]);
    assert!((figure.series()[1].y[9] - 100.0 * bold.states[[1, 9]]).abs() < 1e-12);
    let many = BalloonWindkessel::default().simulate(&sampled(Array2::zeros((7, 400)), 50.0)).unwrap();
    assert_eq!(plot_bold(&many).series().len(), 7);
}
