//! Reading a notebook, whoever wrote it.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::cell::Cell;
use super::stored_text::text;
use super::{Notebook, Object, in_due_form};

/// What is done with the outputs that a notebook holds: they can be a thousand times as long as its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outputs {
    /// Read them too.
    Keep,
    /// Pass over them, without keeping them in memory.
    Drop,
}

impl Notebook {
    /// Reads a file.
    pub fn read(path: &Path, outputs: Outputs) -> Result<Notebook> {
        let shown = path.display().to_string();
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {shown}"))?;
        Notebook::parse(&shown, &bytes, outputs)
    }

    /// Reads the contents of a file. `shown` is how messages name it.
    pub fn parse(shown: &str, bytes: &[u8], outputs: Outputs) -> Result<Notebook> {
        let notebook = Notebook::parse_for_any_kernel(shown, bytes, outputs)?;
        check_kernel(shown, &notebook)?;
        Ok(notebook)
    }

    /// Reads the contents of a file that is taken for text, whatever kernel it asks for.
    pub fn parse_for_any_kernel(shown: &str, bytes: &[u8], outputs: Outputs) -> Result<Notebook> {
        Notebook::of_json(shown, bytes, outputs).or_else(|error| match in_due_form(bytes) {
            Some(mended) => Notebook::of_json(shown, &mended, outputs),
            None => Err(error),
        })
    }

    fn of_json(shown: &str, bytes: &[u8], outputs: Outputs) -> Result<Notebook> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut root = match outputs {
            Outputs::Drop => serde_json::from_slice::<MinimalNotebook>(bytes)
                .map(MinimalNotebook::into_object)
                .or_else(|_| object(shown, bytes))?,
            Outputs::Keep => object(shown, bytes)?,
        };
        check_format(shown, &root)?;
        let Some(Value::Array(values)) = root.remove("cells") else {
            bail!("{shown} has no list of cells: is it a notebook?");
        };
        let cells: Vec<Cell> = values
            .into_iter()
            .enumerate()
            .map(|(index, value)| cell(shown, index + 1, value))
            .collect::<Result<_>>()?;
        let warnings = duplicates(shown, &cells);
        Ok(Notebook { cells, warnings, root })
    }
}

/// A notebook whose outputs are passed over.
#[derive(Deserialize)]
struct MinimalNotebook {
    cells: Vec<LeanCell>,
    #[serde(flatten)]
    rest: Object,
}

#[derive(Deserialize)]
struct LeanCell {
    outputs: Option<IgnoredAny>,
    #[serde(flatten)]
    rest: Object,
}

impl MinimalNotebook {
    fn into_object(self) -> Object {
        let cells = self.cells.into_iter().map(|LeanCell { outputs, mut rest }| {
            if outputs.is_some() {
                rest.insert("outputs".to_string(), json!([]));
            }
            Value::Object(rest)
        });
        let mut root = self.rest;
        root.insert("cells".to_string(), cells.collect());
        root
    }
}

fn object(shown: &str, bytes: &[u8]) -> Result<Object> {
    match parsed::<Value>(shown, bytes)? {
        Value::Object(root) => Ok(root),
        _ => bail!("{shown} holds no JSON object: is it a notebook?"),
    }
}

/// Whether this is an object of JSON; the message says what else it may be.
pub(super) fn ensure_json(shown: &str, bytes: &[u8]) -> Result<()> {
    parsed::<IgnoredAny>(shown, bytes)?;
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        bail!("{shown} holds no JSON object: is it a notebook?");
    }
    Ok(())
}

fn parsed<'a, T: Deserialize<'a>>(shown: &str, bytes: &'a [u8]) -> Result<T> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        anyhow!("{shown} is not UTF-8 (byte {}): if it is a notebook, save it as UTF-8", error.valid_up_to())
    })?;
    match text.trim_start().chars().next() {
        None => bail!("{shown} is empty: is it a notebook?"),
        Some('<') if !text.trim_start().starts_with("<<<<<<<") => {
            bail!("{shown} is a web page, not a notebook: download the .ipynb file itself")
        }
        _ => {}
    }
    match serde_json::from_str(text) {
        Ok(value) => Ok(value),
        Err(error) if text.lines().any(|line| line.starts_with("<<<<<<<")) => {
            bail!(
                "{shown} holds the marks of an unfinished merge (line {}): settle it first, or take one side whole",
                error.line()
            )
        }
        Err(error) => {
            bail!("{shown} is not JSON (line {}, column {}): is it a notebook?", error.line(), error.column())
        }
    }
}

pub(super) fn check_format(shown: &str, root: &Object) -> Result<()> {
    match root.get("nbformat").and_then(Value::as_u64) {
        Some(4) => Ok(()),
        Some(old @ ..4) => {
            bail!("{shown} is of nbformat {old}: open it in JupyterLab and save it once, which makes it nbformat 4")
        }
        Some(new) => bail!(
            "{shown} is of nbformat {new}, and this program reads 4: save it as nbformat 4, or use a newer neurobook"
        ),
        None => bail!("{shown} has no nbformat: is it a notebook?"),
    }
}

pub(super) fn cell(shown: &str, number: usize, value: Value) -> Result<Cell> {
    let Value::Object(cell) = value else { bail!("{shown}: cell {number} is not an object: is it a notebook?") };
    match cell.get("cell_type").and_then(Value::as_str) {
        Some("code" | "markdown" | "raw") => {}
        Some(other) => bail!("{shown}: cell {number} is of the unknown type `{other}`: make it code or markdown"),
        None => bail!("{shown}: cell {number} has no cell_type: make it code or markdown"),
    }
    if cell.get("source").and_then(text).is_none() {
        bail!("{shown}: cell {number} has no text: its source must be a string or a list of lines");
    }
    Ok(Cell::from_object(cell))
}

/// Copied cells keep their id in some editors.
pub(super) fn duplicates(shown: &str, cells: &[Cell]) -> Vec<String> {
    let mut first = HashMap::new();
    let mut warnings = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        let Some(id) = cell.id() else { continue };
        match first.get(id) {
            None => _ = first.insert(id, index + 1),
            Some(earlier) => warnings.push(format!(
                "{shown}: cells {earlier} and {} have the same id `{id}`: delete the one that is a copy",
                index + 1
            )),
        }
    }
    warnings
}

/// A notebook that names no language at all is taken for one of ours.
fn check_kernel(shown: &str, notebook: &Notebook) -> Result<()> {
    let named = |path: &[&str]| notebook.metadata(path).and_then(Value::as_str).filter(|name| !name.is_empty());
    let kernel = named(&["kernelspec", "name"]);
    let names = [named(&["language_info", "name"]), named(&["kernelspec", "language"]), kernel];
    let mut names = names.into_iter().flatten();
    let Some(language) = names.next() else {
        return Ok(());
    };
    if language.eq_ignore_ascii_case("rust") || names.any(|name| name.eq_ignore_ascii_case("rust")) {
        return Ok(());
    }
    let kernel = kernel.map(|name| format!(" (kernel `{name}`)")).unwrap_or_default();
    bail!(
        "{shown} is a {} notebook{kernel}: open it in JupyterLab, choose the kernel Rust and save it, if it is one of this course",
        capitalised(language)
    )
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
