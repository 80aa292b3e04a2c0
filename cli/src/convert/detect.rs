//! Tells the kinds of files apart: by their first bytes, and by their names where those say nothing.

use anyhow::{Result, anyhow, bail, ensure};

use super::archive::{self, Archive};
use super::array::Array;
use super::course_table::{Content, Place};
use super::{Choices, Conversion, Edges, graph, matlab, matlab4, npz, numpy, table, tvb};
use crate::support::plain_text;

/// Files that are known and not read: how they begin, and the way out.
const FOREIGN: [(&[u8], &str); 10] = [
    (
        b"\xd0\xcf\x11\xe0",
        "this is an old Excel workbook: in Excel, \"Save as\" a \"CSV UTF-8\" file, one for each sheet",
    ),
    (b"PAR1", "this is a Parquet file: in Python, `pandas.read_parquet(…).to_csv(…)`, then convert that"),
    (b"ARROW1", "this is a Feather file: in Python, `pandas.read_feather(…).to_csv(…)`, then convert that"),
    (b"RDX", "this is R's own format: in R, `write.csv(x, \"x.csv\")`, then convert that"),
    (b"%PDF", "this is a PDF: find the table that its numbers come from"),
    (b"\x89PNG", "this is a picture: find the table that its numbers come from"),
    (b"\xff\xd8\xff", "this is a picture: find the table that its numbers come from"),
    (
        b"<!DOCTYPE html",
        "this is a web page, not the file that it shows: download that by itself, on GitHub by \"Raw\"",
    ),
    (b"<html", "this is a web page, not the file that it shows: download that by itself, on GitHub by \"Raw\""),
    (b"version https://git-lfs", "this is Git LFS' note of a file, not the file: get it with `git lfs pull`"),
];

const HDF5: &[u8] = b"\x89HDF\r\n\x1a\n";

/// Reads the bytes of a file that has this name, in lower case.
pub fn convert_bytes(name: &str, bytes: &[u8], choices: &Choices) -> Result<Conversion> {
    // A message can hold the file's own words, which must not move a terminal's cursor.
    unpacked(name, bytes, choices).map_err(|error| anyhow!("{}", plain_text::line(&format!("{error:#}"))))
}

fn unpacked(name: &str, bytes: &[u8], choices: &Choices) -> Result<Conversion> {
    if bytes.starts_with(b"\x1f\x8b") || bytes.starts_with(b"BZh") && name.ends_with(".bz2") {
        let (unpacked, ending) = if bytes.starts_with(b"BZh") {
            (archive::bunzip2(bytes)?, ".bz2")
        } else {
            (archive::gunzip(bytes)?, ".gz")
        };
        ensure!(!unpacked.starts_with(b"\x1f\x8b"), "the file was packed twice: unpack it");
        return plain(name.trim_end_matches(ending), &unpacked, choices);
    }
    plain(name, bytes, choices)
}

fn plain(name: &str, bytes: &[u8], choices: &Choices) -> Result<Conversion> {
    ensure!(!bytes.is_empty(), "the file is empty: it holds no number");
    refuse_foreign(name, bytes)?;
    if !(bytes.starts_with(b"PK") || matlab::is_matlab(bytes) || graph::is_graphml(bytes) || name.ends_with(".mat")) {
        ensure!(choices.array.is_none(), "`--array` is for files that hold several arrays, and this one does not");
    }
    if bytes.starts_with(numpy::MAGIC) {
        let (array, behind) = numpy::read(bytes)?;
        let mut assumed = Vec::new();
        if behind > 0 {
            assumed.push(format!("The first array is the one that is wanted: {behind} bytes behind it are left out."));
        }
        return from_array(format!("a NumPy array ({})", array.kind), array, assumed, choices);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip_file(bytes, choices);
    }
    let (mut assumed, wanted) = (Vec::new(), choices.array.as_deref());
    if matlab::is_matlab(bytes) {
        let (variable, array) = matlab::read(bytes, wanted, &mut assumed)?;
        return from_array(format!("MATLAB's variable {variable} ({})", array.kind), array, assumed, choices);
    }
    if name.ends_with(".mat") && matlab4::is_matlab4(bytes) {
        let (variable, array) = matlab4::read(bytes, wanted, &mut assumed)?;
        return from_array(format!("MATLAB's variable {variable} ({})", array.kind), array, assumed, choices);
    }
    if graph::is_graphml(bytes) {
        return graph::convert(bytes, choices);
    }
    if let Some(edges) = choices.edges {
        return graph::convert_edges(name, bytes, edges == Edges::Directed, choices);
    }
    table::convert(name, bytes, choices)
}

fn zip_file(bytes: &[u8], choices: &Choices) -> Result<Conversion> {
    let mut archive = Archive::open(bytes)?;
    if npz::is_npz(&archive.names) {
        let mut assumed = Vec::new();
        let (name, array) = npz::read(&mut archive, choices.array.as_deref(), &mut assumed)?;
        return from_array(format!("NumPy's array {name} ({})", array.kind), array, assumed, choices);
    }
    if tvb::is_connectome(&archive.names) {
        ensure!(
            *choices == Choices::default(),
            "options for arrays and tables, such as `--as`, are not for a connectome, which has matrices and labels: leave them \
             out"
        );
        return tvb::convert(&mut archive);
    }
    archive::refuse(&archive.names)
}

