//! `OUT/run.json`: what all records of a folder have in common. It is written first, and a run with
//! other settings does not touch the folder.

use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use super::record::{Kind, Record, SCHEMA, Status, SubmissionName};
use crate::support::{atomic_file, pretty_json};

/// What all records of a folder have in common.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The version of this format.
    pub schema: u32,
    /// The program's version.
    pub neurobook: String,
    /// The name of the course's folder.
    pub course: String,
    /// `02_single_node_dynamics`.
    pub chapter: String,
    /// The chapter's first heading.
    pub title: String,
    /// A hash of all in the course that a mark depends on.
    pub content: String,
    /// What compiles the submissions.
    pub toolchain: String,
    /// Where the hidden inputs come from.
    pub seed: u64,
    /// What was demanded of the sandbox.
    pub sandbox: Sandbox,
    /// In the chapter's order.
    pub exercises: Vec<ExerciseInfo>,
}

/// What a teacher demands of the sandbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sandbox {
    /// Namespaces, Landlock, seccomp and limits
    Full,
    /// Without namespaces, for machines that forbid them: Landlock, seccomp and limits
    Landlock,
}

/// An exercise of the chapter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExerciseInfo {
    /// The exercise's id in the chapter.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Who marks it.
    pub kind: Kind,
    /// The most that can be had.
    pub points: f64,
}

/// Trying again does not help.
#[derive(Debug)]
pub struct Refused(pub String);

impl std::fmt::Display for Refused {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl Settings {
    /// What is in this folder, if a run has been there.
    pub fn read(path: &Path) -> Result<Option<Settings>> {
        match std::fs::read(path) {
            Ok(bytes) => {
                let settings = serde_json::from_slice(&bytes)
                    .with_context(|| format!("{} is damaged: take another folder with --out", path.display()))?;
                Ok(Some(settings))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// Writes the settings, or finds the same there.
    ///
    /// # Errors
    /// [`Refused`] where others are there; any other is the machine's.
    pub fn write_or_verify(&self, path: &Path) -> Result<()> {
        if atomic_file::write_if_absent(path, &pretty_json::bytes(self))? {
            return Ok(());
        }
        let there = Settings::read(path)?.context("the folder changed while it was read: run the command again")?;
        let differences = there.differences(self);
        if differences.is_empty() {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(Path::new(".")).display();
        let why = format!(
            "{folder} holds a run with other settings: {}\n\
             Marks of the two must not be mixed. Take another folder with --out; or delete this one, and all is marked again.\n\
             Marks given by hand are not lost: keep {folder}/written/answers.csv and give it with --marks.",
            differences.join("; ")
        );
        Err(Refused(why).into())
    }

    /// Where other settings differ from these, in words.
    pub fn differences(&self, other: &Settings) -> Vec<String> {
        let mut differences = Vec::new();
        let mut compare = |what: &str, there: &str, now: &str| {
            if there != now {
                differences.push(format!("{what} is {there} there and {now} now"));
            }
        };
        compare("the format", &self.schema.to_string(), &other.schema.to_string());
        compare("neurobook", &self.neurobook, &other.neurobook);
        compare("the course", &self.course, &other.course);
        compare("the chapter", &self.chapter, &other.chapter);
        compare("the toolchain", &one_line(&self.toolchain), &one_line(&other.toolchain));
        compare("the seed", &self.seed.to_string(), &other.seed.to_string());
        compare("the sandbox", word(self.sandbox), word(other.sandbox));
        // Last, and only if there is no plainer reason.
        if differences.is_empty() && (self.content != other.content || self.exercises != other.exercises) {
            differences.push(format!("the content of chapter {} has changed since", self.chapter));
        }
        differences
    }

    /// The most that can be had.
    pub fn max_score(&self) -> f64 {
        self.exercises.iter().map(|exercise| exercise.points).sum()
    }

    /// A record of this run without marks yet, to be filled in.
    pub fn record(&self, submission: &SubmissionName, status: Status, message: Option<String>) -> Record {
        Record {
            schema: SCHEMA,
            course: self.course.clone(),
            chapter: self.chapter.clone(),
            submission: submission.clone(),
            toolchain: self.toolchain.clone(),
            seed: self.seed,
            sandbox: Vec::new(),
            status,
            message,
            score: 0.0,
            max_score: self.max_score(),
            exercises: Vec::new(),
        }
    }

    /// Whether a record was made with these settings.
    pub fn matches(&self, record: &Record) -> bool {
        record.schema == SCHEMA
            && record.course == self.course
            && record.chapter == self.chapter
            && record.toolchain == self.toolchain
            && record.seed == self.seed
    }
}

fn word(sandbox: Sandbox) -> &'static str {
    match sandbox {
        Sandbox::Full => "full",
        Sandbox::Landlock => "landlock",
    }
}

/// The compiler's version is several lines; the first tells it from others, the hash is in the second.
fn one_line(text: &str) -> String {
    text.lines().take(2).collect::<Vec<_>>().join(", ")
}
