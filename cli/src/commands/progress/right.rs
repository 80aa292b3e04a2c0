//! Which exercises of a notebook are right. To find out takes a compilation, so it is remembered.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use neurobook::check::Exercise;
use serde::{Deserialize, Serialize};

use crate::answers::compiler::AnswerCompiler;
use crate::answers::extract::Answers;
use crate::chapter::course::Course;
use crate::commands::check::{LearnerNotebook, LocalRunner};
use crate::support::atomic_file;
use crate::support::paths;

/// What was found out about a notebook.
#[derive(Serialize, Deserialize)]
struct Remembered {
    /// Names the answers, and what they were compared with.
    key: String,
    /// The ids of the exercises that are right.
    right: Vec<String>,
}

/// The ids of the exercises that are right by the public checks.
pub fn right(course: &Course, work: &LearnerNotebook, path: &Path) -> Result<Vec<String>> {
    let begun = begun(work);
    if begun.code.is_empty() {
        return Ok(Vec::new());
    }
    let exercises = work.exercises(course)?;
    let key = key(&begun, &exercises);
    let memory = memory(path)?;
    if let Some(known) = remembered(&memory).filter(|known| known.key == key) {
        return Ok(known.right);
    }
    let kit = AnswerCompiler::find()?;
    let judged = work.judge(&begun, &exercises, &kit, &LocalRunner::default())?;
    let right = judged.into_iter().filter(|(_, judged)| judged.passed()).map(|(id, _)| id).collect();
    let found = Remembered { key, right };
    // Where it cannot be remembered, it is found out again.
    let _ = serde_json::to_vec(&found).map(|bytes| atomic_file::write(&memory, &bytes));
    Ok(found.right)
}

/// The answers that the learner has begun: the others need not be compiled.
fn begun(work: &LearnerNotebook) -> Answers {
    let code = work.answers.code.iter().filter(|(id, _)| work.is_started(id));
    let code = code.map(|(id, answer)| (id.clone(), answer.clone())).collect();
    Answers { code, redefined: work.answers.redefined.clone(), ..Answers::default() }
}

/// Changes with the answers and with the cases, and not when Jupyter saves a new output.
fn key(begun: &Answers, exercises: &[Exercise]) -> String {
    let cases: Vec<String> = exercises.iter().map(Exercise::to_csv).collect();
    paths::short_hash(format!("{} {:?} {cases:?}", env!("CARGO_PKG_VERSION"), begun.code).as_bytes())
}

fn memory(notebook: &Path) -> Result<PathBuf> {
    let notebook = std::path::absolute(notebook)?;
    let name = format!("{}.json", paths::short_hash(notebook.as_os_str().as_encoded_bytes()));
    Ok(paths::course_cache(&paths::root()?)?.join("progress").join(name))
}

fn remembered(memory: &Path) -> Option<Remembered> {
    serde_json::from_slice(&fs::read(memory).ok()?).ok()
}
