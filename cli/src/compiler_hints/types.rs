//! Types that do not go together.

use super::Fault;

const POINT: &str = "An `f64` is written with a point: 1.0, not 1.";
const LISTS: &str = "Only arrays can be calculated with: write `array![…]`, or `Array1::from_vec(list)`.";
pub(super) const MAYBE: &str =
    "There may be no value here. `.unwrap()` takes it out, and stops the cell if there is none.";
const NOTHING: &str = "`None` is not a number. A number that is missing is `f64::NAN`, and `x.is_nan()` asks for it.";
const SORTED: &str = "Numbers with a point have no `sort` of their own: `list.sort_by(f64::total_cmp);`. The largest is `list.iter().copied().fold(f64::NAN, f64::max)`.";
const INDEX: &str =
    "A count or an index is a whole number, a `usize`: write it without a point, or convert it with `as usize`.";
const FROM_ZERO: &str = "An index counts from 0 and has no sign; the last element is `x[x.len() - 1]`.";
const MATRIX: &str = "One element of a matrix is `a[[i, j]]`, with two pairs of brackets.";
const MIXED: &str = "Rust does not mix whole numbers and floats: write 2.0 for 2, and `k as f64` for an index k.";

/// A sentence about an error in a type.
pub(super) fn words(fault: &Fault) -> Option<&'static str> {
    Some(match fault.code {
        "E0308" => return mismatched(fault),
        "E0271" if fault.says("::Elem == {integer}") || fault.label_says("expected integer, found floating-point") => {
            MIXED
        }
        "E0277" | "E0271" => return cannot(fault),
        "E0317" => "Without an `else`, an `if` has no value: say what it gives otherwise.",
        "E0369" if fault.says(" ^ ") => "`^` is not a power in Rust: write `x.powi(2)`, or `x * x`.",
        "E0369" if fault.says("`Option<") => MAYBE,
        "E0369" if fault.says("`&str`") || fault.says("String") => "Texts are put together by `format!(\"{a}{b}\")`.",
        "E0369" if fault.says("Vec<") || fault.says("`[") => LISTS,
        "E0369" => "These two cannot be combined by this sign; look at the type of each.",
        "E0614" if fault.before().ends_with('*') => "`**` is not a power in Rust: write `x.powi(2)`, or `x * x`.",
        "E0614" => "Only what is borrowed is opened by `*`: leave the `*` out.",
        "E0600" if fault.says("`usize`") => FROM_ZERO,
        "E0600" if fault.says("`!`") => "`!` turns a condition round: put the condition in brackets, `!(x > 0.0)`.",
        "E0604" | "E0605" | "E0606" => "`as` converts one number into another, as in `k as f64`, and nothing else.",
        "E0608" => "A single number has no elements. One element of a matrix is `a[[i, j]]`.",
        "E0689" => "Rust must know the type of this number: write `2.0_f64`, or a variable of type `f64`.",
        _ => return None,
    })
}

