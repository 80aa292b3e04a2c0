//! An array of numbers in memory, of any shape, row by row; and its place in a table.

use anyhow::{Result, anyhow, bail, ensure};

use super::number_format::{Inexact, shape_words};

/// An array as a file of numbers holds it.
#[derive(Debug)]
pub struct Array {
    pub shape: Vec<usize>,
    /// The last index runs fastest.
    pub values: Vec<f64>,
    /// How the file keeps the numbers, in words.
    pub kind: String,
}

/// Numbers in rows and columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    pub rows: usize,
    pub columns: usize,
    /// Row by row.
    pub values: Vec<f64>,
}

impl Array {
    /// An array of this shape. `first_fastest` says that the first index runs fastest in `values`, as in MATLAB.
    pub fn new(
        shape: Vec<usize>,
        values: Result<Vec<f64>, Inexact>,
        first_fastest: bool,
        kind: String,
    ) -> Result<Array> {
        let values = match values {
            Ok(values) => values,
            Err(Inexact { index, number }) => {
                bail!(
                    "{}: {number} has more digits than a number of the course (an f64) keeps: save smaller numbers, such \
                     as differences from the first",
                    place(&shape, index, first_fastest)
                )
            }
        };
        let values = if first_fastest && shape.len() > 1 { last_fastest(&shape, &values) } else { values };
        Ok(Array { shape, values, kind })
    }

    /// The array as a table, and what was done for it.
    pub fn into_grid(self, assumed: &mut Vec<String>) -> Result<Grid> {
        let words = shape_words(&self.shape);
        ensure!(!self.shape.contains(&0), "the array is empty (its shape is {words}): save one with numbers in it");
        let mut shape = self.shape;
        if shape.len() > 2 {
            shape.retain(|length| *length != 1);
            ensure!(
                shape.len() <= 2,
                "the array has {} dimensions ({words}), and a table has two: save one slice of it, such as `x[0]` in \
                 Python or `x(:, :, 1)` in MATLAB",
                shape.len()
            );
            assumed.push(format!("Dimensions of length 1 are left out: {words} became {}.", shape_words(&shape)));
        }
        let (rows, columns) = match shape[..] {
            [] => (1, 1),
            [length] => {
                assumed.push(format!("The array has one dimension: its {length} values are one column."));
                (length, 1)
            }
            [rows, columns] => (rows, columns),
            _ => return Err(anyhow!("the array has too many dimensions ({words})")),
        };
        Ok(Grid { rows, columns, values: self.values })
    }
}

impl Grid {
    /// The values of a row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }

    /// Rows become columns.
    pub fn transposed(&self) -> Grid {
        let values = (0..self.columns)
            .flat_map(|column| (0..self.rows).map(move |row| self.values[row * self.columns + column]));
        Grid { rows: self.columns, columns: self.rows, values: values.collect() }
    }

    /// Row and column, counted from 0, of the first value that is not as it should be.
    pub fn find(&self, wrong: impl Fn(f64) -> bool) -> Option<(usize, usize)> {
        let index = self.values.iter().position(|value| wrong(*value))?;
        Some((index / self.columns, index % self.columns))
    }
}

/// Where a value is, counted from 1 as in a spreadsheet.
fn place(shape: &[usize], index: usize, first_fastest: bool) -> String {
    match *shape {
        [_, columns] if !first_fastest => format!("row {}, column {}", index / columns + 1, index % columns + 1),
        [rows, _] => format!("row {}, column {}", index % rows + 1, index / rows + 1),
        _ => format!("value {}", index + 1),
    }
}

/// Values whose first index runs fastest, with the last one running fastest.
fn last_fastest(shape: &[usize], values: &[f64]) -> Vec<f64> {
    let mut strides = Vec::with_capacity(shape.len());
    let mut stride = 1;
    for length in shape {
        strides.push(stride);
        stride *= length;
    }
    let mut place = vec![0; shape.len()];
    let mut result = Vec::with_capacity(values.len());
    for _ in 0..values.len() {
        result.push(values[place.iter().zip(&strides).map(|(index, stride)| index * stride).sum::<usize>()]);
        for axis in (0..shape.len()).rev() {
            place[axis] += 1;
            if place[axis] < shape[axis] {
                break;
            }
            place[axis] = 0;
        }
    }
    result
}
