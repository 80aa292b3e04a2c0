//! Which items of a notebook go with a function, where the notebook can be meant in several ways.

use std::collections::BTreeSet;

use super::answer::Snippet;
use super::items::Item;

/// A cell of code: its number, its text without commands to the kernel, and its items.
pub(super) struct Code {
    pub(super) number: usize,
    pub(super) text: String,
    pub(super) exercise: Option<String>,
    pub(super) items: Option<Vec<Item>>,
}

/// Which of several definitions of a name counts, if none is in the function's own cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The last one of those that the notebook had when this source had run, from top to bottom: a cell below it may have been
    /// written later, and one above it may have failed.
    After(usize),
    /// The same, and the function's own cell is no exception: a cell below it may have mended what is in it.
    Replaced(usize),
    /// Of each item's own cell, or the nearest above that: what the notebook's cells meant when they ran from top to bottom. Each
    /// cell is a module of its own, so that two may define the same.
    EachCells,
}

/// What else goes with a function.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    pub choice: Choice,
    /// Nothing of other cells is taken.
    pub alone: bool,
    /// More than is mentioned: all imports, for a trait is used by its methods, and the `impl` blocks of a type that are in
    /// several cells.
    pub generous: bool,
    /// What the notebook's own macros make, too.
    pub macro_calls: bool,
    /// Whatever implements something, for it may be known by another name than the function's: `impl Alias { … }`.
    pub implementations: bool,
    /// What the chapter itself defines is taken as the chapter has it, whatever somebody has made of it.
    pub as_given: bool,
    /// Functions that come from elsewhere, whatever the notebook defines.
    pub lent: &'a BTreeSet<String>,
    /// What the check calls: of these names the methods of traits are taken, too.
    pub called: &'a BTreeSet<String>,
}

/// What goes with a function.
pub struct Collected {
    pub pieces: Vec<Snippet>,
    /// The lent functions that it speaks of.
    pub lent: BTreeSet<String>,
    /// The first word in it that is not compiled, whatever surrounds it, and the number of its cell.
    pub refused: Option<(usize, &'static str)>,
    /// The sources in which something that it speaks of is defined, where others define it, too.
    pub versions: BTreeSet<usize>,
    /// How much it took to find, and takes to keep.
    pub cost: usize,
}
