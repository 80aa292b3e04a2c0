//! Tables from elsewhere, and our own.

use neurobook::data::*;
use neurobook::network::Connectome;
use neurobook::prelude::*;
use std::path::Path;

#[test]
fn the_files_of_data_are_what_the_crate_generates() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for (name, text) in generated_files().unwrap() {
        let kept = std::fs::read_to_string(folder.join(&name)).unwrap();
        assert!(kept == text, "data/{name} is old: cargo run -p neurobook --example make_data");
    }
    let connectome = Connectome::read(folder.join("connectome_weights.csv"), folder.join("connectome_lengths.csv"));
    assert_eq!(connectome.unwrap(), neurobook::data::connectome());
}

#[test]
fn a_matrix_is_read_as_it_was_written() {
    let matrix = array![[0.1, -2.0], [1e-300, 1.0 / 3.0]];
    let path = std::env::temp_dir().join(format!("neurobook-matrix-{}.csv", std::process::id()));
    write_matrix(&path, &matrix).unwrap();
    assert_eq!(read_matrix(&path).unwrap(), matrix);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(parse_matrix("m", b"1, 2\r\n3 ,4\r\n\r\n").unwrap(), array![[1.0, 2.0], [3.0, 4.0]]);
}

#[test]
fn a_bad_file_is_refused_with_its_name_row_and_column() {
    let cases: [(&[u8], &str); 19] = [
        (b"", "m.csv, row 1, column 1: the file is empty"),
        (b"0,1\n1", "m.csv, row 2, column 2: this row has 1 value, and the first one 2"),
        (b"0,1\n1,0,3\n", "m.csv, row 2, column 3: this row has 3 values"),
        (b"0,1\n\n1,0,3\n", "m.csv, row 3, column 3"),
        (b"0,1\n,0\n", "m.csv, row 2, column 1: the value is blank"),
        (b"0,1,\n1,0,\n", "m.csv, row 1, column 3: the whole column is blank"),
        (b"0,,1\n1,,0\n", "m.csv, row 1, column 2: the whole column is blank"),
        (b"0,1\n89+,0\n", "m.csv, row 2, column 1: \"89+\" is no number"),
        (b"0,NaN\n1,0\n", "m.csv, row 1, column 2: the value is NaN"),
        (b"0,1\ninf,0\n", "m.csv, row 2, column 1: the value is inf"),
        (b"left,right\n1,0\n", "m.csv, row 1, column 1: \"left\" is no number: delete this row if it is a header"),
        (b"0;1\n1;0\n", "m.csv, row 1, column 1: \"0;1\" has semicolons between its numbers: save it with commas"),
        (b"0,5;0,25\n1,5;0\n", "m.csv, row 1, column 1: \"5;0\" has semicolons"),
        (b"0\t1\n1\t0\n", "m.csv, row 1, column 1: \"0\\t1\" has tabs"),
        (b"0 1\n1 0\n", "m.csv, row 1, column 1: \"0 1\" has blanks"),
        (b"\xef\xbb\xbf0,1\n1,0\n", "m.csv, row 1, column 1: the file begins with a byte-order mark"),
        (b"\xff\xfe0\x00", "m.csv, row 1, column 1: the file is UTF-16"),
        (b"0,1\n\xff,0\n", "m.csv, row 2, column 1: this is not CSV text in UTF-8"),
        (b"0,1\nhello world,0\n", "m.csv, row 2, column 1: \"hello world\" is no number"),
    ];
    for (text, words) in cases {
        let message = parse_matrix("m.csv", text).unwrap_err().to_string();
        assert!(message.starts_with(words), "{message}");
    }
    let message = read_matrix("no/such.csv").unwrap_err().to_string();
    assert!(message.contains("no/such.csv could not be read") && message.contains("check the path"), "{message}");
}
