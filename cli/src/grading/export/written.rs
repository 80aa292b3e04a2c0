//! The written answers, for marking by hand: all answers to one question below each other, as a sheet to
//! fill in and as a page to read.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use maud::html;
use sha2::{Digest, Sha256};

use super::html::{self, page};
use crate::grading::folder::Folder;
use crate::grading::manual_marks::{COLUMNS, Sheet, version};
use crate::grading::record::{ExerciseResult, Kind, Record};
use crate::grading::settings::{ExerciseInfo, Settings};
use crate::grading::spreadsheet_cell::{cell, fitting, points};
use crate::support::address;
use crate::support::{atomic_file, paths};

/// The answers so far.
pub struct Written<'a> {
    settings: &'a Settings,
    /// By exercise.
    answers: BTreeMap<String, Vec<Answer>>,
}

struct Answer {
    submission: String,
    text: String,
    /// Names, and addresses from the page of those that are kept.
    pictures: Vec<(String, Option<String>)>,
    mark: Option<f64>,
    comment: String,
    version: String,
}

impl<'a> Written<'a> {
    pub fn new(settings: &'a Settings) -> Written<'a> {
        Written { settings, answers: BTreeMap::new() }
    }

    /// Takes a record's written answers, in the order of the submissions.
    pub fn add(&mut self, folder: &Folder, record: &Record, sheet: &Sheet) -> Result<()> {
        for marked in record.exercises.iter().filter(|marked| marked.kind == Kind::Text) {
            let mark = sheet.mark(&record.submission.id, &marked.id);
            let mark = mark.map(|mark| if mark.is_of(marked) { mark.clone() } else { mark.for_later(version(marked)) });
            // What has a score without the teacher, such as an empty answer, asks for none.
            if !marked.waits() && mark.is_none() {
                continue;
            }
            let answer = marked.answer.as_deref().unwrap_or_default();
            let mut text = html::seen(fitting(answer)).into_owned();
            if fitting(answer).len() < answer.len() {
                text.push_str("\n[The answer goes on; the whole of it is in the record.]");
            }
            self.answers.entry(marked.id.clone()).or_default().push(Answer {
                submission: record.submission.id.clone(),
                text,
                pictures: pictures(folder, marked)?,
                mark: mark.as_ref().and_then(|mark| mark.mark),
                comment: mark.map_or_else(String::new, |mark| mark.comment),
                version: version(marked),
            });
        }
        if record.status.hides_answers() {
            self.keep(&record.submission.id, sheet);
        }
        Ok(())
    }

    /// Marks of a submission that could not be read or marked, or has no record, stay in the sheet: they belong to answers that
    /// a later run finds again.
    pub fn keep(&mut self, id: &str, sheet: &Sheet) {
        for asked in self.settings.exercises.iter().filter(|asked| asked.kind == Kind::Text) {
            let Some(mark) = sheet.mark(id, &asked.id) else { continue };
            self.answers.entry(asked.id.clone()).or_default().push(Answer {
                submission: id.to_owned(),
                text: "[Not marked at present. A later run finds the answer again.]".to_owned(),
                pictures: Vec::new(),
                mark: mark.mark,
                comment: mark.comment.clone(),
                version: mark.version.clone(),
            });
        }
    }

    /// Writes sheet and page, if there is a question that is answered in words.
    pub fn end(self, folder: &Folder) -> Result<()> {
        let questions: Vec<&ExerciseInfo> =
            self.settings.exercises.iter().filter(|asked| asked.kind == Kind::Text).collect();
        if questions.is_empty() {
            return Ok(());
        }
        let sheet = self.sheet(&questions).context("cannot write the sheet of written answers")?;
        atomic_file::write_if_changed(&folder.path("written/answers.csv"), &sheet)?;
        atomic_file::write_if_changed(&folder.path("written/answers.html"), self.page(&questions).as_bytes())?;
        Ok(())
    }

    fn of(&self, question: &ExerciseInfo) -> &[Answer] {
        self.answers.get(&question.id).map_or(&[], Vec::as_slice)
    }

    fn sheet(&self, questions: &[&ExerciseInfo]) -> Result<Vec<u8>> {
        // Without the mark at its head, Excel reads umlauts wrong.
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(COLUMNS)?;
        for question in questions {
            for answer in self.of(question) {
                writer.write_record([
                    &*cell(&answer.submission),
                    &*cell(&question.id),
                    &*cell(&question.title),
                    &*cell(&answer.text),
                    &points(question.points),
                    &answer.mark.map(points).unwrap_or_default(),
                    &*cell(&answer.comment),
                    &answer.version,
                ])?;
            }
        }
        writer.into_inner().context("the sheet is incomplete")
    }

    fn page(&self, questions: &[&ExerciseInfo]) -> String {
        page(
            &format!("Written answers: {}", self.settings.title),
            html! {
                header {
                    p.kicker { (self.settings.chapter) }
                    h1 { "Written answers" }
                    p.lead {
                        "Fill the columns " code { "mark" } " and " code { "comment" } " of "
                        a href="answers.csv" { "answers.csv" } " and grade again: "
                        code { "neurobook grade --marks written/answers.csv --out FOLDER" }
                    }
                    nav { @for question in questions {
                        a href={ "#" (question.id) } { (question.title) " (" (self.of(question).len()) ")" }
                    } }
                }
                @for question in questions {
                    section id=(question.id) {
                        h2 { (question.title) span.points { (points(question.points)) " points" } }
                        @for answer in self.of(question) {
                            article.card {
                                h3 {
                                    (answer.submission)
                                    span.points {
                                        @match answer.mark { Some(mark) => (points(mark)), None => "not marked" }
                                    }
                                }
                                p.answer dir="auto" { (answer.text) }
                                (html::pictures(answer.pictures.iter().map(|(name, address)| (name.as_str(), address.clone()))))
                                @if !answer.comment.is_empty() { p.comment dir="auto" { (answer.comment) } }
                            }
                        }
                        @if self.of(question).is_empty() { p.soft { "No answer waits for a mark." } }
                    }
                }
            },
        )
    }
}

/// Writes an answer's pictures beside the page. All of a class in the page itself would be more than a browser opens; but
/// a drawing in SVG stays in it, since a browser runs the scripts of one that is opened as a file.
fn pictures(folder: &Folder, marked: &ExerciseResult) -> Result<Vec<(String, Option<String>)>> {
    let mut pictures = Vec::new();
    for picture in &marked.pictures {
        let file = picture.address().and_then(|address| address::file(&address));
        let Some((bytes, ending)) = file else {
            pictures.push((picture.name.clone(), None));
            continue;
        };
        if ending == "svg" {
            pictures.push((picture.name.clone(), picture.address()));
            continue;
        }
        let name = format!("pictures/{}.{ending}", paths::short_hash(&Sha256::digest(&bytes)));
        atomic_file::write_if_changed(&folder.path("written").join(&name), &bytes)?;
        pictures.push((picture.name.clone(), Some(name)));
    }
    Ok(pictures)
}
