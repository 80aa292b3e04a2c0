//! The learner's own notebooks: made once from the student notebooks, and never overwritten.

#[cfg(test)]
mod tests;

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use chrono::Local;

use super::{Notebook, Outputs, carry_over};
use crate::chapter::Variant;
use crate::chapter::course::Course;
use crate::support::atomic_file;

/// Which chapter's notebook to replace.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The chapter: its number, as 02, or its name
    chapter: String,
}

/// A learner's notebook.
#[derive(Debug)]
pub struct Copy {
    /// `notebooks/mine/02_name.ipynb`.
    pub path: PathBuf,
    /// Whether it was made just now.
    pub new: bool,
    /// What the learner should know about it: a line.
    pub note: Option<String>,
}

/// The learner's notebooks of all chapters, in order; those that are missing are made.
pub fn all(course: &Course) -> Result<Vec<Copy>> {
    course.chapters()?.iter().map(|chapter| open(course, chapter)).collect()
}

/// The learner's notebook of a chapter; made if there is none, and else left as it is.
pub fn open(course: &Course, chapter: &str) -> Result<Copy> {
    let path = course.mine(chapter);
    let (bytes, fresh) = student(course, chapter)?;
    let new = atomic_file::write_if_absent(&path, &bytes).with_context(|| not_writable(course))?;
    let note = if new { None } else { note(course, chapter, &fresh) };
    Ok(Copy { path, new, note })
}

/// Puts the learner's notebook aside and a fresh one in its place.
pub fn reset(options: &Options) -> Result<ExitCode> {
    replace(options, |_, fresh| Ok((fresh.to_json(), "is fresh".to_string())))
}

/// Puts the learner's notebook aside, and the chapter's new version with their work in its place.
pub fn update(options: &Options) -> Result<ExitCode> {
    replace(options, |learners, fresh| {
        let mine = Notebook::parse("your notebook", learners, Outputs::Keep)
            .context("it cannot be updated, but `reset` keeps it in a backup and gives a fresh one")?;
        if mine.version() == fresh.version() {
            return Ok((String::from_utf8(learners.to_vec())?, String::new()));
        }
        let (merged, kept) = carry_over::merge(&mine, fresh);
        let answers = if kept.answers.is_empty() {
            "no answers".to_string()
        } else {
            format!("your answers to {}", kept.answers.join(", "))
        };
        Ok((merged.to_json(), format!("is the new version, with {answers} and {} other cells of yours", kept.cells)))
    })
}

/// Replaces the learner's notebook by what `make` makes of it and of the student notebook, after a backup.
fn replace(options: &Options, make: impl Fn(&[u8], &Notebook) -> Result<(String, String)>) -> Result<ExitCode> {
    let course = Course::find()?;
    let chapter = course.chapter(&options.chapter)?;
    let path = course.mine(&chapter);
    let (bytes, fresh) = student(&course, &chapter)?;
    atomic_file::sweep(&course.notebooks().join("mine"));
    atomic_file::sweep(&course.backups());
    let shown = course.shown(&path);
    let learners = match fs::read(&path) {
        Ok(learners) => learners,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            atomic_file::write_if_absent(&path, &bytes).with_context(|| not_writable(&course))?;
            println!("{shown} is new: there was nothing to put aside");
            return Ok(ExitCode::SUCCESS);
        }
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {shown}, so it is left as it is"));
        }
    };
    let left = || format!("{shown} is left as it is");
    let (made, what) = make(&learners, &fresh).with_context(left)?;
    if learners == made.as_bytes() {
        println!("{shown} needs no change: nothing to do");
        return Ok(ExitCode::SUCCESS);
    }
    let backup = put_aside(&course, &chapter, &learners).with_context(left)?;
    // JupyterLab saves by itself every other minute: what it saved since then is in no backup.
    if fs::read(&path).is_ok_and(|now| now != learners) {
        bail!("{shown} was saved by another program just now, so it is left as it is: close it there and try again");
    }
    atomic_file::write(&path, made.as_bytes()).with_context(left)?;
    println!("your notebook is kept as {}\n{shown} {what}", course.shown(&backup));
    println!("if it is open in JupyterLab, choose File > Reload Notebook from Disk");
    Ok(ExitCode::SUCCESS)
}

/// The student notebook of a chapter: its bytes, known to be a notebook.
fn student(course: &Course, chapter: &str) -> Result<(Vec<u8>, Notebook)> {
    let path = course.generated(chapter, Variant::Student);
    let shown = course.shown(&path);
    let bytes = fs::read(&path).with_context(|| format!("cannot read {shown}: `cargo run -- build` makes it"))?;
    let notebook = Notebook::parse(&shown, &bytes, Outputs::Drop).context("`cargo run -- build` makes it anew")?;
    Ok((bytes, notebook))
}

/// Writes a backup under a name of its own; when this returns, it is on the disk.
fn put_aside(course: &Course, chapter: &str, learners: &[u8]) -> Result<PathBuf> {
    let name = format!("{chapter}-{}", Local::now().format("%Y%m%d-%H%M%S"));
    let numbered = (2..100).map(|number| format!("{name}-{number}"));
    for name in std::iter::once(name.clone()).chain(numbered) {
        let backup = course.backups().join(format!("{name}.ipynb"));
        if atomic_file::write_if_absent(&backup, learners)? {
            return Ok(backup);
        }
    }
    Err(anyhow!("{} holds a hundred backups of this second", course.shown(&course.backups())))
}

/// What is to be said about a copy that is not of the chapter's present version.
fn note(course: &Course, chapter: &str, fresh: &Notebook) -> Option<String> {
    let path = course.mine(chapter);
    let shown = course.shown(&path);
    let name = course.short_name(chapter);
    let read =
        fs::read(&path).map_err(anyhow::Error::from).and_then(|bytes| Notebook::parse(&shown, &bytes, Outputs::Drop));
    match read {
        Ok(mine) if mine.version() == fresh.version() => None,
        Ok(_) => Some(format!(
            "{shown}: this chapter has a newer version. `cargo run -- update {name}` takes your work along, `cargo run -- reset {name}` starts anew; both keep your file in notebooks/mine/backups"
        )),
        Err(error) => Some(format!(
            "{error:#}; `cargo run -- reset {name}` keeps the file in notebooks/mine/backups and gives you a fresh one"
        )),
    }
}

fn not_writable(course: &Course) -> String {
    format!(
        "your notebooks are kept in {}, which must be writable: make it so, or copy the course to a folder of yours",
        course.notebooks().join("mine").display()
    )
}
