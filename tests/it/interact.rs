//! Sliders: every position is there, in order, and is the figure that the closure draws.

use std::sync::Mutex;

use neurobook::{Figure, Interactive, Slider, interact};

use crate::figures::panic_message;
pub use scenes::from_base64;
use scenes::scenes;

mod scenes;

/// A figure that depends on both numbers, with a gap, markers and a legend.
fn wave(frequency: f64, growth: f64) -> Figure {
    let t: Vec<f64> = (0..2000).map(|k| f64::from(k) * 0.005).collect();
    let y =
        t.iter().map(|t| if (4.0..4.5).contains(t) { f64::NAN } else { (growth * t).exp() * (frequency * t).cos() });
    Figure::new()
        .title(format!("f = {frequency}"))
        .line(&t, y)
        .label("x")
        .line([0.0, frequency], [growth, 1.0])
        .dotted()
        .markers()
}

fn seen(sliders: [Slider; 1]) -> Vec<f64> {
    let values = Mutex::new(Vec::new());
    interact(sliders, |[value]| {
        values.lock().expect("no panic").push(value);
        Figure::new()
    });
    let mut values = values.into_inner().expect("no panic");
    values.sort_by(f64::total_cmp);
    values
}

#[test]
fn a_position_whose_numbers_cannot_be_shown_says_so_and_no_other_does() {
    let decay = interact([Slider::new("a", 0.0, 2.0).step(1.0).start(1.0)], |[a]| {
        Figure::new().line([0.0, 1.0, 2.0], [1.0, 1.0, 1.0 / a]).label("x")
    });
    let note = "<p role=\"note\">From value 3 of 3 on, “x” is infinite";
    let scenes = scenes(&decay);
    let notes: Vec<bool> = scenes.iter().map(|scene| scene.contains(note)).collect();
    assert_eq!(notes, [true, false, false]);
    assert!(!decay.html().contains("role=\"note\""), "a note of another position stands below the first picture");
    let at_first = interact([Slider::new("a", 0.0, 2.0).step(1.0).start(0.0)], |[a]| {
        Figure::new().line([0.0, 1.0, 2.0], [1.0, 1.0, 1.0 / a]).label("x")
    });
    assert!(at_first.html().contains(note), "the still picture has no note");
}

#[test]
fn the_page_holds_the_very_figure_of_each_position() {
    let widget =
        interact([Slider::new("f", 0.0, 3.0).step(0.5).start(1.2), Slider::new("g", -0.2, 0.2).step(0.1)], |[f, g]| {
            wave(f, g)
        });
    let scenes = scenes(&widget);
    assert_eq!((scenes.len(), widget.positions()), (8 * 5, 40));
    let frequencies = [0.0, 0.5, 1.0, 1.2, 1.5, 2.0, 2.5, 3.0];
    let growths = [-0.2, -0.1, 0.0, 0.1, 0.2];
    for (index, scene) in scenes.iter().enumerate() {
        assert_eq!(*scene, wave(frequencies[index / 5], growths[index % 5]).svg());
    }
    let still = widget.html().split("<script>").next().expect("what is there without a script").to_owned();
    assert!(still.contains("at f = 1.2, g = 0.0. Run the cell or trust the notebook"), "{still}");
    assert!(still.contains("<img class=\"neurobook-figure\"") && still.contains("src=\"data:image/svg+xml,"));
    assert!(!still.contains("<input") && !still.contains("<svg"), "only what works without a script");
}

/// Phases of `nodes` nodes that turn, stop and go back, and differ a little from one position to the next.
fn phases(nodes: usize, samples: usize, frequency: f64, noise: f64) -> Figure {
    let t: Vec<f64> = (0..samples).map(|k| f64::from(k as u32) * 0.1).collect();
    (0..nodes).fold(Figure::new().x_label("Time").y_label("Phase"), |figure, node| {
        let mut state = 7 + node as u64;
        let (mut rate, mut phase) = (0.0, node as f64);
        let theta: Vec<f64> = t
            .iter()
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let kick = (state >> 33) as f64 / f64::from(1_u32 << 31) - 0.5;
                rate += -0.02 * rate + noise * kick;
                phase += 0.1 * (frequency * (1.0 + 0.1 * node as f64) + rate);
                phase
            })
            .collect();
        figure.phase(&t, theta)
    })
}

#[test]
fn phases_are_on_the_page_as_they_are_in_the_figure() {
    let sliders = [Slider::new("frequency", -1.0, 3.0).step(1.0), Slider::new("noise", 0.0, 1.5).step(0.5)];
    let widget = interact(sliders, |[frequency, noise]| phases(3, 400, frequency, noise));
    for (index, scene) in scenes(&widget).iter().enumerate() {
        let figure = phases(3, 400, -1.0 + (index / 4) as f64, 0.5 * (index % 4) as f64);
        assert_eq!(*scene, figure.svg(), "position {index}");
    }
}

