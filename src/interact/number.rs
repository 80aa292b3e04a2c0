//! Whole numbers as bytes: base 128, the lowest digits first, with a bit that says that more follow.

/// Adds a number.
pub(super) fn write_varint(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Adds a number with a sign, folded so that small ones take one byte.
pub(super) fn write_zigzag(bytes: &mut Vec<u8>, value: i32) {
    write_varint(bytes, ((value << 1) ^ (value >> 31)) as u32 as usize);
}
