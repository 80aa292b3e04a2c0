//! A text taken apart into its items: functions, types, imports.
//!
//! The text is evcxr's, of all cells so far, and it is read for each cell: once, and no further than brackets.

use std::ops::Range;

use rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

/// Words before an item's name.
const KINDS: [&str; 10] = ["fn", "struct", "enum", "union", "const", "static", "type", "trait", "macro_rules", "mod"];
/// Those of them that change nothing elsewhere but where they are named. A trait may, by its methods.
const TOLD_BY_NAME: [&str; 6] = ["struct", "enum", "union", "const", "static", "type"];
/// What has no name.
const NAMELESS: [&str; 2] = ["impl", "use"];
/// What else may stand between an item's kind and its name: `const fn`, `unsafe extern "C" fn`.
const MARKS: [&str; 4] = ["unsafe", "extern", "mut", "async"];
/// What an item can begin with; the semicolon ends one whose last brace is not its end.
const BEGINNINGS: [&str; 18] = [
    "pub",
    "const",
    "async",
    "unsafe",
    "extern",
    "fn",
    "struct",
    "enum",
    "union",
    "static",
    "type",
    "trait",
    "impl",
    "use",
    "mod",
    "macro_rules",
    "#",
    ";",
];
/// What may stand before a function's `fn`, in a function of which nothing but its name tells the rest of the text.
const BEFORE_PLAIN: [&[&str]; 8] = [
    &["pub"],
    &["const"],
    &["async"],
    &["unsafe"],
    &COLD,
    &["#", "[", "inline", "]"],
    &["#", "[", "inline", "(", "always", ")", "]"],
    &["#", "[", "inline", "(", "never", ")", "]"],
];
const COLD: [&str; 4] = ["#", "[", "cold", "]"];

/// A word, a sign, a number, a string.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// As it is written.
    pub text: &'a str,
}

/// One item of a text.
#[derive(Debug)]
pub struct Item<'a> {
    /// The item as it is written, with the comments before it.
    pub text: &'a str,
    /// Its tokens without blanks and comments.
    pub tokens: Vec<Token<'a>>,
    /// The lines that it begins and ends on.
    pub lines: Range<usize>,
}

/// The tokens of a text that are no blanks and no comments.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut end = 0;
    let mut tokens = Vec::new();
    for token in tokenize(text, FrontmatterAllowed::No) {
        let start = end;
        end += token.len as usize;
        if is_read(token.kind) {
            tokens.push(Token { kind: token.kind, text: &text[start..end] });
        }
    }
    tokens
}

/// The items of a text. Each ends at a semicolon or a brace that is in no other bracket.
pub fn items(text: &str) -> Vec<Item<'_>> {
    let (mut items, mut tokens) = (Vec::new(), Vec::new());
    let (mut begin, mut end, mut first, mut last, mut depth) = (0, 0, 0, 0, 0_usize);
    for token in tokenize(text, FrontmatterAllowed::No) {
        let start = end;
        end += token.len as usize;
        let written = &text[start..end];
        last += written.bytes().filter(|byte| *byte == b'\n').count();
        match token.kind {
            TokenKind::Whitespace if begin == start => (begin, first) = (end, last),
            TokenKind::OpenBrace | TokenKind::OpenParen | TokenKind::OpenBracket => depth += 1,
            TokenKind::CloseBrace | TokenKind::CloseParen | TokenKind::CloseBracket => depth = depth.saturating_sub(1),
            _ => {}
        }
        if is_read(token.kind) {
            tokens.push(Token { kind: token.kind, text: written });
        }
        let is_whole = match token.kind {
            TokenKind::CloseBrace | TokenKind::Semi => true,
            // An attribute of the whole text.
            TokenKind::CloseBracket => text[begin..].starts_with("#!"),
            _ => false,
        };
        if depth == 0 && is_whole {
            items.push(Item { text: &text[begin..end], tokens: std::mem::take(&mut tokens), lines: first..last + 1 });
            (begin, first) = (end, last);
        }
    }
    if begin < end {
        items.push(Item { text: &text[begin..end], tokens, lines: first..last + 1 });
    }
    items
}

fn is_read(kind: TokenKind) -> bool {
    !matches!(kind, TokenKind::Whitespace | TokenKind::LineComment { .. } | TokenKind::BlockComment { .. })
}

/// The names among tokens.
pub fn names<'a>(tokens: &[Token<'a>]) -> impl Iterator<Item = &'a str> {
    tokens.iter().filter(|token| matches!(token.kind, TokenKind::Ident | TokenKind::RawIdent)).map(|token| token.text)
}

