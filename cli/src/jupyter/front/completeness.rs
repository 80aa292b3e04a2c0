//! Whether a cell is complete: a console asks at the Enter key whether another line is to come.

use rustc_lexer::{FrontmatterAllowed, LiteralKind, TokenKind, tokenize};
use serde_json::{Value, json};

/// How far a line inside one more bracket is moved to the right.
const INDENT: &str = "    ";

/// The reply to an `is_complete_request`.
pub(super) fn answer(code: &str) -> Value {
    let mut open: Vec<TokenKind> = Vec::new();
    for token in tokenize(code, FrontmatterAllowed::No) {
        let opens = match token.kind {
            TokenKind::OpenBrace | TokenKind::OpenParen | TokenKind::OpenBracket => {
                open.push(token.kind);
                continue;
            }
            TokenKind::CloseBrace => TokenKind::OpenBrace,
            TokenKind::CloseParen => TokenKind::OpenParen,
            TokenKind::CloseBracket => TokenKind::OpenBracket,
            TokenKind::BlockComment { terminated: false, .. } => return incomplete(0),
            TokenKind::Literal { kind: LiteralKind::Str { terminated: false }, .. } => return incomplete(0),
            _ => continue,
        };
        if open.pop() != Some(opens) {
            return json!({"status": "invalid"});
        }
    }
    match open.len() {
        0 => json!({"status": "complete"}),
        depth => incomplete(depth),
    }
}

fn incomplete(depth: usize) -> Value {
    json!({"status": "incomplete", "indent": INDENT.repeat(depth)})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_brackets_comments_and_strings_want_another_line() {
        assert_eq!(answer("fn f() {\n    g(\n"), json!({"status": "incomplete", "indent": "        "}));
        assert_eq!(answer("/* not yet")["status"], "incomplete");
        assert_eq!(answer("let s = \"a")["status"], "incomplete");
        assert_eq!(answer("let s = \"{\"; // (\nfn f() { '['; }")["status"], "complete");
        assert_eq!(answer("f(]")["status"], "invalid");
    }
}
