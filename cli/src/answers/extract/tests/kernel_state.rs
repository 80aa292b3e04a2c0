//! What the kernel knows when cells have run: a model of evcxr's state that shares nothing with the grader's own search.
//!
//! evcxr has a map from the name of an item to its text, in which the last definition stands for all that speak of the name,
//! also for those above it. An `impl` has no name: in evcxr it belongs to the item above it in its cell, and goes when
//! that one is replaced; where none is above, it stays.

use std::collections::{BTreeMap, BTreeSet};

use crate::answers::answer::is_part;

/// An item of a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub text: String,
    /// The name that it defines or imports; an `impl` has none.
    pub name: Option<&'static str>,
    /// Of an `impl`: the names in its head, one of a type or two of a trait and a type.
    pub head: Vec<&'static str>,
    /// Of an `impl`: the type.
    pub of: &'static str,
    /// The method of a trait or an `impl`.
    pub method: Option<&'static str>,
}

impl Piece {
    /// The names of this list that it speaks of.
    pub fn mentions<'a>(&self, names: &'a [&'static str]) -> impl Iterator<Item = &'static str> + use<'_, 'a> {
        let words: BTreeSet<&str> = self.text.split(|character| !is_part(character)).collect();
        names.iter().copied().filter(move |name| words.contains(name))
    }
}

/// What is known when some cells have run.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The items by name, each with the `impl` blocks that belong to it.
    named: BTreeMap<&'static str, Vec<Piece>>,
    /// The `impl` blocks that are first in their cells.
    unnamed: Vec<Piece>,
}

/// What a function needs.
#[derive(Debug)]
pub struct Needs {
    pub names: BTreeSet<&'static str>,
    pub pieces: Vec<Piece>,
}

impl Needs {
    /// Whether the function would mean something else with this one. An `impl` that is not needed makes a difference only where
    /// another one defines the same.
    pub fn are_others_with(&self, piece: &Piece) -> bool {
        let stands_for_it = match piece.name {
            Some(name) => self.names.contains(name),
            None => self
                .pieces
                .iter()
                .any(|needed| needed.name.is_none() && (needed.method, needed.of) == (piece.method, piece.of)),
        };
        stands_for_it && !self.pieces.iter().any(|needed| needed.text == piece.text)
    }
}

impl State {
    /// The state when one more cell has run; `None` where the compiler refuses two `impl` blocks that define the same.
    pub fn after(&self, cell: &[Piece]) -> Option<State> {
        let mut state = self.clone();
        let mut above: Option<&str> = None;
        for piece in cell {
            let is_imported_or_macro = piece.text.starts_with("use ") || piece.text.starts_with("macro_rules!");
            match (piece.name, above) {
                (Some(name), _) => {
                    state.named.insert(name, vec![piece.clone()]);
                    above = if is_imported_or_macro { above } else { Some(name) };
                }
                (None, Some(above)) => state.named.get_mut(above).unwrap().push(piece.clone()),
                (None, None) => state.unnamed.push(piece.clone()),
            }
        }
        let mut heads = BTreeSet::new();
        let is_once = state.implementations().all(|piece| heads.insert((piece.head.clone(), piece.of, piece.method)));
        is_once.then_some(state)
    }

    fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.named.values().flatten().chain(&self.unnamed)
    }

    fn implementations(&self) -> impl Iterator<Item = &Piece> {
        self.pieces().filter(|piece| piece.name.is_none())
    }

    /// Whether all that is spoken of is known, as the compiler demands before a cell leaves anything.
    pub fn is_complete(&self, names: &[&'static str]) -> bool {
        let defined: BTreeSet<&str> = self.pieces().flat_map(|piece| [piece.name, piece.method]).flatten().collect();
        self.pieces().all(|piece| piece.mentions(names).all(|name| defined.contains(name)))
    }

    /// What a function needs, if the state has all of it.
    pub fn needs(&self, function: &'static str, known: &[&'static str]) -> Option<Needs> {
        let mut found: Vec<&Piece> = Vec::new();
        let mut names: BTreeSet<&str> = [function].into();
        loop {
            let is_named = |piece: &Piece| piece.name.is_some_and(|name| names.contains(name));
            // A trait is used by its method, and an `impl` with its type and its trait.
            let is_trait = |piece: &Piece| piece.name.is_some() && piece.method.is_some_and(|of| names.contains(of));
            let is_for = |piece: &Piece| piece.name.is_none() && piece.head.iter().all(|name| names.contains(name));
            let next = self
                .pieces()
                .find(|piece| (is_named(piece) || is_trait(piece) || is_for(piece)) && !found.contains(piece));
            let Some(piece) = next else { break };
            names.extend(piece.name);
            names.extend(piece.mentions(known));
            found.push(piece);
        }
        let is_method = |name: &str| self.pieces().any(|piece| piece.method == Some(name));
        let is_known = |name: &&str| match is_method(name) {
            true => found.iter().any(|piece| piece.name.is_none() && piece.method == Some(name)),
            false => self.named.contains_key(name),
        };
        let is_complete = names.iter().all(is_known);
        let pieces = found.into_iter().cloned().collect();
        is_complete.then_some(Needs { names, pieces })
    }
}
