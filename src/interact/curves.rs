//! Phases at every position of the sliders: each is written as its difference from a neighbour's.

use super::number::{write_varint, write_zigzag};
use crate::figure::scene::{Curve, Frame};

/// The curves of all scenes so far, and their bytes in the stream.
#[derive(Default)]
pub(super) struct Curves<'a> {
    pub all: Vec<&'a Curve>,
    pub bytes: Vec<u8>,
    /// The index of the first curve of each scene.
    starts: Vec<usize>,
}

/// How a curve is predictor: from a neighbour this many curves back, or 0; from one point before, or two.
#[derive(Clone, Copy)]
struct Predictor {
    back: usize,
    order: usize,
}

impl<'a> Curves<'a> {
    pub fn begin_scene(&mut self) {
        self.starts.push(self.all.len());
    }

    /// Writes a curve of the scene begun last; its index.
    pub fn add(&mut self, curve: &'a Curve, counts: &[usize]) -> usize {
        let index = self.all.len();
        let scene = self.starts.len() - 1;
        let place = index - self.starts[scene];
        self.all.push(curve);

        // Without a neighbour, then the positions before this one along each slider.
        let mut neighbours = vec![0];
        let mut stride = 1;
        for count in counts.iter().rev() {
            let place_on_slider = scene / stride % count;
            if place_on_slider > 0 {
                let neighbour = self.starts[scene - stride] + place;
                let other_scene = self.starts.get(scene - stride + 1).is_none_or(|next| neighbour >= *next);
                let alike = self.all.get(neighbour).is_some_and(|other| other.heights.len() == curve.heights.len());
                if !other_scene && alike {
                    neighbours.push(index - neighbour);
                }
            }
            stride *= count;
        }
        let predictors = neighbours.into_iter().flat_map(|back| [1, 2].map(|order| Predictor { back, order }));
        let best = predictors.min_by_key(|predictor| self.residuals(curve, *predictor).map(cost).sum::<u32>());
        let best = best.unwrap_or(Predictor { back: 0, order: 2 });

        let Frame { left, right, bottom, top } = curve.frame;
        let mut bytes = std::mem::take(&mut self.bytes);
        [left, right, bottom, top].into_iter().for_each(|side| write_zigzag(&mut bytes, side));
        [curve.heights.len(), best.back, best.order].into_iter().for_each(|value| write_varint(&mut bytes, value));
        self.residuals(curve, best).for_each(|rest| write_zigzag(&mut bytes, rest));
        self.bytes = bytes;
        index
    }

    /// What the heights of the curve added last differ from this predictor.
    fn residuals(&self, curve: &'a Curve, Predictor { back, order }: Predictor) -> impl Iterator<Item = i32> {
        let neighbour = if back == 0 { None } else { self.all.get(self.all.len() - 1 - back) };
        let (mut before, mut slope) = (0, 0);
        curve.heights.iter().enumerate().map(move |(k, height)| {
            let height = height - neighbour.map_or(0, |other| other.heights[k]);
            let step = height - before;
            let rest = if order == 1 { step } else { step - slope };
            (before, slope) = (height, step);
            rest
        })
    }
}

/// About how many bits the number takes.
fn cost(rest: i32) -> u32 {
    2 * (u32::BITS - rest.unsigned_abs().leading_zeros())
}
