//! Names of regions.

use crate::{Error, Result};
use std::path::Path;

/// The names of regions from a text file: a line for each, in the order of the rows of its matrix.
///
/// # Errors
/// When the file cannot be read, is not UTF-8 text, is empty, or has a blank line between two names. The message names the
/// file and the row.
pub fn read_labels(path: impl AsRef<Path>) -> Result<Vec<String>> {
    let path = path.as_ref();
    parse_labels(&path.display().to_string(), &super::read(path)?)
}

/// The names in the text of a file that is called `name` in messages.
///
/// ```
/// let labels = neurobook::data::parse_labels("labels.txt", b"left V1\nright V1\n")?;
/// assert_eq!(labels, ["left V1", "right V1"]);
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// Those of [`read_labels`] but that the file cannot be read.
pub fn parse_labels(name: &str, bytes: &[u8]) -> Result<Vec<String>> {
    let text =
        std::str::from_utf8(bytes).map_err(|_| Error::new(format!("{name} is not text in UTF-8: save it so")))?;
    let labels: Vec<String> = text.trim_end().lines().map(|line| line.trim().to_owned()).collect();
    if labels.is_empty() {
        return Err(Error::new(format!("{name} is empty: it holds no name")));
    }
    match labels.iter().position(|label| label.is_empty()) {
        Some(row) => Err(Error::new(format!("{name}, row {}: the name is blank: give the region one", row + 1))),
        None => Ok(labels),
    }
}
