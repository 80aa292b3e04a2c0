//! What a panic's message means, for someone whose second hour of Rust this is.

/// What has happened and where to look, of a panic that beginners meet.
pub(crate) fn explanation(message: &str) -> Option<&'static str> {
    let known = [
        (
            "subtract with overflow",
            "It subtracted 1 from the index 0, and an index cannot be negative: a loop that looks back to k - 1 starts at 1.",
        ),
        (
            "out of bounds",
            "An index lies outside its array: n values have the indices 0 to n - 1, and a range 1..n already stops before n.",
        ),
        // A list's words, and an array's.
        ("out of range for slice", RANGE),
        ("past end of axis", RANGE),
        ("capacity overflow", "It asked for an array larger than any memory: is the time step 0, or negative?"),
        ("Unwrap", "An `unwrap` found nothing to unwrap."),
    ];
    known.iter().find(|(part, _)| message.contains(part)).map(|(_, words)| *words)
}

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
