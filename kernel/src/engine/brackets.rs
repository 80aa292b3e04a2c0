//! The bracket that has no other half. The compiler finds out at the end of a text; indentation tells earlier.

use rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

/// A bracket that waits for its other half.
struct Open {
    sign: char,
    line: usize,
    /// How far its line is set in.
    indent: usize,
}

/// Which bracket of a text has no other half, and its line; nothing where all have one.
pub fn unpaired(source: &str) -> Option<String> {
    let lines: Vec<&str> = source.lines().collect();
    let indent = |line: usize| lines.get(line - 1).map_or(0, |text| text.len() - text.trim_start().len());
    let (mut start, mut line) = (0, 1);
    let mut open: Vec<Open> = Vec::new();
    // A brace that is closed further left than its line begins has lost its own half.
    let mut suspect = None;
    for token in tokenize(source, FrontmatterAllowed::No) {
        let text = &source[start..start + token.len as usize];
        match token.kind {
            TokenKind::OpenBrace | TokenKind::OpenParen | TokenKind::OpenBracket => {
                open.push(Open { sign: text.chars().next()?, line, indent: indent(line) });
            }
            TokenKind::CloseBrace | TokenKind::CloseParen | TokenKind::CloseBracket => match open.pop() {
                None => {
                    return Some(format!(
                        "Line {line}: nothing is open here that this `{text}` closes. Is it one too many?"
                    ));
                }
                Some(begun) if half(begun.sign) != text => {
                    return Some(format!(
                        "Line {line}: this `{text}` stands where the `{}` of line {} is still open. Is a `{}` missing before it?",
                        begun.sign,
                        begun.line,
                        half(begun.sign)
                    ));
                }
                Some(begun) => {
                    let is_first = lines.get(line - 1).is_some_and(|own| own.trim_start().starts_with(text));
                    if suspect.is_none() && is_first && begun.sign == '{' && indent(line) < begun.indent {
                        suspect = Some(begun);
                    }
                }
            },
            _ => {}
        }
        line += text.matches('\n').count();
        start += token.len as usize;
    }
    let first = open.pop()?;
    let Open { sign, line, .. } = suspect.unwrap_or(first);
    Some(format!("Line {line}: this `{sign}` has no `{}`. Each bracket needs its other half.", half(sign)))
}

fn half(sign: char) -> &'static str {
    match sign {
        '{' => "}",
        '(' => ")",
        _ => "]",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bracket_without_its_other_half_is_named_by_its_line() {
        let says = |source: &str, words: &str| {
            let said = unpaired(source).unwrap_or_default();
            assert!(said.starts_with(words), "{source}: {said}");
        };
        says("for k in 0..3 {\n    if k > 1 {\n    println!(\"{k}\");\n}", "Line 2: this `{` has no `}`");
        says("fn f(x: f64) -> f64 {\n    2.0 * x\n", "Line 1: this `{` has no `}`");
        says("let y = 2.0 * (x + 1.0;", "Line 1: this `(` has no `)`");
        says("let y = [(1.0, 2.0];", "Line 1: this `]` stands where the `(` of line 1 is still open");
        says("fn f() {\n}\n}", "Line 3: nothing is open here");
        assert_eq!(unpaired("let s = \"(\"; // {\nlet t = ('a', '(');"), None);
    }
}
