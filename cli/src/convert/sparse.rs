//! Matrices of which MATLAB keeps only what is not 0.

use anyhow::{Result, bail};

use super::number_format::count;

/// A full matrix, column by column as MATLAB has it, of 0 but at some places. `entries` are row, column and value, counted
/// from 0.
pub fn fill(shape: [usize; 2], entries: impl Iterator<Item = (usize, usize, f64)>) -> Result<Vec<f64>> {
    let mut values = vec![0.0; count(&shape)?];
    for (row, column, value) in entries {
        if row >= shape[0] || column >= shape[1] {
            bail!(
                "the sparse matrix of {} × {} is said to have a value in row {}, column {}: the file is damaged, save it again",
                shape[0],
                shape[1],
                row.saturating_add(1),
                column.saturating_add(1)
            );
        }
        values[row + column * shape[0]] += value;
    }
    Ok(values)
}
