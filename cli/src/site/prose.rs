//! Prose with headings that can be linked to, and links that lead to pages of the site.

use std::collections::BTreeSet;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use crate::page::markdown;

/// A heading, and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub level: usize,
    /// What an address names behind `#`.
    pub id: String,
    pub title: String,
    /// The words up to the next heading, for the search.
    pub words: String,
}

/// The prose of one page, cell by cell.
#[derive(Debug, Default)]
pub struct Prose {
    pub headings: Vec<Heading>,
    taken: BTreeSet<String>,
}

impl Prose {
    /// The HTML of a cell. What is not to be found by the search is no part of its index.
    pub fn html(&mut self, text: &str, is_found: bool) -> String {
        let mut events: Vec<Event> = markdown::events(text).collect();
        self.name_headings(&mut events);
        if is_found {
            self.index(&events);
        }
        lead_to_pages(&mut events);
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, events.into_iter());
        html
    }

    /// Gives each heading an id of its words.
    fn name_headings(&mut self, events: &mut [Event]) {
        for start in 0..events.len() {
            if !matches!(events[start], Event::Start(Tag::Heading { .. })) {
                continue;
            }
            let title =
                words(events[start + 1..].iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_)))));
            let slug = self.free(&slug(&title));
            if let Event::Start(Tag::Heading { id, level, .. }) = &mut events[start] {
                *id = Some(CowStr::from(slug.clone()));
                self.headings.push(Heading { level: number(*level), id: slug, title, words: String::new() });
            }
        }
    }

    fn free(&mut self, slug: &str) -> String {
        let numbered = (2..).map(|number| format!("{slug}-{number}"));
        let free = std::iter::once(slug.to_owned()).chain(numbered).find(|id| self.taken.insert(id.clone()));
        free.unwrap_or_default()
    }

    /// Adds the words of a cell to the headings that they stand below.
    fn index(&mut self, events: &[Event]) {
        let first = self.headings.len() - events.iter().filter(|event| is_heading(event)).count();
        let mut below = first.checked_sub(1);
        let mut parts = events.split(|event| is_heading(event));
        let mut add = |below: Option<usize>, part: &[Event]| {
            if let Some(heading) = below.and_then(|index| self.headings.get_mut(index)) {
                let title_ends = part.iter().position(|event| matches!(event, Event::End(TagEnd::Heading(_))));
                heading.words += &words(part[title_ends.map_or(0, |end| end + 1)..].iter());
                heading.words.push(' ');
            }
        };
        add(below, parts.next().unwrap_or_default());
        for part in parts {
            below = Some(below.map_or(0, |index| index + 1));
            add(below, part);
        }
    }
}

fn is_heading(event: &Event) -> bool {
    matches!(event, Event::Start(Tag::Heading { .. }))
}

fn number(level: HeadingLevel) -> usize {
    level as usize
}

/// The words of some events; of formulas, what their writer typed.
fn words<'a>(events: impl Iterator<Item = &'a Event<'a>>) -> String {
    let mut words = String::new();
    for event in events {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => words.push(' '),
            Event::InlineHtml(html) => words += &typed(html),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A formula as it was typed, without signs that only TeX needs.
fn typed(html: &str) -> String {
    let annotation =
        html.split_once("<annotation").and_then(|(_, rest)| rest.split_once('>')?.1.split_once("</annotation>"));
    annotation.map_or_else(String::new, |(formula, _)| formula.replace(['\\', '{', '}', '$'], ""))
}

/// A title as it may stand in an address.
fn slug(title: &str) -> String {
    let plain: String = title
        .to_lowercase()
        .chars()
        .map(|character| if character.is_alphanumeric() { character } else { ' ' })
        .collect();
    let slug = plain.split_whitespace().collect::<Vec<_>>().join("-");
    if slug.is_empty() { "part".to_owned() } else { slug }
}

/// Links to chapters lead to their pages; links to files that no page shows become plain words.
fn lead_to_pages(events: &mut [Event]) {
    let mut open = Vec::new();
    for event in events {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let to = target(dest_url);
                open.push(to.is_some());
                match to {
                    Some(to) => *dest_url = CowStr::from(to),
                    None => *event = Event::InlineHtml(CowStr::from("")),
                }
            }
            Event::End(TagEnd::Link) if open.pop() == Some(false) => *event = Event::InlineHtml(CowStr::from("")),
            _ => {}
        }
    }
}

/// Where a link of a chapter leads on the site.
fn target(url: &str) -> Option<String> {
    if url.starts_with('#') || url.contains("://") || url.starts_with("mailto:") {
        return Some(url.to_owned());
    }
    let (path, anchor) =
        url.split_once('#').map_or((url, String::new()), |(path, anchor)| (path, format!("#{anchor}")));
    let name = path.rsplit('/').next()?;
    let stem = name.strip_suffix(".ipynb").or_else(|| name.strip_suffix(".rs"));
    let is_chapter = |stem: &&str| stem.starts_with(|character: char| character.is_ascii_digit());
    match stem.filter(is_chapter) {
        Some(stem) => Some(format!("{stem}.html{anchor}")),
        None if path.ends_with("notebooks/README.md") => Some(format!("about.html{anchor}")),
        None if path.ends_with("data/README.md") => Some(format!("data.html{anchor}")),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_ids_of_their_own_and_the_words_below_them() {
        let mut prose = Prose::default();
        let html = prose.html("# Phase & plane\n\nA *state* is\na point.\n\n## See `x`\n\nHere.", true);
        prose.html("More $x$ of it.\n\n## See $x$", true);
        assert!(html.contains("<h1 id=\"phase-plane\">") && html.contains("<h2 id=\"see-x\">"), "{html}");
        let found: Vec<(&str, &str)> =
            prose.headings.iter().map(|heading| (heading.id.as_str(), heading.words.trim())).collect();
        assert_eq!(found, [("phase-plane", "A state is a point."), ("see-x", "Here. More x of it."), ("see-x-2", "")]);
    }

    #[test]
    fn links_lead_to_pages_and_to_nothing_that_is_not_there() {
        let html = Prose::default().html(
            "[a](02_node.ipynb) [b](../notebooks/02_node.rs#x) [c](../docs/grading.md) [d](https://a.org) [e](../data/README.md)",
            true,
        );
        for part in ["href=\"02_node.html\"", "href=\"02_node.html#x\"", " c ", "href=\"https://a.org\"", "data.html"] {
            assert!(html.contains(part), "{part} is missing in {html}");
        }
        assert!(!html.contains("grading"), "{html}");
    }
}
