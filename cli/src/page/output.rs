//! What a cell showed, as HTML.

mod figure;

use serde_json::Value;

use super::escape;

/// The HTML of one output, as Jupyter would pick it: the richest kind that a page can show.
pub fn to_html(output: &Value) -> String {
    match output["output_type"].as_str() {
        Some("stream") => {
            format!("<pre class=\"{}\">{}</pre>\n", escape(&joined(&output["name"])), escape(&joined(&output["text"])))
        }
        Some("error") => {
            let trace: Vec<String> = output["traceback"].as_array().into_iter().flatten().map(joined).collect();
            format!("<pre class=\"error\">{}</pre>\n", escape(&without_colours(&trace.join("\n"))))
        }
        _ => data(&output["data"]),
    }
}

fn data(data: &Value) -> String {
    if let Some(html) = data.get("text/html") {
        return format!("{}\n", figure::inlined(&joined(html)));
    }
    if let Some(svg) = data.get("image/svg+xml") {
        return format!("{}\n", joined(svg));
    }
    if let Some(png) = data.get("image/png") {
        return format!("<img alt=\"\" src=\"data:image/png;base64,{}\">\n", escape(joined(png).trim()));
    }
    data.get("text/plain").map(|text| format!("<pre>{}</pre>\n", escape(&joined(text)))).unwrap_or_default()
}

/// A text that is stored as one string or as its lines.
fn joined(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        _ => String::new(),
    }
}

/// A terminal's text without its colours.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("\u{1b}[") {
        plain.push_str(&rest[..start]);
        let sequence = &rest[start + 2..];
        let end =
            sequence.find(|character: char| character.is_ascii_alphabetic()).map_or(sequence.len(), |end| end + 1);
        rest = &sequence[end..];
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colours_of_a_terminal_are_left_out() {
        assert_eq!(without_colours("\u{1b}[31mError\u{1b}[0m: x\u{1b}[38;5;12m!"), "Error: x!");
    }
}
