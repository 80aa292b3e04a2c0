//! A variable of a MATLAB file: its class, shape, name, and numbers.

use anyhow::{Context, Result, anyhow, bail, ensure};

use super::super::array::Array;
use super::super::number_format::{ByteOrder, Inexact, NumberFormat, count, shape_words};
use super::super::sparse;
use super::element::{Element, word};
use crate::support::plain_text;

const SPARSE: u8 = 5;
/// MATLAB's own objects, such as its strings and tables, have neither shape nor name where others have them.
const OPAQUE: u8 = 17;

/// A variable, of which the numbers may be cut off.
#[derive(Debug)]
pub struct Variable<'a> {
    pub name: String,
    shape: Vec<usize>,
    class: u8,
    is_complex: bool,
    is_logical: bool,
    /// The elements with its numbers.
    data: &'a [u8],
}

impl<'a> Variable<'a> {
    /// The variable in the bytes of a matrix; none in those that MATLAB keeps for itself.
    pub fn read(bytes: &'a [u8], order: ByteOrder) -> Result<Option<Variable<'a>>> {
        if bytes.is_empty() {
            return Ok(None);
        }
        let (flags, rest) = Element::read(bytes, order)?;
        let flags = word(flags.data, order);
        let class = (flags & 0xff) as u8;
        let unshaped = Variable {
            name: String::new(),
            shape: Vec::new(),
            class,
            is_complex: flags & 0x0800 != 0,
            is_logical: flags & 0x0200 != 0,
            data: &[],
        };
        if class == OPAQUE {
            let (name, _) = Element::read(rest, order)?;
            return Ok(Some(Variable { name: text(name.data), ..unshaped }));
        }
        let (shape, rest) = Element::read(rest, order)?;
        let lengths = shape.data.as_chunks::<4>().0.iter().map(|length| {
            let length = i32::try_from(word(length, order)).context("a length is negative");
            length.map(|length| length as usize)
        });
        let shape: Vec<usize> =
            lengths.collect::<Result<_>>().map_err(|_| anyhow!("its shape is damaged: save the file again"))?;
        ensure!(
            (2..=32).contains(&shape.len()),
            "it is said to have {} dimensions: the file is damaged, save it again",
            shape.len()
        );
        let (name, data) = Element::read(rest, order)?;
        let name = text(name.data);
        // Behind the variables MATLAB puts one without a name, for its objects.
        Ok((!name.is_empty()).then_some(Variable { name, shape, data, ..unshaped }))
    }

    pub fn words(&self) -> String {
        match self.class {
            OPAQUE => self.kind().to_owned(),
            _ => format!("{} {}", shape_words(&self.shape), self.kind()),
        }
    }

    fn kind(&self) -> &'static str {
        match self.class {
            _ if self.is_complex => "complex",
            _ if self.is_logical && self.class != SPARSE => "logical",
            1 => "cell",
            2 => "struct",
            4 => "text",
            SPARSE => "sparse",
            6 => "double",
            7 => "single",
            8 => "int8",
            9 => "uint8",
            10 => "int16",
            11 => "uint16",
            12 => "int32",
            13 => "uint32",
            14 => "int64",
            15 => "uint64",
            _ => "object",
        }
    }

    /// Why it is not taken, and what to do in MATLAB.
    pub fn refusal(&self) -> Option<String> {
        let name = &self.name;
        Some(match self.kind() {
            "complex" => format!(
                "its numbers are complex, and the course's tables hold real ones: save `abs({name})`, `real({name})` or \
                 `angle({name})`"
            ),
            "cell" => format!("it is a cell array: save what is in one cell, `x = {name}{{1}}`"),
            "struct" => format!("it is a struct: save one field by itself, `x = {name}.field`"),
            "text" => "it is text, not numbers".to_owned(),
            "object" => format!("it is an object of MATLAB's: for a table, save `x = table2array({name})`"),
            _ => return None,
        })
    }

    /// Its numbers.
    pub fn array(&self, order: ByteOrder) -> Result<Array> {
        let kind = self.kind().to_owned();
        let needed = count(&self.shape)?;
        if self.class == SPARSE {
            return self.sparse(order);
        }
        let (element, _) = Element::read(self.data, order)?;
        let format = number_format(&element)?;
        ensure!(
            element.data.len() / format.size() == needed,
            "it is said to have {} numbers, and {} are there: the file is damaged, save it again",
            shape_words(&self.shape),
            element.data.len() / format.size()
        );
        Array::new(self.shape.clone(), format.decode(element.data, order), true, kind)
    }

    /// Row numbers, where each column begins among them, and the values.
    fn sparse(&self, order: ByteOrder) -> Result<Array> {
        let [rows, columns] = self.shape[..] else {
            bail!("it is sparse and has {} dimensions: the file is damaged, save it again", self.shape.len());
        };
        let (row_numbers, rest) = Element::read(self.data, order)?;
        let (begins, rest) = Element::read(rest, order)?;
        let (values, _) = Element::read(rest, order)?;
        let indices = |element: Element<'_>| -> Vec<usize> {
            element.data.as_chunks::<4>().0.iter().map(|number| word(number, order) as usize).collect()
        };
        let (row_numbers, begins) = (indices(row_numbers), indices(begins));
        let values = number_format(&values)?.decode(values.data, order).map_err(inexact)?;
        let rising = begins.windows(2).all(|pair| pair[0] <= pair[1]);
        let stored = begins.last().copied().unwrap_or_default();
        ensure!(
            begins.len() == columns + 1 && rising && stored <= row_numbers.len().min(values.len()),
            "its columns do not fit its values: the file is damaged, save it again"
        );
        let entries = (0..columns).flat_map(|column| (begins[column]..begins[column + 1]).map(move |at| (at, column)));
        let full = sparse::fill([rows, columns], entries.map(|(at, column)| (row_numbers[at], column, values[at])))?;
        Array::new(self.shape.clone(), Ok(full), true, "sparse".to_owned())
    }
}

fn number_format(element: &Element<'_>) -> Result<NumberFormat> {
    element.format().with_context(|| {
        format!("its numbers are of the kind {}, which MATLAB does not describe: save the file again", element.kind)
    })
}

fn inexact(inexact: Inexact) -> anyhow::Error {
    anyhow!("{} has more digits than a number of the course (an f64) keeps", inexact.number)
}

/// A name, without what moves a cursor.
fn text(bytes: &[u8]) -> String {
    plain_text::line(String::from_utf8_lossy(bytes).trim_end_matches('\0'))
}