impl<'a> Item<'a> {
    /// The name that it defines; none of an import or an implementation.
    pub fn name(&self) -> Option<&'a str> {
        let mut words = names(&self.tokens);
        let first = words.find(|word| KINDS.contains(word) || NAMELESS.contains(word))?;
        if NAMELESS.contains(&first) {
            return None;
        }
        words.find(|word| !KINDS.contains(word) && !MARKS.contains(word))
    }

    /// Whether it is a function. A type may name a function's type.
    pub fn is_function(&self) -> bool {
        names(&self.tokens).take_while(|word| *word != "struct").any(|word| word == "fn")
    }

    /// The name of a function that says nothing besides to the rest of the text, as `#[no_mangle]` would.
    pub fn plain_function(&self) -> Option<&'a str> {
        let name = self.tokens.get(self.before_function().len() + 1)?.text;
        let mut before = self.before_function();
        while let Some(mark) = BEFORE_PLAIN.iter().find(|mark| starts_with(before, mark)) {
            before = &before[mark.len()..];
        }
        before.is_empty().then(|| without_mark(name))
    }

    /// The name without which no other item notices it; none of what others may notice by other ways.
    pub fn only_name(&self) -> Option<&'a str> {
        let kind = names(&self.tokens).find(|word| KINDS.contains(word) || NAMELESS.contains(word))?;
        let is_told = TOLD_BY_NAME.contains(&kind) && (kind != "const" || !self.is_function());
        self.plain_function().or_else(|| self.name().filter(|_| is_told)).map(without_mark)
    }

    /// Whether it says of itself that it is seldom run.
    pub fn is_cold(&self) -> bool {
        self.before_function().windows(COLD.len()).any(|part| starts_with(part, &COLD))
    }

    /// Whether it begins with what an item begins with. Else the text was taken apart at a brace within an item.
    pub fn begins_as_one(&self) -> bool {
        self.tokens.first().is_none_or(|first| BEGINNINGS.contains(&first.text))
    }

    /// The tokens before its first `fn`.
    fn before_function(&self) -> &[Token<'a>] {
        let end = self.tokens.iter().position(|token| token.text == "fn").unwrap_or(self.tokens.len());
        &self.tokens[..end]
    }
}

fn without_mark(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

fn starts_with(tokens: &[Token], texts: &[&str]) -> bool {
    tokens.len() >= texts.len() && tokens.iter().zip(texts).all(|(token, text)| token.text == *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "#![allow(unused_imports)] use neurobook::prelude::*;
/// Twice `x`; not { here.
fn double(x: f64) -> f64 { 2.0 * x }

#[cold]
pub fn picture() -> [Figure; 2] {
    lines(\"}\")
}
const LIMIT: [f64; 2] = [1.0; 2];
impl Model for Own { fn rate(&self) {} }";

    #[test]
    fn items_end_at_braces_and_semicolons_outside_of_brackets() {
        let items = items(TEXT);
        let found: Vec<_> = items.iter().map(|item| (item.lines.clone(), item.name())).collect();
        let expected = [
            (0..1, None),
            (0..1, None),
            (1..3, Some("double")),
            (4..8, Some("picture")),
            (8..9, Some("LIMIT")),
            (9..10, None),
        ];
        assert_eq!(found, expected);
        assert!(items[2].text.starts_with("/// Twice") && items[2].tokens[0].text == "fn");
        assert!(items.iter().all(Item::begins_as_one));
    }

    #[test]
    fn a_plain_function_has_no_other_attribute_than_that_it_is_seldom_run_or_inlined() {
        let plain = |text| items(text)[0].plain_function();
        for text in ["fn f() {}", "#[cold] pub fn f() {}", "#[inline(never)]\nconst unsafe fn f() {}", "fn r#f() {}"] {
            assert_eq!(plain(text), Some("f"), "{text}");
        }
        for text in ["#[no_mangle] fn f() {}", "impl A { fn f() {} }", "type F = fn(f64);", "const A: u8 = 1;", "fn"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn types_and_constants_are_noticed_where_they_are_named_and_traits_and_imports_elsewhere_too() {
        let only_name = |text| items(text)[0].only_name();
        for text in [
            "fn A() {}",
            "const A: u8 = 1;",
            "#[derive(Clone)] pub struct A { f: fn() }",
            "type A = fn();",
            "enum r#A {}",
        ] {
            assert_eq!(only_name(text), Some("A"), "{text}");
        }
        for text in ["trait A {}", "impl A { const B: u8 = 1; }", "use A;", "mod A {}", "#[no_mangle] const fn A() {}"]
        {
            assert_eq!(only_name(text), None, "{text}");
        }
    }

    #[test]
    fn cold_is_what_says_so_before_its_name() {
        let is_cold: Vec<bool> = items(TEXT).iter().map(Item::is_cold).collect();
        assert_eq!(is_cold, [false, false, false, true, false, false]);
        assert!(!items("fn f() { #[cold] fn g() {} }")[0].is_cold());
    }

    #[test]
    fn a_brace_within_an_item_is_told_by_what_follows() {
        assert!(!items("fn odd() -> Sized<{ 1 }> { Sized }").iter().all(Item::begins_as_one));
    }
}
