//! Whether a cell runs so long that optimizing it pays.
//!
//! Optimizing is a third of what the compiler does for a short cell. What may repeat something is worth it: a loop, a
//! closure, a function that is handed on or calls itself, a method of a type of the learner's own. All else is done once
//! or once for each element of an array, and what it calls in the crates is optimized already. The closure that draws a
//! slider's figure runs once for each position, and a function that says `#[cold]`, as those do that draw one long picture,
//! once: neither is worth it. Results are the same at every level: Rust
//! neither reorders floating-point operations nor combines them.

use std::collections::{HashMap, HashSet};

use neurobook_analysis::items::{Item, Token, names, tokens};
use rustc_lexer::TokenKind;

/// What the crates compile in the cell, and run for long.
const LONG: [&str; 2] = ["EulerMaruyama", "dot"];
const LOOPS: [&str; 3] = ["for", "while", "loop"];

/// Whether statements, or the items that they use, may repeat something.
pub fn may_run_long(items: &[Item], statements: &str) -> bool {
    let statements = tokens(statements);
    let mut implementations = Vec::new();
    let mut named: HashMap<&str, Vec<&Item>> = HashMap::new();
    for item in items.iter().filter(|item| !item.is_cold()) {
        match item.name() {
            Some(name) => named.entry(name).or_default().push(item),
            None => implementations.push(item),
        }
    }
    let mut used: Vec<&[Token]> = vec![statements.as_slice()];
    let mut seen = HashSet::new();
    let mut at = 0;
    while let Some(part) = used.get(at).copied() {
        at += 1;
        for word in names(part).filter(|word| seen.insert(*word)) {
            used.extend(named.get(word).into_iter().flatten().map(|item| item.tokens.as_slice()));
        }
    }
    let functions: HashSet<&str> = seen
        .iter()
        .copied()
        .filter(|word| named.get(word).is_some_and(|items| items.iter().any(|item| item.is_function())))
        .collect();
    let is_used = |implementation: &&Item| {
        implementation.tokens.iter().any(|token| token.text == "impl")
            && names(&implementation.tokens).any(|word| seen.contains(word) && named.contains_key(word))
    };
    implementations.iter().any(is_used)
        || used.iter().any(|part| repeats(part, &functions))
        || functions.iter().any(|function| calls_itself(function, &named))
}

fn repeats(part: &[Token], functions: &HashSet<&str>) -> bool {
    let drawing = drawing_closures(part);
    part.iter().enumerate().any(|(at, token)| match token.kind {
        // A closure; what else it may be is seldom.
        TokenKind::Or => !drawing.contains(&at),
        TokenKind::Ident if LOOPS.contains(&token.text) || LONG.contains(&token.text) => true,
        // A function that is not called here is handed on, but where it is defined or named in an attribute.
        TokenKind::Ident if functions.contains(token.text) => {
            let is_called =
                part.get(at + 1).is_some_and(|next| matches!(next.kind, TokenKind::OpenParen | TokenKind::Lt));
            !is_called
        }
        _ => false,
    })
}

/// The two `|` of each closure that draws the figure of sliders, `interact([...], |[a, b]| ...)`.
fn drawing_closures(part: &[Token]) -> HashSet<usize> {
    let mut found = HashSet::new();
    for (call, _) in part.iter().enumerate().filter(|(_, token)| token.text == "interact") {
        let mut depth = 0_usize;
        let mut bars = 0;
        for (at, token) in part.iter().enumerate().skip(call + 1) {
            match token.kind {
                TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::OpenBrace => depth += 1,
                TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace => {
                    depth = depth.saturating_sub(1)
                }
                TokenKind::Or if depth == 1 => {
                    bars += 1;
                    found.insert(at);
                }
                _ => {}
            }
            if depth == 0 || bars == 2 {
                break;
            }
        }
    }
    found
}

