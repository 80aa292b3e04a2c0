//! In the place of rust-analyzer's reading of Cargo's projects: the names that evcxr uses.

pub use neurobook_analysis::stand_ins::project::{CargoConfig, ProjectManifest, ProjectWorkspace, RustLibSource};
