//! The scenes of a slider, read from the page as its script reads them.

use neurobook::Interactive;

/// What the page's script sees: the scenes as SVG text.
pub fn scenes(widget: &Interactive) -> Vec<String> {
    let html = widget.html();
    let packed = html.rsplit("})(\"").next().and_then(|end| end.split('"').next()).expect("the packed scenes");
    let stream = miniz_oxide::inflate::decompress_to_vec_zlib(&from_base64(packed)).expect("a zlib stream");
    let mut reader = Reader { bytes: &stream };
    let words: Vec<String> = (0..reader.number()).map(|_| reader.word()).collect();
    let lengths: Vec<usize> = (0..reader.number()).map(|_| reader.number()).collect();
    let (mut bodies, rest) = reader.bytes.split_at(lengths.iter().sum());
    let curves = Reader { bytes: rest }.curves();
    let scenes = lengths.into_iter().map(|length| {
        let (scene, rest) = bodies.split_at(length);
        bodies = rest;
        Reader { bytes: scene }.scene(&words, &curves)
    });
    scenes.collect()
}

pub fn from_base64(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut bytes = Vec::new();
    for four in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = four.iter().fold(0_u32, |bits, letter| bits << 6 | u32::from(value(*letter)));
        let bits = bits << (6 * (4 - four.len()));
        bytes.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
    }
    bytes
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn number(&mut self) -> usize {
        let mut value = 0;
        for place in 0.. {
            let byte = self.bytes[0];
            self.bytes = &self.bytes[1..];
            value |= usize::from(byte & 127) << (7 * place);
            if byte < 128 {
                break;
            }
        }
        value
    }

    fn signed(&mut self) -> i64 {
        let folded = self.number() as i64;
        if folded % 2 == 1 { -(folded + 1) / 2 } else { folded / 2 }
    }

    fn word(&mut self) -> String {
        let length = self.number();
        let (word, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        String::from_utf8(word.to_vec()).expect("words are UTF-8")
    }

    /// The `d` of every phase.
    fn curves(&mut self) -> Vec<String> {
        let grain = self.number() as i64;
        let mut all: Vec<Vec<i64>> = Vec::new();
        let curves = (0..self.number()).map(|_| {
            let frame: [i64; 4] = std::array::from_fn(|_| self.signed());
            let (count, back, order) = (self.number(), self.number(), self.number());
            let neighbour = if back == 0 { vec![0; count] } else { all[all.len() - back].clone() };
            let (mut height, mut slope) = (0, 0);
            let heights = neighbour.iter().map(|other| {
                slope = self.signed() + if order == 2 { slope } else { 0 };
                height += slope;
                height + other
            });
            let heights: Vec<i64> = heights.collect();
            let d = phase_path(frame, grain, &heights);
            all.push(heights);
            d
        });
        curves.collect()
    }

    fn scene(&mut self, words: &[String], curves: &[String]) -> String {
        let mut svg = String::new();
        while !self.bytes.is_empty() {
            match self.number() {
                0 => svg.push_str(&self.path()),
                1 => svg.push_str(&self.signed().to_string()),
                2 => svg.push_str(&curves[self.number()]),
                word => svg.push_str(&words[word - 3]),
            }
        }
        svg
    }

    fn path(&mut self) -> String {
        let mut d = String::new();
        for _ in 0..self.number() {
            let points = self.number();
            let across: Vec<i64> = (0..points).map(|_| self.signed()).collect();
            for (point, x) in across.into_iter().enumerate() {
                let y = self.signed();
                d.push_str(match point {
                    0 => "m",
                    1 => "l",
                    _ if x < 0 => "",
                    _ => " ",
                });
                d.push_str(&format!("{x}{}{y}", if y < 0 { "" } else { " " }));
            }
            if points == 1 {
                d.push_str("h0");
            }
        }
        d
    }
}

/// What the page's script draws of a phase.
fn phase_path([left, right, bottom, top]: [i64; 4], grain: i64, heights: &[i64]) -> String {
    let rounded = |over: i64, under: i64| {
        let (over, under) = if under < 0 { (-over, -under) } else { (over, under) };
        (2 * over + under).div_euclid(2 * under)
    };
    let turn = (bottom - top) / grain;
    let x = |k: usize| left + rounded((right - left) * k as i64, heights.len() as i64 - 1);
    let mut d = String::new();
    let mut at = (0, 0);
    let mut point = |place: usize, x: i64, y: i64| {
        let (across, down) = (x - at.0, y - at.1);
        let before = ["m", "l", if across < 0 { "" } else { " " }][place.min(2)];
        d.push_str(&format!("{before}{across}{}{down}", if down < 0 { "" } else { " " }));
        at = (x, y);
    };
    let mut place = 0;
    for (k, height) in heights.iter().enumerate() {
        let level = height.div_euclid(turn);
        if k > 0 && level != heights[k - 1].div_euclid(turn) {
            let level_before = heights[k - 1].div_euclid(turn);
            let edge = turn * level.max(level_before);
            let crossing = x(k - 1) + rounded((x(k) - x(k - 1)) * (edge - heights[k - 1]), height - heights[k - 1]);
            let (end, begin) = if level > level_before { (top, bottom) } else { (bottom, top) };
            point(place, crossing, end);
            point(0, crossing, begin);
            place = 1;
        }
        point(place, x(k), bottom - rounded((height - level * turn) * (bottom - top), turn));
        place += 1;
    }
    d
}
