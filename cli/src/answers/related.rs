//! All of a notebook that a function may need in one of its states, or may have needed.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::index::{Index, Place};
use super::items::ItemKind;

/// What has to do with a function.
pub struct Related<'a> {
    /// The names that it may need, its own among them.
    pub names: BTreeSet<&'a str>,
    /// The sources that define, import or implement something of that; the chapter's own are left out.
    pub sources: BTreeSet<usize>,
    /// What it needs that is one thing in one source and another in the next: names, or heads of `impl` blocks, and those sources.
    pub redefined: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Related<'a> {
    /// What has to do with the function of this name.
    pub fn to(index: &Index<'a>, function: &'a str) -> Related<'a> {
        let mut related =
            Related { names: BTreeSet::from([function]), sources: BTreeSet::new(), redefined: BTreeMap::new() };
        let (mut open, mut heads, mut looked_into) = (vec![function], HashSet::new(), HashSet::new());
        // What is behind a star may be anything.
        let of_stars = index.imports.get("*").into_iter().flatten().map(|(_, import)| import.root.as_str());
        open.extend(of_stars.filter(|root| related.names.insert(root)));
        while let Some(name) = open.pop() {
            let of_name = |heads: &mut HashSet<&'a str>| -> Vec<&'a str> {
                let all = index.implementations.get(name).into_iter().flatten();
                all.copied().filter(|head| heads.insert(head)).collect()
            };
            let heads = of_name(&mut heads);
            let implemented = heads.iter().flat_map(|head| &index.heads[head]);
            let places: Vec<Place> =
                index.definitions.get(name).into_iter().flatten().chain(implemented).copied().collect();
            let changes = heads.iter().map(|head| (*head, &index.implementation_changes[head]));
            let changes = changes.chain(index.changes.get_key_value(name).map(|(name, sources)| (*name, sources)));
            let redefined = changes.filter(|(name, sources)| *name != function && sources.len() > 1);
            related.redefined.extend(redefined.map(|(name, sources)| (name, sources.iter().copied().collect())));
            let imports = index.imports.get(name).into_iter().flatten();
            let sources = places.iter().map(|place| place.0).chain(imports.clone().map(|(source, _)| *source));
            related.sources.extend(sources.filter(|source| !index.is_given(*source)));
            let mut mentioned: Vec<&'a str> = index.traits.get(name).into_iter().flatten().copied().collect();
            mentioned.extend(imports.map(|(_, import)| import.root.as_str()));
            for place in places.into_iter().filter(|place| looked_into.insert(*place)) {
                let item = index.item(place);
                let spoken_of = item.mentions.iter().chain(&item.captured);
                mentioned.extend(spoken_of.filter(|name| !index.is_variable(item, name)).map(String::as_str));
            }
            let is_known = |name: &&str| {
                index.definitions.contains_key(name)
                    || index.imports.contains_key(name)
                    || index.traits.contains_key(name)
                    || index.implementations.contains_key(name)
            };
            open.extend(mentioned.into_iter().filter(is_known).filter(|name| related.names.insert(name)));
        }
        related
    }

    /// All names of the sources that it is in: a cell is refused as a whole.
    pub fn names_of_sources(&self, index: &Index<'a>) -> BTreeSet<&'a str> {
        let items = self.sources.iter().flat_map(|source| index.sources[*source].items.iter().flatten());
        let items = items.filter(|item| matches!(item.kind, ItemKind::Function | ItemKind::Other));
        items.flat_map(|item| &item.names).map(String::as_str).chain(self.names.iter().copied()).collect()
    }
}
