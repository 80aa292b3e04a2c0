//! Texts and points as the cells of a table that a spreadsheet opens.

use std::borrow::Cow;

/// Separators of one country or another: behind each of them a spreadsheet may begin a new cell.
const SEPARATORS: [char; 5] = [',', ';', '\t', '\r', '\n'];

/// Whether a spreadsheet takes a text for a formula, or [`cell`] has made one of it that is none.
fn is_formula(text: &str) -> bool {
    let text = text.trim_start_matches('\'').trim_start_matches(['"', ' ']);
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// The places at which a spreadsheet may begin a cell.
fn beginnings(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0)
        .chain(text.char_indices().filter(|(_, it)| SEPARATORS.contains(it)).map(|(at, it)| at + it.len_utf8()))
}

/// A text as a cell that no spreadsheet takes for a formula, wherever it is taken apart. [`plain`] gives the text back.
pub fn cell(text: &str) -> Cow<'_, str> {
    let mut marked = String::new();
    let mut done = 0;
    for at in beginnings(text).filter(|at| is_formula(&text[*at..])) {
        marked += &text[done..at];
        marked.push('\'');
        done = at;
    }
    if marked.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(marked + &text[done..]) }
}

/// The beginning of a text that [`cell`] makes a cell of that every spreadsheet holds: more than 32,767 characters, counted as
/// Unicode's halves, flow into the next row.
pub fn fitting(text: &str) -> &str {
    const MOST: usize = 30_000;
    let mut length = 0;
    let width = |it: char| it.len_utf16() + usize::from(SEPARATORS.contains(&it));
    let end = text.char_indices().find(|(_, it)| {
        length += width(*it);
        length > MOST
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// The text that such a cell was made of.
pub fn plain(cell: &str) -> Cow<'_, str> {
    let mut text = String::new();
    let mut done = 0;
    for at in beginnings(cell).filter(|at| cell[*at..].starts_with('\'') && is_formula(&cell[*at..])) {
        text += &cell[done..at];
        done = at + 1;
    }
    if done == 0 { Cow::Borrowed(cell) } else { Cow::Owned(text + &cell[done..]) }
}

/// A number of points, as people write it: `4`, `2.5`, `0.333`.
pub fn points(points: f64) -> String {
    // Adding 0.0 makes a zero without a sign.
    let rounded = (points * 1000.0).round() / 1000.0 + 0.0;
    rounded.to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{cell, fitting, plain};

    proptest! {
        #[test]
        fn every_text_is_read_back_from_its_cell(any in any::<String>(), odd in "[=+@;,'\" \t\r\nx-]{0,12}") {
            for text in [any, odd] {
                let cell = cell(&text);
                prop_assert_eq!(plain(&cell), text.as_str());
            }
        }

        #[test]
        fn no_part_of_a_cell_is_a_formula_whatever_separates_cells(odd in "[=+@;,'\" \t\r\nx-]{0,12}") {
            let cell = cell(&odd);
            for part in cell.split([',', ';', '\t', '\r', '\n']) {
                prop_assert!(!part.starts_with(['=', '+', '-', '@']), "{:?} in {:?}", part, cell);
            }
        }
    }

    #[test]
    fn a_cell_that_is_cut_holds_no_more_than_a_spreadsheets_cell_whatever_is_added_to_it() {
        for text in [",=".repeat(30_000), "\n-".repeat(30_000), "\u{1f9e0}".repeat(30_000), "x".repeat(90_000)] {
            let cell = cell(fitting(&text));
            let length = cell.encode_utf16().count();
            assert!((29_000..=32_000).contains(&length), "{length} of {}", &text[..8]);
        }
        assert_eq!(fitting("a,=b"), "a,=b");
    }

    #[test]
    fn two_names_that_differ_in_a_quote_have_different_cells() {
        assert_eq!(["=x", "'=x"].map(|name| cell(name).into_owned()), ["'=x", "''=x"]);
        assert_eq!(cell("'s-Hertogenbosch"), "'s-Hertogenbosch");
        assert_eq!(cell("anna;=1+1"), "anna;'=1+1");
    }
}
