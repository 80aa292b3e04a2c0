//! A drawn figure: markup, whole numbers and paths, so that a thousand scenes of one slider share
//! all that does not move.

use std::borrow::Cow;
use std::fmt::Write;

/// A point in tenths of a pixel.
pub(crate) type Point = (i32, i32);

/// One stretch of a scene's SVG text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    /// Text to be copied.
    Markup(Cow<'static, str>),
    /// A coordinate.
    Number(i32),
    /// The `d` of a path: its unbroken runs, none of them empty. A run of one point is a dot.
    Path(Vec<Vec<Point>>),
    /// The `d` of a path that shows a phase over evenly spaced times.
    Curve(Curve),
}

/// A phase over evenly spaced times. The neighbours of a slider's position have nearly the same
/// heights, and most often the same frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Curve {
    pub frame: Frame,
    /// How far above the bottom each point is, in [`GRAIN`], going on over the wraps; at least two.
    pub heights: Vec<i32>,
}

/// Where a phase is drawn: from left to right and, in each turn, from the bottom up to the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Frame {
    pub left: i32,
    pub right: i32,
    pub bottom: i32,
    pub top: i32,
}

/// The heights of a phase are in steps of this many tenths of a pixel.
pub(crate) const GRAIN: i32 = 3;

/// The SVG of a figure in pieces.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Scene {
    pub pieces: Vec<Piece>,
}

impl Scene {
    pub fn markup(&mut self, text: impl Into<Cow<'static, str>>) -> &mut Scene {
        self.pieces.push(Piece::Markup(text.into()));
        self
    }

    /// Words of the learner or the author, made safe.
    pub fn words(&mut self, text: &str) -> &mut Scene {
        self.markup(escape(text))
    }

    pub fn number(&mut self, value: i32) -> &mut Scene {
        self.pieces.push(Piece::Number(value));
        self
    }

    /// A path with these attributes. Joins the one before it when that one looks the same.
    pub fn path(&mut self, attributes: &str, runs: Vec<Vec<Point>>) {
        let head = format!("<path {attributes} d=\"");
        if let [.., Piece::Markup(last), Piece::Path(before), Piece::Markup(_)] = &mut self.pieces[..]
            && *last == head
        {
            before.extend(runs);
            return;
        }
        self.markup(head);
        self.pieces.push(Piece::Path(runs));
        self.markup("\"/>");
    }

    /// A path with these attributes that shows a phase.
    pub fn curve(&mut self, attributes: &str, curve: Curve) {
        self.markup(format!("<path {attributes} d=\""));
        self.pieces.push(Piece::Curve(curve));
        self.markup("\"/>");
    }

    /// The whole as text.
    pub fn svg(&self) -> String {
        let mut svg = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Markup(text) => svg.push_str(text),
                Piece::Number(value) => push(&mut svg, *value),
                Piece::Path(runs) => push_path(&mut svg, runs),
                Piece::Curve(curve) => push_path(&mut svg, &curve.runs()),
            }
        }
        svg
    }
}

fn push(svg: &mut String, value: i32) {
    // Writing to a String cannot fail.
    let _ = write!(svg, "{value}");
}

/// `m10 20l5-6 7 8`: relative coordinates, and no blank before a minus. The slider's script writes
/// the same.
fn push_path(svg: &mut String, runs: &[Vec<Point>]) {
    let mut at = (0, 0);
    for run in runs {
        for (k, &(x, y)) in run.iter().enumerate() {
            svg.push_str(match k {
                0 => "m",
                1 => "l",
                _ if x < at.0 => "",
                _ => " ",
            });
            push(svg, x - at.0);
            if y >= at.1 {
                svg.push(' ');
            }
            push(svg, y - at.1);
            at = (x, y);
        }
        if run.len() == 1 {
            svg.push_str("h0");
        }
    }
}

/// Text for an element or a quoted attribute; characters that XML forbids are dropped.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if character.is_control() => {}
            _ => safe.push(character),
        }
    }
    safe
}
