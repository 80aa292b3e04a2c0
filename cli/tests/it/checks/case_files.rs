//! What `neurobook build` makes of the cases, and what it refuses.

use crate::mini::{Mini, names};

use super::course::{CHAPTER, NAME};

fn course(from: &str, to: &str) -> Mini {
    assert!(CHAPTER.contains(from), "{from}");
    Mini::new(&[(NAME, &CHAPTER.replacen(from, to, 1))])
}

/// The line of the chapter that begins so, as messages count.
fn line(begin: &str) -> usize {
    CHAPTER.lines().position(|line| line.trim().starts_with(begin)).unwrap() + 1
}

#[test]
fn the_cases_are_built_and_stale_when_the_chapter_changes() {
    let mini = Mini::new(&[(NAME, CHAPTER)]);
    let said = mini.fail(&["build", "--check"]);
    assert!(said.contains("notebooks/checks/double.csv is not what notebooks/01_sums.rs makes"), "{said}");
    let said = mini.succeed(&["build"]);
    assert!(said.contains("wrote notebooks/checks/double.csv\nwrote notebooks/checks/running_sum.csv\n"), "{said}");
    assert_eq!(names(&mini.path("notebooks/checks")), ["double.csv", "running_sum.csv"]);
    mini.succeed(&["build", "--check"]);
    let first = mini.read("notebooks/checks/double.csv");
    assert!(first.contains("case,a fraction\ninput,x,number,0.5\nexpected,y,number,1.0\n"), "{first}");
    assert!(first.contains("wrong,y,number,9.0\n") && !first.contains("random"), "{first}");

    mini.write(&format!("notebooks/{NAME}.rs"), &CHAPTER.replace("a fraction: 0.5", "a fraction: 0.25"));
    let said = mini.fail(&["build", "--check"]);
    assert!(said.contains("double.csv is not what") && said.contains("run `cargo run -- build`"), "{said}");
    mini.succeed(&["build"]);
    assert!(mini.read("notebooks/checks/double.csv").contains("input,x,number,0.25"));
    mini.write("notebooks/checks/old.csv", "");
    let said = mini.fail(&["build", "--check"]);
    assert!(said.contains("notebooks/checks/old.csv has no exercise: delete it"), "{said}");
    mini.succeed(&["build", "--graded"]);
}

#[test]
fn words_of_a_check_and_rows_that_somebody_has_changed_are_noticed_and_no_other_file_is_written() {
    let mini = Mini::new(&[(NAME, CHAPTER)]);
    mini.succeed(&["build"]);
    let other = mini.read("notebooks/checks/running_sum.csv");
    for (from, to) in [
        ("Twice is two times.", "Twice is once and once."),
        ("What is twice 3?", "What is twice 4?"),
        ("Twice x is x + x,", "Twice x is two x,"),
        ("Exercise 1: double", "Exercise 1: twice"),
    ] {
        assert!(CHAPTER.contains(from), "{from}");
        mini.write(&format!("notebooks/{NAME}.rs"), &CHAPTER.replace(from, to));
        let said = mini.fail(&["build", "--check"]);
        assert!(said.contains("double.csv is not what") && !said.contains("running_sum.csv"), "{said}");
        mini.succeed(&["build"]);
        assert!(mini.read("notebooks/checks/double.csv").contains(to), "{to}");
    }
    assert_eq!(mini.read("notebooks/checks/running_sum.csv"), other);

    let built = mini.read("notebooks/checks/double.csv");
    mini.write("notebooks/checks/double.csv", &built.replace("expected,y,number,1.0", "expected,y,number,1.5"));
    let said = mini.fail(&["build", "--check"]);
    assert!(said.contains("double.csv is not what"), "{said}");
    mini.succeed(&["build"]);
    assert_eq!(mini.read("notebooks/checks/double.csv"), built);
}

#[test]
fn what_cannot_be_a_known_mistake_is_refused_with_its_line() {
    let mistake = line("// x is squared");
    for (from, to, place, message) in [
        (
            "`2.0 * x` => `x * x`",
            "`2.0 * x` => `x + x`",
            mistake,
            "gives the right values in every case: add a case in which it does not",
        ),
        ("`2.0 * x` => `x * x`", "`2.0 * x` => `x * y`", mistake, "cannot find value `y`"),
        ("`2.0 * x` => `x * x`", "`2.0 * x` => `panic!()`", mistake, "stops in every case, so no value tells it"),
        (
            "//   Twice x is x + x, not x times x.",
            "//   Twice x is x + x, not x times x.\n    // a power: `2.0 * x` => `x.powi(2)`\n    //   The same.",
            mistake + 2,
            "gives the same as `x is squared`: add a case that tells them apart, or join them",
        ),
        (
            "//   Twice x is x + x, not x times x.",
            "// or `2.0 * x` => `x * 2.0`\n    //   Twice x is x + x, not x times x.",
            mistake,
            "`x is squared`, form 2 gives the right values in every case",
        ),
    ] {
        let said = course(from, to).fail(&["build"]);
        let place = format!("notebooks/01_sums.rs:{place}: the mistake `");
        assert!(said.contains(&place) && said.contains(message), "{place}… {message}\nis not said in\n{said}");
    }
}

#[test]
fn a_solution_a_case_or_a_part_that_fails_is_refused() {
    let case = |begin: &str| format!("notebooks/01_sums.rs:{}: this case: ", line(begin));
    let (public, hidden) = (case("// a fraction: 0.5"), case("// random.uniform(-5.0, 5.0)"));
    for (from, to, messages) in [
        (
            "2.0 * x\n        // STUB",
            "[2.0 * x][(x < 1.0) as usize]\n        // STUB",
            ["the solution of `double` stops in the case `a fraction` (x = 0.5)", "An index lies outside its array"],
        ),
        ("a fraction: 0.5", "a fraction: half()", [public.as_str(), "cannot find function `half`"]),
        ("random.uniform(-5.0, 5.0)", "random.even(-5.0)", [hidden.as_str(), "no method named `even`"]),
        (
            "// HINTS\n    // y: What",
            "// PARTS\n    // z, within 1 %\n    // HINTS\n    // y: What",
            [
                "notebooks/01_sums.rs: the part `z, within 1 %` of `double` is in no result of its solution",
                "it gives y",
            ],
        ),
        (
            "a fraction: 0.5",
            "a fraction: \"half\"",
            ["the solution of `double` stops", "this function takes a f64 there"],
        ),
    ] {
        let said = course(from, &to.replace("`2.0 * x`", "")).fail(&["build"]);
        for message in messages {
            assert!(said.contains(message), "{message}\nis not said in\n{said}");
        }
    }
}

#[test]
fn two_chapters_cannot_ask_the_same_exercise() {
    let mini = Mini::new(&[(NAME, CHAPTER), ("02_more", CHAPTER)]);
    let said = mini.fail(&["build"]);
    assert!(said.contains("notebooks/02_more.rs: the exercise `double` is in 01_sums too"), "{said}");
}
