//! Time series of regions, as toolboxes write them.

use super::participants::is_missing;
use super::table::{Table, number};
use crate::validate::positive;
use crate::{Result, Trajectory};
use ndarray::Array2;
use std::path::Path;

/// The series of regions from a table: the regions' names in the first line, then a line per time. Between the values are
/// commas or, in a file whose name ends in `.tsv`, tabs, as BIDS, fMRIPrep and XCP-D have it. `repetition_time` is the time
/// between two lines, which the file does not say.
///
/// The result has a row per region and a column per time, as all of the crate has it. A region whose whole column is
/// blank, as happens where a scan did not cover it, is NaN at all times; a single value is NaN where the file says `n/a`, as
/// BIDS has it for a time that was left out or a first difference.
///
/// # Errors
/// Those of [`read_matrix`](super::read_matrix), with a name that is blank, and a value that is blank in a column
/// that is not.
#[doc(alias = "read_csv")]
pub fn read_series(path: impl AsRef<Path>, repetition_time: f64) -> Result<Trajectory> {
    let path = path.as_ref();
    parse_series(&path.display().to_string(), &super::read(path)?, repetition_time)
}

/// The series in the text of a file that is called `name` in messages; a name that ends in `.tsv` says that there are tabs
/// between the values.
///
/// ```
/// let text = b"left,right\n0.5,\n0.25,\n";
/// let series = neurobook::data::parse_series("a.csv", text, 2.0)?;
/// assert_eq!(series.variable("left")?.to_vec(), [0.5, 0.25]);
/// assert!(series.variable("right")?.iter().all(|value| value.is_nan()));
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// Those of [`read_series`] but that the file cannot be read.
pub fn parse_series(name: &str, bytes: &[u8], repetition_time: f64) -> Result<Trajectory> {
    positive("repetition_time", repetition_time)?;
    let tabs = name.to_ascii_lowercase().ends_with(".tsv");
    let table = Table::parse(name, bytes, if tabs { b'\t' } else { b',' })?;
    let (header, rows) = (&table.rows[0], &table.rows[1..]);
    if let Some(column) = header.1.iter().position(|name| name.is_empty() || name.parse::<f64>().is_ok()) {
        return Err(table.at(header.0, column, "the first line has to hold the names of the regions"));
    }
    if rows.is_empty() {
        return Err(table.at(header.0 + 1, 0, "there is no line of values below the names"));
    }
    let regions = table.columns();
    let mut states = Array2::from_elem((regions, rows.len()), f64::NAN);
    for region in (0..regions).filter(|&region| rows.iter().any(|(_, row)| !row[region].is_empty())) {
        for (time, (line, row)) in rows.iter().enumerate() {
            // A blank one may be a slip.
            if !row[region].is_empty() && is_missing(&row[region]) {
                continue;
            }
            states[[region, time]] = number(&row[region]).map_err(|words| table.at(*line, region, &words))?;
        }
    }
    let times = (0..rows.len()).map(|time| time as f64 * repetition_time).collect();
    Trajectory::new(times, states, header.1.iter().map(String::from).collect())
}
