//! Text that somebody else wrote, made fit for a page, a table or a terminal.

use std::borrow::Cow;

/// The beginning of a text, with a sign that there was more.
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    // Characters are counted only where there may be too many.
    match (text.len() > most).then(|| text.char_indices().nth(most)).flatten() {
        Some((at, _)) => Cow::Owned(format!("{}…", &text[..at])),
        None => Cow::Borrowed(text),
    }
}

/// The text without what moves a cursor, turns a line around or is not seen; line ends and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_harmful = |character: char| character != '\n' && character != '\t' && is_unseen(character);
    match text.contains(is_harmful) {
        true => Cow::Owned(text.chars().map(|it| if is_harmful(it) { '\u{fffd}' } else { it }).collect()),
        false => Cow::Borrowed(text),
    }
}

/// The text without what moves a terminal's cursor or ends a spreadsheet's cell; joiners, which some scripts cannot be without, stay.
pub fn without_controls(text: &str) -> Cow<'_, str> {
    let is_control = |character: char| character != '\n' && character != '\t' && character.is_control();
    match text.contains(is_control) {
        true => Cow::Owned(text.chars().map(|it| if is_control(it) { '\u{fffd}' } else { it }).collect()),
        false => Cow::Borrowed(text),
    }
}

/// The text in one line.
pub fn line(text: &str) -> String {
    text.chars()
        .map(|it| {
            if it == '\n' || it == '\t' {
                ' '
            } else if is_unseen(it) {
                '\u{fffd}'
            } else {
                it
            }
        })
        .collect()
}

/// Whether a character is not seen where it is, or changes how others are seen.
pub fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        // A hyphen that is not, marks of Arabic and Mongolian, fillers of Korean, tags: with one of them a name looks like another.
        || matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(character, '\u{180b}'..='\u{180f}' | '\u{3164}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}')
        || matches!(character, '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_no_control_character_of_somebody_else() {
        assert_eq!(line("a\u{1b}[2Jb\r\nc\u{9b}d\u{202e}e"), "a\u{fffd}[2Jb\u{fffd} c\u{fffd}d\u{fffd}e");
        assert_eq!(visible("a\u{1b}b\n\tc"), "a\u{fffd}b\n\tc");
        assert_eq!(visible("Å\n"), "Å\n");
        assert_eq!(
            without_controls("a\u{1b}[2J\0\r\n\tمی\u{200c}خواهم"),
            "a\u{fffd}[2J\u{fffd}\u{fffd}\n\tمی\u{200c}خواهم"
        );
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(cut("äöü", 2), "äö…");
        assert_eq!(cut("äöü", 3), "äöü");
    }
}
