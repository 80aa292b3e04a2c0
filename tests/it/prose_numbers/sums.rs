//! What the prose works out itself: `$2 \times 3 + 1 = 7$`.

use std::ops::Range;

/// An equation whose two sides are numbers: where it is, and whether it holds.
pub struct Sum {
    pub place: Range<usize>,
    pub holds: bool,
}

/// The equations of a text, between `$` and `$`, that have no letters. A side with one counts for nothing.
pub fn of(text: &str) -> Vec<Sum> {
    let mut sums = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find('$').map(|at| from + at + 1) {
        let Some(end) = text[start..].find('$').map(|at| start + at) else { break };
        let formula = &text[start..end];
        let mut at = start;
        let sides: Vec<(Range<usize>, Option<f64>)> = formula
            .split('=')
            .map(|side| {
                let place = at..at + side.len();
                at += side.len() + 1;
                (place, value(side))
            })
            .collect();
        for pair in sides.windows(2) {
            if let [(left, Some(a)), (right, Some(b))] = pair {
                let rounding = f64::max(rounding(&text[left.clone()]), rounding(&text[right.clone()]));
                let holds = (a - b).abs() <= rounding + 1e-9 * a.abs();
                sums.push(Sum { place: left.start..right.end, holds });
            }
        }
        from = end + 1;
    }
    sums
}

/// Half of the last digit of a side that is one number with a point, and may be rounded.
fn rounding(side: &str) -> f64 {
    let number = side.trim().trim_start_matches(['-', '+']);
    let is_number = number.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    match number.split_once('.') {
        Some((_, decimals)) if is_number => 0.5001 * 10_f64.powi(-(decimals.len() as i32)),
        _ => 0.0,
    }
}

fn value(side: &str) -> Option<f64> {
    let plain = side
        .replace("!\\,", "!\\cdot ")
        .replace("\\,", "")
        .replace("\\!", "")
        .replace(['[', '('], "{")
        .replace([']', ')'], "}");
    let plain = plain.replace("\\left", "").replace("\\right", "").replace("\\big", "");
    let mut reader = Reader(plain.trim());
    let value = reader.sum()?;
    reader.0.trim().is_empty().then_some(value)
}

struct Reader<'a>(&'a str);

impl Reader<'_> {
    fn takes(&mut self, word: &str) -> bool {
        let rest = self.0.trim_start();
        let found = rest.starts_with(word);
        self.0 = rest.strip_prefix(word).unwrap_or(rest);
        found
    }

    fn sum(&mut self) -> Option<f64> {
        let mut sum = 0.0;
        let mut sign = if self.takes("-") { -1.0 } else { 1.0 };
        if sign > 0.0 {
            self.takes("+");
        }
        loop {
            sum += sign * self.product()?;
            sign = if self.takes("+") {
                1.0
            } else if self.takes("-") {
                -1.0
            } else {
                return Some(sum);
            };
        }
    }

    fn product(&mut self) -> Option<f64> {
        let mut product = self.power()?;
        loop {
            if self.takes("\\times") || self.takes("\\cdot") {
                product *= self.power()?;
            } else if self.takes("/") {
                product /= self.power()?;
            } else if ["\\", "{"].iter().any(|next| self.0.trim_start().starts_with(next)) {
                product *= self.power()?;
            } else {
                return Some(product);
            }
        }
    }

    fn power(&mut self) -> Option<f64> {
        let base = self.atom()?;
        if self.takes("!") {
            return Some((1..=base as u64).map(|factor| factor as f64).product());
        }
        if self.takes("^") {
            let exponent = if self.0.trim_start().starts_with('{') { self.atom()? } else { self.digit()? };
            return Some(base.powf(exponent));
        }
        Some(base)
    }

    fn atom(&mut self) -> Option<f64> {
        if self.takes("{") {
            let value = self.sum()?;
            return self.takes("}").then_some(value);
        }
        if self.takes("\\frac") || self.takes("\\dfrac") {
            return Some(self.atom()? / self.atom()?);
        }
        if self.takes("\\sqrt") {
            return Some(if self.0.starts_with('{') { self.atom()? } else { self.digit()? }.sqrt());
        }
        if self.takes("\\ln") {
            return Some(self.power()?.ln());
        }
        if self.takes("\\pi") {
            return Some(std::f64::consts::PI);
        }
        if self.takes("e") {
            return Some(std::f64::consts::E);
        }
        let rest = self.0.trim_start();
        let length = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
        let number = rest[..length].parse().ok()?;
        self.0 = &rest[length..];
        Some(number)
    }

    fn digit(&mut self) -> Option<f64> {
        let rest = self.0.trim_start();
        let digit = rest.chars().next()?.to_digit(10)?;
        self.0 = &rest[1..];
        Some(f64::from(digit))
    }
}

#[test]
fn a_sum_is_worked_out() {
    let holds = |text: &str| of(text).iter().map(|sum| sum.holds).collect::<Vec<_>>();
    assert_eq!(holds("$-20/10 = -2$, $x = 3$ and $\\sqrt{2 \\times 2} = 2$"), [true, true]);
    assert_eq!(
        holds("$\\ln(0.5)/7 = -0.099$, $3!\\,3!/6! = 1/20$, $10^{-2} = 0.01 = 1/10$"),
        [true, true, true, false]
    );
    assert_eq!(holds("$2 + 2 = 5$, $2a = 4$ and $e^{0.4} = 1.49$"), [false, true]);
}
