//! What other languages write in one line, and Rust otherwise: found by the line, since the compiler stumbles over it anywhere.

use super::Fault;

/// What stands behind numbers on paper.
const UNITS: [&str; 16] =
    ["ms", "s", "sec", "min", "us", "µs", "Hz", "kHz", "MHz", "mV", "V", "nA", "pA", "mm", "cm", "uV"];

/// A sentence about a line that is another language's.
pub(super) fn words(fault: &Fault) -> Option<&'static str> {
    let found = |word: &str| fault.says(&format!("found keyword `{word}`")) || fault.says(&format!("found `{word}`"));
    let (before, marked) = (fault.before(), fault.marked());
    Some(if fault.line_begins("elif ") || fault.line_contains("} elif ") {
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
    } else if fault.line_begins("% ") || fault.line_begins("\"\"\"") || before.ends_with("\"\"") {
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
    } else if before.trim_start().starts_with("let ") && !before.contains('=') && marked.starts_with('-') {
        "A name holds letters, digits and `_`, and no minus: `firing_rate`."
    } else if found(":") && before.contains('{') && before.contains('"') {
        "A table of names and values is `std::collections::HashMap::from([(\"a\", 1.0), (\"b\", 2.0)])`."
    } else if has_unit(fault) {
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

/// `0.1 ms` or `0.1ms`.
fn has_unit(fault: &Fault) -> bool {
    let word: String = fault.marked().chars().take_while(|letter| letter.is_alphabetic()).collect();
    let is_number = |text: &str| text.trim_end().ends_with(|letter: char| letter.is_ascii_digit() || letter == '.');
    let suffix = fault.message.strip_prefix("invalid suffix `").and_then(|rest| rest.split('`').next());
    is_number(fault.before()) && UNITS.contains(&word.as_str()) || suffix.is_some_and(|suffix| UNITS.contains(&suffix))
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
