//! Runs with a marker that needs no compiler. Its marks follow from the notebook's text and the seed.

mod killed;
mod marks;
mod namesakes;
mod pages;
mod platforms;
mod roster;
mod runs;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Result;
use clap::Parser;

use super::grader::{Grader, GradingRequest, Submission, Timings};
use super::record::{ExerciseResult, Kind, Misconception, Outcome, Record, SCHEMA, Status, Test, Visibility};
use super::settings::{ExerciseInfo, Settings};
use super::{Options, carry_out};
use crate::chapter::course::Course;
use crate::notebook::picture::Picture;

/// The value that no page for learners may show.
const SECRET: &str = "expected-41.9";

/// Marks by the words in a notebook.
struct Fake {
    order: GradingRequest,
    content: String,
    pause: Duration,
    marked: AtomicUsize,
}

impl Grader for Fake {
    fn settings(&self) -> Settings {
        let asked = |id: &str, title: &str, kind, points| ExerciseInfo {
            id: id.to_owned(),
            title: title.to_owned(),
            kind,
            points,
        };
        Settings {
            schema: SCHEMA,
            neurobook: "0.1.0".to_owned(),
            course: "course".to_owned(),
            chapter: self.order.chapter.clone(),
            title: "Single-node dynamics".to_owned(),
            content: self.content.clone(),
            toolchain: "rustc 1.95".to_owned(),
            seed: self.order.seed,
            sandbox: self.order.sandbox,
            exercises: vec![
                asked("euler", "Euler's method", Kind::Function, 4.0),
                asked("why", "Why does it grow?", Kind::Text, 2.0),
                asked("order", "Order parameter", Kind::Function, 3.0),
            ],
        }
    }

    fn mark(&self, submission: &Submission) -> (Record, Timings) {
        self.marked.fetch_add(1, Ordering::SeqCst);
        std::thread::sleep(self.pause);
        let text = String::from_utf8_lossy(&submission.bytes).into_owned();
        assert!(!text.contains("panic"), "the marker itself fails");
        let settings = self.settings();
        if text.contains("not json") {
            let why = Some("it is not a notebook".to_owned());
            return (settings.record(&submission.name, Status::Unreadable, why), Timings::default());
        }
        if text.contains("machine") {
            let why = Some("the disk is full".to_owned());
            return (settings.record(&submission.name, Status::Infrastructure, why), Timings::default());
        }
        let mut record = settings.record(&submission.name, Status::Graded, None);
        record.sandbox = vec!["none".to_owned()];
        if text.contains("attack") {
            record.status = Status::Violation;
            record.message = Some("the program tried to open a socket".to_owned());
        }
        record.exercises = exercises(&settings, &text, submission.bytes.len() as u64 ^ self.order.seed);
        record.score = record.exercises.iter().filter_map(|exercise| exercise.score).sum();
        (record, Timings::default())
    }
}

fn exercises(settings: &Settings, text: &str, number: u64) -> Vec<ExerciseResult> {
    let test = |id: &str, name: &str, visibility, right: bool, expected: &str| Test {
        id: id.to_owned(),
        name: name.to_owned(),
        visibility,
        status: if right { Outcome::Passed } else { Outcome::Failed },
        score: f64::from(u8::from(right)),
        message: if right { String::new() } else { "differs first at index 3".to_owned() },
        input: Some("a = -0.5, x0 = 2.0, dt = 0.01".to_owned()),
        expected: Some(expected.to_owned()),
        got: Some("[2.0, 1.99, 1.9801, 2.0]".to_owned()),
    };
    settings
        .exercises
        .iter()
        .enumerate()
        .map(|(index, asked)| {
            let right = !(number >> index).is_multiple_of(3);
            let mut marked = ExerciseResult {
                id: asked.id.clone(),
                title: asked.title.clone(),
                kind: asked.kind,
                points: asked.points,
                score: (asked.kind == Kind::Function).then_some(if right { asked.points } else { asked.points / 4.0 }),
                status: Status::Graded,
                message: if right { "All inputs give the right result.".to_owned() } else { "3 of 5 inputs are wrong.".to_owned() },
                misconception: None,
                compiler: None,
                answer: None,
                pictures: Vec::new(),
                for_teacher: None,
                tests: Vec::new(),
            };
            match asked.kind {
                Kind::Text => {
                    marked.answer = Some(format!("=1+1 because {}", text.chars().take(300).collect::<String>()));
                    marked.message = String::new();
                    if text.contains("sketch") {
                        let of = |name: &str, data: &str| Picture { name: name.into(), kind: "image/png".into(), data: data.into() };
                        marked.pictures = vec![of("<sketch>.png", "AAEC"), of("large.png", "")];
                    }
                    if text.contains("drawing") {
                        // `<svg>`
                        marked.pictures = vec![Picture { name: "a.svg".into(), kind: "image/svg+xml".into(), data: "PHN2Zz4=".into() }];
                    }
                }
                Kind::Function => {
                    marked.tests = vec![
                        test("a", "a decaying node", Visibility::Public, right, "[2.0, 1.99, 1.9801, 1.9702]"),
                        test("b", "a node that grows", Visibility::Public, true, "[2.0, 2.01]"),
                        test("c", "a random negative rate", Visibility::Hidden, right, SECRET),
                        test("d", "a random positive rate", Visibility::Hidden, true, SECRET),
                    ];
                    if !right {
                        marked.misconception = Some(Misconception {
                            name: "dt is forgotten".to_owned(),
                            explanation: "The state changes by the rate times the time step, not by the rate.".to_owned(),
                        });
                    }
                    if text.contains("broken") {
                        marked.status = Status::CompileError;
                        marked.score = Some(0.0);
                        marked.tests.clear();
                        marked.message = "This cell does not compile.".to_owned();
                        marked.compiler = Some("error[E0308]: mismatched types\n --> cell 7, line 3\n  |\n3 |     x[k] = 1;\n  |            ^ expected `f64`, found integer".to_owned());
                    }
                }
            }
            marked
        })
        .collect()
}

