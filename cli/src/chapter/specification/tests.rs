use crate::chapter::{Chapter, Variant};
use crate::notebook::from_chapter::notebook;

use super::*;

/// A chapter with one exercise, whose check line is line 11 of the source and has these lines below it.
fn source(sections: &str) -> String {
    let sections: String = sections.lines().map(|line| format!("    {line}\n")).collect();
    format!(
        "fn main() {{
    // %% [markdown]
    // # Title
    // %% exercise id=double points=1
    // SOLUTION
    fn double(x: f64, y: f64) -> f64 {{ 2.0 * x + y * y }}
    // STUB
    // fn double(x: f64, y: f64) -> f64 {{ blank!(\"twice\") }}
    // END
    // %% check
    check!(double(x, &y) -> z);
{sections}    // %% [markdown] hint
    // one
    // %% [markdown] hint
    // two
}}
"
    )
}

fn chapter(text: &str) -> Chapter {
    Chapter::parse("notebooks/01_x.rs", text).unwrap()
}

fn read(sections: &str) -> Specification {
    chapter(&source(sections)).specifications().next().unwrap().1.clone()
}

fn messages(text: &str) -> Vec<String> {
    Chapter::parse("notebooks/01_x.rs", text).unwrap_err().messages()
}

const COMPLETE: &str = "\
// TITLE Exercise 1: double
// GIVEN
// fn three() -> f64 {
//     3.0
// }
// CASES
// two numbers: three(), 0.5
// a pair, and a text: f(1.0, [2.0, 3.0]),
//   \"a, (b\".len() as f64
// HIDDEN 10
// random.uniform(-5.0, 5.0), 1.0
// HIDDEN 2
// 0.0, random.uniform(0.0, 1.0)
// PARTS
// z, within 1 %
// sign: sign of z
// MISTAKES
// x is squared: `2.0 * x` => `x * x`
// or `2.0 * x` => `x.powi(2)` and `y * y` => ``
//   Twice x is x + x,
//   not x times x.
//
// y is lost: `y * y` => `0.0`
//   Look at y.
// HINTS
// z: What is
//   twice 3?
// sign[2]: Later.
// LESSON
// Twice is
// two times.
// END
";

#[test]
fn a_complete_specification_is_read_as_it_is_written() {
    let read = read(COMPLETE);
    assert_eq!((read.call.exercise.as_str(), &read.call.arguments[..]), ("double", &["x".into(), "y".into()][..]));
    assert_eq!(read.call.text, "double(x, &y) -> z");
    assert_eq!(read.title.as_deref(), Some("Exercise 1: double"));
    assert_eq!(read.given, ["fn three() -> f64 {", "    3.0", "}"]);
    let case = |line, name: &str, arguments: [&str; 2]| Case {
        name: name.into(),
        arguments: arguments.map(String::from).into(),
        line,
    };
    assert_eq!(
        read.cases,
        [
            case(17, "two numbers", ["three()", "0.5"]),
            case(18, "a pair, and a text", ["f(1.0, [2.0, 3.0])", "\"a, (b\".len() as f64"])
        ]
    );
    assert_eq!(read.hidden.iter().map(|hidden| (hidden.times, hidden.line)).collect::<Vec<_>>(), [(10, 21), (2, 23)]);
    assert_eq!(
        (read.hidden[1].arguments.join(" | "), read.hidden_cases()),
        ("0.0 | random.uniform(0.0, 1.0)".into(), 12)
    );
    assert_eq!(read.parts, [Part::parse("z, within 1 %").unwrap(), Part::parse("sign: sign of z").unwrap()]);
    let change = |from: &str, to: &str| Replacement { from: from.into(), to: to.into() };
    assert_eq!(
        read.mistakes,
        [
            Misconception {
                name: "x is squared".into(),
                explanation: "Twice x is x + x, not x times x.".into(),
                line: 28,
                forms: vec![
                    vec![change("2.0 * x", "x * x")],
                    vec![change("2.0 * x", "x.powi(2)"), change("y * y", "")]
                ],
            },
            Misconception {
                name: "y is lost".into(),
                explanation: "Look at y.".into(),
                line: 33,
                forms: vec![vec![change("y * y", "0.0")]],
            },
        ]
    );
    let hint = |part: &str, from_index, text: &str| Hint { part: part.into(), from_index, text: text.into() };
    assert_eq!(read.hints, [hint("z", 0, "What is twice 3?"), hint("sign", 2, "Later.")]);
    assert_eq!(read.lesson, "Twice is two times.");
}

