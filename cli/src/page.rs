//! A notebook as one page that needs no other file, no kernel and no network: prose with formulas,
//! highlighted code, figures, and sliders that work.

pub mod highlight;
pub mod markdown;
mod output;

use std::path::Path;

use anyhow::Result;

use crate::files;
use crate::notebook::{Cell, Notebook};

/// Colours and type of everything that a notebook can hold.
pub const STYLE: &str = include_str!("page/style.css");

/// Writes the page of a notebook that has run.
pub fn write(notebook: &Notebook, path: &Path) -> Result<()> {
    files::write(path, html(notebook).as_bytes())
}

fn html(notebook: &Notebook) -> String {
    let title = escape(&title(notebook).unwrap_or_else(|| "Notebook".to_owned()));
    let cells: String = notebook.cells.iter().map(cell).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{cells}</main>\n</body>\n</html>\n"
    )
}

fn cell(cell: &Cell) -> String {
    let source = cell.source();
    if cell.is_markdown() {
        return format!("<section class=\"prose\">\n{}</section>\n", markdown::to_html(&source));
    }
    if !cell.is_code() || source.trim().is_empty() {
        return String::new();
    }
    format!(
        "<section class=\"code\">\n<pre><code>{}</code></pre>\n{}</section>\n",
        highlight::rust(&source),
        outputs(cell)
    )
}

/// What a cell showed.
pub fn outputs(cell: &Cell) -> String {
    let outputs: String = cell.outputs().iter().map(output::to_html).collect();
    if outputs.is_empty() { outputs } else { format!("<div class=\"outputs\">{outputs}</div>\n") }
}

/// The first heading.
fn title(notebook: &Notebook) -> Option<String> {
    let mut prose = notebook.cells.iter().filter(|cell| cell.is_markdown()).map(Cell::source);
    prose.find_map(|text| text.lines().find_map(|line| line.strip_prefix("# ").map(str::to_owned)))
}

/// A text as it stands in HTML.
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
}
