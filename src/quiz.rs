//! Questions for oneself: each answer has its feedback, on a page that needs no kernel.

mod chapter_01;
mod chapter_02_prep;
mod page;

pub use chapter_01::quiz_preprocessing;
pub use chapter_02_prep::quiz_dynamical_systems;

use crate::Figure;
use crate::display::{self, Output};
use crate::figure::output;

/// A set of questions with feedback for every answer. It gives no marks.
///
/// What it makes is one piece of HTML that holds all it needs. Where scripts may not run, each
/// question is there with its answers folded below it.
///
/// Words between two stars are emphasised: `"the *state* of a system"`.
///
/// ```
/// use neurobook::Quiz;
/// let quiz = Quiz::new("Warming up")
///     .choice(
///         "What does x mean in dx/dt = a x?",
///         [
///             ("a state", true, "It changes with time."),
///             ("a parameter", false, "That is a: it stays as it is."),
///         ],
///     )
///     .number("How long does one cycle of 0.5 Hz last?", 2.0, 0.01, "s", "1 / 0.5 Hz is 2 s.")
///     .wrong("0.5", "That is the frequency again.")
///     .text("What is a state that does not change called?", ["fixed point", "equilibrium"], "A *fixed point*.");
/// assert_eq!(quiz.questions(), 3);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Quiz {
    title: String,
    items: Vec<Item>,
}

/// What is in a quiz, from top to bottom.
#[derive(Debug, Clone, PartialEq)]
enum Item {
    Heading(String),
    Question(Question),
}

#[derive(Debug, Clone, PartialEq)]
struct Question {
    words: String,
    /// An image above the answers, or nothing.
    picture: String,
    answer: Answer,
}

/// What is asked for, and what to say to each answer.
#[derive(Debug, Clone, PartialEq)]
enum Answer {
    Choice(Vec<Choice>),
    Number { value: f64, tolerance: f64, unit: String, feedback: String, wrong: Vec<(String, String)> },
    Text { accepted: Vec<String>, model: String, wrong: Vec<(String, String)> },
}

/// One of the answers to choose from.
#[derive(Debug, Clone, PartialEq)]
struct Choice {
    words: String,
    right: bool,
    feedback: String,
}

impl Quiz {
    /// A quiz without questions.
    pub fn new(title: impl Into<String>) -> Quiz {
        Quiz { title: title.into(), items: Vec::new() }
    }

    /// A question with answers to choose from: the words, whether they are right, and what to say to
    /// someone who chose them.
    ///
    /// # Panics
    /// Unless exactly one answer is right and each has its feedback.
    #[track_caller]
    pub fn choice<const N: usize>(self, question: &str, answers: [(&str, bool, &str); N]) -> Quiz {
        self.choose(question, &answers)
    }

    #[track_caller]
    fn choose(self, question: &str, answers: &[(&str, bool, &str)]) -> Quiz {
        let right = answers.iter().filter(|answer| answer.1).count();
        assert!(right == 1, "the question `{question}` has {right} right answers: mark exactly one with `true`");
        let silent = answers.iter().find(|answer| answer.2.trim().is_empty());
        assert!(
            silent.is_none(),
            "the answer `{}` of `{question}` has no feedback: say why it is right or wrong",
            silent.map_or("", |answer| answer.0)
        );
        let option = |(words, right, feedback): &(&str, bool, &str)| Choice {
            words: (*words).into(),
            right: *right,
            feedback: (*feedback).into(),
        };
        self.ask(question, Answer::Choice(answers.iter().map(option).collect()))
    }

    /// A question whose answer is a number, right within `tolerance`. An empty `unit` is not an unit.
    ///
    /// # Panics
    /// Unless `value` is finite and `tolerance` is 0 or above.
    #[track_caller]
    pub fn number(self, question: &str, value: f64, tolerance: f64, unit: &str, feedback: &str) -> Quiz {
        assert!(value.is_finite(), "the answer of `{question}` is {value}: give a number");
        assert!(
            tolerance.is_finite() && tolerance >= 0.0,
            "the tolerance of `{question}` is {tolerance}: give 0 or a number above"
        );
        let (unit, feedback) = (unit.to_owned(), feedback.to_owned());
        self.ask(question, Answer::Number { value, tolerance, unit, feedback, wrong: Vec::new() })
    }

    /// A question whose answer is a word or a few. Capitals, articles, hyphens, a plural's s and a
    /// slip of the pen do not matter.
    ///
    /// # Panics
    /// When there are no accepted words.
    #[track_caller]
    pub fn text<const N: usize>(self, question: &str, accepted: [&str; N], model_answer: &str) -> Quiz {
        assert!(N > 0, "the question `{question}` accepts no words: give at least one answer");
        let accepted = accepted.iter().map(|words| (*words).to_owned()).collect();
        self.ask(question, Answer::Text { accepted, model: model_answer.into(), wrong: Vec::new() })
    }

    /// What to say to a wrong answer that is to be expected, for the number or text question added
    /// last.
    ///
    /// # Panics
    /// When the last question is no such question, or `answer` is not a number where one is asked for.
    #[track_caller]
    pub fn wrong(mut self, answer: &str, feedback: &str) -> Quiz {
        match self.items.last_mut() {
            Some(Item::Question(Question { answer: Answer::Number { wrong, .. }, words, .. })) => {
                assert!(answer.parse::<f64>().is_ok(), "`{answer}`, a wrong answer to `{words}`, is not a number");
                wrong.push((answer.into(), feedback.into()));
            }
            Some(Item::Question(Question { answer: Answer::Text { wrong, .. }, .. })) => {
                wrong.push((answer.into(), feedback.into()));
            }
            _ => panic!("`wrong` follows a number or text question; a choice has its feedback beside each answer"),
        }
        self
    }

    /// A picture above the answers of the question added last.
    ///
    /// # Panics
    /// When there is no question yet.
    #[track_caller]
    pub fn figure(mut self, figure: &Figure) -> Quiz {
        match self.items.last_mut() {
            Some(Item::Question(question)) => question.picture = figure.image(),
            _ => panic!("a figure belongs to the question before it: add the question first"),
        }
        self
    }

    /// A heading above the questions that follow.
    pub fn section(mut self, heading: &str) -> Quiz {
        self.items.push(Item::Heading(heading.into()));
        self
    }

    fn ask(mut self, question: &str, answer: Answer) -> Quiz {
        self.items.push(Item::Question(Question { words: question.into(), picture: String::new(), answer }));
        self
    }

    /// How many questions there are.
    pub fn questions(&self) -> usize {
        self.items.iter().filter(|item| matches!(item, Item::Question(_))).count()
    }

    /// The quiz as one piece of HTML that needs nothing else.
    pub fn html(&self) -> String {
        page::element(self)
    }

    /// Shows the quiz below the cell; outside a notebook, writes a page to `target/figures/` and says
    /// where.
    pub fn show(&self) {
        if display::in_notebook() {
            display::show(Output { html: self.html(), text: page::text(self), raster: None });
        } else {
            output::report("quiz", "html", &page::document(self));
        }
    }

    /// Shows the quiz where it is the last line of a cell.
    pub fn evcxr_display(&self) {
        self.show();
    }
}
