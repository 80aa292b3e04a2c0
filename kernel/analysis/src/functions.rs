//! The functions of earlier cells that a cell does without.
//!
//! evcxr's text of a cell has every function of the notebook so far, and the compiler would check them all again. Those
//! that have been compiled as they stand, and that the cell does not reach, are left out. What a text reaches is told by
//! its words, in strings too, which is too much rather than too little.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::ops::Range;
use std::path::Path;

use crate::items::Item;

/// In a session's folder: what has been compiled, a line for each item.
const COMPILED: &str = ".neurobook-items";

/// The items that have been compiled, as they stand.
#[derive(Debug, Default)]
pub struct Compiled(HashSet<u64>);

impl Compiled {
    /// What the session's last cell was compiled with.
    pub fn read(session: &Path) -> Compiled {
        let noted = fs::read_to_string(session.join(COMPILED)).unwrap_or_default();
        Compiled(noted.lines().filter_map(|line| line.parse().ok()).collect())
    }

    /// Notes what a cell has been compiled with.
    pub fn write(session: &Path, items: &[Item]) -> io::Result<()> {
        let lines: String = items.iter().map(|item| format!("{}\n", hash(item))).collect();
        fs::write(session.join(COMPILED), lines)
    }
}

fn hash(item: &Item) -> u64 {
    let mut hasher = DefaultHasher::new();
    item.text.hash(&mut hasher);
    hasher.finish()
}

/// What is asked about an item.
struct Known<'a> {
    item: &'a Item<'a>,
    is_new: bool,
    words: OnceCell<HashSet<&'a str>>,
    /// The name of a function that can be left out.
    function: Option<&'a str>,
    /// What others that notice it name.
    only_name: Option<&'a str>,
}

impl<'a> Known<'a> {
    /// All in it that may be a name.
    fn words(&self) -> &HashSet<&'a str> {
        self.words.get_or_init(|| words(self.item.text).collect())
    }
}

/// The lines of the functions that a cell with such statements does without. A new item's error, and an error that it
/// makes elsewhere, must be seen in the cell that brings it: so what is new stays, and what reaches it. Where that cannot
/// be told by names, everything stays.
pub fn unneeded(items: &[Item], statements: &str, compiled: &Compiled) -> Vec<Range<usize>> {
    let known = |item| Known {
        is_new: !compiled.0.contains(&hash(item)),
        words: OnceCell::new(),
        function: item.plain_function(),
        only_name: item.only_name(),
        item,
    };
    let mut open: Vec<Known> = items.iter().map(known).collect();
    let is_understood = items.iter().all(Item::begins_as_one);
    if !is_understood {
        return Vec::new();
    }
    let Some(changed) = changed(&open) else { return Vec::new() };
    let mut needed: HashSet<&str> = words(statements).collect();
    loop {
        let (kept, rest): (Vec<Known>, Vec<Known>) = open
            .into_iter()
            .partition(|known| known.function.is_none_or(|name| needed.contains(name) || changed.contains(name)));
        open = rest;
        if kept.is_empty() {
            break;
        }
        needed.extend(kept.iter().flat_map(Known::words));
    }
    let is_alone = |item: &Item| items.iter().filter(|other| share_a_line(item, other)).count() == 1;
    open.into_iter().map(|known| known.item).filter(|item| is_alone(item)).map(|item| item.lines.clone()).collect()
}

/// The names of what is new and of all that reaches it; none where names do not tell.
fn changed<'a>(items: &[Known<'a>]) -> Option<HashSet<&'a str>> {
    let mut changed = HashSet::new();
    for item in items.iter().filter(|item| item.is_new) {
        changed.insert(item.only_name?);
    }
    let mut count = 0;
    while count < changed.len() {
        count = changed.len();
        for item in items {
            if !changed.is_disjoint(item.words()) {
                // What an implementation says about its type reaches further than names tell.
                changed.insert(item.only_name?);
            }
        }
    }
    Some(changed)
}

/// A text without some of its lines, in which every place is where it was.
pub fn blanked(text: &str, lines: &[Range<usize>]) -> String {
    let is_left_out = |at: usize| lines.iter().any(|range| range.contains(&at));
    let line = |(at, line): (usize, &str)| if is_left_out(at) { " ".repeat(line.len()) } else { line.to_owned() };
    text.split('\n').enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn share_a_line(one: &Item, other: &Item) -> bool {
    one.lines.start < other.lines.end && other.lines.start < one.lines.end
}

/// All that may be a name.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !(sign.is_alphanumeric() || sign == '_')).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::items::items;

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
        Compiled(items(text).iter().map(hash).collect())
    }

    /// What is left of the text.
    fn left(text: &str, statements: &str, compiled: &Compiled) -> String {
        let without = unneeded(&items(text), statements, compiled);
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
    fn a_new_type_or_constant_stays_with_what_names_it() {
        let text = TEXT.replace("double(double(x))", "LIMIT.a * double(x)");
        let of_constant = left(&text.replace("a: 1", "a: 2"), "", &compiled(&text));
        assert!(of_constant.contains("fn quadruple") && of_constant.contains("fn double"), "{of_constant}");
        assert!(!of_constant.contains("picture"), "{of_constant}");
        let of_type = left(&format!("struct Figure {{ x: f64 }}\n{TEXT}"), "", &compiled(TEXT));
        assert!(of_type.contains("fn picture") && !of_type.contains("fn double"), "{of_type}");
    }

    #[test]
    fn where_an_import_or_an_implementation_or_its_type_is_new_nothing_is_left_out() {
        let of_type = ("struct Point { x: f64 }", "struct Point { x: f64, y: f64 }");
        for (old, new) in [of_type, ("fn new(x", "fn other(x"), ("use neurobook", "use std::fmt;\nuse neurobook")] {
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
    fn every_place_stays_where_it_was() {
        let text = "fn a() {}\n// µ\nfn b() {\n}\nfn c() {}\n";
        let blanked = blanked(text, &[1..2, 2..4]);
        assert_eq!(blanked.find("fn c"), text.find("fn c"));
        assert_eq!(blanked.split_whitespace().collect::<Vec<_>>(), ["fn", "a()", "{}", "fn", "c()", "{}"]);
    }

    #[test]
    fn what_is_compiled_is_read_as_it_was_noted() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(left(TEXT, "", &Compiled::read(folder.path())), TEXT);
        Compiled::write(folder.path(), &items(TEXT)).unwrap();
        assert!(!left(TEXT, "", &Compiled::read(folder.path())).contains("picture"));
    }
}
