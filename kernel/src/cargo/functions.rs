//! The functions of earlier cells that a cell does without.
//!
//! evcxr's text of a cell has every function of the notebook so far, and the compiler would check them all again. Those
//! that have been compiled as they stand, and that the cell does not reach, are left out. What a text reaches is told by
//! its words, in strings too, which is too much rather than too little.

use std::collections::HashSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::ops::Range;
use std::path::Path;

use rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

/// In a session's folder: what has been compiled, a line for each item.
const COMPILED: &str = ".neurobook-items";
/// What may stand before a function's `fn`, in a function that can be left out.
const BEFORE: [&str; 8] =
    ["pub", "const", "async", "unsafe", "#[cold]", "#[inline]", "#[inline(always)]", "#[inline(never)]"];
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

/// The items of a text.
pub struct Items<'a>(Vec<Item<'a>>);

struct Item<'a> {
    text: &'a str,
    hash: u64,
    /// All that may be a name.
    words: HashSet<&'a str>,
    /// The lines that it begins and ends on.
    lines: Range<usize>,
    /// The name of a function that can be left out.
    function: Option<&'a str>,
}

/// The items that have been compiled, as they stand.
pub struct Compiled(HashSet<u64>);

impl Compiled {
    /// What the session's last cell was compiled with.
    pub fn read(session: &Path) -> Compiled {
        let noted = fs::read_to_string(session.join(COMPILED)).unwrap_or_default();
        Compiled(noted.lines().filter_map(|line| line.parse().ok()).collect())
    }

    /// Notes what a cell has been compiled with.
    pub fn write(session: &Path, items: &Items) -> io::Result<()> {
        let lines: String = items.0.iter().map(|item| format!("{}\n", item.hash)).collect();
        fs::write(session.join(COMPILED), lines)
    }
}

impl<'a> Items<'a> {
    /// Takes a text apart. Each item ends at a semicolon or a brace that is in no other bracket.
    pub fn of(text: &'a str) -> Items<'a> {
        let (mut items, mut depth, mut begin, mut end) = (Vec::new(), 0_usize, 0, 0);
        let (mut first, mut last) = (0, 0);
        for token in tokenize(text, FrontmatterAllowed::No) {
            let start = end;
            end += token.len as usize;
            last += text.as_bytes()[start..end].iter().filter(|byte| **byte == b'\n').count();
            match token.kind {
                TokenKind::Whitespace if begin == start => (begin, first) = (end, last),
                TokenKind::OpenBrace | TokenKind::OpenParen | TokenKind::OpenBracket => depth += 1,
                TokenKind::CloseBrace | TokenKind::CloseParen | TokenKind::CloseBracket => {
                    depth = depth.saturating_sub(1)
                }
                _ => {}
            }
            let is_whole = match token.kind {
                TokenKind::CloseBrace | TokenKind::Semi => true,
                // An attribute of the whole text.
                TokenKind::CloseBracket => text[begin..].starts_with("#!"),
                _ => false,
            };
            if depth == 0 && is_whole {
                items.push(Item::of(&text[begin..end], first..last + 1));
                (begin, first) = (end, last);
            }
        }
        if begin < end {
            items.push(Item::of(&text[begin..end], first..last + 1));
        }
        Items(items)
    }

    /// The lines of the functions that a cell with such statements does without. A new item's error, and an error that it
    /// makes elsewhere, must be seen in the cell that brings it: so what is new stays, and what reaches it.
    pub fn unneeded(&self, statements: &str, compiled: &Compiled) -> Vec<Range<usize>> {
        let is_new = |item: &Item| !compiled.0.contains(&item.hash);
        let is_understood = self.0.iter().all(Item::begins_as_one);
        if !is_understood || self.0.iter().any(|item| item.function.is_none() && is_new(item)) {
            return Vec::new();
        }
        let mut needed: HashSet<&str> = words(statements).collect();
        let mut changed: HashSet<&str> =
            self.0.iter().filter(|item| is_new(item)).filter_map(|item| item.function).collect();
        let mut open: Vec<&Item> = self.0.iter().collect();
        loop {
            let (kept, rest): (Vec<&Item>, Vec<&Item>) = open.into_iter().partition(|item| {
                let reaches_a_change = || !changed.is_disjoint(&item.words);
                item.function.is_none_or(|name| needed.contains(name) || reaches_a_change())
            });
            open = rest;
            if kept.is_empty() {
                break;
            }
            for item in kept {
                if !changed.is_disjoint(&item.words) {
                    changed.extend(item.function);
                }
                needed.extend(&item.words);
            }
        }
        let is_alone = |item: &Item| self.0.iter().filter(|other| other.shares_a_line_with(item)).count() == 1;
        open.into_iter().filter(|item| is_alone(item)).map(|item| item.lines.clone()).collect()
    }
}

impl<'a> Item<'a> {
    fn of(text: &'a str, lines: Range<usize>) -> Item<'a> {
        let function = code(text).and_then(|(before, name)| {
            let mut before = before.as_str();
            while let Some(rest) = BEFORE.iter().find_map(|word| before.strip_prefix(word)) {
                before = rest;
            }
            before.is_empty().then_some(name)
        });
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        Item { text, hash: hasher.finish(), words: words(text).collect(), lines, function }
    }

    /// Whether it begins with what an item begins with. Else the text was taken apart at a brace within an item.
    fn begins_as_one(&self) -> bool {
        read(self.text).next().is_none_or(|first| BEGINNINGS.contains(&first))
    }

    fn shares_a_line_with(&self, other: &Item) -> bool {
        self.lines.start < other.lines.end && other.lines.start < self.lines.end
    }
}

/// What stands before the first `fn` of a text, without blanks and comments, and the name behind it.
fn code(text: &str) -> Option<(String, &str)> {
    let mut words = read(text);
    let before = words.by_ref().take_while(|word| *word != "fn").collect();
    words.next().map(|name| (before, name.strip_prefix("r#").unwrap_or(name)))
}

/// The tokens of a text that are no blanks and no comments.
fn read(text: &str) -> impl Iterator<Item = &str> {
    let mut end = 0;
    tokenize(text, FrontmatterAllowed::No).filter_map(move |token| {
        let start = end;
        end += token.len as usize;
        let is_read = !matches!(
            token.kind,
            TokenKind::Whitespace | TokenKind::LineComment { .. } | TokenKind::BlockComment { .. }
        );
        is_read.then(|| &text[start..end])
    })
}

/// All that may be a name.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !(sign.is_alphanumeric() || sign == '_')).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "#![allow(unused_imports)]
/// Twice `x`.
fn double(x: f64) -> f64 { 2.0 * x }
fn quadruple(x: f64) -> f64 {
    double(double(x))
}
#[cold]
fn picture() -> Figure { Figure::new() }
struct Point { x: f64 }
impl Point { fn new(x: f64) -> Point { Point { x: half(x) } } }
fn half(x: f64) -> f64 { 0.5 * x }
const LIMIT: Pair = Pair { a: 1 };
use neurobook::prelude::*;";

