//! The checks of the notebook: right answers pass, each known mistake is named, and a function that
//! stops is reported in plain words.

use neurobook::check::Verdict;
use neurobook::prelude::*;
use std::panic;
use std::process::Command;

type Answer = (Array1<Complex64>, Array1<f64>);

fn right(a: Complex64, x0: f64, dt: f64, t_end: f64) -> Answer {
    let t = Array1::range(0.0, t_end, dt);
    let x = solve(&t, x0, |x| x + dt * (a * x));
    (x, t)
}

/// Steps from `x0`, one state for each time.
fn solve(t: &Array1<f64>, x0: f64, step: impl Fn(Complex64) -> Complex64) -> Array1<Complex64> {
    let mut x = Array1::zeros(t.len());
    x[0] = Complex64::new(x0, 0.0);
    for k in 1..t.len() {
        x[k] = step(x[k - 1]);
    }
    x
}

/// The name of the diagnosed mistake; the answer must be wrong.
fn diagnosed(answer: impl Fn(Complex64, f64, f64, f64) -> Answer) -> String {
    let verdict = check_integrate_exponential(answer);
    assert!(!verdict.passed(), "the mutant passes");
    verdict.misconception.map_or_else(|| "nothing".to_owned(), |misconception| misconception.name)
}

/// The diagnosis of a wrong step; the times are right.
fn diagnosed_step(step: impl Fn(Complex64, Complex64, f64, f64) -> Complex64) -> String {
    diagnosed(|a, x0, dt, t_end| {
        let t = Array1::range(0.0, t_end, dt);
        (solve(&t, x0, |x| step(x, a, x0, dt)), t)
    })
}

/// The diagnosis of wrong times; the states are Euler's, one for each time.
fn diagnosed_times(times: impl Fn(f64, f64) -> Array1<f64>) -> String {
    diagnosed(|a, x0, dt, t_end| {
        let t = times(dt, t_end);
        (solve(&t, x0, |x| x + dt * a * x), t)
    })
}

#[test]
fn the_right_answer_passes_without_a_diagnosis() {
    let verdict = check_integrate_exponential(right);
    assert!(verdict.passed(), "{verdict}");
    assert_eq!(verdict.cases.len(), 7);
    assert_eq!((verdict.misconception, verdict.hint), (None, None));
}

#[test]
fn the_right_answer_may_be_written_in_other_ways() {
    let as_a_power = |a: Complex64, x0: f64, dt: f64, t_end: f64| {
        let n = (t_end / dt).ceil() as usize;
        let t: Array1<f64> = (0..n).map(|i| i as f64 * dt).collect();
        let x = (0..n).map(|i| x0 * (1.0 + a * dt).powu(i as u32)).collect();
        (x, t)
    };
    let by_adding_up_dt = |a: Complex64, x0: f64, dt: f64, t_end: f64| {
        let n = (t_end / dt).ceil() as usize;
        let mut t = Array1::zeros(n);
        for i in 1..n {
            t[i] = t[i - 1] + dt;
        }
        (solve(&t, x0, |x| x * (1.0 + a * dt)), t)
    };
    let in_two_lines = |a: Complex64, x0: f64, dt: f64, t_end: f64| {
        let t = Array1::range(0.0, t_end, dt);
        let x = solve(&t, x0, |x| {
            let xdot = a * x;
            xdot * dt + x
        });
        (x, t)
    };
    for verdict in [
        check_integrate_exponential(as_a_power),
        check_integrate_exponential(by_adding_up_dt),
        check_integrate_exponential(in_two_lines),
    ] {
        assert!(verdict.passed() && verdict.misconception.is_none(), "{verdict}");
    }
}

#[test]
fn a_forgotten_dt_is_diagnosed() {
    assert_eq!(diagnosed_step(|x, a, _, _| x + a * x), "dt is missing");
}

