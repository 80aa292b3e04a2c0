//! NumPy's `.npy`: one array.
//!
//! The format: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>. A reader of our own: the
//! well-kept crates for it parse the header with a grammar of all Python, ten crates that every learner would compile.

mod header;

use anyhow::{Result, bail, ensure};

use super::array::Array;
use super::number_format::{ByteOrder, NumberFormat, count, shape_words};
use header::Header;

pub const MAGIC: &[u8] = b"\x93NUMPY";

/// The array in the bytes of a file, and the numbers of bytes behind it.
pub fn read(bytes: &[u8]) -> Result<(Array, usize)> {
    let (header, data) = Header::read(bytes)?;
    let (format, order) = number_format(&header.descr)?;
    let needed = count(&header.shape)?.saturating_mul(format.size());
    ensure!(
        data.len() >= needed,
        "the header promises an array of {} {} values, which are {needed} bytes, but {} are there: the file was cut off, \
         copy or save it again",
        shape_words(&header.shape),
        format.name(),
        data.len()
    );
    let endian = match (format.size(), order) {
        (1, _) => "",
        (_, ByteOrder::Little) => ", little-endian",
        (_, ByteOrder::Big) => ", big-endian",
    };
    let layout = if header.fortran_order && header.shape.len() > 1 { ", Fortran order" } else { "" };
    let kind = format!("{}{endian}{layout}", format.name());
    let values = format.decode(&data[..needed], order);
    Ok((Array::new(header.shape, values, header.fortran_order, kind)?, data.len() - needed))
}

/// Shape and kind of the array that begins so; errors if its values are not plain numbers.
pub fn describe(begin: &[u8]) -> Result<String> {
    let (header, _) = Header::read(begin)?;
    let (format, _) = number_format(&header.descr)?;
    Ok(format!("{} {}", shape_words(&header.shape), format.name()))
}

/// What a type string such as `<f8` says.
fn number_format(descr: &str) -> Result<(NumberFormat, ByteOrder)> {
    let order = match descr.chars().next() {
        Some('>') => ByteOrder::Big,
        _ => ByteOrder::Little,
    };
    let name = descr.trim_start_matches(['<', '>', '|', '=']);
    let format = match name {
        "b1" | "?" => NumberFormat::Bool,
        "i1" => NumberFormat::Signed(1),
        "i2" => NumberFormat::Signed(2),
        "i4" => NumberFormat::Signed(4),
        "i8" => NumberFormat::Signed(8),
        "u1" => NumberFormat::Unsigned(1),
        "u2" => NumberFormat::Unsigned(2),
        "u4" => NumberFormat::Unsigned(4),
        "u8" => NumberFormat::Unsigned(8),
        "f2" => NumberFormat::Float(2),
        "f4" => NumberFormat::Float(4),
        "f8" => NumberFormat::Float(8),
        _ => bail!("{}", refusal(descr, name)),
    };
    Ok((format, order))
}

/// Why the values of a type are not taken, and what to do in Python.
fn refusal(descr: &str, name: &str) -> String {
    match name.chars().next() {
        Some('c') => "the numbers are complex, and the course's tables hold real ones: save `x.real`, `np.abs(x)` or \
                      `np.angle(x)`"
            .to_owned(),
        Some('f') => {
            format!(
                "the numbers are of the type {name:?}, which other machines do not have: save `x.astype(np.float64)`"
            )
        }
        Some('U' | 'S') => "the array holds words, not numbers: save the array of numbers".to_owned(),
        Some('O') => "the array holds Python objects (a pickle), which can run any code when they are read: save \
                      `x.astype(float)`, or each of the arrays in it by itself"
            .to_owned(),
        Some('M' | 'm') => {
            "the array holds dates or durations: save `x.astype(float)`, in a unit that you know".to_owned()
        }
        _ => format!("the values are of the type {descr:?}, which are not plain numbers: save `x.astype(np.float64)`"),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A file as NumPy writes it.
    pub fn file(descr: &str, fortran: bool, shape: &str, data: &[u8]) -> Vec<u8> {
        let fortran = if fortran { "True" } else { "False" };
        let header = format!("{{'descr': {descr}, 'fortran_order': {fortran}, 'shape': {shape}, }}\n");
        let mut bytes = MAGIC.to_vec();
        bytes.extend([1, 0]);
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes.extend(data);
        bytes
    }

    fn doubles(values: &[f64]) -> Vec<u8> {
        values.iter().flat_map(|value| value.to_le_bytes()).collect()
    }

    fn refused(bytes: &[u8]) -> String {
        read(bytes).unwrap_err().to_string()
    }

    #[test]
    fn rows_stay_rows_in_both_orders_of_memory() {
        let data = doubles(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        let (array, behind) = read(&file("'<f8'", false, "(2, 3)", &data)).unwrap();
        assert_eq!(
            (array.shape.as_slice(), array.values.as_slice(), behind),
            ([2, 3].as_slice(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0].as_slice(), 0)
        );
        let (array, _) = read(&file("'<f8'", true, "(2, 3)", &data)).unwrap();
        assert_eq!(array.values, [1.0, 3.0, 5.0, 2.0, 4.0, 6.0]);
        assert_eq!(array.kind, "float64, little-endian, Fortran order");
    }

    #[test]
    fn what_is_behind_the_array_is_counted() {
        let mut bytes = file("'<f8'", false, "(1,)", &doubles(&[1.5]));
        bytes.extend(b"more");
        assert_eq!(read(&bytes).unwrap().1, 4);
    }

    #[test]
    fn a_header_that_promises_more_than_is_there_is_refused_before_memory_is_taken() {
        let message = refused(&file("'<f8'", false, "(400, 400)", &doubles(&[1.0])));
        assert!(message.contains("400 × 400 float64") && message.contains("cut off"), "{message}");
        let message = refused(&file("'<f8'", false, "(18446744073709551615, 4)", &[]));
        assert!(message.contains("the limit is 32 million"), "{message}");
        let message = refused(&file("'<f8'", false, "(99999999999999999999,)", &[]));
        assert!(message.contains("header"), "{message}");
        assert!(refused(&file("'<f8'", false, "(-1, 4)", &[])).contains("header"));
    }

    #[test]
    fn values_that_are_not_plain_numbers_are_refused_with_the_line_to_type_in_python() {
        for (descr, words) in [
            ("'<c16'", "np.abs(x)"),
            ("'<f16'", "the type \"f16\""),
            ("'<U7'", "words"),
            ("'|O'", "pickle"),
            ("'<M8[ns]'", "dates"),
            ("'|V2'", "\"|V2\""),
            ("[('x', '<f8'), ('y', '<f8')]", "x['name']"),
        ] {
            let message = refused(&file(descr, false, "(1,)", &[0; 64]));
            assert!(message.contains(words), "{descr}: {message}");
        }
    }

    #[test]
    fn a_whole_number_that_would_be_rounded_is_named_with_its_row_and_column() {
        let data: Vec<u8> = [1_i64, 2, 3, (1 << 53) + 1].iter().flat_map(|value| value.to_le_bytes()).collect();
        let message = refused(&file("'<i8'", false, "(2, 2)", &data));
        assert!(message.starts_with("row 2, column 2: 9007199254740993"), "{message}");
    }
}
