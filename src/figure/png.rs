//! The smallest PNG writer that serves: an image with a palette.

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib;

/// A colour of the palette: red, green, blue, and 0 for "nothing is drawn" or 255.
pub(super) type Entry = [u8; 4];

/// An image as an address that needs no file: `data:image/png;base64,…`. `cells` are indices into
/// the palette, row by row, `columns` of them in each row.
pub(super) fn data_uri(palette: &[Entry], columns: usize, cells: &[u8]) -> String {
    format!("{ADDRESS}{}", base64(&encode(palette, columns, cells, 8)))
}

/// How an image's address begins.
const ADDRESS: &str = "data:image/png;base64,";

/// How hard an image is squeezed, from 1 to 10.
const LEVEL: u8 = 8;

/// An image as the bytes of a PNG file, with 4 bits a cell or 8.
pub(super) fn encode(palette: &[Entry], columns: usize, cells: &[u8], bits: u8) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let rows = cells.len() / columns;
    let mut header = Vec::new();
    header.extend((columns as u32).to_be_bytes());
    header.extend((rows as u32).to_be_bytes());
    // So many bits a cell, with a palette.
    header.extend([bits, 3, 0, 0, 0]);
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"PLTE", &palette.iter().flat_map(|entry| entry[..3].to_vec()).collect::<Vec<u8>>());
    if palette.iter().any(|entry| entry[3] < 255) {
        chunk(&mut png, b"tRNS", &palette.iter().map(|entry| entry[3]).collect::<Vec<u8>>());
    }
    // Each row begins with its filter: none.
    let mut lines = Vec::with_capacity(cells.len() + rows);
    for row in cells.chunks(columns) {
        lines.push(0);
        match bits {
            4 => lines.extend(row.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0))),
            _ => lines.extend(row),
        }
    }
    chunk(&mut png, b"IDAT", &compress_to_vec_zlib(&lines, LEVEL));
    chunk(&mut png, b"IEND", &[]);
    png
}

/// The columns and the colours of an image that [`address`] has written; `None` is a cell in which nothing is drawn.
pub(super) fn decode(address: &str) -> Option<(usize, Vec<Option<[u8; 3]>>)> {
    let png = from_base64(address.strip_prefix(ADDRESS)?);
    let part = |name: &[u8; 4]| {
        let mut rest = png.get(8..)?;
        loop {
            let length = u32::from_be_bytes(*rest.first_chunk()?) as usize;
            if rest.get(4..8)? == name {
                return rest.get(8..8 + length);
            }
            rest = rest.get(12 + length..)?;
        }
    };
    let columns = u32::from_be_bytes(*part(b"IHDR")?.first_chunk()?) as usize;
    let (palette, opacities) = (part(b"PLTE")?, part(b"tRNS").unwrap_or_default());
    let lines = decompress_to_vec_zlib(part(b"IDAT")?).ok()?;
    let color = |cell: &u8| {
        let index = usize::from(*cell);
        let entry = palette.get(3 * index..3 * index + 3)?;
        (opacities.get(index) != Some(&0)).then(|| [entry[0], entry[1], entry[2]])
    };
    Some((columns, lines.chunks(columns + 1).flat_map(|line| line[1..].iter().map(color)).collect()))
}

fn chunk(png: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) {
    png.extend((content.len() as u32).to_be_bytes());
    let start = png.len();
    png.extend(name);
    png.extend(content);
    let check = checksum(&png[start..]);
    png.extend(check.to_be_bytes());
}

/// The cyclic redundancy check of the PNG standard (ISO/IEC 15948, annex D).
fn checksum(bytes: &[u8]) -> u32 {
    let mut check = u32::MAX;
    for byte in bytes {
        check ^= u32::from(*byte);
        for _ in 0..8 {
            check = if check & 1 == 1 { check >> 1 ^ 0xedb8_8320 } else { check >> 1 };
        }
    }
    !check
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as text in base 64.
pub(crate) fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

/// The bytes of a text in base 64.
fn from_base64(text: &str) -> Vec<u8> {
    let letters = text.trim_end_matches('=').bytes();
    let values: Vec<u32> = letters
        .filter_map(|letter| LETTERS.iter().position(|known| *known == letter))
        .map(|value| value as u32)
        .collect();
    let mut bytes = Vec::with_capacity(values.len() * 3 / 4);
    for four in values.chunks(4) {
        let bits = four.iter().fold(0, |bits, value| bits << 6 | value) << (6 * (4 - four.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_read_as_it_was_written() {
        let palette = [[1, 2, 3, 255], [9, 9, 9, 0], [250, 0, 0, 255]];
        let cells = [0, 1, 2, 2, 1, 0];
        let colors = [Some([1, 2, 3]), None, Some([250, 0, 0]), Some([250, 0, 0]), None, Some([1, 2, 3])];
        assert_eq!(decode(&data_uri(&palette, 3, &cells)), Some((3, colors.to_vec())));
        let many: Vec<Entry> = (0..200).map(|red| [red, 0, 0, 255]).collect();
        let cells: Vec<u8> = (0..200).collect();
        let colors = (0..200).map(|red| Some([red, 0, 0])).collect();
        assert_eq!(decode(&data_uri(&many, 40, &cells)), Some((40, colors)));
    }

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum(b"IEND"), 0xae42_6082);
    }

    #[test]
    fn text_in_base_64_is_padded() {
        assert_eq!(
            [&b"f"[..], b"fo", b"foo", b"\xff\xfe"].map(base64),
            ["Zg==", "Zm8=", "Zm9v", "//4="].map(String::from)
        );
    }
}
