//! What a kernel asks and what it is told: one JSON object a line each way, any number on one connection.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A question about one file.
#[derive(Clone, Debug, Deserialize)]
pub struct Request {
    /// A session's folder, with a `Cargo.toml` and perhaps a `Cargo.lock`: they say which crates there are.
    pub folder: PathBuf,
    /// The whole text of the crate's one file, as evcxr's `analysis_code`.
    #[serde(default)]
    pub source: String,
    /// The cursor, in bytes of `source`.
    #[serde(default)]
    pub offset: usize,
    pub kind: Kind,
    /// How long to wait for crates that are still being read, before the answer is "loading".
    #[serde(default)]
    pub patience_ms: u64,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Complete,
    Hover,
    /// Reads the crates and what this place needs, so that a later question is answered at once.
    Load,
}

#[derive(Debug, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum Answer {
    /// The completions, best first as rust-analyzer gives them.
    Items { items: Vec<Item> },
    /// What stands at the cursor, twice. `None` where there is nothing to say.
    Text { plain: Option<String>, markdown: Option<String> },
    /// The crates of this folder are there.
    Loaded,
    /// The crates of this folder are being read: ask again.
    Loading,
    /// The question cannot be answered.
    Failed { message: String },
}

/// One completion: replace `start..end` of the source by `insert`.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Item {
    pub start: usize,
    pub end: usize,
    pub insert: String,
    pub lookup: String,
    /// Jupyter's word: function, class, module, instance or keyword.
    pub kind: &'static str,
    pub label: String,
    /// The signature or type.
    pub detail: Option<String>,
    pub deprecated: bool,
    /// rust-analyzer's own measure of how well it fits: more is better.
    pub score: u32,
}
