//! MATLAB 4's files: small headers, each before its numbers. SciPy and other programs still write them.

use anyhow::{Result, anyhow, ensure};

use super::array::Array;
use super::members::{Member, choose, left_out};
use super::number_format::{ByteOrder, Inexact, NumberFormat, count, shape_words};
use super::{limits, sparse};
use crate::support::plain_text;

const HEADER: usize = 20;
const TEXT: u32 = 1;
const SPARSE: u32 = 2;

/// A variable's header, and its bytes.
struct Variable<'a> {
    name: String,
    shape: [usize; 2],
    order: ByteOrder,
    format: NumberFormat,
    /// Numbers, text or a sparse matrix.
    class: u32,
    is_complex: bool,
    data: &'a [u8],
}

/// Whether a file begins with such a header.
pub fn is_matlab4(bytes: &[u8]) -> bool {
    Variable::read(bytes).is_ok()
}

/// The variable that is wanted, with its name.
pub fn read(bytes: &[u8], wanted: Option<&str>, assumed: &mut Vec<String>) -> Result<(String, Array)> {
    let (mut variables, mut members, mut rest) = (Vec::new(), Vec::new(), bytes);
    while !rest.is_empty() {
        let place = bytes.len() - rest.len();
        let (variable, behind) = Variable::read(rest).map_err(|error| anyhow!("at byte {place}: {error}"))?;
        rest = behind;
        ensure!(variables.len() < limits::MOST_MEMBERS, "the file has more than {} variables", limits::MOST_MEMBERS);
        members.push(Member { name: variable.name.clone(), words: variable.words(), refused: variable.refusal() });
        variables.push(variable);
    }
    let index = choose(&members, wanted)?;
    assumed.extend(left_out(&members, index));
    let variable = variables.swap_remove(index);
    let array = variable.array().map_err(|error| anyhow!("the variable {}: {error}", variable.name))?;
    Ok((variable.name, array))
}

impl<'a> Variable<'a> {
    fn read(bytes: &'a [u8]) -> Result<(Variable<'a>, &'a [u8])> {
        let damaged = || anyhow!("the file is damaged, cut off, or not MATLAB's: copy or save it again");
        let (header, rest) = bytes.split_first_chunk::<HEADER>().ok_or_else(damaged)?;
        let words = |order| -> [u32; 5] {
            std::array::from_fn(|index| {
                let word = header[4 * index..].first_chunk::<4>().copied().unwrap_or_default();
                if order == ByteOrder::Little { u32::from_le_bytes(word) } else { u32::from_be_bytes(word) }
            })
        };
        // The first digit of the type says the order that it is written in.
        let order = if words(ByteOrder::Little)[0] < 1_000 { ByteOrder::Little } else { ByteOrder::Big };
        let [kind, rows, columns, complex, name_length] = words(order);
        ensure!(kind / 1_000 == u32::from(order == ByteOrder::Big) && kind / 100 % 10 == 0, damaged());
        let class = kind % 10;
        ensure!(class <= SPARSE && complex <= 1, damaged());
        let format = match kind / 10 % 10 {
            0 => NumberFormat::Float(8),
            1 => NumberFormat::Float(4),
            2 => NumberFormat::Signed(4),
            3 => NumberFormat::Signed(2),
            4 => NumberFormat::Unsigned(2),
            5 => NumberFormat::Unsigned(1),
            _ => return Err(damaged()),
        };
        let (name, rest) = rest.split_at_checked(name_length as usize).ok_or_else(damaged)?;
        let name = plain_text::line(String::from_utf8_lossy(name).trim_end_matches('\0'));
        let shape = [rows as usize, columns as usize];
        let parts = if complex == 1 { 2 } else { 1 };
        let length = shape[0].checked_mul(shape[1]).and_then(|count| count.checked_mul(format.size() * parts));
        let split = length.and_then(|length| rest.split_at_checked(length));
        let (data, rest) = split.ok_or_else(|| {
            anyhow!("{name} is said to have {} numbers, which are not there: {}", shape_words(&shape), damaged())
        })?;
        Ok((Variable { name, shape, order, format, class, is_complex: complex == 1, data }, rest))
    }

    fn words(&self) -> String {
        match self.class {
            TEXT => "text".to_owned(),
            SPARSE => "sparse".to_owned(),
            _ => format!("{} {}", shape_words(&self.shape), self.format.name()),
        }
    }

    fn refusal(&self) -> Option<String> {
        if self.class == TEXT {
            return Some("it is text, not numbers".to_owned());
        }
        // A complex sparse matrix has a fourth column.
        let is_complex = self.is_complex || self.class == SPARSE && self.shape[1] == 4;
        is_complex.then(|| {
            format!(
                "its numbers are complex, and the course's tables hold real ones: save `abs({0})` or `real({0})`",
                self.name
            )
        })
    }

