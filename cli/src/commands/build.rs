//! `neurobook build`: from each chapter's source its notebooks.

mod checks;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, anyhow, bail};

use crate::chapter::course::{Course, files_in, stem};
use crate::chapter::{Chapter, Problems, Variant};
use crate::notebook::from_chapter::notebook;
use crate::notebook::learner_notebooks;
use crate::support::atomic_file;

/// What to build, and where.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Write nothing; fail if a notebook is not what its chapter makes
    #[arg(long)]
    check: bool,
    /// Build the notebooks to hand out for marks: without the folded solutions, into notebooks/graded
    #[arg(long)]
    graded: bool,
    /// Write below this folder instead of notebooks/
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write the chapters as plain Rust programs below this folder instead, with blanks and with answers
    #[arg(long, value_name = "DIR", conflicts_with_all = ["check", "graded", "out"], hide = true)]
    programs: Option<PathBuf>,
}

/// Builds all chapters, or says which notebooks are not as their chapter makes them.
pub fn build(options: &Options) -> Result<ExitCode> {
    let course = Course::find()?;
    let chapters = chapters(&course)?;
    if let Some(folder) = &options.programs {
        return programs(&course, &chapters, folder);
    }
    let wanted = wanted(&course, &chapters, options);
    let stale = stale(&wanted)?;
    if options.check {
        check(&course, &wanted, &stale, checks::problems(&course, &chapters)?, options)?;
        println!("{} notebooks are as their chapters make them", wanted.len());
        return Ok(ExitCode::SUCCESS);
    }
    // The notebooks that are handed out elsewhere find their checks in the course.
    let mut unchanged = 0;
    let mut written = if options.out.is_none() { checks::write(&course, &chapters)? } else { 0 };
    for (path, json) in &wanted {
        if std::fs::read(path).is_ok_and(|present| present == json.as_bytes()) {
            unchanged += 1;
            continue;
        }
        if let Some(kept) = learner_notebooks::keep(&course, path)? {
            println!("{} was not as it was generated: it is kept as {}", course.shown(path), course.shown(&kept));
        }
        atomic_file::write(path, json.as_bytes())?;
        println!("wrote {}", course.shown(path));
        written += 1;
    }
    for path in &stale {
        println!("{} has no chapter any more: delete it if nobody needs it", course.shown(path));
    }
    println!("{written} written, {unchanged} unchanged");
    Ok(ExitCode::SUCCESS)
}

/// Fails unless the notebooks and the cases of their checks are what these chapters make.
pub fn require_built(course: &Course, chapters: &[Chapter]) -> Result<()> {
    let options = Options { check: true, graded: false, out: None, programs: None };
    check(course, &wanted(course, chapters, &options), &[], checks::problems(course, chapters)?, &options)
}

/// What the compiler is to see of each chapter: its student variant is in no other file.
fn programs(course: &Course, chapters: &[Chapter], folder: &Path) -> Result<ExitCode> {
    for chapter in chapters {
        for variant in [Variant::Student, Variant::Solution] {
            let path = folder.join(variant.folder()).join(format!("{}.rs", chapter.name));
            atomic_file::write_if_changed(&path, chapter.program(variant).as_bytes())?;
            println!("wrote {}", course.shown(&path));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// All chapters, in order; or all mistakes in all of them.
pub fn chapters(course: &Course) -> Result<Vec<Chapter>> {
    let sources = course.sources()?;
    if sources.is_empty() {
        bail!("no chapter in {}: write one as notebooks/01_name.rs", course.notebooks().display());
    }
    let mut chapters = Vec::new();
    let mut mistakes = Vec::new();
    for path in sources {
        match Chapter::read(&path, &course.shown(&path)) {
            Ok(chapter) => chapters.push(chapter),
            Err(error) => mistakes.push(error),
        }
    }
    if mistakes.is_empty() {
        return Ok(chapters);
    }
    let count: usize = mistakes.iter().map(|error| error.downcast_ref::<Problems>().map_or(1, Problems::count)).sum();
    let texts: Vec<String> = mistakes.iter().map(|error| format!("{error:#}")).collect();
    Err(anyhow!(
        "{} in the chapters, so nothing is built:\n{}",
        if count == 1 { "a mistake".to_string() } else { format!("{count} mistakes") },
        texts.join("\n")
    ))
}

/// The notebooks that there should be, by their paths.
fn wanted(course: &Course, chapters: &[Chapter], options: &Options) -> BTreeMap<PathBuf, String> {
    let base = options.out.clone().unwrap_or_else(|| course.notebooks());
    let mut wanted = BTreeMap::new();
    let variants: &[Variant] = if options.graded { &[Variant::Graded] } else { &[Variant::Student, Variant::Solution] };
    for variant in variants {
        // A folder that was named for the graded notebooks alone needs no division.
        let folder = if options.graded && options.out.is_some() { base.clone() } else { base.join(variant.folder()) };
        for chapter in chapters {
            wanted.insert(folder.join(format!("{}.ipynb", chapter.name)), notebook(chapter, *variant).to_json());
        }
    }
    wanted
}

/// Notebooks beside the wanted ones that no chapter makes.
fn stale(wanted: &BTreeMap<PathBuf, String>) -> Result<Vec<PathBuf>> {
    let mut folders: Vec<&Path> =
        wanted.keys().filter_map(|path| path.parent()).filter(|folder| folder.is_dir()).collect();
    folders.dedup();
    let mut stale = Vec::new();
    for folder in folders {
        stale.extend(files_in(folder, "ipynb")?.into_iter().filter(|path| !wanted.contains_key(path)));
    }
    Ok(stale)
}

fn check(
    course: &Course,
    wanted: &BTreeMap<PathBuf, String>,
    stale: &[PathBuf],
    mut faults: Vec<String>,
    options: &Options,
) -> Result<()> {
    let mut outdated = !faults.is_empty();
    for (path, json) in wanted {
        let source = format!("notebooks/{}.rs", stem(path).unwrap_or_default());
        match std::fs::read(path) {
            Ok(present) if present == json.as_bytes() => continue,
            Ok(_) => faults.push(format!("{} is not what {source} makes", course.shown(path))),
            Err(_) => faults.push(format!("{} is missing", course.shown(path))),
        }
        outdated = true;
    }
    faults.extend(stale.iter().map(|path| format!("{} has no chapter: delete it", course.shown(path))));
    if faults.is_empty() {
        return Ok(());
    }
    if outdated {
        let graded = if options.graded { " --graded" } else { "" };
        let out = options.out.as_ref().map(|folder| format!(" --out '{}'", folder.display())).unwrap_or_default();
        faults.push(format!("run `cargo run -- build{graded}{out}` and commit what it writes"));
    }
    bail!("the notebooks do not fit their chapters:\n{}", faults.join("\n"));
}
