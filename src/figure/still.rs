//! A figure in a notebook: an image, which also a page shows that runs no scripts and cleans its HTML, such as JupyterLab
//! of a notebook that it does not trust. Where scripts run, the picture itself takes its place.

use super::Figure;
use super::raster::Raster;
use super::scene::{Scene, escape};
use crate::display::Output;

/// The class of a figure's image. The tool, which makes pages, looks for it.
pub(crate) const CLASS: &str = "neurobook-figure";

/// A JavaScript function that puts the picture in the place of its image.
pub(crate) const INLINE: &str = include_str!("inline.js");

impl Figure {
    /// What a cell shows of the figure.
    pub(crate) fn output(&self) -> Output {
        let script = format!(
            "<script>(function(){{const here=document.currentScript;const within=(here&&here.parentElement)||document;\
             within.querySelectorAll(\"img.{CLASS}\").forEach({});}})();</script>",
            INLINE.trim_end()
        );
        let (file, size, words) = (self.file(), self.pixels(), self.spoken());
        Output {
            html: format!("{}{script}{}", image(&file, size, &words), self.note()),
            text: self.beyond().map_or(format!("Figure: {words}"), |beyond| format!("Figure: {words} {beyond}")),
            raster: Some(Raster::of(&file, size)),
        }
    }

    /// The figure as an HTML image that holds all it needs, black on white, and what is to be said below it.
    pub(crate) fn image(&self) -> String {
        image(&self.file(), self.pixels(), &self.spoken()) + &self.note()
    }

    /// The figure as a slider shows it at one of its positions, with what is to be said below it there.
    pub(crate) fn scene_and_note(&self) -> Scene {
        let mut scene = self.scene();
        let note = self.note();
        if !note.is_empty() {
            scene.markup(note);
        }
        scene
    }

    /// What axes cannot show, as HTML; empty where they show all.
    fn note(&self) -> String {
        self.beyond().map_or_else(String::new, |words| format!("<p role=\"note\">{}</p>", escape(&words)))
    }
}

/// An HTML image of an SVG file. The size is in pixels.
fn image(file: &str, (width, height): (f64, f64), alternative: &str) -> String {
    format!(
        "<img class=\"{CLASS}\" alt=\"{}\" width=\"{width}\" height=\"{height}\" style=\"max-width:100%;height:auto\" src=\"{}\">",
        escape(alternative),
        data_uri(file)
    )
}

/// An SVG file as an address that needs no file. Percent signs make it a twentieth longer, base 64 a third.
fn data_uri(svg: &str) -> String {
    let mut address = String::with_capacity(svg.len() + svg.len() / 8);
    address.push_str("data:image/svg+xml,");
    for character in svg.trim_end().chars() {
        match character {
            // There are none in its words, where they are written as entities.
            '"' => address.push('\''),
            '%' => address.push_str("%25"),
            '#' => address.push_str("%23"),
            '<' => address.push_str("%3C"),
            '>' => address.push_str("%3E"),
            '&' => address.push_str("%26"),
            _ => address.push(character),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_nothing_that_html_or_a_browser_would_take_for_its_end() {
        let figure = Figure::new().title("50 % <of> \"π\" & 'more' #1").line([0.0, 1.0], [0.0, 1.0]);
        let html = figure.image();
        let source = &html[html.find("src=\"").expect("a source") + 5..html.len() - 2];
        assert!(!source.contains(['"', '<', '>', '#', '&', '\n']), "{source}");
        assert!(source.contains("50 %25 %26lt;of%26gt; %26quot;π%26quot; %26amp; %26%2339;more%26%2339; %231"));
    }

    #[test]
    fn what_a_notebook_holds_of_a_figure_is_hardly_longer_than_its_svg() {
        let t: Vec<f64> = (0..2000).map(|k| 0.01 * f64::from(k)).collect();
        let figure = Figure::new().title("A").x_label("t").y_label("x").line(&t, t.iter().map(|t| (7.0 * t).cos()));
        let (svg, output) = (figure.svg().len(), figure.output());
        assert!(output.html.len() + output.text.len() < svg + svg / 10 + 1500, "{svg} and {}", output.html.len());
    }
}
