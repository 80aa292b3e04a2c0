//! Texts as nbformat stores them.

use serde_json::Value;

/// A text that is stored as one string or as its lines.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(lines) => lines.iter().map(Value::as_str).collect(),
        _ => None,
    }
}
