//! In the place of rust-analyzer's paths: the names that evcxr uses.

pub use neurobook_analysis::stand_ins::files::AbsPathBuf;
