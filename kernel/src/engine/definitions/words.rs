//! The names in a cell's text, which may be no Rust at all.

use std::collections::BTreeSet;

use rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

/// Words before the name of an item.
const ITEMS: [&str; 9] = ["fn", "struct", "enum", "union", "const", "static", "type", "trait", "mod"];
/// Words that may be before a call.
const BEFORE_CALLS: [&str; 16] = [
    "return", "in", "match", "if", "while", "else", "break", "yield", "move", "as", "let", "mut", "await", "unsafe",
    "ref", "dyn",
];
/// The check of a function, and those of a value.
const CHECK: &str = "check";
const CHECKS_OF_VALUES: [&str; 1] = ["check_number"];

/// The names that a text defines as items, also where it is another language's: `def rate(x):`.
pub fn defined_items(text: &str) -> BTreeSet<&str> {
    let tokens = tokens(text);
    let pairs = tokens.windows(2).enumerate();
    let names = pairs.filter_map(|(at, pair)| {
        let [word, name] = pair else { return None };
        let before_name = name.kind == TokenKind::Ident && word.kind == TokenKind::Ident && word.line == name.line;
        let is_called = tokens.get(at + 2).is_some_and(|next| next.kind == TokenKind::OpenParen);
        let foreign = word.is_first && is_called && !BEFORE_CALLS.contains(&word.text);
        (before_name && (ITEMS.contains(&word.text) || foreign)).then_some(name.text)
    });
    names.collect()
}

/// The variables that statements of a text define, which begin their lines.
pub fn defined_variables(text: &str) -> BTreeSet<&str> {
    let tokens = tokens(text);
    let mut names = BTreeSet::new();
    for (at, _) in tokens.iter().enumerate().filter(|(_, token)| token.is_first && token.text == "let") {
        let pattern =
            tokens[at + 1..].iter().take_while(|token| !matches!(token.kind, TokenKind::Eq | TokenKind::Colon));
        let words = pattern.take_while(|token| token.kind != TokenKind::Semi);
        names.extend(
            words.filter(|token| token.kind == TokenKind::Ident && token.text != "mut").map(|token| token.text),
        );
    }
    names
}

/// The names that a check judges; `None` where the text is not a check. `check!` names a function, and what its arguments
/// and results are called.
pub fn called(text: &str) -> Option<BTreeSet<&str>> {
    let tokens = tokens(text);
    let next_is = |at: usize, kind: TokenKind| tokens.get(at + 1).is_some_and(|next| next.kind == kind);
    let is_word = |at: usize| tokens[at].kind == TokenKind::Ident;
    let all = 0..tokens.len();
    let of_values = |at: usize| is_word(at) && CHECKS_OF_VALUES.contains(&tokens[at].text);
    if all.clone().any(of_values) {
        return Some(all.filter(|at| is_word(*at)).map(|at| tokens[at].text).collect());
    }
    let is_check = |at: usize| is_word(at) && tokens[at].text == CHECK && next_is(at, TokenKind::Bang);
    if !all.clone().any(is_check) {
        return None;
    }
    let opens = [TokenKind::OpenParen, TokenKind::OpenBrace, TokenKind::Colon];
    let is_called = |at: &usize| is_word(*at) && opens.into_iter().any(|open| next_is(*at, open));
    Some(all.filter(is_called).map(|at| tokens[at].text).collect())
}

/// Whether a cell makes the kernel forget everything.
pub fn clears(text: &str) -> bool {
    text.lines().any(|line| line.trim_end() == ":clear")
}

struct Token<'a> {
    kind: TokenKind,
    text: &'a str,
    line: usize,
    /// Whether it is in a line's first column.
    is_first: bool,
}

/// Without comments and white space.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let (mut start, mut line) = (0, 1);
    let mut tokens = Vec::new();
    for token in tokenize(text, FrontmatterAllowed::No) {
        let end = start + token.len as usize;
        let shown = &text[start..end];
        let is_first = start == 0 || text[..start].ends_with('\n');
        let says_nothing = matches!(
            token.kind,
            TokenKind::Whitespace | TokenKind::LineComment { .. } | TokenKind::BlockComment { .. }
        );
        if !says_nothing {
            tokens.push(Token { kind: token.kind, text: shown, line, is_first });
        }
        line += shown.matches('\n').count();
        start = end;
    }
    tokens
}
