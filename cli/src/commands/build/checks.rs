//! The public cases of the exercises, one file each: `notebooks/checks/EXERCISE.csv`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::answers::compiler::AnswerCompiler;
use crate::answers::reference::Reference;
use crate::chapter::Chapter;
use crate::chapter::course::{Course, files_in, stem};
use crate::support::step_reporter::Step;
use crate::support::{atomic_file, paths};

/// Writes the files that are not what their chapters make. Says which, and gives how many.
pub fn write(course: &Course, chapters: &[Chapter]) -> Result<usize> {
    let locations = locations(course, chapters)?;
    let mut written = Vec::new();
    for chapter in chapters {
        let reference = Reference::of(chapter);
        if outdated(chapter, &reference, &locations).is_empty() {
            continue;
        }
        let kit = AnswerCompiler::find()?;
        let step = Step::begin("Running the solutions and their known mistakes", "some seconds");
        for exercise in reference.exercises(&kit, None)? {
            let text = with_key(reference.key(&exercise.id), &exercise.to_csv());
            let path = &locations[&exercise.id].0;
            if atomic_file::write_if_changed(path, text.as_bytes())? {
                written.push(path);
            }
        }
        step.done();
    }
    for path in &written {
        println!("wrote {}", course.shown(path));
    }
    for path in stale(course, &locations)? {
        println!("{} has no exercise any more: delete it", course.shown(&path));
    }
    Ok(written.len())
}

/// What is wrong with the files, by the texts that they were made of: nothing is compiled.
pub fn problems(course: &Course, chapters: &[Chapter]) -> Result<Vec<String>> {
    let locations = locations(course, chapters)?;
    let mut faults = Vec::new();
    for chapter in chapters {
        for path in outdated(chapter, &Reference::of(chapter), &locations) {
            faults.push(format!("{} is not what notebooks/{}.rs makes", course.shown(&path), chapter.name));
        }
    }
    let stale = stale(course, &locations)?;
    faults.extend(stale.iter().map(|path| format!("{} has no exercise: delete it", course.shown(path))));
    Ok(faults)
}

/// Where the cases of each exercise are, and the chapter that asks it. A check finds them by the exercise alone.
fn locations<'a>(course: &Course, chapters: &'a [Chapter]) -> Result<BTreeMap<String, (PathBuf, &'a str)>> {
    let mut locations: BTreeMap<String, (PathBuf, &str)> = BTreeMap::new();
    for chapter in chapters {
        for (exercise, _) in chapter.specifications() {
            let path = course.notebooks().join("checks").join(format!("{}.csv", exercise.id));
            if let Some((_, other)) = locations.insert(exercise.id.clone(), (path, &chapter.name)) {
                bail!(
                    "notebooks/{}.rs: the exercise `{}` is in {other} too: give it another id and name, for a check finds its cases by it",
                    chapter.name,
                    exercise.id
                );
            }
        }
    }
    Ok(locations)
}

fn outdated(chapter: &Chapter, reference: &Reference, locations: &BTreeMap<String, (PathBuf, &str)>) -> Vec<PathBuf> {
    let is_current = |path: &PathBuf, id: &str| {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.split_once('\n').is_some_and(|(_, rows)| text == with_key(reference.key(id), rows))
    };
    let files = chapter.specifications().map(|(exercise, _)| (locations[&exercise.id].0.clone(), exercise.id.as_str()));
    files.filter(|(path, id)| !is_current(path, id)).map(|(path, _)| path).collect()
}

/// A file of cases: before its rows, what they were made of, and their hash, so that a row that somebody has changed by
/// hand is noticed.
fn with_key(key: &str, rows: &str) -> String {
    format!("reference,{key},{}\n{rows}", paths::short_hash(rows.as_bytes()))
}

fn stale(course: &Course, locations: &BTreeMap<String, (PathBuf, &str)>) -> Result<Vec<PathBuf>> {
    let folder = course.notebooks().join("checks");
    let present = if folder.is_dir() { files_in(&folder, "csv")? } else { Vec::new() };
    Ok(present.into_iter().filter(|path| !stem(path).is_some_and(|id| locations.contains_key(&id))).collect())
}
