//! Reads the SVG that a figure writes, and no other, and draws it on a canvas.

use std::collections::HashMap;

use super::canvas::{Canvas, Paint, Spot};
use super::letters::letter;
use crate::figure::png;

/// Draws the picture; a figure's lengths are in tenths of a pixel.
pub(super) fn draw(svg: &str, canvas: &mut Canvas) {
    let mut reader = Reader { canvas, origins: Vec::new(), text: None };
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let Some(length) = rest[start..].find('>') else { return };
        let tag = &rest[start + 1..start + length];
        rest = &rest[start + length + 1..];
        let words = &rest[..rest.find('<').unwrap_or(rest.len())];
        reader.tag(tag, words);
    }
}

struct Reader<'a> {
    canvas: &'a mut Canvas,
    /// Of each SVG around this place: where its zero is, and what could be painted before it.
    origins: Vec<(Spot, [f64; 4])>,
    text: Option<Text>,
}

/// A text so far.
struct Text {
    at: Spot,
    sideways: bool,
    /// The share of its length that is before its point.
    before: f64,
    size: f64,
    /// The runs: words, size, how far below the line.
    runs: Vec<(String, f64, f64)>,
    below: f64,
}

/// The attributes of an element.
struct Attributes<'a>(HashMap<&'a str, &'a str>);

impl<'a> Attributes<'a> {
    fn of(tag: &'a str) -> Attributes<'a> {
        let mut parts = tag.split('"');
        let mut attributes = HashMap::new();
        while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
            let name = name.trim_end_matches('=').rsplit(' ').next().unwrap_or(name);
            attributes.insert(name, value);
        }
        Attributes(attributes)
    }

    fn text(&self, name: &str) -> &'a str {
        self.0.get(name).copied().unwrap_or("")
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.text(name).parse().ok()
    }

    /// A length on the page, in pixels.
    fn pixels(&self, name: &str) -> f64 {
        self.number(name).unwrap_or(0.0) / 10.0
    }

    fn paint(&self, name: &str) -> Option<Paint> {
        let color = match self.text(name) {
            "" | "none" => return None,
            "currentColor" => [0; 3],
            hex => {
                let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2).unwrap_or(""), 16).unwrap_or(0);
                [part(1), part(3), part(5)]
            }
        };
        let opacity = self.number(&format!("{name}-opacity")).unwrap_or(1.0) * self.number("opacity").unwrap_or(1.0);
        Some(Paint { color, opacity })
    }
}

