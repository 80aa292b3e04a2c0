//! `neurobook convert`, as a user types it: what it says, writes and leaves alone.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use neurobook::data;

fn convert(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_neurobook"));
    command.arg("convert").args(arguments).current_dir(folder).output().unwrap()
}

fn said(output: &[u8]) -> String {
    String::from_utf8(output.to_vec()).unwrap()
}

/// Two rows of three numbers, as NumPy writes them.
fn npy() -> Vec<u8> {
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }\n";
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend([0.1, -0.0, 5e-324, 1.0 / 3.0, 2.0, 1e300].into_iter().flat_map(f64::to_le_bytes));
    bytes
}

#[test]
fn an_array_of_numpys_is_loaded_with_the_line_that_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("my W.npy"), npy()).unwrap();
    let output = convert(folder.path(), &["my W.npy"]);
    let text = said(&output.stdout);
    assert!(output.status.success(), "{}", said(&output.stderr));
    assert!(text.starts_with("Found in my W.npy: a NumPy array (float64, little-endian): 2 × 3 numbers"), "{text}");
    assert!(text.contains("Assumed:\n") && text.contains("Written: my W.csv: 2 rows of 3 numbers"), "{text}");
    assert!(text.contains("let matrix = data::read_matrix(\"my W.csv\")?;"), "{text}");
    let matrix = data::read_matrix(folder.path().join("my W.csv")).unwrap();
    let bits: Vec<u64> = matrix.iter().map(|value| value.to_bits()).collect();
    assert_eq!(bits, [0.1, -0.0, 5e-324, 1.0 / 3.0, 2.0, 1e300].map(f64::to_bits));
}

#[test]
fn a_file_that_is_there_is_replaced_only_by_force() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("W.npy"), npy()).unwrap();
    fs::write(folder.path().join("W.csv"), "mine").unwrap();
    let output = convert(folder.path(), &["W.npy"]);
    assert!(!output.status.success() && said(&output.stderr).contains("--force"), "{}", said(&output.stderr));
    assert_eq!(fs::read(folder.path().join("W.csv")).unwrap(), b"mine");
    assert!(convert(folder.path(), &["W.npy", "--force"]).status.success());
    assert!(convert(folder.path(), &["W.npy"]).status.success(), "the same contents are no reason to refuse");
}

#[test]
fn a_table_is_never_written_over_its_source() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "x;y\n1;2\n").unwrap();
    let output = convert(folder.path(), &["a.csv", "--force"]);
    assert!(output.status.success(), "{}", said(&output.stderr));
    assert_eq!(fs::read(folder.path().join("a.csv")).unwrap(), b"x;y\n1;2\n");
    assert_eq!(fs::read(folder.path().join("a_course.csv")).unwrap(), b"x,y\n1,2\n");
    let series = data::read_series(folder.path().join("a_course.csv"), 2.0).unwrap();
    assert_eq!(series.variable("y").unwrap().to_vec(), [2.0]);
    let output = convert(folder.path(), &["a.csv", "--force", "--out", "a.csv"]);
    assert!(
        !output.status.success() && said(&output.stderr).contains("the file that is converted"),
        "{}",
        said(&output.stderr)
    );
}

#[test]
fn what_is_no_file_of_numbers_is_refused_with_its_name_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "1,2\n3,x\n").unwrap();
    for (name, words) in [
        ("a.csv", "a.csv: row 2, column 2: \"x\" is not a number"),
        ("b.csv", "b.csv: the file cannot be read"),
        (".", "not a file"),
    ] {
        let output = convert(folder.path(), &[name, "--out", "out.csv"]);
        assert!(!output.status.success() && said(&output.stderr).contains(words), "{}", said(&output.stderr));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn the_files_of_the_study_are_what_the_line_in_chapter_05_makes_of_its_tables() {
    let study = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/study");
    let chapter = fs::read_to_string(study.join("../../notebooks/05_own_data.rs")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("data/study")).unwrap();
    for quantity in ["weights", "lengths"] {
        let table = format!("data/study/sub-01_{quantity}.tsv");
        assert!(chapter.contains(&format!("cargo run -- convert {table} --out data/study")));
        fs::copy(study.join(format!("sub-01_{quantity}.tsv")), folder.path().join(&table)).unwrap();
        let output = convert(folder.path(), &[&table, "--out", "data/study"]);
        assert!(output.status.success(), "{}", said(&output.stderr));
        for name in [format!("sub-01_{quantity}.csv"), format!("sub-01_{quantity}_labels.txt")] {
            let made = fs::read_to_string(folder.path().join("data/study").join(&name)).unwrap();
            assert_eq!(made, fs::read_to_string(study.join(&name)).unwrap(), "{name}");
        }
    }
    // The series are read as they are; converted they are the same numbers.
    let name = "sub-01_ses-1_task-rest_timeseries";
    let output = convert(folder.path(), &[study.join(format!("{name}.tsv")).to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output.stderr));
    let converted = data::read_series(folder.path().join(format!("{name}.csv")), 2.0).unwrap();
    let direct = data::read_series(study.join(format!("{name}.tsv")), 2.0).unwrap();
    assert_eq!(converted.names, direct.names);
    let bits = |series: &neurobook::Trajectory| -> Vec<u64> { series.states.iter().map(|x| x.to_bits()).collect() };
    assert_eq!(bits(&converted), bits(&direct));
}
