//! The outlines of letters: those of DejaVu Sans, which LICENSE-letters is about. `letters.py` has written them.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::canvas::Spot;

/// A letter of size 1, its foot at (0, 0), going down.
#[derive(Default)]
pub(super) struct Letter {
    pub advance: f64,
    pub contours: Vec<Vec<Spot>>,
}

/// The units of a size.
const UNITS: f64 = 256.0;

/// The straight lines of a curve.
const STEPS: i32 = 4;

/// A letter's outline; a box for one that is not known.
pub(super) fn letter(character: char) -> &'static Letter {
    static LETTERS: OnceLock<HashMap<char, Letter>> = OnceLock::new();
    static SPACE: Letter = Letter { advance: 0.32, contours: Vec::new() };
    static NOTHING: Letter = Letter { advance: 0.0, contours: Vec::new() };
    match character {
        ' ' | '\u{a0}' => return &SPACE,
        '\u{200b}' => return &NOTHING,
        _ => {}
    }
    let letters = LETTERS.get_or_init(read);
    let lookalike = letters.get(&character).or_else(|| letters.get(&'?'));
    lookalike.unwrap_or(&SPACE)
}

fn read() -> HashMap<char, Letter> {
    let packed = include_bytes!("letters.bin");
    let bytes = miniz_oxide::inflate::decompress_to_vec_zlib(packed).unwrap_or_default();
    let mut reader = Reader { rest: &bytes };
    let mut letters = HashMap::new();
    while let Some((number, rest)) = reader.rest.split_first_chunk() {
        reader.rest = rest;
        let advance = f64::from(reader.number()) / UNITS;
        let mut at = (0, 0);
        let contours = (0..reader.number()).map(|_| reader.contour(&mut at)).collect();
        if let Some(character) = char::from_u32(u32::from(u16::from_le_bytes(*number))) {
            letters.insert(character, Letter { advance, contours });
        }
    }
    letters
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn number(&mut self) -> u32 {
        let (mut value, mut place) = (0, 0);
        while let Some((byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            value |= u32::from(byte & 0x7f) << place;
            place += 7;
            if *byte < 0x80 {
                break;
            }
        }
        value
    }

    /// A contour as straight lines. Its points off the curve pull it, as TrueType has it: a point on the curve is in the
    /// middle between two of them.
    fn contour(&mut self, at: &mut (i32, i32)) -> Vec<Spot> {
        let unfolded = |value: u32| (value >> 1) as i32 ^ -((value & 1) as i32);
        let points: Vec<(Spot, bool)> = (0..self.number())
            .map(|_| {
                let (x, y) = (self.number(), self.number());
                *at = (at.0 + unfolded(x >> 1), at.1 + unfolded(y));
                ((f64::from(at.0) / UNITS, -f64::from(at.1) / UNITS), x & 1 == 1)
            })
            .collect();
        let middle = |one: Spot, other: Spot| (0.5 * (one.0 + other.0), 0.5 * (one.1 + other.1));
        let mut line: Vec<Spot> = Vec::new();
        for (index, &(point, on_curve)) in points.iter().enumerate() {
            if on_curve {
                line.push(point);
                continue;
            }
            let (before, before_on) = points[(index + points.len() - 1) % points.len()];
            let (after, after_on) = points[(index + 1) % points.len()];
            let from = if before_on { before } else { middle(before, point) };
            let to = if after_on { after } else { middle(point, after) };
            line.extend((0..=STEPS).map(|step| {
                let t = f64::from(step) / f64::from(STEPS);
                let mix =
                    |from: f64, by: f64, to: f64| (1.0 - t) * (1.0 - t) * from + 2.0 * t * (1.0 - t) * by + t * t * to;
                (mix(from.0, point.0, to.0), mix(from.1, point.1, to.1))
            }));
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_their_advance_and_their_holes() {
        let letter_o = letter('o');
        assert!((letter_o.advance - 0.612).abs() < 0.003, "{}", letter_o.advance);
        assert_eq!((letter_o.contours.len(), letter('i').contours.len(), letter('8').contours.len()), (2, 2, 3));
        assert!(letter('M').contours[0].iter().all(|(_, y)| (-0.74..=0.001).contains(y)));
    }

    #[test]
    fn the_letters_of_every_number_and_formula_are_there() {
        let missing =
            "0123456789−×⁻⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃πθωλμσαβ±°′√∞≤≈…".chars().filter(|letter| !read().contains_key(letter));
        assert_eq!(missing.collect::<String>(), "");
    }
}
