//! The parts of rust-analyzer that evcxr names, as thin as evcxr lets them be.
//!
//! evcxr hands over its source and asks for the variables of one function. All that is read here is that source; the
//! crates and the standard library are the compiler's, who is asked in [`crate::variables`].

pub mod files;
pub mod hir;
pub mod ide;
pub mod ide_db;
pub mod loader;
pub mod project;
