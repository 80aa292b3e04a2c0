//! Values as rows of CSV: what is written is read back, and what cannot be read has a message.

use neurobook::check::{Value, fields, value};
use neurobook::prelude::Complex64;

/// The value after a way through a file.
#[track_caller]
fn through_a_file(written: &Value) -> Value {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    writer.write_record(fields("v", written)).unwrap();
    let bytes = writer.into_inner().unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&bytes[..]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1, "one value is one row");
    let (name, read) = value(rows[0].iter()).unwrap();
    assert_eq!(name, "v");
    read
}

#[test]
fn every_kind_of_value_is_read_back() {
    let complex = |re, im| Complex64::new(re, im);
    for written in [
        Value::Number(0.1.into()),
        Value::Number(f64::MAX.into()),
        Value::Number(f64::MIN_POSITIVE.into()),
        Value::Number(f64::NEG_INFINITY.into()),
        Value::Number(complex(0.1, -0.3)),
        Value::Number(complex(f64::INFINITY, 1.0)),
        Value::Text(String::new()),
        Value::Text("a, \"b\"\nc\r\nd ä 'e'".into()),
        Value::Text("wrong,x,number,1".into()),
        Value::Texts(vec![]),
        Value::Texts(vec![String::new()]),
        Value::Texts(vec!["a\"".into(), "\n".into(), ",".into()]),
        Value::Numbers { shape: vec![0], values: vec![] },
        Value::Numbers { shape: vec![2, 0], values: vec![] },
        Value::Numbers { shape: vec![3], values: vec![1.0.into(), 2.5.into(), (-0.0).into()] },
        Value::Numbers { shape: vec![1, 2], values: vec![complex(0.0, 1.0), complex(1.0, 0.0)] },
        Value::Numbers { shape: vec![2, 1, 1], values: vec![1.0.into(), 2.0.into()] },
    ] {
        assert_eq!(through_a_file(&written), written);
    }
}

#[test]
fn what_is_not_a_number_stays_so() {
    let nan =
        |written: Value| through_a_file(&written).numbers().iter().map(|n| (n.re.is_nan(), n.im.is_nan())).collect();
    let all: Vec<(bool, bool)> = nan(Value::Number(f64::NAN.into()));
    assert_eq!(all, [(true, false)]);
    let values = vec![Complex64::new(1.0, f64::NAN), Complex64::new(f64::NAN, 0.0)];
    let all: Vec<(bool, bool)> = nan(Value::Numbers { shape: vec![2], values });
    assert_eq!(all, [(false, true), (true, false)]);
}

#[test]
fn a_row_that_is_no_value_has_a_message() {
    for (row, message) in [
        ("", "a value without a name"),
        ("x", "x has no kind"),
        ("x,colour,1", "x: `colour` is not a kind of value"),
        ("x,number", "x: 0 parts of a number"),
        ("x,number,1,2", "x: 2 parts of a number"),
        ("x,number,one", "x: `one` is not a number"),
        ("x,complex,1", "x: 1 parts of a complex"),
        ("x,text", "x has no text"),
        ("x,numbers", "x has no shape"),
        ("x,numbers,three,1", "x: `three` is not a shape"),
        ("x,numbers,3,1,2", "x: 2 numbers for the shape [3]"),
        ("x,numbers,2x2,1,2,3", "x: 3 numbers for the shape [2, 2]"),
        ("x,complexes,1,1", "x: half a complex number"),
        ("x,numbers,18446744073709551615x2,1", "x: 1 numbers for the shape [18446744073709551615, 2]"),
    ] {
        let fields = row.split(',').filter(|field| !field.is_empty());
        assert_eq!(value(fields).unwrap_err(), message, "{row}");
    }
}
