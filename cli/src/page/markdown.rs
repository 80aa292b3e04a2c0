//! Prose as HTML: headings with anchors, formulas as MathML, Rust in colours.

use std::collections::HashSet;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::{formula, highlight};

/// Where a link of the text leads on the page. `None` takes the link away and leaves its words.
pub type Links<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// A heading, and the words below it up to the next one.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Section {
    /// 1 for a page's title; 0 for what is above the first heading.
    pub level: usize,
    /// The anchor.
    pub id: String,
    /// The heading as HTML.
    pub html: String,
    /// The heading in plain words.
    pub title: String,
    /// What is below it, in plain words.
    pub words: String,
}

/// The prose of one page, cell after cell.
pub struct Prose<'a> {
    links: &'a Links<'a>,
    anchors: HashSet<String>,
    /// What has been read, from heading to heading.
    pub sections: Vec<Section>,
}

/// All links as they are.
pub fn as_written(address: &str) -> Option<String> {
    Some(address.to_owned())
}

impl<'a> Prose<'a> {
    /// A page without anything.
    pub fn new(links: &'a Links<'a>) -> Prose<'a> {
        Prose { links, anchors: HashSet::new(), sections: vec![Section::default()] }
    }

    /// The HTML of a cell. Its headings and words become sections.
    pub fn html(&mut self, text: &str) -> String {
        let (html, sections) = self.read(text);
        let mut sections = sections.into_iter();
        if let Some(before) = sections.next() {
            self.keep(&before.words);
        }
        self.sections.extend(sections);
        html
    }

    /// The HTML of what is folded: neither the contents nor the search tells of it.
    pub fn folded(&mut self, text: &str) -> String {
        self.read(text).0
    }

    /// Adds words to the section that was read last.
    pub fn keep(&mut self, words: &str) {
        if let Some(section) = self.sections.last_mut() {
            section.words.push_str(words);
            section.words.push('\n');
        }
    }

    /// The text as HTML, and its sections; the first is what is above its first heading.
    fn read(&mut self, text: &str) -> (String, Vec<Section>) {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
        let mut events = Parser::new_ext(text, options);
        let mut written = Vec::new();
        let mut sections = vec![Section::default()];
        let mut linked = Vec::new();
        while let Some(event) = events.next() {
            if let Some(section) = sections.last_mut() {
                section.words.push_str(&words(&event));
            }
            match event {
                Event::InlineMath(text) => written.push(formula::inline(&text)),
                Event::DisplayMath(text) => written.push(formula::display(&text)),
                Event::Start(Tag::Heading { level, .. }) => {
                    let inside: Vec<Event> =
                        events.by_ref().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_)))).collect();
                    let section = self.section(level as usize, inside);
                    written.push(Event::Html(heading(&section).into()));
                    sections.push(section);
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if language.starts_with("rust") => {
                    let code: String = events
                        .by_ref()
                        .take_while(|event| !matches!(event, Event::End(TagEnd::CodeBlock)))
                        .map(|event| words(&event))
                        .collect();
                    written.push(Event::Html(block(&code).into()));
                    if let Some(section) = sections.last_mut() {
                        section.words.push_str(&code);
                    }
                }
                Event::Start(Tag::Table(alignments)) => {
                    written.push(Event::Html("<div class=\"scroll\">".into()));
                    written.push(Event::Start(Tag::Table(alignments)));
                }
                Event::End(TagEnd::Table) => {
                    written.push(Event::End(TagEnd::Table));
                    written.push(Event::Html("</div>\n".into()));
                }
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    let address = (self.links)(&dest_url);
                    linked.push(address.is_some());
                    written.extend(address.map(|address| {
                        Event::Start(Tag::Link { link_type, dest_url: CowStr::from(address), title, id })
                    }));
                }
                Event::End(TagEnd::Link) => {
                    if linked.pop() == Some(true) {
                        written.push(Event::End(TagEnd::Link));
                    }
                }
                Event::Code(code) if is_short(&code) => {
                    let code = super::escape(&code);
                    written.push(Event::InlineHtml(format!("<code class=\"short\">{code}</code>").into()));
                }
                other => written.push(other),
            }
        }
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, written.into_iter());
        (html, sections)
    }

    /// The section that a heading begins, with an anchor of its own.
    fn section(&mut self, level: usize, inside: Vec<Event>) -> Section {
        let title: String = inside.iter().map(words).collect();
        let title = title.trim().to_owned();
        let mut html = String::new();
        let shown = inside.into_iter().filter_map(|event| match event {
            Event::InlineMath(text) => Some(formula::inline(&text)),
            // A heading is linked to from elsewhere, and a link in a link is none.
            Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link) => None,
            other => Some(other),
        });
        pulldown_cmark::html::push_html(&mut html, shown);
        Section { level, id: self.anchor(&title), html, title, words: String::new() }
    }

    /// `What is a node?` is at `#what-is-a-node`; a second one at `#what-is-a-node-2`.
    fn anchor(&mut self, title: &str) -> String {
        let plain: String = title.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        let base = plain.split_whitespace().collect::<Vec<_>>().join("-");
        let base = if base.is_empty() { "section".to_owned() } else { base };
        let mut numbered = (2..).map(|number| format!("{base}-{number}"));
        let mut anchor = base.clone();
        while !self.anchors.insert(anchor.clone()) {
            anchor = numbered.next().unwrap_or_default();
        }
        anchor
    }
}

