//! Rows and fields of a text: what is between the values is found out, and quotation marks are understood.

use std::borrow::Cow;

use anyhow::{Result, bail};

use super::value;
use crate::support::plain_text;

/// What is between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    Tab,
    Semicolon,
    Comma,
    Blanks,
}

impl Delimiter {
    pub fn words(self) -> &'static str {
        match self {
            Delimiter::Tab => "tabs",
            Delimiter::Semicolon => "semicolons",
            Delimiter::Comma => "commas",
            Delimiter::Blanks => "blanks",
        }
    }

    /// What is between the values of this text. A name that ends in `.tsv` says that there are tabs.
    pub fn find(name: &str, text: &str) -> Result<Delimiter> {
        let mut lines = lines(text).map(|(_, line)| line);
        let (first, second) = (lines.next().unwrap_or_default(), lines.next());
        if name.ends_with(".tsv") || name.ends_with(".tsv.gz") || first.contains('\t') {
            return Ok(Delimiter::Tab);
        }
        if first.contains(';') {
            return Ok(Delimiter::Semicolon);
        }
        // The first line may be names of several words.
        let last = second.unwrap_or(first);
        let words = || last.split_whitespace().map(|word| word.trim_matches('"'));
        let several = words().nth(1).is_some();
        if several && words().all(value::has_decimal_comma) {
            bail!(
                "{}. Or add `--decimal-comma`, if blanks are between the numbers",
                decimal_comma(first.split_whitespace().find(|word| value::has_decimal_comma(word)).unwrap_or(last))
            );
        }
        if first.contains(',') || last.contains(',') {
            return Ok(Delimiter::Comma);
        }
        let values = words().filter(|word| value::parse(word, false).is_some()).count();
        // The first word may name the row. A second row that is too short is named later, with its number.
        let mut first_words = first.split_whitespace();
        let numbers_first =
            first_words.clone().nth(1).is_some() && first_words.all(|word| value::parse(word, false).is_some());
        let blanks = several && values > 0 && values + 1 >= words().count() || numbers_first;
        Ok(if blanks { Delimiter::Blanks } else { Delimiter::Comma })
    }
}

/// What to do about a comma in a number.
pub fn decimal_comma(text: &str) -> String {
    format!(
        "{:?} has a decimal comma, and the course's numbers have points: in Excel, choose a point under \"Options, \
         Advanced, Decimal separator\" and save again; in pandas, `read_csv(…, decimal=\",\")` and `to_csv`",
        shown(text)
    )
}

/// A text of the file, for a message.
pub fn shown(text: &str) -> String {
    plain_text::line(&plain_text::cut(text, 60))
}

/// Lines that hold something, each with its number from 1. A line of `#` or `%` is a remark, as NumPy and MATLAB have it.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    // A line ends in a line feed, a carriage return, or both.
    let old = text.contains('\r') && !text.contains('\n');
    let lines = text.split(if old { '\r' } else { '\n' }).enumerate();
    let lines = lines.map(|(index, line)| (index + 1, line.trim_end_matches('\r')));
    lines.filter(|(_, line)| !line.trim().is_empty() && !is_remark(line))
}

pub fn is_remark(line: &str) -> bool {
    line.trim_start().starts_with(['#', '%'])
}

