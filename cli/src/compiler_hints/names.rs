//! Names that are not known, and things that are not what their name seems to say.

use super::Fault;

const POWER: &str = "A power is `x.powi(2)`, and `x.powf(0.5)` where the exponent is not a whole number.";
const PYTHONS: &str = "That is Python's. Here it is `Array1::zeros(n)`, `x.sin()`, `Figure::new()`.";
const PRINTED: &str = "A line is printed by `println!(\"{x}\");`.";
const NOTHING: &str =
    "Rust has no value for “nothing”. A number that is missing is `f64::NAN`, and `x.is_nan()` asks for it.";
const LARGEST: &str = "The largest of many numbers is `x.iter().copied().fold(f64::NAN, f64::max)`, the smallest the same with `f64::min`.";

/// A sentence about an error in a name.
pub(super) fn words(fault: &Fault) -> Option<&'static str> {
    Some(match fault.code {
        "E0425" | "E0412" | "E0432" | "E0433" => unknown(fault),
        "E0423" if fault.says("found macro `print") => "A line is printed by `println!(\"{x}\");`, with the `!`.",
        "E0423" | "E0573" if fault.says("found macro") => "The name of a macro ends in `!`: `vec![…]`, `array![…]`.",
        "E0423" if fault.says("builtin type `str`") => "A text is made of a value by `format!(\"{x}\")`.",
        "E0423" if fault.says("builtin type `f64`") => "A whole number becomes an `f64` by `k as f64`.",
        "E0423" if fault.says("builtin type") => "A number is converted by `as`: `k as f64`, `x as usize`.",
        "E0423" if fault.says("`Complex64`") => "A complex number is made by `Complex64::new(re, im)`.",
        "E0423" if fault.says("expected value") => {
            "What belongs to a type stands behind two colons: `Array1::zeros(n)`."
        }
        "E0423" => "A struct is made with its fields in braces: `Name { field: value }`.",
        "E0574" | "E0573" => "Something else has this name: look at its spelling.",
        "E0424" => {
            "A function that belongs to a struct names `&self` as its first argument: `fn count(&self) -> usize`."
        }
        "E0599" if fault.says("`pow`") => POWER,
        "E0599" if fault.label_says("field, not a method") => "This is a field: leave out the brackets behind it.",
        "E0599" if fault.says("`abs`") && fault.label_says("Complex<") => {
            "The size of a complex number is `z.norm()`, and its angle `z.arg()`."
        }
        "E0599" if matches!(fault.name(), "append" | "push") && fault.says("`ArrayBase<") => {
            "An array keeps its length: make it long enough with `Array1::zeros(n)`, and set its elements."
        }
        "E0599" => method(fault),
        "E0609" if fault.name() == "T" => "A matrix is turned over by `a.t()`.",
        "E0615" => "This is a method, and a method is called with brackets: `x.len()`.",
        "E0609" if fault.says("`Complex<") => "The parts of a complex number are `z.re` and `z.im`.",
        "E0609" if matches!(fault.name(), "size" | "length") => "The number of elements is `x.len()`.",
        "E0609" | "E0610" | "E0560" => {
            "There is no such field: look at its spelling and at the type of what it belongs to."
        }
        "E0616" => "This field is not public: look for a method that gives it.",
        _ => return None,
    })
}

/// A method that the type does not have.
fn method(fault: &Fault) -> &'static str {
    let is_list = fault.says("`Vec<") || fault.says("`[") || fault.says("`&[");
    let is_text = fault.says("`&str`") || fault.says("`&'static str`") || fault.says("`String`");
    match fault.name() {
        "max" | "min" => LARGEST,
        "sum" | "mean" | "std" | "var" | "dot" if is_list => {
            "A list does not calculate. An array does: `Array1::from_vec(list)`; or add it up by `list.iter().sum::<f64>()`."
        }
        "length" | "size" | "count" | "len" => "The number of elements is `x.len()`.",
        "transpose" | "T" => "A matrix is turned over by `a.t()`.",
        "format" if is_text => "Values go into a text by `format!(\"{x}\")`.",
        "strip" if is_text => "Spaces at both ends are taken off by `text.trim()`.",
        "lower" | "upper" if is_text => {
            "Small letters are made by `text.to_lowercase()`, large ones by `text.to_uppercase()`."
        }
        "startswith" | "endswith" if is_text => "That is `text.starts_with(\"a\")`, and `text.ends_with(\"a\")`.",
        "sqrt" | "sin" | "cos" | "tan" | "exp" | "ln" | "abs" | "powf" | "tanh"
            if fault.says("`usize`") || fault.says("integer") =>
        {
            "A whole number has no such function: make an `f64` of it first, `(n as f64).sqrt()`."
        }
        "sqrt" | "sin" | "cos" | "tan" | "exp" | "ln" | "abs" | "powi" | "powf" | "tanh"
            if is_list || fault.says("`ArrayBase<") =>
        {
            "This works on one number. For each element of an array it is `x.mapv(|v| v.sin())`."
        }
        _ if fault.says("enum `Option") => super::types::MAYBE,
        _ => "The type has no such method: look at its spelling and at the type of what stands before the point.",
    }
}