    fn array(&self) -> Result<Array> {
        count(&self.shape)?;
        let values = self.format.decode(self.data, self.order);
        if self.class != SPARSE {
            let endian = if self.order == ByteOrder::Big { ", big-endian" } else { "" };
            return Array::new(self.shape.to_vec(), values, true, format!("{}{endian}, MATLAB 4", self.format.name()));
        }
        let values = values.map_err(|Inexact { number, .. }| anyhow!("{number} cannot be kept"))?;
        let damaged = || anyhow!("its rows and columns are not whole numbers: the file is damaged, save it again");
        let rows = self.shape[0];
        ensure!(self.shape[1] == 3 && rows > 0, damaged());
        // A row has row, column and value; the last one has the matrix's shape.
        let number = |row: usize, column: usize| -> Result<usize> {
            let value = values[column * rows + row];
            ensure!((0.0..1e9).contains(&value) && value.fract() == 0.0, damaged());
            Ok(value as usize)
        };
        let shape = [number(rows - 1, 0)?, number(rows - 1, 1)?];
        let mut entries = Vec::with_capacity(rows - 1);
        for row in 0..rows - 1 {
            let (at, column) = (number(row, 0)?.checked_sub(1), number(row, 1)?.checked_sub(1));
            entries.push((at.ok_or_else(damaged)?, column.ok_or_else(damaged)?, values[2 * rows + row]));
        }
        let full = sparse::fill(shape, entries.into_iter())?;
        Array::new(shape.to_vec(), Ok(full), true, "sparse, MATLAB 4".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(kind: u32, shape: [u32; 2], complex: u32, name: &str, data: &[f64]) -> Vec<u8> {
        let big = kind >= 1_000;
        let words = [kind, shape[0], shape[1], complex, name.len() as u32 + 1];
        let mut bytes: Vec<u8> =
            words.iter().flat_map(|word| if big { word.to_be_bytes() } else { word.to_le_bytes() }).collect();
        bytes.extend(name.as_bytes());
        bytes.push(0);
        bytes.extend(data.iter().flat_map(|value| if big { value.to_be_bytes() } else { value.to_le_bytes() }));
        bytes
    }

    fn refused(bytes: &[u8]) -> String {
        read(bytes, None, &mut Vec::new()).unwrap_err().to_string()
    }

    #[test]
    fn a_matrix_is_read_in_both_orders_of_bytes() {
        for kind in [0, 1_000] {
            let bytes = variable(kind, [2, 2], 0, "W", &[1.0, 2.0, 3.0, 4.0]);
            assert!(is_matlab4(&bytes));
            let (name, array) = read(&bytes, None, &mut Vec::new()).unwrap();
            assert_eq!((name.as_str(), array.values.as_slice()), ("W", [1.0, 3.0, 2.0, 4.0].as_slice()));
        }
    }

    #[test]
    fn a_sparse_matrix_is_read_with_its_shape_in_the_last_row() {
        let bytes = variable(2, [3, 3], 0, "S", &[1.0, 2.0, 2.0, 2.0, 1.0, 3.0, 5.0, 6.0, 0.0]);
        let array = read(&bytes, None, &mut Vec::new()).unwrap().1;
        assert_eq!(
            (array.shape.as_slice(), array.values.as_slice()),
            ([2, 3].as_slice(), [0.0, 5.0, 0.0, 6.0, 0.0, 0.0].as_slice())
        );
        let outside = variable(2, [2, 3], 0, "S", &[9.0, 2.0, 2.0, 2.0, 5.0, 0.0]);
        assert!(refused(&outside).contains("row 9, column 2"));
        let broken = variable(2, [2, 3], 0, "S", &[0.5, 2.0, 2.0, 2.0, 5.0, 0.0]);
        assert!(refused(&broken).contains("not whole numbers"));
    }

    #[test]
    fn a_header_that_lies_is_refused() {
        let bytes = variable(0, [u32::MAX, u32::MAX], 0, "W", &[1.0]);
        assert!(!is_matlab4(&bytes) && refused(&bytes).contains("which are not there"));
        assert!(refused(&variable(0, [1, 1], 1, "Z", &[1.0, 2.0])).contains("abs(Z)"));
        assert!(!is_matlab4(b"1,2,3\n4,5,6\n7,8,9\n0,0,0\n"));
        let mut cut = variable(0, [1, 1], 0, "W", &[1.0]);
        cut.extend([0; 7]);
        assert!(refused(&cut).starts_with("at byte 30"), "{}", refused(&cut));
    }
}