#[test]
fn a_squared_dt_is_diagnosed() {
    assert_eq!(diagnosed_step(|x, a, _, dt| x + dt * (dt * a * x)), "dt is used twice");
}

#[test]
fn a_wrong_sign_is_diagnosed() {
    assert_eq!(diagnosed_step(|x, a, _, dt| x - dt * a * x), "wrong sign");
}

#[test]
fn a_rate_taken_from_the_new_x_is_diagnosed() {
    let answer = |a: Complex64, x0: f64, dt: f64, t_end: f64| {
        let t = Array1::range(0.0, t_end, dt);
        let mut x: Array1<Complex64> = Array1::zeros(t.len());
        x[0] = x0.into();
        for k in 1..t.len() {
            let xdot = a * x[k];
            x[k] = x[k - 1] + dt * xdot;
        }
        (x, t)
    };
    assert_eq!(diagnosed(answer), "the rate uses the new x");
}

#[test]
fn a_missing_value_before_is_diagnosed() {
    assert_eq!(diagnosed_step(|x, a, _, dt| dt * a * x), "the value before is missing");
    assert_eq!(diagnosed_step(|x, a, _, _| a * x), "the value before is missing");
}

#[test]
fn an_update_from_the_new_x_or_a_loop_from_2_leaves_zeros_and_is_diagnosed() {
    let all_from_the_new_x = |a: Complex64, x0: f64, dt: f64, t_end: f64| {
        let t = Array1::range(0.0, t_end, dt);
        let mut x: Array1<Complex64> = Array1::zeros(t.len());
        x[0] = x0.into();
        for k in 1..t.len() {
            x[k] = x[k] + dt * a * x[k];
        }
        (x, t)
    };
    let from_2 = |a: Complex64, x0: f64, dt: f64, t_end: f64| {
        let t = Array1::range(0.0, t_end, dt);
        let mut x: Array1<Complex64> = Array1::zeros(t.len());
        x[0] = x0.into();
        for k in 2..t.len() {
            x[k] = x[k - 1] + dt * a * x[k - 1];
        }
        (x, t)
    };
    assert_eq!(diagnosed(all_from_the_new_x), "x is 0 from x[1] on");
    assert_eq!(diagnosed(from_2), "x is 0 from x[1] on");
}

#[test]
fn an_update_of_the_old_index_is_diagnosed() {
    let answer = |a: Complex64, x0: f64, dt: f64, t_end: f64| {
        let t = Array1::range(0.0, t_end, dt);
        let mut x: Array1<Complex64> = Array1::zeros(t.len());
        x[0] = x0.into();
        for k in 1..t.len() {
            let change = dt * a * x[k - 1];
            x[k - 1] += change;
        }
        (x, t)
    };
    assert_eq!(diagnosed(answer), "the update writes over the value before");
}

#[test]
fn an_unset_start_is_diagnosed() {
    let answer = |a: Complex64, _: f64, dt: f64, t_end: f64| right(a, 0.0, dt, t_end);
    assert_eq!(diagnosed(answer), "x[0] is not set");
}

#[test]
fn a_real_part_taken_too_early_is_diagnosed() {
    assert_eq!(diagnosed_step(|x, a, _, dt| Complex64::from((x + dt * a * x).re)), "real part taken too early");
    let only_at_the_end = |a: Complex64, x0: f64, dt: f64, t_end: f64| {
        let (x, t) = right(a, x0, dt, t_end);
        (x.mapv(|x| Complex64::from(x.re)), t)
    };
    assert_eq!(diagnosed(only_at_the_end), "real part taken too early");
}

#[test]
fn a_loop_that_stops_one_early_is_diagnosed() {
    let answer = |a: Complex64, x0: f64, dt: f64, t_end: f64| {
        let t = Array1::range(0.0, t_end, dt);
        let mut x: Array1<Complex64> = Array1::zeros(t.len());
        x[0] = x0.into();
        for k in 1..t.len() - 1 {
            x[k] = x[k - 1] + dt * a * x[k - 1];
        }
        (x, t)
    };
    assert_eq!(diagnosed(answer), "the loop stops one early");
}

