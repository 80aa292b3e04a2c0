//! What the cases of an exercise are worth.

use neurobook::check::{Case, Exercise};

use crate::grading::record::{Outcome, Test, Visibility};

/// How many cases are right, and of how many.
#[derive(Clone, Copy)]
pub struct Right {
    pub passed: usize,
    pub all: usize,
}

impl Right {
    /// Less than half is guessing: a function that always gives 0 is right in some cases, too.
    pub fn is_half(self) -> bool {
        2 * self.passed >= self.all
    }
}

/// All points for all cases; in quarters of a point, the part that is right, if that is at least half of all cases and of
/// the hidden ones: whoever writes down the public cases has nearly half of all.
pub fn score(points: f64, cases: Right, hidden: Right) -> f64 {
    let Right { passed, all } = cases;
    if passed == all && all > 0 {
        points
    } else if cases.is_half() && hidden.is_half() {
        ((points * passed as f64 / all.max(1) as f64 * 4.0).floor() / 4.0).min((points - 0.25).max(0.0))
    } else {
        0.0
    }
}

/// Whether at least half of the hidden cases have one and the same result, and the answer is right in no more of them: where
/// there is only yes and no, a function that always says no is right in most cases.
pub fn is_guess(exercise: &Exercise, tests: &[Test]) -> bool {
    let hidden = || exercise.cases.iter().filter(|case| case.is_hidden);
    let alike = |case: &Case| hidden().filter(|other| other.expected == case.expected).count();
    let (most, all) = (hidden().map(alike).max().unwrap_or(0), hidden().count());
    let is_right = |test: &&Test| test.visibility == Visibility::Hidden && test.status == Outcome::Passed;
    most > 1 && 2 * most >= all && tests.iter().filter(is_right).count() <= most
}

#[cfg(test)]
mod tests {
    use neurobook::check::{Value, Values};

    use super::*;

    /// An exercise with these results, the first one public, and what an answer that gives these is told.
    fn exercise(expected: &[f64], given: &[f64]) -> (Exercise, Vec<Test>) {
        let case = |(number, expected): (usize, &f64)| {
            let mut values = Values::new();
            values.insert("result".to_owned(), Value::Number((*expected).into()));
            Case { expected: values, is_hidden: number > 0, ..Case::default() }
        };
        let test = |(number, (expected, given)): (usize, (&f64, &f64))| Test {
            id: String::new(),
            name: String::new(),
            visibility: if number > 0 { Visibility::Hidden } else { Visibility::Public },
            status: if expected == given { Outcome::Passed } else { Outcome::Failed },
            score: 0.0,
            message: String::new(),
            input: None,
            expected: None,
            got: None,
        };
        let exercise = Exercise { cases: expected.iter().enumerate().map(case).collect(), ..Exercise::default() };
        (exercise, expected.iter().zip(given).enumerate().map(test).collect())
    }

    fn guesses(expected: &[f64], given: &[f64]) -> bool {
        let (exercise, tests) = exercise(expected, given);
        is_guess(&exercise, &tests)
    }

    #[test]
    fn yes_or_no_for_every_input_is_a_guess_also_with_the_public_cases_written_down() {
        let yes_or_no = [1.0, 0.0, 0.0, 1.0, 0.0];
        assert!(guesses(&yes_or_no, &[0.0; 5]));
        assert!(guesses(&yes_or_no, &[1.0, 0.0, 0.0, 0.0, 0.0]));
        assert!(!guesses(&yes_or_no, &[0.0, 0.0, 0.0, 1.0, 0.0]), "right in more hidden cases than any one result");
    }

    #[test]
    fn where_results_differ_from_input_to_input_a_part_is_no_guess() {
        assert!(!guesses(&[1.0, 2.0, 3.0, 4.0, 5.0], &[1.0, 2.0, 3.0, 0.0, 0.0]));
        assert!(!guesses(&[1.0], &[2.0]), "an exercise without hidden cases");
        assert!(!guesses(&[1.0, 2.0, 3.0], &[1.0, 2.0, 0.0]), "two hidden cases with results of their own");
    }

    #[test]
    fn a_part_is_paid_in_quarters_and_never_as_the_whole() {
        let score = |points, passed, all| score(points, Right { passed, all }, Right { passed: 0, all: 0 });
        assert_eq!((score(2.0, 4, 4), score(2.0, 3, 4), score(2.0, 1, 4)), (2.0, 1.5, 0.0));
        assert_eq!((score(1.0, 99, 100), score(1.0, 0, 0)), (0.75, 0.0));
    }

    #[test]
    fn the_public_cases_written_down_and_a_few_lucky_hits_are_worth_nothing() {
        let right = |passed, all| Right { passed, all };
        assert_eq!(score(2.0, right(8, 16), right(2, 10)), 0.0);
        assert_eq!(score(2.0, right(11, 16), right(5, 10)), 1.25);
        assert_eq!(score(2.0, right(7, 16), right(7, 10)), 0.0, "half of the hidden ones is not half of all");
    }
}