#[test]
fn positions_with_other_nodes_other_times_and_other_axes_share_what_they_can() {
    let draw = |[nodes, samples]: [f64; 2]| {
        let figure = phases(nodes as usize, samples as usize, 1.0, 0.3);
        if nodes == 2.0 { figure.y_range(0.0, 7.0) } else { figure }
    };
    let widget =
        interact([Slider::new("nodes", 0.0, 3.0).step(1.0), Slider::new("samples", 1.0, 41.0).step(20.0)], draw);
    for (index, scene) in scenes(&widget).iter().enumerate() {
        assert_eq!(*scene, draw([(index / 3) as f64, 1.0 + 20.0 * (index % 3) as f64]).svg(), "position {index}");
    }
}

#[test]
fn six_noisy_phases_at_two_thousand_positions_fit_in_three_megabytes() {
    let sliders = [Slider::new("frequency", 0.0, 1.0).step(0.01), Slider::new("noise", 0.0, 2.0).step(0.1)];
    let widget = interact(sliders, |[frequency, noise]| phases(6, 500, frequency, 2.0 * noise));
    assert_eq!(widget.positions(), 101 * 21);
    assert!(widget.html().len() < 3_000_000, "{} bytes", widget.html().len());
}

#[test]
fn positions_are_sorted_clean_numbers_and_include_a_start_off_the_grid() {
    let tenths = seen([Slider::new("dt", 0.0, 0.4).step(0.1)]);
    assert_eq!(tenths, [0.0, 0.1, 0.2, 0.3, 0.4]);
    let off = seen([Slider::new("ω", 0.0, std::f64::consts::PI).step(0.1).start(std::f64::consts::FRAC_PI_2)]);
    assert_eq!(off.len(), 33);
    assert_eq!(off[16], std::f64::consts::FRAC_PI_2);
    assert!(off.is_sorted());
    assert_eq!(seen([Slider::new("a", -2.0, 2.0).step(0.2)]).len(), 21);
    assert_eq!(seen([Slider::new("b", -4.0, 7.0).step(0.1).start(1.0)]).len(), 111);
    assert_eq!(seen([Slider::new("c", 5.0, 5.0)]), [5.0]);
}

#[test]
fn the_value_is_written_with_its_unit_and_a_true_minus() {
    let html =
        interact([Slider::new("a <b>", -1.0, 1.0).step(0.5).start(-0.5).unit("1/s")], |[_]| Figure::new()).html();
    let html = html.replace("\\u003c", "<").replace("\\\"", "\"");
    assert!(html.contains("<output>−0.5\u{a0}1/s</output>") && html.contains("aria-valuetext=\"−0.5\u{a0}1/s\""));
    assert!(html.contains("a &lt;b&gt;") && html.contains("<label>") && html.contains("type=\"range\""));
}

#[test]
fn the_page_needs_nothing_from_elsewhere_and_no_names() {
    let html = interact([Slider::new("f", 0.0, 1.0)], |[f]| wave(f, 0.0)).html();
    assert_eq!(html.matches("http").count(), html.matches("http://www.w3.org/2000/svg").count());
    assert!(!html.contains(" id=") && !html.contains("import("));
}

#[test]
fn the_same_sliders_make_the_same_bytes() {
    let widget = || interact([Slider::new("f", 0.0, 3.0).step(0.05)], |[f]| wave(f, -0.1));
    assert_eq!(widget().html(), widget().html());
}

#[test]
fn no_slider_and_three_sliders_work_alike() {
    assert_eq!(interact([], |[]| wave(1.0, 0.0)).positions(), 1);
    let three = [1.0, 2.0, 3.0].map(|end| Slider::new("k", 0.0, end).step(1.0));
    let widget = interact(three, |[a, b, c]| Figure::new().title(format!("{a} {b} {c}")));
    let titles: Vec<bool> = scenes(&widget)
        .iter()
        .zip((0..24).map(|k| format!("<title>{} {} {}</title>", k / 12, k / 4 % 3, k % 4)))
        .map(|(scene, title)| scene.contains(&title))
        .collect();
    assert_eq!(titles, [true; 24]);
}

