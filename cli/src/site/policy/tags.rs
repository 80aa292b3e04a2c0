//! HTML as a row of tags and what is between them, for whoever changes some tags and leaves every other byte alone.

use crate::page::escape;

/// A piece of a page. Its pieces, one after the other, are the page.
#[derive(Debug, PartialEq)]
pub enum Piece<'a> {
    /// Text, a comment, the end of an element.
    Other(&'a str),
    /// The beginning of an element.
    Tag(Tag<'a>),
    /// An element whose content is no HTML: `style` or `script`.
    Raw { tag: Tag<'a>, content: &'a str },
}

/// The beginning of an element.
#[derive(Debug, PartialEq)]
pub struct Tag<'a> {
    /// As it is there.
    pub source: &'a str,
    pub name: &'a str,
    pub attributes: Vec<Attribute<'a>>,
    /// Whether it ends in `/>`.
    pub is_closed: bool,
}

/// An attribute, its value as a browser reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute<'a> {
    /// As it is there; nothing for one that is new.
    source: Option<&'a str>,
    pub name: &'a str,
    pub value: Option<String>,
}

impl<'a> Attribute<'a> {
    /// A new one.
    pub fn new(name: &'a str, value: Option<String>) -> Attribute<'a> {
        Attribute { source: None, name, value }
    }

    /// Whether it is called so; capitals do not count.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Its value; nothing where it has none.
    pub fn value(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }
}

impl Tag<'_> {
    /// Whether it begins such an element.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, if it is there.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.is(name)).map(Attribute::value)
    }

    /// The tag with these attributes in place of its own.
    pub fn with(&self, attributes: &[Attribute]) -> String {
        let mut tag = format!("<{}", self.name);
        for attribute in attributes {
            tag.push(' ');
            match (attribute.source, &attribute.value) {
                (Some(source), _) => tag.push_str(source),
                (None, Some(value)) => tag.extend([attribute.name, "=\"", &escape(value), "\""]),
                (None, None) => tag.push_str(attribute.name),
            }
        }
        tag.push_str(if self.is_closed { "/>" } else { ">" });
        tag
    }
}

/// The pieces of some HTML.
pub fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, behind) = piece(rest);
        pieces.push(piece);
        rest = behind;
    }
    pieces
}

fn piece(html: &str) -> (Piece<'_>, &str) {
    let other = |end: usize| (Piece::Other(&html[..end]), &html[end..]);
    if !html.starts_with('<') {
        return other(html.find('<').unwrap_or(html.len()));
    }
    if html.starts_with("<!--") {
        return other(html.find("-->").map_or(html.len(), |end| end + 3));
    }
    let Some((tag, behind)) = tag(html) else { return other(1) };
    if !tag.is_closed && (tag.is("script") || tag.is("style")) {
        let (content, behind) = until_end(tag.name, behind);
        return (Piece::Raw { tag, content }, behind);
    }
    (Piece::Tag(tag), behind)
}

/// What is before the end of the element, and what is behind it.
fn until_end<'a>(name: &str, html: &'a str) -> (&'a str, &'a str) {
    let ends = |at: usize| html[at + 2..].get(..name.len()).is_some_and(|other| other.eq_ignore_ascii_case(name));
    match html.match_indices("</").map(|(at, _)| at).find(|at| ends(*at)) {
        Some(at) => (&html[..at], html[at..].find('>').map_or("", |end| &html[at + end + 1..])),
        None => (html, ""),
    }
}

fn is_blank(character: char) -> bool {
    character.is_ascii_whitespace()
}