fn from_array(found: String, array: Array, mut assumed: Vec<String>, choices: &Choices) -> Result<Conversion> {
    ensure!(
        *choices
            == Choices {
                array: choices.array.clone(),
                layout: choices.layout,
                time: choices.time,
                missing: choices.missing,
                ..Choices::default()
            },
        "`--columns`, `--header`, `--index`, `--edges` and `--decimal-comma` are for tables of text, and this is an array of \
         numbers"
    );
    let grid = array.into_grid(&mut assumed)?;
    Content { found, assumed, grid, names: None, labels: None, place: Place::default() }.convert(choices)
}

fn refuse_foreign(name: &str, bytes: &[u8]) -> Result<()> {
    if [0, 512, 1024, 2048].iter().any(|place| bytes.get(*place..).is_some_and(|rest| rest.starts_with(HDF5))) {
        if name.ends_with(".mat") || bytes.starts_with(b"MATLAB") {
            bail!(
                "this is a MATLAB 7.3 file (HDF5): in MATLAB, `save('x.mat', 'W', '-v7')`; in Python, `h5py.File(…)` and \
                 `np.save`; then convert that"
            );
        }
        bail!("this is an HDF5 file: in Python, `np.save(\"x.npy\", h5py.File(…)[\"name\"][()])`, then convert that");
    }
    if let Some((_, words)) = FOREIGN.iter().find(|(begin, _)| bytes.starts_with(begin)) {
        bail!("{words}");
    }
    let begin = &bytes[..bytes.len().min(1_000)];
    if begin.windows(6).any(|words| words == b"<GIFTI") {
        bail!("this is a surface file (GIFTI): in Python, nibabel reads it; save its data with `np.save`");
    }
    let nifti = bytes.get(344..348).is_some_and(|magic| magic == b"n+1\0" || magic == b"ni1\0");
    if nifti || bytes.get(4..8) == Some(b"n+2\0") {
        bail!(
            "this is an image (NIfTI or CIFTI), not a table: take the mean of each region first, for instance with nilearn's \
             `NiftiLabelsMasker`, and save the result with `np.save`"
        );
    }
    if bytes.starts_with(b"\x80") && bytes.get(1).is_some_and(|version| (2..=5).contains(version)) {
        bail!(
            "this is a pickle, which can run any code when it is read: in Python, read it if you trust it, and save the array \
             with `np.save`"
        );
    }
    if name.ends_with(".json") {
        bail!("this is JSON: it describes data and holds no table; convert the .tsv or .csv beside it");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_another_kind_is_named_with_the_way_out() {
        let nifti = [vec![0; 344], b"n+1\0".to_vec()].concat();
        let newest = [b"MATLAB 7.3 MAT-file".to_vec(), vec![b' '; 493], HDF5.to_vec()].concat();
        let surface = b"<?xml version=\"1.0\"?>\n<!DOCTYPE GIFTI SYSTEM \"x\"><GIFTI Version=\"1.0\">".to_vec();
        for (name, bytes, words) in [
            ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec(), "CSV UTF-8"),
            ("a.csv", b"<!DOCTYPE html>\n<html>".to_vec(), "\"Raw\""),
            ("a.npy", b"version https://git-lfs.github.com/spec/v1\n".to_vec(), "git lfs pull"),
            ("a.nii", nifti, "NiftiLabelsMasker"),
            ("a.gii", surface, "nibabel"),
            ("a.mat", newest, "-v7"),
            ("a.h5", HDF5.to_vec(), "h5py"),
            ("a.pkl", b"\x80\x04\x95".to_vec(), "pickle"),
            ("a.json", b"{\"a\": 1}".to_vec(), "JSON"),
            ("a.parquet", b"PAR1".to_vec(), "read_parquet"),
            ("a.csv", Vec::new(), "empty"),
            ("a.gz", b"\x1f\x8b\x08damaged".to_vec(), "damaged"),
            ("a.zip", b"PK\x03\x04damaged".to_vec(), "damaged"),
        ] {
            let message = format!("{:#}", convert_bytes(name, &bytes, &Choices::default()).unwrap_err());
            assert!(message.contains(words), "{name}: {message}");
        }
    }

    #[test]
    fn an_option_that_does_not_fit_the_file_is_refused() {
        let columns = Choices { columns: vec!["1".to_owned()], ..Choices::default() };
        let message =
            convert_bytes("a.npy", &numpy::tests::file("'<f8'", false, "(1,)", &[0; 8]), &columns).unwrap_err();
        assert!(message.to_string().contains("for tables of text"), "{message}");
        let time = Choices { time: Some(crate::convert::TimeAxis::Rows), ..Choices::default() };
        let message = convert_bytes("a.csv", b"1.5,2\n", &time).unwrap_err();
        assert!(message.to_string().contains("`--as series`"), "{message}");
        let array = Choices { array: Some("W".to_owned()), ..Choices::default() };
        let message = convert_bytes("a.csv", b"1.5,2\n", &array).unwrap_err();
        assert!(message.to_string().contains("`--array`"), "{message}");
    }
}
