//! The chapters' solutions, run from their first cells to their last. One that has not changed is not run again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};

use crate::build;
use crate::course::Course;
use crate::notebook::{Notebook, Outputs};
use crate::paths;
use crate::progress::{Step, say};
use crate::session::Sessions;
use crate::setup;
use crate::source::{Chapter, Variant};

/// Each kernel needs a core of its own, and half a gigabyte.
const MOST_KERNELS: usize = 4;

/// The solution notebooks with their outputs, in the chapters' order.
pub fn executed(course: &Course, chapters: &[Chapter]) -> Result<Vec<Notebook>> {
    let sessions = Sessions::find()?;
    setup::prepare_sessions(&sessions)?;
    let folder = paths::course_cache(course.root())?.join("site");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let mut places = Vec::new();
    for chapter in chapters {
        places.push(folder.join(format!("{}-{}.ipynb", chapter.name, key(course, chapter, &sessions)?)));
    }
    let to_run: Vec<(&Chapter, &PathBuf)> =
        chapters.iter().zip(&places).filter(|(_, place)| !place.is_file()).collect();
    if !to_run.is_empty() {
        run_all(course, &to_run)?;
        forget_others(&folder, &places);
    }
    places.iter().map(|place| Notebook::read(place, Outputs::Keep)).collect()
}

/// Changes whenever the notebook, the crate or the toolchain does.
fn key(course: &Course, chapter: &Chapter, sessions: &Sessions) -> Result<String> {
    let path = course.generated(&chapter.name, Variant::Solution);
    let text = build::notebook(chapter, Variant::Solution).to_json();
    if fs::read_to_string(&path).ok().as_deref() != Some(&text) {
        bail!("{} is not what notebooks/{}.rs makes: run `cargo run -- build`", course.shown(&path), chapter.name);
    }
    let template = sessions.template();
    let template = template.file_name().unwrap_or_default().to_string_lossy();
    Ok(paths::short_hash(format!("{template}\n{text}").as_bytes()))
}

/// Runs chapters, as many at a time as there are cores.
fn run_all(course: &Course, chapters: &[(&Chapter, &PathBuf)]) -> Result<()> {
    let step = Step::begin("Running the chapters that have changed", "half a minute each");
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(Vec::new());
    let kernels = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_KERNELS);
    std::thread::scope(|scope| {
        for _ in 0..kernels.min(chapters.len()) {
            scope.spawn(|| {
                while let Some((chapter, place)) = chapters.get(next.fetch_add(1, Ordering::Relaxed)) {
                    step.at(&chapter.name);
                    if let Err(error) = run(course, &chapter.name, place) {
                        failed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(error);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if failed.is_empty() {
        step.done();
        return Ok(());
    }
    let texts: Vec<String> = failed.iter().map(|error| format!("{error:#}")).collect();
    bail!("no site is made, because a chapter does not run to its end.\n{}", texts.join("\n"))
}

/// Runs one chapter in a process of its own: a process holds one session.
fn run(course: &Course, chapter: &str, place: &Path) -> Result<()> {
    let program = std::env::current_exe().context("cannot find this program's own file")?;
    let draft = place.with_extension("draft");
    let output = Command::new(program)
        .arg("run")
        .arg(course.generated(chapter, Variant::Solution))
        .arg("--out")
        .arg(&draft)
        .env("NEUROBOOK_ROOT", course.root())
        .stdin(Stdio::null())
        .output()
        .with_context(|| {
            format!("{chapter}: cannot start this program again. Was it built anew just now? Run the command once more")
        })?;
    if output.status.success() {
        return fs::rename(&draft, place).with_context(|| format!("cannot write {}", place.display()));
    }
    let _ = fs::remove_file(&draft);
    // Below the lines that say how far it came, an empty one, and then what failed.
    let said = String::from_utf8_lossy(&output.stderr);
    let why = said.split_once("\n\n").map_or(said.as_ref(), |(_, why)| why);
    bail!("{chapter}: {}", why.trim())
}

/// Removes what older versions of the chapters showed.
fn forget_others(folder: &Path, places: &[PathBuf]) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !places.contains(&entry.path()) && fs::remove_file(entry.path()).is_err() {
            say(&format!("  {} could not be removed", entry.path().display()));
        }
    }
}
