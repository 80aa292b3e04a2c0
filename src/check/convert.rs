//! Between Rust's types and [`Values`]: what an exercise's function may take and give back.

use super::value::{Value, Values};
use crate::{Figure, Trajectory};
use ndarray::{Array1, Array2};
use num_complex::Complex64;

/// A result, or an argument that a teacher writes, as named values.
pub trait ToValues {
    /// Adds this value under the name, or its parts under `name.part`.
    fn put(&self, name: &str, values: &mut Values);
}

/// An argument, made from named values.
pub trait FromValues: Sized {
    /// The value of this name.
    ///
    /// # Errors
    /// When there is none, or one of another kind.
    fn take(values: &Values, name: &str) -> Result<Self, String>;
}

/// What is in an array: a number or a word.
pub trait Scalar: Sized {
    /// The number or the word.
    fn to_value(&self) -> Value;
    /// The number or the word, from a value.
    fn from_value(value: &Value) -> Option<Self>;
}

/// Scalars whose lists and arrays are converted by functions that the crate has compiled, and not each learner's cell.
pub trait Collected: Scalar {
    /// A list, from the value of this name.
    ///
    /// # Errors
    /// When there is none, or it is another thing.
    fn take_list(values: &Values, name: &str) -> Result<Vec<Self>, String>;
    /// An array with one axis, likewise.
    ///
    /// # Errors
    /// Those of a list.
    fn take_array(values: &Values, name: &str) -> Result<Array1<Self>, String>;
    /// An array with two axes, likewise.
    ///
    /// # Errors
    /// When there is none, or it is another thing.
    fn take_matrix(values: &Values, name: &str) -> Result<Array2<Self>, String>;
    /// Adds a list under the name.
    fn put_list(list: &[Self], name: &str, values: &mut Values);
    /// Adds an array with one axis.
    fn put_array(array: &Array1<Self>, name: &str, values: &mut Values);
    /// Adds an array with two axes.
    fn put_matrix(matrix: &Array2<Self>, name: &str, values: &mut Values);
}

impl Scalar for Complex64 {
    fn to_value(&self) -> Value {
        Value::Number(*self)
    }

    fn from_value(value: &Value) -> Option<Complex64> {
        match value {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }
}

impl Scalar for f64 {
    fn to_value(&self) -> Value {
        Value::Number(Complex64::from(*self))
    }

    fn from_value(value: &Value) -> Option<f64> {
        Complex64::from_value(value).filter(|number| number.im == 0.0).map(|number| number.re)
    }
}

/// Whole numbers travel as `f64`, which holds them exactly up to 2^53.
macro_rules! whole_numbers {
    ($($kind:ty),*) => {$(
        impl Scalar for $kind {
            fn to_value(&self) -> Value {
                (*self as f64).to_value()
            }

            fn from_value(value: &Value) -> Option<$kind> {
                let number = f64::from_value(value)?;
                (number as $kind as f64 == number).then_some(number as $kind)
            }
        }
    )*};
}
whole_numbers!(usize, u8, u32, u64, i32, i64, isize);

impl Scalar for bool {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn from_value(value: &Value) -> Option<bool> {
        String::from_value(value)?.parse().ok()
    }
}

impl Scalar for String {
    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }

