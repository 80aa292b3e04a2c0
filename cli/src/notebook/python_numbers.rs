//! `NaN`, `Infinity` and `-Infinity`: Python writes them into a notebook's metadata and outputs, and JSON has none of them.

const NUMBERS: [&[u8]; 3] = [b"NaN", b"-Infinity", b"Infinity"];

/// The same JSON with `null` in the place of each, as JavaScript writes them; `None` where there is none.
pub fn without_python_numbers(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut mended = Vec::new();
    let (mut done, mut at, mut in_text) = (0, 0, false);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if in_text => at += 1,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::{Notebook, Outputs};

    #[test]
    fn numbers_become_null_and_words_in_texts_stay() {
        let mended =
            |text: &str| without_python_numbers(text.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(
            mended(r#"{"a": NaN, "b": [-Infinity, Infinity, -1]}"#).unwrap(),
            r#"{"a": null, "b": [null, null, -1]}"#
        );
        assert_eq!(mended(r#"{"NaN": "a \" NaN -Infinity \\"}"#), None);
        assert_eq!(mended(r#"["\\", NaN]"#).unwrap(), r#"["\\", null]"#);
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
