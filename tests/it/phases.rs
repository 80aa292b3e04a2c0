//! Pictures of phases, and of many nodes over time.

use std::f64::consts::TAU;

use neurobook::figure::Kind;
use neurobook::prelude::*;

use crate::svg::paths;

#[test]
fn a_wrap_never_draws_a_vertical_line() {
    let t: Vec<f64> = (0..1000).map(|k| 0.1 * f64::from(k)).collect();
    let uneven: Vec<f64> = t.iter().map(|t| t + 0.9 * t.sin()).collect();
    for theta in [
        t.iter().map(|t| 0.5 * PI * t).collect::<Vec<f64>>(),
        t.iter().map(|t| -0.3 * PI * t).collect(),
        t.iter().map(|t| 9.0 * (0.2 * t).sin()).collect(),
        t.iter().map(|t| (0.5 * PI * t) % TAU).collect(),
    ] {
        for figure in [Figure::new().phase(&t, &theta), Figure::new().phase(&uneven, &theta)] {
            let svg = figure.svg();
            let (_, runs) = paths(&svg).into_iter().find(|(look, _)| look.contains("#247ec0")).expect("the phase");
            assert!(runs.len() > 3, "{} runs", runs.len());
            let (low, high) = (
                runs.iter().flatten().map(|point| point.1).max().unwrap(),
                runs.iter().flatten().map(|point| point.1).min().unwrap(),
            );
            for pair in runs.iter().flat_map(|run| run.windows(2)) {
                assert!((pair[1].1 - pair[0].1).abs() < (low - high) / 2, "a jump of the line: {pair:?}");
            }
            for pair in runs.windows(2) {
                let (end, begin) = (pair[0].last().unwrap(), pair[1][0]);
                assert_eq!(end.0, begin.0, "the line goes on at the time of the wrap");
                assert_eq!((end.1.min(begin.1), end.1.max(begin.1)), (high, low), "from one edge to the other");
            }
        }
    }
}

#[test]
fn a_phase_is_read_back_modulo_a_turn_and_stands_on_an_axis_of_pi() {
    let theta = [0.0, 3.0, 7.0, -1.0, TAU, -1e-20, f64::NAN];
    let figure = Figure::new().phase([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0], theta);
    let read = &figure.series()[0];
    assert_eq!(read.kind, Kind::Phase);
    assert_eq!(read.y[..2], [0.0, 3.0]);
    assert!((read.y[2] - (7.0 - TAU)).abs() < 1e-12 && (read.y[3] - (TAU - 1.0)).abs() < 1e-12);
    assert_eq!(read.y[4..6], [0.0, 0.0]);
    assert!(read.y[6].is_nan());
    let svg = figure.svg();
    for label in ["0", "π/2", "π", "3π/2", "2π"] {
        assert!(svg.contains(&format!(">{label}</text>")), "{label}");
    }
    assert!(!svg.contains("NaN"));
}

#[test]
fn the_arrow_of_the_phase_circle_is_the_order_parameter() {
    let length = |phases: Vec<f64>| {
        let figure = plot_phase_circle(&Array1::from_vec(phases));
        let arrow = figure.series().iter().find(|series| series.kind == Kind::Arrow).expect("the mean").clone();
        arrow.x[1].hypot(arrow.y[1])
    };
    assert!((length(vec![1.0; 5]) - 1.0).abs() < 1e-12);
    assert!(length(vec![0.0, PI, 0.5 * PI, 1.5 * PI]) < 1e-12);
    assert_eq!(length(vec![]), 0.0);
}

#[test]
fn eighty_traces_stand_above_each_other_on_one_scale() {
    let t = Array1::linspace(0.0, 10.0, 300);
    let traces = Array2::from_shape_fn((80, 300), |(node, k)| (node as f64 + 1.0) * (0.3 * k as f64).sin() + 100.0);
    let figure = plot_traces(&t, &traces);
    assert_eq!(figure.series().len(), 80);
    for (node, series) in figure.series().iter().enumerate() {
        assert!(series.y.iter().all(|y| (y - node as f64).abs() <= 1.0));
    }
    let swing = |node: usize| figure.series()[node].y.iter().fold(0.0_f64, |most, y| most.max((y - node as f64).abs()));
    assert!(swing(79) > 30.0 * swing(0), "the scale is shared");
    assert!(figure.svg().len() < 400_000, "{} bytes", figure.svg().len());
}
