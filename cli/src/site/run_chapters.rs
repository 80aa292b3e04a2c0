//! The chapters' solutions, run in the kernel: each in a process of its own, and once for each state of the chapter
//! and of all that its outputs depend on.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::chapter::course::Course;
use crate::chapter::{Chapter, Variant};
use crate::jupyter::prepare;
use crate::jupyter::session::Sessions;
use crate::notebook::{Notebook, Object, Outputs};
use crate::support::paths;
use crate::support::step_reporter::Step;

/// Changes when this program stores another outcome for the same cells.
const FORMAT: &str = "1";

/// A kernel wants a core and about a gigabyte.
const MOST_AT_A_TIME: usize = 4;

/// A chapter that is to be run.
struct Job<'a> {
    chapter: &'a Chapter,
    notebook: PathBuf,
    /// Where the notebook with its outputs goes.
    kept: PathBuf,
}

/// The chapters' solution notebooks with their outputs, in the chapters' order.
pub fn all(course: &Course, chapters: &[Chapter]) -> Result<Vec<Notebook>> {
    let sessions = Sessions::find()?;
    let folder = course.root().join("target").join("site-cache");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let mut jobs = Vec::new();
    for chapter in chapters {
        let notebook = course.generated(&chapter.name, Variant::Solution);
        let key = key(course, chapter, &notebook, &sessions)?;
        jobs.push(Job { chapter, notebook, kept: folder.join(format!("{}-{key}.ipynb", chapter.name)) });
    }
    let missing: Vec<&Job> = jobs.iter().filter(|job| !job.kept.is_file()).collect();
    if !missing.is_empty() {
        prepare::prepare_kernel(&sessions)?;
        run_all(course, &missing)?;
    }
    let ran = jobs.iter().map(|job| read(course, job)).collect::<Result<_>>()?;
    remove_others(&folder, &jobs);
    Ok(ran)
}

/// The notebook with its outputs, in which the folder of this course on this machine is called as a reader may call
/// theirs.
fn read(course: &Course, job: &Job) -> Result<Notebook> {
    let mut ran = Notebook::read(&job.kept, Outputs::Keep)?;
    let (here, there) = (course.root().display().to_string(), "~/neurobook");
    for cell in ran.cells.iter_mut().filter(|cell| cell.is_code()) {
        let outputs: Vec<Value> = cell.outputs().iter().map(|output| replaced(output, &here, there)).collect();
        cell.set_outputs(None, outputs);
    }
    Ok(ran)
}

/// The value with one text for another, wherever it is.
fn replaced(value: &Value, from: &str, to: &str) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace(from, to)),
        Value::Array(values) => values.iter().map(|value| replaced(value, from, to)).collect(),
        Value::Object(object) => {
            object.iter().map(|(key, value)| (key.clone(), replaced(value, from, to))).collect::<Object>().into()
        }
        other => other.clone(),
    }
}

/// Names what a chapter's outputs depend on: its cells, the cases of its checks, the data, the crate, the compiler.
fn key(course: &Course, chapter: &Chapter, notebook: &Path, sessions: &Sessions) -> Result<String> {
    let mut files = vec![notebook.to_owned()];
    let checks = course.notebooks().join("checks");
    files.extend(chapter.specifications().map(|(exercise, _)| checks.join(format!("{}.csv", exercise.id))));
    files.extend(files_below(&course.root().join("data"))?);
    let mut digest = Sha256::new();
    digest.update(format!("{FORMAT} {}\0", sessions.key()));
    for file in files {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        digest.update(format!("{} {}\0", course.shown(&file), bytes.len()));
        digest.update(bytes);
    }
    Ok(paths::short_hash(&digest.finalize()))
}

/// The files of a folder and of the folders in it, sorted; none where there is no such folder.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.sort();
    let mut files = Vec::new();
    for path in found {
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(files)
}

/// Runs these chapters; or says of every one that failed which cell it was.
fn run_all(course: &Course, jobs: &[&Job]) -> Result<()> {
    let step = Step::begin("Running the chapters that have changed", "half a minute each");
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let work = || {
        while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let begin = Instant::now();
            match run(course, job) {
                Ok(()) => {
                    step.at(&format!("{} has run, in {:.0} s", job.chapter.name, begin.elapsed().as_secs_f64()));
                }
                Err(error) => failures.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{error:#}")),
            }
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..jobs.len().min(cores).min(MOST_AT_A_TIME) {
            scope.spawn(work);
        }
    });
    let mut failures = failures.into_inner().unwrap_or_else(PoisonError::into_inner);
    if failures.is_empty() {
        step.done();
        return Ok(());
    }
    failures.sort();
    bail!("no page is written, because a chapter does not run:\n{}", failures.join("\n"))
}

/// Runs a chapter in a process of its own, for a process can be one session only. The outcome takes its place when
/// it is whole.
fn run(course: &Course, job: &Job) -> Result<()> {
    let parent = job.kept.parent().unwrap_or(Path::new("."));
    let draft = tempfile::Builder::new().prefix("draft-").tempdir_in(parent).context("cannot create a folder")?;
    let out = draft.path().join("ran.ipynb");
    let program = std::env::current_exe().context("cannot find this program's own file")?;
    let output = Command::new(program)
        .arg("run")
        .arg(&job.notebook)
        .arg("--out")
        .arg(&out)
        .env("NEUROBOOK_ROOT", course.root())
        .stdin(Stdio::null())
        .output()
        .context("cannot start this program again. Was it built again just now? Run the command once more")?;
    if !output.status.success() {
        bail!("notebooks/{}.rs, {}", job.chapter.name, report(&String::from_utf8_lossy(&output.stderr)));
    }
    fs::rename(&out, &job.kept).with_context(|| format!("cannot write {}", job.kept.display()))
}

/// What `neurobook run` says of the cells that failed; or all that it said, where it did not come to a cell.
fn report(said: &str) -> String {
    let paragraphs: Vec<&str> = said.split("\n\n").collect();
    match paragraphs.iter().position(|paragraph| paragraph.starts_with("cell ")) {
        Some(first) => {
            let last = paragraphs.len() - 1;
            paragraphs[first..last.max(first + 1)].join("\n").trim_end().to_owned()
        }
        None => format!("which did not begin to run:\n{}", said.trim_end()),
    }
}

/// Removes what chapters gave before they changed.
fn remove_others(folder: &Path, jobs: &[Job]) {
    let kept: HashSet<&Path> = jobs.iter().map(|job| job.kept.as_path()).collect();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "ipynb") && !kept.contains(path.as_path()) {
            // What cannot be removed costs space and nothing else.
            let _ = fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::report;

    #[test]
    fn of_a_failed_run_the_cells_reports_are_kept() {
        let said = "the kernel is ready after 4.0 s\n[1/2]  0.50 s  let x\n\ncell 3, exercise a (let x): it panicked: no\n\n1 cell failed\n";
        assert_eq!(report(said), "cell 3, exercise a (let x): it panicked: no");
        assert_eq!(report("error: no kernel\n"), "which did not begin to run:\nerror: no kernel");
    }
}
