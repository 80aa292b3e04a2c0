//! The learner's own notebooks: made once from the chapters, and never overwritten.

pub mod place;
#[cfg(test)]
mod tests;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use chrono::Local;

use super::from_chapter::notebook;
use super::{Notebook, Outputs, carry_over};
use crate::chapter::course::Course;
use crate::chapter::{Chapter, Variant};
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

/// The learner's notebooks of all chapters, in order, and what is to be said about each: a line. A chapter that cannot
/// be opened does not keep the others from it.
pub fn all(course: &Course, mut say: impl FnMut(String)) -> Result<Vec<Copy>> {
    let (mut copies, mut refused) = (Vec::new(), None);
    for chapter in course.chapters()? {
        match open(course, &chapter) {
            Ok(copy) => {
                if copy.new {
                    say(format!("{} is your own copy: work in it as you like", course.shown(&copy.path)));
                }
                copy.note.clone().into_iter().for_each(&mut say);
                copies.push(copy);
            }
            Err(error) => {
                let error = error.context(format!("chapter {} cannot be opened", course.short_name(&chapter)));
                say(format!("{error:#}"));
                refused = Some(error);
            }
        }
    }
    match refused {
        Some(error) if copies.is_empty() => Err(error),
        _ => Ok(copies),
    }
}

/// The learner's notebook of a chapter; made if there is none, and else left as it is.
///
/// Work that is in the student notebook is taken along, as long as there is none in the learner's own.
pub fn open(course: &Course, chapter: &str) -> Result<Copy> {
    let path = course.own_copy(chapter);
    let fresh = student(course, chapter)?;
    let strayed = place::strayed(course, chapter);
    let start = strayed.clone().unwrap_or_else(|| fresh.to_json().into_bytes());
    let mut new = atomic_file::write_if_absent(&path, &start).with_context(|| not_writable(course))?;
    require_writable(&path).with_context(|| not_writable(course))?;
    let Some(work) = strayed else {
        let note = if new { None } else { note(course, chapter, &fresh) };
        return Ok(Copy { path, new, note });
    };
    if !new && !place::is_worked_in(&path) {
        atomic_file::write(&path, &work)?;
        new = true;
    }
    let (given, mine) = (course.generated(chapter, Variant::Student), course.shown(&path));
    let shown = course.shown(&given);
    let note = if new {
        // It is in the learner's own notebook now; the one that git looks after becomes what it was.
        if fs::read(&given).is_ok_and(|now| now == work) {
            atomic_file::write(&given, fresh.to_json().as_bytes())?;
        }
        format!("your work in {shown} was taken into {mine}: go on there")
    } else {
        format!(
            "there is work in {shown}, too, which the next version of the course replaces: copy what you need into {mine}"
        )
    };
    Ok(Copy { path, new, note: Some(note) })
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
    let path = course.own_copy(&chapter);
    let fresh = student(&course, &chapter)?;
    atomic_file::sweep(course.own_notebooks());
    atomic_file::sweep(&course.backups());
    let shown = course.shown(&path);
    let learners = match fs::read(&path) {
        Ok(learners) => learners,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            atomic_file::write_if_absent(&path, fresh.to_json().as_bytes()).with_context(|| not_writable(&course))?;
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

/// The student notebook of a chapter, as its source makes it: somebody may have worked in the file.
fn student(course: &Course, chapter: &str) -> Result<Notebook> {
    let source = course.source(chapter);
    Ok(notebook(&Chapter::read(&source, &course.shown(&source))?, Variant::Student))
}

/// Keeps a file that is about to be written, unless it is as it was generated; says where.
pub fn keep(course: &Course, path: &Path) -> Result<Option<PathBuf>> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", course.shown(path))),
    };
    let read = Notebook::parse_for_any_kernel("the notebook", &bytes, Outputs::Keep);
    if read.is_ok_and(|notebook| notebook.is_as_generated()) {
        return Ok(None);
    }
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    put_aside(course, &format!("{name}-{folder}"), &bytes).map(Some)
}

/// Writes a backup under a name of its own; when this returns, it is on the disk.
fn put_aside(course: &Course, name: &str, learners: &[u8]) -> Result<PathBuf> {
    let name = format!("{name}-{}", Local::now().format("%Y%m%d-%H%M%S"));
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
    let path = course.own_copy(chapter);
    let shown = course.shown(&path);
    let name = course.short_name(chapter);
    let read =
        fs::read(&path).map_err(anyhow::Error::from).and_then(|bytes| Notebook::parse(&shown, &bytes, Outputs::Drop));
    match read {
        Ok(mine) if mine.version() == fresh.version() => None,
        Ok(_) => Some(format!(
            "{shown}: this chapter has a newer version. `cargo run -- update {name}` takes your work along, `cargo run -- reset {name}` starts again; both keep your file in {}",
            course.shown(&course.backups())
        )),
        Err(error) => Some(format!(
            "{error:#}; `cargo run -- reset {name}` keeps the file in {} and gives you a fresh one",
            course.shown(&course.backups())
        )),
    }
}

/// JupyterLab says only when it saves that it cannot.
fn require_writable(path: &Path) -> Result<()> {
    fs::OpenOptions::new().append(true).open(path)?;
    // It is saved by way of a file beside it.
    tempfile::tempfile_in(path.parent().context("a notebook stands in a folder")?)?;
    Ok(())
}

fn not_writable(course: &Course) -> String {
    let folder = course.own_notebooks();
    format!(
        "your notebooks are kept in {}, which must be writable: {}set NEUROBOOK_NOTEBOOKS to a folder that is, or copy the course to a folder of yours",
        folder.display(),
        change_of_owner(folder).unwrap_or_else(|| "make it so, ".to_owned())
    )
}

/// How a folder becomes this user's, where it is another's: as a volume of a container often is.
#[cfg(unix)]
fn change_of_owner(folder: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    // Further up is nothing that a learner should be given.
    let mut above = folder.ancestors().take(2).filter(|above| above.parent().is_some());
    let (there, about) = above.find_map(|above| Some((above, fs::metadata(above).ok()?)))?;
    let user = rustix::process::geteuid().as_raw();
    (about.uid() != user).then(|| {
        format!(
            "{} belongs to user {}, and you are user {user}. `sudo chown -R {user} {}` gives it to you (for a folder of the host in a container: there, or start Podman with `--userns=keep-id:uid={user}`). Or ",
            there.display(),
            about.uid(),
            there.display()
        )
    })
}

#[cfg(not(unix))]
fn change_of_owner(_folder: &Path) -> Option<String> {
    None
}
