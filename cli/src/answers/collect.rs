//! A function with all that it speaks of.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::extract::{Code, Piece};
use super::items::{Item, ItemKind};

/// The pieces of a program with this function in it: the function, and every item that it needs, of its own cell
/// first, then of the notebook's last definition, then of the chapter. In the order of the notebook.
pub fn with_needs<'a>(
    cells: impl IntoIterator<Item = &'a Code>,
    given: &'a [Code],
    home: &Code,
    function: &Item,
) -> Vec<Piece> {
    let sources: Vec<&Code> = given.iter().chain(cells).collect();
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let start = position(&sources, home, function);
    let mut open = vec![start];
    let mut defined: BTreeSet<&str> = function.names.iter().map(String::as_str).collect();
    while let Some((source, item)) = open.pop() {
        taken.push((source, item));
        let mentions = &item_at(&sources, source, item).mentions;
        for name in mentions.iter().filter(|name| !defined.contains(name.as_str())).collect::<Vec<_>>() {
            if let Some(found) = definition(&sources, start.0, name) {
                defined.extend(item_at(&sources, found.0, found.1).names.iter().map(String::as_str));
                open.push(found);
            }
        }
        // Imports and implementations define nothing that could be defined twice.
        for found in companions(&sources, &defined, mentions) {
            if !taken.contains(&found) && !open.contains(&found) {
                open.push(found);
            }
        }
    }
    taken.sort_unstable();
    taken.dedup();
    let taken = without_doubled_imports(&sources, start.0, taken);
    let mut pieces: Vec<Piece> = Vec::new();
    for (source, item) in taken {
        let (code, item) = (sources[source], item_at(&sources, source, item));
        let text = code.text[item.place.clone()].to_owned();
        let line = 1 + code.text[..item.place.start].matches('\n').count();
        pieces.push(Piece { cell: code.number, line, text });
    }
    pieces
}

fn item_at<'a>(sources: &[&'a Code], source: usize, item: usize) -> &'a Item {
    &sources[source].items.as_deref().unwrap_or_default()[item]
}

fn position(sources: &[&Code], home: &Code, function: &Item) -> (usize, usize) {
    let source = sources.iter().position(|code| std::ptr::eq(*code, home)).unwrap_or_default();
    let item = home.items.iter().flatten().position(|item| std::ptr::eq(item, function)).unwrap_or_default();
    (source, item)
}

/// Where a name is defined: in the function's own cell, or else last in the notebook, or else in the chapter.
fn definition(sources: &[&Code], home: usize, name: &str) -> Option<(usize, usize)> {
    let in_source = |source: usize| {
        let items = sources[source].items.as_deref().unwrap_or_default();
        let defines = |item: &Item| {
            matches!(item.kind, ItemKind::Function | ItemKind::Other)
                && item.names.iter().any(|defined| defined == name)
        };
        items.iter().rposition(defines).map(|item| (source, item))
    };
    in_source(home).or_else(|| (0..sources.len()).rev().find_map(in_source))
}

/// The imports that bring in a name that is mentioned, and the implementations for types that are defined here.
fn companions(sources: &[&Code], defined: &BTreeSet<&str>, mentions: &BTreeSet<String>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (source, code) in sources.iter().enumerate() {
        for (number, item) in code.items.iter().flatten().enumerate() {
            let wanted = match item.kind {
                ItemKind::Import => {
                    is_glob(item) || item.names.iter().any(|name| mentions.contains(name) && !is_path(name))
                }
                ItemKind::Implementation => item.names.iter().any(|name| defined.contains(name.as_str())),
                ItemKind::Function | ItemKind::Other => false,
            };
            if wanted {
                found.push((source, number));
            }
        }
    }
    found
}

/// Two cells may import the same, which one program may not: the function's own cell comes first, then the last one.
fn without_doubled_imports(sources: &[&Code], home: usize, taken: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let is_import = |place: &(usize, usize)| item_at(sources, place.0, place.1).kind == ItemKind::Import;
    let (mut imports, others): (Vec<_>, Vec<_>) = taken.into_iter().partition(is_import);
    let needed: BTreeSet<&String> =
        others.iter().flat_map(|(source, item)| &item_at(sources, *source, *item).mentions).collect();
    imports.sort_by_key(|place| (place.0 != home, Reverse(*place)));
    let mut brought: BTreeSet<&str> = BTreeSet::new();
    imports.retain(|(source, item)| {
        let import = item_at(sources, *source, *item);
        let names = import.names.iter().filter(|name| !is_path(name));
        let new = names.clone().any(|name| needed.contains(name) && !brought.contains(name.as_str()));
        brought.extend(names.map(String::as_str));
        new || is_glob(import)
    });
    let mut taken: Vec<(usize, usize)> = imports.into_iter().chain(others).collect();
    taken.sort_unstable();
    taken
}

/// Whether it brings in names that it does not say. Several that bring in the same do no harm.
fn is_glob(item: &Item) -> bool {
    item.names.iter().any(|name| name == "*")
}

/// Names of crates and of the paths to them say nothing about what an import brings in.
fn is_path(name: &str) -> bool {
    ["use", "std", "core", "crate", "self", "super", "neurobook", "ndarray", "as", "f64", "consts"].contains(&name)
}
