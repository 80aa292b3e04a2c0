//! Addresses that hold the file itself: `data:image/png;base64,…`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What such files are, and how the name of each would end.
const ENDINGS: [(&str, &str); 9] = [
    ("image/png", "png"),
    ("image/svg+xml", "svg"),
    ("image/jpeg", "jpg"),
    ("image/gif", "gif"),
    ("image/webp", "webp"),
    ("video/mp4", "mp4"),
    ("video/webm", "webm"),
    ("audio/wav", "wav"),
    ("font/woff2", "woff2"),
];

/// The file that an address holds, and the ending of its name; nothing for any other address.
pub fn file(address: &str) -> Option<(Vec<u8>, &'static str)> {
    let (scheme, rest) = address.trim().split_at_checked(5)?;
    if !scheme.eq_ignore_ascii_case("data:") {
        return None;
    }
    let (kind, content) = rest.split_once(',')?;
    let (kind, is_base64) = kind.strip_suffix(";base64").map_or((kind, false), |kind| (kind, true));
    let bytes = if is_base64 {
        let packed: String = content.split_ascii_whitespace().collect();
        from_base64(&packed)?
    } else {
        percent_decoded(content)?
    };
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let ending = ENDINGS.iter().find(|(known, _)| *known == kind).map_or("bin", |(_, ending)| ending);
    Some((bytes, ending))
}

/// The bytes that a text in base 64 stands for.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// The bytes as a text in base 64.
pub fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of an address's text, in which some are written as `%3C`.
pub fn percent_decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        rest = behind;
        if byte == b'%' {
            let (digits, behind) = rest.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?);
            rest = behind;
        } else {
            bytes.push(byte);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gives_the_file_that_it_holds() {
        assert_eq!(file("data:image/png;base64,AAEC"), Some((vec![0, 1, 2], "png")));
        assert_eq!(file("data:image/svg+xml;charset=utf-8,%3Csvg/>"), Some((b"<svg/>".to_vec(), "svg")));
        assert_eq!(file("DATA:,a"), Some((b"a".to_vec(), "bin")));
        for other in ["a.png", "data:", "data:image/png;base64,!", "https://x.org/data:,", "dätä"] {
            assert_eq!(file(other), None, "{other}");
        }
    }
}
