//! What evcxr itself refuses, in a learner's words: it says so in a message and gives no kind.

/// The variable whose value cannot be kept, and how a learner goes on; `None` if evcxr says something else.
pub fn plain(message: &str) -> Option<String> {
    let name = message.split('`').nth(1)?;
    let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
    if message.contains("contains a reference with a non-static lifetime") {
        Some(format!(
            "`{name}` only looks into another variable, and a notebook keeps values of their own from cell to cell. Keep a \
             copy: `.to_owned()` behind a row, a column or a slice, `.to_vec()` behind a part of a list, `.copied()` behind \
             `.last()` or `.first()`, `.collect::<Vec<_>>()` behind an iterator. Or write `{{` before the lines that need \
             it and `}}` behind them."
        ))
    } else if message.contains("is a closure, which cannot be persisted") {
        Some(format!(
            "`{name}` is a closure, which a notebook does not keep from cell to cell. Write a function, `fn {name}(x: f64) -> \
             f64 {{ … }}`, or write `{{` before the lines that need it and `}}` behind them."
        ))
    } else if message.contains("which cannot be persisted") {
        Some(format!(
            "`{name}` is something that a notebook does not keep from cell to cell, such as an iterator. Keep its values: \
             `.collect::<Vec<_>>()` behind it. Or write `{{` before the lines that need it and `}}` behind them."
        ))
    } else if message.contains("determine type of variable") {
        Some(format!("Rust does not say what type `{name}` has: write it, as in `let {name}: f64 = …`."))
    } else if message.contains("no matching package named") {
        Some(format!(
            "There is no crate named `{name}` here: is it spelt right? Without a network, Cargo finds only the crates that are \
             on this computer."
        ))
    } else {
        None
    }
}

/// What to tell where the compiler has ended without a word: then somebody, or the system, has ended it.
pub fn ended(message: &str) -> Option<&'static str> {
    let (_, said) = message.split_once("no parsable errors were found")?;
    let is_silent = said.split_whitespace().all(|word| [".", "STDERR:", "STDOUT:"].contains(&word));
    is_silent.then_some(
        "This cell was not compiled: something has ended the compiler, as a computer does that runs out of memory. It is no \
         mistake of yours. Run the cell again; your variables are as they were before it.",
    )
}

/// The same with the one way out that the line asks for, where it shows which.
pub fn plain_of(message: &str, line: &str) -> Option<String> {
    let all = plain(message)?;
    let ways = [
        (&[".row(", ".column(", ".slice(", ".view()", ".t()", ".diag()"][..], "`.to_owned()`"),
        (&[".last()", ".first()"][..], "`.copied()`"),
        (&[".iter()", ".map(", ".zip(", ".filter("][..], "`.collect::<Vec<_>>()`"),
    ];
    let way = ways.iter().find(|(signs, _)| signs.iter().any(|sign| line.contains(sign)));
    let name = message.split('`').nth(1)?;
    Some(match way {
        Some((_, way)) if all.contains("`.to_owned()` behind") => format!(
            "`{name}` only looks into another variable, and a notebook keeps values of their own from cell to cell. Keep a \
             copy: write {way} behind it."
        ),
        _ => all,
    })
}

/// The same in a few words, as a heading.
pub fn short(message: &str) -> Option<String> {
    plain(message)?;
    let name = message.split('`').nth(1)?;
    Some(match message.contains("type of variable") {
        true => format!("the type of `{name}` is not known"),
        false => format!("`{name}` cannot be kept"),
    })
}

/// The same with the line of the cell that makes the variable.
pub fn plain_in(message: &str, source: &str) -> Option<String> {
    let words = plain(message)?;
    let name = message.split('`').nth(1)?;
    let makes = |line: &str| {
        let rest = line.trim_start().strip_prefix("let ").map(str::trim_start);
        let rest = rest.map(|rest| rest.strip_prefix("mut ").unwrap_or(rest).trim_start());
        let behind = rest.and_then(|rest| rest.strip_prefix(name));
        behind.is_some_and(|behind| !behind.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_'))
    };
    let line = source.lines().position(makes);
    Some(line.map_or(words.clone(), |line| format!("Line {}: {words}", line + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_a_closure_an_iterator_and_a_crate_that_is_not_there_have_their_way_out() {
        for (message, wanted) in [
            (
                "The variable `row` contains a reference with a non-static lifetime so\ncan't be persisted. You can prevent",
                "`.to_owned()` behind a row",
            ),
            (
                "The variable `f` is a closure, which cannot be persisted.\nYou can however",
                "`fn f(x: f64) -> f64 { … }`",
            ),
            (
                "The variable `it` has type `Map<Iter<'_, f64>, impl FnMut(&f64) -> f64>` which cannot be persisted.\nYou",
                "`.collect::<Vec<_>>()`",
            ),
            ("Couldn't automatically determine type of variable `x`.\nPlease give", "`let x: f64 = …`"),
            (
                "error: no matching package named `such` found\nlocation searched: crates.io index",
                "no crate named `such`",
            ),
        ] {
            let said = plain(message).unwrap_or_default();
            assert!(said.contains(wanted) && !said.contains("persist"), "{message}: {said}");
        }
        assert_eq!(plain("cannot find value `x` in this scope"), None);
        assert_eq!(plain("no quotes"), None);
    }

    #[test]
    fn a_compiler_that_was_ended_is_no_mistake_of_the_learner() {
        let silent = "Compilation failed, but no parsable errors were found. STDERR:\n\nSTDOUT:\n";
        assert!(ended(silent).unwrap().contains("no mistake of yours"));
        assert_eq!(ended(&silent.replace("STDOUT", "error: linking failed\nSTDOUT")), None);
        assert_eq!(ended("mismatched types"), None);
    }

    #[test]
    fn the_way_out_is_the_one_that_the_line_asks_for() {
        let message = "The variable `row` contains a reference with a non-static lifetime so\ncan't be persisted.";
        assert!(plain_of(message, "let row = a.row(0);").unwrap().ends_with("write `.to_owned()` behind it."));
        assert!(plain_of(message, "let row = x.last();").unwrap().ends_with("write `.copied()` behind it."));
        assert_eq!(plain_of(message, "let row = &x;"), plain(message));
    }

    #[test]
    fn the_line_that_makes_the_variable_is_named() {
        let message = "The variable `f` is a closure, which cannot be persisted.";
        let said = plain_in(message, "let first = 1.0;\nlet mut f = |x: f64| x;").unwrap();
        assert!(said.starts_with("Line 2: `f` is a closure"), "{said}");
        assert!(plain_in(message, "g();").unwrap().starts_with("`f` is a closure"));
    }
}