#[test]
fn the_exact_solution_is_not_eulers_method() {
    let answer = |a: Complex64, x0: f64, dt: f64, t_end: f64| {
        let t = Array1::range(0.0, t_end, dt);
        (t.mapv(|t| x0 * (a * t).exp()), t)
    };
    assert_eq!(diagnosed(answer), "the exact solution");
}

#[test]
fn a_rate_that_is_not_a_times_x_is_diagnosed() {
    assert_eq!(diagnosed_step(|x, a, x0, dt| x + dt * a * x0), "the rate never changes");
    assert_eq!(diagnosed_step(|x, a, _, dt| x + dt * a), "the rate lacks x");
    assert_eq!(diagnosed_step(|x, _, _, dt| x + dt * x), "the rate lacks a");
}

#[test]
fn times_that_include_the_end_are_diagnosed() {
    assert_eq!(
        diagnosed_times(|dt, t_end| (0..=(t_end / dt).ceil() as usize).map(|i| i as f64 * dt).collect()),
        "time includes the end"
    );
    let stretched = |dt: f64, t_end: f64| Array1::linspace(0.0, t_end, (t_end / dt).ceil() as usize);
    assert_eq!(diagnosed_times(stretched), "time includes the end");
}

#[test]
fn times_that_start_at_dt_are_diagnosed() {
    assert_eq!(
        diagnosed_times(|dt, t_end| (1..=(t_end / dt).ceil() as usize).map(|i| i as f64 * dt).collect()),
        "time starts at dt"
    );
    assert_eq!(
        diagnosed_times(|dt, t_end| (1..(t_end / dt).ceil() as usize).map(|i| i as f64 * dt).collect()),
        "time starts at dt"
    );
}

#[test]
fn times_with_another_step_are_diagnosed() {
    assert_eq!(diagnosed_times(|_, t_end| Array1::range(0.0, t_end, 1.0)), "time goes in steps of 1");
    assert_eq!(diagnosed_times(|dt, t_end| Array1::range(0.0, dt, t_end)), "dt and t_end have changed places");
    assert_eq!(diagnosed_times(|dt, t_end| Array1::zeros((t_end / dt).ceil() as usize)), "time stands still");
}

#[test]
fn of_two_mistakes_the_one_in_the_times_comes_first() {
    let answer = |a: Complex64, x0: f64, dt: f64, t_end: f64| {
        let t = (1..=(t_end / dt).ceil() as usize).map(|i| i as f64 * dt).collect();
        (solve(&t, x0, |x| x + a * x), t)
    };
    assert_eq!(diagnosed(answer), "time starts at dt");
}

#[test]
fn an_unknown_mistake_gets_the_first_difference_and_a_hint_but_no_diagnosis() {
    let verdict = check_integrate_exponential(|a, x0, dt, t_end| {
        let (mut x, t) = right(a, x0, dt, t_end);
        x[3] += 0.5;
        (x, t)
    });
    let case = &verdict.cases[0];
    let problem = case.problem.as_ref().unwrap();
    assert_eq!(case.input, "a = -0.1, x0 = 100, dt = 0.001, t_end = 10");
    assert_eq!(problem.message, "The first difference is x[3], at t = 0.003.");
    assert_eq!(problem.index, Some(3));
    assert_eq!(problem.time, Some(0.003));
    assert_eq!((problem.expected.as_deref(), problem.got.as_deref()), (Some("99.970003"), Some("100.470003")));
    assert_eq!(verdict.misconception, None);
    assert!(verdict.hint.unwrap().contains("x[1] is right"));
}

