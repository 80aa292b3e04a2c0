//! The Virtual Brain's connectome: a zip file of texts, some of them packed by bzip2.
//!
//! <https://docs.thevirtualbrain.org/manuals/UserGuide/DataExchange.html>: weights and tract lengths are square, a line of
//! the centers has a region's name and its place, and all other files may be missing.

use std::collections::BTreeMap;
use std::ops::RangeBounds;

use anyhow::{Context, Result, bail, ensure};

use super::archive::{Archive, bunzip2, gunzip, shown};
use super::array::Grid;
use super::course_table::{LOAD_LABELS, grid_text, label_table};
use super::delimited::{Delimiter, for_each_row};
use super::{Conversion, CourseTable, text, value};

/// The parts that are read, and the words that their names have.
const PARTS: [(&str, &[&str]); 5] = [
    ("weights", &["weights"]),
    ("lengths", &["tract_lengths", "tracts", "tract_length"]),
    ("centers", &["centres", "centers"]),
    ("labels", &["labels", "region_labels"]),
    ("info", &["info"]),
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
    let mut assumed = vec!["Row n of the weights has what region n receives, here as there.".to_owned()];
    if !others.is_empty() {
        assumed.push(format!("Left out: {}.", others.join(", ")));
    }
    let mut read = |part: &str| parts.get(part).map(|index| Part::read(archive, *index)).transpose();
    // It is prose, and may be anything.
    assumed.push(units(read("info").ok().flatten().as_ref())?);
    let weights = read("weights")?.context("the archive has no weights")?.numbers(..)?;
    let regions = weights.rows;
    ensure!(
        regions == weights.columns,
        "weights: there are {regions} rows and {} columns, and a connectome has as many of both",
        weights.columns
    );
    let centers = read("centers")?;
    let labels = labels(read("labels")?, centers.as_ref(), regions)?;
    let positions = centers.as_ref().map(|centers| positions(centers, regions)).transpose()?;
    let lengths = match read("lengths")?.map(|part| part.numbers(..)).transpose()? {
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

/// The units, from lines such as `length_unit = "mm"`, or as The Virtual Brain has them.
fn units(info: Option<&Part>) -> Result<String> {
    let find = |wanted: &str| {
        let lines = info.into_iter().flat_map(|info| &info.rows).map(|(_, row)| row.join(" "));
        let entries =
            lines.filter_map(|line| line.split_once('=').map(|(name, unit)| (name.trim().to_owned(), unit.to_owned())));
        let (_, unit) = entries.into_iter().find(|(name, _)| name == wanted)?;
        // In tvb-data the next entry can follow on the same line.
        unit.trim().trim_start_matches('"').split('"').next().map(|unit| shown(unit.trim()))
    };
    let weights = find("weights_unit");
    let weights = weights.map_or("the weights have no unit".to_owned(), |unit| format!("the weights are in {unit}"));
    match find("length_unit") {
        None => Ok(format!("Lengths are in mm, as The Virtual Brain has them; {weights}.")),
        Some(unit) if unit == "mm" => Ok(format!("The file says that lengths are in mm and {weights}.")),
        Some(unit) => bail!(
            "info: the lengths are in {unit}, and the course has them in mm: write them in mm, and `length_unit = \"mm\"`"
        ),
    }
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

    /// The numbers in these columns.
    fn numbers(&self, wanted: impl RangeBounds<usize>) -> Result<Grid> {
        let width = self.rows[0].1.len();
        let columns = (0..width).filter(|column| wanted.contains(column)).count();
        let mut values = Vec::with_capacity(self.rows.len().saturating_mul(columns).min(1 << 20));
        for (line, row) in &self.rows {
            ensure!(
                row.len() == width,
                "{}, row {line}: this row has {} values, and the first one {}",
                self.name,
                row.len(),
                width
            );
            for (column, field) in row.iter().enumerate().filter(|(column, _)| wanted.contains(column)) {
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
        (None, Some(centers)) if centers.rows[0].1.len() > 3 => {
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
        width >= 3,
        "{}, row {}: there are {width} values, and a row has a region's name and its x, y and z",
        centers.name,
        centers.rows[0].0
    );
    // What is behind the place is of no interest to The Virtual Brain either.
    let positions = if width == 3 { centers.numbers(..)? } else { centers.numbers(1..4)? };
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

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn converted(files: &[(&str, &str)]) -> Result<Conversion> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            zip.start_file(*name, SimpleFileOptions::default())?;
            zip.write_all(text.as_bytes())?;
        }
        let bytes = zip.finish()?.into_inner();
        let mut archive = Archive::open(&bytes)?;
        assert!(is_connectome(&archive.names));
        convert(&mut archive)
    }

    const WEIGHTS: (&str, &str) = ("weights.txt", "0 0.5\n0.25 0\n");

    #[test]
    fn lengths_are_distances_where_there_are_none_and_labels_come_from_the_centers() {
        let conversion = converted(&[WEIGHTS, ("centres.txt", "rA1 0 0 0 None\nlA1 3 4 0 None\n")]).unwrap();
        let texts: Vec<&str> = conversion.tables.iter().map(|table| table.text.as_str()).collect();
        assert_eq!(texts, ["0,0.5\n0.25,0\n", "0,5\n5,0\n", "rA1\nlA1\n", "0,0,0\n3,4,0\n"]);
        assert!(conversion.assumed.iter().any(|words| words.contains("straight distances")));
    }

    #[test]
    fn labels_keep_their_blanks_and_commas() {
        let conversion = converted(&[WEIGHTS, ("labels.txt", "left V1\nleft M1, hand\n")]).unwrap();
        assert_eq!(conversion.tables[1].text, "left V1\nleft M1, hand\n");
    }

    #[test]
    fn parts_that_do_not_fit_each_other_are_refused_by_name() {
        let lengths = |text| [WEIGHTS, ("tract_lengths.txt", text)];
        for (files, words) in [
            (vec![("weights.txt", "0 1 2\n3 4 5\n")], "weights: there are 2 rows and 3 columns"),
            (vec![("weights.txt", "0 1\n1 x\n")], "weights.txt, row 2, column 2: \"x\""),
            (vec![("weights.txt", "0 1\n1\n")], "weights.txt, row 2: this row has 1 values"),
            (vec![("weights.txt", "\n")], "the file is empty"),
            (vec![WEIGHTS, ("a/weights.txt", "0 1\n1 0\n")], "the weights twice"),
            (lengths("0\n").to_vec(), "tract lengths: there are 1 rows"),
            (lengths("0 -1\n1 0\n").to_vec(), "tract lengths, row 1, column 2: a length is negative"),
            (vec![WEIGHTS, ("centers.txt", "a 1 2 3\n")], "1 labels, and 2 regions"),
            (vec![WEIGHTS, ("centers.txt", "1 2\n3 4\n")], "a region's name and its x, y and z"),
            (vec![WEIGHTS, ("info.txt", "length_unit = \"cm\"area_unit = \"mm^2\"")], "the lengths are in cm"),
        ] {
            let message = format!("{:#}", converted(&files).unwrap_err());
            assert!(message.contains(words), "{message}");
        }
    }
}
