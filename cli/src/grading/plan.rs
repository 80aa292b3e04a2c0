//! What is to be done: which chapter it is about, which submissions are marked already.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::folder::Folder;
use super::record::{Record, Status, SubmissionName};
use super::settings::Settings;
use super::submissions::Found;

/// A submission that was looked into.
#[derive(Debug)]
pub struct Looked {
    pub found: Found,
    /// Of its bytes; empty if they could not be read.
    pub sha256: String,
    /// What its notebook says of itself, or why it could not be read.
    pub about: Result<About, String>,
}

/// What a notebook says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The chapter that it was made from.
    pub chapter: Option<String>,
    /// What is odd, for whoever asks before the marking.
    pub oddity: Option<String>,
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

impl Looked {
    /// Reads a submission and keeps what it says of itself, not its contents.
    pub fn at(found: Found) -> Looked {
        match found.read() {
            Ok(bytes) => Looked { sha256: sha256(&bytes), about: Ok(about(&bytes)), found },
            Err(error) => Looked { sha256: String::new(), about: Err(format!("{error:#}")), found },
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
            Some(record) if self.fits(&record) && settings.made(&record) => Task::Done,
            Some(_) => Task::Again,
            None if folder.record_path(&self.found.id).exists() => Task::Again,
            None => Task::New,
        }
    }

    fn fits(&self, record: &Record) -> bool {
        !self.sha256.is_empty() && record.submission.sha256 == self.sha256 && record.status != Status::Infrastructure
    }
}

/// The chapter that all notebooks name; the teacher decides where they do not agree.
pub fn chapter(submissions: &[Looked]) -> Result<String> {
    let mut named: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for looked in submissions {
        if let Ok(About { chapter: Some(chapter), .. }) = &looked.about {
            named.entry(chapter).or_default().push(&looked.found.origin);
        }
    }
    match named.len() {
        1 => Ok(named.into_keys().next().unwrap_or_default().to_owned()),
        0 => bail!("no notebook says which chapter it is: name it, for example --chapter 02"),
        _ => {
            let counts: Vec<String> = named
                .iter()
                .map(|(chapter, origins)| format!("{} of {chapter} (such as {})", origins.len(), origins[0]))
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

/// A submission's name, from its bytes.
pub fn submission_name(id: &str, bytes: &[u8]) -> SubmissionName {
    SubmissionName { id: id.to_owned(), sha256: sha256(bytes) }
}

/// What the notebook says of itself. Whether it can be marked, the marker decides.
pub fn about(bytes: &[u8]) -> About {
    /// All but this is passed over, without a copy: outputs may be large.
    #[derive(Deserialize)]
    struct Top {
        #[serde(default)]
        metadata: Metadata,
    }
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct Metadata {
        neurobook: Neurobook,
    }
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct Neurobook {
        chapter: Option<String>,
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match serde_json::from_slice::<Top>(bytes) {
        Ok(top) => About { chapter: top.metadata.neurobook.chapter, oddity: None },
        Err(error) => About { chapter: None, oddity: Some(format!("perhaps not a notebook: {error}")) },
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notebook_names_its_chapter_whatever_else_is_in_it() {
        let named =
            b"\xef\xbb\xbf{\"cells\":[{\"x\":[1]}],\"metadata\":{\"neurobook\":{\"chapter\":\"02_x\",\"version\":1}}}";
        assert_eq!(about(named).chapter.as_deref(), Some("02_x"));
        assert_eq!(about(b"{\"cells\":[],\"metadata\":{}}"), About::default());
        assert!(about(b"PK\x03\x04").oddity.is_some());
        assert!(about(&b"[".repeat(100_000)).oddity.is_some(), "deep nesting ends no process");
    }
}
