//! Passes arguments by reference to functions that borrow.

use super::convert::{Collected, FromValues};
use crate::Trajectory;
use ndarray::{Array1, Array2};
use std::borrow::Borrow;

/// What is behind the `&` of an argument: `str`, `[f64]`, `Array1<f64>`, …
pub trait BorrowedArgument {
    /// What owns it while the function looks at it.
    type Owner: FromValues + Borrow<Self>;
}

impl BorrowedArgument for str {
    type Owner = String;
}

impl<T: Collected> BorrowedArgument for [T] {
    type Owner = Vec<T>;
}

impl<T: Collected> BorrowedArgument for Vec<T> {
    type Owner = Vec<T>;
}

impl<T: Collected> BorrowedArgument for Array1<T> {
    type Owner = Array1<T>;
}

impl<T: Collected> BorrowedArgument for Array2<T> {
    type Owner = Array2<T>;
}

impl BorrowedArgument for String {
    type Owner = String;
}

impl BorrowedArgument for Trajectory {
    type Owner = Trajectory;
}

impl<T: Collected, const N: usize> BorrowedArgument for [T; N] {
    type Owner = [T; N];
}

impl<T: Collected, const ROWS: usize, const COLUMNS: usize> BorrowedArgument for [[T; COLUMNS]; ROWS] {
    type Owner = [[T; COLUMNS]; ROWS];
}

/// Lends an argument. What the function borrows decides what is made of the named values.
pub fn borrow_argument<L: BorrowedArgument + ?Sized>(owner: &L::Owner) -> &L {
    owner.borrow()
}
