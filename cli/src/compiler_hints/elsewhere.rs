//! What other languages write in one line, and Rust otherwise: found by the line, since the compiler stumbles over it anywhere.

use super::Fault;

/// What is behind numbers on paper.
const UNITS: [&str; 16] =
    ["ms", "s", "sec", "min", "us", "µs", "Hz", "kHz", "MHz", "mV", "V", "nA", "pA", "mm", "cm", "uV"];

/// A sentence about a line that is another language's.
pub(super) fn words(fault: &Fault) -> Option<&'static str> {
    let found = |word: &str| fault.says(&format!("found keyword `{word}`")) || fault.says(&format!("found `{word}`"));
    // The place may be the end of what is before.
    let (before, marked) = (fault.before().trim_end(), fault.marked().trim_start());
    Some(if fault.says("code goes in place of the whole blank") {
        "Your code goes in place of the whole blank: leave out the word `blank!` and its brackets."
    } else if fault.line_begins("def ") {
        "A function is written `fn name(x: f64) -> f64 { … }`."
    } else if fault.line_begins("import ") || fault.line_begins("from ") {
        "`use neurobook::prelude::*;` loads what a notebook needs."
    } else if fault.says("prefix `f` is unknown") {
        "A text with values is `format!(\"{x}\")`, and it is printed by `println!(\"{x}\");`, without an f."
    } else if before.ends_with("lambda") {
        "Rust has no `lambda`. Write a function, `fn twice(x: f64) -> f64 { 2.0 * x }`; inside a call, `|x| 2.0 * x` will do."
    } else if fault.says("unknown format trait") {
        "Two digits behind the point are `{x:.2}`, without a letter behind them."
    } else if fault.says("and` is not a logical operator") || fault.says("or` is not a logical operator") {
        "“And” is written `&&`, “or” `||`, “not” `!`."
    } else if fault.help_says("logical negation") || before.ends_with(" not") && fault.says("after identifier") {
        "“Not” is written `!`, with the condition in brackets: `!(x > 0.0)`."
    } else if fault.line_begins("elif ") || fault.line_contains("} elif ") {
        "“Else if” is two words: `} else if x > 0.0 { … }`."
    } else if fault.line_begins("class ") {
        "A class is a `struct Name { field: f64 }`, and its functions stand in `impl Name { … }`."
    } else if fault.line_begins("try:") || fault.line_begins("except") {
        "Rust has no `try`. What may fail gives a `Result`: `match` looks into it, and `?` passes the error on."
    } else if fault.line_begins("with ") {
        "Rust needs no `with`: a file is closed by itself."
    } else if fault.line_begins("print ") {
        "A line is printed by `println!(\"{x}\");`."
    } else if fault.line_begins("function ") {
        "A function is written `fn name(x: f64) -> f64 { … }`."
    } else if before.ends_with('#') && fault.says("expected one of `!` or `[`")
        || fault.line_begins("% ")
        || fault.line_begins("\"\"\"")
        || before.ends_with("\"\"")
    {
        "A remark begins with `//`, and what says what a function is for with `///`."
    } else if found("for") && before.contains('[') {
        "A list is made of another one by `list.iter().map(|x| x * x).collect::<Vec<f64>>()`, an array by `x.mapv(|x| x * x)`."
    } else if found("if") && marked.contains(" else ") {
        "A choice between two values is `let y = if x > 0.0 { 1.0 } else { 2.0 };`."
    } else if found("in") || found("not") && marked.starts_with("not in ") {
        "Whether a list holds a value is asked by `list.contains(&x)`."
    } else if found("is") {
        "Two values are compared by `==` and `!=`. Whether a number is missing is asked by `x.is_nan()`."
    } else if fault.says("comparison operators cannot be chained") {
        "Two comparisons are joined by `&&`: `0.0 < x && x < 1.0`."
    } else if fault.says("in pattern") && marked.starts_with(',') || unpacks(before, marked) {
        "Several values at once stand in brackets: `let (a, b) = (1.0, 2.0);`."
    } else if has_minus_in_name(fault.line) && (fault.says("expected a pattern") || marked.starts_with('-')) {
        "A name holds letters, digits and `_`, and no minus: `firing_rate`."
    } else if found(":") && before.contains('{') && before.contains('"') {
        "A table of names and values is `std::collections::HashMap::from([(\"a\", 1.0), (\"b\", 2.0)])`."
    } else if fault.says("`]`, or an operator, found `,`") {
        "One element of a matrix is `a[[i, j]]`, with two pairs of brackets; a list begins with `vec![` or `array![`."
    } else if has_comma_in_number(before, marked) {
        "A number has a point and no comma: 1.5, not 1,5."
    } else if fault.says("expected `,`, found `+`") && fault.line_contains("print") {
        "What is printed stands between quotes, with the values in braces: `println!(\"rate: {x}\");`."
    } else if has_unit(fault, before, marked) {
        "A number has no unit in Rust. Write the unit behind it, as a remark: `let dt = 0.1; // ms`."
    } else if divides_with_two_strokes(fault.line) {
        "In Rust `//` begins a remark. Whole numbers are divided by `/`: `7 / 2` is 3."
    } else {
        return None;
    })
}

/// `a, b = b, a`.
fn unpacks(before: &str, marked: &str) -> bool {
    let is_name = |text: &str| !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    is_name(before.trim()) && marked.starts_with(',') && marked.contains(" = ")
}

/// `let firing-rate = 2.5;`
fn has_minus_in_name(line: &str) -> bool {
    let name = line.trim_start().strip_prefix("let ").and_then(|rest| rest.split(['=', ':']).next());
    name.is_some_and(|name| name.contains('-'))
}

/// `1,5`
fn has_comma_in_number(before: &str, marked: &str) -> bool {
    let is_digit = |letter: char| letter.is_ascii_digit();
    before.ends_with(is_digit)
        && !before.contains(['(', '['])
        && marked.strip_prefix(',').is_some_and(|rest| rest.starts_with(is_digit))
}

/// `0.1 ms` or `0.1ms`.
fn has_unit(fault: &Fault, before: &str, marked: &str) -> bool {
    let word: String = marked.chars().take_while(|letter| letter.is_alphabetic()).collect();
    let is_number = |text: &str| text.ends_with(|letter: char| letter.is_ascii_digit() || letter == '.');
    let suffix = fault.message.strip_prefix("invalid suffix `").and_then(|rest| rest.split('`').next());
    is_number(before) && UNITS.contains(&word.as_str()) || suffix.is_some_and(|suffix| UNITS.contains(&suffix))
}

/// `let n = 7 // 2;`: what would have ended the line is a part of the remark.
fn divides_with_two_strokes(line: &str) -> bool {
    line.split_once("//").is_some_and(|(code, remark)| {
        let operand = code.trim_end();
        operand.ends_with(|letter: char| letter.is_alphanumeric() || letter == ')')
            && remark.trim_end().ends_with(';')
            && !remark.trim_start().contains(' ')
    })
}
