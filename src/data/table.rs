//! Shared table reader: text in UTF-8, rows of one length; every error carries a row and column.

use crate::{Error, Result};
use csv::StringRecord;

/// A table as text.
pub(super) struct Table<'a> {
    /// What the file is called in messages.
    pub name: &'a str,
    /// The rows, each with its line in the file, counted from 0.
    pub rows: Vec<(usize, StringRecord)>,
}

impl<'a> Table<'a> {
    /// The table in the text of a file with this between its values.
    pub fn parse(name: &'a str, bytes: &[u8], delimiter: u8) -> Result<Table<'a>> {
        let mut table = Table { name, rows: Vec::new() };
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            return Err(table.at(0, 0, "the file is UTF-16 text: save it as CSV in UTF-8"));
        }
        if bytes.starts_with(b"\xef\xbb\xbf") {
            let words = "the file begins with a byte-order mark: save it as plain CSV in UTF-8, without BOM";
            return Err(table.at(0, 0, words));
        }
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .delimiter(delimiter)
            .from_reader(bytes);
        let mut lines = Lines { bytes, at: 0, line: 0 };
        let mut row = StringRecord::new();
        loop {
            let line = lines.of_record_at(reader.position().byte());
            match reader.read_record(&mut row) {
                Ok(true) => table.rows.push((line, row.clone())),
                Ok(false) => break,
                Err(_) => return Err(table.at(line, 0, "this is not CSV text in UTF-8")),
            }
        }
        let Some(columns) = table.rows.first().map(|(_, row)| row.len()) else {
            return Err(table.at(0, 0, "the file is empty: it holds no number"));
        };
        for (line, row) in &table.rows {
            if let Some((text, separator)) = wrong_separator(row).filter(|_| delimiter == b',') {
                let words = format!("{text:?} has {separator} between its numbers: save it with commas");
                return Err(table.at(*line, 0, &words));
            }
            if row.len() != columns {
                let words = format!("this row has {}, and the first one {columns}", count(row.len(), "value"));
                return Err(table.at(*line, row.len().min(columns), &words));
            }
        }
        Ok(table)
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.rows.first().map_or(0, |(_, row)| row.len())
    }

    /// A complaint about a place, which is given counted from 0 and named counted from 1, as in a spreadsheet.
    pub fn at(&self, line: usize, column: usize, words: &str) -> Error {
        Error::new(format!("{}, row {}, column {}: {words}", self.name, line + 1, column + 1))
    }
}

/// Counts the lines of a text as the reader does: a line ends in a line feed, a carriage return, or both.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The line of that place, counted from 0.
    line: usize,
}

impl Lines<'_> {
    /// The line of the record that begins at this byte or, where the reader leaves empty lines out, behind it. A user
    /// who looks for the row in an editor counts these lines.
    fn of_record_at(&mut self, byte: u64) -> usize {
        while let Some(&end) = self.bytes.get(self.at) {
            if self.at as u64 >= byte && !matches!(end, b'\r' | b'\n') {
                break;
            }
            let both = end == b'\r' && self.bytes.get(self.at + 1) == Some(&b'\n');
            self.line += usize::from(matches!(end, b'\r' | b'\n') && !both);
            self.at += 1;
        }
        self.line
    }
}

/// A finite number, or what is wrong with it.
pub(super) fn number(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        Ok(value) => Err(format!("the value is {value}: give a finite number")),
        Err(_) if text.is_empty() => Err("the value is blank: give a number".to_owned()),
        Err(_) => Err(format!("{text:?} is not a number")),
    }
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// A text of the row with something else than commas between its numbers, and what that is.
fn wrong_separator(row: &StringRecord) -> Option<(&str, &'static str)> {
    [(';', "semicolons"), ('\t', "tabs"), ('|', "bars"), (' ', "blanks")].into_iter().find_map(|(separator, name)| {
        let text = row.iter().find(|text| text.contains(separator))?;
        // A name of several words is not a row of numbers.
        let numbers = text.split(separator).all(|part| part.trim().replace(',', ".").parse::<f64>().is_ok());
        numbers.then_some((text, name))
    })
}
