//! MATLAB's files since version 5: the default ones, and those of `save -v7`, whose variables are packed.
//!
//! The format: "MAT-File Format", MathWorks, 2019. A reader of our own: no kept crate reads all of a matrix's kinds.

mod element;
mod variable;

use std::borrow::Cow;
use std::io::Read;

use anyhow::{Context, Result, bail, ensure};

use super::array::Array;
use super::limits;
use super::members::{Member, choose, left_out};
use super::number_format::ByteOrder;
use element::{Element, kinds};
use variable::Variable;

/// Text, version and the order of bytes.
const HEADER: usize = 128;
/// What is unpacked of a variable to learn its name and shape.
const BEGIN: u64 = 16_384;

/// Whether a file begins as MATLAB has them since version 5.
pub fn is_matlab(bytes: &[u8]) -> bool {
    bytes.starts_with(b"MATLAB 5.0")
        || bytes.get(124..HEADER).is_some_and(|end| end == b"\x00\x01IM" || end == b"\x01\x00MI")
}

/// The variable that is wanted, with its name.
pub fn read(bytes: &[u8], wanted: Option<&str>, assumed: &mut Vec<String>) -> Result<(String, Array)> {
    let order = match bytes.get(126..HEADER) {
        Some(b"IM") => ByteOrder::Little,
        Some(b"MI") => ByteOrder::Big,
        _ => bail!("the file's first 128 bytes are damaged, or it was cut off: copy or save it again"),
    };
    let (mut members, mut elements) = (Vec::new(), Vec::new());
    let mut rest = &bytes[HEADER..];
    while !rest.is_empty() {
        let (element, behind) =
            Element::read(rest, order).with_context(|| format!("variable {}", elements.len() + 1))?;
        rest = behind;
        ensure!(elements.len() < limits::MOST_MEMBERS, "the file has more than {} variables", limits::MOST_MEMBERS);
        let begin = unpacked(&element, BEGIN)?;
        let Some(variable) =
            Variable::read(&begin, order).with_context(|| format!("variable {}", elements.len() + 1))?
        else {
            continue;
        };
        members.push(Member { name: variable.name.clone(), words: variable.words(), refused: variable.refusal() });
        elements.push(element);
    }
    let index = choose(&members, wanted)?;
    assumed.extend(left_out(&members, index));
    let name = members.swap_remove(index).name;
    let data = unpacked(&elements[index], limits::MOST_BYTES + 1)?;
    let read = || Variable::read(&data, order)?.context("there is no variable in it")?.array(order);
    let array = read().with_context(|| format!("the variable {name}"))?;
    Ok((name, array))
}

