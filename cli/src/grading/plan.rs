//! What is to be done: which chapter it is about, which submissions are marked already.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

use anyhow::{Result, bail};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};

use super::folder::Folder;
use super::record::{Record, Status, SubmissionName};
use super::settings::Settings;
use super::submissions::{Found, Machine};
use crate::notebook::in_due_form;
use crate::support::plain_text;

/// A chapter's name is shorter; what else a notebook says is cut.
const LONGEST_NAME: usize = 100;

/// A submission that was looked into.
#[derive(Debug)]
pub struct Inspected {
    pub found: Found,
    /// Of its bytes; empty if they could not be read.
    pub sha256: String,
    /// What its notebook says of itself, or why it could not be read.
    pub about: Result<About, String>,
    /// Whether it was the machine that could not read it.
    pub is_machines_fault: bool,
}

/// What a notebook says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The chapter that it was made from.
    pub chapter: Option<String>,
    /// What is odd, for whoever asks before the marking.
    pub warning: Option<String>,
}

/// What becomes of a submission.
#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    /// There is a record of just this.
    Done,
    /// There is none.
    New,
    /// There is a record of something else, or one that has to be made again.
    Again,
}

impl Inspected {
    /// Reads a submission and keeps what it says of itself, not its contents.
    pub fn inspect(found: Found) -> Inspected {
        match found.read() {
            Ok(bytes) => {
                let sha256 = sha256(&bytes, found.beside.as_deref());
                Inspected { sha256, about: Ok(about(&bytes)), is_machines_fault: false, found }
            }
            Err(error) => Inspected {
                sha256: String::new(),
                about: Err(format!("{error:#}")),
                is_machines_fault: error.is::<Machine>(),
                found,
            },
        }
    }

    /// Why the submission cannot be marked as this chapter's, as far as can be seen from outside.
    pub fn refused(&self, chapter: &str) -> Option<String> {
        match &self.about {
            Err(why) => Some(why.clone()),
            Ok(about) => other_chapter(about, chapter),
        }
    }

    /// What is to be done, given what the folder holds.
    pub fn task(&self, settings: &Settings, folder: &Folder) -> Task {
        match folder.record(&self.found.id) {
            Some(record) if self.fits(&record) && settings.matches(&record) => Task::Done,
            Some(_) => Task::Again,
            None if folder.record_path(&self.found.id).exists() => Task::Again,
            None => Task::New,
        }
    }

    fn fits(&self, record: &Record) -> bool {
        !self.sha256.is_empty() && record.submission.sha256 == self.sha256 && record.status != Status::Infrastructure
    }
}

/// One result for each person. Of several notebooks the only one of this chapter counts, and the same one twice is one.
/// Where more are left, nobody is marked until the teacher says which one counts, or whose it is.
pub fn one_each(all: Vec<Inspected>, chapter: &str) -> Vec<Inspected> {
    let mut people: BTreeMap<String, Vec<Inspected>> = BTreeMap::new();
    for looked in all {
        people.entry(looked.found.id.clone()).or_default().push(looked);
    }
    people.into_values().filter_map(|looked| one(looked, chapter)).collect()
}

fn one(looked: Vec<Inspected>, chapter: &str) -> Option<Inspected> {
    let (mut fitting, mut others): (Vec<Inspected>, Vec<Inspected>) =
        looked.into_iter().partition(|looked| looked.is_machines_fault || looked.refused(chapter).is_none());
    fitting.dedup_by(|one, other| !one.sha256.is_empty() && one.sha256 == other.sha256);
    if fitting.len() == 1 {
        return fitting.pop();
    }
    if fitting.is_empty() && others.len() == 1 {
        return others.pop();
    }
    if fitting.is_empty() {
        let why = others.first()?.refused(chapter)?;
        let why = format!("{} files, and none of them can be marked: {why}", others.len());
        return Some(unmarked(&others, why));
    }
    let origins: Vec<&str> = fitting.iter().map(|looked| looked.found.origin.as_str()).collect();
    let why = format!(
        "several notebooks are called {}, and none is marked before it is clear which one counts and whose it is: {}. \
         Take away or rename the others",
        fitting[0].found.id,
        origins.join(", ")
    );
    Some(unmarked(&fitting, why))
}

