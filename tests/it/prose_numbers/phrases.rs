//! The phrases that tests look for in a chapter, read from the tests' own text: `"falls to {end:.2} mV"`.

use std::fs;
use std::ops::Range;
use std::path::Path;

/// What is said literally, and between two such parts something that a test computes.
pub struct Phrase(Vec<String>);

impl Phrase {
    /// Where a text has this phrase. What is not computed and is twice is guarded nowhere: one may change, and the other is found.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let first = self.0.iter().position(|part| !part.is_empty()).unwrap_or(0);
        let places: Vec<Range<usize>> =
            text.match_indices(&self.0[first]).filter_map(|(at, _)| self.from(text, first, at)).collect();
        if self.0.len() == 1 && places.len() > 1 { Vec::new() } else { places }
    }

    fn from(&self, text: &str, first: usize, at: usize) -> Option<Range<usize>> {
        let start = if first > 0 { text[..at].rfind(' ').map_or(0, |blank| blank + 1) } else { at };
        let mut end = at + self.0[first].len();
        for part in &self.0[first + 1..] {
            // What is put in is short: the next part is not far.
            let rest = &text[end..text.floor_char_boundary(end + 40 + part.len())];
            let gap = if part.is_empty() { rest.find([' ', '|']) } else { rest.find(part.as_str()) };
            let gap = gap.filter(|gap| *gap > 0 && !rest[..*gap].contains('|'))?;
            end += gap + part.len();
        }
        Some(start..end)
    }
}

/// The phrases in all tests of a chapter.
pub fn of(chapter: &str) -> Vec<Phrase> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let files = ["it", "conclusions"].into_iter().flat_map(|folder| fs::read_dir(tests.join(folder)).unwrap());
    let mut phrases = Vec::new();
    for path in files.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "rs"))
    {
        let text = fs::read_to_string(&path).unwrap();
        let module = path.file_stem().unwrap().to_string_lossy().into_owned();
        let module = module.trim_end_matches("_pictures").trim_end_matches("_part_2");
        if text.contains(&format!("\"{chapter}\"")) || text.contains(&format!("crate::{module}::{{CHAPTER")) {
            phrases.extend(strings(&text));
        }
    }
    phrases
}

/// The strings of Rust's text that are long enough to be found by.
fn strings(text: &str) -> Vec<Phrase> {
    let (mut strings, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find(['"', '/', '\'']) {
        let (before, found) = rest.split_at(at);
        if found.starts_with("//") {
            rest = found.split_once('\n').map_or("", |(_, rest)| rest);
        } else if let Some(after) = found.strip_prefix("'\"'") {
            rest = after;
        } else if found.starts_with('"') {
            let end = end_of_string(found);
            let is_template = before.trim_end().ends_with("format!(");
            let phrase = split(&found[1..end], is_template);
            if phrase.0.iter().map(String::len).sum::<usize>() >= 6 {
                strings.push(phrase);
            }
            rest = &found[(end + 1).min(found.len())..];
        } else {
            rest = &found[1..];
        }
    }
    strings
}

/// Where the closing quotation mark of a string is that begins here.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    let closing = text.char_indices().skip(1).find(|(_, letter)| {
        let ends = *letter == '"' && !escaped;
        escaped = *letter == '\\' && !escaped;
        ends
    });
    closing.map_or(text.len(), |(at, _)| at)
}

/// Takes off the escapes, and takes a template apart at what is put into it.
fn split(written: &str, is_template: bool) -> Phrase {
    let (mut parts, mut letters) = (vec![String::new()], written.chars().peekable());
    while let Some(letter) = letters.next() {
        let part = parts.last_mut().unwrap();
        match letter {
            '\\' => match letters.next() {
                Some('\n') => while letters.next_if(|letter| letter.is_whitespace()).is_some() {},
                Some('n') => part.push('\n'),
                Some('u') => {
                    let code: String = letters.by_ref().take_while(|letter| *letter != '}').skip(1).collect();
                    part.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                Some(escaped) => part.push(escaped),
                None => {}
            },
            '{' | '}' if is_template && letters.next_if_eq(&letter).is_some() => part.push(letter),
            '{' if is_template => {
                while letters.next().is_some_and(|letter| letter != '}') {}
                parts.push(String::new());
            }
            '−' => part.push('-'),
            _ => part.push(letter),
        }
    }
    Phrase(parts)
}
