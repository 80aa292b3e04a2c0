//! The bonus on two variables: a rate of change, and what eigenvalues tell.

use crate::check::caught::{Stopped, caught};
use crate::check::{Case, Column, Exercise, Hint, Mistake, Problem, Verdict};

type Matrix = [[f64; 2]; 2];

/// Checks the rate of change of a linear system of two variables: a function of the matrix and the
/// state that gives both rates.
pub fn check_linear_rate(answer: impl Fn(Matrix, [f64; 2]) -> [f64; 2]) -> Verdict {
    compare_linear_rate(&answer)
}

fn compare_linear_rate(answer: &dyn Fn(Matrix, [f64; 2]) -> [f64; 2]) -> Verdict {
    let verdict = linear_rate().check(|input| rates(answer(input.matrix, input.x)));
    verdict.show();
    verdict
}

/// What `linear_rate` is called with.
struct Input {
    matrix: Matrix,
    x: [f64; 2],
}

fn rates(rates: [f64; 2]) -> Vec<Column> {
    vec![Column::new("rate", rates)]
}

/// The rates that a wrong rule makes of the matrix `[[a, b], [c, d]]` and the state `[p, q]`.
macro_rules! wrong {
    (|$a:ident, $b:ident, $c:ident, $d:ident, $p:ident, $q:ident| $rates:expr) => {
        |input: &Input| {
            let Input { matrix: [[$a, $b], [$c, $d]], x: [$p, $q] } = *input;
            // Not every mistake looks at every number.
            let _ = ($a, $b, $c, $d, $p, $q);
            rates($rates)
        }
    };
}

fn linear_rate() -> Exercise<Input> {
    Exercise {
        title: "Bonus: linear_rate",
        cases: vec![
            ("four different entries", Input { matrix: [[3.0, 4.0], [1.0, 2.0]], x: [-0.1, 0.2] }),
            ("a centre", Input { matrix: [[2.0, -5.0], [1.0, -2.0]], x: [10.0, 10.0] }),
            ("a zero in the matrix", Input { matrix: [[-1.0, -1.0], [0.0, -0.25]], x: [-4.0, 3.0] }),
            ("a state on an axis", Input { matrix: [[3.0, -2.0], [5.0, -2.0]], x: [0.0, 2.0] }),
            ("the origin", Input { matrix: [[3.0, -2.0], [2.0, -2.0]], x: [0.0, 0.0] }),
        ],
        describe: |Input { matrix, x }| format!("matrix = {matrix:?}, x = {x:?}"),
        model: wrong!(|a, b, c, d, p, q| [a * p + b * q, c * p + d * q]),
        mistakes: vec![
            Mistake {
                name: "rows and columns have changed places",
                explanation: "matrix[row][column]: the rate of x₁ needs the first row, matrix[0][0] and matrix[0][1].",
                wrong: vec![wrong!(|a, b, c, d, p, q| [a * p + c * q, b * p + d * q])],
            },
            Mistake {
                name: "only the diagonal",
                explanation: "Each rate is a sum of two products: what the variable does to itself, and what the other one does to it.",
                wrong: vec![wrong!(|a, b, c, d, p, q| [a * p, d * q])],
            },
            Mistake {
                name: "one row for both rates",
                explanation: "The first rate uses the first row of the matrix, the second rate the second row.",
                wrong: vec![
                    wrong!(|a, b, c, d, p, q| [a * p + b * q, a * p + b * q]),
                    wrong!(|a, b, c, d, p, q| [c * p + d * q, c * p + d * q]),
                ],
            },
            Mistake {
                name: "the rates have changed places",
                explanation: "The rate of x₁ comes first in the result.",
                wrong: vec![wrong!(|a, b, c, d, p, q| [c * p + d * q, a * p + b * q])],
            },
            Mistake {
                name: "the variables have changed places",
                explanation: "The first number of a row belongs to x[0], the second to x[1].",
                wrong: vec![wrong!(|a, b, c, d, p, q| [a * q + b * p, c * q + d * p])],
            },
            Mistake {
                name: "the second rate uses the first one",
                explanation: "Both rates are made from the state, x[0] and x[1]. A rate is no state.",
                wrong: vec![wrong!(|a, b, c, d, p, q| [a * p + b * q, c * (a * p + b * q) + d * q])],
            },
            Mistake {
                name: "the state is missing",
                explanation: "Each entry of the matrix is multiplied by a variable before the two are added.",
                wrong: vec![wrong!(|a, b, c, d, p, q| [a + b, c + d])],
            },
            Mistake {
                name: "the second product is subtracted",
                explanation: "The products are added. A minus, where there is one, is in the matrix already.",
                wrong: vec![wrong!(|a, b, c, d, p, q| [a * p - b * q, c * p - d * q])],
            },
            Mistake {
                name: "a new state instead of a rate",
                explanation: "The function gives the rates alone. Adding them to the state is the integrator's work.",
                wrong: vec![wrong!(|a, b, c, d, p, q| [p + a * p + b * q, q + c * p + d * q])],
            },
        ],
        hints: vec![
            Hint {
                column: "rate",
                from_index: 0,
                text: "The rate of x₁ is matrix[0][0] times x[0], plus … times x[1].",
            },
            Hint {
                column: "rate",
                from_index: 1,
                text: "The first rate is right. The second is built in the same way from the second row.",
            },
        ],
        lesson: "This line is all that a linear system of two variables is. A node with two variables, such as Hopf's, differs in its right-hand side only.",
    }
}

