//! Prose with formulas, as HTML with MathML.

use pulldown_cmark::{CowStr, Event, Options, Parser};
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::{Content, Dimension, DimensionUnit, Event as Formula};
use pulldown_latex::{Storage, push_mathml};

/// The HTML of a cell of prose.
pub fn to_html(text: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events(text));
    html
}

/// Prose as events, its formulas as MathML.
pub fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
    Parser::new_ext(text, options).map(|event| match event {
        Event::InlineMath(formula) => math(&formula, DisplayMode::Inline),
        Event::DisplayMath(formula) => math(&formula, DisplayMode::Block),
        other => other,
    })
}

/// A formula; one that cannot be read is shown as it was written.
fn math(formula: &str, display_mode: DisplayMode) -> Event<'static> {
    let storage = Storage::new();
    let blank = Dimension::new(0.25, DimensionUnit::Em);
    let events = pulldown_latex::Parser::new(formula, &storage).map(|event| match event {
        // `\ ` and `~`: the writer would escape the letters that the parser gives for them.
        Ok(Formula::Content(Content::Text("&nbsp;"))) => {
            Ok(Formula::Space { width: Some(blank), height: None, depth: None })
        }
        other => other,
    });
    let settings = RenderConfig { display_mode, annotation: Some(formula), ..RenderConfig::default() };
    let mut mathml = String::new();
    let readable = pulldown_latex::Parser::new(formula, &storage).all(|event| event.is_ok());
    match push_mathml(&mut mathml, events, settings) {
        Ok(()) if readable => Event::InlineHtml(CowStr::from(mathml)),
        _ => Event::Code(CowStr::from(formula.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_mathml_and_one_that_cannot_be_read_is_shown_as_written() {
        assert!(to_html("so $x_0 e^{at}$").contains("<msup>"));
        assert!(to_html("so $\\nonsense x$").contains("<code>\\nonsense x</code>"));
    }

    #[test]
    fn a_blank_after_a_backslash_is_a_space_and_no_letter() {
        let html = to_html("$a\\ b~c$");
        assert_eq!(html.matches("<mspace width=\"0.25em\" />").count(), 2, "{html}");
        assert!(!html.contains("nbsp"), "{html}");
    }

    #[test]
    fn markdown_inside_a_fold_is_rendered() {
        let html = to_html("<details><summary>Hint 1</summary>\n\nUse `dt`.\n\n```rust\nlet x = 1;\n```\n\n</details>");
        assert!(
            html.contains("<details>") && html.contains("<code>dt</code>") && html.contains("language-rust"),
            "{html}"
        );
    }
}
