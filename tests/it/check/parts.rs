//! What is compared of an answer: the words of a part, and what they let pass.

use neurobook::check::{Part, Value, Values, first_difference};
use neurobook::prelude::Complex64;

/// Whether `got` is as good as `expected` in this part of the result `v`.
fn same(part: &str, expected: impl Into<Complex64>, got: impl Into<Complex64>) -> bool {
    differ(part, Value::Number(expected.into()), Value::Number(got.into())).is_none()
}

fn same_words(part: &str, expected: &str, got: &str) -> bool {
    differ(part, Value::Text(expected.into()), Value::Text(got.into())).is_none()
}

fn differ(part: &str, expected: Value, got: Value) -> Option<Option<usize>> {
    let values = |value| {
        let mut values = Values::new();
        values.insert("v", value);
        values
    };
    let part = Part::parse(part).unwrap();
    first_difference(&[part], &values(expected), &values(got)).map(|difference| difference.index)
}

#[test]
fn a_tolerance_is_relative_or_in_the_results_own_unit() {
    assert!(same("v", 100.0, 100.0 + 1e-8) && !same("v", 100.0, 100.0 + 1e-6));
    assert!(same("v, within 1 %", 100.0, 100.9) && !same("v, within 1 %", 100.0, 101.1));
    assert!(same("v, within 0.5", 0.0, 0.4) && !same("v, within 0.5", 0.0, 0.6));
    assert!(same("v, within 1%, within 0.5", 1.0, 1.4) && same("v, within 0.5, within 1 %", 100.0, 100.9));
}

#[test]
fn a_part_looks_at_one_side_of_a_number() {
    let z = Complex64::new;
    assert!(same("sign of v", 3.0, 0.1) && !same("sign of v", 3.0, -3.0) && !same("sign of v", 3.0, 0.0));
    assert!(same("growth: sign of re v", z(1.0, 2.0), z(3.0, -4.0)));
    assert!(!same("sign of im v", z(1.0, 2.0), z(3.0, -4.0)));
    assert!(same("size of v", z(3.0, 4.0), 5.0) && same("size of im v", z(0.0, 2.0), z(1.0, -2.0)));
    assert!(same("im v is not 0", z(0.0, 2.0), z(0.0, -7.0)) && !same("im v is not 0", z(0.0, 2.0), 1.0));
    assert!(same("re v is not 0", 1.0, f64::INFINITY));
    let turned = Complex64::from_polar(3.0, -std::f64::consts::FRAC_PI_2);
    assert!(turned.re != 0.0 && same("sign of re v", z(0.0, 3.0), turned), "rounding has no sign");
    assert!(!same("sign of re v", z(0.0, 3.0), z(1e-9, 3.0)) && !same("im v is not 0", z(3.0, 0.0), z(3.0, 1e-9)));
}

#[test]
fn words_are_compared_without_capitals_hyphens_and_doubled_blanks() {
    let part = "words of v, center = centre, Node-Point = sink";
    assert!(same_words(part, "centre", " Center ") && same_words(part, "sink", "node  point"));
    assert!(!same_words(part, "centre", "sink") && !same_words("v", "centre", "Centre"));
    let words = |words: [&str; 3]| Value::Texts(words.map(str::to_owned).to_vec());
    assert_eq!(differ("words of v", words(["a", "b", "c"]), words(["A", "b", "d"])), Some(Some(2)));
}

#[test]
fn a_result_of_another_kind_or_shape_is_a_difference() {
    let number = || Value::Number(1.0.into());
    let list = |values: &[f64]| Value::Numbers {
        shape: vec![values.len()],
        values: values.iter().map(|value| Complex64::from(*value)).collect(),
    };
    assert_eq!(differ("v", number(), list(&[1.0])), Some(None));
    assert_eq!(differ("v", list(&[1.0, 2.0]), list(&[1.0])), Some(None));
    assert_eq!(differ("v", list(&[1.0, 2.0]), list(&[3.0])), Some(Some(0)));
    assert_eq!(differ("v", number(), Value::Text("1".into())), Some(None));
    assert_eq!(differ("words of v", number(), number()), None, "the expected value has no such part");
    assert_eq!(differ("sign of v", number(), Value::Text("+".into())), Some(None));
}

#[test]
fn what_is_not_finite_is_like_itself_alone() {
    assert!(same("v", f64::NAN, f64::NAN) && !same("v", f64::NAN, 1.0) && !same("v", 1.0, f64::NAN));
    assert!(same("v", f64::INFINITY, f64::INFINITY) && !same("v", f64::INFINITY, f64::NEG_INFINITY));
    assert!(!same("v", f64::INFINITY, 1.0) && !same("v, within 1 %", 1.0, f64::INFINITY));
}

#[test]
fn a_part_keeps_its_name_and_its_text() {
    let part = Part::parse("growth: sign of re a, within 2 %").unwrap();
    assert_eq!((part.name.as_str(), part.of.as_str(), part.relative), ("growth", "a", 0.02));
    assert_eq!(part.written, "growth: sign of re a, within 2 %");
    assert!(!part.is_whole() && Part::whole("x").is_whole());
    assert_eq!(Part::parse("x").unwrap(), Part::whole("x"));
}

#[test]
fn a_part_that_cannot_be_read_says_which_word() {
    for (text, message) in [
        ("", "`` names no result"),
        ("sign", "`sign` names no result"),
        ("x y", "`y` after `x`: a part looks at one result"),
        ("sing of x", "`x` after `sing`: a part looks at one result"),
        ("x, 1 %", "`1 %`: write `within 1 %`, `within 0.01` or `word = word`"),
        ("x, within a mile", "`a mile` is not a distance"),
        ("x, within -1 %", "`-1 ` is not a distance"),
        ("x, within 0", "`0` is not a distance"),
        ("x, within inf", "`inf` is not a distance"),
    ] {
        assert_eq!(Part::parse(text).unwrap_err(), message, "{text}");
    }
}
