//! What a function that borrows its argument is lent.

use super::convert::{Scalar, Take};
use crate::Trajectory;
use ndarray::{Array1, Array2};
use std::borrow::Borrow;

/// What stands behind the `&` of an argument: `str`, `[f64]`, `Array1<f64>`, …
pub trait Lent {
    /// What owns it while the function looks at it.
    type Owner: Take + Borrow<Self>;
}

impl Lent for str {
    type Owner = String;
}

impl<T: Scalar> Lent for [T] {
    type Owner = Vec<T>;
}

impl<T: Scalar> Lent for Vec<T> {
    type Owner = Vec<T>;
}

impl<T: Scalar> Lent for Array1<T> {
    type Owner = Array1<T>;
}

impl<T: Scalar> Lent for Array2<T> {
    type Owner = Array2<T>;
}

impl Lent for String {
    type Owner = String;
}

impl Lent for Trajectory {
    type Owner = Trajectory;
}

impl<T: Scalar, const N: usize> Lent for [T; N] {
    type Owner = [T; N];
}

impl<T: Scalar, const ROWS: usize, const COLUMNS: usize> Lent for [[T; COLUMNS]; ROWS] {
    type Owner = [[T; COLUMNS]; ROWS];
}

/// Lends an argument. What the function borrows decides what is made of the named values.
pub fn lend<L: Lent + ?Sized>(owner: &L::Owner) -> &L {
    owner.borrow()
}