#[test]
fn nearly_equal_numbers_are_shown_with_the_digits_in_which_they_differ() {
    let verdict = check_integrate_exponential(|a, x0, dt, t_end| {
        let (mut x, t) = right(a, x0, dt, t_end);
        x[0] += 1e-5;
        (x, t)
    });
    let problem = verdict.cases[0].problem.as_ref().unwrap();
    assert_eq!((problem.expected.as_deref(), problem.got.as_deref()), (Some("100"), Some("100.00001")));
}

#[test]
fn a_wrong_length_names_both_lengths() {
    let verdict = check_integrate_exponential(|a, x0, dt, t_end| {
        let (x, t) = right(a, x0, dt, t_end);
        (x.slice(s![..x.len() - 1]).to_owned(), t)
    });
    let problem = verdict.cases[0].problem.as_ref().unwrap();
    assert_eq!(problem.message, "x has 9999 values and should have 10000.");
    assert_eq!(verdict.misconception, None);
}

#[test]
fn nan_is_named() {
    let verdict = check_integrate_exponential(|a, x0, dt, t_end| {
        let (x, t) = right(a, x0, dt, t_end);
        (x / Complex64::ZERO * 0.0, t)
    });
    let problem = verdict.cases[0].problem.as_ref().unwrap();
    assert!(problem.message.contains("x[0], at t = 0, is not a number"), "{}", problem.message);
    assert_eq!(problem.got.as_deref(), Some("NaN (not a number)"));
}

#[test]
fn an_empty_answer_is_reported_and_not_a_crash() {
    let verdict = check_integrate_exponential(|_, _, _, _| (Array1::zeros(0), Array1::zeros(0)));
    let problem = verdict.cases[0].problem.as_ref().unwrap();
    assert_eq!(problem.message, "t has 0 values and should have 10000.");
}

#[test]
fn an_empty_blank_is_reported_with_its_own_hint() {
    let verdict = check_integrate_exponential(|_, _, _, _| blank!("an array of all times"));
    let problem = verdict.cases[0].problem.as_ref().unwrap();
    assert_eq!(problem.message, "A blank is still empty: an array of all times");
    assert_eq!((verdict.misconception, verdict.hint), (None, None));
}

#[test]
fn a_loop_from_0_is_explained_in_plain_words() {
    let verdict = check_integrate_exponential(|a, x0, dt, t_end| {
        let t = Array1::range(0.0, t_end, dt);
        let mut x: Array1<Complex64> = Array1::zeros(t.len());
        x[0] = x0.into();
        for k in 0..t.len() {
            x[k] = x[k - 1] + dt * a * x[k - 1];
        }
        (x, t)
    });
    let message = &verdict.cases[0].problem.as_ref().unwrap().message;
    assert!(message.contains("starts at 1"), "{message}");
}

#[test]
fn an_index_past_the_end_is_explained_in_plain_words() {
    let verdict = check_integrate_exponential(|a, x0, dt, t_end| {
        let t = Array1::range(0.0, t_end, dt);
        let mut x: Array1<Complex64> = Array1::zeros(t.len());
        x[0] = x0.into();
        for k in 1..t.len() + 1 {
            x[k] = x[k - 1] + dt * a * x[k - 1];
        }
        (x, t)
    });
    let message = &verdict.cases[0].problem.as_ref().unwrap().message;
    assert!(message.contains("indices 0 to n - 1"), "{message}");
}

#[test]
fn a_caught_panic_is_quiet_and_the_hook_is_put_back() {
    // The hook belongs to the whole process, so this needs a process of its own.
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["check::two_panics", "--exact", "--ignored", "--nocapture"])
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}");
    assert!(!printed.contains("inside the check"), "{printed}");
    assert!(printed.contains("after the check"), "{printed}");
}

#[test]
#[ignore = "started by a_caught_panic_is_quiet_and_the_hook_is_put_back"]
fn two_panics() {
    let verdict = check_integrate_exponential(|_, _, _, _| panic!("inside the check"));
    assert!(verdict.cases[0].problem.as_ref().unwrap().message.contains("inside the check"));
    assert!(panic::catch_unwind(|| panic!("after the check")).is_err());
}