    fn from_value(value: &Value) -> Option<String> {
        match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

/// A word that a function gives back. As an argument it is a `String`.
impl ToValues for &str {
    fn put(&self, name: &str, values: &mut Values) {
        self.to_string().put(name, values);
    }
}

impl<const N: usize> ToValues for [&str; N] {
    fn put(&self, name: &str, values: &mut Values) {
        self.map(str::to_owned).put(name, values);
    }
}

impl ToValues for Vec<&str> {
    fn put(&self, name: &str, values: &mut Values) {
        values.insert(name, Value::Texts(self.iter().map(|text| text.to_string()).collect()));
    }
}

macro_rules! scalars {
    ($($kind:ty),*) => {$(
        impl ToValues for $kind {
            fn put(&self, name: &str, values: &mut Values) {
                values.insert(name, self.to_value());
            }
        }

        impl FromValues for $kind {
            fn take(values: &Values, name: &str) -> Result<$kind, String> {
                <$kind>::from_value(found(values, name)?).ok_or_else(|| unfit(name, stringify!($kind)))
            }
        }

        impl Collected for $kind {
            fn take_list(values: &Values, name: &str) -> Result<Vec<$kind>, String> {
                list_of(values, name)
            }

            fn take_array(values: &Values, name: &str) -> Result<Array1<$kind>, String> {
                list_of(values, name).map(Array1::from_vec)
            }

            fn take_matrix(values: &Values, name: &str) -> Result<Array2<$kind>, String> {
                matrix_of(values, name)
            }

            fn put_list(list: &[$kind], name: &str, values: &mut Values) {
                values.insert(name, to_list(&mut list.iter()));
            }

            fn put_array(array: &Array1<$kind>, name: &str, values: &mut Values) {
                values.insert(name, to_list(&mut array.iter()));
            }

            fn put_matrix(matrix: &Array2<$kind>, name: &str, values: &mut Values) {
                values.insert(name, to_matrix(matrix.shape().to_vec(), &mut matrix.iter()));
            }
        }
    )*};
}
scalars!(f64, Complex64, usize, u8, u32, u64, i32, i64, isize, bool, String);

impl<T: Collected> ToValues for Vec<T> {
    fn put(&self, name: &str, values: &mut Values) {
        T::put_list(self, name, values);
    }
}

impl<T: Collected> FromValues for Vec<T> {
    fn take(values: &Values, name: &str) -> Result<Vec<T>, String> {
        T::take_list(values, name)
    }
}

impl<T: Collected, const N: usize> ToValues for [T; N] {
    fn put(&self, name: &str, values: &mut Values) {
        T::put_list(self, name, values);
    }
}

impl<T: Collected, const N: usize> FromValues for [T; N] {
    fn take(values: &Values, name: &str) -> Result<[T; N], String> {
        T::take_list(values, name)?.try_into().map_err(|_| unfit(name, "array of this length"))
    }
}

impl<T: Collected, const ROWS: usize, const COLUMNS: usize> ToValues for [[T; COLUMNS]; ROWS] {
    fn put(&self, name: &str, values: &mut Values) {
        values.insert(name, to_matrix(vec![ROWS, COLUMNS], &mut self.iter().flatten()));
    }
}

impl<T: Collected, const ROWS: usize, const COLUMNS: usize> FromValues for [[T; COLUMNS]; ROWS] {
    fn take(values: &Values, name: &str) -> Result<[[T; COLUMNS]; ROWS], String> {
        let mut scalars = T::take_matrix(values, name)
            .ok()
            .filter(|matrix| matrix.dim() == (ROWS, COLUMNS))
            .ok_or_else(|| unfit(name, "matrix of this size"))?
            .into_iter();
        // There are as many as the shape says.
        Ok(std::array::from_fn(|_| std::array::from_fn(|_| scalars.next().expect("the shape was compared"))))
    }
}

impl<T: Collected> ToValues for Array1<T> {
    fn put(&self, name: &str, values: &mut Values) {
        T::put_array(self, name, values);
    }
}

impl<T: Collected> FromValues for Array1<T> {
    fn take(values: &Values, name: &str) -> Result<Array1<T>, String> {
        T::take_array(values, name)
    }
}

impl<T: Collected> ToValues for Array2<T> {
    fn put(&self, name: &str, values: &mut Values) {
        T::put_matrix(self, name, values);
    }
}

impl<T: Collected> FromValues for Array2<T> {
    fn take(values: &Values, name: &str) -> Result<Array2<T>, String> {
        T::take_matrix(values, name)
    }
}

impl ToValues for Trajectory {
    fn put(&self, name: &str, values: &mut Values) {
        self.times.put(&format!("{name}.times"), values);
        self.states.put(&format!("{name}.states"), values);
        self.names.put(&format!("{name}.names"), values);
    }
}

impl FromValues for Trajectory {
    fn take(values: &Values, name: &str) -> Result<Trajectory, String> {
        Trajectory::new(
            FromValues::take(values, &format!("{name}.times"))?,
            FromValues::take(values, &format!("{name}.states"))?,
            FromValues::take(values, &format!("{name}.names"))?,
        )
        .map_err(|error| error.to_string())
    }
}

/// A figure is what it draws: the words around each panel, and the coordinates of its series.
impl ToValues for Figure {
    fn put(&self, _: &str, values: &mut Values) {
        for (number, panel) in self.panels().iter().enumerate() {
            let of_panel = counted("panel", number);
            for (index, series) in panel.series.iter().enumerate() {
                let which = counted("series", index) + &of_panel;
                series.x.put(&format!("horizontal_axis{which}"), values);
                series.y.put(&format!("vertical_axis{which}"), values);
                if !series.values.is_empty() {
                    series.values.put(&format!("matrix{which}"), values);
                }
            }
            panel.title.put(&format!("title{of_panel}"), values);
            panel.x.label.put(&format!("horizontal_label{of_panel}"), values);
            panel.y.label.put(&format!("vertical_label{of_panel}"), values);
            panel.color_bar.clone().unwrap_or_default().put(&format!("color_bar{of_panel}"), values);
        }
    }
}

/// Nothing for the first of its kind, `_of_panel_2` for the second.
fn counted(kind: &str, index: usize) -> String {
    if index == 0 { String::new() } else { format!("_of_{kind}_{}", index + 1) }
}

impl<T: ToValues> ToValues for &T {
    fn put(&self, name: &str, values: &mut Values) {
        (**self).put(name, values);
    }
}

fn found<'a>(values: &'a Values, name: &str) -> Result<&'a Value, String> {
    values.get(name).ok_or_else(|| format!("there is no value for the argument {name}"))
}

