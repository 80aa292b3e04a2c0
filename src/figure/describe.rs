//! What a screen reader says of a figure.

use super::draw::Data;
use super::scene::Scene;
use super::ticks::minus;
use super::{Figure, Kind, Panel};

/// The words as an element of the scene. Numbers are pieces of their own, so that the positions of a
/// slider share the rest.
pub(super) fn describe(scene: &mut Scene, figure: &Figure, data: &[Data]) {
    scene.markup("<title>").words(&short_title(figure)).markup("</title><desc>");
    if let Some(words) = &figure.alternative_text {
        scene.words(words);
    } else {
        if figure.panels.len() > 1 {
            scene.markup(format!("{} panels. ", figure.panels.len()));
        }
        for (panel, data) in figure.panels.iter().zip(data) {
            describe_panel(scene, panel, data);
        }
    }
    scene.markup("</desc>");
}

fn short_title(figure: &Figure) -> String {
    let panel = &figure.panels[0];
    match (&figure.title[..], &panel.title[..], &panel.x.label[..], &panel.y.label[..]) {
        ("", "", "", "") => "Figure".into(),
        ("", "", x, "") => format!("Figure over {x}"),
        ("", "", "", y) => y.into(),
        ("", "", x, y) => format!("{y} over {x}"),
        ("", title, ..) | (title, ..) => title.into(),
    }
}

fn describe_panel(scene: &mut Scene, panel: &Panel, data: &Data) {
    if !panel.title.is_empty() {
        scene.words(&panel.title).markup(". ");
    }
    if panel.series.is_empty() {
        scene.markup("Empty axes. ");
        return;
    }
    scene.markup(kind(panel));
    if let Some(map) = panel.series.iter().find(|series| series.kind == Kind::HeatMap) {
        let size = format!("{} rows and {} columns, ", map.y.len(), map.x.len());
        let quantity = panel.color_bar.as_deref().filter(|words| !words.is_empty()).unwrap_or("values");
        let (low, high) = map.value_limits();
        scene.markup(size).words(quantity).markup(" from ").markup(three_digits(low));
        scene.markup(" to ").markup(three_digits(high)).markup(". ");
        return;
    }
    for (name, axis, extent) in [("Horizontal", &panel.x, data.x), ("Vertical", &panel.y, data.y)] {
        let Some((low, high)) = extent else { continue };
        scene.markup(name).markup(": ");
        if !axis.label.is_empty() {
            scene.words(&axis.label).markup(", ");
        }
        scene.markup("data from ").markup(three_digits(low)).markup(" to ").markup(three_digits(high)).markup(". ");
    }
    let names: Vec<&str> = panel.series.iter().filter_map(|series| series.label.as_deref()).collect();
    if !names.is_empty() {
        scene.markup("Series: ").words(&names.join("; ")).markup(". ");
    }
}

/// What the panel is, in words.
fn kind(panel: &Panel) -> &'static str {
    let any = |kind: Kind| panel.series.iter().any(|series| series.kind == kind);
    if any(Kind::HeatMap) {
        "Heat map. "
    } else if any(Kind::Phase) {
        "Phases, modulo 2π. "
    } else if panel.series.iter().any(|series| series.arrow_heads && !series.values.is_empty()) {
        "Stream plot. "
    } else if any(Kind::Line) || any(Kind::Arrow) {
        "Line plot. "
    } else {
        "Scatter plot. "
    }
}

/// A number as one would say it.
pub(super) fn three_digits(value: f64) -> String {
    let size = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    if !(-4..6).contains(&size) {
        return minus(&format!("{value:.2e}"));
    }
    let decimals = usize::try_from(2 - size).unwrap_or(0);
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    minus(if text == "-0" { "0" } else { text })
}
