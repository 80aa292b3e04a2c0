//! A learner's function that stops before it gives anything.

use std::panic;
use std::process::Command;

use neurobook::check::{Exercise, StopReason, Values};
use neurobook::prelude::*;

use super::euler::{checked, filled, right};
use super::problem;

#[test]
fn an_empty_blank_is_reported_once_and_with_its_own_hint() {
    let verdict = checked(|_, _, _, _| blank!("an array of all times"));
    assert_eq!(problem(&verdict).message, "A blank is still empty: an array of all times");
    assert_eq!((&verdict.misconception, &verdict.hint, verdict.cases.len()), (&None, &None, 1));
    assert_eq!(verdict.cases[0].input, "");
}

#[test]
fn a_blank_that_only_some_cases_reach_is_reported_in_those() {
    let verdict = checked(|a, x0, dt, t_end| if a.im == 0.0 { right(a, x0, dt, t_end) } else { blank!("the rest") });
    let stopped = verdict.cases.iter().filter(|case| case.problem.is_some()).count();
    assert_eq!((verdict.cases.len(), stopped), (7, 2));
    assert_eq!(problem(&verdict).message, "A blank is still empty: the rest");
}

#[test]
fn a_loop_from_0_is_explained_in_plain_words() {
    let verdict = checked(|a, x0, dt, t_end| {
        let t = Array1::range(0.0, t_end, dt);
        let x = filled(&t, x0, |x| (0..x.len()).for_each(|k| x[k] = x[k - 1] + dt * a * x[k - 1]));
        (x, t)
    });
    let message = &problem(&verdict).message;
    assert!(message.contains("starts at 1") && message.contains("subtract with overflow"), "{message}");
}

#[test]
fn an_index_past_the_end_is_explained_in_plain_words() {
    let verdict = checked(|a, x0, dt, t_end| {
        let t = Array1::range(0.0, t_end, dt);
        let x = filled(&t, x0, |x| (1..x.len() + 1).for_each(|k| x[k] = x[k - 1] + dt * a * x[k - 1]));
        (x, t)
    });
    let message = &problem(&verdict).message;
    assert!(message.contains("indices 0 to n - 1"), "{message}");
}

#[test]
fn each_way_to_stop_has_its_words() {
    let said = |message: &str| StopReason::Panicked(message.to_owned()).in_plain_words();
    assert!(said("capacity overflow").contains("is the time step 0, or negative?"));
    assert!(said("called `Option::unwrap()` on a `None` value").contains("called `Option::unwrap()`"));
    assert_eq!(said("no rule for x"), "Your function stopped. Rust says: no rule for x.");
    assert_eq!(StopReason::AtBlank("twice x".to_owned()).in_plain_words(), "A blank is still empty: twice x");
    assert_eq!(StopReason::Ended("It ran too long.".to_owned()).in_plain_words(), "It ran too long.");
}

#[test]
fn a_case_that_stops_leaves_the_verdict_on_the_others() {
    let verdict = checked(|a, x0, dt, t_end| {
        assert!(x0 >= 0.0, "x0 is below 0");
        right(a, x0, dt, t_end)
    });
    let wrong: Vec<&str> =
        verdict.cases.iter().filter(|case| case.problem.is_some()).map(|case| case.name.as_str()).collect();
    assert_eq!(wrong, ["negative x0"]);
    assert!(problem(&verdict).message.contains("x0 is below 0") && verdict.misconception.is_none());
}

#[test]
fn a_panic_with_anything_for_a_message_is_reported() {
    let answer = |_: &Values| -> Result<Values, String> { panic::panic_any(7) };
    let verdict = Exercise::find("integrate_exponential").unwrap().check(&answer);
    assert!(problem(&verdict).message.contains("no message"));
}

#[test]
fn an_exercise_that_the_course_does_not_have_is_a_verdict_and_not_a_crash() {
    fn no_such_exercise(x: f64) -> f64 {
        x
    }
    let verdict = check!(no_such_exercise(x) -> y);
    assert!(!verdict.passed());
    let message = &problem(&verdict).message;
    assert!(message.contains("There is no exercise `no_such_exercise`") && message.contains("cargo run -- build"));
}

#[test]
fn a_caught_panic_is_quiet_and_the_hook_is_put_back() {
    // The hook belongs to the whole process, so the panics need a process of their own: this test once more.
    const IN_CHILD: &str = "NEUROBOOK_TEST_TWO_PANICS";
    if std::env::var_os(IN_CHILD).is_some() {
        return two_panics();
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["check::panics::a_caught_panic_is_quiet_and_the_hook_is_put_back", "--exact", "--nocapture"])
        .env(IN_CHILD, "1")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}");
    assert!(!printed.contains("inside the check"), "{printed}");
    assert!(printed.contains("after the check"), "{printed}");
}

fn two_panics() {
    let verdict = checked(|_, _, _, _| panic!("inside the check"));
    assert!(problem(&verdict).message.contains("inside the check"));
    assert!(panic::catch_unwind(|| panic!("after the check")).is_err());
}
