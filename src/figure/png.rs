//! The smallest PNG writer that serves: an image with a palette.

use miniz_oxide::deflate::compress_to_vec_zlib;

/// A colour of the palette: red, green, blue, and 0 for "nothing is drawn" or 255.
pub(super) type Entry = [u8; 4];

/// An image as an address that needs no file: `data:image/png;base64,…`. `cells` are indices into
/// the palette, row by row, `columns` of them in each row.
pub(super) fn address(palette: &[Entry], columns: usize, cells: &[u8]) -> String {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let rows = cells.len() / columns;
    let mut header = Vec::new();
    header.extend((columns as u32).to_be_bytes());
    header.extend((rows as u32).to_be_bytes());
    // Eight bits a cell, with a palette.
    header.extend([8, 3, 0, 0, 0]);
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"PLTE", &palette.iter().flat_map(|entry| entry[..3].to_vec()).collect::<Vec<u8>>());
    if palette.iter().any(|entry| entry[3] < 255) {
        chunk(&mut png, b"tRNS", &palette.iter().map(|entry| entry[3]).collect::<Vec<u8>>());
    }
    // Each row begins with its filter: none.
    let lines: Vec<u8> = cells.chunks(columns).flat_map(|row| [&[0], row].concat()).collect();
    chunk(&mut png, b"IDAT", &compress_to_vec_zlib(&lines, 6));
    chunk(&mut png, b"IEND", &[]);
    format!("data:image/png;base64,{}", base64(&png))
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

/// Bytes as text in base 64.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
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

#[cfg(test)]
mod tests {
    use super::*;

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
