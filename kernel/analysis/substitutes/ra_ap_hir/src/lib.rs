//! In the place of rust-analyzer's model of the code: the names that evcxr uses.

pub use neurobook_analysis::stand_ins::hir::{ChangeWithProcMacros, HirDisplay, Module, Semantics, Type, attach_db};
pub use neurobook_analysis::stand_ins::ide_db::PrefixKind;
