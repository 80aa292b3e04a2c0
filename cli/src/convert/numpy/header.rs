//! The header of an `.npy` file: a Python dictionary of three entries, as text.

use anyhow::{Result, bail, ensure};

use super::MAGIC;
use crate::support::plain_text;

/// A header is longer than this only if the array has hundreds of named fields.
const MOST_BYTES: usize = 65_536;

/// What a header says.
#[derive(Debug, PartialEq, Eq)]
pub struct Header {
    /// The type of the values, such as `<f8`.
    pub descr: String,
    /// Whether the first index runs fastest, as in MATLAB.
    pub fortran_order: bool,
    pub shape: Vec<usize>,
}

/// What can be in the dictionary.
enum Value {
    Text(String),
    Bool(bool),
    Shape(Vec<usize>),
    /// A list, which describes values of several parts.
    Fields,
}

impl Header {
    /// The header, and the bytes behind it.
    pub fn read(bytes: &[u8]) -> Result<(Header, &[u8])> {
        let Some((version, rest)) = bytes.strip_prefix(MAGIC).and_then(<[u8]>::split_first_chunk::<2>) else {
            bail!("the file does not begin as an .npy file does: was it written by `np.save`?");
        };
        let split = match version[0] {
            1 => rest.split_first_chunk().map(|(length, rest)| (usize::from(u16::from_le_bytes(*length)), rest)),
            2 | 3 => rest.split_first_chunk().map(|(length, rest)| (u32::from_le_bytes(*length) as usize, rest)),
            other => bail!("the file is of version {other} of the .npy format, and only 1, 2 and 3 are known"),
        };
        let split = split.filter(|(length, rest)| *length <= rest.len().min(MOST_BYTES));
        let Some((header, data)) = split.map(|(length, rest)| rest.split_at(length)) else {
            bail!("the header is longer than the file: the file was cut off, copy or save it again");
        };
        // Only names of fields need more than ASCII, and such arrays are refused.
        Ok((parse(&String::from_utf8_lossy(header))?, data))
    }
}

fn parse(text: &str) -> Result<Header> {
    let shown = plain_text::line(&plain_text::cut(text.trim(), 200));
    let damaged = || anyhow::anyhow!("the header cannot be read ({shown}): save the array again with `np.save`");
    let mut rest = text.trim().strip_prefix('{').ok_or_else(damaged)?.trim_start();
    let (mut descr, mut fortran_order, mut shape) = (None, None, None);
    while !rest.starts_with('}') {
        let (key, behind) = quoted(rest).ok_or_else(damaged)?;
        let behind = behind.trim_start().strip_prefix(':').ok_or_else(damaged)?.trim_start();
        let (value, behind) = value(behind).ok_or_else(damaged)?;
        match (key, value) {
            ("descr", Value::Text(text)) => descr = Some(text),
            ("descr", Value::Fields) => {
                bail!("each value has several named parts (a structured array): save each part by itself, `x['name']`")
            }
            ("fortran_order", Value::Bool(value)) => fortran_order = Some(value),
            ("shape", Value::Shape(lengths)) => shape = Some(lengths),
            _ => return Err(damaged()),
        }
        let behind = behind.trim_start();
        rest = behind.strip_prefix(',').unwrap_or(behind).trim_start();
    }
    ensure!(descr.is_some() && fortran_order.is_some() && shape.is_some(), "{}", damaged());
    Ok(Header {
        descr: descr.unwrap_or_default(),
        fortran_order: fortran_order.unwrap_or_default(),
        shape: shape.unwrap_or_default(),
    })
}

/// A word in quotation marks, and what is behind it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '\'' | '"'))?;
    text[1..].split_once(mark)
}

fn value(text: &str) -> Option<(Value, &str)> {
    if let Some(rest) = text.strip_prefix("True") {
        return Some((Value::Bool(true), rest));
    }
    if let Some(rest) = text.strip_prefix("False") {
        return Some((Value::Bool(false), rest));
    }
    if let Some(rest) = text.strip_prefix('(') {
        let (inside, rest) = rest.split_once(')')?;
        let lengths = inside.split(',').map(|length| length.trim().trim_end_matches('L'));
        let lengths = lengths.filter(|length| !length.is_empty()).map(|length| length.parse().ok());
        return Some((Value::Shape(lengths.collect::<Option<_>>()?), rest));
    }
    // What is behind a list is of no interest: such an array is refused.
    if text.starts_with('[') {
        return Some((Value::Fields, ""));
    }
    quoted(text).map(|(text, rest)| (Value::Text(text.to_owned()), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_whatever_the_order_of_its_entries() {
        let header = parse("{'shape': (3L, 4), 'fortran_order': True, \"descr\": '>f4'}   \n").unwrap();
        assert_eq!(header, Header { descr: ">f4".to_owned(), fortran_order: true, shape: vec![3, 4] });
        assert_eq!(parse("{'descr': '<f8', 'fortran_order': False, 'shape': (), }").unwrap().shape, [0_usize; 0]);
    }

    #[test]
    fn a_header_with_an_entry_missing_or_broken_is_refused() {
        for text in
            ["", "{", "{}", "{'descr': '<f8'}", "{'descr' '<f8'}", "{'shape': (1, }", "{'descr': 3}", "{'ä': 'ä"]
        {
            assert!(parse(text).unwrap_err().to_string().contains("np.save"), "{text}");
        }
    }
}
