//! How wide letters are in the fonts that a page may have.

use std::ops::RangeInclusive;

/// The advance widths of some letters in thousandths of the size.
type Widths = [u16];

// Each number is the larger one of two: that of Liberation Sans, which has the widths of Helvetica and Arial, and that of
// DejaVu Sans, the widest of the fonts that a figure names. So what fits by these numbers fits in each of them.
const ASCII: [u16; 95] = [
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, 637, 637, 637, 637, 637, 637, 637,
    637, 637, 637, 337, 337, 838, 838, 838, 557, 1016, 685, 687, 723, 771, 667, 611, 778, 752, 295, 500, 667, 558, 863,
    749, 788, 667, 788, 723, 667, 611, 732, 685, 989, 686, 667, 686, 391, 337, 391, 838, 557, 500, 613, 635, 550, 635,
    616, 353, 635, 634, 278, 278, 580, 278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637,
    337, 637, 838,
];
const LATIN: [u16; 96] = [
    318, 401, 637, 637, 637, 637, 337, 557, 500, 1000, 472, 612, 838, 361, 1000, 553, 500, 838, 401, 401, 500, 637,
    637, 318, 500, 401, 472, 612, 970, 970, 970, 611, 685, 685, 685, 685, 685, 685, 1000, 723, 667, 667, 667, 667, 295,
    295, 295, 295, 775, 749, 788, 788, 788, 788, 788, 838, 788, 732, 732, 732, 732, 667, 667, 630, 613, 613, 613, 613,
    613, 613, 982, 550, 616, 616, 616, 616, 278, 278, 278, 278, 612, 634, 612, 612, 612, 612, 612, 838, 612, 634, 634,
    634, 634, 592, 635, 592,
];
const GREEK: [u16; 57] = [
    685, 687, 558, 685, 667, 686, 752, 788, 295, 667, 685, 863, 749, 650, 788, 752, 667, 700, 632, 611, 667, 798, 686,
    836, 765, 295, 667, 660, 541, 634, 339, 579, 660, 639, 592, 612, 541, 544, 634, 612, 339, 590, 592, 637, 559, 558,
    612, 690, 635, 587, 634, 603, 579, 660, 578, 713, 838,
];

/// Letters whose widths are known one by one.
const KNOWN: [(RangeInclusive<char>, &Widths); 3] =
    [(' '..='~', &ASCII), ('\u{a0}'..='ÿ', &LATIN), ('Α'..='ω', &GREEK)];

/// The widest letter of some more blocks.
const WIDEST: [(RangeInclusive<char>, u16); 7] = [
    ('\u{300}'..='\u{36f}', 0),
    ('\u{200b}'..='\u{200f}', 0),
    ('\u{2010}'..='\u{2027}', 1000),
    // What is above and below the line; the minus and the sum of the block behind them are as wide as most of it.
    ('\u{2070}'..='\u{209c}', 630),
    ('\u{2200}'..='\u{221e}', 840),
    ('\u{2e80}'..='\u{ffff}', 1000),
    ('\u{10000}'..=char::MAX, 1400),
];

/// The widest letter of every other block but for a few signs.
const OTHER: u16 = 1100;

/// The greatest width that a letter has, for a size of 1.
pub(super) fn advance(letter: char) -> f64 {
    let known = KNOWN.iter().find(|(block, _)| block.contains(&letter));
    let width = match known {
        Some((block, widths)) => widths[letter as usize - *block.start() as usize],
        None => WIDEST.iter().find(|(block, _)| block.contains(&letter)).map_or(OTHER, |(_, width)| *width),
    };
    f64::from(width) / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_width_is_that_of_the_wider_font() {
        assert_eq!(advance('m'), 0.975, "0.974 in DejaVu Sans, 0.833 in Liberation Sans");
        assert_eq!(advance('W'), 0.989, "0.989 in DejaVu Sans, 0.944 in Liberation Sans");
        assert_eq!(advance('π'), 0.69, "0.602 in DejaVu Sans, 0.690 in Liberation Sans");
        assert_eq!(advance('−'), 0.84, "0.838 in DejaVu Sans, 0.584 in Liberation Sans");
        assert_eq!(advance('\u{307}'), 0.0, "a dot above the letter before it");
        assert_eq!(advance('脳'), 1.0);
    }
}
