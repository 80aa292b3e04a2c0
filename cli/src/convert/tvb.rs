//! The Virtual Brain's connectome: a zip file of texts, some of them packed by bzip2.
//!
//! <https://docs.thevirtualbrain.org/manuals/UserGuide/DataExchange.html>: weights and tract lengths are square, a line of
//! the centers has a region's name and its place, and all other files may be missing.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};

use super::archive::{Archive, bunzip2, gunzip, shown};
use super::array::Grid;
use super::course_table::{LOAD_LABELS, grid_text, label_table};
use super::delimited::{Delimiter, for_each_row};
use super::{Conversion, CourseTable, text, value};

/// The parts that are read, and the words that their names have.
const PARTS: [(&str, &[&str]); 4] = [
    ("weights", &["weights"]),
    ("lengths", &["tract_lengths", "tracts", "tract_length"]),
    ("centers", &["centres", "centers"]),
    ("labels", &["labels", "region_labels"]),
];

/// The most values of one text, which are those of 2,000 regions.
const MOST_FIELDS: usize = 4_000_000;

/// Whether an archive has a file of weights that is text.
pub fn is_connectome(names: &[String]) -> bool {
    names.iter().any(|name| part(name) == Some("weights"))
}

/// Which part a file is.
fn part(name: &str) -> Option<&'static str> {
    // macOS puts a file of its own beside each.
    if name.contains("__MACOSX") || name.ends_with('/') {
        return None;
    }
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
    let stem = file.trim_end_matches(".bz2").trim_end_matches(".gz");
    let stem = stem.strip_suffix(".txt").or_else(|| stem.strip_suffix(".csv")).unwrap_or(stem);
    PARTS.iter().find(|(_, words)| words.contains(&stem)).map(|(part, _)| *part)
}

/// The tables of the connectome.
pub fn convert(archive: &mut Archive<'_>) -> Result<Conversion> {
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut others = Vec::new();
    for (index, name) in archive.names.iter().enumerate() {
        match part(name) {
            Some(part) => {
                if let Some(first) = parts.insert(part, index) {
                    bail!(
                        "the archive has the {part} twice, {:?} and {:?}: leave one out",
                        shown(&archive.names[first]),
                        shown(name)
                    );
                }
            }
            None if name.ends_with('/') || name.contains("__MACOSX") => {}
            None => others.push(shown(name)),
        }
    }
    let mut assumed = vec![
        "Row n of the weights has what region n receives, here as there.".to_owned(),
        "Lengths are in mm, as The Virtual Brain has them; the weights have no unit.".to_owned(),
    ];
    if !others.is_empty() {
        assumed.push(format!("Left out: {}.", others.join(", ")));
    }
    let mut read = |part: &str| parts.get(part).map(|index| Part::read(archive, *index)).transpose();
    let weights = read("weights")?.context("the archive has no weights")?.numbers(0)?;
    let regions = weights.rows;
    ensure!(
        regions == weights.columns,
        "weights: there are {regions} rows and {} columns, and a connectome has as many of both",
        weights.columns
    );
    let centers = read("centers")?;
    let labels = labels(read("labels")?, centers.as_ref(), regions)?;
    let positions = centers.as_ref().map(|centers| positions(centers, regions)).transpose()?;
    let lengths = match read("lengths")?.map(|part| part.numbers(0)).transpose()? {
        Some(lengths) => {
            ensure!(
                (lengths.rows, lengths.columns) == (regions, regions),
                "tract lengths: there are {} rows and {} columns, and {regions} regions in the weights",
                lengths.rows,
                lengths.columns
            );
            if let Some((row, column)) = lengths.find(|length| length < 0.0) {
                bail!("tract lengths, row {}, column {}: a length is negative", row + 1, column + 1);
            }
            Some(lengths)
        }
        None => positions.as_ref().map(|positions| {
            assumed.push("There are no tract lengths: they are the straight distances between the centers.".to_owned());
            distances(positions)
        }),
    };
    let zeros = weights.values.iter().filter(|weight| **weight == 0.0).count();
    let connections = weights.values.len() - zeros;
    let found = format!("a connectome of The Virtual Brain: {regions} regions, {connections} weights that are not 0");
    let matrix = |suffix, grid: &Grid, words: &str| CourseTable {
        suffix,
        extension: "csv",
        text: grid_text(grid, String::new()),
        words: format!("{} × {} {words}", grid.rows, grid.columns),
    };
    let mut tables = vec![matrix("_weights", &weights, "weights")];
    let mut load = match &lengths {
        Some(lengths) => {
            tables.push(matrix("_lengths", lengths, "lengths in mm"));
            "let connectome = Connectome::read(\"{}\", \"{}\")?;".to_owned()
        }
        None => {
            assumed.push("There are neither tract lengths nor centers, so there is no file of lengths.".to_owned());
            "let weights = data::read_matrix(\"{}\")?;".to_owned()
        }
    };
    if let Some(labels) = labels {
        tables.push(label_table(&labels));
        load.push_str(LOAD_LABELS);
    }
    if let Some(positions) = &positions {
        tables.push(matrix("_centers", positions, "coordinates x, y, z in mm"));
        load.push_str("\nlet centers = data::read_matrix(\"{}\")?;");
    }
    Ok(Conversion { found, assumed, tables, load })
}