/// One type is where another one belongs.
fn mismatched(fault: &Fault) -> Option<&'static str> {
    let numbers = ["`f64`", "`usize`", "`i32`", "`i64`", "`u64`", "integer", "floating-point"];
    let texts = ["`&str`", "`&'static str`", "`String`", "`char`"];
    Some(if fault.marked().starts_with("None") {
        NOTHING
    } else if fault.line.contains(".append(") {
        "One more element is added to a list by `list.push(x);`."
    } else if numbers.iter().any(|number| texts.iter().any(|text| fault.mismatch(number, text))) {
        "This is a text, and a number belongs here. A number has no quotes: 2.5. A text that holds one is read by `text.parse::<f64>()?`."
    } else if fault.mismatch("`&str`", "`char`") || fault.mismatch("`&'static str`", "`char`") {
        "A text stands in double quotes; single ones are for one letter."
    } else if numbers.iter().any(|number| fault.mismatch("`&str`", number) || fault.mismatch("`String`", number)) {
        "This is a number, and a text belongs here: `\"2.5\"`, or `&format!(\"{x}\")` for the value of x."
    } else if fault.mismatch("`f64`", "integer") || fault.mismatch("floating-point", "integer") {
        POINT
    } else if ["`usize`", "`i32`", "`{integer}`"].iter().any(|found| fault.mismatch("`f64`", found)) {
        "A whole number is no `f64`; `k as f64` makes an `f64` of it."
    } else if fault.mismatch("`i32`", "floating-point") || fault.mismatch("`i32`", "`f64`") {
        "A whole number belongs here, written without a point. Any exponent goes into `x.powf(0.5)`."
    } else if fault.mismatch("`usize`", "") {
        INDEX
    } else if fault.mismatch("integer", "floating-point") || fault.mismatch("integer", "`f64`") {
        "The ends of a range are whole numbers: `0..10`, or `0..n` with n a `usize`."
    } else if fault.mismatch("`bool`", "`()`") {
        "Two values are compared by `==`; a single `=` gives a variable its value."
    } else if fault.mismatch("`bool`", "") {
        "A condition is a comparison, such as `x > 0.0`."
    } else if fault.mismatch("`()`", "") && fault.help_says("return type") {
        "What a function gives is named in its first line: `fn f(x: f64) -> f64`."
    } else if fault.mismatch("`()`", "") {
        "This value goes nowhere: store it in a variable. What a function gives is its last line."
    } else if fault.mismatch("", "`()`") {
        "The last line of a function is its value, and has no semicolon."
    } else if fault.label_says("found `Option<") {
        MAYBE
    } else if fault.mismatch("`f64`", "`Complex<") {
        "A complex number has two parts, `z.re` and `z.im`; its size is `z.norm()`."
    } else if fault.mismatch("`Complex<", "") {
        "A real number becomes complex by `Complex64::new(x, 0.0)`."
    } else if fault.mismatch("`&", "") && !fault.label_says("found `&") {
        "The function only borrows this: write `&` before it."
    } else if fault.label_says("found `&") && !fault.mismatch("`&", "") && !fault.mismatch("`String`", "") {
        "The value itself belongs here, and not a loan of it: leave out the `&`, or write `*` for it."
    } else if fault.mismatch("`ArrayBase<", "`ArrayBase<") && fault.help_says("ArrayBase<OwnedRepr<Complex<") {
        "One array is of real numbers, the other of complex ones: are they in the order that the function's first line names?"
    } else if fault.mismatch("`ArrayBase<", "`Vec<") || fault.mismatch("`ArrayBase<", "`[") {
        "An array is made of numbers by `array![1.0, 2.0]`, or of a list by `Array1::from_vec(list)`."
    } else if (fault.label_says("expected `&ArrayBase<") || fault.label_says("expected `&ArrayRef<"))
        && fault.label_says("{integer}")
    {
        POINT
    } else if fault.mismatch("`String`", "`&str`") || fault.mismatch("`String`", "`&'static str`") {
        "A text becomes a `String` by `.to_string()`."
    } else {
        return None;
    })
}

/// A type cannot do what is asked of it.
fn cannot(fault: &Fault) -> Option<&'static str> {
    let says = |words: &str| fault.says(words);
    let calculates = ["cannot multiply", "cannot add", "cannot subtract", "cannot divide", "cannot calculate"];
    Some(if calculates.iter().any(|cannot| says(cannot)) {
        if says("`Option<") {
            MAYBE
        } else if says("Vec<") || says("`[") || says("&[") {
            LISTS
        } else if ["integer", "`i32`", "`usize`"].iter().any(|whole| says(whole)) {
            MIXED
        } else {
            "The two sides are of types that do not go together; look at the type of each."
        }
    } else if says("can't compare") {
        if says("integer") || says("`usize`") {
            "An `f64` is compared with another one, written with a point: `x > 0.0`."
        } else if says("Option<") {
            NOTHING
        } else {
            "Only values of one type can be compared; look at the type of each."
        }
    } else if says("f64: Ord") || says("{float}: Ord") || says("f64: std::cmp::Ord") {
        SORTED
    } else if says("NdIndex<") && says("Range") {
        "A part of an array is `x.slice(s![1..3])`."
    } else if says("NdIndex<Dim<[usize; 2]>>") {
        MATRIX
    } else if says("cannot be indexed") || says("NdIndex<") {
        "An index is a `usize`: `x[k]` with k from a range such as `0..n`, or `x[k as usize]`."
    } else if says("usize: Neg") {
        FROM_ZERO
    } else if says("Range<") && says("is not an iterator") {
        "A range counts in whole numbers, `0..n`. The time of step k is `k as f64 * dt`."
    } else if says("is not an iterator") {
        "A loop runs over a range, `for k in 0..n`, or over the elements of a list or an array, `for x in &list`."
    } else if says("the size for values of type") {
        "A part of a list is borrowed: `&x[1..3]`."
    } else if says("{integer}: ") && says("Float") {
        POINT
    } else if fault.label_says("array with a size of 2") {
        "The shape of a matrix stands in brackets of its own: `Array2::zeros((rows, columns))`."
    } else if says("ShapeBuilder") {
        "The number of elements is a count, a `usize`, and no time: an array with a value for each time has `t.len()` of them."
    } else if says("the `?` operator") {
        "`?` works in a function that gives a `Result`. Elsewhere, write `.unwrap()`."
    } else if says("doesn't implement `std::fmt::Display`") || says("doesn't implement `Display`") {
        "What `{}` cannot print, `{:?}` can: `println!(\"{x:?}\");`."
    } else {
        return None;
    })
}