/// A text in plain words, for where no markup can be.
pub fn plain(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
    let all: String = Parser::new_ext(text, options).map(|event| words(&event)).collect();
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A block of Rust.
pub fn block(code: &str) -> String {
    format!("<pre><code class=\"language-rust\">{}</code></pre>\n", highlight::rust(code))
}

fn heading(Section { level, id, html, .. }: &Section) -> String {
    // The mark is a sign of the style sheet: whoever listens to the page hears the heading alone.
    format!(
        "<h{level} id=\"{id}\">{html}<a class=\"anchor\" href=\"#{id}\" aria-hidden=\"true\" tabindex=\"-1\"></a></h{level}>\n"
    )
}

/// What an event adds to the plain text.
fn words(event: &Event) -> String {
    match event {
        Event::Text(text) | Event::Code(text) => text.to_string(),
        Event::InlineMath(text) | Event::DisplayMath(text) => formula::words(text),
        Event::SoftBreak
        | Event::HardBreak
        | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::TableRow | TagEnd::TableHead) => {
            " ".to_owned()
        }
        _ => String::new(),
    }
}

/// A piece of code that a line could be broken inside of, and that is too short for it.
fn is_short(code: &str) -> bool {
    code.len() <= 16 && code.contains(['-', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to_html(text: &str) -> String {
        Prose::new(&as_written).html(text)
    }

    #[test]
    fn a_formula_is_mathml_and_one_that_cannot_be_read_is_shown_as_written() {
        assert!(to_html("so $x_0 e^{at}$").contains("<msup>"));
        assert!(to_html("so $\\nonsense x$").contains("<code>\\nonsense x</code>"));
    }

    #[test]
    fn a_blank_after_a_backslash_is_a_space_and_no_letter() {
        let html = to_html("$a\\ b~c$");
        assert_eq!(html.matches("<mspace width=\"0.25em\" />").count(), 2, "{html}");
        assert!(!html.contains("nbsp"), "{html}");
    }

    #[test]
    fn an_arrow_is_not_torn_apart_at_the_end_of_a_line() {
        assert!(to_html("after `->`").contains("<code class=\"short\">-&gt;</code>"));
        assert!(to_html("`x[k - 1] + dt * xdot - noise`").contains("<code>x[k"));
    }

    #[test]
    fn markdown_inside_a_fold_is_rendered() {
        let html = to_html("<details><summary>Hint 1</summary>\n\nUse `dt`.\n\n```rust\nlet x = 1;\n```\n\n</details>");
        assert!(
            html.contains("<details>") && html.contains("<code>dt</code>") && html.contains("language-rust"),
            "{html}"
        );
        assert!(html.contains("<span class=\"k\">let</span>"), "{html}");
    }

    #[test]
    fn headings_have_anchors_of_their_own_and_what_stands_below_belongs_to_them() {
        let mut prose = Prose::new(&as_written);
        let html = prose.html("Before.\n\n## What is $\\dot x$?\n\nA *rate* of `x`.\n\n| a |\n|---|\n| b |");
        prose.html("More.\n\n## What is $\\dot x$?");
        prose.folded("## Hidden\n\nSecret.");
        assert!(html.contains("<h2 id=\"what-is-x"), "{html}");
        let sections: Vec<(usize, &str)> =
            prose.sections.iter().map(|section| (section.level, section.words.trim())).collect();
        assert_eq!(sections[0], (0, "Before."));
        assert_eq!(sections[1].0, 2);
        assert!(sections[1].1.starts_with("A rate of x. a  b") && sections[1].1.ends_with("More."), "{sections:?}");
        assert_eq!(sections.len(), 3);
        assert_eq!(prose.sections[2].id, format!("{}-2", prose.sections[1].id));
    }

    #[test]
    fn a_link_leads_where_the_page_says_or_leaves_its_words() {
        let links = |address: &str| address.strip_suffix(".ipynb").map(|name| format!("{name}.html"));
        let html = Prose::new(&links).html("[one](02_x.ipynb) and [two](../src/lib.rs)");
        assert_eq!(html, "<p><a href=\"02_x.html\">one</a> and two</p>\n");
    }
}