impl Reader<'_> {
    fn tag(&mut self, tag: &str, words: &str) {
        let attributes = Attributes::of(tag);
        match tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or("") {
            "svg" if tag.starts_with('/') => {
                if let Some((_, clip)) = self.origins.pop() {
                    self.canvas.clip = clip;
                }
            }
            "svg" => self.begin(&attributes),
            "path" => self.path(&attributes),
            "image" => self.image(&attributes),
            "text" if tag.starts_with('/') => self.end_text(),
            "text" => self.begin_text(&attributes, words),
            "tspan" => self.span(tag, &attributes, words),
            _ => {}
        }
    }

    fn origin(&self) -> Spot {
        self.origins.last().map_or((0.0, 0.0), |(origin, _)| *origin)
    }

    fn begin(&mut self, attributes: &Attributes) {
        let (x, y) = (attributes.pixels("x"), attributes.pixels("y"));
        let clip = self.canvas.clip;
        // The outermost one is the page.
        if !self.origins.is_empty() {
            self.canvas.clip = [x, y, x + attributes.pixels("width"), y + attributes.pixels("height")];
        }
        self.origins.push(((x, y), clip));
    }

    fn path(&mut self, attributes: &Attributes) {
        let lines = lines(attributes.text("d"), self.origin());
        if let Some(paint) = attributes.paint("fill") {
            self.canvas.fill(&lines, paint);
        }
        if let Some(paint) = attributes.paint("stroke") {
            let width = attributes.pixels("stroke-width");
            let dashes: Vec<f64> =
                attributes.text("stroke-dasharray").split(' ').filter_map(|length| length.parse().ok()).collect();
            let lines = if dashes.is_empty() { lines } else { dashed(&lines, &dashes, width) };
            self.canvas.stroke(&lines, width, paint);
        }
    }

    fn image(&mut self, attributes: &Attributes) {
        let (x, y) = self.origin();
        let (left, top) = (x + attributes.pixels("x"), y + attributes.pixels("y"));
        let place = [left, top, left + attributes.pixels("width"), top + attributes.pixels("height")];
        if let Some((columns, cells)) = png::decode(attributes.text("href")) {
            self.canvas.image(place, columns, &cells);
        }
    }

    fn begin_text(&mut self, attributes: &Attributes, words: &str) {
        let turned = attributes.text("transform").strip_prefix("translate(").and_then(|text| text.split(')').next());
        let mut place =
            turned.into_iter().flat_map(|text| text.split(' ')).filter_map(|number| number.parse::<f64>().ok());
        let at = match (place.next(), place.next()) {
            (Some(x), Some(y)) => (x / 10.0, y / 10.0),
            _ => (attributes.pixels("x"), attributes.pixels("y")),
        };
        let before = match attributes.text("text-anchor") {
            "middle" => 0.5,
            "end" => 1.0,
            _ => 0.0,
        };
        let size = attributes.pixels("font-size");
        let runs = vec![(words.to_owned(), size, 0.0)];
        self.text = Some(Text { at, sideways: turned.is_some(), before, size, runs, below: 0.0 });
    }

    fn span(&mut self, tag: &str, attributes: &Attributes, words: &str) {
        let Some(text) = &mut self.text else { return };
        let mut size = text.size;
        if !tag.starts_with('/') {
            text.below += attributes.pixels("dy");
            size = attributes.number("font-size").map_or(size, |size| size / 10.0);
        }
        text.runs.push((words.to_owned(), size, text.below));
    }

    fn end_text(&mut self) {
        let Some(text) = self.text.take() else { return };
        let plain: Vec<(String, f64, f64)> =
            text.runs.iter().map(|(words, size, below)| (unescaped(words), *size, *below)).collect();
        let length: f64 = plain
            .iter()
            .flat_map(|(words, size, _)| words.chars().map(move |character| size * letter(character).advance))
            .sum();
        let mut along = -text.before * length;
        let mut contours: Vec<Vec<Spot>> = Vec::new();
        for (words, size, below) in &plain {
            for character in words.chars() {
                let letter = letter(character);
                let place = |&(x, y): &Spot| {
                    let (right, down) = (along + size * x, below + size * y);
                    let (right, down) = if text.sideways { (down, -right) } else { (right, down) };
                    (text.at.0 + right, text.at.1 + down)
                };
                contours.extend(letter.contours.iter().map(|contour| contour.iter().map(place).collect()));
                along += size * letter.advance;
            }
        }
        self.canvas.fill(&contours, Paint { color: [0; 3], opacity: 1.0 });
    }
}

/// The runs of a path in pixels.
fn lines(d: &str, origin: Spot) -> Vec<Vec<Spot>> {
    let mut at = (0.0, 0.0);
    let mut line = |run: &str| -> Vec<Spot> {
        let spaced = run.replace("h0", "").replace('l', " ").replace('-', " -");
        let numbers: Vec<f64> = spaced.split_whitespace().filter_map(|number| number.parse().ok()).collect();
        let step = |step: &[f64]| {
            at = (at.0 + step[0] / 10.0, at.1 + step[1] / 10.0);
            (origin.0 + at.0, origin.1 + at.1)
        };
        numbers.chunks_exact(2).map(step).collect()
    };
    d.split('m').skip(1).map(&mut line).collect()
}

/// The dashes of lines. Strokes have round ends, so each dash is shorter by its width.
fn dashed(lines: &[Vec<Spot>], pattern: &[f64], width: f64) -> Vec<Vec<Spot>> {
    let mut dashes = Vec::new();
    for line in lines {
        let (mut index, mut left) = (0, (pattern[0] / 10.0 - width).max(0.0));
        let mut dash: Vec<Spot> = line.first().copied().into_iter().collect();
        for pair in line.windows(2) {
            let way = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let length = way.0.hypot(way.1);
            let mut past = 0.0;
            while length - past > left {
                past += left;
                let spot = (pair[0].0 + way.0 * past / length, pair[0].1 + way.1 * past / length);
                if index % 2 == 0 {
                    dash.push(spot);
                    dashes.push(std::mem::take(&mut dash));
                } else {
                    dash.push(spot);
                }
                index += 1;
                let own = pattern[index % pattern.len()] / 10.0;
                left = if index % 2 == 0 {
                    (own - width).max(0.0)
                } else {
                    own + if pattern[0] > 0.0 { width } else { 0.0 }
                };
                left = left.max(0.05);
            }
            left -= length - past;
            if index % 2 == 0 {
                dash.push(pair[1]);
            }
        }
        if !dash.is_empty() {
            dashes.push(dash);
        }
    }
    dashes
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}