/// Hands every row to a function, as long as that says true: the number of its line, and its fields without blanks around
/// them.
pub fn for_each_row(
    text: &str,
    delimiter: Delimiter,
    mut take: impl FnMut(usize, &[Cow<'_, str>]) -> Result<bool>,
) -> Result<()> {
    if text.contains('"') {
        return for_each_quoted_row(text, delimiter, take);
    }
    let mut fields = Vec::new();
    for (number, line) in lines(text) {
        fields.clear();
        match delimiter {
            Delimiter::Tab => fields.extend(line.split('\t').map(trimmed)),
            Delimiter::Semicolon => fields.extend(line.split(';').map(trimmed)),
            Delimiter::Comma => fields.extend(line.split(',').map(trimmed)),
            Delimiter::Blanks => fields.extend(line.split_whitespace().map(Cow::Borrowed)),
        }
        if !take(number, &fields)? {
            break;
        }
    }
    Ok(())
}

/// A field without the blanks around it.
fn trimmed(field: &str) -> Cow<'_, str> {
    // Most have none.
    let outside = |byte: Option<&u8>| byte.is_some_and(|byte| *byte > b' ' && byte.is_ascii());
    let bytes = field.as_bytes();
    Cow::Borrowed(if outside(bytes.first()) && outside(bytes.last()) { field } else { field.trim() })
}

/// The same where there are quotation marks, between which a delimiter and a line's end are part of a value.
fn for_each_quoted_row(
    text: &str,
    delimiter: Delimiter,
    mut take: impl FnMut(usize, &[Cow<'_, str>]) -> Result<bool>,
) -> Result<()> {
    let byte = match delimiter {
        Delimiter::Tab => b'\t',
        Delimiter::Semicolon => b';',
        Delimiter::Comma => b',',
        Delimiter::Blanks => b' ',
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(byte)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let (mut line, mut counted) = (1, 0);
    while reader.read_record(&mut record)? {
        // The crate's place of a record is before the blank lines above it.
        let begin = record.position().map_or(0, |position| position.byte() as usize).min(text.len());
        let blank = text.as_bytes()[begin..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        line += text.as_bytes()[counted..begin + blank].iter().filter(|byte| **byte == b'\n').count();
        counted = begin + blank;
        if record.get(0).is_some_and(is_remark) || record.len() == 1 && record[0].is_empty() {
            continue;
        }
        // A run of blanks is one delimiter.
        let fields = record.iter().filter(|field| delimiter != Delimiter::Blanks || !field.is_empty());
        let fields: Vec<_> = fields.map(Cow::Borrowed).collect();
        // A row always has a field: a line of blanks is none.
        if !fields.is_empty() && !take(line, &fields)? {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, delimiter: Delimiter) -> Vec<(usize, Vec<String>)> {
        let mut rows = Vec::new();
        for_each_row(text, delimiter, |line, fields| {
            rows.push((line, fields.iter().map(|field| field.clone().into_owned()).collect()));
            Ok(true)
        })
        .unwrap();
        rows
    }

    #[test]
    fn what_is_between_values_is_found_out() {
        for (name, text, delimiter) in [
            ("a.tsv", "one\n1\n", Delimiter::Tab),
            ("a.csv", "a\tb\n1\t2", Delimiter::Tab),
            ("a.csv", "a;b\n1,5;2,5", Delimiter::Semicolon),
            ("a.csv", "reaction time, x\n1,2", Delimiter::Comma),
            ("a.csv", "reaction time\n1\n", Delimiter::Comma),
            ("a.txt", "# made by hand\n  1.0e+00   2.0e+00\n", Delimiter::Blanks),
            ("a.txt", "\"V1\" \"V2\"\n\"1\" 1 2\n", Delimiter::Blanks),
            ("a.txt", "1, 2, 3\n", Delimiter::Comma),
            ("a.txt", "rA1 1 2\nrA2 3 4\n", Delimiter::Blanks),
            ("a.txt", "0 1\n1\n", Delimiter::Blanks),
        ] {
            assert_eq!(Delimiter::find(name, text).unwrap(), delimiter, "{text}");
        }
        let message = Delimiter::find("a.txt", "0,5 1,5\n").unwrap_err().to_string();
        assert!(message.starts_with("\"0,5\" has a decimal comma") && message.contains("--decimal-comma"), "{message}");
    }

    #[test]
    fn rows_keep_the_numbers_that_their_lines_have_in_an_editor() {
        let text = "# remark\n\na, b\r\n1,2\n\n 3 ,4";
        let expected = [(3, vec!["a", "b"]), (4, vec!["1", "2"]), (6, vec!["3", "4"])];
        let expected = expected.map(|(line, fields)| (line, fields.into_iter().map(str::to_owned).collect::<Vec<_>>()));
        assert_eq!(rows(text, Delimiter::Comma), expected);
        assert_eq!(rows("1\r2\r", Delimiter::Comma).len(), 2);
        let quoted = rows("# remark\n\"a, b\",\"c\nd\"\n\n1,2\n", Delimiter::Comma);
        assert_eq!(quoted[0], (2, vec!["a, b".to_owned(), "c\nd".to_owned()]));
        assert_eq!(quoted[1].0, 5);
        assert_eq!(rows("\"a\" 1\n   \n\"b\" 2\n", Delimiter::Blanks).len(), 2);
        assert_eq!(rows("\"V1\"  \"V2\"\n\"1\"   1 2\n", Delimiter::Blanks)[1].1, ["1", "1", "2"]);
    }
}
