//! From outcomes to a verdict: what is wrong, where, which mistake explains it, where to look next.

use super::answer::{Answer, outcome};
use super::compare::{Difference, first_difference, format_distinct, with_digits};
use super::describe::describe;
use super::exercise::{Case, Exercise};
use super::panics::StopReason;
use super::value::{Value, Values};
use super::verdict::{self, Misconception, Problem, ProblemKind, Verdict};
use num_complex::Complex64;

/// What a function gave in one case.
pub type Outcome = Result<Values, StopReason>;

impl Exercise {
    /// Runs the learner's function on every case and says what is right and what is not.
    pub fn check(&self, answer: &Answer) -> Verdict {
        let outcomes: Vec<Outcome> = self.cases.iter().map(|case| outcome(answer, &case.inputs)).collect();
        self.judge(&outcomes)
    }

    /// Says what is right and what is not; one outcome for each case, or for the first ones.
    pub fn judge(&self, outcomes: &[Outcome]) -> Verdict {
        let differences: Vec<Option<Difference>> = self.differences(outcomes);
        // A blank is the same blank in every case: once is enough.
        let at_blank = matches!(outcomes.first(), Some(Err(StopReason::AtBlank(_))));
        let shown = if at_blank { 1 } else { self.cases.len() };
        let cases: Vec<verdict::Case> = self
            .cases
            .iter()
            .zip(outcomes)
            .zip(&differences)
            .take(shown)
            .map(|((case, outcome), difference)| verdict::Case {
                name: case.name.clone(),
                input: if at_blank { String::new() } else { self.input(case, outcome) },
                problem: self.problem(case, outcome, difference.as_ref()),
            })
            .collect();
        let passed = cases.iter().all(|case| case.problem.is_none());
        Verdict {
            title: self.title.clone(),
            cases,
            misconception: self.diagnosis(outcomes, &differences),
            hint: differences.iter().flatten().next().and_then(|difference| self.hint(difference)),
            lesson: (passed && !self.lesson.is_empty()).then(|| self.lesson.clone()),
            hidden: self.hidden,
        }
    }

    fn differences(&self, outcomes: &[Outcome]) -> Vec<Option<Difference>> {
        let compare = |(case, outcome): (&Case, &Outcome)| {
            outcome.as_ref().ok().and_then(|got| first_difference(&self.parts, &case.expected, got))
        };
        self.cases.iter().zip(outcomes).map(compare).collect()
    }

    /// What the function was called with; of a function without arguments, what it gave.
    fn input(&self, case: &Case, outcome: &Outcome) -> String {
        match outcome {
            Ok(given) if case.inputs.is_empty() => describe(given),
            _ => describe(&case.inputs),
        }
    }

    /// The mistake that gives the learner's values in every case, in the first part that is wrong
    /// anywhere. One part at a time, so that two mistakes are met one after the other.
    fn diagnosis(&self, outcomes: &[Outcome], differences: &[Option<Difference>]) -> Option<Misconception> {
        let first_wrong = differences.iter().flatten().map(|difference| difference.part).min()?;
        // The parts before it are right everywhere, and must be so with the mistake too.
        let compared = &self.parts[..=first_wrong];
        let explains = |form: &Vec<Option<Values>>| {
            form.iter().zip(outcomes).all(|(wrong, outcome)| match (wrong, outcome) {
                (Some(wrong), Ok(got)) => first_difference(compared, wrong, got).is_none(),
                (None, Ok(_)) => false,
                (_, Err(_)) => true,
            })
        };
        let mistake = self.mistakes.iter().find(|mistake| mistake.forms.iter().any(explains))?;
        Some(Misconception { name: mistake.name.clone(), explanation: mistake.explanation.clone() })
    }

    fn hint(&self, difference: &Difference) -> Option<String> {
        let index = difference.index.unwrap_or(0);
        let fits = |part: &str| part == difference.name || self.parts[difference.part].of == part;
        let hint = self.hints.iter().rev().find(|hint| fits(&hint.part) && hint.from_index <= index);
        hint.map(|hint| hint.text.clone())
    }