/// The tag with which the HTML begins, and what is behind it.
fn tag(html: &str) -> Option<(Tag<'_>, &str)> {
    let inside = html.strip_prefix('<')?;
    if !inside.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let (name, mut rest) = inside.split_at(inside.find(|end| is_blank(end) || matches!(end, '/' | '>'))?);
    let (mut attributes, mut is_closed) = (Vec::new(), false);
    loop {
        rest = rest.trim_start_matches(is_blank);
        if let Some(behind) = rest.strip_prefix('>') {
            let source = &html[..html.len() - behind.len()];
            return Some((Tag { source, name, attributes, is_closed }, behind));
        }
        if let Some(behind) = rest.strip_prefix('/') {
            (rest, is_closed) = (behind, behind.starts_with('>'));
            continue;
        }
        let (attribute, behind) = attribute(rest)?;
        attributes.push(attribute);
        rest = behind;
    }
}

fn attribute(html: &str) -> Option<(Attribute<'_>, &str)> {
    // A name may begin with what would end it.
    let end = html.char_indices().skip(1).find(|(_, end)| is_blank(*end) || matches!(end, '/' | '>' | '='))?.0;
    let (name, behind) = html.split_at(end);
    let Some(value) = behind.trim_start_matches(is_blank).strip_prefix('=') else {
        return Some((Attribute { source: Some(name), name, value: None }, behind));
    };
    let value = value.trim_start_matches(is_blank);
    let (value, behind) = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split_once(quote)?,
        _ => value.split_at(value.find(|end| is_blank(end) || end == '>')?),
    };
    let source = Some(&html[..html.len() - behind.len()]);
    Some((Attribute { source, name, value: Some(unescaped(value)) }, behind))
}

/// Text as a browser reads it, as far as it is written with the signs that HTML itself uses.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    signs.iter().fold(text.to_owned(), |text, (written, meant)| text.replace(written, meant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_and_every_other_byte_stays() {
        let html = "<!DOCTYPE html>a < b<!-- <b> --><p CLASS='x y' hidden data-a=1 title=\"&lt;a&gt;\">π</p><br/><img alt=\"a>b\" />";
        let mut written = String::new();
        let mut names = Vec::new();
        for piece in pieces(html) {
            match piece {
                Piece::Other(text) => written.push_str(text),
                Piece::Tag(tag) => {
                    written.push_str(tag.source);
                    names.push((tag.name, tag.attributes.len(), tag.is_closed));
                }
                Piece::Raw { .. } => panic!("there is no such element"),
            }
        }
        assert_eq!(written, html);
        assert_eq!(names, [("p", 4, false), ("br", 0, true), ("img", 1, true)]);
    }

    #[test]
    fn an_attribute_is_read_as_a_browser_does() {
        let Piece::Tag(tag) = piece("<a Href=\"?a&amp;b&nbsp;c\" x y = 'z' w=1/>").0 else { panic!("no tag") };
        assert_eq!(tag.get("href"), Some("?a&b&nbsp;c"));
        assert_eq!((tag.get("x"), tag.get("y"), tag.get("w"), tag.get("v")), (Some(""), Some("z"), Some("1/"), None));
        let new = [tag.attributes[0].clone(), Attribute::new("z", Some("\"".to_owned())), Attribute::new("q", None)];
        assert_eq!(tag.with(&new), "<a Href=\"?a&amp;b&nbsp;c\" z=\"&quot;\" q>");
    }

    #[test]
    fn the_content_of_a_script_is_no_html() {
        let html = "<script>if (a<b) say(\"<p style='x'>\");</SCRIPT><b>";
        let Piece::Raw { tag, content } = piece(html).0 else { panic!("no script") };
        assert!(tag.is("script"));
        assert_eq!(content, "if (a<b) say(\"<p style='x'>\");");
        assert_eq!(piece(html).1, "<b>");
    }

    #[test]
    fn what_is_broken_off_is_text() {
        for html in ["<", "<p", "<p a", "<p a=", "<p a=\"", "<p a='>", "<!--", "<script>", "</", "<p =", "< p>"] {
            let count = pieces(html).len();
            assert!((1..=2).contains(&count), "{html}: {:?}", pieces(html));
        }
    }
}
