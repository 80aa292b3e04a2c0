//! Completion and explanation of code, which somebody else gives: whoever runs the kernel registers them.

use std::ops::Range;
use std::path::Path;
use std::sync::{PoisonError, RwLock};

/// A question about a place in the code of a cell, with all that came before it.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The session's folder, with its Cargo.toml.
    pub folder: &'a Path,
    /// The whole source, as it would be in `src/lib.rs`.
    pub source: &'a str,
    /// The place, in bytes of the source.
    pub offset: usize,
}

/// Something that may be written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it replaces, in bytes of the source. All items of an answer replace the same.
    pub replace: Range<usize>,
    /// What is written. Places to be filled are written `${1:name}`, the end `$0`.
    pub insert: String,
    /// The word by which it is found: items whose word does not begin with what they replace are not shown.
    pub lookup: String,
    /// What it is.
    pub kind: Kind,
    /// How it is shown in a list.
    pub label: String,
}

/// What Jupyter tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A function, a method or a macro.
    Function,
    /// A type or a trait.
    Type,
    /// A module or a crate.
    Module,
    /// A variable, a field, a constant, and whatever else.
    Value,
    /// A word of the language.
    Keyword,
}

/// How an explanation is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// In Markdown.
    Markdown,
    /// In plain text.
    PlainText,
}

/// Knows the code better than this crate does.
pub trait Assistant: Send + Sync {
    /// What may be written at a place; none if it cannot say.
    fn complete(&self, request: &Request<'_>) -> Option<Vec<Item>>;

    /// What is at a place; none if it cannot say.
    fn explain(&self, request: &Request<'_>, format: Format) -> Option<String>;
}

static ASSISTANT: RwLock<Option<Box<dyn Assistant>>> = RwLock::new(None);

/// Asks this one from now on. Without one there are no completions, and that is no error.
pub fn set_assistant(assistant: Box<dyn Assistant>) {
    *ASSISTANT.write().unwrap_or_else(PoisonError::into_inner) = Some(assistant);
}

pub(crate) fn complete(request: &Request<'_>) -> Option<Vec<Item>> {
    ASSISTANT.read().unwrap_or_else(PoisonError::into_inner).as_ref()?.complete(request)
}

pub(crate) fn explain(request: &Request<'_>, format: Format) -> Option<String> {
    ASSISTANT.read().unwrap_or_else(PoisonError::into_inner).as_ref()?.explain(request, format)
}
