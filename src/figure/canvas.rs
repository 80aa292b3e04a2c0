//! Where plotters draws: it records a scene in tenths of a pixel.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontTransform};

use super::scene::{Point, Scene};

/// A scene under plotters' pen. Black is the colour of the page's text, so that a figure can be read
/// on a light and on a dark page.
pub(super) struct Canvas<'a> {
    pub scene: &'a mut Scene,
    pub size: (u32, u32),
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: Point, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: Point, to: Point, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = Point>>(&mut self, path: I, style: &S) -> Drawn {
        let run: Vec<Point> = path.into_iter().collect();
        if style.color().alpha > 0.0 && !run.is_empty() {
            self.scene.path(&stroke(style), vec![run]);
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = Point>>(&mut self, corners: I, style: &S) -> Drawn {
        let run: Vec<Point> = corners.into_iter().collect();
        if style.color().alpha > 0.0 && !run.is_empty() {
            self.scene.path(&fill(style), vec![run]);
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, (x0, y0): Point, (x1, y1): Point, style: &S, filled: bool) -> Drawn {
        let corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)];
        if filled {
            self.fill_polygon(corners, style)
        } else {
            self.draw_path(corners.into_iter().chain([(x0, y0)]), style)
        }
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): Point, radius: u32, style: &S, filled: bool) -> Drawn {
        let look = if filled { fill(style) } else { format!("fill=\"none\" {}", stroke(style)) };
        self.scene.markup("<circle cx=\"").number(x).markup("\" cy=\"").number(y);
        self.scene.markup(format!("\" r=\"{radius}\" {look}/>"));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): Point) -> Drawn {
        let anchor = style.anchor();
        let size = style.size();
        // Where the letters' base line is, from the top, the middle or the bottom of their box.
        let drop = match anchor.v_pos {
            VPos::Top => 0.78,
            VPos::Center => 0.35,
            VPos::Bottom => -0.22,
        } * size;
        let align = match anchor.h_pos {
            HPos::Left => Align::Start,
            HPos::Center => Align::Middle,
            HPos::Right => Align::End,
        };
        let upright = matches!(style.transform(), FontTransform::None);
        write(self.scene, text, size as i32, align, (x, y), drop as i32, upright);
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        Ok((text_width(text, style.size()) as u32, style.size() as u32))
    }
}

/// Which end of a text stands at its point.
#[derive(Clone, Copy)]
pub(super) enum Align {
    Start,
    Middle,
    End,
}

/// Writes a text whose base line is `drop` below the point; on its side, reading upwards, unless
/// `upright`.
pub(super) fn write(scene: &mut Scene, text: &str, size: i32, align: Align, (x, y): Point, drop: i32, upright: bool) {
    if upright {
        scene.markup("<text x=\"").number(x).markup("\" y=\"").number(y + drop);
    } else {
        scene.markup("<text transform=\"translate(").number(x + drop).markup(" ").number(y);
        scene.markup(")rotate(-90)");
    }
    let anchor = match align {
        Align::Start => "",
        Align::Middle => "\" text-anchor=\"middle",
        Align::End => "\" text-anchor=\"end",
    };
    scene.markup(format!("{anchor}\" font-size=\"{size}\">")).words(text).markup("</text>");
}

/// The advance widths of Helvetica from the blank to the tilde, in thousandths of the size (Adobe's
/// font metrics). Arial and Liberation Sans have the same.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// Other sans-serif fonts are a little wider.
const ROOM: f64 = 1.05;

/// About how wide a text is in the fonts that a page may have.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    let thousandths: f64 = text
        .chars()
        .map(|character| match character {
            ' '..='~' => f64::from(WIDTHS[character as usize - ' ' as usize]),
            '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '⁻' | '₀'..='₉' => 333.0,
            '\u{300}'..='\u{36f}' => 0.0,
            '\u{2e80}'.. => 1000.0,
            _ => 584.0,
        })
        .sum();
    ROOM * thousandths / 1000.0 * size
}

fn stroke<S: BackendStyle>(style: &S) -> String {
    let (color, opacity) = paint(style.color());
    let opacity = opacity.map_or(String::new(), |alpha| format!(" stroke-opacity=\"{alpha}\""));
    format!("stroke=\"{color}\"{opacity} stroke-width=\"{}\"", style.stroke_width())
}

fn fill<S: BackendStyle>(style: &S) -> String {
    let (color, opacity) = paint(style.color());
    let opacity = opacity.map_or(String::new(), |alpha| format!(" fill-opacity=\"{alpha}\""));
    format!("fill=\"{color}\"{opacity}")
}

fn paint(color: BackendColor) -> (String, Option<f64>) {
    let css = match color.rgb {
        (0, 0, 0) => "currentColor".into(),
        (red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
    };
    (css, (color.alpha < 1.0).then_some(color.alpha))
}
