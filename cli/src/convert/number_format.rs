//! Numbers as other programs keep them in bytes, each as an `f64` that is the same number, or refused.

use anyhow::{Result, bail};

use super::limits;

/// What a number is kept as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFormat {
    /// A byte that is 0 for false.
    Bool,
    Signed(usize),
    Unsigned(usize),
    Float(usize),
}

/// Which byte of a number comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByteOrder {
    Little,
    Big,
}

/// A number that no `f64` is equal to, and where it is among the others.
#[derive(Debug)]
pub struct Inexact {
    pub index: usize,
    pub number: i128,
}

impl NumberFormat {
    /// How many bytes a number takes.
    pub fn size(self) -> usize {
        match self {
            NumberFormat::Bool => 1,
            NumberFormat::Signed(size) | NumberFormat::Unsigned(size) | NumberFormat::Float(size) => size,
        }
    }

    /// The name that NumPy gives it.
    pub fn name(self) -> String {
        match self {
            NumberFormat::Bool => "bool".to_owned(),
            NumberFormat::Signed(size) => format!("int{}", 8 * size),
            NumberFormat::Unsigned(size) => format!("uint{}", 8 * size),
            NumberFormat::Float(size) => format!("float{}", 8 * size),
        }
    }

    /// The numbers in these bytes. Bytes at the end that are not a whole number are left out.
    pub fn decode(self, bytes: &[u8], order: ByteOrder) -> Result<Vec<f64>, Inexact> {
        let numbers = bytes.chunks_exact(self.size());
        match self {
            NumberFormat::Float(8) if order == ByteOrder::Little => {
                Ok(numbers.map(|number| f64::from_le_bytes(number.try_into().unwrap_or_default())).collect())
            }
            NumberFormat::Float(size) => Ok(numbers.map(|number| float(bits(number, order), size)).collect()),
            NumberFormat::Bool => Ok(numbers.map(|number| f64::from(u8::from(number[0] != 0))).collect()),
            NumberFormat::Unsigned(_) => {
                numbers.enumerate().map(|(index, number)| exact(index, i128::from(bits(number, order)))).collect()
            }
            NumberFormat::Signed(size) => {
                let unused = 64 - 8 * size as u32;
                let signed = |number| i128::from((bits(number, order) << unused).cast_signed() >> unused);
                numbers.enumerate().map(|(index, number)| exact(index, signed(number))).collect()
            }
        }
    }
}

/// How many numbers a shape has, when that many are within the limit.
pub fn count(shape: &[usize]) -> Result<usize> {
    // An empty array may name any other length.
    let count = if shape.contains(&0) {
        Some(0)
    } else {
        shape.iter().try_fold(1_usize, |product, length| product.checked_mul(*length))
    };
    match count {
        Some(count) if count <= limits::MOST_VALUES => Ok(count),
        _ => bail!(
            "the array is said to be of {} numbers, and the limit is {} million: save the part that you need",
            shape_words(shape),
            limits::MOST_VALUES / 1_000_000
        ),
    }
}

/// A shape such as `400 × 1200`.
pub fn shape_words(shape: &[usize]) -> String {
    if shape.is_empty() {
        return "a single".to_owned();
    }
    shape.iter().map(usize::to_string).collect::<Vec<_>>().join(" × ")
}

/// The bytes of one number, of which there are at most eight.
fn bits(bytes: &[u8], order: ByteOrder) -> u64 {
    let mut bits = 0;
    for index in 0..bytes.len() {
        let next = if order == ByteOrder::Big { index } else { bytes.len() - 1 - index };
        bits = bits << 8 | u64::from(bytes[next]);
    }
    bits
}

fn float(bits: u64, size: usize) -> f64 {
    match size {
        2 => half(bits),
        4 => f64::from(f32::from_bits((bits & 0xffff_ffff) as u32)),
        _ => f64::from_bits(bits),
    }
}

/// IEEE 754's binary16: a sign, 5 bits of exponent, 10 of fraction.
fn half(bits: u64) -> f64 {
    let (exponent, fraction) = ((bits >> 10 & 0x1f) as i32, (bits & 0x3ff) as f64);
    let size = match exponent {
        0 => fraction * 2_f64.powi(-24),
        0x1f if fraction == 0.0 => f64::INFINITY,
        0x1f => f64::NAN,
        _ => (1024.0 + fraction) * 2_f64.powi(exponent - 25),
    };
    if bits & 0x8000 == 0 { size } else { -size }
}

fn exact(index: usize, number: i128) -> Result<f64, Inexact> {
    let value = number as f64;
    if value as i128 == number { Ok(value) } else { Err(Inexact { index, number }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_is_the_number_that_numpy_shows_for_it() {
        let cases =
            [(0x3c00, 1.0), (0xc000, -2.0), (0x7bff, 65504.0), (0x0001, 2_f64.powi(-24)), (0x3555, 0.333_251_953_125)];
        for (bits, value) in cases {
            assert_eq!(half(bits).to_bits(), f64::to_bits(value), "{bits:x}");
        }
        assert!(half(0x7c01).is_nan() && half(0xfc00) == f64::NEG_INFINITY);
        assert_eq!(half(0x8000).to_bits(), (-0.0_f64).to_bits());
    }

    #[test]
    fn whole_numbers_keep_their_sign_and_order_and_are_refused_where_they_would_be_rounded() {
        let decode = |format: NumberFormat, bytes: &[u8], order| format.decode(bytes, order);
        assert_eq!(decode(NumberFormat::Signed(2), &[0xfe, 0xff], ByteOrder::Little).unwrap(), [-2.0]);
        assert_eq!(decode(NumberFormat::Signed(2), &[0xff, 0xfe], ByteOrder::Big).unwrap(), [-2.0]);
        assert_eq!(decode(NumberFormat::Unsigned(2), &[0xff, 0xfe], ByteOrder::Big).unwrap(), [65534.0]);
        let rounded = decode(NumberFormat::Unsigned(8), &u64::MAX.to_le_bytes(), ByteOrder::Little).unwrap_err();
        assert_eq!((rounded.index, rounded.number), (0, i128::from(u64::MAX)));
        let smallest = decode(NumberFormat::Signed(8), &i64::MIN.to_be_bytes(), ByteOrder::Big).unwrap();
        assert_eq!(smallest, [-9_223_372_036_854_775_808.0]);
    }

    #[test]
    fn a_shape_that_overflows_is_refused_before_memory_is_taken() {
        assert!(count(&[usize::MAX, 2]).is_err() && count(&[1 << 20, 1 << 20]).is_err());
        assert_eq!((count(&[]).unwrap(), count(&[3, 0, usize::MAX, 9]).unwrap(), count(&[3, 4]).unwrap()), (1, 0, 12));
    }
}