#[test]
fn a_notebook_shows_the_check_and_nothing_of_the_sections() {
    let with = chapter(&source(COMPLETE));
    let without = chapter(&source(""));
    assert_eq!(without.specifications().count(), 0);
    for variant in [Variant::Student, Variant::Graded, Variant::Solution] {
        let (shown, plain) = (notebook(&with, variant), notebook(&without, variant));
        assert_eq!(shown.cells, plain.cells, "neither in a text nor in metadata");
        let json = shown.to_json();
        assert!(json.contains("check!(double(x, &y) -> z);"));
        for hidden in ["CASES", "HIDDEN", "random", "squared", "three", "Later", "Exercise 1", "two times"] {
            assert!(!json.contains(hidden), "{hidden}");
        }
    }
}

#[test]
fn the_program_of_a_chapter_keeps_the_check_alone() {
    let program = chapter(&source(COMPLETE)).program(Variant::Solution);
    assert!(program.contains("check!(double(x, &y) -> z);") && !program.contains("CASES"), "{program}");
}

#[test]
fn each_mistake_names_its_line_and_the_way_out() {
    let cases = [
        ("// CASES\n// a: 1.0, 2.0\n", "12: the sections of a check without END: add // END below them"),
        (
            "// CASES\n// a: 1.0, 2.0\n// END\n// more",
            "15: text below END: move it above the sections, or into a cell of its own",
        ),
        (
            "// CASES\n// a: 1.0, 2.0\nx();\n// END",
            "14: a line without // in the sections of a check: add it, or end them with // END",
        ),
        ("// CASES a: 1.0\n// b: 1.0, 2.0\n// END", "12: `a: 1.0` after CASES: put it on a line of its own"),
        ("// HIDDEN\n// 1.0, 2.0\n// END", "12: HIDDEN without a number: write `HIDDEN 10`, at most 200"),
        ("// HIDDEN ten\n// 1.0, 2.0\n// END", "12: HIDDEN without a number: write `HIDDEN 10`, at most 200"),
        ("// HIDDEN 0\n// 1.0, 2.0\n// END", "12: HIDDEN without a number: write `HIDDEN 10`, at most 200"),
        ("// HIDDEN 201\n// 1.0, 2.0\n// END", "12: HIDDEN without a number: write `HIDDEN 10`, at most 200"),
        ("// HIDDEN 2\n// 1.0\n// END", "13: 1 argument for the 2 of the check: write x, y"),
        ("// CASES\n// 1.0, 2.0\n// END", "13: a case without a name: write `what is special about it: 1.0, 2.0`"),
        ("// CASES\n// a: 1.0\n// END", "13: 1 argument for the 2 of the check: write x, y"),
        ("// CASES\n// a: 1.0, 2.0, 3.0\n// END", "13: 3 arguments for the 2 of the check: write x, y"),
        ("// TITLE A\n// END", "12: a check without a case: add // CASES and `what is special about it: …`"),
        ("// PARTS\n// z, about 1\n// END", "13: `about 1`: write `within 1 %`, `within 0.01` or `word = word`"),
        ("// HINTS\n// Think.\n// END", "13: a hint without a place: write `x: …`, or `x[2]: …` for index 2 and later"),
        ("// HINTS\n// z[two]: Think.\n// END", "13: `z[two]` is not a place: write `x` or `x[2]`"),
        ("// MISTAKES\n//   Why.\n// END", "13: an explanation without a mistake above it"),
        ("// MISTAKES\n// or `2.0` => `3.0`\n// END", "13: `or` without a mistake above it"),
        (
            "// MISTAKES\n// a: `2.0` => `3.0`\n// END",
            "13: the mistake `a` has no explanation: add one below it, indented by two further spaces",
        ),
        (
            "// MISTAKES\n// a: `3.0` => `2.0`\n//   Why.\n// END",
            "13: `3.0` is not in the solution: name a text that stands there once",
        ),
        (
            "// MISTAKES\n// a: `y` => `x`\n//   Why.\n// END",
            "13: `y` stands 3 times in the solution: name a text that stands there once",
        ),
    ];
    for (sections, message) in cases {
        let found = messages(&source(sections));
        assert!(found.iter().any(|found| found == message), "{message}\nis not said of\n{sections}\nbut {found:#?}");
    }
}

