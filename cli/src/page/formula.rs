//! Formulas as MathML, which browsers show without a script.

use pulldown_cmark::{CowStr, Event};
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::{Content, Dimension, DimensionUnit, Event as Formula};
use pulldown_latex::{Parser, Storage, push_mathml};

/// A formula in a line of text; one that cannot be read is shown as it was written.
pub fn inline(formula: &str) -> Event<'static> {
    match mathml(formula, DisplayMode::Inline) {
        Some(mathml) => Event::InlineHtml(CowStr::from(mathml)),
        None => Event::Code(CowStr::from(formula.to_owned())),
    }
}

/// A formula on a line of its own. Where the page is narrower, it scrolls by itself.
pub fn display(formula: &str) -> Event<'static> {
    match mathml(formula, DisplayMode::Block) {
        Some(mathml) => Event::InlineHtml(CowStr::from(format!("<span class=\"formula\">{mathml}</span>"))),
        None => Event::Code(CowStr::from(formula.to_owned())),
    }
}

fn mathml(formula: &str, display_mode: DisplayMode) -> Option<String> {
    let storage = Storage::new();
    let blank = Dimension::new(0.25, DimensionUnit::Em);
    let events = Parser::new(formula, &storage).map(|event| match event {
        // `\ ` and `~`: the writer would escape the letters that the parser gives for them.
        Ok(Formula::Content(Content::Text("&nbsp;"))) => {
            Ok(Formula::Space { width: Some(blank), height: None, depth: None })
        }
        other => other,
    });
    let settings = RenderConfig { display_mode, annotation: Some(formula), ..RenderConfig::default() };
    let readable = Parser::new(formula, &storage).all(|event| event.is_ok());
    let mut mathml = String::new();
    (push_mathml(&mut mathml, events, settings).is_ok() && readable).then_some(mathml)
}

/// The signs of a formula, one after the other, as a search finds them.
pub fn words(formula: &str) -> String {
    let Some(mathml) = mathml(formula, DisplayMode::Inline) else {
        return formula.to_owned();
    };
    // The annotation is the formula as it was written.
    let signs = mathml.split("<annotation").next().unwrap_or_default();
    let mut words = String::new();
    for piece in signs.split('<') {
        words.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_found_by_its_signs() {
        assert_eq!(words("x_0 e^{a t}"), "x0eat");
        assert_eq!(words("\\nonsense x"), "\\nonsense x");
    }
}
