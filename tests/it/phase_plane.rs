//! The phase plane: stream lines, eigenvectors as arrows, trajectories that fade in.

use std::collections::{HashMap, HashSet};

use neurobook::Trajectory;
use neurobook::figure::{Kind, StreamLine, stream_lines};
use neurobook::prelude::*;

use crate::figures::panic_message;
use crate::svg::{Runs, paths};

const CENTRE: [[f64; 2]; 2] = [[2.0, -5.0], [1.0, -2.0]];
const SOURCE: [[f64; 2]; 2] = [[3.0, 4.0], [1.0, 2.0]];
const SINK: [[f64; 2]; 2] = [[-1.0, -1.0], [0.0, -0.25]];
const SADDLE: [[f64; 2]; 2] = [[3.0, -2.0], [2.0, -2.0]];

fn linear([[a, b], [c, d]]: [[f64; 2]; 2]) -> impl Fn(f64, f64) -> (f64, f64) {
    move |x, y| (a * x + b * y, c * x + d * y)
}

fn in_the_box(field: impl Fn(f64, f64) -> (f64, f64)) -> Vec<StreamLine> {
    stream_lines(field, (-20.0, 20.0), (-20.0, 20.0), 2.0)
}

/// Which of the 60 x 60 cells of the box a point is in.
fn cell(x: f64, y: f64) -> (i64, i64) {
    let index = |value: f64| ((value + 20.0) / 40.0 * 59.0).round() as i64;
    (index(x), index(y))
}

#[test]
fn stream_lines_follow_the_field() {
    for matrix in [CENTRE, SOURCE, SINK, SADDLE, [[-0.5, -2.0], [2.0, -0.5]]] {
        let field = linear(matrix);
        for line in in_the_box(&field) {
            for k in 1..line.x.len() {
                let (dx, dy) = (line.x[k] - line.x[k - 1], line.y[k] - line.y[k - 1]);
                let (u, v) = field(line.x[k] - 0.5 * dx, line.y[k] - 0.5 * dy);
                let angle = (u * dy - v * dx).atan2(u * dx + v * dy).abs().to_degrees();
                let (x, y) = (line.x[k], line.y[k]);
                // Beside the fixed point the field turns within a step.
                let allowed = if x.hypot(y) < 1.0 { 15.0 } else { 3.0 };
                assert!(angle < allowed, "{angle:.1} degrees at {x:.2}, {y:.2} in {matrix:?}");
            }
        }
    }
}

#[test]
fn stream_lines_keep_their_distance_and_fill_the_plane() {
    for matrix in [CENTRE, SOURCE, SINK, SADDLE] {
        let mut owner: HashMap<(i64, i64), usize> = HashMap::new();
        for (index, line) in in_the_box(linear(matrix)).iter().enumerate() {
            let mut visited: Vec<(i64, i64)> = line.x.iter().zip(&line.y).map(|(x, y)| cell(*x, *y)).collect();
            visited.dedup();
            let distinct: HashSet<(i64, i64)> = visited.iter().copied().collect();
            assert_eq!(distinct.len(), visited.len(), "a line comes back to its own cell");
            for cell in visited {
                let first = *owner.entry(cell).or_insert(index);
                assert_eq!(first, index, "two lines in the cell {cell:?}");
            }
        }
        assert!(owner.len() > 2300, "lines go through {} of 3600 cells", owner.len());
    }
}

#[test]
fn stream_lines_are_long_and_within_the_plane() {
    for line in in_the_box(linear(SADDLE)) {
        let length: f64 =
            (1..line.x.len()).map(|k| (line.x[k] - line.x[k - 1]).hypot(line.y[k] - line.y[k - 1]) / 40.0).sum();
        assert!((0.1..=4.1).contains(&length), "{length}");
        assert!(line.x.iter().chain(&line.y).all(|value| value.abs() <= 20.0));
        assert_eq!((line.y.len(), line.speed.len()), (line.x.len(), line.x.len()));
    }
}

#[test]
fn a_stream_plot_of_a_rotation_is_made_of_circles() {
    for line in in_the_box(|x, y| (-y, x)) {
        let radius: Vec<f64> = line.x.iter().zip(&line.y).map(|(x, y)| x.hypot(*y)).collect();
        let (least, most) = radius.iter().fold((f64::MAX, 0.0_f64), |(a, b), r| (a.min(*r), b.max(*r)));
        assert!(most - least < 1e-3 * most, "from {least} to {most}");
        assert!(line.speed.iter().zip(&radius).all(|(speed, radius)| (speed - radius).abs() < 1e-9));
    }
}

