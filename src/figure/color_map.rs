//! Colours for numbers: maps that colour-blind readers can follow, and but for the one of two signs grey printers.

use super::color::Color;

/// A map from numbers to colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[doc(alias = "cmap")]
#[doc(alias = "colormap")]
pub enum ColorMap {
    /// From violet over green to yellow: for images.
    #[default]
    Viridis,
    /// From blue over grey to yellow, alike for nearly all colour-blind readers: for lines.
    Cividis,
    /// From blue over white to orange, for numbers of both signs in images: give a range with 0 in its middle.
    #[doc(alias = "coolwarm")]
    #[doc(alias = "RdBu")]
    BlueOrange,
}

type Knots = [u32; 52];

/// The two ends are as dark as each other, and so are the colours at each share of the way.
const BLUE_ORANGE: [u32; 5] = [0x0b3c6f, 0x3d8fcf, 0xf6f6f6, 0xe07b28, 0x6f2f00];

// Every fifth of the 256 colours of each map, as 0xRRGGBB; straight lines between them are at most
// four parts of 255 away. Both tables are in the public domain (CC0 1.0): viridis by Stéfan van der
// Walt and Nathaniel Smith (2015, github.com/BIDS/colormap), cividis by Jamie Nuñez, Christopher
// Anderton and Ryan Renslow (PLOS ONE 13, e0199239, 2018).
const VIRIDIS: Knots = [
    0x440154, 0x46085c, 0x471063, 0x481769, 0x481d6f, 0x482475, 0x472a7a, 0x46307e, 0x453781, 0x433d84, 0x414287,
    0x3f4889, 0x3d4e8a, 0x3a538b, 0x38598c, 0x355e8d, 0x33638d, 0x31688e, 0x2e6d8e, 0x2c718e, 0x2a768e, 0x297b8e,
    0x27808e, 0x25848e, 0x23898e, 0x218e8d, 0x20928c, 0x1f978b, 0x1e9c89, 0x1fa188, 0x21a585, 0x24aa83, 0x28ae80,
    0x2eb37c, 0x35b779, 0x3dbc74, 0x46c06f, 0x50c46a, 0x5ac864, 0x65cb5e, 0x70cf57, 0x7cd250, 0x89d548, 0x95d840,
    0xa2da37, 0xb0dd2f, 0xbddf26, 0xcae11f, 0xd8e219, 0xe5e419, 0xf1e51d, 0xfde725,
];
const CIVIDIS: Knots = [
    0x00224e, 0x002656, 0x002a5f, 0x002d68, 0x003070, 0x083370, 0x163770, 0x203a6f, 0x273e6e, 0x2e416d, 0x34456c,
    0x3a486c, 0x3f4c6c, 0x444f6c, 0x49536c, 0x4e566c, 0x535a6d, 0x575d6d, 0x5c616e, 0x60646f, 0x656870, 0x696b71,
    0x6d6f72, 0x727274, 0x767676, 0x7a7a78, 0x7e7d78, 0x838179, 0x888578, 0x8d8878, 0x928c78, 0x969077, 0x9b9476,
    0xa09875, 0xa59c74, 0xaaa073, 0xafa471, 0xb5a86f, 0xbaac6d, 0xbfb06b, 0xc4b468, 0xc9b965, 0xcfbd62, 0xd4c15f,
    0xdac65b, 0xdfca57, 0xe5cf52, 0xead34c, 0xf0d846, 0xf6dd3f, 0xfce236, 0xfee838,
];

/// The part of a map that lines use: its colours have a contrast of 2 and more to a white page and
/// to a nearly black one.
const OF_LINES: (f64, f64) = (0.25, 0.8);

/// The same of the map of two signs, whose middle stays in the middle.
const OF_TWO_SIGNS: (f64, f64) = (0.25, 0.75);

impl ColorMap {
    /// The colour at a share from 0 to 1 of the map; beyond them, its ends.
    pub fn color(self, share: f64) -> Color {
        let knots: &[u32] = match self {
            ColorMap::Viridis => &VIRIDIS,
            ColorMap::Cividis => &CIVIDIS,
            ColorMap::BlueOrange => &BLUE_ORANGE,
        };
        let place = share.clamp(0.0, 1.0) * (knots.len() - 1) as f64;
        let knot = (place as usize).min(knots.len() - 2);
        let part = |shift: u32| {
            let at = |knot: usize| f64::from(knots[knot] >> shift & 0xff);
            (at(knot) + (place - knot as f64) * (at(knot + 1) - at(knot))).round() as u8
        };
        Color::Rgb(part(16), part(8), part(0))
    }

    /// The colour of a line: the map without its darkest and its lightest end, so that the line can be
    /// seen on every page.
    pub fn line_color(self, share: f64) -> Color {
        let (from, to) = if self == ColorMap::BlueOrange { OF_TWO_SIGNS } else { OF_LINES };
        self.color(from + share.clamp(0.0, 1.0) * (to - from))
    }
}

/// Where a value is between two others, from 0 to 1; NaN stays NaN.
pub(super) fn share(value: f64, (low, high): (f64, f64)) -> f64 {
    if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { value * 0.0 + 0.5 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_maps_end_where_their_authors_end_them() {
        assert_eq!(ColorMap::Viridis.color(0.0), Color::Rgb(0x44, 0x01, 0x54));
        assert_eq!(ColorMap::Viridis.color(150.0 / 255.0), Color::Rgb(0x21, 0xa5, 0x85));
        assert_eq!(ColorMap::Viridis.color(7.0), Color::Rgb(0xfd, 0xe7, 0x25));
        assert_eq!(ColorMap::Cividis.color(0.0), Color::Rgb(0x00, 0x22, 0x4e));
        assert_eq!(ColorMap::Cividis.color(1.0), Color::Rgb(0xfe, 0xe8, 0x38));
    }

    #[test]
    fn the_middle_of_two_signs_is_the_middle_for_lines_and_points_as_well() {
        assert_eq!(ColorMap::BlueOrange.line_color(0.5), ColorMap::BlueOrange.color(0.5));
    }

    #[test]
    fn a_value_has_a_place_even_where_all_values_are_one() {
        assert_eq!(share(3.0, (1.0, 5.0)), 0.5);
        assert_eq!(share(-9.0, (1.0, 5.0)), 0.0);
        assert_eq!(share(2.0, (2.0, 2.0)), 0.5);
        assert!(share(f64::NAN, (0.0, 1.0)).is_nan() && share(f64::NAN, (1.0, 1.0)).is_nan());
    }
}
