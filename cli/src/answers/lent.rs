//! The chapter's own functions, lent to the answers that call them: what is wrong in one exercise loses no marks again
//! in another one.
//!
//! An exercise is lent what its own solution calls and nothing else. It comes as a compiled library: no source of it is
//! anywhere that the compiler of an answer can read, and of such an answer nothing is said but whether it is right.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Mutex;

use anyhow::{Context, Result, bail};

use super::answer::{Answer, Snippet};
use super::compiler::AnswerCompiler;
use super::lendable::library_name;
use super::{extract, items};
use crate::chapter::{Chapter, Variant};
use crate::notebook::from_chapter;

/// The libraries that have been needed so far.
#[derive(Default)]
pub struct Libraries(Mutex<BTreeMap<String, Vec<u8>>>);

/// Lends a chapter's functions. Each is compiled when it is first needed.
pub struct Lender<'a> {
    pub libraries: &'a Libraries,
    pub chapter: &'a Chapter,
    pub kit: &'a AnswerCompiler,
}

impl Lender<'_> {
    /// The library with the function of an exercise.
    pub fn library(&self, id: &str) -> Result<Vec<u8>> {
        let mut compiled = self.libraries.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(library) = compiled.get(id) {
            return Ok(library.clone());
        }
        let library = self.compile(id).with_context(|| format!("the chapter's own `{id}` cannot be lent"))?;
        compiled.insert(id.to_owned(), library.clone());
        Ok(library)
    }

    fn compile(&self, id: &str) -> Result<Vec<u8>> {
        let answers = extract::answers(&from_chapter::notebook(self.chapter, Variant::Solution), self.chapter);
        let Some(Answer::Candidates(candidates)) = answers.code.get(id) else { bail!("it has no solution") };
        let folder = tempfile::tempdir().context("cannot make a folder for it")?;
        fs::write(folder.path().join("main.rs"), source(id, &candidates[0].pieces)).context("cannot write it")?;
        let mut compiler = self.kit.library_compiler(folder.path(), &library_name(id));
        let output = compiler.output().with_context(|| format!("cannot start {}", self.kit.rustc.display()))?;
        if !output.status.success() {
            bail!("it does not compile: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        fs::read(folder.path().join("library.rlib")).context("the compiler left no library")
    }
}

fn source(id: &str, pieces: &[Snippet]) -> String {
    let mut text = String::from("use ::neurobook::prelude::*;\n");
    for piece in pieces {
        let is_it = items::items(&piece.text).unwrap_or_default().iter().any(|item| item.defines_function(id));
        let signature = format!("fn {id}");
        match piece.text.find(&signature).filter(|_| is_it) {
            Some(at) if !piece.text[..at].trim_end().ends_with("pub") => {
                text += &format!("{}pub {}\n", &piece.text[..at], &piece.text[at..]);
            }
            _ => text += &format!("{}\n", piece.text),
        }
    }
    text
}
