//! In the place of rust-analyzer's database of files: the names that evcxr uses.

pub use neurobook_analysis::stand_ins::hir::{EditionedFileId, SourceRoot};
