//! What a notebook and its chapter define, by name.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::answer::is_part;
use super::form::Code;
use super::imports::Import;
use super::items::{Item, ItemKind};

/// The place of an item: the number of its cell among the sources, and its own in there.
pub type Place = (usize, usize);

/// What a notebook defines, by name.
#[derive(Default)]
pub struct Index<'a> {
    /// The chapter's own cells first, then the notebook's, in their order.
    pub(super) sources: Vec<&'a Code>,
    /// How many are the chapter's.
    given: usize,
    pub(super) definitions: HashMap<&'a str, Vec<Place>>,
    /// The names that something else than a function bears.
    others: HashSet<&'a str>,
    /// The traits, by their methods.
    pub(super) traits: HashMap<&'a str, BTreeSet<&'a str>>,
    /// The heads of `impl` blocks, by the names in them.
    pub(super) implementations: HashMap<&'a str, Vec<&'a str>>,
    /// The `impl` blocks by their heads, such as `impl Kept for Angle`.
    pub(super) heads: BTreeMap<&'a str, Vec<Place>>,
    /// The items that `impl` blocks belong to.
    owners: HashMap<Place, Place>,
    pub(super) imports: BTreeMap<&'a str, Vec<(usize, &'a Import)>>,
    pub(super) macro_calls: Vec<Place>,
    /// The sources that make something else of a name than the one above them. The same once more makes no difference.
    pub(super) changes: HashMap<&'a str, BTreeSet<usize>>,
    /// The same for the heads of `impl` blocks.
    pub(super) implementation_changes: HashMap<&'a str, BTreeSet<usize>>,
}

impl<'a> Index<'a> {
    pub fn new(given: &'a [Code], cells: &'a [Code]) -> Index<'a> {
        let sources = given.iter().chain(cells).collect();
        let mut index = Index { sources, given: given.len(), ..Index::default() };
        for source in 0..index.sources.len() {
            let code = index.sources[source];
            let mut above = None;
            for (number, item) in code.items.iter().flatten().enumerate() {
                let place = (source, number);
                index.add(item, place);
                match (item.kind, above) {
                    (ItemKind::Implementation, Some(above)) => _ = index.owners.insert(place, above),
                    (ItemKind::Function | ItemKind::Other, _) if !item.is_macro(&code.text) => above = Some(place),
                    _ => {}
                }
            }
        }
        index.find_changes();
        index
    }

    fn find_changes(&mut self) {
        let of_names = self.definitions.keys().chain(self.imports.keys()).map(|name| {
            let defined = self.definitions.get(name).into_iter().flatten().map(|place| (place.0, self.text(*place)));
            let imported = self.imports.get(name).into_iter().flatten();
            let imported = imported.map(|(source, import)| (*source, import.text.as_str()));
            (*name, changes(defined.chain(imported)))
        });
        let text = |place: &Place| (place.0, self.text(*place));
        let of_heads = self.heads.iter().map(|(head, places)| (*head, changes(places.iter().map(text))));
        (self.changes, self.implementation_changes) = (of_names.collect(), of_heads.collect());
    }

    fn add(&mut self, item: &'a Item, place: Place) {
        match item.kind {
            ItemKind::Function | ItemKind::Other => {
                for name in &item.names {
                    self.definitions.entry(name).or_default().push(place);
                    if item.kind != ItemKind::Function {
                        self.others.insert(name);
                    }
                }
                for method in &item.methods {
                    self.traits.entry(method).or_default().extend(item.names.first().map(String::as_str));
                }
            }
            ItemKind::Implementation => {
                let places = self.heads.entry(&item.head).or_default();
                places.push(place);
                if places.len() == 1 {
                    for name in &item.names {
                        self.implementations.entry(name).or_default().push(&item.head);
                    }
                }
            }
            ItemKind::MacroCall => self.macro_calls.push(place),
            ItemKind::Import => {
                for import in &item.imports {
                    self.imports.entry(&import.name).or_default().push((place.0, import));
                }
            }
        }
    }

    /// The place of an item of the notebook's cell with this index.
    pub fn place(&self, cell: usize, item: usize) -> Place {
        (self.given + cell, item)
    }

    /// Whether a source is one of the chapter's own.
    pub(super) fn is_given(&self, source: usize) -> bool {
        source < self.given
    }

    pub(super) fn item(&self, place: Place) -> &'a Item {
        &self.sources[place.0].items.as_deref().unwrap_or_default()[place.1]
    }

    pub(super) fn text(&self, place: Place) -> &'a str {
        &self.sources[place.0].text[self.item(place).place.clone()]
    }

    /// The item that an `impl` block belongs to. An `impl` has no name, by which it could be replaced: the kernel puts it to
    /// the item above it in its cell, and both are replaced together. Where none is above it, it stays.
    pub(super) fn owner(&self, implementation: Place) -> Option<Place> {
        self.owners.get(&implementation).copied()
    }

    /// Whether an import makes a function of the notebook's own known by this name: `use mine::mean;`, `use mine::*;`.
    pub fn brings_in(&self, item: &Item, name: &str) -> bool {
        let own = |root: &str| {
            let places = self.definitions.get(root).map_or(&[][..], Vec::as_slice);
            places.iter().filter(|place| place.0 >= self.given)
        };
        let defines = |place: &Place| {
            let text = self.text(*place);
            let head = format!("fn {name}");
            text.match_indices(&head).any(|(at, _)| !text[at + head.len()..].starts_with(is_part))
        };
        item.imports.iter().any(|import| match import.name.as_str() {
            "*" => own(&import.root).any(defines),
            brought => brought == name && import.root != name && own(&import.root).next().is_some(),
        })
    }

    /// Whether a name in an item is a variable's, though there is a function of that name: what that function needs is another
    /// exercise's matter.
    pub(super) fn is_variable(&self, item: &Item, name: &str) -> bool {
        item.variables.contains(name) && !self.traits.contains_key(name) && !self.others.contains(name)
    }

    /// Whether a name between the braces of a text may be a constant or an import. No function can stand there.
    pub(super) fn may_be_captured(&self, name: &str) -> bool {
        self.others.contains(name) || self.imports.contains_key(name)
    }
}

/// The sources whose texts are not those of the source before.
fn changes<'a>(texts: impl Iterator<Item = (usize, &'a str)>) -> BTreeSet<usize> {
    let mut by_source: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    texts.for_each(|(source, text)| by_source.entry(source).or_default().push(text));
    let mut before = Vec::new();
    by_source.retain(|_, texts| std::mem::replace(&mut before, texts.clone()) != *texts);
    by_source.into_keys().collect()
}
