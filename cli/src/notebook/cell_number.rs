//! How cells are counted: everywhere by their place in the notebook, prose and all, from 1. The numbers that Jupyter writes
//! beside cells say in which order they ran, and change.

/// Said once, below whatever names a cell by its number.
pub const COUNTED: &str = "Cells are counted from the top of the notebook, those with text too.";
