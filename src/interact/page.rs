//! The HTML around a figure with sliders.

use super::slider::Slider;
use crate::display::json_string;
use crate::figure::scene::escape;
use crate::figure::still::INLINE;

const STYLE: &str = include_str!("sliders.css");
const SCRIPT: &str = include_str!("sliders.js");

/// What is said where the function that draws also shows.
const SHOWN_ELSEWHERE: &str = "<p role=\"status\">The function that draws for the sliders shows something itself, which is \
                               left out here: let it return its figure, without `.show()`.</p>";

/// One self-contained element: the image of the start position with a note, and a script that makes the sliders and
/// brings the other positions to life. A page without scripts holds nothing that only looks alive.
pub(super) fn page(
    sliders: &[Slider],
    values: &[Vec<f64>],
    start: usize,
    still: &str,
    packed: &str,
    shown_elsewhere: bool,
) -> String {
    let rows: String = sliders
        .iter()
        .zip(values)
        .zip(places(values, start))
        .map(|((slider, values), at)| row(slider, values, at))
        .collect();
    let at = if sliders.is_empty() { String::new() } else { format!(", at {}", spoken_start(sliders, values, start)) };
    let note = if shown_elsewhere { SHOWN_ELSEWHERE } else { "" };
    format!(
        "<div class=\"neurobook-sliders\"><style>{STYLE}</style>{note}\
         <p class=\"neurobook-still\">A still picture{at}. Run the cell or trust the notebook to move it.</p>\
         <div class=\"neurobook-picture\">{still}</div>\
         <script>{}(\"{packed}\",{},{});</script></div>",
        SCRIPT.trim_end(),
        // A page's parser would see an element's end in a script's string, too.
        json_string(&rows).replace('<', "\\u003c"),
        INLINE.trim_end()
    )
}

/// `a = −0.50 1/s, b = 2`: where the sliders are at first.
pub(super) fn spoken_start(sliders: &[Slider], values: &[Vec<f64>], start: usize) -> String {
    let at = |((slider, values), at): ((&Slider, &Vec<f64>), usize)| {
        format!("{} = {}", escape(slider.name()), slider.written(values)[at])
    };
    let each: Vec<String> = sliders.iter().zip(values).zip(places(values, start)).map(at).collect();
    each.join(", ")
}

/// Which of its values each slider has at a position.
fn places(values: &[Vec<f64>], mut position: usize) -> Vec<usize> {
    let mut places = vec![0; values.len()];
    for (place, values) in places.iter_mut().zip(values).rev() {
        *place = position % values.len();
        position /= values.len();
    }
    places
}

fn row(slider: &Slider, values: &[f64], start: usize) -> String {
    let written = slider.written(values);
    let (pace, button) =
        slider.frames_per_second().map_or_else(Default::default, |pace| (pace_attribute(pace), button(slider)));
    format!(
        "<label><span>{}</span><input type=\"range\" data-lm-suppress-shortcuts=\"true\" min=\"0\" max=\"{}\" step=\"1\" value=\"{start}\" \
         autocomplete=\"off\" aria-valuetext=\"{shown}\" data-values=\"{}\"{pace}><output>{shown}</output></label>{button}",
        escape(slider.name()),
        values.len() - 1,
        written.join("|"),
        shown = written[start],
    )
}

fn pace_attribute(frames_per_second: f64) -> String {
    format!(" data-frames-per-second=\"{frames_per_second}\"")
}

/// What plays a film. It has its words from the first: the script, which changes them, may have a film to read before.
fn button(slider: &Slider) -> String {
    format!(
        "<p class=\"neurobook-film\"><button type=\"button\" data-name=\"{name}\" aria-label=\"Play {name}\">▶ Play</button>\
         <span>or the space bar on the slider; arrow keys move by one picture</span></p>",
        name = escape(slider.name())
    )
}

/// A page of its own.
pub(super) fn document(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{}</title></head><body>\n{body}\n</body></html>\n",
        escape(title)
    )
}
