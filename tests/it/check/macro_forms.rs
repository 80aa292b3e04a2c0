//! Every form of the line `check!(…)`, and what it says where an argument does not fit.

use neurobook::answer;
use neurobook::check::{Answer, ToValues, Value, Values};
use neurobook::prelude::{Array1, Complex64, array, check};

use super::passes;

struct Point {
    x: f64,
    y: f64,
}

/// What the answer gives for these arguments.
fn given(answer: &Answer, arguments: &[(&str, &dyn ToValues)]) -> Result<Vec<(String, f64)>, String> {
    let mut values = Values::new();
    for (name, argument) in arguments {
        argument.put(name, &mut values);
    }
    let given = answer(&values)?;
    Ok(given.iter().map(|(name, value)| (name.to_owned(), value.numbers()[0].re)).collect())
}

#[test]
fn arguments_are_handed_over_or_lent() {
    let twice = |x: f64| 2.0 * x;
    assert_eq!(given(&answer!(twice(x) -> y), &[("x", &3.0)]), Ok(vec![("y".into(), 6.0)]));
    assert_eq!(given(&answer!(twice(x,) -> y), &[("x", &3.0)]), Ok(vec![("y".into(), 6.0)]));
    let weighted = |x: &Array1<f64>, scale: f64, y: &[f64; 2]| scale * (x[0] * y[0] + x[1] * y[1]);
    let arguments: [(&str, &dyn ToValues); 3] = [("y", &[3.0, 4.0]), ("x", &array![1.0, 2.0]), ("scale", &10.0)];
    assert_eq!(given(&answer!(weighted(&x, scale, &y) -> sum), &arguments), Ok(vec![("sum".into(), 110.0)]));
    assert_eq!(given(&answer!(weighted(&x, scale, &y,) -> sum), &arguments), Ok(vec![("sum".into(), 110.0)]));
}

#[test]
fn a_function_may_have_no_arguments() {
    let constant = || 7.0;
    assert_eq!(given(&answer!(constant() -> c), &[]), Ok(vec![("c".into(), 7.0)]));
    assert_eq!(given(&answer!(seven: || constant() => c), &[]), Ok(vec![("c".into(), 7.0)]));
}

#[test]
fn a_result_of_several_parts_is_taken_apart() {
    let both = |x: f64| (x + 1.0, x + 2.0);
    let expected = Ok(vec![("one".into(), 1.0), ("two".into(), 2.0)]);
    assert_eq!(given(&answer!(both(x) -> (one, two)), &[("x", &0.0)]), expected);
    assert_eq!(given(&answer!(both(x) -> (one, two,)), &[("x", &0.0)]), expected);
}

#[test]
fn a_struct_is_given_and_taken_by_its_parts() {
    let mirrored = |point: Point| Point { x: point.y, y: point.x };
    let by_parts = answer!(mirror: |x, y| mirrored(Point { x, y }) => p: p.x, p.y);
    assert_eq!(given(&by_parts, &[("x", &1.0), ("y", &2.0)]), Ok(vec![("p.x".into(), 2.0), ("p.y".into(), 1.0)]));
    let placed = |x: f64| Point { x, y: -x };
    assert_eq!(
        given(&answer!(placed(x) -> p: p.x, p.y), &[("x", &1.0)]),
        Ok(vec![("p.x".into(), 1.0), ("p.y".into(), -1.0)])
    );
    let length = |point: Point| point.x.hypot(point.y);
    let other_call = answer!(length: |x, y,| length(Point { x, y }) => l);
    assert_eq!(given(&other_call, &[("x", &3.0), ("y", &4.0)]), Ok(vec![("l".into(), 5.0)]));
}

#[test]
fn a_call_of_another_form_may_give_a_tuple() {
    let split = |z: Complex64| (z.re, z.im);
    let answer = answer!(split: |re, im| split(Complex64::new(re, im)) => (a, b));
    assert_eq!(given(&answer, &[("re", &1.0), ("im", &2.0)]), Ok(vec![("a".into(), 1.0), ("b".into(), 2.0)]));
}

#[test]
fn both_forms_of_the_line_check_the_same_exercise() {
    fn linear_rate(matrix: [[f64; 2]; 2], x: [f64; 2]) -> [f64; 2] {
        matrix.map(|row| row[0] * x[0] + row[1] * x[1])
    }
    passes(&check!(linear_rate(matrix, x) -> rate));
    passes(&check!(linear_rate: |matrix, x| linear_rate(matrix, x) => rate));
}

#[test]
fn an_argument_that_is_missing_or_does_not_fit_is_named() {
    let count = |n: usize| n as f64;
    let answer = answer!(count(n) -> c);
    assert_eq!(given(&answer, &[]), Err("there is no value for the argument n".into()));
    let unfit = Err("the argument n does not fit: this function takes a usize there".to_owned());
    for wrong in [0.5, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(given(&answer, &[("n", &wrong)]), unfit, "{wrong}");
    }
    assert_eq!(given(&answer, &[("n", &"two")]), unfit);
    let real = |x: f64| x;
    assert!(given(&answer!(real(x) -> y), &[("x", &Complex64::i())]).unwrap_err().contains("takes a f64"));
    let first = |pair: [f64; 2]| pair[0];
    assert!(given(&answer!(first(pair) -> x), &[("pair", &[1.0; 3])]).unwrap_err().contains("array of this length"));
    let corner = |matrix: [[f64; 2]; 2]| matrix[0][0];
    assert!(given(&answer!(corner(m) -> x), &[("m", &[[1.0; 3]; 2])]).unwrap_err().contains("matrix of this size"));
}

#[test]
fn values_keep_their_order_and_the_first_of_a_name() {
    let mut values = Values::new();
    assert!(values.is_empty());
    for (name, number) in [("b", 1.0), ("a", 2.0), ("b", 3.0)] {
        values.insert(name, Value::Number(Complex64::from(number)));
    }
    assert_eq!(values.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["b", "a", "b"]);
    assert_eq!(values.get("b").unwrap().numbers()[0].re, 1.0);
    assert_eq!(values.get("c"), None);
}
