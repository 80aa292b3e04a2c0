//! A minimal Rust lexer: enough to know in which braces a line is, and whether inside a literal.

/// How things are where a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// The line continues a string or a block comment of the line before, so its blanks count.
    pub inside_literal: bool,
    /// How many braces are open.
    pub depth: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Code,
    LineComment,
    BlockComment { depth: usize },
    Text,
    RawText { hashes: usize },
}

/// The start of each line, and of the line that would follow the last.
pub fn starts(lines: &[String]) -> Vec<Start> {
    let mut state = State::Code;
    let mut depth = 0;
    let mut starts = Vec::with_capacity(lines.len() + 1);
    for line in lines {
        starts.push(start(state, depth));
        let characters: Vec<char> = line.chars().collect();
        let mut at = 0;
        while at < characters.len() {
            at += step(&characters, at, &mut state, &mut depth);
        }
        if state == State::LineComment {
            state = State::Code;
        }
    }
    starts.push(start(state, depth));
    starts
}

fn start(state: State, depth: usize) -> Start {
    let inside_literal = matches!(state, State::Text | State::RawText { .. } | State::BlockComment { .. });
    Start { inside_literal, depth }
}

/// Reads on from a character; says how many characters it took.
fn step(line: &[char], at: usize, state: &mut State, depth: &mut usize) -> usize {
    let next = line.get(at + 1).copied();
    match (*state, line[at]) {
        (State::Code, '/') if next == Some('/') => *state = State::LineComment,
        (State::Code, '/') if next == Some('*') => {
            *state = State::BlockComment { depth: 1 };
            return 2;
        }
        (State::Code, '"') => *state = raw_hashes(&line[..at]).map_or(State::Text, |hashes| State::RawText { hashes }),
        (State::Code, '\'') => return character_length(line, at),
        (State::Code, '{') => *depth += 1,
        (State::Code, '}') => *depth = depth.saturating_sub(1),
        (State::BlockComment { depth }, '/') if next == Some('*') => {
            *state = State::BlockComment { depth: depth + 1 };
            return 2;
        }
        (State::BlockComment { depth }, '*') if next == Some('/') => {
            *state = if depth == 1 { State::Code } else { State::BlockComment { depth: depth - 1 } };
            return 2;
        }
        (State::Text, '\\') => return 2,
        (State::Text, '"') => *state = State::Code,
        (State::RawText { hashes }, '"') if line[at + 1..].iter().take_while(|c| **c == '#').count() >= hashes => {
            *state = State::Code;
            return 1 + hashes;
        }
        (State::LineComment, _) => return line.len() - at,
        _ => {}
    }
    1
}

/// The number of hashes between an `r` and a quote, when the text before the quote ends so.
fn raw_hashes(before: &[char]) -> Option<usize> {
    let hashes = before.iter().rev().take_while(|c| **c == '#').count();
    (before.len() > hashes && before[before.len() - hashes - 1] == 'r').then_some(hashes)
}

/// The length of a character literal, or 1 for the tick of a lifetime.
fn character_length(line: &[char], at: usize) -> usize {
    let rest = &line[at + 1..];
    match rest {
        ['\\', _, more @ ..] => 3 + more.iter().take_while(|c| **c != '\'').count() + 1,
        [_, '\'', ..] => 3,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts_of(source: &str) -> Vec<Start> {
        starts(&source.lines().map(String::from).collect::<Vec<_>>())
    }

    #[test]
    fn braces_in_strings_characters_and_comments_do_not_count() {
        let source = "fn f<'a>() { // {\nlet _ = (\"{\", '{', '\\'', r#\"{\"#, '\\u{7d}'); /* { /* { */ */\n}";
        let depths: Vec<usize> = starts_of(source).iter().map(|start| start.depth).collect();
        assert_eq!(depths, [0, 1, 1, 0]);
    }

    #[test]
    fn a_line_inside_a_string_is_known() {
        let inside: Vec<bool> = starts_of("let a = \"one\ntwo\\\"\nthree\";\nlet b = r##\"x\"#\n\"##;\n")
            .iter()
            .map(|start| start.inside_literal)
            .collect();
        assert_eq!(inside, [false, true, true, false, true, false]);
    }
}
