//! The names between the braces of a text. `format!("{EDGE} Hz")` speaks of `EDGE`, though no word outside the text does.

use super::answer::is_part;

/// The names in a literal of Rust's, if it is a text: `{EDGE}`, `{EDGE:.2}`, `{x:>WIDTH$}`, `{x:.*}`.
pub(super) fn captured(literal: &str) -> Vec<String> {
    let mut names = Vec::new();
    let Some(mut rest) = literal.strip_prefix('r').unwrap_or(literal).trim_start_matches('#').strip_prefix('"') else {
        return names;
    };
    while let Some(at) = rest.find('{') {
        rest = &rest[at + 1..];
        // Two braces are one that is shown.
        if let Some(shown) = rest.strip_prefix('{') {
            rest = shown;
            continue;
        }
        let Some(end) = rest.find('}') else { break };
        let (argument, form) = rest[..end].split_once(':').unwrap_or((&rest[..end], ""));
        names.extend(name(argument));
        // Width and precision may be names, each with a dollar sign behind it.
        let mut parts = form.split('$');
        parts.next_back();
        names.extend(parts.filter_map(|part| name(part.rsplit(|letter| !is_part(letter)).next()?)));
        rest = &rest[end + 1..];
    }
    names
}

fn name(text: &str) -> Option<String> {
    let text = text.trim();
    let is_name = text.chars().all(is_part) && text.starts_with(|first: char| !first.is_ascii_digit());
    is_name.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::captured;

    #[test]
    fn a_text_speaks_of_the_names_between_its_braces() {
        for (literal, names) in [
            (r#""{EDGE}""#, vec!["EDGE"]),
            (r#""{EDGE:.2} and { x }""#, vec!["EDGE", "x"]),
            (r#""{x:>WIDTH$.LENGTH$}""#, vec!["x", "WIDTH", "LENGTH"]),
            (r#""{:é>WIDTH$}""#, vec!["WIDTH"]),
            (r##"r#"{EDGE:?}"#"##, vec!["EDGE"]),
            (r#""{{EDGE}} {} {0} {0:.1$}""#, vec![]),
            (r#""{EDGE""#, vec![]),
            (r#"b"{EDGE}""#, vec![]),
            ("'{'", vec![]),
            ("1.0", vec![]),
        ] {
            assert_eq!(captured(literal), names, "{literal}");
        }
    }
}