fn unfit(name: &str, kind: &str) -> String {
    format!("the argument {name} does not fit: this function takes a {kind} there")
}

fn to_list<T: Scalar>(scalars: &mut dyn ExactSizeIterator<Item = &T>) -> Value {
    to_matrix(vec![scalars.len()], scalars)
}

fn to_matrix<T: Scalar>(shape: Vec<usize>, scalars: &mut dyn Iterator<Item = &T>) -> Value {
    let (mut numbers, mut texts) = (Vec::new(), Vec::new());
    for scalar in scalars {
        match scalar.to_value() {
            Value::Number(number) => numbers.push(number),
            Value::Text(text) => texts.push(text),
            Value::Numbers { .. } | Value::Texts(_) => {}
        }
    }
    if texts.is_empty() { Value::Numbers { shape, values: numbers } } else { Value::Texts(texts) }
}

fn list_of<T: Scalar>(values: &Values, name: &str) -> Result<Vec<T>, String> {
    let value = found(values, name)?;
    let one_axis = value.shape().len() == 1;
    one_axis.then(|| scalars_of(value)).flatten().ok_or_else(|| unfit(name, "list"))
}

fn matrix_of<T: Scalar>(values: &Values, name: &str) -> Result<Array2<T>, String> {
    let value = found(values, name)?;
    let shape: [usize; 2] = value.shape().try_into().map_err(|_| unfit(name, "matrix"))?;
    scalars_of(value).and_then(|all| Array2::from_shape_vec(shape, all).ok()).ok_or_else(|| unfit(name, "matrix"))
}

fn scalars_of<T: Scalar>(value: &Value) -> Option<Vec<T>> {
    match value {
        Value::Numbers { values, .. } => values.iter().map(|number| T::from_value(&Value::Number(*number))).collect(),
        Value::Texts(texts) => texts.iter().map(|text| T::from_value(&Value::Text(text.clone()))).collect(),
        Value::Number(_) | Value::Text(_) => None,
    }
}