#[test]
fn a_slider_without_positions_is_named_with_the_way_out() {
    let refused = |slider: Slider| panic_message(|| interact([slider], |[_]| Figure::new()));
    let cases = [
        (Slider::new("dt", 0.0, 1.0).step(0.0), "larger than 0"),
        (Slider::new("dt", 0.0, 1.0).step(-0.1), "larger than 0"),
        (Slider::new("dt", 0.0, 1.0).step(f64::NAN), "larger than 0"),
        (Slider::new("dt", f64::NAN, 1.0), "must be numbers"),
        (Slider::new("dt", 0.0, f64::INFINITY), "must be numbers"),
        (Slider::new("dt", 1.0, 0.0), "smaller number first"),
        (Slider::new("dt", 0.0, 1.0).start(2.0), "outside its range"),
        (Slider::new("dt", 0.0, 1.0).start(f64::NAN), "outside its range"),
        (Slider::new("dt", 0.0, 1.0).step(1e-6), "1000001 positions"),
    ];
    for (slider, way_out) in cases {
        let message = refused(slider);
        assert!(message.contains("`dt`") && message.contains(way_out), "{message}");
    }
}

#[test]
fn too_many_positions_are_counted_before_any_is_computed() {
    let many = ["a", "b", "c"].map(|name| Slider::new(name, 0.0, 99.0).step(1.0));
    let message = panic_message(|| interact(many, |_| -> Figure { panic!("nothing may be computed") }));
    assert!(message.contains("1000000") && message.contains("b has 100") && message.contains("step"), "{message}");
}

#[test]
fn a_mistake_in_the_figure_shows_once_when_every_position_has_it() {
    let calls = Mutex::new(0);
    let message = panic_message(|| {
        interact([Slider::new("a", 0.0, 1.0)], |[_]| -> Figure {
            *calls.lock().expect("counted before the panic") += 1;
            panic!("the learner's mistake")
        })
    });
    assert_eq!(message, "the learner's mistake");
    assert_eq!(*calls.lock().expect("the count"), 1);
}

#[test]
fn a_mistake_at_one_position_stops_with_its_own_message() {
    let draw = |[a]: [f64; 1]| {
        if a > 0.85 { panic!("no root of {a}") } else { Figure::new() }
    };
    let message = panic_message(|| interact([Slider::new("a", 0.0, 1.0).step(0.1).start(0.0)], draw));
    assert!(message.starts_with("no root of"), "{message}");
}

/// A film of five seconds: a point on a circle.
fn film() -> Interactive {
    interact([Slider::new("t", 0.0, 5.0).step(1.0 / 30.0).unit("s").play()], |[t]| {
        Figure::new().x_range(-1.5, 1.5).y_range(-1.5, 1.5).points([t.cos()], [t.sin()])
    })
}

#[test]
fn a_film_starts_at_its_beginning_and_has_a_button_and_a_pace() {
    let html = film().html();
    assert!(html.contains("at t = 0.00"), "the still is not the first picture");
    assert!(html.contains("data-frames-per-second=\\\"30\\\""), "no pace");
    // The script that reads the pictures begins later: until then, too, the button says what it is.
    assert!(html.contains("aria-label=\\\"Play t\\\">▶ Play\\u003c/button>"), "no button with a name");
    assert!(html.contains("prefers-reduced-motion"), "reduced motion is not asked for");
    assert!(
        !interact([Slider::new("a", 0.0, 1.0)], |_| Figure::new()).html().contains("<button"),
        "a button without a film"
    );
}

#[test]
fn a_film_of_151_pictures_is_smaller_than_fifty_kilobytes() {
    assert_eq!((film().positions(), film().html().len() < 50_000), (151, true), "{} bytes", film().html().len());
}

#[test]
fn a_pace_that_no_screen_shows_is_refused() {
    for pace in [0.0, -1.0, f64::NAN, 1000.0] {
        let message = panic_message(|| drop(Slider::new("t", 0.0, 1.0).play_at(pace)));
        assert!(message.contains("more than 0 and at most 60"), "{message}");
    }
}

#[test]
fn four_hundred_moments_of_sixteen_regions_make_a_film_of_less_than_two_megabytes() {
    use neurobook::prelude::{Array2, ColorMap, data, plot_connectome};
    let (positions, weights) = (data::small_positions(), data::small_connectome().weights);
    let run = data::model_d(0.06, 0.8).simulate(900.0).unwrap().after(500.0).every(5);
    let x: Array2<f64> = run.nodes("x").unwrap();
    let film = interact([Slider::new("Time", 0.0, 399.0).step(1.0).unit("ms").play()], |[ms]| {
        plot_connectome(&positions, &weights)
            .colored_by(x.column(ms as usize))
            .color_map(ColorMap::BlueOrange)
            .value_range(-0.4, 0.4)
            .color_bar("Activity x")
    });
    assert_eq!((film.positions(), film.html().len() < 2_000_000), (400, true), "{} bytes", film.html().len());
}
