//! Matrices: numbers and nothing else.

use super::table::{Table, number};
use crate::{Error, Result};
use ndarray::{Array2, ArrayRef2};
use std::fmt::Write as _;
use std::path::Path;

/// A matrix from a CSV file: a row per line, commas between the numbers, no header.
///
/// # Errors
/// When the file cannot be read, is not UTF-8 text or begins with a byte-order mark, when its rows
/// differ in length, and when a value is blank or no finite number. The message names the file, the row
/// and the column, both counted from 1 as in a spreadsheet.
#[doc(alias = "loadtxt")]
#[doc(alias = "read_csv")]
pub fn read_matrix(path: impl AsRef<Path>) -> Result<Array2<f64>> {
    let path = path.as_ref();
    parse_matrix(&path.display().to_string(), &super::read(path)?)
}

/// A matrix from the text of a CSV file that is called `name` in messages.
///
/// # Errors
/// Those of [`read_matrix`] but the first.
pub fn parse_matrix(name: &str, bytes: &[u8]) -> Result<Array2<f64>> {
    let table = Table::parse(name, bytes, b',')?;
    let (columns, first) = (table.columns(), table.rows[0].0);
    if let Some(column) = (0..columns).find(|&column| table.rows.iter().all(|(_, row)| row[column].is_empty())) {
        return Err(table.at(first, column, "the whole column is blank: delete it and its comma"));
    }
    let mut values = Vec::with_capacity(table.rows.len() * columns);
    for (line, row) in &table.rows {
        for (column, text) in row.iter().enumerate() {
            let header = *line == first && !text.is_empty() && text.parse::<f64>().is_err();
            let way_out = if header { ": delete this row if it is a header" } else { "" };
            values.push(number(text).map_err(|words| table.at(*line, column, &format!("{words}{way_out}")))?);
        }
    }
    let shape = (table.rows.len(), columns);
    Array2::from_shape_vec(shape, values).map_err(|error| Error::new(format!("{name}: {error}")))
}

/// A matrix as the text of a CSV file, with the fewest digits that read back as the same numbers.
pub fn matrix_to_csv(matrix: &ArrayRef2<f64>) -> String {
    let mut text = String::new();
    for row in matrix.rows() {
        for (column, value) in row.iter().enumerate() {
            let comma = if column == 0 { "" } else { "," };
            // Writing to a String cannot fail.
            let _ = write!(text, "{comma}{value}");
        }
        text.push('\n');
    }
    text
}

/// Writes a matrix as a CSV file that [`read_matrix`] reads back as the same numbers.
///
/// # Errors
/// When the file cannot be written.
#[doc(alias = "savetxt")]
pub fn write_matrix(path: impl AsRef<Path>, matrix: &ArrayRef2<f64>) -> Result<()> {
    let path = path.as_ref();
    std::fs::write(path, matrix_to_csv(matrix))
        .map_err(|error| Error::new(format!("{} could not be written: {error}", path.display())))
}
