//! Quizzes: every answer has its feedback, and the page is whole without a script.

use neurobook::{Figure, Quiz, quiz::quiz_dynamical_systems};

use crate::figures::panic_message;

fn small() -> Quiz {
    Quiz::new("A <small> quiz")
        .choice("Which *letter*?", [("a & b", true, "Both."), ("c", false, "Not this one.")])
        .number("How *much*?", -0.5, 0.01, "mV", "Half a millivolt.")
        .wrong("0.25", "That is a quarter.")
        .section("Bonus")
        .text("Which word?", ["fixed point", "equilibrium"], "A *fixed point*.")
        .wrong("cycle|limit cycle", "That one moves.")
}

#[test]
fn questions_are_numbered_through_and_headings_are_not() {
    let html = small().html();
    assert_eq!(small().questions(), 3);
    assert!(["<b>1.</b> Which", "<b>2.</b> How", "<b>3.</b> Which word"].iter().all(|begin| html.contains(begin)));
    assert!(html.contains("<b>Bonus</b>"));
}

#[test]
fn every_answer_and_its_feedback_is_folded_below_its_question_without_a_script() {
    let html = small().html();
    let readable = html.split("<script>").next().unwrap();
    assert_eq!(readable.matches("<details>").count(), 3);
    for words in ["Both.", "Not this one.", "−0.5 mV", "Half a millivolt.", "a quarter.", "That one moves."] {
        assert!(readable.contains(words), "{words}");
    }
    assert!(!readable.contains("<input") && !readable.contains("<button"), "controls are the script's to make");
}

#[test]
fn markup_in_words_is_text_and_stars_emphasise() {
    let html = small().html();
    assert!(html.contains("A &lt;small&gt; quiz") && html.contains("a &amp; b") && html.contains("<em>letter</em>"));
    let lonely = Quiz::new("2 * 3").html();
    assert!(lonely.contains("<b>2 * 3</b>"), "a lonely star is a star");
}

#[test]
fn a_quiz_needs_nothing_from_elsewhere_and_no_names() {
    let html = small().figure(&Figure::new().line([0.0, 1.0], [0.0, 1.0])).html();
    assert_eq!(html.matches("http").count(), html.matches("http://www.w3.org/2000/svg").count());
    assert!(!html.contains(" id=") && !html.contains("fetch(") && !html.contains("import("));
    assert!(html.contains("<img class=\"neurobook-figure\" alt=\"Figure. Line plot."));
}

#[test]
fn a_choice_has_exactly_one_right_answer_and_feedback_for_each() {
    let two = || Quiz::new("").choice("Q?", [("a", true, "yes"), ("b", true, "yes")]);
    assert!(panic_message(two).contains("2 right answers"));
    let none = || Quiz::new("").choice("Q?", [("a", false, "no")]);
    assert!(panic_message(none).contains("0 right answers"));
    let silent = || Quiz::new("").choice("Q?", [("a", true, "yes"), ("b", false, " ")]);
    assert!(panic_message(silent).contains("`b` of `Q?` has no feedback"));
}

#[test]
fn what_a_question_cannot_use_is_refused_by_name() {
    let number = |value, tolerance| move || Quiz::new("").number("Q?", value, tolerance, "", "");
    assert!(panic_message(number(f64::NAN, 0.1)).contains("`Q?` is NaN"));
    assert!(panic_message(number(1.0, -0.1)).contains("tolerance of `Q?` is -0.1"));
    assert!(panic_message(|| Quiz::new("").text("Q?", [], "model")).contains("`Q?` accepts no words"));
    assert!(panic_message(|| Quiz::new("").wrong("1", "no")).contains("follows a number or text question"));
    assert!(panic_message(|| number(1.0, 0.1)().wrong("one", "no")).contains("`one`"));
    assert!(panic_message(|| Quiz::new("").figure(&Figure::new())).contains("add the question first"));
}

#[test]
fn the_dictionary_asks_ten_questions_of_three_kinds() {
    let quiz = quiz_dynamical_systems();
    let html = quiz.html();
    assert_eq!(quiz.questions(), 10);
    let kinds = ["choice", "number", "text"].map(|kind| html.matches(&format!("data-kind=\"{kind}\"")).count());
    assert_eq!(kinds, [5, 3, 2]);
}
