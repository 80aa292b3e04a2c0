//! The compiler's errors that beginners meet, in one more sentence.

/// A sentence about an error, where it is one of those; `code` is the compiler's own, such as `E0308`.
pub fn words(code: &str, message: &str, label: &str) -> Option<&'static str> {
    let expects_float = label.contains("expected `f64`") || message.contains("expected `f64`");
    let integer = ["integer", "`i32`", "`usize`", "`{integer}`"].iter().any(|word| label.contains(word));
    Some(match code {
        "E0384" => "A variable keeps its first value unless it is declared with `let mut`.",
        "E0596" => "It is changed here, so it must be declared with `let mut`.",
        "E0308" if expects_float && label.contains("integer") => "An `f64` is written with a point: 1.0, not 1.",
        "E0308" if expects_float && label.contains("`usize`") => {
            "An index is a `usize`; `k as f64` makes an `f64` of it."
        }
        "E0308" if label.contains("expected `usize`") => {
            "An index is a whole number, a `usize`: write it without a point, or convert it with `as usize`."
        }
        "E0308" if label.contains("`()`") => "The last line of a function is its value, and has no semicolon.",
        "E0308" if label.contains("Complex") => "A real number becomes complex by `Complex64::new(x, 0.0)`.",
        "E0277"
            if message.contains("cannot multiply")
                || message.contains("cannot add")
                || message.contains("cannot subtract")
                || message.contains("cannot divide") =>
        {
            if integer || message.contains("integer") || message.contains("`usize`") {
                "Rust does not mix whole numbers and floats: write 2.0 for 2, and `k as f64` for an index k."
            } else {
                "The two sides are of types that do not go together; look at the type of each."
            }
        }
        "E0277" if message.contains("cannot be indexed") => {
            "An index is a `usize`: `x[k]` with k from a range such as `0..n`, or `x[k as usize]`."
        }
        "E0382" => "A value that was handed over is gone. Lend it with `&`, or hand over a copy with `.clone()`.",
        "E0425" => "Nothing of this name is known here. Is it spelt as where it was made, and was that cell run?",
        "E0433" | "E0432" => "Nothing of this name is known here. Is `use neurobook::prelude::*;` in a cell above?",
        "E0599" => "The type has no such method: look at its spelling and at the type of what stands before the point.",
        "E0061" => "A function takes exactly as many arguments as its first line names.",
        "E0369" => "These two cannot be combined by this sign; look at the type of each.",
        "E0282" | "E0283" => "Rust cannot guess the type here: write it, as in `let x: f64 = …`.",
        "E0502" | "E0499" | "E0505" | "E0506" => {
            "It is changed while it is lent elsewhere. Copy what is needed into a variable of its own first."
        }
        "E0618" => "Only a function can be called: is there a multiplication sign missing before the bracket?",
        "" if message.contains("expected `;`") || message.contains("expected one of") && message.contains("`;`") => {
            "A statement ends in a semicolon: is one missing on the line before?"
        }
        "" if message.contains("unclosed delimiter")
            || message.contains("mismatched closing delimiter")
            || message.contains("unexpected closing delimiter") =>
        {
            "Each bracket needs its other half; count them from the inside out."
        }
        _ => return None,
    })
}
