//! Files that were handed in beside notebooks, or in their place.

use std::collections::{BTreeMap, BTreeSet};

use super::name::is_blackboards_own;
use crate::support::plain_text;

/// A longer name is cut where it is told.
const LONGEST_NAME: usize = 100;
/// So many names are told.
const MOST_NAMES: usize = 3;
const MOST_DOCUMENTS: usize = 8;
/// Files in which answers in words are handed in beside a notebook: texts, and photos of them.
const DOCUMENT_ENDINGS: [&str; 17] = [
    "pdf", "doc", "docx", "odt", "rtf", "pages", "txt", "md", "tex", "html", "htm", "jpg", "jpeg", "png", "heic",
    "heif", "webp",
];

/// Files that are not notebooks. Somebody's ten thousand are counted, and a few named.
#[derive(Default)]
pub struct Others {
    pub count: usize,
    names: BTreeSet<String>,
    pub first: Option<String>,
    pub documents: Documents,
}

/// Those of them that may hold answers in words.
#[derive(Default)]
pub struct Documents {
    count: usize,
    bytes: u64,
    /// With their sizes: another text under the same name is another answer.
    pub some: BTreeMap<String, u64>,
}

impl Others {
    pub fn put(&mut self, name: &str, size: u64, origin: String) {
        let name = plain_text::cut(name, LONGEST_NAME).into_owned();
        let documents = if is_document(&name) {
            Documents { count: 1, bytes: size, some: BTreeMap::from([(name.clone(), size)]) }
        } else {
            Documents::default()
        };
        self.join(Others { count: 1, names: BTreeSet::from([name]), first: Some(origin), documents });
    }

    pub fn join(&mut self, other: Others) {
        self.count += other.count;
        self.names.extend(other.names);
        while self.names.len() > MOST_NAMES {
            self.names.pop_last();
        }
        self.documents.join(other.documents);
        self.first = self.first.take().or(other.first);
    }

    pub fn told(&self) -> String {
        let names = self.names.iter().map(|name| plain_text::line(name)).collect::<Vec<_>>().join(", ");
        match self.count.saturating_sub(self.names.len()) {
            0 => names,
            more => format!("{names} and {more} more"),
        }
    }
}

impl Documents {
    fn join(&mut self, other: Documents) {
        self.count += other.count;
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.some.extend(other.some);
        while self.some.len() > MOST_DOCUMENTS {
            self.some.pop_last();
        }
    }

    pub fn told(&self) -> Option<String> {
        let some: Vec<String> =
            self.some.iter().map(|(name, size)| format!("{} ({size} bytes)", plain_text::line(name))).collect();
        let more = match self.count.saturating_sub(some.len()) {
            0 => String::new(),
            more => format!(" and {more} more ({} bytes in all)", self.bytes),
        };
        (self.count > 0).then(|| some.join(", ") + &more)
    }
}

/// Whether a file may hold what somebody wrote by hand or in another program.
fn is_document(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_platforms = is_blackboards_own(&name);
    let is_of_the_course = matches!(name.as_str(), "readme.md" | "readme.txt");
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    DOCUMENT_ENDINGS.contains(&ending) && !is_platforms && !is_of_the_course
}
