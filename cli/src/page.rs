//! Notebooks as HTML: prose with formulas, highlighted code, figures, and sliders that work without a kernel. What
//! is here makes the page of `neurobook run`, which needs no other file, and the pages of `neurobook site`.

pub mod formula;
pub mod highlight;
pub mod markdown;
pub mod output;

use std::path::Path;

use anyhow::Result;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::notebook::{Cell, Notebook, picture};
use crate::support::atomic_file;
use markdown::{Prose, as_written};

/// How prose, code and outputs look, on light and on dark ground.
pub const STYLE: &str = include_str!("page/style.css");

/// Writes the page of a notebook that has run.
pub fn write(notebook: &Notebook, path: &Path) -> Result<()> {
    atomic_file::write(path, html(notebook).as_bytes())
}

fn html(notebook: &Notebook) -> String {
    let mut prose = Prose::new(&as_written);
    let cells: Vec<Markup> = notebook.cells.iter().map(|cell| self::cell(cell, &mut prose)).collect();
    let title = prose.sections.iter().find(|section| section.level == 1).map(|section| section.title.as_str());
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title.unwrap_or("Notebook")) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { @for cell in cells { (cell) } } }
        }
    };
    page.into_string()
}

fn cell(cell: &Cell, prose: &mut Prose) -> Markup {
    let source = cell.source();
    if cell.is_markdown() {
        let text = picture::in_place(&prose.html(&source), &cell.pictures());
        return html! { div.prose { (PreEscaped(text)) } };
    }
    if !cell.is_code() || source.trim().is_empty() {
        return Markup::default();
    }
    html! { div.code { (PreEscaped(markdown::block(&source))) (outputs(cell)) } }
}

/// What a cell showed.
pub fn outputs(cell: &Cell) -> Markup {
    let outputs: String = cell.outputs().iter().map(output::to_html).collect();
    html! { @if !outputs.is_empty() { div.outputs { (PreEscaped(outputs)) } } }
}

/// Text as it may be in HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, json};

    #[test]
    fn a_page_holds_prose_formulas_code_and_outputs_and_asks_for_no_other_file() {
        let mut figure = Cell::code("b", "let x = \"<1>\"; // why");
        figure.set_outputs(Some(1), vec![json!({ "output_type": "execute_result", "data": { "text/html": "<svg></svg>", "text/plain": "x" }, "metadata": {} })]);
        let notebook =
            Notebook::new(Map::new(), vec![Cell::markdown("a", "# Nodes & edges\n\n$\\dot x = a x$"), figure]);
        let page = html(&notebook);
        for part in [
            "<title>Nodes &amp; edges</title>",
            "<math",
            "<span class=\"s\">&quot;&lt;1&gt;&quot;</span>",
            "<span class=\"c\">// why</span>",
            "<svg></svg>",
        ] {
            assert!(page.contains(part), "{part} is missing in\n{page}");
        }
        for other_file in ["src=", "<link", "@import", "url("] {
            assert!(!page.contains(other_file), "{other_file} asks for another file");
        }
    }

    #[test]
    fn a_page_holds_the_pictures_that_stand_in_prose() {
        let cell = json!({
            "cell_type": "markdown", "id": "a", "metadata": {}, "source": "Mine: ![a sketch](attachment:my%20sketch.png)",
            "attachments": {"my sketch.png": {"image/png": "AAEC"}}
        });
        let notebook = json!({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).to_string();
        let notebook = Notebook::parse("mine", notebook.as_bytes(), crate::notebook::Outputs::Keep).unwrap();
        let page = html(&notebook);
        assert!(page.contains("<img src=\"data:image/png;base64,AAEC\" alt=\"a sketch\""), "{page}");
    }
}
