//! The pieces of a MATLAB file: a tag that says kind and length, and bytes.

use anyhow::{Result, bail};

use super::super::number_format::{ByteOrder, NumberFormat};

/// The numbers of the kinds of elements that are not numbers.
pub mod kinds {
    pub const MATRIX: u32 = 14;
    pub const COMPRESSED: u32 = 15;
}

/// One piece.
#[derive(Debug, Clone, Copy)]
pub struct Element<'a> {
    pub kind: u32,
    pub data: &'a [u8],
}

impl<'a> Element<'a> {
    /// The first piece, and the bytes behind it. Of a beginning of a file the last piece may be cut off: see
    /// [`Element::read_begun`].
    pub fn read(bytes: &'a [u8], order: ByteOrder) -> Result<(Element<'a>, &'a [u8])> {
        let (element, rest, whole) = Element::read_begun(bytes, order)?;
        if !whole {
            bail!("the file is damaged, or was not copied to its end: copy or save it again");
        }
        Ok((element, rest))
    }

    /// The same, with as much of the data as is there, and whether that is all of it.
    pub fn read_begun(bytes: &'a [u8], order: ByteOrder) -> Result<(Element<'a>, &'a [u8], bool)> {
        let Some((tag, rest)) = bytes.split_first_chunk::<8>() else {
            bail!("the file is damaged, or was not copied to its end: copy or save it again");
        };
        let first = word(&tag[..4], order);
        // Up to four bytes are in the tag, behind their number and kind.
        let small = (first >> 16) as usize;
        if small > 0 {
            let whole = small <= 4;
            return Ok((Element { kind: first & 0xffff, data: &tag[4..4 + small.min(4)] }, rest, whole));
        }
        let length = word(&tag[4..], order) as usize;
        let data = &rest[..length.min(rest.len())];
        let padded = if first == kinds::COMPRESSED { length } else { length.next_multiple_of(8) };
        let behind = rest.get(padded..).unwrap_or_default();
        Ok((Element { kind: first, data }, behind, length <= rest.len()))
    }

    /// How the numbers of this kind are kept.
    pub fn format(&self) -> Option<NumberFormat> {
        Some(match self.kind {
            1 => NumberFormat::Signed(1),
            2 => NumberFormat::Unsigned(1),
            3 => NumberFormat::Signed(2),
            4 => NumberFormat::Unsigned(2),
            5 => NumberFormat::Signed(4),
            6 => NumberFormat::Unsigned(4),
            7 => NumberFormat::Float(4),
            9 => NumberFormat::Float(8),
            12 => NumberFormat::Signed(8),
            13 => NumberFormat::Unsigned(8),
            _ => return None,
        })
    }
}

/// Four bytes as a number.
pub fn word(bytes: &[u8], order: ByteOrder) -> u32 {
    let bytes = bytes.first_chunk::<4>().copied().unwrap_or_default();
    match order {
        ByteOrder::Little => u32::from_le_bytes(bytes),
        ByteOrder::Big => u32::from_be_bytes(bytes),
    }
}
