//! In the place of rust-analyzer's reader of folders: the names that evcxr uses.

pub use neurobook_analysis::stand_ins::loader::NotifyHandle;