    /// What is wrong in this case.
    pub fn problem(&self, case: &Case, outcome: &Outcome, difference: Option<&Difference>) -> Option<Problem> {
        if let Err(stopped) = outcome {
            let kind = match stopped {
                StopReason::AtLimit(_) => ProblemKind::AtLimit,
                StopReason::AtBlank(_) | StopReason::Panicked(_) | StopReason::Ended(_) => ProblemKind::Ended,
            };
            return Some(Problem { kind, message: stopped.in_plain_words(), ..Problem::default() });
        }
        let difference = difference?;
        let Difference { name, expected, got, index, .. } = difference;
        let (Some(expected), Some(got)) = (expected, got) else {
            let what = if got.is_some() { "should not be there" } else { "is missing, or is of another kind" };
            return Some(Problem { message: format!("{name} {what}."), ..Problem::default() });
        };
        let part = &self.parts[difference.part];
        if case.inputs.is_empty() {
            // The expected value is the answer itself.
            let message = if part.is_whole() { "This is another answer." } else { "This does not fit yet." };
            return Some(Problem { message: format!("{name}: {message}"), index: *index, ..Problem::default() });
        }
        let time = index.and_then(|index| time(case, expected, index)).filter(|_| !is_time(name));
        let mut message = shapes(name, expected, got);
        let mut problem = Problem { index: *index, time, ..Problem::default() };
        if let Some(index) = *index {
            let place = place(name, expected, index, time);
            match (expected.numbers().get(index), got.numbers().get(index)) {
                (Some(expected), Some(got)) => {
                    message += &if got.is_nan() {
                        format!("{place}, is not a number: something like 0/0 came up.")
                    } else if got.is_infinite() {
                        format!("{place}, is infinite: the numbers grew beyond all bounds.")
                    } else if got.norm() >= LARGEST && expected.norm() < LARGEST {
                        format!("{place}, has grown beyond all bounds.")
                    } else {
                        format!("The first difference is {place}.")
                    };
                    message += &further_on(name, difference);
                    (problem.expected, problem.got) = Some(format_distinct(*expected, *got)).unzip();
                }
                _ => {
                    message += &format!("The first difference is {place}.");
                    problem.expected = expected.texts().get(index).cloned();
                    problem.got = got.texts().get(index).cloned();
                }
            }
        }
        problem.message = message.trim_end().to_owned();
        Some(problem)
    }
}

/// No right answer comes near.
const LARGEST: f64 = 1e30;

/// What becomes of numbers that are only a little off at first; nothing where they stay within bounds.
fn further_on(name: &str, Difference { expected, got, index, .. }: &Difference) -> String {
    let (Some(expected), Some(got), Some(index)) = (expected, got, index) else { return String::new() };
    let beyond = |value: &Complex64| value.is_nan() || value.norm() >= LARGEST;
    if expected.numbers().iter().any(beyond) || got.numbers().get(*index).is_some_and(beyond) {
        return String::new();
    }
    let Some(later) = got.numbers().iter().position(beyond) else { return String::new() };
    let place = place(name, got, later, None);
    match got.numbers()[later].norm() {
        size if size.is_nan() => format!(" Further on, from {place}, it is not a number any more."),
        _ => format!(" Further on, at {place}, the numbers have grown beyond all bounds."),
    }
}

fn is_time(name: &str) -> bool {
    ["t", "time", "times"].contains(&name)
}

/// The time at the index, where the results have times that go along with this array.
fn time(case: &Case, expected: &Value, index: usize) -> Option<f64> {
    let (_, times) = case.expected.iter().find(|(name, value)| is_time(name) && value.shape().len() == 1)?;
    let along = *expected.shape().last()?;
    (along == times.numbers().len()).then(|| times.numbers()[index % along].re)
}

/// `x[3]`, `states[0, 7], at t = 0.7`; a single value is called by its name.
fn place(name: &str, value: &Value, index: usize, time: Option<f64>) -> String {
    let indices = match value.shape()[..] {
        [] => String::new(),
        [_, columns] if columns > 0 => format!("[{}, {}]", index / columns, index % columns),
        _ => format!("[{index}]"),
    };
    match time {
        Some(time) => format!("{name}{indices}, at t = {}", with_digits(time.into(), 9)),
        None => format!("{name}{indices}"),
    }
}

/// What to say when the shapes differ; nothing when they do not.
fn shapes(name: &str, expected: &Value, got: &Value) -> String {
    let (wanted, found) = (expected.shape(), got.shape());
    let values = |count: usize| format!("{count} value{}", if count == 1 { "" } else { "s" });
    match (&wanted[..], &found[..]) {
        _ if wanted == found => String::new(),
        ([wanted], [found]) => format!("{name} has {} and should have {wanted}. ", values(*found)),
        _ => format!("{name} is {} and should be {}. ", in_words(&found), in_words(&wanted)),
    }
}

fn in_words(shape: &[usize]) -> String {
    match shape {
        [] => "a single value".to_owned(),
        [length] => format!("a list of {length}"),
        _ => shape.iter().map(usize::to_string).collect::<Vec<_>>().join(" × "),
    }
}
