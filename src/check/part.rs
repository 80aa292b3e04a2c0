//! What is compared of an answer: all of a result, or a part of it where more than one answer is right.
//!
//! One part a line: `omega, within 1 %`, `growth: sign of re a`, `turns: im a is not 0`,
//! `kind: words of kind, center = centre`.

use super::value::{Value, Values};
use num_complex::Complex64;

/// Values closer than this, relative to their size, are equal: far above what a different order of
/// the same operations does, and far below any mistake.
const TOLERANCE: f64 = 1e-9;

/// One thing that is compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What messages call it.
    pub name: String,
    /// The result that it is a part of.
    pub of: String,
    /// As the teacher wrote it.
    pub written: String,
    views: Vec<View>,
    /// How far a number may be from the expected one, as a share of it.
    pub relative: f64,
    /// How far it may be besides, in its own unit.
    pub absolute: f64,
    /// Words that mean another word.
    same: Vec<(String, String)>,
}

/// A step from a result to what is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Sign,
    Size,
    Real,
    Imaginary,
    NotZero,
    Words,
}

impl Part {
    /// All of a result, up to rounding.
    pub fn whole(name: &str) -> Part {
        Part {
            name: name.to_owned(),
            of: name.to_owned(),
            written: name.to_owned(),
            views: Vec::new(),
            relative: TOLERANCE,
            absolute: 0.0,
            same: Vec::new(),
        }
    }

    /// A part as a teacher writes it.
    ///
    /// # Errors
    /// When a word is not known; the message names it.
    pub fn parse(text: &str) -> Result<Part, String> {
        let mut clauses = text.split(',').map(str::trim);
        let first = clauses.next().unwrap_or_default();
        let (name, view) = match first.split_once(':') {
            Some((name, view)) => (Some(name.trim()), view),
            None => (None, first),
        };
        let mut part = Part { written: text.to_owned(), ..Part::whole("") };
        let (view, not_zero) = match view.trim().strip_suffix("is not 0") {
            Some(view) => (view, true),
            None => (view, false),
        };
        for word in view.split_whitespace().filter(|word| *word != "of") {
            match word {
                "sign" => part.views.push(View::Sign),
                "size" => part.views.push(View::Size),
                "re" => part.views.push(View::Real),
                "im" => part.views.push(View::Imaginary),
                "words" => part.views.push(View::Words),
                other if part.of.is_empty() => part.of = other.to_owned(),
                other => return Err(format!("`{other}` after `{}`: a part looks at one result", part.of)),
            }
        }
        // The word next to the result comes first.
        part.views.reverse();
        part.views.extend(not_zero.then_some(View::NotZero));
        if part.of.is_empty() {
            return Err(format!("`{text}` names no result"));
        }
        part.name = name.unwrap_or(&part.of).to_owned();
        for clause in clauses {
            part.clause(clause)?;
        }
        Ok(part)
    }

    /// `within 1 %`, `within 0.01` or `center = centre`.
    fn clause(&mut self, clause: &str) -> Result<(), String> {
        if let Some((word, meant)) = clause.split_once('=') {
            self.same.push((plain(word), plain(meant)));
            return Ok(());
        }
        let amount = clause.strip_prefix("within").map(str::trim);
        let amount = amount.ok_or_else(|| format!("`{clause}`: write `within 1 %`, `within 0.01` or `word = word`"))?;
        let number = |text: &str| match text.trim().parse::<f64>() {
            Ok(number) if number > 0.0 && number.is_finite() => Ok(number),
            _ => Err(format!("`{text}` is not a distance")),
        };
        match amount.strip_suffix('%') {
            Some(percent) => self.relative = number(percent)? / 100.0,
            None => self.absolute = number(amount)?,
        }
        Ok(())
    }

    /// Whether the part is the whole result.
    pub fn is_whole(&self) -> bool {
        self.views.is_empty()
    }

    /// The part of these results; `None` where the result is missing or of another kind.
    pub fn take(&self, values: &Values) -> Option<Value> {
        self.views.iter().try_fold(values.get(&self.of)?.clone(), |value, view| self.received(&value, *view))
    }

    fn received(&self, value: &Value, view: View) -> Option<Value> {
        let number = |map: fn(Complex64) -> f64| match value {
            Value::Number(number) => Some(Value::Number(map(*number).into())),
            Value::Numbers { shape, values } => {
                let values = values.iter().map(|number| map(*number).into()).collect();
                Some(Value::Numbers { shape: shape.clone(), values })
            }
            Value::Text(_) | Value::Texts(_) => None,
        };
        match view {
            // f64::signum gives 1 for 0.
            View::Sign => number(|number| if number.re == 0.0 { 0.0 } else { number.re.signum() }),
            View::Size => number(|number| number.norm()),
            View::Real => number(|number| side(number.re, number)),
            View::Imaginary => number(|number| side(number.im, number)),
            View::NotZero => number(|number| f64::from(u8::from(number.norm() != 0.0))),
            View::Words => match value {
                Value::Text(word) => Some(Value::Text(self.meaning(word))),
                Value::Texts(words) => Some(Value::Texts(words.iter().map(|word| self.meaning(word)).collect())),
                Value::Number(_) | Value::Numbers { .. } => None,
            },
        }
    }

    fn meaning(&self, word: &str) -> String {
        let word = plain(word);
        self.same.iter().find(|(other, _)| *other == word).map_or(word, |(_, meant)| meant.clone())
    }
}

/// A side of a number. Far below the number's size it is rounding: `from_polar(PI, PI / 2.0)` has the real part 2e-16.
fn side(side: f64, number: Complex64) -> f64 {
    if side.abs() < 1e-3 * TOLERANCE * number.norm() { 0.0 } else { side }
}

/// Without capitals, hyphens and doubled blanks.
fn plain(word: &str) -> String {
    word.to_lowercase().replace('-', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}
