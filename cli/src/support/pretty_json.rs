//! JSON for people and programs.

use serde::Serialize;

/// A value as a file for people and programs.
pub fn bytes(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("plain structs with text keys can be written to memory");
    bytes.push(b'\n');
    bytes
}