    fn compiled(text: &str) -> Compiled {
        Compiled(Items::of(text).0.iter().map(|item| item.hash).collect())
    }

    /// What is left of the text.
    fn left(text: &str, statements: &str, compiled: &Compiled) -> String {
        let without = Items::of(text).unneeded(statements, compiled);
        let lines = text.lines().enumerate().filter(|(at, _)| !without.iter().any(|range| range.contains(at)));
        lines.map(|(_, line)| line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn functions_that_a_cell_does_not_reach_are_left_out_with_their_comments() {
        let left = left(TEXT, "println!(\"{}\", 1.0);", &compiled(TEXT));
        assert!(!left.contains("Twice") && !left.contains("quadruple") && !left.contains("picture"), "{left}");
        // Also the implementation of a type may be used, and what it calls.
        assert!(left.contains("struct Point") && left.contains("fn new") && left.contains("fn half"), "{left}");
        assert!(left.contains("#![allow") && left.contains("const LIMIT") && left.contains("use neurobook"), "{left}");
    }

    #[test]
    fn what_a_cell_names_stays_with_all_that_it_calls() {
        let left = left(TEXT, "let y = quadruple(1.0);", &compiled(TEXT));
        assert!(left.contains("Twice") && left.contains("fn quadruple") && !left.contains("picture"), "{left}");
    }

    #[test]
    fn a_new_function_stays_with_what_it_calls_and_what_calls_it() {
        let new = TEXT.replace("2.0 * x", "x + x");
        let of_new = left(&new, "", &compiled(TEXT));
        assert!(of_new.contains("x + x") && of_new.contains("fn quadruple") && !of_new.contains("picture"), "{of_new}");
        let more = format!("fn twice_of_picture() {{ picture(); }}\n{TEXT}");
        let of_more = left(&more, "", &compiled(TEXT));
        assert!(of_more.contains("fn picture") && !of_more.contains("fn double"), "{of_more}");
    }

    #[test]
    fn where_a_type_or_an_import_is_new_nothing_is_left_out() {
        for (old, new) in [("x: f64 }\nimpl", "y: f64 }\nimpl"), ("use neurobook", "use std::fmt;\nuse neurobook")] {
            let text = TEXT.replace(old, new);
            assert_ne!(text, TEXT);
            assert_eq!(left(&text, "", &compiled(TEXT)), text);
        }
    }

    #[test]
    fn a_text_that_is_not_understood_and_functions_with_other_attributes_are_left_alone() {
        for item in [
            "fn odd() -> Sized<{ 1 }> { Sized }",
            "#[unsafe(no_mangle)]\nfn called() {}",
            "type Rule = fn(f64) -> f64;",
            "macro_rules! twice { () => { fn made() {} } }",
        ] {
            assert_eq!(left(item, "", &compiled(item)), item);
        }
        let one_line = "fn one() {} fn two() {}";
        assert_eq!(left(one_line, "two();", &compiled(one_line)), one_line);
    }

    #[test]
    fn what_is_compiled_is_read_as_it_was_noted() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(left(TEXT, "", &Compiled::read(folder.path())), TEXT);
        Compiled::write(folder.path(), &Items::of(TEXT)).unwrap();
        assert!(!left(TEXT, "", &Compiled::read(folder.path())).contains("picture"));
    }
}
