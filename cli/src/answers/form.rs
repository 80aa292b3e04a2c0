//! Which items of a notebook go with a function, where the notebook can be meant in several ways.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Snippet;
use super::items::Item;

/// A cell of code: its number, its text without commands to the kernel, and its items.
pub(super) struct Code {
    pub(super) number: usize,
    pub(super) text: String,
    pub(super) exercise: Option<String>,
    pub(super) items: Option<Vec<Item>>,
}

/// Which of several definitions of a name counts. The kernel has one of each name, the last that ran, for all that speak of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The last one when the notebook had run from top to bottom as far as this source, which is the function's own or below it.
    Through(usize),
    /// The same for any source, and then the function's own cell has run. A name that this leaves unknown is that of the first
    /// cell below: what was written later was run before it.
    ThenOwn(usize),
    /// Nothing of other cells.
    Alone,
}

/// What else goes with a function.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    pub state: State,
    /// More than is mentioned: all imports, for a trait is used by its methods; all `impl` blocks, which may know a type by another
    /// name, as in `impl Alias { … }`; what the notebook's own macros make; what seems to be a variable's name.
    pub everything: bool,
    /// What the chapter itself defines is taken as the chapter has it, whatever somebody has made of it.
    pub as_given: bool,
    /// Functions that come from elsewhere, whatever the notebook defines.
    pub lent: &'a BTreeSet<String>,
    /// What the check calls: of these names the methods of traits are taken, too.
    pub called: &'a BTreeSet<String>,
    /// The sources of which some names, and `impl` blocks with some heads, are taken, whatever the state.
    pub chosen: Option<&'a BTreeMap<&'a str, usize>>,
}

/// What goes with a function.
pub struct Collected {
    pub pieces: Vec<Snippet>,
    /// The lent functions that it speaks of.
    pub lent: BTreeSet<String>,
    /// The first word in it that is not compiled, whatever surrounds it, and the number of its cell.
    pub refused: Option<(usize, &'static str)>,
    /// The sources that make something else of what it needs than those above them.
    pub changes: BTreeSet<usize>,
    /// How much it took to find, and takes to keep.
    pub cost: usize,
}
