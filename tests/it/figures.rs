//! Figures: what is read back, what is drawn, what is refused.

use std::panic::{AssertUnwindSafe, catch_unwind};

use neurobook::figure::{Dash, Kind};
use neurobook::{Color, Figure};

/// The message with which the closure panics.
pub fn panic_message<T>(closure: impl FnOnce() -> T) -> String {
    let payload = catch_unwind(AssertUnwindSafe(closure)).err().expect("the call must panic");
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().map_or(String::new(), |text| (*text).to_string()),
    }
}

fn time() -> Vec<f64> {
    (0..100).map(|k| f64::from(k) * 0.1).collect()
}

/// Every text element of the SVG.
fn words(svg: &str) -> Vec<&str> {
    svg.split("</text>")
        .filter_map(|part| Some(&part[part.rfind("<text")?..]))
        .filter_map(|text| Some(&text[text.find('>')? + 1..]))
        .collect()
}

/// How often a path of this colour is drawn.
fn paths<'a>(svg: &'a str, color: &str) -> Vec<&'a str> {
    let stroke = format!("stroke=\"{color}\"");
    svg.split("<path").skip(1).filter(|path| path.contains(&stroke)).collect()
}

#[test]
fn a_series_is_read_back_exactly_as_it_was_given() {
    let t = time();
    let x: Vec<f64> = t.iter().map(|t| t.sin()).collect();
    let figure = Figure::new()
        .line(&t, &x)
        .label("sine")
        .color(Color::Green)
        .dashed()
        .width(3.0)
        .points([0.5, f64::NAN], [1.0, 2.0]);
    let [line, points] = figure.series() else { panic!("two series") };
    assert_eq!((&line.x, &line.y), (&t, &x));
    assert_eq!(line.label.as_deref(), Some("sine"));
    assert_eq!((line.kind, line.dash, line.color), (Kind::Line, Dash::Dashed, Some(Color::Green)));
    assert_eq!((line.width, line.markers), (3.0, false));
    assert_eq!((points.kind, points.label.as_deref(), points.x[0]), (Kind::Points, None, 0.5));
    assert!(points.x[1].is_nan());
}

#[test]
fn numbers_come_as_arrays_vectors_or_iterators() {
    use neurobook::prelude::{Array1, Complex64};
    let t = Array1::linspace(0.0, 1.0, 5);
    let z: Array1<Complex64> = t.mapv(|t| Complex64::new(2.0 * t, 1.0));
    let figure = Figure::new()
        .line(&t, z.iter().map(|z| z.re))
        .line(t.to_vec(), t.clone())
        .line(t.iter(), [0.0; 5])
        .line(t.view(), &t.to_vec()[..]);
    assert_eq!(figure.series()[0].y, [0.0, 0.5, 1.0, 1.5, 2.0]);
    assert_eq!(figure.series().len(), 4);
}

#[test]
fn different_lengths_are_named_at_once() {
    let message = panic_message(|| Figure::new().line(time(), [1.0, 2.0]));
    assert!(message.contains("100") && message.contains("has 2"), "{message}");
    let message = panic_message(|| Figure::new().points([1.0], time()));
    assert!(message.contains("x has 1 ") && message.contains("y has 100"), "{message}");
}

#[test]
fn a_style_without_a_series_says_what_is_missing() {
    let message = panic_message(|| Figure::new().label("Euler"));
    assert!(message.contains("label") && message.contains(".line("), "{message}");
}

#[test]
fn ranges_sizes_and_widths_that_make_no_picture_are_refused() {
    assert!(panic_message(|| Figure::new().x_range(1.0, 1.0)).contains("x_range"));
    assert!(panic_message(|| Figure::new().y_range(f64::NAN, 1.0)).contains("y_range"));
    assert!(panic_message(|| Figure::new().x_range(1.0, 1.0 + 1e-14)).contains("narrow"));
    assert!(panic_message(|| Figure::new().size(0.0, 4.0)).contains("inches"));
    assert!(panic_message(|| Figure::new().line([0.0], [0.0]).width(f64::NAN)).contains("pixels"));
}

