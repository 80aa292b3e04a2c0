//! Sliders: every position is there, in order, and is the figure that the closure draws.

use std::sync::Mutex;

use neurobook::{Figure, Interactive, Slider, interact};

use crate::figures::panic_message;

/// What the page's script sees: the scenes as SVG text.
fn scenes(widget: &Interactive) -> Vec<String> {
    let html = widget.html();
    let packed = html.rsplit("})(\"").next().and_then(|end| end.split('"').next()).expect("the packed scenes");
    let stream = miniz_oxide::inflate::decompress_to_vec_zlib(&from_base64(packed)).expect("a zlib stream");
    let mut reader = Reader { bytes: &stream };
    let words: Vec<String> = (0..reader.number()).map(|_| reader.word()).collect();
    let lengths: Vec<usize> = (0..reader.number()).map(|_| reader.number()).collect();
    let scenes = lengths.into_iter().map(|length| {
        let (scene, rest) = reader.bytes.split_at(length);
        reader.bytes = rest;
        Reader { bytes: scene }.scene(&words)
    });
    scenes.collect()
}

fn from_base64(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut bytes = Vec::new();
    for four in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = four.iter().fold(0_u32, |bits, letter| bits << 6 | u32::from(value(*letter)));
        let bits = bits << (6 * (4 - four.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
    }
    bytes
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn number(&mut self) -> usize {
        let mut value = 0;
        for place in 0.. {
            let byte = self.bytes[0];
            self.bytes = &self.bytes[1..];
            value |= usize::from(byte & 127) << (7 * place);
            if byte < 128 {
                break;
            }
        }
        value
    }

    fn signed(&mut self) -> i64 {
        let folded = self.number() as i64;
        if folded % 2 == 1 { -(folded + 1) / 2 } else { folded / 2 }
    }

    fn word(&mut self) -> String {
        let length = self.number();
        let (word, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        String::from_utf8(word.to_vec()).expect("words are UTF-8")
    }

    fn scene(&mut self, words: &[String]) -> String {
        let mut svg = String::new();
        while !self.bytes.is_empty() {
            match self.number() {
                0 => svg.push_str(&self.path()),
                1 => svg.push_str(&self.signed().to_string()),
                word => svg.push_str(&words[word - 2]),
            }
        }
        svg
    }

    fn path(&mut self) -> String {
        let mut d = String::new();
        for _ in 0..self.number() {
            let points = self.number();
            for point in 0..points {
                let (x, y) = (self.signed(), self.signed());
                d.push_str(match point {
                    0 => "m",
                    1 => "l",
                    _ if x < 0 => "",
                    _ => " ",
                });
                d.push_str(&format!("{x}{}{y}", if y < 0 { "" } else { " " }));
            }
            if points == 1 {
                d.push_str("h0");
            }
        }
        d
    }
}

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
    assert!(widget.html().contains(&wave(1.2, 0.0).svg()), "the start stands there without a script");
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
