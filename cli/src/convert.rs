//! Files of other programs, and the course's own tables made of them.
//!
//! Each format has a file that reads it. What it finds goes to `course_table`, which writes what the crate's
//! `data` reads. Nothing here trusts a file: sizes are checked before memory is taken, and every reader ends with a
//! value or with a sentence that says where and what to do.

mod archive;
mod array;
mod course_table;
mod delimited;
mod detect;
#[cfg(test)]
mod fuzz;
mod graph;
mod limits;
mod matlab;
mod matlab4;
mod members;
mod npz;
mod number_format;
mod numpy;
mod sparse;
mod table;
mod text;
mod tvb;
mod value;

use std::path::Path;

use anyhow::Result;

/// What the user says about a file that does not say it itself.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Choices {
    /// The array of a file that holds several.
    pub array: Option<String>,
    /// The columns that are kept, in this order.
    pub columns: Vec<String>,
    pub layout: Option<Layout>,
    pub time: Option<TimeAxis>,
    /// What is written where there is no number.
    pub missing: Option<f64>,
    /// Whether the first row has names.
    pub header: Option<bool>,
    /// Whether the first column has names or counts the rows.
    pub index: Option<bool>,
    pub decimal_comma: bool,
    /// Whether the rows are edges of a network, and of which kind.
    pub edges: Option<Edges>,
}

/// Whether an edge goes one way or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Edges {
    /// From the first node of a row to the second
    Directed,
    /// Both ways
    Undirected,
}

/// How the course's table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Layout {
    /// Numbers and nothing else: weights, lengths, functional connectivity
    Matrix,
    /// Names in the first line, then a line for each time
    Series,
}

/// Where time runs in an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum TimeAxis {
    /// A row is a time
    Rows,
    /// A column is a time
    Columns,
}

/// What a file became.
#[derive(Debug)]
pub struct Conversion {
    /// What is in the file.
    pub found: String,
    /// What it does not say, and how it was taken.
    pub assumed: Vec<String>,
    pub tables: Vec<CourseTable>,
    /// The lines of Rust that load it; `{}` is a table's file name, one after the other.
    pub load: String,
}

/// One file to write.
#[derive(Debug)]
pub struct CourseTable {
    /// What tells it from the other files of the same conversion, such as `_weights`.
    pub suffix: &'static str,
    pub extension: &'static str,
    pub text: String,
    /// What is in it.
    pub words: String,
}

/// Reads a file of any kind that is known.
pub fn convert(path: &Path, choices: &Choices) -> Result<Conversion> {
    let bytes = limits::read_file(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    detect::convert_bytes(&name, &bytes, choices)
}