#[test]
fn a_nan_is_a_gap_in_the_line() {
    let gap = Figure::new().line([0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 1.0, f64::NAN, 1.0, 0.0]).svg();
    let path = paths(&gap, "#247ec0")[0];
    let d = &path[path.find(" d=\"").expect("a path has a d")..];
    assert_eq!(d.matches('m').count(), 2, "{d}");
}

#[test]
fn every_odd_figure_is_a_whole_picture_of_finite_numbers() {
    let huge = [-1e308, 1e308, f64::MAX, f64::MIN];
    let odd = [
        Figure::new(),
        Figure::new().line(Vec::<f64>::new(), Vec::<f64>::new()).label("nothing"),
        Figure::new().line([f64::NAN], [f64::NAN]).points([f64::INFINITY], [1.0]),
        Figure::new().line([1.0], [2.0]),
        Figure::new().points([1.0], [2.0]),
        Figure::new().line(&time(), &[7.0; 100]),
        Figure::new().line(&[0.0; 100], &[0.0; 100]),
        Figure::new().line(huge, huge).points(huge, huge).text(1e308, f64::NAN, "far"),
        Figure::new().line([0.0, 5e-324, 1e-300], [0.0, 1e-310, 2e-300]),
        Figure::new().line([1e9, 1e9 + 1e-4], [-1e9, -1e9 + 1e-4]),
        Figure::new().line(huge, huge).x_range(0.0, 1e-290).y_range(-1e300, 1e300),
        Figure::new().line(&time(), &time()).x_pi_ticks().y_pi_ticks().x_range(0.0, 0.01).y_range(0.0, 1e9),
        Figure::new().size(0.5, 0.5).title("small").x_label("x").y_label("y").line(&time(), &time()),
        Figure::row([]),
        Figure::tiled(0, [Figure::new(), Figure::new()]),
    ];
    for figure in odd {
        let svg = figure.svg();
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>"), "{svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
    }
}

#[test]
fn constant_data_and_a_single_point_are_seen() {
    let flat = Figure::new().line([0.0, 1.0], [5.0, 5.0]).svg();
    assert!(words(&flat).contains(&"5"), "{:?}", words(&flat));
    let point = Figure::new().line([3.0], [4.0]).svg();
    assert!(paths(&point, "#247ec0")[0].contains("h0"));
}

#[test]
fn a_phase_axis_says_three_pi_halves() {
    let phase = Figure::new().y_pi_ticks().line(&time(), time().iter().map(|t| t % std::f64::consts::TAU)).svg();
    for label in ["0", "π/2", "π", "3π/2", "2π"] {
        assert!(words(&phase).contains(&label), "{label} is missing: {:?}", words(&phase));
    }
    assert!(!phase.contains("3/4"));
}

#[test]
fn words_of_the_author_cannot_break_the_picture() {
    let svg = Figure::new()
        .title("<script>\"a\" & 'b'\u{0}\u{8}")
        .x_label("</svg>")
        .line([0.0, 1.0], [0.0, 1.0])
        .label("x < y")
        .text(0.5, 0.5, "& so on")
        .alternative_text("a <b> & c")
        .svg();
    assert_eq!(svg.matches("</svg>").count(), 1);
    assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;<"));
    assert!(svg.contains("x &lt; y") && svg.contains("&amp; so on") && svg.contains("a &lt;b&gt; &amp; c"));
}

#[test]
fn the_legend_comes_by_itself_and_goes_when_told() {
    let figure = Figure::new().line(&time(), &time()).label("Euler").line(&time(), &[0.0; 100]);
    assert!(words(&figure.svg()).contains(&"Euler"));
    assert!(!words(&figure.legend(false).svg()).contains(&"Euler"));
}

#[test]
fn the_legend_stands_where_the_data_is_not() {
    let place = |figure: Figure| {
        let svg = figure.svg();
        let at = svg.find(">data</text>").expect("the legend");
        let text = &svg[svg[..at].rfind("<text").expect("its element")..at];
        let number = |name: &str| -> f64 {
            let from = text.find(name).expect("a coordinate") + name.len() + 2;
            text[from..].split('"').next().and_then(|digits| digits.parse().ok()).expect("a number")
        };
        (number(" x"), number(" y"))
    };
    let rising = place(Figure::new().line(&time(), &time()).label("data"));
    let falling = place(Figure::new().line(&time(), time().iter().map(|t| -t)).label("data"));
    assert!(rising.0 < 3200.0 && rising.1 < 2400.0, "upper left: {rising:?}");
    assert!(falling.0 > 3200.0 && falling.1 < 2400.0, "upper right: {falling:?}");
}

#[test]
fn a_screen_reader_hears_title_axes_ranges_and_series() {
    let figure =
        Figure::new().title("Decay").x_label("Time (s)").y_label("x").line([0.0, 5.0], [1.0, -0.25]).label("a = −1");
    let svg = figure.svg();
    assert!(svg.contains("role=\"img\"") && svg.contains("<title>Decay</title>"));
    assert!(
        svg.contains("Horizontal: Time (s), data from 0 to 5. Vertical: x, data from −0.25 to 1. Series: a = −1."),
        "{svg}"
    );
    assert!(figure.alternative_text("A curve falls.").svg().contains("<desc>A curve falls.</desc>"));
}

#[test]
fn colours_can_be_read_on_a_light_and_on_a_dark_page() {
    let light = |(red, green, blue): (u8, u8, u8)| {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
    };
    for color in Color::CYCLE.into_iter().chain([Color::Sky, Color::Red]) {
        let own = light(color.rgb().expect("a colour of its own"));
        let (on_white, on_dark) = (1.05 / (own + 0.05), (own + 0.05) / (light((17, 17, 17)) + 0.05));
        assert!(on_white >= 3.0 && on_dark >= 3.0, "{color:?}: {on_white:.2} on white, {on_dark:.2} on dark");
    }
}

#[test]
fn axes_and_words_take_the_colour_of_the_page() {
    let svg = Figure::new().title("x").line([0.0, 1.0], [0.0, 1.0]).color(Color::Black).svg();
    assert!(svg.contains("fill=\"currentColor\"") && !svg.contains("#000"));
}

#[test]
fn several_panels_stand_side_by_side_and_below_each_other() {
    let panel = |title: &str| Figure::new().title(title).line(&time(), &time());
    let row = Figure::row([panel("left"), panel("right")]);
    assert_eq!(row.panels().len(), 2);
    assert_eq!((&row.panels()[1].title[..], row.series().len()), ("right", 1));
    let four = Figure::tiled(2, ["a", "b", "c", "d"].map(panel)).title("all").x_label("t").svg();
    assert_eq!(words(&four).iter().filter(|word| **word == "t").count(), 4);
    for title in ["all", "a", "b", "c", "d"] {
        assert!(words(&four).contains(&title));
    }
}

#[test]
fn fifty_thousand_points_make_a_small_picture() {
    let t: Vec<f64> = (0..50_000).map(|k| f64::from(k) * 1e-4).collect();
    let smooth = Figure::new().line(&t, t.iter().map(|t| (7.0 * t).cos())).svg();
    assert!(smooth.len() < 5_000, "{} bytes", smooth.len());
    let noise = Figure::new().line(&t, (0..50_000_u64).map(|k| (k * k * 48_271 % 4001) as f64)).svg();
    assert!(noise.len() < 30_000, "{} bytes", noise.len());
}

#[test]
fn the_same_figure_is_the_same_text() {
    let figure = || Figure::new().title("x").grid(true).line(&time(), time().iter().map(|t| t.sin())).label("sine");
    assert_eq!(figure().svg(), figure().svg());
}

#[test]
fn a_saved_figure_is_black_on_white_in_a_folder_that_is_made() {
    let folder = std::env::temp_dir().join(format!("neurobook-figures-{}", std::process::id()));
    let path = folder.join("new").join("décroissance.svg");
    Figure::new().line([0.0, 1.0], [0.0, 1.0]).save(&path).expect("a writable folder");
    let svg = std::fs::read_to_string(&path).expect("the file");
    assert!(svg.contains("color=\"#000\"") && svg.contains("fill=\"#fff\""));
    let error = Figure::new().save(folder.join("new")).expect_err("a folder is not a file");
    assert!(error.to_string().contains("new"), "{error}");
    std::fs::remove_dir_all(folder).expect("our own folder");
}

#[test]
fn values_without_points_are_refused() {
    let message = panic_message(|| Figure::new().line([0.0, 1.0], [0.0, 1.0]).colored_by([1.0]));
    assert!(message.contains("2 points") && message.contains("1 values"), "{message}");
}

#[test]
fn bare_axes_and_hidden_ticks_leave_their_words_out() {
    let line = || Figure::new().x_label("t").y_label("x").line([0.0, 1.0], [0.0, 1.0]);
    assert!(!line().axes(false).svg().contains("<text"));
    let quiet = line().x_ticks(false).y_ticks(false).svg();
    assert_eq!(quiet.matches("<text").count(), 2, "the labels stay");
}

#[test]
fn under_a_legend_that_must_cover_data_the_lines_are_faint() {
    let t: Vec<f64> = (0..2000).map(|k| 0.01 * f64::from(k)).collect();
    let svg = Figure::new().line(&t, t.iter().map(|t| (200.0 * t).sin())).label("everywhere").svg();
    assert!(svg.contains("opacity=\".16\""), "{svg}");
    let free = Figure::new().line(&t, &t).label("rising").svg();
    assert!(!free.contains("opacity=\".16\""));
}

#[test]
fn the_power_of_ten_of_a_colour_bar_is_inside_the_picture() {
    use neurobook::{plot_matrix, prelude::array};
    for (largest, factor) in [(1e6, "×10⁶"), (1e-5, "×10⁻⁵")] {
        let svg = plot_matrix(&array![[0.0, largest], [largest, 0.0]], "Streamlines").svg();
        let text = svg.split("<text").find(|text| text.contains(factor)).expect("the factor");
        let y = text.split(" y=\"").nth(1).and_then(|rest| rest.split('"').next()).and_then(|y| y.parse::<i32>().ok());
        assert!(y.is_some_and(|y| y > 130), "{factor} stands at {y:?}");
    }
}

#[test]
fn a_formula_is_set_and_one_that_cannot_be_is_refused_in_words() {
    let svg = Figure::new().title(r"$\theta_1$ and $x$").line([0.0, 1.0], [0.0, 1.0]).label(r"$\omega$").svg();
    assert!(svg.contains(">θ<tspan") && svg.contains(">ω</text>") && svg.contains("<title>θ_1 and x</title>"));
    let refused = [
        panic_message(|| Figure::new().title(r"$\oint$")),
        panic_message(|| Figure::new().x_label(r"$\oint$")),
        panic_message(|| Figure::new().y_label(r"$\oint$")),
        panic_message(|| Figure::new().color_bar(r"$\oint$")),
        panic_message(|| Figure::new().text(0.0, 0.0, r"$\oint$")),
        panic_message(|| Figure::new().line([0.0], [0.0]).label(r"$\oint$")),
    ];
    for message in refused {
        assert!(message.contains("cannot set `\\oint`") && message.contains("write the sign itself"), "{message}");
    }
}

#[test]
fn a_line_end_in_a_title_is_a_line_end() {
    let svg = Figure::new().title("one\ntwo").line([0.0, 1.0], [0.0, 1.0]).svg();
    assert!(words(&svg).contains(&"one") && words(&svg).contains(&"two"));
}

/// A figure with this many named lines.
fn named(count: usize) -> Figure {
    (0..count).fold(Figure::new(), |figure, index| {
        figure.line(&time(), time().iter().map(|t| t + index as f64)).label(format!("line number {index}"))
    })
}

#[test]
fn the_seventh_line_is_told_from_the_first() {
    let svg = named(7).svg();
    let blue = paths(&svg, "#247ec0");
    assert!(blue.iter().any(|path| path.contains("dasharray")) && blue.iter().any(|path| !path.contains("dasharray")));
}

#[test]
fn a_long_legend_is_beside_the_axes_and_says_how_many_it_leaves_out() {
    let place = |figure: &Figure, name: &str| -> f64 {
        let svg = figure.svg();
        let text =
            svg.split("<text x=\"").find(|text| text.contains(&format!(">{name}<"))).expect("the name").to_owned();
        text.split('"').next().and_then(|x| x.parse().ok()).expect("a number")
    };
    assert!(place(&named(3), "line number 0") < 5000.0, "a short one is within the axes");
    assert!(place(&named(9), "line number 0") > 5000.0, "nine names hide the lines");
    let svg = named(60).svg();
    let more: Vec<&str> = words(&svg).into_iter().filter(|word| word.starts_with("and ")).collect();
    let shown = words(&svg).iter().filter(|word| word.starts_with("line number")).count();
    assert_eq!(more, [format!("and {} more", 60 - shown)]);
    assert!(shown > 10);
}

#[test]
fn nothing_is_written_on_a_heat_map_by_a_legend() {
    use neurobook::ndarray::Array2;
    let figure = Figure::new().heat_map(&Array2::zeros((4, 4))).points([1.0], [1.0]).label("the best");
    let svg = figure.svg();
    let right = svg.split("<image x=\"").nth(1).map(|image| {
        let number = |name: &str| -> f64 {
            let rest = image.split(name).nth(1).expect("an attribute");
            rest.split('"').next().and_then(|number| number.parse().ok()).expect("a number")
        };
        image.split('"').next().and_then(|x| x.parse::<f64>().ok()).expect("a number") + number(" width=\"")
    });
    let text = svg.split("<text x=\"").find(|text| text.contains(">the best<")).expect("the name");
    let x: f64 = text.split('"').next().and_then(|x| x.parse().ok()).expect("a number");
    assert!(x > right.expect("an image"), "{x} is on the map, which ends at {right:?}");
}

#[test]
fn an_area_is_filled_faintly_below_the_lines_that_come_after_it_and_has_a_place_in_the_legend() {
    let corners = ([0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0]);
    let figure = Figure::new().area(corners.0, corners.1).color(Color::Gold).label("band").line([0.0, 1.0], [0.0, 1.0]);
    let svg = figure.svg();
    let (area, line) = (svg.find("fill-opacity=\"0.2\"").expect("an area"), svg.find("#247ec0").expect("a line"));
    assert!(area < line, "the area lies over the line");
    assert!(svg.contains("fill=\"#b37f00\" fill-opacity=\"0.2\""));
    assert!(words(&svg).contains(&"band"));
    assert_eq!(figure.series()[0].kind, Kind::Area);
}

#[test]
fn words_can_be_centered_at_their_point_and_have_a_size_of_their_own() {
    let axes = Figure::new().size(4.0, 4.0).axes(false).x_range(-1.0, 1.0).y_range(-1.0, 1.0);
    let svg = axes.text(0.0, 0.0, "synapse").centered().text_size(20.0).svg();
    let text = svg.split("<text").nth(1).expect("a text");
    let x: f64 = text.split("x=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().parse().unwrap();
    assert!((x - 2000.0).abs() <= 1.0, "its middle is at {x} of 4000");
    assert!(text.contains("text-anchor=\"middle\"") && text.contains("font-size=\"200\""), "{text}");
    let message = panic_message(|| Figure::new().centered());
    assert_eq!(message, "`.centered(…)` styles the words before it: add `.text(…)` first");
    let message = panic_message(|| Figure::new().text(0.0, 0.0, "x").text_size(3.0));
    assert_eq!(message, "letters are 10 to 40 pixels high, not 3");
}
