//! Systems of linear equations.

/// A square matrix as the product of a lower and an upper triangle, with its rows exchanged so that each
/// pivot is the largest of its column.
///
/// Source: G. H. Golub and C. F. Van Loan, *Matrix Computations*, section 3.4.
pub(super) struct Lu {
    size: usize,
    /// Both triangles, row by row; the lower one has ones on its diagonal.
    entries: Vec<f64>,
    /// The row with which each row was exchanged in its turn.
    exchanges: Vec<usize>,
}

impl Lu {
    /// The factors of a matrix given row by row. Those of a singular one are not finite, or the solutions
    /// are not.
    pub fn new(size: usize, mut entries: Vec<f64>) -> Lu {
        let mut exchanges = Vec::with_capacity(size);
        for column in 0..size {
            let entry = |row: &usize| entries[row * size + column].abs();
            let pivot = (column..size).max_by(|a, b| entry(a).total_cmp(&entry(b))).unwrap_or(column);
            exchanges.push(pivot);
            for k in 0..size {
                entries.swap(column * size + k, pivot * size + k);
            }
            let (above, below) = entries.split_at_mut((column + 1) * size);
            let pivot_row = &above[column * size..];
            for row in below.chunks_exact_mut(size) {
                let factor = row[column] / pivot_row[column];
                row[column] = factor;
                row[column + 1..].iter_mut().zip(&pivot_row[column + 1..]).for_each(|(x, pivot)| *x -= factor * pivot);
            }
        }
        Lu { size, entries, exchanges }
    }

    /// Puts the solution in the place of the right-hand side.
    pub fn solve(&self, side: &mut [f64]) {
        for (row, exchanged) in self.exchanges.iter().enumerate() {
            side.swap(row, *exchanged);
        }
        for row in 0..self.size {
            let known: f64 = self.row(row).iter().zip(&side[..row]).map(|(entry, x)| entry * x).sum();
            side[row] -= known;
        }
        for row in (0..self.size).rev() {
            let known: f64 = self.row(row).iter().zip(&*side).skip(row + 1).map(|(entry, x)| entry * x).sum();
            side[row] = (side[row] - known) / self.row(row)[row];
        }
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.entries[row * self.size..][..self.size]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_whose_pivots_must_be_exchanged_is_solved() {
        let matrix = [0.0, 2.0, 1.0, 1e-20, 1.0, 3.0, 4.0, -1.0, 0.0];
        let x = [3.0, -2.0, 0.5];
        let mut side: Vec<f64> =
            matrix.chunks(3).map(|row| row.iter().zip(x).map(|(entry, x)| entry * x).sum()).collect();
        Lu::new(3, matrix.to_vec()).solve(&mut side);
        for (found, x) in side.iter().zip(x) {
            assert!((found - x).abs() < 1e-14, "{found} instead of {x}");
        }
    }
}
