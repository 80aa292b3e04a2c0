//! A figure as pixels, for what shows no SVG: LaTeX, PDF, and pages that clean their HTML.

mod canvas;
mod letters;
mod reader;

use std::collections::HashMap;

use super::png::{self, Entry};
use canvas::Canvas;

/// Pixels in colour, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Raster {
    width: usize,
    pixels: Vec<[u8; 3]>,
}

impl Raster {
    /// The picture of an SVG file that a figure has written, black on white, at its size in pixels.
    pub fn of(svg: &str, (width, height): (f64, f64)) -> Raster {
        let mut canvas = Canvas::new(width.ceil() as usize, height.ceil() as usize);
        reader::draw(svg, &mut canvas);
        Raster { width: canvas.width, pixels: canvas.pixels }
    }

    /// Puts another picture below this one.
    pub fn append(&mut self, other: &Raster) {
        let width = self.width.max(other.width);
        let wider = |raster: &Raster| -> Vec<[u8; 3]> {
            let row = |row: &[[u8; 3]]| [row, &vec![[255; 3]; width - row.len()]].concat();
            raster.pixels.chunks(raster.width.max(1)).flat_map(row).collect()
        };
        self.pixels = [wider(self), wider(other)].concat();
        self.width = width;
    }

    /// The pixels as a PNG file in base 64.
    pub fn png(&self) -> String {
        // A palette has 256 colours: where there are more, those that look alike become one.
        let (palette, cells) = (0..6).find_map(|bits| self.indexed(bits)).unwrap_or_default();
        let bits = if palette.len() <= 16 { 4 } else { 8 };
        png::base64(&png::encode(&palette, self.width, &cells, bits))
    }

    /// The palette and the index of each pixel, with the lowest bits of the colours left out; `None` if that is not
    /// enough.
    fn indexed(&self, bits: u32) -> Option<(Vec<Entry>, Vec<u8>)> {
        let mut palette: Vec<Entry> = Vec::new();
        let mut known: HashMap<[u8; 3], u8> = HashMap::new();
        let mut cells = Vec::with_capacity(self.pixels.len());
        let mut last = None;
        for pixel in &self.pixels {
            // White stays white.
            let color = pixel.map(|part| if part == 255 { 255 } else { part >> bits << bits });
            let cell = match last {
                Some((before, cell)) if before == color => cell,
                _ => match known.get(&color) {
                    Some(cell) => *cell,
                    None => {
                        let cell = u8::try_from(palette.len()).ok()?;
                        palette.push([color[0], color[1], color[2], 255]);
                        known.insert(color, cell);
                        cell
                    }
                },
            };
            last = Some((color, cell));
            cells.push(cell);
        }
        Some((palette, cells))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Figure;
    use super::*;

    fn raster(figure: &Figure) -> Raster {
        Raster::of(&figure.file(), figure.pixels())
    }

    /// How many pixels have this colour.
    fn count(raster: &Raster, color: [u8; 3]) -> usize {
        raster.pixels.iter().filter(|pixel| **pixel == color).count()
    }

    #[test]
    fn lines_markers_words_and_maps_are_in_the_picture() {
        let blue = [0x24, 0x7e, 0xc0];
        let empty = Figure::new().size(3.0, 2.0);
        let line = empty.clone().line([0.0, 1.0], [0.0, 0.0]).width(3.0);
        assert!(count(&raster(&line), blue) > 400, "a line three pixels wide: {}", count(&raster(&line), blue));
        let disc = empty.clone().points([0.0], [0.0]).marker_size(20.0);
        let area = count(&raster(&disc), blue);
        assert!((250..=330).contains(&area), "a disc of 20 pixels has 314, this one {area}");
        let bare = |title: &str| raster(&Figure::new().size(3.0, 2.0).axes(false).title(title));
        assert_eq!(bare("").pixels, vec![[255; 3]; 300 * 200]);
        assert!(count(&bare("MMMM"), [0; 3]) > 100);
        let map = raster(&Figure::new().size(3.0, 2.0).heat_map(&ndarray::array![[0.0, 1.0]]));
        assert!(count(&map, [0x44, 0x01, 0x54]) > 1000 && count(&map, [0xfd, 0xe7, 0x25]) > 1000);
    }

    #[test]
    fn the_picture_of_a_figure_is_a_small_png() {
        let t: Vec<f64> = (0..500).map(|k| 0.01 * f64::from(k)).collect();
        let figure =
            Figure::new().title("A wave").x_label("t").y_label("x").line(&t, t.iter().map(|t| (5.0 * t).sin()));
        let png = raster(&figure).png();
        assert!(png.starts_with("iVBORw0KGgo") && png.len() < 12_000, "{} bytes", png.len());
    }

    #[test]
    fn pictures_below_each_other_are_as_wide_as_the_widest() {
        let mut all = raster(&Figure::new().size(2.0, 1.0));
        all.append(&raster(&Figure::new().size(3.0, 1.5)));
        assert_eq!((all.width, all.pixels.len()), (300, 300 * 250));
    }
}
