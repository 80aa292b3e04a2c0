//! Texts that are no Rust: signs that are missing or are another language's.

use super::Fault;
use super::elsewhere;

/// A sentence about an error that has no code.
pub(super) fn words(fault: &Fault) -> Option<&'static str> {
    let says = |words: &str| fault.says(words);
    let expected = says("expected ");
    if let Some(words) = elsewhere::words(fault) {
        return Some(words);
    }
    Some(if says("unknown start of token") {
        unknown_sign(fault)
    } else if fault.marked().starts_with(":=") || fault.before().ends_with(':') && fault.marked().starts_with('=') {
        "A variable is made by `let x = 1.0;`, and `:=` is not Rust."
    } else if says("invalid variable declaration") {
        "A variable is made by `let x = 1.0;`."
    } else if says("missing type for `const`") {
        "A constant names its type: `const DT: f64 = 0.1;`. A variable is made by `let`."
    } else if says("invalid suffix `i`") || says("invalid suffix `j`") {
        "A complex number is made by `Complex64::new(re, im)`, and the imaginary unit is `Complex64::I`."
    } else if says("invalid suffix") {
        "Rust wants every multiplication sign: `2.0 * x`."
    } else if says("no postfix increment") || says("no prefix increment") {
        "`k += 1` counts up; k is declared with `let mut`."
    } else if says("missing `in` in `for` loop") || fault.line_begins("for (") {
        "A loop is written `for k in 0..n { … }`."
    } else if says("expected `{`, found `:`") {
        "What belongs to it stands between braces, `{ … }`; Rust has no colon here."
    } else if says("character literal") {
        "A text stands between double quotes: \"text\"."
    } else if says("must have an integer part") {
        "A number begins with a digit: 0.5, not .5."
    } else if expected && (says("found `#`") || fault.line_begins("# ")) {
        "A remark begins with `//`."
    } else if says("found struct") || says("replace equals symbol") || says("expected `:`, found `=`") {
        "The fields of a struct are written with a colon: `Name { field: value }`."
    } else if says("expected one of `->`") {
        "What a function gives stands behind an arrow: `fn f(x: f64) -> f64 { … }`."
    } else if says("expected one of `:`, `@`, or `|`") {
        "Each argument of a function has a type: `fn f(x: f64) -> f64 { … }`."
    } else if says("`]`, or an operator, found `:`") {
        "A part of an array is `x.slice(s![1..3])`, and of a list `&x[1..3]`."
    } else if says("format argument must be a string literal") {
        "What is printed stands between quotes, and the values in braces: `println!(\"{x}\");`."
    } else if says("in format string, but") || says("argument never used") {
        "There is one `{}` for each value that is printed."
    } else if says("negative integers cannot be used to index") {
        "An index counts from 0 and has no sign; the last element is `x[x.len() - 1]`."
    } else if says("unclosed delimiter") || says("mismatched closing delimiter") || says("unexpected closing delimiter")
    {
        "Each bracket needs its other half; count them from the inside out."
    } else if says("expected `;`") && !fault.marked().trim().is_empty() && !says("found keyword `fn`") {
        return Some(between(fault));
    } else if says("expected `;`") || says("statements are terminated with a semicolon") {
        "A statement ends in a semicolon: `let x = 1.0;`."
    } else if expected && says("`;`") {
        return Some(between(fault));
    } else {
        return None;
    })
}

/// What a sign that Rust does not know stands for.
fn unknown_sign(fault: &Fault) -> &'static str {
    match fault.marked().chars().next() {
        Some('×' | '·' | '⋅' | '∗' | '•') => {
            "This sign is not on the keyboard: a product is written `2.0 * x`, with a star."
        }
        Some('−' | '–' | '—' | '‐' | '‑') => {
            "This sign is not on the keyboard: it looks like a minus, and was perhaps pasted. Type it again: `x - 1.0`."
        }
        Some('÷' | '∕' | '⁄') => "This sign is not on the keyboard: a quotient is written `x / 2.0`.",
        Some('≤' | '≥' | '≠') => {
            "This sign is not on the keyboard: write `<=` for ≤, `>=` for ≥, and `!=` for ≠."
        }
        Some('²' | '³' | '⁴' | '√' | '⁻' | '¹') => {
            "This sign is not on the keyboard: a power is `x.powi(2)`, and a root `x.sqrt()`."
        }
        Some('“' | '”' | '„' | '«' | '»' | '‘' | '’' | '‚') => {
            "This sign is not on the keyboard: a text stands between straight double quotes, \"text\"."
        }
        Some('`') => "Lines with three backticks mark code in a text: take them out, they are no part of the code.",
        _ => "This sign is not on the keyboard: was it pasted? Type it again, such as - for −, * for ×, and \" for “.",
    }
}

/// Something is where the statement might also end.
fn between(fault: &Fault) -> &'static str {
    if fault.before().trim().is_empty() {
        "A statement ends in a semicolon: is one missing on the line before?"
    } else {
        "Something is missing between these two: a sign such as `*`, a comma, or a semicolon?"
    }
}