/// Checks the classes of the four linear systems A1 to A4.
pub fn check_classes(answer: impl Fn() -> [&'static str; 4]) -> Verdict {
    compare_classes(&answer)
}

/// A class of linear systems, the words for it, and what its eigenvalues are like.
struct Class {
    words: [&'static str; 3],
    eigenvalues: &'static str,
}

const CENTRE: Class = Class {
    words: ["centre", "center", "centers"],
    eigenvalues: "Its eigenvalues have no real part: nothing grows, nothing decays. What does the imaginary part do?",
};
const SOURCE: Class = Class {
    words: ["source", "unstable node", "node unstable"],
    eigenvalues: "Both eigenvalues are above 0: in both directions the state grows.",
};
const SINK: Class = Class {
    words: ["sink", "stable node", "node stable"],
    eigenvalues: "Both eigenvalues are below 0: in both directions the state decays.",
};
const SADDLE: Class = Class {
    words: ["saddle", "saddle point", "saddle node"],
    eigenvalues: "One eigenvalue is above 0 and one below: the state grows in one direction and decays in the other.",
};

fn compare_classes(answer: &dyn Fn() -> [&'static str; 4]) -> Verdict {
    let expected = [("A1", CENTRE), ("A2", SOURCE), ("A3", SINK), ("A4", SADDLE)];
    let given = caught(answer);
    let cases: Vec<Case> = match &given {
        Err(stopped) => vec![stopped_case(stopped)],
        Ok(given) => expected.iter().zip(given).map(|((name, class), given)| class_case(name, class, given)).collect(),
    };
    let passed = cases.iter().all(|case| case.problem.is_none());
    let verdict = Verdict {
        title: "Bonus: four classes".to_owned(),
        misconception: None,
        hint: (given.is_ok() && !passed).then(|| {
            "Look at the real parts: how many are above 0, how many below? Is there an imaginary part?".to_owned()
        }),
        lesson: passed.then(|| "Two numbers tell all that a linear system of two variables can do.".to_owned()),
        cases,
    };
    verdict.show();
    verdict
}

pub(super) fn stopped_case(stopped: &Stopped) -> Case {
    let problem = Problem { message: stopped.in_plain_words(), ..Problem::default() };
    Case { name: "the answer".to_owned(), input: String::new(), problem: Some(problem) }
}

fn class_case(name: &str, class: &Class, given: &str) -> Case {
    let plain = given.trim().to_lowercase().replace('-', " ");
    let known = [CENTRE, SOURCE, SINK, SADDLE].iter().any(|class| class.words.contains(&plain.as_str()));
    let message = if class.words.contains(&plain.as_str()) {
        None
    } else if known {
        Some(class.eigenvalues.to_owned())
    } else {
        Some("Write one of these: \"centre\", \"source\", \"sink\", \"saddle\".".to_owned())
    };
    Case {
        name: name.to_owned(),
        input: format!("{name}: {given}"),
        problem: message.map(|message| Problem { message, ..Problem::default() }),
    }
}
