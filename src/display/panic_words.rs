//! What a panic's message means, for someone whose second hour of Rust this is.

/// What has happened and where to look, of a panic that beginners meet.
pub(crate) fn explanation(message: &str) -> Option<&'static str> {
    let known = [
        (
            "subtract with overflow",
            "A whole number went below 0, which no count and no index can. A loop that looks back to k - 1 starts at 1, and an empty list has no last index.",
        ),
        ("add with overflow", GREW),
        ("multiply with overflow", GREW),
        ("divide by zero", "A whole number was divided by zero."),
        ("remainder with a divisor of zero", "A whole number was divided by zero."),
        (
            "out of bounds",
            "An index lies outside its array: n values have the indices 0 to n - 1, and a range 1..n already stops before n.",
        ),
        ("slice index starts at", "The range runs backwards: a..b begins at a, and b is not below a."),
        // A list's words, and an array's.
        ("out of range for slice", RANGE),
        ("past end of axis", RANGE),
        ("could not broadcast", SHAPES),
        ("IncompatibleShape", SHAPES),
        (
            "not compatible for matrix multiplication",
            "These two cannot be multiplied: the first has as many columns as the second has rows.",
        ),
        ("capacity overflow", "It asked for an array larger than any memory: is the time step 0, or negative?"),
        ("ParseFloatError", "A text was read as a number and is none. A number has a point and no comma: 2.5."),
        ("ParseIntError", "A text was read as a whole number and is none. It has digits only: 25."),
        ("kind: NotFound", "There is no such file. A path begins in the notebook's own folder."),
        (
            "on a `None` value",
            "There was no value where `unwrap` looks for one: an empty array, for example, has no mean.",
        ),
        ("Unwrap", "An `unwrap` found nothing to unwrap."),
    ];
    known.iter().find(|(part, _)| message.contains(part)).map(|(_, words)| *words)
}

const GREW: &str = "A whole number grew beyond what its type can hold: calculate with `f64`.";
const SHAPES: &str =
    "Two arrays were combined that are not of one shape: compare the `x.len()` of each, or the `a.dim()` of matrices.";
const RANGE: &str = "A range reaches beyond the end: of n values, 0..n are all, and the range a..b stops before b.";

#[cfg(test)]
mod tests {
    use std::panic;

    use ndarray::{Array1, s};

    use super::*;

    /// The message of a panic in the function.
    fn message(function: impl FnOnce() + panic::UnwindSafe) -> String {
        let payload = panic::catch_unwind(function).unwrap_err();
        let text = payload.downcast_ref::<String>().cloned();
        text.unwrap_or_else(|| (*payload.downcast_ref::<&str>().unwrap()).to_owned())
    }

    #[test]
    fn numbers_texts_and_shapes_that_do_not_fit_are_explained() {
        let (two, three) = (Array1::<f64>::zeros(2), Array1::<f64>::zeros(3));
        let (zero, none) = (std::hint::black_box(0_usize), std::hint::black_box(None::<f64>));
        let begins =
            |said: String, words: &str| assert!(explanation(&said).is_some_and(|why| why.starts_with(words)), "{said}");
        begins(message(move || _ = &two + &three), "Two arrays were combined");
        begins(message(move || _ = "2,5".parse::<f64>().unwrap()), "A text was read as a number");
        begins(message(move || _ = 7 / zero), "A whole number was divided by zero");
        begins(message(move || _ = none.unwrap()), "There was no value");
        begins(message(|| _ = std::fs::read_to_string("no such file").unwrap()), "There is no such file");
    }

    #[test]
    fn an_index_and_a_range_beyond_the_end_are_explained_for_lists_and_arrays() {
        let (list, array, seven) = (vec![1.0, 2.0, 3.0], Array1::<f64>::zeros(3), std::hint::black_box(7));
        let (other, next) = (list.clone(), array.clone());
        for said in [message(move || _ = list[seven]), message(move || _ = array[seven])] {
            assert!(explanation(&said).is_some_and(|words| words.starts_with("An index lies outside")), "{said}");
        }
        for said in [message(move || _ = other[1..seven].len()), message(move || _ = next.slice(s![1..seven]).len())] {
            assert_eq!(explanation(&said), Some(RANGE), "{said}");
        }
    }
}