#[test]
fn a_field_that_is_not_finite_breaks_its_lines_and_ends() {
    type Field = fn(f64, f64) -> (f64, f64);
    let holes: [Field; 6] = [
        |x, y| if x > 0.0 { (f64::NAN, 1.0) } else { (1.0, 0.3 * y) },
        |x, y| (1.0 / (x * x + y * y - 25.0), if y > 10.0 { f64::INFINITY } else { 1.0 }),
        |_, _| (f64::NAN, f64::NAN),
        |_, _| (0.0, 0.0),
        |x, y| (1e300 * x, 1e300 * y),
        |x, y| (if x > 0.0 { -1.0 } else { 1.0 }, if y > 0.0 { -1e-320 } else { 1e-320 }),
    ];
    for (index, field) in holes.into_iter().enumerate() {
        let lines = in_the_box(field);
        assert!(lines.iter().all(|line| line.x.iter().chain(&line.y).all(|value| value.is_finite())));
        assert_eq!(lines.is_empty(), [2, 3].contains(&index), "field {index}");
        let svg = streamplot(field, (-20.0, 20.0), (-20.0, 20.0)).svg();
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
    }
    assert!(in_the_box(holes[0]).iter().all(|line| line.x.iter().all(|x| *x <= 0.0)));
}

#[test]
fn ranges_and_densities_that_make_no_plane_are_refused() {
    let field = |x: f64, y: f64| (y, -x);
    assert!(panic_message(|| streamplot(field, (1.0, -1.0), (0.0, 1.0))).contains("x_range"));
    assert!(panic_message(|| streamplot(field, (0.0, 1.0), (0.0, f64::NAN))).contains("y_range"));
    let message = panic_message(|| plot_streamplot([[0.0, f64::NAN], [1.0, 0.0]]));
    assert!(message.contains("matrix[0][1]"), "{message}");
    for density in [0.0, -1.0, f64::NAN, 1e9] {
        let message = panic_message(|| stream_lines(field, (0.0, 1.0), (0.0, 1.0), density));
        assert!(message.contains("density") && message.contains("0.1 to 10"), "{message}");
    }
}

#[test]
fn a_stream_plot_is_small_and_the_same_each_time() {
    let gallery = || stream_gallery([CENTRE, SOURCE, SINK, SADDLE]).svg();
    assert!(gallery().len() < 1_000_000, "{} bytes", gallery().len());
    assert_eq!(gallery(), gallery());
    for matrix in [CENTRE, SOURCE, SINK, SADDLE] {
        assert!(plot_streamplot(matrix).svg().len() < 300_000);
    }
}

#[test]
fn the_gallery_says_eigenvalues_and_what_they_mean() {
    let gallery = stream_gallery([CENTRE, SOURCE, SINK, SADDLE]);
    let titles: Vec<&str> = gallery.panels().iter().map(|panel| &panel.title[..]).collect();
    assert!(titles[0].starts_with("λ = 0.00 ± 1.00i") && titles[0].contains("centre"), "{titles:?}");
    assert!(titles[1].starts_with("λ = 4.56, 0.44") && titles[1].contains("source"), "{titles:?}");
    assert!(titles[2].starts_with("λ = −1.00, −0.25") && titles[2].contains("sink"), "{titles:?}");
    assert!(titles[3].starts_with("λ = 2.00, −1.00") && titles[3].contains("saddle"), "{titles:?}");
}

#[test]
fn real_eigenvectors_are_arrows_and_complex_ones_are_none() {
    let arrows = |matrix: [[f64; 2]; 2]| -> Vec<(f64, f64)> {
        let figure = plot_streamplot(matrix);
        let arrows = figure.series().iter().filter(|series| series.kind == Kind::Arrow);
        arrows.map(|arrow| (arrow.x[1] - arrow.x[0], arrow.y[1] - arrow.y[0])).collect()
    };
    assert!(arrows(CENTRE).is_empty());
    for matrix in [SOURCE, SINK, SADDLE] {
        let found = arrows(matrix);
        assert_eq!(found.len(), 2);
        for (x, y) in found {
            let (u, v) = linear(matrix)(x, y);
            assert!((u * y - v * x).abs() < 1e-9 * x.hypot(y) * u.hypot(v), "A v is along v");
        }
    }
    assert_eq!(arrows([[2.0, 1.0], [0.0, 2.0]]).len(), 1, "a defective matrix has one direction");
}

#[test]
fn stream_lines_can_be_seen_on_a_light_and_on_a_dark_page() {
    let light = |(red, green, blue): (u8, u8, u8)| {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
    };
    for step in 0..=20 {
        let own = light(ColorMap::Cividis.line_color(f64::from(step) / 20.0).rgb().expect("a colour of its own"));
        let (on_white, on_dark) = (1.05 / (own + 0.05), (own + 0.05) / (light((17, 17, 17)) + 0.05));
        assert!(on_white >= 1.9 && on_dark >= 1.9, "{step}: {on_white:.2} on white, {on_dark:.2} on dark");
    }
}

