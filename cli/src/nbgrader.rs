//! `neurobook nbgrader`: a course directory for nbgrader, which hands out, collects and marks the chapters.
//!
//! ```text
//! DIR/nbgrader_config.py       the teacher's: written once
//! DIR/neurobook_nbgrader/      ours: how nbgrader marks Rust, by way of `neurobook grade`
//! DIR/source/NAME/NAME.ipynb   an assignment per chapter: the graded notebook, in which no solution is
//! ```

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::chapter::course::Course;
use crate::chapter::{Chapter, Variant};
use crate::commands::build;
use crate::notebook::from_chapter;
use crate::support::atomic_file;

/// The Python package whose steps take the place of nbgrader's own.
const PACKAGE: [(&str, &str); 3] = [
    ("__init__.py", include_str!("nbgrader/neurobook_nbgrader/__init__.py")),
    ("cells.py", include_str!("nbgrader/neurobook_nbgrader/cells.py")),
    ("marks.py", include_str!("nbgrader/neurobook_nbgrader/marks.py")),
];

/// The configuration, with places for the paths.
const CONFIGURATION: &str = include_str!("nbgrader/nbgrader_config.py");

/// Options of `neurobook nbgrader`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The folder; made if it is not there. Later runs renew what is ours in it
    folder: PathBuf,
    /// The chapters, as `02` or by name. Without it, all that have exercises
    chapters: Vec<String>,
}

/// Writes the course directory, or brings it up to date.
pub fn nbgrader(options: &Options) -> Result<ExitCode> {
    let course = Course::find()?;
    let folder = std::path::absolute(&options.folder)?;
    let chapters = wanted(&course, &options.chapters)?;

    let configuration = folder.join("nbgrader_config.py");
    let first = atomic_file::write_if_absent(&configuration, configured(&course)?.as_bytes())?;
    say(&configuration, if first { "yours to change: written once" } else { "yours: left as it is" });
    let package = folder.join("neurobook_nbgrader");
    for (name, text) in PACKAGE {
        atomic_file::write_if_changed(&package.join(name), text.as_bytes())?;
    }
    say(&package, "how nbgrader marks the chapters");
    for chapter in &chapters {
        let notebook = folder.join("source").join(&chapter.name).join(format!("{}.ipynb", chapter.name));
        let renewed = atomic_file::write_if_changed(
            &notebook,
            from_chapter::notebook(chapter, Variant::Graded).to_json().as_bytes(),
        )?;
        say(&notebook, if renewed { "written" } else { "unchanged" });
    }
    println!("next: cd '{}' && nbgrader generate_assignment {}", folder.display(), chapters[0].name);
    Ok(ExitCode::SUCCESS)
}

/// The chapters that were named, or all in which there is something to mark. At least one.
fn wanted(course: &Course, named: &[String]) -> Result<Vec<Chapter>> {
    let names: Vec<String> = named.iter().map(|meant| course.chapter(meant)).collect::<Result<_>>()?;
    let mut chapters = build::chapters(course)?;
    if !names.is_empty() {
        chapters.retain(|chapter| names.contains(&chapter.name));
    }
    if let Some(empty) = chapters.iter().find(|chapter| !names.is_empty() && chapter.exercises().next().is_none()) {
        bail!("{} has no exercises, so nbgrader has nothing to mark in it: leave it out", empty.name);
    }
    chapters.retain(|chapter| chapter.exercises().next().is_some());
    if chapters.is_empty() {
        bail!("no chapter has exercises: write one as CONTRIBUTING.md shows");
    }
    Ok(chapters)
}

/// The configuration for this program and this checkout.
fn configured(course: &Course) -> Result<String> {
    let program = env::current_exe().context("cannot find this program's own file")?;
    Ok(CONFIGURATION
        .replace("\"PROGRAM\"", &python_string(&program)?)
        .replace("\"COURSE\"", &python_string(course.root())?))
}

/// JSON's strings are Python's too.
fn python_string(path: &Path) -> Result<String> {
    let text =
        path.to_str().with_context(|| format!("the path {} is not Unicode: rename its folder", path.display()))?;
    Ok(serde_json::to_string(text)?)
}

fn say(path: &Path, what: &str) {
    println!("{}: {what}", path.display());
}
