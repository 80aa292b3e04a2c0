//! What a verdict says: where, what was expected, what was got, and no more than that.

use neurobook::answer;
use neurobook::check::{Exercise, Verdict};
use neurobook::prelude::*;

use super::euler::{checked, right, solve};
use super::problem;

/// Twice x, in three cases, with a mistake that stops in one of them.
const DOUBLE: &str = "\
exercise,double,Exercise 1: double,10
part,y
hint,y,0,What is twice 3?
lesson,Twice is two times.
case,a whole number
input,x,number,3.0
expected,y,number,6.0
case,a fraction
input,x,number,0.5
expected,y,number,1.0
case,nothing
input,x,number,0.0
expected,y,number,0.0
mistake,x is squared,\"Twice x is x + x, not x times x.\"
form
gives
wrong,y,number,9.0
gives
wrong,y,number,0.25
stops
";

fn doubled(double: impl Fn(f64) -> f64) -> Verdict {
    Exercise::from_csv(DOUBLE).unwrap().check(&answer!(double(x) -> y))
}

#[test]
fn a_right_answer_is_told_what_to_remember_and_what_is_left() {
    let text = doubled(|x| x + x).to_string();
    assert_eq!(
        text,
        "✓ Exercise 1: double · all 3 public cases pass\n  Twice is two times.\n  This check is here to help you learn. It gives no marks. 10 more cases are tried at grading."
    );
}

#[test]
fn a_wrong_answer_is_told_the_case_the_values_and_a_hint() {
    let text = doubled(|x| x + 1.0).to_string();
    assert_eq!(
        text,
        "✗ Exercise 1: double · not yet, 0 of 3 cases pass\n  Case a whole number: x = 3\n  The first difference is y.\n  expected 6, got 4\n  Hint. What is twice 3?\n  This check is here to help you learn. It gives no marks. 10 more cases are tried at grading."
    );
}

#[test]
fn one_bad_case_among_right_ones_is_named() {
    let verdict = doubled(|x| if x == 0.5 { 0.0 } else { 2.0 * x });
    let text = verdict.to_string();
    assert!(text.contains("not yet, 2 of 3 cases pass") && text.contains("Case a fraction: x = 0.5"), "{text}");
    assert!(!text.contains("Also not yet"), "{text}");
    let two = doubled(|x| if x > 0.0 { 0.0 } else { 2.0 * x }).to_string();
    assert!(two.contains("Also not yet: a fraction."), "{two}");
}

#[test]
fn a_mistake_that_stops_in_a_case_is_recognised_by_the_others() {
    let squared = doubled(|x| if x == 0.0 { panic!("nothing") } else { x * x });
    assert_eq!(squared.misconception.unwrap().name, "x is squared");
    // It gives a value where the known mistake stops: another mistake.
    assert_eq!(doubled(|x| x * x).misconception, None);
}

#[test]
fn rounding_is_no_mistake_and_a_billionth_is_the_limit() {
    assert!(doubled(|x| 2.0 * x * (1.0 + 1e-10)).passed());
    assert!(!doubled(|x| 2.0 * x * (1.0 + 1e-8)).passed());
    let verdict = checked(|a, x0, dt, t_end| {
        let (x, t) = right(a, x0, dt, t_end);
        (x.mapv(|x| x * (1.0 + 4.0 * f64::EPSILON)), t)
    });
    assert!(verdict.passed(), "{verdict}");
}

#[test]
fn an_unknown_mistake_gets_the_first_difference_and_a_hint_but_no_diagnosis() {
    let verdict = checked(|a, x0, dt, t_end| {
        let (mut x, t) = right(a, x0, dt, t_end);
        x[3] += 0.5;
        (x, t)
    });
    let problem = problem(&verdict);
    assert_eq!(verdict.cases[0].input, "a = -0.1, x0 = 100, dt = 0.25, t_end = 10");
    assert_eq!(problem.message, "The first difference is x[3], at t = 0.75.");
    assert_eq!((problem.index, problem.time), (Some(3), Some(0.75)));
    assert_eq!((problem.expected.as_deref(), problem.got.as_deref()), (Some("92.6859375"), Some("93.1859375")));
    assert_eq!(verdict.misconception, None);
    assert!(verdict.hint.unwrap().contains("x[1] is right"));
}

#[test]
fn nearly_equal_numbers_are_shown_with_the_digits_in_which_they_differ() {
    let verdict = checked(|a, x0, dt, t_end| {
        let (mut x, t) = right(a, x0, dt, t_end);
        x[0] += 1e-5;
        (x, t)
    });
    let problem = problem(&verdict);
    assert_eq!((problem.expected.as_deref(), problem.got.as_deref()), (Some("100"), Some("100.00001")));
}

