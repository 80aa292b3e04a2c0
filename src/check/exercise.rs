//! A function exercise: inputs, the model that gives the expected arrays, and the known mistakes.

use super::caught::{Stopped, caught};
use super::compare::{Column, Difference, first_difference, told_apart};
use super::verdict::{Case, Misconception, Problem, Verdict};
use num_complex::Complex64;

/// A function from an input to named arrays, checked on public cases.
pub struct Exercise<I> {
    /// "Exercise 1a: integrate_exponential".
    pub title: &'static str,
    /// The public cases: a name and an input each.
    pub cases: Vec<(&'static str, I)>,
    /// The input as the learner would write it.
    pub describe: fn(&I) -> String,
    /// The expected arrays. They come from the crate's own simulators, never from written numbers.
    pub model: fn(&I) -> Vec<Column>,
    /// The mistakes that the check recognises.
    pub mistakes: Vec<Mistake<I>>,
    /// What to say about a place, from the array's start to its end.
    pub hints: Vec<Hint>,
    /// What to remember once all is right.
    pub lesson: &'static str,
}

/// A known mistake: the model with exactly this mistake in it, in one or more forms.
pub struct Mistake<I> {
    /// "forgot dt".
    pub name: &'static str,
    /// What it is and how to mend it, in a sentence or two.
    pub explanation: &'static str,
    /// What a function with this mistake returns.
    pub wrong: Vec<fn(&I) -> Vec<Column>>,
}

/// What to say when the first difference stands in this array, at this index or later.
pub struct Hint {
    pub column: &'static str,
    pub from_index: usize,
    pub text: &'static str,
}

impl<I> Exercise<I> {
    /// Runs the learner's function on every public case and says what is right and what is not.
    pub fn check(&self, answer: impl Fn(&I) -> Vec<Column>) -> Verdict {
        let runs: Vec<Run> = self
            .cases
            .iter()
            .map(|(_, input)| {
                let expected = (self.model)(input);
                let got = caught(|| answer(input));
                let difference = got.as_ref().ok().and_then(|got| first_difference(&expected, got));
                Run { expected, got, difference }
            })
            .collect();
        // A blank is the same blank in every case: once is enough.
        let at_blank = runs.first().is_some_and(|run| matches!(run.got, Err(Stopped::AtBlank(_))));
        let cases: Vec<Case> = self
            .cases
            .iter()
            .zip(&runs)
            .take(if at_blank { 1 } else { runs.len() })
            .map(|((name, input), run)| Case {
                name: (*name).to_owned(),
                input: if at_blank { String::new() } else { (self.describe)(input) },
                problem: run.problem(),
            })
            .collect();
        let passed = cases.iter().all(|case| case.problem.is_none());
        Verdict {
            title: self.title.to_owned(),
            cases,
            misconception: self.diagnosis(&runs),
            hint: runs.iter().find_map(|run| run.difference.as_ref()).and_then(|difference| self.hint(difference)),
            lesson: passed.then(|| self.lesson.to_owned()),
        }
    }

    /// The mistake that gives the learner's values in every case, in the first array that is wrong
    /// anywhere. One array at a time, so that two mistakes are met one after the other.
    fn diagnosis(&self, runs: &[Run]) -> Option<Misconception> {
        let places = runs.iter().filter_map(|run| {
            let column = run.difference.as_ref()?.column;
            run.expected.iter().position(|expected| expected.name == column)
        });
        // The arrays before it are right everywhere, and must be so with the mistake too.
        let first_wrong = places.min()?;
        let explains = |wrong: &fn(&I) -> Vec<Column>| {
            self.cases.iter().zip(runs).all(|((_, input), run)| match &run.got {
                Ok(got) => {
                    let wrong = wrong(input);
                    let compared = first_wrong + 1;
                    first_difference(&wrong[..compared.min(wrong.len())], got).is_none()
                }
                Err(_) => true,
            })
        };
        let mistake = self.mistakes.iter().find(|mistake| mistake.wrong.iter().any(explains))?;
        Some(Misconception { name: mistake.name.to_owned(), explanation: mistake.explanation.to_owned() })
    }

    fn hint(&self, difference: &Difference) -> Option<String> {
        let index = difference.index.unwrap_or(0);
        self.hints
            .iter()
            .rev()
            .find(|hint| hint.column == difference.column && hint.from_index <= index)
            .map(|hint| hint.text.to_owned())
    }
}

/// One case, run.
struct Run {
    expected: Vec<Column>,
    got: Result<Vec<Column>, Stopped>,
    difference: Option<Difference>,
}

impl Run {
    fn problem(&self) -> Option<Problem> {
        let got = match &self.got {
            Ok(got) => got,
            Err(stopped) => return Some(Problem { message: stopped.in_plain_words(), ..Problem::default() }),
        };
        let difference = self.difference.as_ref()?;
        let name = difference.column;
        let values = |columns: &[Column]| {
            let column = columns.iter().find(|column| column.name == name)?;
            column.values.get(difference.index?).copied()
        };
        let time = difference.index.and_then(|index| self.time(index)).filter(|_| name != "t");
        let (expected, got) = (values(&self.expected), values(got));
        let place = difference.index.map(|index| match time {
            Some(time) => format!("{name}[{index}], at t = {time}"),
            None => format!("{name}[{index}]"),
        });
        let mut message = match difference.lengths {
            Some((expected, got)) => {
                let noun = if got == 1 { "value" } else { "values" };
                format!("{name} has {got} {noun} and should have {expected}. ")
            }
            None => String::new(),
        };
        if let (Some(place), Some(got)) = (place, got) {
            message += &if got.is_nan() {
                format!("{place}, is not a number: something like 0/0 came up.")
            } else if got.is_infinite() {
                format!("{place}, is infinite: the numbers grew beyond all bounds.")
            } else {
                format!("The first difference is {place}.")
            };
        }
        let (expected, got) = expected.zip(got).map(|(e, g): (Complex64, Complex64)| told_apart(e, g)).unzip();
        Some(Problem { message: message.trim_end().to_owned(), expected, got, index: difference.index, time })
    }

    fn time(&self, index: usize) -> Option<f64> {
        let t = self.expected.iter().find(|column| column.name == "t")?;
        t.values.get(index).map(|time| time.re)
    }
}