/// The bytes of a matrix, of which at most this many are unpacked.
fn unpacked<'a>(element: &Element<'a>, most: u64) -> Result<Cow<'a, [u8]>> {
    if element.kind != kinds::COMPRESSED {
        // Of what is not a matrix nothing is taken.
        return Ok(Cow::Borrowed(if element.kind == kinds::MATRIX { element.data } else { &[] }));
    }
    let mut bytes = Vec::new();
    flate2::read::ZlibDecoder::new(element.data)
        .take(most)
        .read_to_end(&mut bytes)
        .context("a variable cannot be unpacked: the file is damaged, copy or save it again")?;
    ensure!(
        bytes.len() as u64 <= limits::MOST_BYTES,
        "a variable unpacks to more than {} MB: save the part that you need",
        limits::MOST_BYTES >> 20
    );
    // A matrix's tag, of 8 bytes.
    ensure!(bytes.len() >= 8, "a packed variable is empty: the file is damaged, save it again");
    bytes.drain(..8);
    Ok(Cow::Owned(bytes))
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::*;

    /// An element, with its bytes up to a multiple of eight.
    fn element(kind: u32, data: &[u8]) -> Vec<u8> {
        let mut bytes = kind.to_le_bytes().to_vec();
        bytes.extend((data.len() as u32).to_le_bytes());
        bytes.extend(data);
        bytes.resize(bytes.len().next_multiple_of(8), 0);
        bytes
    }

    fn matrix(name: &str, class: u32, dimensions: [i32; 2], data: &[u8]) -> Vec<u8> {
        let mut inside = element(6, &[class.to_le_bytes(), [0; 4]].concat());
        inside.extend(element(5, &dimensions.map(i32::to_le_bytes).concat()));
        inside.extend(element(1, name.as_bytes()));
        inside.extend(data);
        element(14, &inside)
    }

    pub fn file(variables: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = b"MATLAB 5.0 MAT-file".to_vec();
        bytes.resize(124, b' ');
        bytes.extend(b"\x00\x01IM");
        variables.iter().for_each(|variable| bytes.extend(variable));
        bytes
    }

    fn doubles(values: &[f64]) -> Vec<u8> {
        element(9, &values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<_>>())
    }

    fn packed(variable: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(variable).unwrap();
        let data = encoder.finish().unwrap();
        [15_u32.to_le_bytes().to_vec(), (data.len() as u32).to_le_bytes().to_vec(), data].concat()
    }

    /// A plain one, a packed one and text.
    pub fn variables() -> Vec<Vec<u8>> {
        let plain = matrix("W", 6, [2, 3], &doubles(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]));
        let small = matrix("D", 6, [1, 3], &element(2, &[7, 0, 255]));
        vec![plain, packed(&small), matrix("note", 4, [1, 2], &element(16, b"hi"))]
    }

    fn refused(bytes: &[u8], wanted: Option<&str>) -> String {
        format!("{:#}", read(bytes, wanted, &mut Vec::new()).unwrap_err())
    }

    #[test]
    fn a_matrix_is_read_column_by_column_packed_or_not() {
        let variable = matrix("W", 6, [2, 3], &doubles(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]));
        for bytes in [file(std::slice::from_ref(&variable)), file(&[packed(&variable)])] {
            let (name, array) = read(&bytes, None, &mut Vec::new()).unwrap();
            assert_eq!((name.as_str(), array.shape.as_slice()), ("W", [2, 3].as_slice()));
            assert_eq!(array.values, [1.0, 3.0, 5.0, 2.0, 4.0, 6.0]);
        }
    }

    #[test]
    fn doubles_that_matlab_keeps_as_bytes_are_read() {
        let variable = matrix("W", 6, [1, 3], &element(2, &[7, 0, 255]));
        assert_eq!(read(&file(&[variable]), None, &mut Vec::new()).unwrap().1.values, [7.0, 0.0, 255.0]);
        // Up to four bytes are in the tag itself.
        let small = [2_u16.to_le_bytes(), 3_u16.to_le_bytes()].concat();
        let variable = matrix("W", 6, [1, 3], &[small, vec![7, 0, 255, 0]].concat());
        assert_eq!(read(&file(&[variable]), None, &mut Vec::new()).unwrap().1.values, [7.0, 0.0, 255.0]);
    }

    #[test]
    fn a_sparse_matrix_becomes_a_full_one() {
        let integers =
            |values: &[i32]| element(5, &values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<_>>());
        let data = [integers(&[1, 0]), integers(&[0, 1, 2]), doubles(&[3.0, 4.0])].concat();
        let bytes = file(&[matrix("S", 5, [2, 2], &data)]);
        assert_eq!(read(&bytes, None, &mut Vec::new()).unwrap().1.values, [0.0, 4.0, 3.0, 0.0]);
        let outside = [integers(&[7, 0]), integers(&[0, 1, 2]), doubles(&[3.0, 4.0])].concat();
        assert!(refused(&file(&[matrix("S", 5, [2, 2], &outside)]), None).contains("row 8, column 1"));
        let huge = file(&[matrix("S", 5, [i32::MAX, i32::MAX], &data)]);
        assert!(refused(&huge, None).contains("the limit is 32 million"));
    }

    #[test]
    fn of_several_variables_one_is_to_be_named() {
        let one = matrix("W", 6, [1, 1], &doubles(&[1.0]));
        let other = matrix("D", 6, [1, 1], &doubles(&[2.0]));
        let text = matrix("note", 4, [1, 2], &element(16, b"hi"));
        let bytes = file(&[one.clone(), other, text.clone()]);
        assert!(refused(&bytes, None).contains("W (1 × 1 double), D (1 × 1 double), note"));
        assert_eq!(read(&bytes, Some("D"), &mut Vec::new()).unwrap().1.values, [2.0]);
        assert!(refused(&bytes, Some("note")).contains("text"));
        let mut assumed = Vec::new();
        read(&file(&[one, text]), None, &mut assumed).unwrap();
        assert_eq!(assumed, ["Left out: note."]);
    }

    #[test]
    fn a_file_that_lies_or_was_cut_off_is_refused() {
        let variable = matrix("W", 6, [400, 400], &doubles(&[1.0]));
        assert!(refused(&file(std::slice::from_ref(&variable)), None).contains("400 × 400"));
        let bytes = file(&[matrix("W", 6, [1, 2], &doubles(&[1.0, 2.0]))]);
        for end in HEADER + 1..bytes.len() {
            assert!(!refused(&bytes[..end], None).is_empty());
        }
        assert!(refused(&file(&[matrix("W", 6, [-1, 2], &[])]), None).contains("damaged"));
        let complex = matrix("W", 6 | 0x0800, [1, 1], &[doubles(&[1.0]), doubles(&[2.0])].concat());
        assert!(refused(&file(&[complex]), None).contains("abs(W)"));
    }
}
