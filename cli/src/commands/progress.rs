//! `neurobook progress`: what is done and what is next, across the chapters.

mod right;
mod show;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;

use super::check::LearnerNotebook;
use crate::answers::extract::Answer;
use crate::chapter::course::Course;
use crate::chapter::{Chapter, Kind};
use crate::notebook::learner_notebooks::place;

/// Options of `neurobook progress`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Notebooks, or chapters such as 02; without any, all chapters
    #[arg(value_name = "NOTEBOOK")]
    notebooks: Vec<String>,
}

/// How far an exercise or a question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    /// Right by the public checks, or answered in words.
    Done,
    Begun,
    Untouched,
}

/// An exercise or a question, and how far it is.
#[derive(Debug)]
struct Task {
    title: String,
    in_words: bool,
    points: u32,
    minutes: Option<u32>,
    state: State,
    /// The number of its cell in the learner's notebook, if it is still there.
    cell: Option<usize>,
}

/// A chapter and its tasks, in their order.
struct Overview {
    title: String,
    tasks: Vec<Task>,
}

/// Where a chapter's work is.
enum Place {
    Notebook(PathBuf),
    /// The learner has no copy of this chapter yet.
    Unopened(String),
}

/// Prints an overview of each chapter. The status is 1 where a notebook could not be read.
pub fn progress(options: &Options) -> Result<ExitCode> {
    let course = Course::find()?;
    let (mut all_read, mut names_cells) = (true, false);
    for (count, place) in places(&course, &options.notebooks)?.into_iter().enumerate() {
        if count > 0 {
            println!();
        }
        match &place {
            Place::Unopened(chapter) => show::unopened(course.short_name(chapter), &unopened(&course, chapter)?),
            Place::Notebook(path) => match overview(&course, path) {
                Ok(overview) => {
                    names_cells |= overview.open().next().is_some_and(|task| task.cell.is_some());
                    show::overview(&overview, &course.shown(path));
                }
                // The other chapters are still worth a look.
                Err(error) => {
                    all_read = false;
                    show::unreadable(&course.shown(path), &error);
                }
            },
        }
    }
    if names_cells {
        println!();
        show::counted();
    }
    Ok(if all_read { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn places(course: &Course, meant: &[String]) -> Result<Vec<Place>> {
    let of_chapter = |chapter: String| match place::find(course, &chapter) {
        Some(place) => Place::Notebook(place.path),
        None => Place::Unopened(chapter),
    };
    if meant.is_empty() {
        return Ok(course.chapters()?.into_iter().map(of_chapter).collect());
    }
    let place = |meant: &String| match Path::new(meant) {
        path if path.is_file() => Ok(Place::Notebook(path.to_owned())),
        _ => course.chapter(meant).map(of_chapter),
    };
    meant.iter().map(place).collect()
}

/// The overview of a chapter in which nothing is begun.
fn unopened(course: &Course, chapter: &str) -> Result<Overview> {
    let source = course.source(chapter);
    let chapter = Chapter::read(&source, &course.shown(&source))?;
    Ok(Overview { title: chapter.title.clone(), tasks: tasks(&chapter, |_| (State::Untouched, None)) })
}

/// The overview of a learner's notebook.
fn overview(course: &Course, path: &Path) -> Result<Overview> {
    let work = LearnerNotebook::read(course, path)?;
    let right = right::right(course, &work, path)?;
    let written: Vec<&str> = work.texts().filter(|(_, written)| *written).map(|(id, _)| id).collect();
    let state = |id: &str| {
        let cell = work.cell(id);
        let is_there = cell.is_some() || matches!(work.answers.code.get(id), Some(Answer::Candidates(_)));
        let state = if written.contains(&id) || right.iter().any(|right| right == id) {
            State::Done
        } else if is_there && work.is_started(id) {
            State::Begun
        } else {
            State::Untouched
        };
        (state, cell)
    };
    Ok(Overview { title: work.chapter.title.clone(), tasks: tasks(&work.chapter, state) })
}

fn tasks(chapter: &Chapter, state: impl Fn(&str) -> (State, Option<usize>)) -> Vec<Task> {
    let title = |id: &str| {
        let specification = chapter.specifications().find(|(asked, _)| asked.id == id).map(|(_, found)| found);
        specification.and_then(|specification| specification.title.clone()).unwrap_or_else(|| id.to_owned())
    };
    let asking = chapter.cells.iter().filter_map(|cell| Some((cell, cell.asks()?)));
    asking
        .map(|(cell, asked)| {
            let in_words = matches!(cell.kind, Kind::Text(_));
            let title = if in_words { cell.question() } else { title(&asked.id) };
            let (state, cell) = state(&asked.id);
            Task { title, in_words, points: asked.points, minutes: asked.minutes, state, cell }
        })
        .collect()
}

impl Overview {
    /// How many exercises, or questions, are in each state.
    fn counts(&self, in_words: bool) -> [usize; 3] {
        [State::Done, State::Begun, State::Untouched]
            .map(|state| self.tasks.iter().filter(|task| task.in_words == in_words && task.state == state).count())
    }

    fn open(&self) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(|task| task.state != State::Done)
    }

    /// The points of all tasks, and of those that are open.
    fn points(&self) -> (u32, u32) {
        (self.tasks.iter().map(|task| task.points).sum(), self.open().map(|task| task.points).sum())
    }

    /// How long the open tasks take, as far as the chapter says.
    fn minutes(&self) -> u32 {
        self.open().filter_map(|task| task.minutes).sum()
    }
}
