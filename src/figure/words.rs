//! Words in a figure: measured, set in lines, made smaller where they do not fit.

use super::formula;
use super::letters::{Letter, Level, SMALLER};
use super::scene::{Point, Scene};

/// Which end of a line is at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Start,
    Middle,
    End,
}

/// From one line to the next, as a share of the size.
const LEADING: f64 = 1.25;

/// From the top of a line to the foot of its letters.
const BASE: f64 = 0.95;

/// Words in lines, all of one size. Lengths are in tenths of a pixel.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Words {
    lines: Vec<Vec<Letter>>,
    size: i32,
}

/// How much room there is for words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// The length of a line.
    pub width: i32,
    /// The number of lines.
    pub lines: usize,
    /// What the letters may be made smaller to.
    pub smallest: i32,
}

/// The letters of a text: its formulas set, or the text as it stands where they cannot be. A hyphen that begins a number
/// is a minus, as on the axes.
fn letters(text: &str) -> Vec<Letter> {
    let mut letters = formula::letters(text).unwrap_or_else(|_| text.chars().map(Letter::plain).collect());
    for index in 0..letters.len() {
        let begins = index == 0 || " \u{a0}=([,±".contains(letters[index - 1].letter);
        let is_number = letters.get(index + 1).is_some_and(|next| next.letter.is_ascii_digit());
        if letters[index].letter == '-' && begins && is_number {
            letters[index].letter = '−';
        }
    }
    letters
}

/// The text as words that a screen reader says, with formulas as plain letters.
pub(super) fn spoken(text: &str) -> String {
    let mut spoken = String::new();
    let mut before = Level::Base;
    for Letter { letter, level } in letters(text) {
        match level {
            Level::Above if before != level => spoken.push('^'),
            Level::Below if before != level => spoken.push('_'),
            _ => {}
        }
        spoken.push(letter);
        before = level;
    }
    spoken
}

/// The text, if all its formulas can be set.
///
/// # Panics
/// When one of them cannot; the message names the command and the way out.
#[track_caller]
pub(super) fn checked(text: impl Into<String>) -> String {
    let text = text.into();
    if let Err(words) = formula::letters(&text) {
        panic!("{words}");
    }
    text
}

impl Words {
    /// The text as it is, a line for each of its lines.
    pub fn of(text: &str, size: i32) -> Words {
        let lines = text.trim_end().split('\n').map(letters).collect();
        Words { lines, size }
    }

