//! Tables of numbers: read with care, because a file from elsewhere is hardly ever what it should be.

use crate::network::{Connectome, SyntheticConnectome};
use crate::{Error, Result};
use ndarray::Array2;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A matrix from a CSV file: a row a line, commas between the numbers, no header.
///
/// # Errors
/// When the file cannot be read, is not UTF-8 text or begins with a byte-order mark, when its rows
/// differ in length, and when a value is blank or no finite number. The message names the file, the row
/// and the column, both counted from 1 as in a spreadsheet.
#[doc(alias = "loadtxt")]
#[doc(alias = "read_csv")]
pub fn read_matrix(path: impl AsRef<Path>) -> Result<Array2<f64>> {
    let path = path.as_ref();
    let bytes = std::fs::read(path).map_err(|error| {
        Error::new(format!(
            "{} could not be read ({error}): check the path, which is seen from {}",
            path.display(),
            std::env::current_dir()
                .map_or_else(|_| "the working folder".to_owned(), |folder| folder.display().to_string())
        ))
    })?;
    parse_matrix(&path.display().to_string(), &bytes)
}

/// A matrix from the text of a CSV file that is called `name` in messages.
///
/// # Errors
/// Those of [`read_matrix`] but the first.
pub fn parse_matrix(name: &str, bytes: &[u8]) -> Result<Array2<f64>> {
    let at = |row: usize, column: usize, words: &str| {
        Error::new(format!("{name}, row {}, column {}: {words}", row + 1, column + 1))
    };
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(at(0, 0, "the file is UTF-16 text: save it as CSV in UTF-8"));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return Err(at(0, 0, "the file begins with a byte-order mark: save it as plain CSV in UTF-8, without BOM"));
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(bytes);
    // The reader leaves empty lines out, and whoever looks for the row counts them.
    let full = |line: &&[u8]| !line.strip_suffix(b"\r").unwrap_or(line).is_empty();
    let lines: Vec<usize> =
        bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| full(line)).map(|(line, _)| line).collect();
    let mut rows: Vec<csv::StringRecord> = Vec::new();
    for (record, line) in reader.records().zip(&lines) {
        rows.push(record.map_err(|_| at(*line, 0, "this is not CSV text in UTF-8"))?);
    }
    let Some(columns) = rows.first().map(csv::StringRecord::len) else {
        return Err(at(0, 0, "the file is empty: it holds no number"));
    };
    for (line, row) in lines.iter().zip(&rows) {
        if let Some((text, separator)) = wrong_separator(row) {
            return Err(at(*line, 0, &format!("{text:?} has {separator} between its numbers: save it with commas")));
        }
        if row.len() != columns {
            let words = format!("this row has {}, and the first one {columns}", count(row.len(), "value"));
            return Err(at(*line, row.len().min(columns), &words));
        }
    }
    if let Some(column) = (0..columns).find(|&column| rows.iter().all(|row| row[column].is_empty())) {
        return Err(at(lines[0], column, "the whole column is blank: delete it and its comma"));
    }
    let mut values = Vec::with_capacity(rows.len() * columns);
    for (line, row) in lines.iter().zip(&rows) {
        for (column, text) in row.iter().enumerate() {
            values.push(number(text, *line == lines[0]).map_err(|words| at(*line, column, &words))?);
        }
    }
    Array2::from_shape_vec((rows.len(), columns), values).map_err(|error| Error::new(format!("{name}: {error}")))
}

/// A finite number, or what is wrong with it.
fn number(text: &str, first_row: bool) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        Ok(value) => Err(format!("the value is {value}: give a finite number")),
        Err(_) if text.is_empty() => Err("the value is blank: give a number".to_owned()),
        Err(_) if first_row => Err(format!("{text:?} is no number: delete this row if it is a header")),
        Err(_) => Err(format!("{text:?} is no number")),
    }
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// A text of the row with something else than commas between its numbers, and what that is.
fn wrong_separator(row: &csv::StringRecord) -> Option<(&str, &'static str)> {
    [(';', "semicolons"), ('\t', "tabs"), ('|', "bars"), (' ', "blanks")].into_iter().find_map(|(separator, name)| {
        let text = row.iter().find(|text| text.contains(separator))?;
        // A name of several words is no row of numbers.
        let numbers = text.split(separator).all(|part| part.trim().replace(',', ".").parse::<f64>().is_ok());
        numbers.then_some((text, name))
    })
}

/// A matrix as the text of a CSV file, with the fewest digits that read back as the same numbers.
pub fn matrix_to_csv(matrix: &Array2<f64>) -> String {
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
pub fn write_matrix(path: impl AsRef<Path>, matrix: &Array2<f64>) -> Result<()> {
    let path = path.as_ref();
    std::fs::write(path, matrix_to_csv(matrix))
        .map_err(|error| Error::new(format!("{} could not be written: {error}", path.display())))
}

/// The files of the folder `data/`, made anew: their names and what is in them.
///
/// Weights are rounded to a millionth and lengths to a tenth of a millimetre, so that the last bit of
/// a logarithm, which computers do not agree on, changes no byte.
///
/// # Errors
/// Never, as long as the recipe below is a good one.
pub fn generated_files() -> Result<Vec<(String, String)>> {
    let connectome = SyntheticConnectome { regions: 80, seed: 1, ..SyntheticConnectome::default() }.generate()?;
    let rounded =
        |matrix: &Array2<f64>, parts: f64| matrix_to_csv(&matrix.mapv(|value| (value * parts).round() / parts));
    Ok(vec![
        ("connectome_weights.csv".to_owned(), rounded(&connectome.weights, 1e6)),
        ("connectome_lengths.csv".to_owned(), rounded(&connectome.lengths, 10.0)),
        ("reaction_times.csv".to_owned(), REACTION_TIMES.to_owned()),
    ])
}

/// Three made-up people press a key, once with each hand. Chapter 0 reads it.
const REACTION_TIMES: &str = "participant,hand,reaction_time\n\
    1,left,250\n1,right,280\n2,left,235\n2,right,260\n3,left,270\n3,right,295\n";

/// The path of a file of the course's folder `data/`, which is looked for in the working folder and in
/// those around it: a notebook may stand anywhere in the course.
///
/// ```
/// let path = neurobook::data::file("connectome_weights.csv")?;
/// assert_eq!(neurobook::data::read_matrix(path)?.dim(), (80, 80));
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// When there is no such file.
pub fn file(name: &str) -> Result<PathBuf> {
    let here = std::env::current_dir().unwrap_or_default();
    let found = here.ancestors().map(|folder| folder.join("data").join(name)).find(|path| path.is_file());
    found.ok_or_else(|| {
        Error::new(format!(
            "there is no data/{name} in {} or in a folder around it: compare the name with the files in data/, and \
             keep the notebook inside the course's folder",
            here.display()
        ))
    })
}

/// The course's own connectome of 80 regions, from the folder `data/`: made up, with the statistics of a
/// measured one. `data/README.md` says how.
///
/// ```
/// let connectome = neurobook::data::connectome();
/// assert_eq!(connectome.regions(), 80);
/// ```
pub fn connectome() -> Connectome {
    let read = |name, text: &str| parse_matrix(name, text.as_bytes());
    let weights = read("data/connectome_weights.csv", include_str!("../data/connectome_weights.csv"));
    let lengths = read("data/connectome_lengths.csv", include_str!("../data/connectome_lengths.csv"));
    weights
        .and_then(|weights| Connectome::new(weights, lengths?))
        .unwrap_or_else(|error| panic!("the connectome that the crate was built with is broken: {error}"))
}
