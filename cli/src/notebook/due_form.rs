//! What programs write into notebooks and JSON has not: Python's `NaN`, `Infinity` and `-Infinity`, in metadata and outputs, and
//! JavaScript's halves of a character, `\ud83d` without the other one, in texts.

const NUMBERS: [&[u8]; 3] = [b"NaN", b"-Infinity", b"Infinity"];

/// The same JSON with `null` in the place of each number, as JavaScript writes them, and U+FFFD in the place of each half;
/// `None` where there is none.
pub fn in_due_form(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut mended = Vec::new();
    let (mut done, mut at, mut in_text) = (0, 0, false);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if in_text => match (half(bytes, at), half(bytes, at + 6)) {
                (Some(Half::First), Some(Half::Second)) => at += 11,
                (Some(_), _) => {
                    mended.extend_from_slice(&bytes[done..at]);
                    mended.extend_from_slice(b"\\ufffd");
                    done = at + 6;
                    at = done;
                    continue;
                }
                (None, _) => at += 1,
            },
            b'"' => in_text = !in_text,
            b'N' | b'-' | b'I' if !in_text => {
                if let Some(number) = NUMBERS.into_iter().find(|number| bytes[at..].starts_with(number)) {
                    mended.extend_from_slice(&bytes[done..at]);
                    mended.extend_from_slice(b"null");
                    done = at + number.len();
                    at = done;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    if done == 0 {
        return None;
    }
    mended.extend_from_slice(&bytes[done..]);
    Some(mended)
}

enum Half {
    First,
    Second,
}

/// The half of a character that is written at this place.
fn half(bytes: &[u8], at: usize) -> Option<Half> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    match u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()? {
        0xd800..=0xdbff => Some(Half::First),
        0xdc00..=0xdfff => Some(Half::Second),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::{Notebook, Outputs};

    #[test]
    fn numbers_become_null_and_words_in_texts_stay() {
        let mended = |text: &str| in_due_form(text.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(
            mended(r#"{"a": NaN, "b": [-Infinity, Infinity, -1]}"#).unwrap(),
            r#"{"a": null, "b": [null, null, -1]}"#
        );
        assert_eq!(mended(r#"{"NaN": "a \" NaN -Infinity \\"}"#), None);
        assert_eq!(mended(r#"["\\", NaN]"#).unwrap(), r#"["\\", null]"#);
    }

    #[test]
    fn half_a_character_is_replaced_and_a_whole_one_stays() {
        let mended = |text: &str| in_due_form(text.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(mended(r#"{"a": "x\ud83d y\udE00"}"#).unwrap(), r#"{"a": "x\ufffd y\ufffd"}"#);
        assert_eq!(mended(r#"["\ud83d\ud83d\ude00", "\ud83d"]"#).unwrap(), r#"["\ufffd\ud83d\ude00", "\ufffd"]"#);
        assert_eq!(mended(r#"["\ud83d\ude00", "\\ud83d", "\u00e4"]"#), None);
        assert_eq!(mended(r#"["\ud8"#), None, "a file that is broken off");
    }

    #[test]
    fn a_notebook_with_half_a_character_in_its_prose_is_read() {
        let text = r#"{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
            {"cell_type": "markdown", "id": "a", "source": "half \ud83d here", "metadata": {}}]}"#;
        let all = [
            Notebook::parse_text("it", text.as_bytes()),
            Notebook::parse("it", text.as_bytes(), Outputs::Keep),
            Notebook::parse("it", text.as_bytes(), Outputs::Drop),
        ];
        for notebook in all {
            assert_eq!(notebook.unwrap().cells[0].source(), "half \u{fffd} here");
        }
    }

    #[test]
    fn a_notebook_with_pythons_numbers_is_read() {
        let text = r#"{"nbformat": 4, "nbformat_minor": 5, "metadata": {"x": NaN}, "cells": [
            {"cell_type": "code", "id": "a", "execution_count": null, "source": "f64::NaN", "metadata": {"y": -Infinity},
             "outputs": [{"output_type": "display_data", "metadata": {"z": NaN}, "data": {"application/json": NaN}}]}]}"#;
        let all = [
            Notebook::parse_text("it", text.as_bytes()),
            Notebook::parse("it", text.as_bytes(), Outputs::Keep),
            Notebook::parse("it", text.as_bytes(), Outputs::Drop),
        ];
        for notebook in all {
            assert_eq!(notebook.unwrap().cells[0].source(), "f64::NaN");
        }
    }
}