    /// The text in as many lines as it needs, within these bounds: smaller if it has to be, and with its end left out
    /// if even that is too long.
    pub fn fit(text: &str, size: i32, bounds: Bounds) -> Words {
        if text.trim().is_empty() {
            return Words { lines: Vec::new(), size };
        }
        let whole = Words::of(text, size);
        for size in (bounds.smallest..=size).rev().step_by(5) {
            let lines: Vec<Vec<Letter>> =
                whole.lines.iter().flat_map(|line| wrapped(line, f64::from(size), f64::from(bounds.width))).collect();
            let words = Words { lines, size };
            if words.lines.len() <= bounds.lines && words.width() <= bounds.width {
                return words;
            }
        }
        let size = bounds.smallest.min(size);
        let mut lines: Vec<Vec<Letter>> =
            whole.lines.iter().flat_map(|line| wrapped(line, f64::from(size), f64::from(bounds.width))).collect();
        let left_out = lines.len() > bounds.lines;
        lines.truncate(bounds.lines.max(1));
        let last = lines.len() - 1;
        for (index, line) in lines.iter_mut().enumerate() {
            cut(line, f64::from(size), f64::from(bounds.width), left_out && index == last);
        }
        Words { lines, size }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The length of the longest line, in the widest of the fonts.
    pub fn width(&self) -> i32 {
        self.lines.iter().map(|line| length(line, f64::from(self.size)).ceil() as i32).max().unwrap_or(0)
    }

    /// The height of all lines.
    pub fn height(&self) -> i32 {
        (LEADING * f64::from(self.size) * self.lines.len() as f64).round() as i32
    }

    /// Draws the lines below each other from `top` on.
    pub fn draw(&self, scene: &mut Scene, align: Align, x: i32, top: i32) {
        self.each_line(|line, base| write(scene, line, self.size, align, Turn::Upright, (x, top + base)));
    }

    /// Draws the lines around a height: that of the letters' middle.
    pub fn draw_beside(&self, scene: &mut Scene, align: Align, x: i32, middle: i32) {
        // The middle of most letters is a little above that of the line.
        let top = middle - self.height() / 2 - (0.03 * f64::from(self.size)) as i32;
        self.draw(scene, align, x, top);
    }

    /// Draws the lines on their side, reading upwards, the first one from `left` on.
    pub fn draw_sideways(&self, scene: &mut Scene, left: i32, middle: i32) {
        self.each_line(|line, base| {
            write(scene, line, self.size, Align::Middle, Turn::Sideways, (left + base, middle))
        });
    }

    fn each_line(&self, mut draw: impl FnMut(&[Letter], i32)) {
        for (index, line) in self.lines.iter().enumerate() {
            let base = f64::from(self.size) * (LEADING * index as f64 + BASE);
            draw(line, base.round() as i32);
        }
    }
}

fn length(letters: &[Letter], size: f64) -> f64 {
    letters.iter().map(|letter| letter.width(size)).sum()
}

/// The line in lines of at most this width, broken at spaces, and within a word that is longer.
fn wrapped(line: &[Letter], size: f64, width: f64) -> Vec<Vec<Letter>> {
    let mut lines: Vec<Vec<Letter>> = vec![Vec::new()];
    for word in line.split_inclusive(|letter| letter.letter == ' ') {
        let bare = word.strip_suffix(&[Letter::plain(' ')]).unwrap_or(word);
        let last = lines.last_mut().expect("there is always a line");
        if !last.is_empty() && length(last, size) + length(bare, size) > width {
            lines.push(word.to_vec());
        } else {
            last.extend(word);
        }
    }
    for line in &mut lines {
        while line.len() > 1 && line.last().is_some_and(|letter| letter.letter == ' ') {
            line.pop();
        }
    }
    lines
}

/// Cuts a line to this width and ends it in dots, if it is longer or its end is left out.
fn cut(line: &mut Vec<Letter>, size: f64, width: f64, left_out: bool) {
    if !left_out && length(line, size) <= width {
        return;
    }
    let dots = Letter::plain('…');
    while !line.is_empty() && length(line, size) + dots.width(size) > width {
        line.pop();
    }
    line.push(dots);
}

#[derive(Clone, Copy)]
enum Turn {
    Upright,
    Sideways,
}

fn write(scene: &mut Scene, line: &[Letter], size: i32, align: Align, turn: Turn, (x, y): Point) {
    match turn {
        Turn::Upright => scene.markup("<text x=\"").number(x).markup("\" y=\"").number(y),
        Turn::Sideways => {
            scene.markup("<text transform=\"translate(").number(x).markup(" ").number(y).markup(")rotate(-90)")
        }
    };
    let anchor = match align {
        Align::Start => "",
        Align::Middle => "\" text-anchor=\"middle",
        Align::End => "\" text-anchor=\"end",
    };
    scene.markup(format!("{anchor}\" font-size=\"{size}\">"));
    let small = (SMALLER * f64::from(size)).round();
    for run in line.chunk_by(|one, other| one.level == other.level) {
        let text: String = run.iter().map(|letter| letter.letter).collect();
        let shift = match run[0].level {
            Level::Base => {
                scene.words(&text);
                continue;
            }
            Level::Above => -0.35 * f64::from(size),
            Level::Below => 0.2 * f64::from(size),
        }
        .round();
        scene.markup(format!("<tspan dy=\"{shift}\" font-size=\"{small}\">")).words(&text);
        // The shift of one letter moves all that follow; this one has no width.
        scene.markup(format!("</tspan><tspan dy=\"{}\">\u{200b}</tspan>", -shift));
    }
    scene.markup("</text>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(words: &Words) -> Vec<String> {
        words.lines.iter().map(|line| line.iter().map(|letter| letter.letter).collect()).collect()
    }

    const NARROW: Bounds = Bounds { width: 1000, lines: 2, smallest: 100 };

    #[test]
    fn a_hyphen_before_a_number_is_a_minus_and_one_in_a_name_stays() {
        assert_eq!(spoken("a = -0.06"), "a = −0.06");
        assert_eq!(spoken("-1 (-2), [-3, -4]"), "−1 (−2), [−3, −4]");
        for name in ["sub-01", "1e-5", "2-3 Hz", "FC - 1", "x-y", "-"] {
            assert_eq!(spoken(name), name);
        }
    }

    #[test]
    fn words_that_fit_stay_as_they_are() {
        let words = Words::fit("Time (s)", 145, NARROW);
        assert_eq!((texts(&words), words.size), (vec!["Time (s)".to_owned()], 145));
    }

    #[test]
    fn longer_words_are_wrapped_then_made_smaller_and_at_last_cut() {
        let words = Words::fit("a little too long", 145, NARROW);
        assert_eq!((texts(&words), words.size), (vec!["a little too".to_owned(), "long".to_owned()], 145));
        let words = Words::fit("a word or two in a smaller size", 145, NARROW);
        assert!(words.size < 145 && words.lines.len() == 2, "{words:?}");
        let words = Words::fit("what has more words than there is room for is left out at its end", 145, NARROW);
        assert!(texts(&words)[1].ends_with('…') && words.width() <= 1000, "{words:?}");
        let words = Words::fit("Donaudampfschifffahrtsgesellschaft", 145, NARROW);
        assert!(texts(&words)[0].ends_with('…') && words.width() <= 1000, "{words:?}");
    }

    #[test]
    fn a_line_end_of_the_author_is_a_line_end() {
        assert_eq!(texts(&Words::fit("one\ntwo", 145, NARROW)), ["one", "two"]);
    }

    #[test]
    fn a_formula_is_said_in_letters() {
        assert_eq!(spoken(r"$x_1$ and $\omega^2$"), "x_1 and ω^2");
    }
}
