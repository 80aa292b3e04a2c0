//! In the place of rust-analyzer's files: the names that evcxr uses.

pub use neurobook_analysis::stand_ins::files::{Change, FileId, Vfs, VfsPath, file_set};
pub use neurobook_analysis::stand_ins::loader;
