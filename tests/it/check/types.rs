//! Everything that an exercise's function may take and give back, there and back again.

use std::fmt::Debug;

use neurobook::Trajectory;
use neurobook::check::{FromValues, ToValues, Value, Values};
use neurobook::prelude::{Array1, Array2, Complex64, Figure, array};

fn put(value: &dyn ToValues) -> Values {
    let mut values = Values::new();
    value.put("v", &mut values);
    values
}

#[track_caller]
fn comes_back<T: ToValues + FromValues + PartialEq + Debug>(value: T) {
    assert_eq!(T::take(&put(&value), "v"), Ok(value));
}

#[test]
fn every_argument_comes_back_as_it_was() {
    for number in [0.0, -0.0, 0.1, -1e308, 5e-324, f64::INFINITY, f64::NEG_INFINITY] {
        comes_back(number);
    }
    comes_back(Complex64::new(0.1, -2.0));
    comes_back(7_usize);
    comes_back(255_u8);
    comes_back(7_u32);
    comes_back((1_u64 << 53) - 1);
    comes_back(-7_i32);
    comes_back(-(1_i64 << 53) + 1);
    comes_back(-7_isize);
    comes_back(true);
    comes_back("two\nlines, \"quoted\" and ä".to_owned());
    comes_back(vec![0.1, 0.2]);
    comes_back(vec![1_usize, 2, 3]);
    comes_back(vec![true, false]);
    comes_back(vec!["a".to_owned(), String::new()]);
    comes_back([0.1, 0.2, 0.3]);
    comes_back(["a".to_owned(), "b".to_owned()]);
    comes_back([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    comes_back([[Complex64::i(); 2]; 2]);
    comes_back(array![1.0, 2.0]);
    comes_back(array![Complex64::i()]);
    comes_back(array![[1_i32, 2], [3, 4], [5, 6]]);
    comes_back(Array2::<f64>::zeros((0, 3)));
    comes_back(Vec::<f64>::new());
    comes_back(Vec::<String>::new());
    comes_back(Array1::<usize>::zeros(0));
    assert!(f64::take(&put(&f64::NAN), "v").unwrap().is_nan());
}

#[test]
fn a_trajectory_comes_back_by_its_parts() {
    let run = Trajectory::new(array![0.0, 0.5], array![[1.0, 2.0], [3.0, 4.0]], vec!["a".into(), "b".into()]).unwrap();
    let values = put(&run);
    assert_eq!(values.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["v.times", "v.states", "v.names"]);
    let back = Trajectory::take(&values, "v").unwrap();
    assert_eq!((back.times, back.states, back.names), (run.times, run.states, run.names));
    assert!(Trajectory::take(&Values::new(), "v").is_err_and(|why| why.contains("v.times")));
}

#[test]
fn words_may_be_given_back_as_they_are_written() {
    assert_eq!(put(&"saddle").get("v"), Some(&Value::Text("saddle".into())));
    let words = Some(Value::Texts(vec!["a".into(), "b".into()]));
    assert_eq!(put(&["a", "b"]).get("v"), words.as_ref());
    assert_eq!(put(&vec!["a", "b"]).get("v"), words.as_ref());
    assert_eq!(put(&&&2.0), put(&2.0));
}

#[test]
fn a_figure_is_the_coordinates_of_its_series_and_the_words_around_them() {
    let figure = Figure::new().line([0.0, 1.0], [2.0, 3.0]).line([4.0], [5.0]);
    let values = put(&figure);
    let names: Vec<&str> = values.iter().map(|(name, _)| name).collect();
    let coordinates = ["horizontal_axis", "vertical_axis", "horizontal_axis_of_series_2", "vertical_axis_of_series_2"];
    assert_eq!(names[..4], coordinates);
    assert_eq!(names[4..], ["title", "horizontal_label", "vertical_label", "color_bar"]);
    assert_eq!(values.get("vertical_axis").unwrap().numbers()[1].re, 3.0);
    assert_eq!(put(&Figure::new().title("Decay")).get("title"), Some(&Value::Text("Decay".into())));
}
