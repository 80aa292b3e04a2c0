//! A matrix turned round. The conclusions' tests use this file too.

use neurobook::prelude::*;

/// The inverse of a matrix, by Gauss-Jordan elimination.
pub fn inverse(matrix: &Array2<f64>) -> Array2<f64> {
    let count = matrix.nrows();
    let (mut left, mut right) = (matrix.clone(), Array2::<f64>::eye(count));
    for pivot in 0..count {
        let scale = left[[pivot, pivot]];
        left.row_mut(pivot).mapv_inplace(|value| value / scale);
        right.row_mut(pivot).mapv_inplace(|value| value / scale);
        let (pivot_left, pivot_right) = (left.row(pivot).to_owned(), right.row(pivot).to_owned());
        for row in (0..count).filter(|row| *row != pivot) {
            let share = left[[row, pivot]];
            left.row_mut(row).scaled_add(-share, &pivot_left);
            right.row_mut(row).scaled_add(-share, &pivot_right);
        }
    }
    right
}