/// The rows of one of the texts.
struct Part {
    name: String,
    rows: Vec<(usize, Vec<String>)>,
}

impl Part {
    fn read(archive: &mut Archive<'_>, index: usize) -> Result<Part> {
        let name = shown(&archive.names[index]);
        let packed = archive.read(index)?;
        let read = || -> Result<Part> {
            let bytes = match &packed {
                bytes if bytes.starts_with(b"BZh") => bunzip2(bytes)?,
                bytes if bytes.starts_with(b"\x1f\x8b") => gunzip(bytes)?,
                bytes => bytes.clone(),
            };
            let text = text::decode(&bytes, &mut Vec::new())?;
            // A label may have blanks and commas in it.
            let delimiter = if part(&name) == Some("labels") { Delimiter::Tab } else { Delimiter::find("", &text)? };
            let (mut rows, mut fields_read) = (Vec::new(), 0);
            for_each_row(&text, delimiter, |line, fields| {
                fields_read += fields.len();
                ensure!(fields_read <= MOST_FIELDS, "row {line}: there are more than {MOST_FIELDS} values");
                rows.push((line, fields.iter().map(|field| field.clone().into_owned()).collect()));
                Ok(true)
            })?;
            ensure!(!rows.is_empty(), "the file is empty");
            Ok(Part { name: name.clone(), rows })
        };
        read().with_context(|| name.clone())
    }

    /// The numbers behind the first columns.
    fn numbers(&self, skipped: usize) -> Result<Grid> {
        let columns = self.rows[0].1.len().saturating_sub(skipped);
        let mut values = Vec::with_capacity(self.rows.len().saturating_mul(columns).min(1 << 20));
        for (line, row) in &self.rows {
            ensure!(
                row.len() == columns + skipped,
                "{}, row {line}: this row has {} values, and the first one {}",
                self.name,
                row.len(),
                columns + skipped
            );
            for (column, field) in row.iter().enumerate().skip(skipped) {
                match value::parse(field, false) {
                    Some(number) if number.is_finite() => values.push(number),
                    _ => bail!(
                        "{}, row {line}, column {}: {:?} is not a finite number: mend it where the file is made",
                        self.name,
                        column + 1,
                        shown(field)
                    ),
                }
            }
        }
        Ok(Grid { rows: self.rows.len(), columns, values })
    }
}

/// The names of the regions: from a file of their own, or from the first column of the centers.
fn labels(labels: Option<Part>, centers: Option<&Part>, regions: usize) -> Result<Option<Vec<String>>> {
    let names: Option<Vec<String>> = match (labels, centers) {
        (Some(labels), _) => Some(labels.rows.iter().map(|(_, row)| row.join(" ")).collect()),
        (None, Some(centers)) if centers.rows[0].1.len() == 4 => {
            Some(centers.rows.iter().map(|(_, row)| row.first().cloned().unwrap_or_default()).collect())
        }
        _ => None,
    };
    if let Some(names) = &names {
        ensure!(names.len() == regions, "there are {} labels, and {regions} regions in the weights", names.len());
    }
    Ok(names)
}

/// Where the regions are.
fn positions(centers: &Part, regions: usize) -> Result<Grid> {
    let width = centers.rows[0].1.len();
    ensure!(
        width == 3 || width == 4,
        "{}, row {}: there are {width} values, and a row has a region's name and its x, y and z",
        centers.name,
        centers.rows[0].0
    );
    let positions = centers.numbers(width - 3)?;
    ensure!(
        positions.rows == regions,
        "{}: there are {} centers, and {regions} regions in the weights",
        centers.name,
        positions.rows
    );
    Ok(positions)
}

/// The straight distances between places.
fn distances(positions: &Grid) -> Grid {
    let count = positions.rows;
    let distance = |a: usize, b: usize| {
        let squares = positions.row(a).iter().zip(positions.row(b)).map(|(a, b)| (a - b).powi(2));
        squares.sum::<f64>().sqrt()
    };
    let values = (0..count).flat_map(|a| (0..count).map(move |b| (a, b))).map(|(a, b)| distance(a, b)).collect();
    Grid { rows: count, columns: count, values }
}