fn unmarked(looked: &[Inspected], why: String) -> Inspected {
    let origin = looked.first().map(|looked| looked.found.origin.clone()).unwrap_or_default();
    let id = looked.first().map(|looked| looked.found.id.clone()).unwrap_or_default();
    let found = Found::unmarked(id, origin, why.clone());
    Inspected { sha256: String::new(), about: Err(why), is_machines_fault: false, found }
}

/// The only chapter that more than half of the people have handed in; else the teacher decides. Nobody has more than one
/// voice, however many notebooks of another chapter they hand in.
pub fn chapter(submissions: &[Inspected]) -> Result<String> {
    let mut named: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    let mut people: BTreeSet<&str> = BTreeSet::new();
    for looked in submissions {
        if let Ok(About { chapter: Some(chapter), .. }) = &looked.about {
            people.insert(&looked.found.id);
            named.entry(chapter).or_default().entry(&looked.found.id).or_insert(&looked.found.origin);
        }
    }
    let by_most = named.iter().filter(|(_, voices)| 2 * voices.len() > people.len());
    if let [(chapter, _)] = by_most.collect::<Vec<_>>()[..] {
        return Ok((*chapter).to_owned());
    }
    match named.len() {
        0 => bail!("no notebook says which chapter it is: name it, for example --chapter 02"),
        _ => {
            let such_as =
                |voices: &BTreeMap<&str, &str>| voices.values().next().copied().unwrap_or_default().to_owned();
            let counts: Vec<String> = named
                .iter()
                .map(|(chapter, voices)| format!("{} of {chapter} (such as {})", voices.len(), such_as(voices)))
                .collect();
            bail!(
                "the notebooks are of several chapters: {}. Name the one to mark with --chapter; \
                 the others are then reported, not marked",
                counts.join(", ")
            )
        }
    }
}

/// What to say of a notebook that names another chapter.
pub fn other_chapter(about: &About, chapter: &str) -> Option<String> {
    let other = about.chapter.as_ref().filter(|other| *other != chapter)?;
    Some(format!("this is a notebook of chapter {other}, and {chapter} is marked here"))
}

/// A submission's name, from its bytes and what was handed in beside it.
pub fn submission_name(found: &Found, bytes: &[u8]) -> SubmissionName {
    SubmissionName { id: found.id.clone(), sha256: sha256(bytes, found.beside.as_deref()) }
}

/// What the notebook says of itself. Whether it can be marked, the marker decides.
pub fn about(bytes: &[u8]) -> About {
    /// All but this is passed over, without a copy: outputs may be large.
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct Top {
        metadata: Object<Metadata>,
    }
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct Metadata {
        neurobook: Object<Neurobook>,
    }
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct Neurobook {
        chapter: Option<String>,
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let top = serde_json::from_slice::<Object<Top>>(bytes).or_else(|error| match in_due_form(bytes) {
        Some(mended) => serde_json::from_slice(&mended),
        None => Err(error),
    });
    match top {
        Ok(top) => {
            let chapter = top.0.metadata.0.neurobook.0.chapter;
            About {
                chapter: chapter.map(|name| plain_text::line(&plain_text::cut(&name, LONGEST_NAME))),
                warning: None,
            }
        }
        Err(error) => About {
            chapter: None,
            warning: Some(format!("perhaps not a notebook: {}", plain_text::cut(&error.to_string(), LONGEST_NAME))),
        },
    }
}

/// An object; a text in its place is passed over, and its default stands for it. Serde's error would hold all of the text, each
/// sign that cannot be shown as six.
#[derive(Default)]
struct Object<T>(T);

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object<T>, D::Error> {
        struct Fields<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for Fields<T> {
            type Value = Object<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }

            fn visit_str<E: de::Error>(self, _: &str) -> Result<Object<T>, E> {
                Ok(Object::default())
            }
        }
        deserializer.deserialize_any(Fields(PhantomData))
    }
}