/// A folder with submissions, and runs over them.
struct Class {
    folder: tempfile::TempDir,
    content: String,
    pause: Duration,
    stop_after: Option<Duration>,
    stop: Arc<AtomicBool>,
}

impl Class {
    fn new(submissions: &[(&str, &str)]) -> Class {
        let folder = tempfile::tempdir().unwrap();
        let class =
            Class { folder, content: "1".to_owned(), pause: Duration::ZERO, stop_after: None, stop: Arc::default() };
        fs::create_dir_all(class.path("in")).unwrap();
        for (name, text) in submissions {
            class.submit(name, text);
        }
        class
    }

    /// So many plain submissions.
    fn of(count: usize) -> Class {
        let class = Class::new(&[]);
        for number in 0..count {
            class.submit(&format!("learner {number:03}"), &"x".repeat(number));
        }
        class
    }

    fn submit(&self, name: &str, text: &str) {
        let notebook = serde_json::json!({ "cells": [text], "metadata": { "neurobook": { "chapter": "02_single_node_dynamics" } } });
        fs::write(self.path(&format!("in/{name}.ipynb")), notebook.to_string()).unwrap();
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    fn read(&self, inside: &str) -> String {
        fs::read_to_string(self.path(inside)).unwrap_or_else(|error| panic!("{inside}: {error}"))
    }

    /// Grades everything into this folder. Gives the exit status and how many were marked.
    fn grade(&self, out: &str, more: &[&str]) -> (u8, usize) {
        let input = self.path("in");
        self.command(&[&["grade", &input.to_string_lossy(), "--out", &self.path(out).to_string_lossy()], more].concat())
    }

    fn command(&self, arguments: &[&str]) -> (u8, usize) {
        let options = Command::parse_from(arguments).options;
        let marked = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&marked);
        let make = move |_: &Course, order: &GradingRequest| -> Result<Box<dyn Grader>> {
            let fake = Fake {
                order: order.clone(),
                content: self.content.clone(),
                pause: self.pause,
                marked: AtomicUsize::new(0),
            };
            Ok(Box::new(Counting { fake, counter: Arc::clone(&counter) }))
        };
        let status = std::thread::scope(|scope| {
            if let Some(after) = self.stop_after {
                scope.spawn(move || {
                    std::thread::sleep(after);
                    self.stop.store(true, Ordering::SeqCst);
                });
            }
            carry_out(&options, &make, &self.stop)
        });
        (status, marked.load(Ordering::SeqCst))
    }
}

/// Counts over all markers of a command.
struct Counting {
    fake: Fake,
    counter: Arc<AtomicUsize>,
}

impl Grader for Counting {
    fn settings(&self) -> Settings {
        self.fake.settings()
    }

    fn mark(&self, submission: &Submission) -> (Record, Timings) {
        self.counter.fetch_add(1, Ordering::SeqCst);
        self.fake.mark(submission)
    }
}

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    options: Options,
}

/// Every file of a run but the times, which differ by nature, with its bytes.
fn bytes_of(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    fn walk(folder: &Path, root: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let inside = path.strip_prefix(root).unwrap();
            if path.is_dir() && inside != Path::new("times") {
                walk(&path, root, files);
            } else if path.is_file() {
                files.push((inside.to_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    let mut files = Vec::new();
    walk(folder, folder, &mut files);
    files.sort();
    files
}

/// Says which file differs rather than both contents.
fn assert_same(one: &Path, other: &Path) {
    let (one, other) = (bytes_of(one), bytes_of(other));
    let names = |files: &[(PathBuf, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&one), names(&other));
    for ((name, one), (_, other)) in one.iter().zip(&other) {
        assert!(one == other, "{} differs", name.display());
    }
}
