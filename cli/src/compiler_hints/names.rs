//! Names that are not known, and things that are not what their name seems to say.

use super::Fault;

const POWER: &str = "A power is `x.powi(2)`, and `x.powf(0.5)` where the exponent is no whole number.";
const PYTHONS: &str = "That is Python's. Here it is `Array1::zeros(n)`, `x.sin()`, `Figure::new()`.";

/// A sentence about an error in a name.
pub(super) fn words(fault: &Fault) -> Option<&'static str> {
    Some(match fault.code {
        "E0425" | "E0412" | "E0432" | "E0433" => unknown(fault),
        "E0423" if fault.says("found macro `print") => "A line is printed by `println!(\"{x}\");`, with the `!`.",
        "E0423" | "E0573" if fault.says("found macro") => "The name of a macro ends in `!`: `vec![…]`, `array![…]`.",
        "E0423" if fault.says("`Complex64`") => "A complex number is made by `Complex64::new(re, im)`.",
        "E0423" if fault.says("expected value") => {
            "What belongs to a type stands behind two colons: `Array1::zeros(n)`."
        }
        "E0423" => "A struct is made with its fields in braces: `Name { field: value }`.",
        "E0574" | "E0573" => "Something else has this name: look at its spelling.",
        "E0599" if fault.says("`pow`") => POWER,
        "E0599" if fault.label_says("field, not a method") => "This is a field: leave out the brackets behind it.",
        "E0599" if fault.says("`abs`") && fault.label_says("Complex<") => {
            "The size of a complex number is `z.norm()`, and its angle `z.arg()`."
        }
        "E0599" if matches!(fault.name(), "append" | "push") && fault.says("`ArrayBase<") => {
            "An array keeps its length: make it long enough with `Array1::zeros(n)`, and set its elements."
        }
        "E0599" => "The type has no such method: look at its spelling and at the type of what stands before the point.",
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

fn unknown(fault: &Fault) -> &'static str {
    let is_function = fault.says("cannot find function");
    match fault.name() {
        "np" | "numpy" | "plt" | "math" | "cmath" | "scipy" => PYTHONS,
        "True" | "False" => "Rust writes `true` and `false` with small letters.",
        "float" | "double" | "real" | "int" | "integer" | "complex" if fault.says("cannot find type") => {
            "A real number is an `f64`, a count or an index is a `usize`, a complex number is a `Complex64`."
        }
        "i" | "j" | "I" if !is_function => {
            "Nothing of this name is known here. The imaginary unit is `Complex64::I`; an index comes from a loop, `for i in 0..n`."
        }
        "pi" | "Pi" => "The constant is written `PI`.",
        "pow" => POWER,
        "len" => "The number of elements is `x.len()`.",
        "range" => "A range is written with two points: `for k in 0..n`.",
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