fn sha256(bytes: &[u8], beside: Option<&str>) -> String {
    let mut digest = Sha256::new_with_prefix(bytes);
    if let Some(beside) = beside {
        digest.update([0]);
        digest.update(beside);
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked(id: &str, origin: &str, chapter: &str, sha256: &str) -> Inspected {
        let found = Found::unmarked(id.to_owned(), origin.to_owned(), String::new());
        let about = Ok(About { chapter: Some(chapter.to_owned()), warning: None });
        Inspected { found, sha256: sha256.to_owned(), about, is_machines_fault: false }
    }

    #[test]
    fn each_person_has_one_result_that_of_this_chapter() {
        let all = vec![looked("anna", "1.ipynb", "01_x", "a"), looked("anna", "2.ipynb", "02_x", "b")];
        let one = one_each(all, "02_x");
        assert_eq!((one.len(), one[0].sha256.as_str()), (1, "b"));
        let again = vec![looked("anna", "2.ipynb", "02_x", "b"), looked("anna", "copy.ipynb", "02_x", "b")];
        assert_eq!(one_each(again, "02_x")[0].sha256, "b", "the same twice is one");
    }

    #[test]
    fn where_two_notebooks_bear_one_name_neither_is_marked_and_both_are_named() {
        let all = vec![looked("anna", "a/x.ipynb", "02_x", "a"), looked("anna", "b/y.ipynb", "02_x", "b")];
        let one = one_each(all, "02_x");
        let why = one[0].refused("02_x").unwrap();
        assert!(one.len() == 1 && why.contains("a/x.ipynb, b/y.ipynb"), "{why}");
    }

    #[test]
    fn a_notebook_of_another_chapter_stops_no_class() {
        let mut all =
            vec![looked("anna", "1", "02_x", "a"), looked("bo", "2", "02_x", "b"), looked("cy", "3", "01_x", "c")];
        assert_eq!(chapter(&all).unwrap(), "02_x");
        all.truncate(1);
        all.push(looked("cy", "3", "01_x", "c"));
        assert!(chapter(&all).unwrap_err().to_string().contains("--chapter"));
    }

    #[test]
    fn who_hands_in_many_notebooks_of_another_chapter_decides_for_nobody() {
        let mut all = vec![looked("anna", "1", "02_x", "a"), looked("bo", "2", "02_x", "b")];
        let file = |number: usize| looked("cy", &format!("cy.zip/{number}"), "01_x", &number.to_string());
        all.extend((0..40).map(file));
        assert_eq!(chapter(&all).unwrap(), "02_x");
        // Where all hand in both, the teacher decides.
        let both = ["anna", "bo"].map(|id| [looked(id, "1", "01_x", "a"), looked(id, "2", "02_x", "b")]);
        assert!(chapter(&both.into_iter().flatten().collect::<Vec<_>>()).is_err());
    }

    #[test]
    fn a_notebook_names_its_chapter_whatever_else_is_in_it() {
        let named =
            b"\xef\xbb\xbf{\"cells\":[{\"x\":[1]}],\"metadata\":{\"neurobook\":{\"chapter\":\"02_x\",\"version\":1}}}";
        assert_eq!(about(named).chapter.as_deref(), Some("02_x"));
        assert_eq!(about(b"{\"cells\":[],\"metadata\":{}}"), About::default());
        assert!(about(b"PK\x03\x04").warning.is_some());
        for text in ["{\"metadata\":\"x\"}", "{\"metadata\":{\"neurobook\":\"x\"}}"] {
            assert_eq!(about(text.as_bytes()), About::default(), "a text where an object is expected is nothing");
        }
        assert!(about(&b"[".repeat(100_000)).warning.is_some(), "deep nesting ends no process");
    }
}
