//! Many scenes in few bytes: what they share is said once, and a path is a list of small steps.
//!
//! ```text
//! stream   = words scenes curves
//! words    = count, then each: length, UTF-8 bytes
//! scenes   = count, the length of each in bytes, then each scene: pieces to its end
//! piece    = 0 path | 1 signed number | 2 the index of a curve | 3 + the index of a word
//! path     = count of runs, then each: count of points, then the signed steps in x from point to point, then those in y
//! curves   = grain, count, then each: left, right, bottom, top (signed), count of heights, how many curves
//!            back its neighbour is or 0, its order (1 or 2), then what its heights differ from the forecast
//! ```
//! A curve is a phase: see [`crate::figure::scene::Curve`]. What is written of its heights, less those of
//! the same curve at a neighbouring position if it has such a neighbour, are their differences from point
//! to point (order 1) or the differences of those (order 2).
//! Numbers are little-endian base 128 with a continuation bit; signed ones are folded (0, -1, 1, -2 …).
//! The stream is compressed in the zlib format and written in base 64.

use std::collections::HashMap;

use super::curves::Curves;
use super::number::{write_varint, write_zigzag};
use crate::figure::png::base64;
use crate::figure::scene::{GRAIN, Piece, Point, Scene};

/// How hard the stream is squeezed, from 1 to 10. At 6 it is 5 % smaller and takes twice as long.
const LEVEL: u8 = 3;

/// The scenes as text that the slider's script reads; `counts` are the positions of each slider.
pub(super) fn pack(scenes: &[Scene], counts: &[usize]) -> String {
    base64(&miniz_oxide::deflate::compress_to_vec_zlib(&encode(scenes, counts), LEVEL))
}

fn encode(scenes: &[Scene], counts: &[usize]) -> Vec<u8> {
    let mut words: Vec<&str> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut lengths = Vec::new();
    let mut bodies = Vec::new();
    let mut curves = Curves::default();
    for scene in scenes {
        curves.begin_scene();
        let start = bodies.len();
        for piece in &scene.pieces {
            match piece {
                Piece::Path(runs) => path(&mut bodies, runs),
                Piece::Curve(curve) => {
                    write_varint(&mut bodies, 2);
                    write_varint(&mut bodies, curves.add(curve, counts));
                }
                Piece::Number(value) => {
                    write_varint(&mut bodies, 1);
                    write_zigzag(&mut bodies, *value);
                }
                Piece::Markup(word) => {
                    let index = *known.entry(word).or_insert_with(|| {
                        words.push(word);
                        words.len() - 1
                    });
                    write_varint(&mut bodies, 3 + index);
                }
            }
        }
        lengths.push(bodies.len() - start);
    }

    let mut stream = Vec::new();
    write_varint(&mut stream, words.len());
    for word in words {
        write_varint(&mut stream, word.len());
        stream.extend_from_slice(word.as_bytes());
    }
    write_varint(&mut stream, scenes.len());
    lengths.into_iter().for_each(|length| write_varint(&mut stream, length));
    stream.extend(bodies);
    write_varint(&mut stream, GRAIN as usize);
    write_varint(&mut stream, curves.all.len());
    stream.extend(curves.bytes);
    stream
}

fn path(bytes: &mut Vec<u8>, runs: &[Vec<Point>]) {
    write_varint(bytes, 0);
    write_varint(bytes, runs.len());
    let mut at = (0, 0);
    for run in runs {
        write_varint(bytes, run.len());
        // All steps in x, then all in y: what is alike stands together, and packs a fourteenth smaller.
        for &(x, _) in run {
            write_zigzag(bytes, x - at.0);
            at.0 = x;
        }
        for &(_, y) in run {
            write_zigzag(bytes, y - at.1);
            at.1 = y;
        }
    }
}
