//! Rust code in colours.

use rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

use super::escape;

const KEYWORDS: [&str; 30] = [
    "as", "break", "const", "continue", "crate", "else", "enum", "false", "fn", "for", "if", "impl", "in", "let",
    "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "self", "static", "struct", "trait", "true", "type",
    "use", "while",
];

/// The code as HTML: keywords, comments, texts and numbers are marked `k`, `c`, `s` and `n`; a blank is a `mark`.
pub fn rust(code: &str) -> String {
    let tokens = tokens(code);
    let mut html = String::with_capacity(code.len() * 2);
    let mut blank_ends = None;
    for (index, (kind, text)) in tokens.iter().enumerate() {
        if blank_ends.is_none()
            && let Some(end) = blank_end(&tokens[index..])
        {
            blank_ends = Some(index + end);
            html.push_str("<mark class=\"blank\">");
        }
        match class(*kind, text) {
            Some(class) => html.extend(["<span class=\"", class, "\">", &escape(text), "</span>"]),
            None => html.push_str(&escape(text)),
        }
        if blank_ends == Some(index) {
            blank_ends = None;
            html.push_str("</mark>");
        }
    }
    html
}

/// The tokens of some code, with the blanks between them.
pub fn tokens(code: &str) -> Vec<(TokenKind, &str)> {
    let mut rest = code;
    let split = tokenize(code, FrontmatterAllowed::No).map(|token| {
        let (text, after) = rest.split_at(token.len as usize);
        rest = after;
        (token.kind, text)
    });
    split.collect()
}

/// Where `blank!(…)` ends, if these tokens begin with one.
fn blank_end(tokens: &[(TokenKind, &str)]) -> Option<usize> {
    let [(TokenKind::Ident, "blank"), (TokenKind::Bang, _), (TokenKind::OpenParen, _), ..] = tokens else {
        return None;
    };
    let mut depth = 0;
    tokens.iter().position(|(kind, _)| {
        match kind {
            TokenKind::OpenParen => depth += 1,
            TokenKind::CloseParen => depth -= 1,
            _ => return false,
        }
        depth == 0
    })
}

fn class(kind: TokenKind, text: &str) -> Option<&'static str> {
    match kind {
        TokenKind::LineComment { .. } | TokenKind::BlockComment { .. } => Some("c"),
        TokenKind::Literal { .. } => Some(if text.contains(['"', '\'']) { "s" } else { "n" }),
        TokenKind::Ident if KEYWORDS.contains(&text) => Some("k"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_is_marked_up_to_its_own_bracket() {
        let html = rust("let x = blank!(\"f(x)\", (1)) + (2);");
        let blank = "<mark class=\"blank\">blank!(<span class=\"s\">&quot;f(x)&quot;</span>, (<span class=\"n\">1</span>))</mark> +";
        assert!(html.contains(blank), "{html}");
    }

    #[test]
    fn a_blank_without_an_end_is_left_alone() {
        assert!(!rust("blank!(\"never closed\"").contains("mark"));
    }
}
