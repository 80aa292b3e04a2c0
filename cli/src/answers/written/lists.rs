//! Texts that answer several questions one behind the other.

use std::collections::BTreeSet;

/// Whether a text has two lines or more that are numbered apart: `1.`, `2)`, `**Question 3:**`, `### Exercise 2b`.
pub(super) fn answers_several(text: &str) -> bool {
    text.lines().filter_map(number).collect::<BTreeSet<&str>>().len() > 1
}

/// The number at a line's beginning, behind marks of Markdown and one word at most.
fn number(line: &str) -> Option<&str> {
    let is_mark = |letter: char| letter.is_whitespace() || "#*_->/(".contains(letter);
    let line = line.trim_start_matches(is_mark);
    let is_heading = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
    let line = match line.split_once(' ') {
        Some((word, rest)) if is_heading(word) => rest.trim_start(),
        _ => line.trim_start_matches(['Q', 'q']),
    };
    let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let letters = usize::from(line[digits..].starts_with(|letter: char| letter.is_ascii_lowercase()));
    let mut behind = line[digits + letters..].chars();
    // `2.5 mV` and `10 Hz` number nothing.
    let ends = match behind.next() {
        None => true,
        Some(mark) => ".):*_".contains(mark) && !behind.next().is_some_and(|next| next.is_ascii_digit()),
    };
    (digits > 0 && digits < 3 && ends).then_some(&line[..digits + letters])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_to_several_questions_are_told_from_one_with_numbers_in_it() {
        for text in [
            "# My answers\n\n1. It grows.\n2. It falls.",
            "1) It grows.\n\n2) It falls.",
            "**Question 1:** It grows.\n**Question 2:** It falls.",
            "### Exercise 2a\nIt grows.\n### Exercise 2b\nIt falls.",
            "Q1: It grows.\nQ2: It falls.",
            "Antwort 1: Es wächst.\nAntwort 2: Es fällt.",
        ] {
            assert!(answers_several(text), "{text}");
        }
        for text in [
            "It grows, because 2 > 1.\nIt falls.",
            "2.5 mV is the threshold.\n3.5 mV is above it.",
            "10 Hz\n20 Hz",
            "1. It grows.\nThe rest falls.",
            "",
            "At 40 regions it falls.\nAt 80 it grows.",
        ] {
            assert!(!answers_several(text), "{text}");
        }
    }
}
