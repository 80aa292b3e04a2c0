//! The HTML of a quiz: readable as it is, and brought to life by its script.

use super::{Answer, Choice, Item, Question, Quiz};
use crate::figure::minus;
use crate::figure::scene::escape;
use crate::figure::still::INLINE;

const STYLE: &str = include_str!("quiz.css");
const SCRIPT: &str = include_str!("quiz.js");
const READ_NUMBER: &str = include_str!("number.js");

/// One self-contained element. The script reads what it needs from the very text that is there
/// without it.
pub(super) fn element(quiz: &Quiz) -> String {
    let mut number = 0;
    let items: Vec<String> = quiz
        .items
        .iter()
        .map(|item| match item {
            Item::Heading(words) => format!("<p class=\"neurobook-quiz-part\"><b>{}</b></p>", marked_up(words)),
            Item::Question(question) => {
                number += 1;
                self::question(question, number)
            }
        })
        .collect();
    format!(
        "<div class=\"neurobook-quiz\"><style>{STYLE}</style><p class=\"neurobook-quiz-title\"><b>{}</b></p>\
         <p class=\"neurobook-quiz-still\">Decide first, then unfold the answer. Where scripts may run, in JupyterLab \
         after the notebook is trusted or the cell is run, the questions listen to you.</p>{}\
         <script>{}({},{});</script></div>",
        marked_up(&quiz.title),
        items.concat(),
        SCRIPT.trim_end(),
        INLINE.trim_end(),
        READ_NUMBER.trim_end()
    )
}

/// The questions in words, for readers that show no HTML.
pub(super) fn text(quiz: &Quiz) -> String {
    let mut number = 0;
    let line = |item: &Item| match item {
        Item::Heading(words) => words.replace('*', ""),
        Item::Question(question) => {
            number += 1;
            format!("{number}. {}", question.words.replace('*', ""))
        }
    };
    let lines: Vec<String> = quiz.items.iter().map(line).collect();
    format!("{}: {} questions. Run the cell to answer them.\n{}", quiz.title, quiz.questions(), lines.join("\n"))
}

/// A page of its own.
pub(super) fn document(quiz: &Quiz) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{}</title></head><body>\n{}\n</body></html>\n",
        escape(&quiz.title),
        element(quiz)
    )
}

fn question(question: &Question, number: usize) -> String {
    let (attributes, choices, answers) = match &question.answer {
        Answer::Choice(choices) => ("data-kind=\"choice\"".to_owned(), offered(choices), explained(choices)),
        Answer::Number { value, tolerance, unit, feedback, wrong } => {
            let shown = format!("{} {unit}", minus(&value.to_string()));
            let right = format!("<b>{}.</b> {}", escape(shown.trim()), marked_up(feedback));
            let attributes = format!(
                "data-kind=\"number\" data-value=\"{value}\" data-tolerance=\"{tolerance}\" data-unit=\"{}\"",
                escape(unit)
            );
            (attributes, String::new(), listed(&right, wrong))
        }
        Answer::Text { accepted, model, wrong } => {
            let attributes = format!("data-kind=\"text\" data-accepted=\"{}\"", escape(&accepted.join("|")));
            (attributes, String::new(), listed(&marked_up(model), wrong))
        }
    };
    format!(
        "<div class=\"neurobook-question\" {attributes}><p class=\"neurobook-asked\"><b>{number}.</b> {}</p>{}{choices}\
         <details><summary>Answer</summary>{answers}</details></div>",
        marked_up(&question.words),
        question.picture,
    )
}

fn offered(choices: &[Choice]) -> String {
    let each: Vec<String> = choices.iter().map(|choice| format!("<li>{}</li>", marked_up(&choice.words))).collect();
    format!("<ol type=\"a\" class=\"neurobook-choices\">{}</ol>", each.concat())
}

/// What is to be said to each choice, in their order.
fn explained(choices: &[Choice]) -> String {
    let each: Vec<String> = choices
        .iter()
        .map(|Choice { right, feedback, .. }| {
            let (attribute, verdict) = if *right { (" data-right=\"true\"", "Right.") } else { ("", "No.") };
            format!("<li{attribute}><b>{verdict}</b> <span>{}</span></li>", marked_up(feedback))
        })
        .collect();
    format!("<ol type=\"a\">{}</ol>", each.concat())
}

/// The right answer, and what is to be said to the wrong ones that are to be expected.
fn listed(right: &str, wrong: &[(String, String)]) -> String {
    let each: Vec<String> = wrong
        .iter()
        .map(|(answer, feedback)| {
            let attribute = escape(answer);
            let (answer, feedback) = (escape(&minus(answer)), marked_up(feedback));
            format!("<li data-answer=\"{attribute}\">Not “{answer}”: <span>{feedback}</span></li>")
        })
        .collect();
    let wrong = if each.is_empty() { String::new() } else { format!("<ul>{}</ul>", each.concat()) };
    format!("<p data-right=\"true\"><span>{right}</span></p>{wrong}")
}

/// Text as HTML, where words between two stars are emphasised.
fn marked_up(text: &str) -> String {
    let pieces: Vec<String> = text.split('*').map(escape).collect();
    let paired = if pieces.len() % 2 == 1 { pieces.len() } else { pieces.len() - 1 };
    let mut html = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        match index {
            0 => {}
            _ if index >= paired => html.push('*'),
            _ if index % 2 == 1 => html.push_str("<em>"),
            _ => html.push_str("</em>"),
        }
        html.push_str(piece);
    }
    html
}
