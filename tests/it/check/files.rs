//! The file of an exercise: written and read without loss, and a bad line is named.

use std::fs;
use std::path::Path;

use neurobook::check::{Case, Exercise, Hint, Mistake, Part, Value, Values};
use neurobook::prelude::Complex64;

fn values(named: &[(&str, Value)]) -> Values {
    let mut values = Values::new();
    named.iter().for_each(|(name, value)| values.insert(*name, value.clone()));
    values
}

fn number(number: f64) -> Value {
    Value::Number(number.into())
}

fn example() -> Exercise {
    let expected = values(&[("y", number(6.0)), ("word", Value::Text("a,\n\"b\"".into()))]);
    let wrong = values(&[("y", Value::Number(Complex64::new(9.0, f64::INFINITY))), ("word", Value::Text("".into()))]);
    Exercise {
        id: "double".into(),
        title: "Exercise 1, \"double\"".into(),
        parts: vec![Part::parse("size: size of y, within 1 %").unwrap(), Part::whole("word")],
        cases: vec![
            Case {
                name: "one, two".into(),
                inputs: values(&[("x", number(3.0))]),
                expected: expected.clone(),
                is_hidden: false,
            },
            Case { name: "".into(), inputs: Values::new(), expected, is_hidden: false },
        ],
        mistakes: vec![Mistake {
            name: "squared".into(),
            explanation: "Not\nso.".into(),
            forms: vec![vec![Some(wrong.clone()), None], vec![None, Some(wrong)]],
        }],
        hints: vec![Hint { part: "y".into(), from_index: 2, text: "Think.".into() }],
        lesson: "Twice.".into(),
        hidden: 10,
    }
}

#[test]
fn an_exercise_is_read_back_as_it_was_written() {
    let written = example();
    assert_eq!(Exercise::from_csv(&written.to_csv()).unwrap(), written);
}

#[test]
fn a_result_may_have_a_name_that_parts_use_or_be_an_expression() {
    for name in ["sign", "size", "re", "im", "words", "of", "p.x", "p.x + 1.0", "pair[0]", "f(a, b)"] {
        let written = Exercise { parts: vec![Part::whole(name)], ..example() };
        assert_eq!(Exercise::from_csv(&written.to_csv()).unwrap(), written, "{name}");
    }
}

#[test]
fn the_files_of_the_course_are_written_as_they_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks/checks");
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let (first, rest) = text.split_once('\n').unwrap();
        assert!(first.starts_with("reference,"), "{first}");
        assert_eq!(Exercise::from_csv(&text).unwrap().to_csv(), rest);
    }
}

#[test]
fn a_mistake_shares_what_it_does_not_change_with_the_right_answer() {
    let mut exercise = example();
    exercise.mistakes[0].forms[0][0].as_mut().unwrap().insert("unchanged", number(1.0));
    exercise.cases.iter_mut().for_each(|case| case.expected.insert("unchanged", number(1.0)));
    let text = exercise.to_csv();
    assert_eq!(text.matches("wrong,unchanged").count(), 0);
    let read = Exercise::from_csv(&text).unwrap();
    assert_eq!(read.mistakes[0].forms[0][0].as_ref().unwrap().get("unchanged"), Some(&number(1.0)));
}

#[test]
fn a_mistake_may_lack_a_result() {
    let mut exercise = example();
    exercise.mistakes[0].forms[0][0] = Some(values(&[("word", Value::Text("a".into()))]));
    let text = exercise.to_csv();
    assert!(text.contains("lacks,y\n"), "{text}");
    assert_eq!(Exercise::from_csv(&text).unwrap(), exercise);
}

#[test]
fn a_bad_line_is_named() {
    let good = "exercise,double,Double,0\npart,y\ncase,one\ninput,x,number,3\nexpected,y,number,6\nmistake,m,No.\nform\ngives\nwrong,y,number,9\n";
    assert!(Exercise::from_csv(good).is_ok());
    for (from, to, message) in [
        ("exercise,double,Double,0", "exercise,double,Double,few", "line 1: `few` is not a number of cases"),
        ("exercise,double,Double,0", "exercise,double", "line 1: no row begins so: exercise,double"),
        ("exercise,double,Double,0\n", "", "it names no exercise"),
        ("part,y", "part,y, within a mile", "line 2: no row begins so: part,y, within a mile"),
        ("part,y", "part,\"y, within a mile\"", "line 2: `a mile` is not a distance"),
        ("part,y", "hint,y,first,Think.", "line 2: `first` is not an index"),
        ("case,one", "cases,one", "line 3: no row begins so: cases,one"),
        ("case,one\n", "", "line 3: there is no case above it"),
        ("number,3", "number,three", "line 4: x: `three` is not a number"),
        ("mistake,m,No.\n", "", "line 6: there is no mistake above it"),
        ("form\n", "", "line 7: there is no form above it"),
        ("gives\n", "", "line 8: there is no gives above it"),
        ("gives", "stops", "line 9: a value of a form that stops"),
        ("gives\nwrong,y,number,9\n", "", "a mistake with 0 cases, and there are 1"),
        ("wrong,y,number,9", "gives", "line 9: a mistake with more cases than there are"),
        ("wrong,y,number,9", "stops", "a mistake with 2 cases, and there are 1"),
    ] {
        let text = good.replacen(from, to, 1);
        assert_eq!(Exercise::from_csv(&text).unwrap_err(), message, "{text}");
    }
    assert_eq!(Exercise::from_csv("").unwrap_err(), "it names no exercise");
}