fn texts(verdict: &Verdict) -> (String, String) {
    (verdict.to_string(), verdict.html())
}

#[test]
fn a_verdict_is_short_and_says_that_it_is_for_learning() {
    let verdict = check_integrate_exponential(|a, x0, dt, t_end| {
        let t = Array1::range(0.0, t_end, dt);
        (solve(&t, x0, |x| x + a * x), t)
    });
    let (text, html) = texts(&verdict);
    assert!(text.lines().count() <= 8, "{text}");
    assert!(text.contains("help you learn") && html.contains("help you learn"));
    assert!(text.contains("not yet, 2 of 7 cases pass"), "{text}");
    assert!(html.contains("Looks like: dt is missing."), "{html}");
}

#[test]
fn a_verdict_sets_no_colour_of_text_or_page_of_its_own() {
    let (_, html) = texts(&check_integrate_exponential(right));
    assert!(!html.contains("background:#") && !html.contains("color:black") && !html.contains("color:white"), "{html}");
    assert!(html.contains("role=\"status\""));
}

#[test]
fn what_the_learner_named_is_escaped_in_html() {
    let (_, html) = texts(&check_number("is 1 < 2 & 2 > 1?", 1.0, 2.0, 1e-9));
    assert!(html.contains("is 1 &lt; 2 &amp; 2 &gt; 1?"), "{html}");
}

#[test]
fn a_number_is_right_within_its_relative_tolerance() {
    assert!(check_number("half-life", 6.93, 6.931, 1e-3).passed());
    let verdict = check_number("half-life", 7.0, 6.931, 1e-3);
    let problem = verdict.cases[0].problem.as_ref().unwrap();
    assert_eq!((problem.expected.as_deref(), problem.got.as_deref()), (Some("6.931"), Some("7")));
    assert!(check_number("a complex one", Complex64::new(0.0, PI), Complex64::new(0.0, 22.0 / 7.0), 1e-3).passed());
    assert!(!check_number("not a number", f64::NAN, 1.0, 1e-3).passed());
}

#[test]
fn any_growing_oscillation_answers_the_first_bonus_question() {
    for a in [Complex64::new(0.2, 1.0), Complex64::new(2.0, -4.0), Complex64::new(1e-3, 7.0)] {
        assert!(check_growing_oscillation(|| a).passed(), "{a}");
    }
    for (a, word) in [
        (Complex64::new(0.5, 0.0), "nothing oscillates"),
        (Complex64::new(0.0, 3.0), "stays as it is"),
        (Complex64::new(-0.2, 3.0), "decays"),
        (Complex64::new(f64::NAN, 3.0), "finite"),
    ] {
        let verdict = check_growing_oscillation(|| a);
        assert!(!verdict.passed() && verdict.to_string().contains(word), "{verdict}");
    }
}

#[test]
fn half_a_hertz_is_pi_radians_a_second_either_way_round() {
    for im in [PI, -PI, 3.1, 3.15] {
        assert!(check_half_hertz(|| Complex64::new(0.0, im)).passed(), "{im}");
    }
    for (a, words) in [
        (Complex64::new(0.0, 0.5), "radians a second"),
        (Complex64::new(0.0, 3.0), "0.4775 waves"),
        (Complex64::new(0.0, 3.3), "0.5252 waves"),
        (Complex64::new(0.2, PI), "the size grows"),
        (Complex64::new(-0.2, PI), "the size decays"),
    ] {
        let verdict = check_half_hertz(|| a);
        assert!(!verdict.passed() && verdict.to_string().contains(words), "{verdict}");
    }
}

#[test]
fn an_empty_bonus_answer_is_reported_with_its_own_hint() {
    let verdict = check_half_hertz(|| blank!("real part, imaginary part"));
    assert!(verdict.to_string().contains("A blank is still empty: real part, imaginary part"), "{verdict}");
}
