//! Many scenes in few bytes: what they share is said once, and a path is a list of small steps.
//!
//! ```text
//! stream   = words scenes
//! words    = count, then each: length, UTF-8 bytes
//! scenes   = count, the length of each in bytes, then each scene: pieces to its end
//! piece    = 0 path | 1 signed number | 2 + the index of a word
//! path     = count of runs, then each: count of points, then signed steps in x and y from point to point
//! ```
//! Numbers are little-endian base 128 with a continuation bit; signed ones are folded (0, -1, 1, -2 …).
//! The stream is compressed in the zlib format and written in base 64.

use std::collections::HashMap;

use crate::figure::scene::{Piece, Point, Scene};

/// The scenes as text that the slider's script reads.
pub(super) fn pack(scenes: &[Scene]) -> String {
    base64(&miniz_oxide::deflate::compress_to_vec_zlib(&encode(scenes), 6))
}

fn encode(scenes: &[Scene]) -> Vec<u8> {
    let mut words: Vec<&str> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut lengths = Vec::new();
    let mut bodies = Vec::new();
    for scene in scenes {
        let start = bodies.len();
        for piece in &scene.pieces {
            match piece {
                Piece::Path(runs) => path(&mut bodies, runs),
                Piece::Number(value) => {
                    number(&mut bodies, 1);
                    signed(&mut bodies, *value);
                }
                Piece::Markup(word) => {
                    let index = *known.entry(word).or_insert_with(|| {
                        words.push(word);
                        words.len() - 1
                    });
                    number(&mut bodies, 2 + index);
                }
            }
        }
        lengths.push(bodies.len() - start);
    }

    let mut stream = Vec::new();
    number(&mut stream, words.len());
    for word in words {
        number(&mut stream, word.len());
        stream.extend_from_slice(word.as_bytes());
    }
    number(&mut stream, scenes.len());
    lengths.into_iter().for_each(|length| number(&mut stream, length));
    stream.extend(bodies);
    stream
}

fn path(bytes: &mut Vec<u8>, runs: &[Vec<Point>]) {
    number(bytes, 0);
    number(bytes, runs.len());
    let mut at = (0, 0);
    for run in runs {
        number(bytes, run.len());
        for &(x, y) in run {
            signed(bytes, x - at.0);
            signed(bytes, y - at.1);
            at = (x, y);
        }
    }
}

fn number(bytes: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn signed(bytes: &mut Vec<u8>, value: i32) {
    number(bytes, ((value << 1) ^ (value >> 31)) as u32 as usize);
}

fn base64(bytes: &[u8]) -> String {
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
