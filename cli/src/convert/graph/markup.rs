//! As much of XML as GraphML needs: tags with their attributes, and the text between them. No document type is read, so
//! that nothing is named that grows.

use anyhow::{Result, anyhow, bail};

use super::super::delimited::shown;

/// A piece of a document.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    Open { name: String, attributes: Vec<(String, String)>, closed: bool },
    Close(String),
    Text(String),
}

impl Piece {
    /// The value of an attribute.
    pub fn attribute(&self, wanted: &str) -> Option<&str> {
        match self {
            Piece::Open { attributes, .. } => {
                attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
            }
            _ => None,
        }
    }
}

/// Hands the pieces of a document to a function, each with its line.
pub fn for_each_piece(text: &str, mut take: impl FnMut(usize, Piece) -> Result<()>) -> Result<()> {
    let (mut rest, mut line) = (text, 1);
    while !rest.is_empty() {
        let (piece, behind) = next(rest).map_err(|error| anyhow!("row {line}: {error}"))?;
        if let Some(piece) = piece {
            take(line, piece)?;
        }
        line += rest[..rest.len() - behind.len()].matches('\n').count();
        rest = behind;
    }
    Ok(())
}

/// The first piece, if it is one that counts, and what is behind it.
fn next(text: &str) -> Result<(Option<Piece>, &str)> {
    for (begin, end) in [("<!--", "-->"), ("<?", "?>")] {
        if let Some(inside) = text.strip_prefix(begin) {
            return Ok((None, inside.split_once(end).ok_or_else(unended)?.1));
        }
    }
    if text.starts_with("<!") {
        bail!(
            "there is a document type or raw text, which is not read: write the graph again, with NetworkX or igraph"
        );
    }
    let Some(inside) = text.strip_prefix('<') else {
        let (words, behind) = text.split_at(text.find('<').unwrap_or(text.len()));
        return Ok((Some(Piece::Text(unescape(words)?)), behind));
    };
    if let Some(inside) = inside.strip_prefix('/') {
        let (name, behind) = inside.split_once('>').ok_or_else(unended)?;
        return Ok((Some(Piece::Close(local(name.trim()))), behind));
    }
    let end = inside.find(|next: char| next.is_whitespace() || matches!(next, '/' | '>')).ok_or_else(unended)?;
    let (name, mut rest) = inside.split_at(end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        let closed = rest.starts_with("/>");
        if let Some(behind) = rest.strip_prefix(if closed { "/>" } else { ">" }) {
            return Ok((Some(Piece::Open { name: local(name), attributes, closed }), behind));
        }
        let (attribute, behind) = rest.split_once('=').ok_or_else(unended)?;
        let behind = behind.trim_start();
        let mark = behind.chars().next().filter(|mark| matches!(mark, '"' | '\'')).ok_or_else(unended)?;
        let (value, behind) = behind[1..].split_once(mark).ok_or_else(unended)?;
        attributes.push((local(attribute.trim()), unescape(value)?));
        rest = behind;
    }
}

fn unended() -> anyhow::Error {
    anyhow!("a tag is damaged or has no end: the file was cut off, copy or save it again")
}

/// A name without the prefix of its namespace.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

/// The characters that XML writes with an ampersand.
fn unescape(text: &str) -> Result<String> {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        result.push_str(before);
        let (name, behind) = behind.split_once(';').unwrap_or((behind, ""));
        let character = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => {
                let number = name.strip_prefix('#').map(|digits| match digits.strip_prefix('x') {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => digits.parse(),
                });
                number.and_then(Result::ok).and_then(char::from_u32)
            }
        };
        result.push(character.ok_or_else(|| anyhow!("\"&{}\" is not a character of XML's", shown(name)))?);
        rest = behind;
    }
    result.push_str(rest);
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_attributes_and_text_are_told_apart() {
        let text = "<?xml version='1.0'?>\n<!-- a > b -->\n<g:a x=\"1 &gt; 0\" y = 'ä&#65;'><b/>t&amp;t</g:a>";
        let mut pieces = Vec::new();
        for_each_piece(text, |line, piece| {
            pieces.push((line, piece));
            Ok(())
        })
        .unwrap();
        pieces.retain(|(_, piece)| !matches!(piece, Piece::Text(text) if text.trim().is_empty()));
        assert_eq!(
            (pieces[0].1.attribute("x"), pieces[0].1.attribute("y"), pieces[0].0),
            (Some("1 > 0"), Some("äA"), 3)
        );
        assert!(matches!(&pieces[1].1, Piece::Open { name, closed: true, .. } if name == "b"));
        assert_eq!(pieces[2].1, Piece::Text("t&t".to_owned()));
        assert_eq!(pieces[3].1, Piece::Close("a".to_owned()));
    }

    #[test]
    fn what_is_damaged_or_grows_is_refused_with_its_row() {
        for text in [
            "\n<a",
            "\n<a x",
            "\n<a x=1>",
            "\n<!DOCTYPE a [<!ENTITY b 'c'>]>",
            "\n<a>&b;</a>",
            "\n<!-- ",
            "\n<ä b=\"&#xffffffff;\">",
        ] {
            let message = for_each_piece(text, |_, _| Ok(())).unwrap_err().to_string();
            assert!(message.starts_with("row 2: "), "{message}");
        }
    }
}
