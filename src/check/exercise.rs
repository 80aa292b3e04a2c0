//! An exercise as data: its public cases with what is expected, and what its known mistakes would give.
//!
//! `neurobook build` makes it from the chapter's own solution and writes it to `notebooks/checks/`.

use super::part::Part;
use super::value::Values;

/// An exercise, and all that its check knows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Exercise {
    /// Its id, which is the name of the function.
    pub id: String,
    /// "Exercise 1a: integrate_exponential".
    pub title: String,
    /// What is compared, in this order.
    pub parts: Vec<Part>,
    /// The cases, public ones first.
    pub cases: Vec<Case>,
    /// The mistakes that the check recognises.
    pub mistakes: Vec<Mistake>,
    /// What to say about a place, from an array's start to its end.
    pub hints: Vec<Hint>,
    /// What to remember once all is right.
    pub lesson: String,
    /// How many more cases are tried when it is graded.
    pub hidden: usize,
}

/// What the function is called with, and what it should give.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Case {
    /// What is special about it: "decay", "a step that does not divide the time".
    pub name: String,
    /// The arguments, one after the other.
    pub inputs: Values,
    /// What a right answer gives for them, part by part.
    pub expected: Values,
    /// Whether only a teacher may see the inputs. Hidden cases come last.
    pub is_hidden: bool,
}

impl Exercise {
    /// The cases that everybody may see.
    pub fn public_cases(&self) -> &[Case] {
        let count = self.cases.iter().take_while(|case| !case.is_hidden).count();
        &self.cases[..count]
    }
}

/// A known mistake, in one form or several.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mistake {
    /// "dt is missing".
    pub name: String,
    /// What it is and how to mend it, in a sentence or two.
    pub explanation: String,
    /// What each form gives in each case; `None` where it stops.
    pub forms: Vec<Vec<Option<Values>>>,
}

/// What to say when the first difference is in this part, at this index or later.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hint {
    /// The part's name.
    pub part: String,
    /// The first index that it is about.
    pub from_index: usize,
    /// What is said, in one sentence.
    pub text: String,
}