#[test]
fn faster_is_another_colour() {
    let svg = streamplot(|x, _| (1.0 + x, 0.0), (0.0, 10.0), (0.0, 10.0)).svg();
    let colours: HashSet<String> =
        paths(&svg).into_iter().filter(|(look, _)| look.contains("stroke=\"#")).map(|(look, _)| look).collect();
    assert!(colours.len() > 15, "{} looks", colours.len());
}

#[test]
fn a_fading_line_is_faint_at_first_and_whole() {
    let t: Vec<f64> = (0..200).map(f64::from).collect();
    let svg = Figure::new().line(&t, &t).color(Color::Blue).fading().svg();
    let shades: Vec<(String, Runs)> = paths(&svg).into_iter().filter(|(look, _)| look.contains("#247ec0")).collect();
    assert!(
        shades[0].0.contains("stroke-opacity=\"0.2\"") && shades.last().unwrap().0.contains("stroke-opacity=\"1\"")
    );
    for pair in shades.windows(2) {
        assert_eq!(pair[0].1.last().unwrap().last(), pair[1].1[0].first(), "no gap between two shades");
    }
}

#[test]
fn panels_of_equal_aspect_are_of_one_size() {
    let svg = stream_gallery([CENTRE, SOURCE, SINK, SADDLE]).svg();
    let ticks: Vec<&str> = svg.split("</text>").filter(|part| part.ends_with(">−20")).collect();
    assert_eq!(ticks.len(), 8, "each panel has its lower left corner");
    let x = |part: &str| part.rsplit("x=\"").next().and_then(|rest| rest.split('"').next()).map(str::to_owned);
    let columns: HashSet<Option<String>> = ticks.iter().map(|part| x(part)).collect();
    assert_eq!(columns.len(), 4, "{columns:?}");
}

fn spiral() -> Trajectory {
    let times: Array1<f64> = Array1::linspace(0.0, 6.0, 601);
    let states = Array2::from_shape_fn((2, 601), |(row, k)| {
        (-0.3 * times[k]).exp() * (4.0 * times[k] - 0.5 * PI * row as f64).cos()
    });
    Trajectory::new(times, states, vec!["x1".into(), "x2".into()]).expect("shapes that fit")
}

#[test]
fn a_trajectory_has_three_panels_that_fade_in_from_a_marked_start() {
    let run = spiral();
    let figure = plot_trajectory(&run);
    let labels: Vec<(&str, &str)> =
        figure.panels().iter().map(|panel| (&panel.x.label[..], &panel.y.label[..])).collect();
    assert_eq!(labels, [("Time", "x₁"), ("Time", "x₂"), ("x₁", "x₂")]);
    for panel in figure.panels() {
        let [line, start] = &panel.series[..] else { panic!("a line and its start") };
        assert!(line.fading && start.markers);
        assert_eq!((start.x[0], start.y[0]), (line.x[0], line.y[0]));
    }
    assert_eq!(figure.panels()[2].series[0].x, run.states.row(0).to_vec());
    assert_eq!(figure.panels()[2].series[0].y, run.states.row(1).to_vec());
    assert!(figure.svg().len() < 30_000, "{} bytes", figure.svg().len());
}

#[test]
fn a_trajectory_of_one_variable_or_of_no_times_is_a_whole_picture() {
    let one = Trajectory::new(array![0.0, 1.0], array![[1.0, 2.0]], vec!["theta_0".into()]).expect("shapes that fit");
    assert_eq!(plot_trajectory(&one).panels().len(), 1);
    assert_eq!(plot_trajectory(&one).panels()[0].y.label, "theta_0");
    for (rows, times) in [(0, 0), (2, 0), (2, 1), (3, 5)] {
        let names = (0..rows).map(|k| format!("x{k}")).collect();
        let states = Array2::from_elem((rows, times), f64::NAN);
        let run = Trajectory::new(Array1::zeros(times), states, names).expect("shapes that fit");
        let svg = plot_trajectory(&run).svg();
        assert!(svg.ends_with("</svg>") && !svg.contains("NaN"));
    }
}

#[test]
fn a_circle_is_round_and_squares_are_square() {
    let turn: Vec<f64> = (0..=360).map(|k| f64::from(k).to_radians()).collect();
    let circle = Figure::new().size(8.0, 3.0).equal_aspect();
    let svg = circle.line(turn.iter().map(|t| t.cos()), turn.iter().map(|t| t.sin())).svg();
    let (_, runs) = paths(&svg).into_iter().find(|(look, _)| look.contains("#247ec0")).expect("the circle");
    let extent = |part: fn(&(i64, i64)) -> i64| {
        let values = runs.iter().flatten().map(part);
        values.clone().max().unwrap() - values.min().unwrap()
    };
    assert!((extent(|p| p.0) - extent(|p| p.1)).abs() <= 4);
}
