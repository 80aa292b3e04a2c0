//! A function with all that it speaks of.

use std::collections::BTreeSet;

use super::{Code, Item, ItemKind, Piece};

/// The pieces of a program with this function in it: the function, and every item that it needs, of its own cell
/// first, then of the notebook's last definition, then of the chapter. In the order of the notebook.
pub fn with_needs(cells: &[Code], given: &[Code], home: &Code, function: &Item) -> Vec<Piece> {
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
    let mut pieces: Vec<Piece> = Vec::new();
    for (source, item) in taken {
        let (code, item) = (sources[source], item_at(&sources, source, item));
        let text = code.text[item.place.clone()].to_owned();
        // Two cells may import the same.
        if item.kind == ItemKind::Import && pieces.iter().any(|piece| piece.text == text) {
            continue;
        }
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
                ItemKind::Import => item.names.iter().any(|name| mentions.contains(name) && !is_path(name)),
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

/// Names of crates and of the paths to them say nothing about what an import brings in.
fn is_path(name: &str) -> bool {
    ["use", "std", "core", "crate", "self", "super", "neurobook", "ndarray", "as", "f64", "consts"].contains(&name)
}
