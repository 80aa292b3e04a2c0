//! The syllabus: the table in notebooks/README.md whose first column links to chapters.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What the syllabus says of a chapter, or of a part of it.
#[derive(Debug, PartialEq)]
pub struct Row {
    /// The chapter's name: `02_single_node_dynamics`.
    pub chapter: String,
    /// How the table calls it.
    pub name: String,
    /// Markdown: what it is about.
    pub about: String,
    /// Markdown: how long it takes.
    pub minutes: String,
}

/// The rows that link to `NAME.rs`, whatever else the text holds.
pub fn rows(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut head, mut cells, mut link) = (Vec::new(), Vec::new(), None);
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => (cells, link) = (Vec::new(), None),
            Event::Start(Tag::TableCell) => cells.push(text[range].trim_matches([' ', '|']).to_owned()),
            Event::Start(Tag::Link { dest_url, .. }) if cells.len() == 1 => link = Some(dest_url.to_string()),
            Event::End(TagEnd::TableHead) => head = cells.iter().map(|cell| cell.to_lowercase()).collect(),
            Event::End(TagEnd::TableRow) => rows.extend(row(&head, &cells, link.as_deref())),
            _ => {}
        }
    }
    rows
}

fn row(head: &[String], cells: &[String], link: Option<&str>) -> Option<Row> {
    let chapter = link?.rsplit('/').next()?.strip_suffix(".rs")?.to_owned();
    let column = |words: &str| {
        let at = head.iter().position(|name| name.contains(words))?;
        Some(cells.get(at)?.clone())
    };
    let name = cells.first()?.trim_start_matches('[').split(']').next()?.to_owned();
    Some(Row {
        chapter,
        name,
        about: column("about").unwrap_or_default(),
        minutes: column("minutes").unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_link_to_a_chapter_are_the_syllabus() {
        let text = "# X\n\n| Chapter | What it is about | Minutes |\n|---|---|---|\n| [02 Nodes, part 1](02_nodes.rs) | $x$ and *y* | 85 |\n| Pause | | 15 |\n";
        let row = Row {
            chapter: "02_nodes".into(),
            name: "02 Nodes, part 1".into(),
            about: "$x$ and *y*".into(),
            minutes: "85".into(),
        };
        assert_eq!(rows(text), [row]);
    }
}
