//! Which of a chapter's functions are lent to whom, and by which names.

use std::collections::{BTreeMap, BTreeSet};

use super::items;
use crate::chapter::{Chapter, Kind, Variant};

/// By exercise, those whose functions its solution calls.
pub fn lendable(chapter: &Chapter) -> BTreeMap<String, BTreeSet<String>> {
    let solutions = chapter.cells.iter().filter(|cell| matches!(cell.kind, Kind::Exercise(_)));
    let solutions = solutions.filter_map(|cell| Some((cell.asks()?.id.clone(), cell.text(Variant::Solution))));
    let ids: BTreeSet<String> = chapter.specifications().map(|(exercise, _)| exercise.id.clone()).collect();
    let mut lendable: BTreeMap<String, BTreeSet<String>> = ids.iter().map(|id| (id.clone(), BTreeSet::new())).collect();
    for (id, text) in solutions.filter(|(id, _)| ids.contains(id)) {
        let called = items::calls(&text).into_iter().filter(|name| *name != id && ids.contains(name));
        lendable.insert(id.clone(), called.collect());
    }
    lendable
}

/// The name of the library with an exercise's function.
pub fn library_name(id: &str) -> String {
    format!("lent_{id}")
}

/// The import of a lent function.
pub fn import(id: &str) -> String {
    format!("use ::{}::{id};\n", library_name(id))
}
