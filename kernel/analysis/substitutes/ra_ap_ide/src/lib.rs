//! In the place of rust-analyzer's features for editors: the names that evcxr uses.

pub use neurobook_analysis::stand_ins::hir::{RootDatabase, Semantics};
pub use neurobook_analysis::stand_ins::ide::*;
