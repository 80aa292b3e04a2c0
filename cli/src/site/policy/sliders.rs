//! The script of a figure with sliders, in files: what all such figures have in common, and what one of them shows. Its
//! pictures are packed, and what is in them has to obey, too.

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib;

use super::files::{Files, key};
use crate::support::address::{from_base64, to_base64};

/// How the script of sliders begins, and where its arguments do. The first one is the packed pictures.
const BEGINNING: &str = "(function (packed, rows, inline) {";
const ARGUMENTS: &str = "})(\"";

/// How hard the pictures are squeezed: harder than in a notebook, where a learner waits for it.
const LEVEL: u8 = 6;

/// The files of such a script, in the order in which they are to run.
pub struct Sliders {
    /// What all sliders do. It may run once in a page.
    pub common: String,
    /// One figure.
    pub own: String,
}

/// The files in place of such a script; nothing for a script of another kind. `markup` says what becomes of the markup
/// of a picture.
pub fn files(script: &str, files: &mut Files, markup: impl Fn(&str, &mut Files) -> String) -> Option<Sliders> {
    let script = script.trim();
    if !script.starts_with(BEGINNING) {
        return None;
    }
    let (function, arguments) = script.split_at(script.find(ARGUMENTS)? + 2);
    let (packed, others) = arguments.strip_prefix("(\"")?.split_once('"')?;
    let mut pictures = Vec::new();
    let packed = repacked(packed, &mut |word| match files.add_address(word) {
        Some(file) => {
            pictures.push(file.clone());
            file
        }
        None => markup(word, files),
    })?;
    let name = format!("neurobookSliders_{}", key(function.as_bytes()));
    let common = files.add(format!("const {name} = {function};\n").as_bytes(), "js");
    let own = format!("{name}(\"{packed}\"{others}\n{}", kept(&pictures));
    Some(Sliders { common, own: files.add(own.as_bytes(), "js") })
}

/// A script that has the browser load pictures at once and keep them: a slider that is moved does not wait for them.
fn kept(pictures: &[String]) -> String {
    if pictures.is_empty() {
        return String::new();
    }
    let addresses = serde_json::json!(pictures);
    format!(
        "(window.neurobookPictures ??= []).push(...{addresses}.map((address) => Object.assign(new Image(), {{ src: address }})));\n"
    )
}

/// The packed pictures with each of their words changed. How they are packed is told in the library's `interact/stream.rs`:
/// first the count of words, then each word's length and bytes.
fn repacked(packed: &str, change: &mut dyn FnMut(&str) -> String) -> Option<String> {
    let stream = decompress_to_vec_zlib(&from_base64(packed)?).ok()?;
    let mut rest = stream.as_slice();
    let count = number(&mut rest)?;
    let mut written = Vec::with_capacity(stream.len());
    put(&mut written, count);
    for _ in 0..count {
        let length = number(&mut rest)?;
        let (word, behind) = rest.split_at_checked(length)?;
        rest = behind;
        let word = change(str::from_utf8(word).ok()?);
        put(&mut written, word.len());
        written.extend(word.as_bytes());
    }
    written.extend(rest);
    Some(to_base64(&compress_to_vec_zlib(&written, LEVEL)))
}

/// A number of base 128, the low digits first, each but the last with its high bit set.
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let mut value = 0_usize;
    for place in 0..9 {
        let (&digit, behind) = bytes.split_first()?;
        *bytes = behind;
        value |= usize::from(digit & 0x7f) << (7 * place);
        if digit < 0x80 {
            return Some(value);
        }
    }
    None
}

fn put(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_changed_and_what_is_behind_them_stays() {
        let long = "x".repeat(300);
        let mut stream = Vec::new();
        put(&mut stream, 2);
        for word in ["data:,a", long.as_str()] {
            put(&mut stream, word.len());
            stream.extend(word.as_bytes());
        }
        stream.extend([7, 200, 1]);
        let packed = to_base64(&compress_to_vec_zlib(&stream, 1));
        let mut words = Vec::new();
        let again = repacked(&packed, &mut |word| {
            words.push(word.to_owned());
            "π".to_owned()
        });
        assert_eq!(words, ["data:,a", &long]);
        let stream = decompress_to_vec_zlib(&from_base64(&again.unwrap()).unwrap()).unwrap();
        assert_eq!(stream, [2, 2, 0xcf, 0x80, 2, 0xcf, 0x80, 7, 200, 1]);
        assert_eq!(repacked("AAAA", &mut str::to_owned), None);
    }
}