fn unknown(fault: &Fault) -> &'static str {
    let is_function = fault.says("cannot find function");
    match fault.name() {
        "np" | "numpy" | "plt" | "math" | "cmath" | "scipy" => PYTHONS,
        "True" | "False" => "Rust writes `true` and `false` with small letters.",
        "float" | "double" | "real" | "int" | "integer" | "complex" if fault.says("cannot find type") => {
            "A real number is an `f64`, a count or an index is a `usize`, a complex number is a `Complex64`."
        }
        "nan" | "NaN" | "NAN" | "inf" | "Inf" if !is_function => "They are written `f64::NAN` and `f64::INFINITY`.",
        "null" | "nil" | "NULL" => NOTHING,
        "pass" => "Rust needs no `pass`: an empty block is `{ }`.",
        "end" if fault.line_begins("end") => "A block ends with `}`.",
        "i" | "j" | "I" if !is_function => {
            "Nothing of this name is known here. The imaginary unit is `Complex64::I`; an index comes from a loop, `for i in 0..n`."
        }
        "pi" | "Pi" => "The constant is written `PI`.",
        "ndarray" | "num_complex" | "rand" | "rand_distr" => {
            "This crate comes with `neurobook`, and its name stands behind it: `use neurobook::ndarray::Axis;`."
        }
        "Axis" | "Array" | "Array3" | "ArrayView1" | "ArrayView2" | "ArrayViewMut1" | "Zip" => {
            "That is in the crate of the arrays: `use neurobook::ndarray::Axis;`, with its name in the place of `Axis`."
        }
        "pow" => POWER,
        "len" => "The number of elements is `x.len()`.",
        "range" => "A range is written with two points: `for k in 0..n`.",
        "printf" | "disp" | "fprintf" | "echo" => PRINTED,
        "int" if is_function => {
            "A number is cut to a whole one by `x as i64`, and a text is read by `text.parse::<i64>()?`."
        }
        "float" | "double" if is_function => {
            "A whole number becomes an `f64` by `k as f64`, and a text is read by `text.parse::<f64>()?`."
        }
        "str" | "repr" if is_function => "A text is made of a value by `format!(\"{x}\")`.",
        "sum" if is_function => "The sum of an array is `x.sum()`, and of a list `x.iter().sum::<f64>()`.",
        "sorted" | "sort" if is_function => "A list of numbers is sorted by `list.sort_by(f64::total_cmp);`.",
        "enumerate" if is_function => "Elements with their indices are `for (k, x) in list.iter().enumerate()`.",
        "zip" if is_function => "Two lists side by side are `for (a, b) in one.iter().zip(&other)`.",
        "reversed" if is_function => "Backwards is `(0..n).rev()`, and `list.iter().rev()`.",
        "list" | "tuple" | "set" | "dict" if is_function => {
            "A list is made by `vec![1.0, 2.0]`, an array by `array![1.0, 2.0]`."
        }
        "input" if is_function => "A cell cannot read from the keyboard: write the value into the cell.",
        "open" if is_function => "The text of a file is read by `std::fs::read_to_string(\"name.csv\")?`.",
        "isnan" if is_function => "Whether a number is NaN is asked by `x.is_nan()`.",
        "plot" | "figure" | "scatter" | "imshow" if is_function => {
            "A figure is drawn by `Figure::new().line(&t, &x).show();`."
        }
        "max" | "min" => "The larger of two numbers is `a.max(b)`, the smaller `a.min(b)`.",
        "zeros" | "ones" | "linspace" | "arange" if is_function => {
            "An array is made by its type: `Array1::zeros(n)`, `Array1::linspace(0.0, 1.0, n)`."
        }
        "sin" | "cos" | "tan" | "exp" | "sqrt" | "abs" | "ln" | "log" | "log10" | "tanh" | "atan2" | "round"
        | "floor"
            if is_function =>
        {
            "A function of a number stands behind it: `x.sin()`, `x.exp()`, `x.sqrt()`."
        }
        _ if fault.help_says("introduce a new binding") => "A new variable begins with `let`: `let x = 1.0;`.",
        _ if matches!(fault.code, "E0432" | "E0433") => {
            "Nothing of this name is known here. Is `use neurobook::prelude::*;` in a cell above?"
        }
        _ => "Nothing of this name is known here. Is it spelt as where it was made, and was that cell run?",
    }
}
