//! A cell, and the two ways in which notebooks hold text.

use serde_json::{Value, json};

use super::Object;
use super::picture::{self, Picture};
use super::stored_text::text;

/// A cell of a notebook.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    json: Object,
}

impl Cell {
    /// A cell of code that has not run.
    pub fn code(id: &str, source: &str) -> Cell {
        let mut cell = Cell::new("code", id, source);
        cell.set_outputs(None, Vec::new());
        cell
    }

    /// A cell of prose.
    pub fn markdown(id: &str, source: &str) -> Cell {
        Cell::new("markdown", id, source)
    }

    fn new(kind: &str, id: &str, source: &str) -> Cell {
        let mut cell = Cell {
            json: Object::from_iter([
                ("cell_type".to_string(), json!(kind)),
                ("id".to_string(), json!(id)),
                ("metadata".to_string(), json!({})),
            ]),
        };
        cell.set_source(source);
        cell
    }

    /// A cell that has been found to be one.
    pub(super) fn from_object(json: Object) -> Cell {
        Cell { json }
    }

    pub(super) fn to_value(&self) -> Value {
        Value::Object(self.json.clone())
    }

    /// The cell's id: of nbformat 4.5, or the one that Colab keeps in the metadata.
    pub fn id(&self) -> Option<&str> {
        self.json.get("id").or_else(|| self.metadata(&["id"])).and_then(Value::as_str)
    }

    /// Gives the cell another id, where it had one.
    pub fn set_id(&mut self, id: &str) {
        let place = if self.json.contains_key("id") { &mut self.json } else { self.metadata_mut() };
        place.insert("id".to_string(), json!(id));
    }

    /// Whether the cell holds code.
    pub fn is_code(&self) -> bool {
        self.json.get("cell_type").is_some_and(|kind| kind == "code")
    }

    /// Whether the cell holds prose.
    pub fn is_markdown(&self) -> bool {
        self.json.get("cell_type").is_some_and(|kind| kind == "markdown")
    }

    /// The text, with plain line ends.
    pub fn source(&self) -> String {
        self.json.get("source").and_then(text).unwrap_or_default().replace("\r\n", "\n")
    }

    /// Replaces the text.
    pub fn set_source(&mut self, source: &str) {
        self.json.insert("source".to_string(), lines(source));
    }

    /// Takes over what somebody wrote into another cell: its text, and the pictures that belong to it.
    pub fn take_writing(&mut self, other: &Cell) {
        self.set_source(&other.source());
        if let Some(pictures) = other.json.get("attachments") {
            self.json.insert("attachments".to_string(), pictures.clone());
        }
    }

    /// The value at this path of the cell's metadata: `["neurobook", "role"]`.
    pub fn metadata(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(self.json.get("metadata")?, |value, key| value.get(key))
    }

    /// The cell's metadata, to be changed.
    pub fn metadata_mut(&mut self) -> &mut Object {
        object_mut(&mut self.json, "metadata")
    }

    /// The exercise that the cell belongs to.
    pub fn exercise(&self) -> Option<&str> {
        self.metadata(&["neurobook", "exercise"])?.as_str()
    }

    /// What the cell is for in its exercise: `answer`, `text`, `check`, `hint` or `solution`.
    pub fn role(&self) -> Option<&str> {
        self.metadata(&["neurobook", "role"])?.as_str()
    }

    /// The pictures that somebody has put into it.
    pub fn pictures(&self) -> Vec<Picture> {
        picture::of(self.json.get("attachments"))
    }

    /// The outputs of a cell of code.
    pub fn outputs(&self) -> &[Value] {
        self.json.get("outputs").and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// Replaces the outputs; their texts are split into lines as Jupyter stores them.
    pub fn set_outputs(&mut self, execution_count: Option<u64>, mut outputs: Vec<Value>) {
        outputs.iter_mut().for_each(split_texts);
        self.json.insert("execution_count".to_string(), json!(execution_count));
        self.json.insert("outputs".to_string(), Value::Array(outputs));
    }
}

/// The object at a key; made where there is none.
pub(super) fn object_mut<'a>(parent: &'a mut Object, key: &str) -> &'a mut Object {
    let value = parent.entry(key).or_insert_with(|| json!({}));
    if !value.is_object() {
        *value = json!({});
    }
    value.as_object_mut().expect("it was made an object just now")
}

/// A text as Jupyter stores it: its lines, each with its line end.
fn lines(text: &str) -> Value {
    Value::Array(text.split_inclusive('\n').map(Value::from).collect())
}

fn split_texts(output: &mut Value) {
    let split = |value: &mut Value| {
        if let Some(text) = value.as_str() {
            *value = lines(text);
        }
    };
    if let Some(text) = output.get_mut("text") {
        split(text);
    }
    for (kind, value) in output.get_mut("data").and_then(Value::as_object_mut).into_iter().flatten() {
        // JSON is stored as it is.
        if !kind.ends_with("json") {
            split(value);
        }
    }
}
