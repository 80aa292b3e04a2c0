//! The rows of a sheet that a spreadsheet has saved.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::COLUMNS;

/// A row as somebody wrote it.
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) cells: BTreeMap<&'static str, String>,
}

impl Row {
    /// Which answer it is about: the names of submission and exercise, as they are written.
    pub(super) fn answer(&self) -> (String, String) {
        (self.cells["submission"].clone(), self.cells["exercise"].clone())
    }
}

/// The rows of a sheet, whatever a spreadsheet has made of its separators and of the order of its columns.
pub(super) fn rows(path: &Path) -> Result<Vec<Row>> {
    let name: PathBuf = path.to_owned();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", name.display()))?;
    let text = String::from_utf8(bytes)
        .ok()
        .with_context(|| format!("{} is not in UTF-8: save it again as \"CSV UTF-8\"", name.display()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let head = text.lines().next().unwrap_or_default();
    let count = |separator: &u8| head.bytes().filter(|byte| byte == separator).count();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(count).unwrap_or(b',');
    // Else all rows below would be part of one cell, and their marks be gone. Between tabs some programs write none.
    ensure!(
        separator == b'\t' || text.matches('"').count() % 2 == 0,
        "{}: a quotation mark lacks its other half, so rows run into each other: give it back, or take it away",
        name.display()
    );
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let headers = reader.headers().with_context(|| format!("cannot read {}", name.display()))?.clone();
    let places = COLUMNS.map(|column| (column, headers.iter().position(|header| header.trim() == column)));
    for needed in ["submission", "exercise", "mark"] {
        let there = places.iter().any(|(column, place)| *column == needed && place.is_some());
        ensure!(
            there,
            "{}, row 1: there is no column `{needed}`; the sheet begins with {}",
            name.display(),
            COLUMNS.join(", ")
        );
    }
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.with_context(|| format!("cannot read {}", name.display()))?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let text = |place: Option<usize>| place.and_then(|place| record.get(place)).unwrap_or_default().to_owned();
        let cells = places.map(|(column, place)| (column, text(place)));
        rows.push(Row { number: index + 2, cells: cells.into() });
    }
    Ok(rows)
}
