//! The colours of lines and points.

/// A colour that colour-blind readers can tell from the others (after Okabe and Ito, 2008) and that
/// can be read on a light and on a dark page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Color {
    /// The first of the cycle.
    Blue,
    /// The second: vermilion.
    Orange,
    /// The third: bluish green.
    Green,
    /// The fourth: reddish purple.
    Purple,
    /// The fifth.
    Gold,
    /// A light blue; close to blue and green for some readers.
    Sky,
    /// A warning red; close to orange for some readers.
    Red,
    /// The sixth, and for what is behind.
    Gray,
    /// The colour of the page's text: black on a light page, white on a dark one.
    Black,
    /// Any other, by its red, green and blue parts.
    Rgb(u8, u8, u8),
}

impl Color {
    /// The colours that series take by themselves, in this order.
    pub const CYCLE: [Color; 6] = [Color::Blue, Color::Orange, Color::Green, Color::Purple, Color::Gold, Color::Gray];

    /// Red, green and blue; `None` for the colour of the page's text.
    pub fn rgb(self) -> Option<(u8, u8, u8)> {
        Some(match self {
            Color::Blue => (0x24, 0x7e, 0xc0),
            Color::Orange => (0xd5, 0x5e, 0x00),
            Color::Green => (0x00, 0x91, 0x6a),
            Color::Purple => (0xc0, 0x68, 0x9a),
            Color::Gold => (0xb3, 0x7f, 0x00),
            Color::Sky => (0x2e, 0x95, 0xd0),
            Color::Red => (0xd1, 0x34, 0x3f),
            Color::Gray => (0x80, 0x80, 0x80),
            Color::Black => return None,
            Color::Rgb(red, green, blue) => (red, green, blue),
        })
    }

    /// The colour as CSS writes it.
    pub(super) fn css(self) -> String {
        match self.rgb() {
            Some((red, green, blue)) => format!("#{red:02x}{green:02x}{blue:02x}"),
            None => "currentColor".into(),
        }
    }
}
