//! Checks of a single number.

use super::caught::caught;
use super::compare::{same, told_apart, with_digits};
use super::verdict::{Case, Problem, Verdict};
use num_complex::Complex64;

/// Checks one number, real or complex, against an expected one, up to a relative tolerance.
///
/// ```
/// use neurobook::prelude::*;
///
/// assert!(check_number("2 s in ms", 2.0 * 1000.0, 2000.0, 1e-9).passed());
/// ```
pub fn check_number(
    question: &str,
    answer: impl Into<Complex64>,
    expected: impl Into<Complex64>,
    tolerance: f64,
) -> Verdict {
    compare_number(question, answer.into(), expected.into(), tolerance)
}

fn compare_number(question: &str, answer: Complex64, expected: Complex64, tolerance: f64) -> Verdict {
    let problem = (!same(expected, answer, tolerance, 0.0)).then(|| {
        let (expected, got) = told_apart(expected, answer);
        Problem {
            message: "This is another number.".to_owned(),
            expected: Some(expected),
            got: Some(got),
            ..Problem::default()
        }
    });
    let verdict = Verdict {
        title: question.to_owned(),
        cases: vec![Case { name: "the answer".to_owned(), input: String::new(), problem }],
        misconception: None,
        hint: None,
        lesson: None,
    };
    verdict.show();
    verdict
}

/// A question with more than one right answer: each condition looks at the answer and says what is
/// wrong with it.
pub struct Question {
    /// "Bonus, question 1".
    pub title: &'static str,
    /// What the answer must be.
    pub conditions: Vec<Condition>,
    /// Where to look, for a wrong answer.
    pub hint: &'static str,
    /// What to remember, for this right answer.
    pub lesson: fn(Complex64) -> String,
}

/// Looks at an answer; where it does not hold, `Err` says what the answer does instead.
pub type Condition = fn(Complex64) -> Result<(), String>;

impl Question {
    /// Asks the learner's function for its answer and tries every condition on it.
    pub fn check(&self, answer: impl Fn() -> Complex64) -> Verdict {
        let answer = caught(answer);
        let complaint = match &answer {
            Err(stopped) => Some(stopped.in_plain_words()),
            Ok(a) if !a.is_finite() => Some("The answer must be an ordinary, finite number.".to_owned()),
            Ok(a) => {
                let complaints: Vec<String> = self.conditions.iter().filter_map(|holds| holds(*a).err()).collect();
                (!complaints.is_empty()).then(|| complaints.join(" "))
            }
        };
        let right = answer.as_ref().ok().filter(|_| complaint.is_none());
        Verdict {
            title: self.title.to_owned(),
            misconception: None,
            hint: (answer.is_ok() && complaint.is_some()).then(|| self.hint.to_owned()),
            lesson: right.map(|a| (self.lesson)(*a)),
            cases: vec![Case {
                name: "the answer".to_owned(),
                input: answer.map_or_else(|_| String::new(), |a| format!("a = {}", with_digits(a, 6))),
                problem: complaint.map(|message| Problem { message, ..Problem::default() }),
            }],
        }
    }
}
