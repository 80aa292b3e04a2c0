//! In the place of rust-analyzer's database of names: the names that evcxr uses.

pub use neurobook_analysis::stand_ins::ide_db::{FxHashMap, SnippetCap, SymbolKind, imports};
