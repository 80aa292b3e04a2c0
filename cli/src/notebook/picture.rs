//! Pictures that somebody has put into a cell of prose: nbformat keeps them in the cell, by name, and the text speaks of
//! them as `attachment:NAME`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Object;
use super::stored_text::text;
use crate::support::address;

/// The kinds that any browser shows. None of them can run anything where it is as an image.
const KINDS: [&str; 5] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"];

/// More base 64 than this is not a picture that a learner means to hand in: 6 MB.
pub const LARGEST: usize = 8_000_000;
/// Nor is more in all the cells of a notebook.
pub const MOST: usize = 16_000_000;

/// Nor are more in one text.
const MOST_IN_A_TEXT: usize = 100;

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// How the text calls it.
    pub name: String,
    /// `image/png`
    pub kind: String,
    /// In base 64; empty where there is too much of it.
    pub data: String,
}

impl Picture {
    /// The pictures in a cell's `attachments`.
    pub(super) fn all(attachments: &Object) -> Vec<Picture> {
        attachments.iter().filter_map(|(name, forms)| Picture::read(name, forms.as_object()?)).collect()
    }

    fn read(name: &str, forms: &Object) -> Option<Picture> {
        let (kind, data) = KINDS.iter().find_map(|kind| Some((*kind, forms.get(*kind)?)))?;
        let data: String = text(data)?;
        let data = match data.trim_start().starts_with('<') {
            true => address::to_base64(data.as_bytes()),
            false => data.split_ascii_whitespace().collect(),
        };
        if data.len() > LARGEST || address::from_base64(&data).is_none() {
            return Some(Picture { name: name.to_owned(), kind: kind.to_owned(), data: String::new() });
        }
        Some(Picture { name: name.to_owned(), kind: kind.to_owned(), data })
    }

    /// The picture as an address that holds it; nothing where it is not kept.
    pub fn address(&self) -> Option<String> {
        (!self.data.is_empty()).then(|| format!("data:{};base64,{}", self.kind, self.data))
    }
}

/// What is kept of `attachments` in a notebook of which the text alone is read.
pub(super) fn is_kept(kind: &str) -> bool {
    KINDS.contains(&kind)
}

/// A text without the pictures that it holds itself, as Colab writes them, `![x](data:image/png;base64,…)`: each is an attachment
/// from here on. `None` where there is none.
pub(super) fn taken_out(text: &str, attachments: &mut Object) -> Option<String> {
    const BEGIN: &str = "data:image/";
    let mut written = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(BEGIN) {
        let (before, picture) = rest.split_at(at);
        written += before;
        let is_of = |kind: &&&str| picture[5..].strip_prefix(**kind).is_some_and(|it| it.starts_with(";base64,"));
        let Some(kind) = KINDS.iter().find(is_of).filter(|_| attachments.len() < MOST_IN_A_TEXT) else {
            written += BEGIN;
            rest = &picture[BEGIN.len()..];
            continue;
        };
        let data = &picture[5 + kind.len() + 8..];
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=');
        let (data, behind) = data.split_at(data.find(|letter| !is_part(letter)).unwrap_or(data.len()));
        let ending = kind.trim_start_matches("image/").trim_end_matches("+xml");
        let mut names = (attachments.len() + 1..).map(|number| format!("picture-{number}.{ending}"));
        let name = names.find(|name| !attachments.contains_key(name))?;
        written += &format!("attachment:{name}");
        attachments.insert(name, json!({ *kind: if data.len() > LARGEST { "" } else { data } }));
        rest = behind;
    }
    (!written.is_empty() && rest.len() < text.len()).then(|| written + rest)
}

/// The HTML with each picture of the cell in its place.
pub fn in_place(html: &str, pictures: &[Picture]) -> String {
    const PLACE: &str = "src=\"attachment:";
    let mut pieces = html.split(PLACE);
    let mut written = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let address = piece.find('"').and_then(|end| {
            let (name, behind) = piece.split_at(end);
            Some((named(name, pictures)?.address()?, behind))
        });
        match address {
            Some((address, behind)) => written.extend(["src=\"", &address, behind]),
            None => written.extend([PLACE, piece]),
        }
    }
    written
}

/// The picture that an address calls so, in the letters of addresses or in plain ones.
fn named<'a>(name: &str, pictures: &'a [Picture]) -> Option<&'a Picture> {
    let name = name.replace("&amp;", "&");
    let plain = address::percent_decoded(&name).and_then(|bytes| String::from_utf8(bytes).ok());
    pictures.iter().find(|picture| picture.name == name || plain.as_ref() == Some(&picture.name))
}

/// The same for a value that may be anything.
pub(super) fn of(attachments: Option<&Value>) -> Vec<Picture> {
    attachments.and_then(Value::as_object).map(Picture::all).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(name: &str, data: &str) -> Picture {
        Picture { name: name.to_owned(), kind: "image/png".to_owned(), data: data.to_owned() }
    }

    #[test]
    fn pictures_are_read_in_each_form_that_notebooks_have() {
        let value = json!({
            "a.png": {"image/png": "AA\nEC"},
            "b.svg": {"image/svg+xml": ["<svg>", "</svg>"]},
            "c.png": {"image/png": "no base 64!"},
            "d.pdf": {"application/pdf": "AAEC"},
            "e": 7,
        });
        let found = of(Some(&value));
        assert_eq!(found.iter().map(|picture| picture.name.as_str()).collect::<Vec<_>>(), ["a.png", "b.svg", "c.png"]);
        assert_eq!(found[0].address().unwrap(), "data:image/png;base64,AAEC");
        assert_eq!(found[1].address().unwrap(), "data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=");
        assert_eq!(found[2].address(), None);
        assert_eq!(of(Some(&json!([1]))), []);
    }

    #[test]
    fn a_picture_that_stands_in_the_text_itself_becomes_an_attachment() {
        let mut attachments = Object::new();
        let text = "It grows:\n![a](data:image/png;base64,AAEC)\n<img src=\"data:image/svg+xml;base64,PHN2Zz4=\"> so.";
        assert_eq!(
            taken_out(text, &mut attachments).unwrap(),
            "It grows:\n![a](attachment:picture-1.png)\n<img src=\"attachment:picture-2.svg\"> so."
        );
        let found = Picture::all(&attachments);
        assert_eq!(found.iter().map(|picture| picture.data.as_str()).collect::<Vec<_>>(), ["AAEC", "PHN2Zz4="]);
        for text in ["", "data:image/", "data:image/x;base64,AAEC", "data:text/html;base64,AAEC", "äö"] {
            assert_eq!(taken_out(text, &mut Object::new()).unwrap_or(text.to_owned()), text);
        }
        let huge = format!("![a](data:image/png;base64,{})", "A".repeat(LARGEST + 4));
        assert_eq!(taken_out(&huge, &mut Object::new()).unwrap(), "![a](attachment:picture-1.png)");
    }

    #[test]
    fn each_picture_stands_where_the_text_says() {
        let pictures = [picture("a b.png", "AAEC"), picture("ö&.png", "AAAA")];
        let html = "<img src=\"attachment:a%20b.png\" alt=\"a\"/><img src=\"attachment:%C3%B6&amp;.png\"><img src=\"attachment:c.png\">";
        assert_eq!(
            in_place(html, &pictures),
            "<img src=\"data:image/png;base64,AAEC\" alt=\"a\"/><img src=\"data:image/png;base64,AAAA\"><img src=\"attachment:c.png\">"
        );
    }
}
