//! The characters of a text file: UTF-8, with or without a byte-order mark, or the UTF-16 that Excel writes.

use std::borrow::Cow;

use anyhow::{Result, bail};

/// The text, and what was assumed to read it.
pub fn decode<'a>(bytes: &'a [u8], assumed: &mut Vec<String>) -> Result<Cow<'a, str>> {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        assumed.push("The text is UTF-16, as Excel's \"Unicode Text\" is.".to_owned());
        return utf16(rest, u16::from_le_bytes).map(Cow::Owned);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        assumed.push("The text is UTF-16, high byte first.".to_owned());
        return utf16(rest, u16::from_be_bytes).map(Cow::Owned);
    }
    let text = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => {
            assumed.push("The byte-order mark at the beginning, which Excel writes, is left out.".to_owned());
            rest
        }
        None => bytes,
    };
    // The search is the standard library's, which is fast in a build that is not optimised, as the learners' is.
    if text.contains(&0) {
        let place = text.iter().position(|byte| *byte == 0).unwrap_or_default();
        bail!(
            "row {}: there is a zero byte, so this is either not text or UTF-16 without a byte-order mark: save it as CSV \
             in UTF-8",
            row_of(text, place)
        );
    }
    match std::str::from_utf8(text) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(error) => {
            let place = error.valid_up_to();
            bail!(
                "row {}: the byte {:#04x} is not UTF-8 text. If this is a table, save it as \"CSV UTF-8\" in Excel, or in \
                 UTF-8 with your editor",
                row_of(text, place),
                text[place]
            )
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text: Option<String> = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).map(Result::ok).collect();
    match text {
        Some(text) if rest.is_empty() && !text.contains('\0') => Ok(text),
        _ => bail!("the file begins as UTF-16 text and is damaged further on: save it as CSV in UTF-8"),
    }
}

/// The line of a place, counted from 1.
fn row_of(text: &[u8], place: usize) -> usize {
    text[..place].iter().filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excels_two_encodings_are_read_and_named() {
        for (bytes, words) in [
            (b"\xef\xbb\xbfa,1".as_slice(), "byte-order mark"),
            (b"\xff\xfea\0,\x001\0", "UTF-16, as Excel"),
            (b"\xfe\xff\0a\0,\x001", "high byte first"),
        ] {
            let mut assumed = Vec::new();
            assert_eq!(decode(bytes, &mut assumed).unwrap(), "a,1");
            assert!(assumed[0].contains(words), "{assumed:?}");
        }
    }

    #[test]
    fn text_in_another_encoding_is_refused_with_its_row() {
        for (bytes, words) in [
            (b"a,b\nZ\xfcrich,1".as_slice(), "row 2: the byte 0xfc is not UTF-8"),
            (b"a\0,\0", "row 1: there is a zero byte"),
            (b"\xff\xfea", "damaged"),
            (b"\xff\xfe\x00\xd8", "damaged"),
        ] {
            let message = decode(bytes, &mut Vec::new()).unwrap_err().to_string();
            assert!(message.contains(words), "{message}");
        }
    }
}