#[test]
fn what_is_no_mistake_is_told_how_to_write_one() {
    let message = "13: not a mistake: write ``its name: `text of the solution` => `text in its place` ``";
    for line in [
        "x is squared",
        "`2.0` => `3.0`",
        "a: 2.0 => 3.0",
        "a: `2.0` -> `3.0`",
        "a: `2.0` => `3.0",
        "a: `2.0` => `3.0` and",
        "a: `2.0` => `3.0` or `2.0` => `4.0`",
        "a: `2.0`",
        "a: `2.0` => `3.0` more",
    ] {
        let found = messages(&source(&format!("// MISTAKES\n// {line}\n//   Why.\n// END")));
        assert!(found.iter().any(|found| found == message), "{line}: {found:#?}");
    }
}

#[test]
fn a_check_that_is_not_the_line_of_its_exercise_is_refused() {
    let message = "12: not the check of `double`: write `check!(double(a, b) -> result);` above the sections";
    for check in [
        "assert!(true);",
        "check!(doubles(x) -> z);",
        "check!(double);",
        "check!(double(x) -> z) + 1;",
        "check!(double: x => z);",
    ] {
        let text = source("// CASES\n// a: 1.0, 2.0\n// END").replace("check!(double(x, &y) -> z);", check);
        assert_eq!(messages(&text), [message], "{check}");
    }
}

#[test]
fn an_id_that_is_no_name_of_a_function_cannot_have_cases() {
    let text = source("// CASES\n// a: 1.0, 2.0\n// END").replace("id=double", "id=my-double");
    assert_eq!(
        messages(&text),
        [
            "12: the id `my-double` is not a name of a function: a check with cases calls its exercise's function, so give both the same name"
        ]
    );
}

#[test]
fn a_call_is_read_in_every_form() {
    for (check, arguments) in [
        ("check!(f() -> a);", vec![]),
        ("check!(f(x) -> (a, b))", vec!["x"]),
        ("// The line.\ncheck!(f(\n    &x,\n    y,\n) -> z);", vec!["x", "y"]),
        ("check!( f (x) -> z );", vec!["x"]),
        ("check!(f: |x, y| f(Point { x, y }) => p: p.x, p.y);", vec!["x", "y"]),
        ("check!(f: || f() => p);", vec![]),
    ] {
        assert_eq!(Call::read(check, "f").unwrap().arguments, arguments, "{check}");
    }
}

#[test]
fn arguments_are_split_at_commas_outside_brackets_and_texts() {
    for (text, split) in [
        ("", vec![]),
        ("1.0", vec!["1.0"]),
        (" f(a, b) , [c, d], { e; g } ,", vec!["f(a, b)", "[c, d]", "{ e; g }"]),
        (r#""a, b", "\", c""#, vec![r#""a, b""#, r#""\", c""#]),
        ("a), b", vec!["a)", "b"]),
    ] {
        assert_eq!(arguments(text), split, "{text}");
    }
}
