//! What the rows and fields of a text mean: names, an index, numbers, people.

mod layout;
mod people;

use std::borrow::Cow;

use anyhow::{Result, bail, ensure};

use super::array::Grid;
use super::course_table::{Content, Place};
use super::delimited::{Delimiter, decimal_comma, for_each_row, is_remark, shown};
use super::{Choices, Conversion, Layout, limits, text, value};
use layout::{Shape, plural};

/// Converts the text of a table.
pub fn convert(name: &str, bytes: &[u8], choices: &Choices) -> Result<Conversion> {
    let mut assumed = Vec::new();
    let text = text::decode(bytes, &mut assumed)?;
    ensure!(!text.trim().is_empty(), "the file is empty: it holds no number");
    let delimiter = match Delimiter::find(name, &text) {
        Err(_) if choices.decimal_comma => Delimiter::Blanks,
        found => found?,
    };
    ensure!(
        !(choices.decimal_comma && delimiter == Delimiter::Comma),
        "`--decimal-comma` cannot be used where commas are between the values, as here"
    );
    let remark =
        (text.contains('#') || text.contains('%')).then(|| text.lines().find(|line| is_remark(line))).flatten();
    if let Some(remark) = remark {
        assumed
            .push(format!("Lines that begin with # or % are remarks and left out; the first is {:?}.", shown(remark)));
    }
    let shape = Shape::find(&text, delimiter, choices, &mut assumed)?;
    let found = format!("a table with {} between its values", delimiter.words());
    let people = choices.columns.is_empty() && choices.layout.is_none();
    if people && shape.header.as_deref().is_some_and(|names| names.iter().any(|name| name == "participant_id")) {
        return people::convert(name, &text, delimiter, found, assumed);
    }
    let mut numbers = Numbers::new(&shape, choices);
    for_each_row(&text, delimiter, |line, fields| numbers.take(line, fields))?;
    numbers.finish(found, assumed, choices)
}

/// The numbers of a table while they are read.
struct Numbers<'a> {
    shape: &'a Shape,
    decimal_comma: bool,
    values: Vec<f64>,
    lines: Vec<usize>,
    /// The names of the rows, where there is a column of them.
    labels: Vec<String>,
    truths: bool,
}

impl<'a> Numbers<'a> {
    fn new(shape: &'a Shape, choices: &Choices) -> Numbers<'a> {
        Numbers {
            shape,
            decimal_comma: choices.decimal_comma,
            values: Vec::new(),
            lines: Vec::new(),
            labels: Vec::new(),
            truths: false,
        }
    }

    fn take(&mut self, line: usize, fields: &[Cow<'_, str>]) -> Result<bool> {
        let shape = self.shape;
        if line <= shape.header_line {
            return Ok(true);
        }
        if fields.len() != shape.width {
            let blank = |from: usize| fields.iter().skip(from).all(|field| field.is_empty());
            // Excel ends lines with delimiters, or leaves them out where nothing follows.
            ensure!(
                fields.len() > shape.width && blank(shape.width),
                "row {line}, column {}: this row has {}, and the first one {}: mend the row, or leave it out",
                fields.len().min(shape.width) + 1,
                plural(fields.len(), "value"),
                shape.width
            );
        }
        if let Some(index) = shape.index {
            self.labels.push(fields[index].clone().into_owned());
        }
        for column in &shape.columns {
            let field = &fields[*column];
            let Some(number) = value::parse(field, self.decimal_comma) else {
                return self.refuse(line, *column, field);
            };
            self.truths |= matches!(field.as_bytes().first(), Some(b't' | b'T' | b'f' | b'F'));
            self.values.push(number);
        }
        ensure!(
            self.values.len() <= limits::MOST_VALUES,
            "row {line}: the table has more than {} million numbers: save the part that you need",
            limits::MOST_VALUES / 1_000_000
        );
        self.lines.push(line);
        Ok(true)
    }

    fn refuse(&self, line: usize, column: usize, field: &str) -> Result<bool> {
        let place = format!("row {line}, column {}", column + 1);
        let name = self.shape.header.as_ref().map(|names| format!(" ({})", shown(&names[column]))).unwrap_or_default();
        if value::has_decimal_comma(field) {
            bail!("{place}{name}: {}; or add `--decimal-comma`", decimal_comma(field));
        }
        let way_out = if self.shape.columns.len() > 1 {
            ": mend it, or name the columns of numbers with `--columns`"
        } else {
            ": mend it where the file is made"
        };
        bail!("{place}{name}: {:?} is not a number{way_out}", shown(field))
    }

    fn finish(self, found: String, mut assumed: Vec<String>, choices: &Choices) -> Result<Conversion> {
        let (shape, columns) = (self.shape, self.shape.columns.len());
        if self.lines.is_empty() {
            bail!("row {}: there is no row of numbers below the names", shape.header_line + 1);
        }
        if self.truths {
            assumed.push("True is written as 1 and False as 0.".to_owned());
        }
        let mut names: Option<Vec<String>> =
            shape.header.as_ref().map(|header| shape.columns.iter().map(|column| header[*column].clone()).collect());
        // The same names along both sides: a matrix of regions.
        let square = names.as_ref() == Some(&self.labels) && choices.layout != Some(Layout::Series);
        if square {
            assumed.push("Rows and columns have the same names, so this is a matrix of regions.".to_owned());
        } else if shape.index.is_some() {
            assumed.push(shape.index_words(&self.labels));
        }
        let labels = names.take_if(|_| square);
        let place = Place { rows: self.lines, columns: shape.columns.iter().map(|column| column + 1).collect() };
        let grid = Grid { rows: place.rows.len(), columns, values: self.values };
        Content { found, assumed, grid, names, labels, place }.convert(choices)
    }
}
