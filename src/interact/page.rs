//! The HTML around a figure with sliders.

use super::slider::Slider;
use crate::figure::scene::escape;

const STYLE: &str = include_str!("sliders.css");
const SCRIPT: &str = include_str!("sliders.js");

/// One self-contained element: sliders, the picture of the start position, and a script that brings
/// the others to life. Where scripts do not run, the picture stands there with a note.
pub(super) fn page(sliders: &[Slider], values: &[Vec<f64>], start: usize, picture: &str, packed: &str) -> String {
    let mut rest = start;
    let mut rows: Vec<String> = Vec::new();
    for (slider, values) in sliders.iter().zip(values).rev() {
        rows.push(row(slider, values, rest % values.len()));
        rest /= values.len();
    }
    rows.reverse();
    let rows = rows.concat();
    format!(
        "<div class=\"neurobook-sliders\"><style>{STYLE}</style>\
         <div class=\"neurobook-controls\" data-lm-suppress-shortcuts=\"true\" hidden>{rows}</div>\
         <p class=\"neurobook-still\">A still picture: its sliders move where scripts may run, in JupyterLab \
         after the notebook is trusted or the cell is run.</p>\
         <div class=\"neurobook-picture\">{picture}</div>\
         <script>{}(\"{packed}\");</script></div>",
        SCRIPT.trim_end()
    )
}

fn row(slider: &Slider, values: &[f64], start: usize) -> String {
    let written: Vec<String> = values.iter().map(|value| slider.written(*value)).collect();
    format!(
        "<label><span>{}</span><input type=\"range\" data-lm-suppress-shortcuts=\"true\" min=\"0\" max=\"{}\" step=\"1\" value=\"{start}\" \
         autocomplete=\"off\" aria-valuetext=\"{shown}\" data-values=\"{}\"><output>{shown}</output></label>",
        escape(slider.name()),
        values.len() - 1,
        written.join("|"),
        shown = written[start],
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