/// Whether a function calls itself, perhaps by way of others.
fn calls_itself(function: &str, named: &HashMap<&str, Vec<&Item>>) -> bool {
    let called = |name: &str| {
        let items = named.get(name).into_iter().flatten();
        items.flat_map(|item| names(&item.tokens).skip_while(|word| *word != "fn").skip(2)).collect::<Vec<_>>()
    };
    let mut seen = HashSet::new();
    let mut open = called(function);
    while let Some(word) = open.pop() {
        if word == function {
            return true;
        }
        if seen.insert(word) {
            open.extend(called(word));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use neurobook_analysis::items::items;

    use super::*;

    const ITEMS: &str = "\
#![allow(unused_imports, unused_mut, dead_code)]
use neurobook::prelude::*;
const A: [f64; 2] = [1.0, 2.0];
/// Nothing is looped over `for` the while |x| here.
fn plain(x: f64) -> f64 { 2.0 * x }
fn by_way(x: f64) -> f64 { plain(x) }
fn looped(n: usize) -> f64 { let mut sum = 0.0; for k in 0..n { sum += k as f64; } sum }
fn by_way_of_looped() -> f64 { looped(3) }
fn factorial(n: u64) -> u64 { if n == 0 { 1 } else { n * factorial(n - 1) } }
fn ping(n: u64) -> u64 { if n == 0 { 0 } else { pong(n - 1) } }
fn pong(n: u64) -> u64 { ping(n) }
fn closed(x: f64) -> f64 { let twice = |x: f64| 2.0 * x; twice(x) }
/// Draws a picture.
#[cold]
fn cold(n: usize) { for k in 0..n { cold(k); } }
struct Own { mu: f64 }
impl Model for Own { type Rate = f64; fn rate(&self, _t: f64, x: &[f64]) -> f64 { self.mu * x[0] } }
struct Plain { a: f64 }
";

    #[track_caller]
    fn assert_long(statements: &str, is_long: bool) {
        assert_eq!(may_run_long(&items(ITEMS), statements), is_long, "{statements}");
    }

    #[test]
    fn what_is_done_once_is_not_optimized() {
        for statements in [
            "",
            "let step = 0.5; println!(\"for {step} | while\"); // loop |x|",
            "let y = plain(A[0]);",
            "check!(by_way(x) -> y);",
            "let p = Plain { a: 1.0 };",
            "cold(3);",
            "interact([Slider::new(\"a\", 0.0, 4.0).step(0.1)], |[a]| by_way(a))",
            "interact(\n[Slider::new(\"a\", 0.0, (4.0))], move |[a]| { plain(a) },\n).show()",
            "let run = Kuramoto { omega: array![0.5], ..Kuramoto::default() }.simulate(100.0)?;",
        ] {
            assert_long(statements, false);
        }
    }

    #[test]
    fn loops_and_closures_are_optimized_wherever_they_are() {
        for statements in [
            "for k in 0..4 { f(k); }",
            "while a { }",
            "loop { break; }",
            "x.iter().map(|x| x.re)",
            "looped(3);",
            "check!(by_way_of_looped() -> y);",
            "closed(1.0);",
            "interact([Slider::new(\"a\", 0.0, 4.0)], |[a]| closed(a))",
            "interact([Slider::new(\"a\", 0.0, 4.0)], |[a]| by_way_of_looped())",
            "interact([Slider::new(\"a\", 0.0, 4.0)], |[a]| xs.iter().map(|x| a * x).sum())",
            "let interact = (1, |x| x);",
        ] {
            assert_long(statements, true);
        }
    }

    #[test]
    fn a_function_that_others_call_is_optimized() {
        assert_long("simulate(plain, [1.0], Rk4::new(0.01), 6.0)", true);
        assert_long("Own { mu: 1.0 }.simulate([2.0, 0.0], Rk4::new(0.01), 20.0)", true);
        assert_long("EulerMaruyama::new(0.1, 0.2, rng)", true);
    }

    #[test]
    fn a_function_that_calls_itself_is_optimized() {
        for (statements, is_long) in [("factorial(20);", true), ("ping(20);", true), ("plain(1.0);", false)] {
            assert_long(statements, is_long);
        }
    }
}