#[test]
fn a_wrong_length_names_both_lengths() {
    let verdict = checked(|a, x0, dt, t_end| {
        let (x, t) = right(a, x0, dt, t_end);
        (x.slice(s![..x.len() - 1]).to_owned(), t)
    });
    assert_eq!(problem(&verdict).message, "x has 39 values and should have 40.");
    assert_eq!(verdict.misconception, None);
    let empty = checked(|_, _, _, _| (Array1::zeros(0), Array1::zeros(0)));
    assert_eq!(problem(&empty).message, "t has 0 values and should have 40.");
}

#[test]
fn what_is_not_finite_is_named() {
    let with = |factor: f64| {
        checked(move |a, x0, dt, t_end| {
            let (x, t) = right(a, x0, dt, t_end);
            (x.mapv(|x| Complex64::from(x.re * factor)), t)
        })
    };
    let nan = with(f64::NAN);
    assert!(problem(&nan).message.contains("x[0], at t = 0, is not a number"), "{nan}");
    assert_eq!(problem(&nan).got.as_deref(), Some("NaN (not a number)"));
    let infinite = with(f64::INFINITY);
    assert!(problem(&infinite).message.contains("x[0], at t = 0, is infinite"), "{infinite}");
    let huge = with(1e300);
    assert!(problem(&huge).message.contains("x[0], at t = 0, has grown beyond all bounds"), "{huge}");
}

#[test]
fn numbers_that_run_away_later_on_are_named_beside_the_first_difference() {
    let with = |last: f64| {
        checked(move |a, x0, dt, t_end| {
            let (mut x, t) = right(a, x0, dt, t_end);
            let end = x.len() - 1;
            (x[1], x[end]) = (x[1] + 1.0, last.into());
            (x, t)
        })
    };
    let said = |last| problem(&with(last)).message.clone();
    assert!(said(1e300).starts_with("The first difference is x[1]"), "{}", said(1e300));
    assert!(
        said(1e300).ends_with("Further on, at x[39], the numbers have grown beyond all bounds."),
        "{}",
        said(1e300)
    );
    assert!(said(f64::NAN).ends_with("Further on, from x[39], it is not a number any more."), "{}", said(f64::NAN));
    assert!(!said(5.0).contains("Further on"), "{}", said(5.0));
}

#[test]
fn a_place_in_a_matrix_has_two_indices_and_a_shape_is_told_in_words() {
    let text = "exercise,turn,Turn,0\npart,m\ncase,one\ninput,x,number,1\nexpected,m,numbers,2x2,1,2,3,4\n";
    let turned = |turn: fn(f64) -> Array2<f64>| Exercise::from_csv(text).unwrap().check(&answer!(turn(x) -> m));
    let wrong = turned(|_| array![[1.0, 2.0], [3.0, 5.0]]);
    assert_eq!(problem(&wrong).message, "The first difference is m[1, 1].");
    let flat = turned(|_| array![[1.0, 2.0, 3.0, 4.0]]);
    assert_eq!(problem(&flat).message, "m is 1 × 4 and should be 2 × 2.");
}

fn texts(verdict: &Verdict) -> (String, String) {
    (verdict.to_string(), verdict.html())
}

#[test]
fn a_verdict_is_short_and_says_that_it_is_for_learning() {
    let (text, html) = texts(&checked(|a, x0, dt, t_end| {
        let t = Array1::range(0.0, t_end, dt);
        (solve(&t, x0, |x| x + a * x), t)
    }));
    assert!(text.lines().count() <= 8, "{text}");
    for said in [&text, &html] {
        assert!(said.contains("help you learn") && said.contains("10 more cases are tried at grading"), "{said}");
    }
    assert!(text.contains("not yet, 2 of 7 cases pass"), "{text}");
    assert!(html.contains("Looks like: dt is missing."), "{html}");
}

#[test]
fn a_verdict_sets_no_colour_of_text_or_page_of_its_own() {
    let (_, html) = texts(&checked(right));
    assert!(!html.contains("background:#") && !html.contains("color:black") && !html.contains("color:white"), "{html}");
    assert!(html.contains("role=\"status\""));
}

#[test]
fn what_the_learner_named_is_escaped_in_html() {
    let (_, html) = texts(&check_number("is 1 < 2 & 2 > 1?", 1.0, 2.0, 1e-9));
    assert!(html.contains("is 1 &lt; 2 &amp; 2 &gt; 1?"), "{html}");
    let (_, html) = texts(&doubled(|_| panic!("<script>")));
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script>"), "{html}");
}

#[test]
fn a_number_is_right_within_its_relative_tolerance() {
    assert!(check_number("half-life", 6.93, 6.931, 1e-3).passed());
    let verdict = check_number("half-life", 7.0, 6.931, 1e-3);
    let problem = problem(&verdict);
    assert_eq!((problem.expected.as_deref(), problem.got.as_deref()), (Some("6.931"), Some("7")));
    assert!(check_number("a complex one", Complex64::new(0.0, PI), Complex64::new(0.0, 22.0 / 7.0), 1e-3).passed());
    assert!(!check_number("not a number", f64::NAN, 1.0, 1e-3).passed());
}
