//! Marks as learning platforms import them: `moodle.csv` and `canvas.csv`. Both know people by the number that they
//! have put into the names of what was handed in.
//!
//! Moodle's offline grading worksheet (`mod_assign`) is read by the columns `Identifier` (`Participant 123`), `Grade` and
//! `Last modified (grade)`; Canvas's gradebook by `Student`, `ID`, `SIS User ID`, `SIS Login ID`, `Section` and a column
//! for each assignment, with a row of the points that can be had. What their imports do with a row:
//!
//! | | Moodle | Canvas |
//! |---|---|---|
//! | whose it is | the number behind as many bytes as `Participant ` has in the teacher's language | the number; where it is nobody's, the name |
//! | an empty grade | is passed over | takes away the grade that is there: the row is left out |
//! | a backslash before a quote | goes on with the cell, whatever else readers of CSV do | means nothing |
//! | a name with `Points Possible` | means nothing | is no person's: the row holds the points that can be had |

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::grading::folder::Folder;
use crate::grading::record::Record;
use crate::grading::roster::Person as Absent;
use crate::grading::settings::Settings;
use crate::grading::spreadsheet_cell::{cell, points};
use crate::support::atomic_file;
use crate::support::plain_text::is_unseen;

/// The rows so far.
pub struct Platforms<'a> {
    settings: &'a Settings,
    people: Vec<Person>,
}

struct Person {
    name: String,
    number: String,
    /// `None` while answers wait for the teacher, or nothing could be marked.
    score: Option<f64>,
}

impl<'a> Platforms<'a> {
    pub fn new(settings: &'a Settings) -> Platforms<'a> {
        Platforms { settings, people: Vec::new() }
    }

    pub fn add(&mut self, record: &Record) {
        let Some((name, number)) = record.submission.id.rsplit_once('_') else { return };
        if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
            let is_final = record.waiting() == 0 && !record.status.needs_review();
            let score = is_final.then_some(record.score);
            self.people.push(Person { name: name.to_owned(), number: number.to_owned(), score });
        }
    }

    /// Somebody who handed in nothing: known, and without a grade, so that the platform's own rule for it holds.
    pub fn add_absent(&mut self, person: &Absent) {
        if !person.number.is_empty() {
            let (name, number) = (person.name.clone(), person.number.clone());
            self.people.push(Person { name, number, score: None });
        }
    }

    /// Writes the tables, if there is somebody whom a platform knows. Gives the names of those who share a number: no
    /// platform is told whose a mark is before the teacher knows.
    pub fn end(mut self, folder: &Folder) -> Result<Vec<String>> {
        if self.people.is_empty() {
            return Ok(Vec::new());
        }
        let shared = self.take_shared();
        let writing = "cannot write the tables for learning platforms";
        atomic_file::write_if_changed(&folder.path("moodle.csv"), &self.moodle().context(writing)?)?;
        atomic_file::write_if_changed(&folder.path("canvas.csv"), &self.canvas().context(writing)?)?;
        Ok(shared)
    }

    /// Takes away the rows of several people with one number.
    fn take_shared(&mut self) -> Vec<String> {
        // To a platform, 007 is 7.
        let number = |person: &Person| person.number.trim_start_matches('0').to_owned();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for person in &self.people {
            *counts.entry(number(person)).or_default() += 1;
        }
        let shared = self.people.extract_if(.., |person| counts[&number(person)] > 1);
        shared.map(|person| format!("{}_{}", person.name, person.number)).collect()
    }

    fn moodle(&self) -> Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["Identifier", "Full name", "Grade", "Maximum Grade", "Last modified (grade)"])?;
        for Person { name, number, score } in &self.people {
            let grade = score.map(points).unwrap_or_default();
            let (identifier, most) = (format!("Participant {number}"), points(self.settings.max_score()));
            // A dash is what Moodle itself writes where there is no grade yet.
            writer.write_record([identifier.as_str(), &name_cell(name), &grade, &most, "-"])?;
        }
        writer.into_inner().context("the table is incomplete")
    }

    fn canvas(&self) -> Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let title = cell(&self.settings.title);
        writer.write_record(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", &title])?;
        // Canvas looks for these words behind four blanks.
        writer.write_record(["    Points Possible", "", "", "", "", &points(self.settings.max_score())])?;
        for Person { name, number, score } in &self.people {
            if let Some(score) = score {
                writer.write_record([&*name_cell(name), number, "", "", "", &points(*score)])?;
            }
        }
        writer.into_inner().context("the table is incomplete")
    }
}

/// A name, which is there for the teacher alone, without what an import takes for something else.
fn name_cell(name: &str) -> String {
    let plain: String =
        name.chars().map(|it| if matches!(it, '\\' | '"' | ';') || is_unseen(it) { ' ' } else { it }).collect();
    cell(&plain).replace("Points Possible", "Points possible")
}
