//! Rust code in colours.

use rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

use super::escape;

const KEYWORDS: [&str; 30] = [
    "as", "break", "const", "continue", "crate", "else", "enum", "false", "fn", "for", "if", "impl", "in", "let",
    "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "self", "static", "struct", "trait", "true", "type",
    "use", "while",
];

/// The code as HTML: keywords, comments, texts and numbers are marked `k`, `c`, `s` and `n`.
pub fn rust(code: &str) -> String {
    let mut html = String::with_capacity(code.len() * 2);
    let mut rest = code;
    for token in tokenize(code, FrontmatterAllowed::No) {
        let (text, after) = rest.split_at(token.len as usize);
        rest = after;
        match class(token.kind, text) {
            Some(class) => html.extend(["<span class=\"", class, "\">", &escape(text), "</span>"]),
            None => html.push_str(&escape(text)),
        }
    }
    html
}

fn class(kind: TokenKind, text: &str) -> Option<&'static str> {
    match kind {
        TokenKind::LineComment { .. } | TokenKind::BlockComment { .. } => Some("c"),
        TokenKind::Literal { .. } => Some(if text.contains(['"', '\'']) { "s" } else { "n" }),
        TokenKind::Ident if KEYWORDS.contains(&text) => Some("k"),
        _ => None,
    }
}
