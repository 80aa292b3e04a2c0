//! What a chapter says, so that a test can ask whether it says what is true.

use std::ops::Range;
use std::path::Path;

/// The source of a chapter, by the name of its file.
pub fn source(chapter: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("notebooks/{chapter}.rs"));
    std::fs::read_to_string(path).unwrap()
}

/// A chapter's lines, joined, so that a phrase is found wherever its lines break. A minus is a hyphen.
pub struct Text {
    pub joined: String,
    /// Where each line of the source is in `joined`.
    pub lines: Vec<Range<usize>>,
}

impl Text {
    pub fn new(source: &str) -> Text {
        let (mut joined, mut lines) = (String::new(), Vec::new());
        for line in source.lines() {
            let start = joined.len();
            joined += &line.trim().trim_start_matches('/').trim().replace('−', "-");
            lines.push(start..joined.len());
            joined.push(' ');
        }
        Text { joined, lines }
    }

    /// The number of the line that a place of `joined` is in, from 1 on.
    pub fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.start <= at)
    }

    /// The place that has most of a phrase, from its beginning or to its end.
    fn nearest(&self, phrase: &str) -> usize {
        let cuts = || phrase.char_indices().map(|(at, _)| at);
        let beginning = cuts().rev().find_map(|end| Some((end, self.joined.find(&phrase[..end])?)));
        let end = cuts().find_map(|start| Some((phrase.len() - start, self.joined.find(&phrase[start..])?)));
        beginning.max(end).map_or(0, |(_, at)| at)
    }
}

/// Asserts that a chapter says this, wherever its lines break. A minus is a hyphen.
#[track_caller]
pub fn says(chapter: &str, phrase: &str) {
    let (text, phrase) = (Text::new(&source(chapter)), phrase.replace('−', "-"));
    if !text.joined.contains(&phrase) {
        let line = text.line(text.nearest(&phrase));
        let there = &text.joined[text.lines[line - 1].clone()];
        panic!("notebooks/{chapter}.rs:{line} or near it: the chapter does not say: {phrase}\nIt says there: {there}");
    }
}

/// The parts in a chapter's table: the line of each, from 1 on, and its minutes.
pub fn parts(source: &str) -> Vec<(usize, u32)> {
    let lines = source.lines().zip(1..).skip_while(|(line, _)| !line.contains("| Part |"));
    let rows = lines.take_while(|(line, _)| line.contains('|'));
    rows.filter_map(|(row, line)| Some((line, row.trim_end_matches(" |").rsplit("| ").next()?.trim().parse().ok()?)))
        .collect()
}

/// Asserts that the parts of a chapter take as long as it says in all, and leave time for their exercises.
#[track_caller]
pub fn has_time(chapter: &str) {
    let parts = parts(&source(chapter));
    says(chapter, &format!("That is {} minutes", parts.iter().map(|(_, minutes)| minutes).sum::<u32>()));
    leaves_time(chapter);
}

/// Asserts that each part of a chapter's table is longer than its exercises.
#[track_caller]
pub fn leaves_time(chapter: &str) {
    let (source, file) = (source(chapter), format!("notebooks/{chapter}.rs"));
    let parts = parts(&source);
    let texts: Vec<&str> = source.split("// ## Part ").collect();
    assert_eq!(texts.len() - 1, parts.len(), "{file}: as many headings `## Part` as rows in its table of parts");
    // What is before part 1, the introduction, is counted with it.
    let mut before = minutes(texts[0]);
    for ((text, (line, part)), number) in texts[1..].iter().zip(&parts).zip(1..) {
        let minutes = minutes(text) + std::mem::take(&mut before);
        assert!(
            minutes < *part,
            "{file}:{line}: part {number} has {part} minutes, and its exercises alone take {minutes}: \
             give it more here, and change the sum below the table"
        );
    }
}

/// The minutes in the headers of a text's exercises.
pub fn minutes(text: &str) -> u32 {
    let headers = text.lines().filter(|line| line.contains("// %%"));
    headers.filter_map(|line| line.split_once("minutes=")?.1.trim().parse::<u32>().ok()).sum()
}
