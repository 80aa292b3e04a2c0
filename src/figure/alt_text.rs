//! What a screen reader says of a figure.

use super::data_extent::Data;
use super::scene::Scene;
use super::ticks::{minus, power_of_ten};
use super::words::spoken;
use super::{Figure, Kind, Panel};

/// The words as an element of the scene. Numbers are pieces of their own, so that the positions of a
/// slider share the rest.
pub(super) fn describe(scene: &mut Scene, figure: &Figure, data: &[Data]) {
    scene.markup("<title>").words(&short_title(figure)).markup("</title><desc>");
    for words in description(figure, data) {
        scene.words(&words);
    }
    scene.markup("</desc>");
}

impl Figure {
    /// Title and description in one line of words.
    pub(super) fn spoken(&self) -> String {
        let (title, description) = (short_title(self), description(self, &Data::of_all(self)).concat());
        let said = if description.starts_with(&title) { description } else { format!("{title}. {description}") };
        said.trim_end().replace('\n', " ")
    }
}

fn description(figure: &Figure, data: &[Data]) -> Vec<String> {
    if let Some(words) = &figure.alternative_text {
        return vec![words.clone()];
    }
    let mut said = Vec::new();
    if figure.panels.len() > 1 {
        said.push(format!("{} panels. ", figure.panels.len()));
    }
    for (panel, data) in figure.panels.iter().zip(data) {
        describe_panel(&mut said, panel, data);
    }
    said
}

fn short_title(figure: &Figure) -> String {
    let panel = &figure.panels[0];
    spoken(&match (&figure.title[..], &panel.title[..], &panel.x.label[..], &panel.y.label[..]) {
        ("", "", "", "") => "Figure".into(),
        ("", "", x, "") => format!("Figure over {x}"),
        ("", "", "", y) => y.into(),
        ("", "", x, y) => format!("{y} over {x}"),
        ("", title, ..) | (title, ..) => title.into(),
    })
}

fn describe_panel(said: &mut Vec<String>, panel: &Panel, data: &Data) {
    let mut say = |words: &[&str]| said.extend(words.iter().map(|words| (*words).to_owned()));
    if !panel.title.is_empty() {
        say(&[&spoken(&panel.title), ". "]);
    }
    if panel.series.is_empty() {
        say(&["Empty axes. "]);
        return;
    }
    say(&[kind(panel)]);
    if let Some(map) = panel.series.iter().find(|series| series.kind == Kind::HeatMap) {
        let size = format!("{} rows and {} columns, ", map.y.len(), map.x.len());
        let quantity = panel.color_bar.as_deref().filter(|words| !words.is_empty()).unwrap_or("values");
        let (low, high) = format_distinct(map.value_limits());
        say(&[&size, &spoken(quantity), " from ", &low, " to ", &high, ". "]);
        return;
    }
    for (name, axis, extent) in [("Horizontal", &panel.x, data.x), ("Vertical", &panel.y, data.y)] {
        let Some((low, high)) = extent.map(format_distinct) else { continue };
        say(&[name, ": "]);
        if !axis.label.is_empty() {
            say(&[&spoken(&axis.label), ", "]);
        }
        say(&["data from ", &low, " to ", &high, ". "]);
    }
    let names: Vec<String> = panel.series.iter().filter_map(|series| series.label.as_deref()).map(spoken).collect();
    if !names.is_empty() {
        say(&["Series: ", &names.join("; "), ". "]);
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
    } else if any(Kind::Area) && !any(Kind::Points) {
        "Areas. "
    } else {
        "Scatter plot. "
    }
}

/// A number as one would say it.
pub(super) fn three_digits(value: f64) -> String {
    digits(value, 3)
}

/// The two ends of a range, in three digits or in as many as it takes to tell them apart.
fn format_distinct((low, high): (f64, f64)) -> (String, String) {
    (3..=17)
        .map(|count| (digits(low, count), digits(high, count)))
        .find(|(one, other)| one != other || low == high)
        .unwrap_or_else(|| (low.to_string(), high.to_string()))
}

/// A number in this many digits, without zeros at its end.
fn digits(value: f64, count: i32) -> String {
    let size = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    if !(-4..6).contains(&size) {
        let decimals = count as usize - 1;
        let text = format!("{value:.decimals$e}");
        let (number, power) = text.split_once('e').unwrap_or((&text, "0"));
        return format!("{}{}", minus(without_zeros(number)), power_of_ten(power.parse().unwrap_or(0)));
    }
    let decimals = usize::try_from(count - 1 - size).unwrap_or(0);
    let text = format!("{value:.decimals$}");
    let text = without_zeros(&text);
    minus(if text == "-0" { "0" } else { text })
}

fn without_zeros(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_narrow_range_are_told_apart() {
        let said = |low, high| {
            let (low, high) = format_distinct((low, high));
            format!("{low} to {high}")
        };
        assert_eq!(said(1.0, 1.000_02), "1 to 1.00002");
        assert_eq!(said(0.0, 1e-7), "0 to 1×10⁻⁷");
        assert_eq!(said(-0.25, 1.0), "−0.25 to 1");
        assert_eq!(said(7.0, 7.0), "7 to 7");
        assert_eq!(said(1.2e9, 1.200_000_1e9), "1.2×10⁹ to 1.2000001×10⁹");
    }
}
