//! The marks that a teacher gives to written answers. The sheet `OUT/written/answers.csv` is form and
//! store in one: whoever fills it in has nothing else to do, and a rerun keeps what is in it.

mod changed_name;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::folder::Folder;
use super::record::{ExerciseResult, Kind, Record};
use super::settings::Settings;
use super::spreadsheet_cell::{cell, plain, points};
use changed_name::{is_date, may_be_made_of};
use rows::{Row, rows};

/// The columns that are read.
pub const COLUMNS: [&str; 8] = ["submission", "exercise", "title", "answer", "points", "mark", "comment", "version"];
/// How a comment begins that was made of a mark for what the learner has changed since.
const EARLIER: &str = "[for an earlier answer:";
/// So many mistakes are told at once.
const MOST_MISTAKES: usize = 20;

/// Marks by submission and exercise.
#[derive(Debug, Default)]
pub struct Sheet {
    marks: BTreeMap<(String, String), Mark>,
    /// What a teacher should know: a sentence each.
    pub notes: Vec<String>,
}

/// A mark, or a comment without one.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// `None`: not marked yet.
    pub mark: Option<f64>,
    pub comment: String,
    /// Of the answer that was marked.
    pub version: String,
}

impl Mark {
    /// Whether it was given for this answer.
    pub fn is_of(&self, exercise: &ExerciseResult) -> bool {
        self.version.is_empty() || self.version == version(exercise)
    }

    /// The same with what an earlier sheet says of this answer and this one leaves open: one may hold marks, another comments.
    fn over(mut self, earlier: Option<&Mark>) -> Mark {
        if let Some(earlier) = earlier.filter(|earlier| earlier.version == self.version) {
            self.mark = self.mark.or(earlier.mark);
            if self.comment.is_empty() && !earlier.comment.starts_with(EARLIER) {
                self.comment.clone_from(&earlier.comment);
            }
        }
        self
    }

    /// The mark without its points, for an answer that has changed since.
    pub fn for_later(&self, version: String) -> Mark {
        let old = self.mark.map_or_else(String::new, |mark| format!("{} points", points(mark)));
        let comment = format!("{EARLIER} {}]", [old, self.comment.clone()].join(" ").trim());
        Mark { mark: None, comment, version }
    }
}

impl Sheet {
    /// The marks that are in the folder, and over them those of another sheet.
    pub fn collect(folder: &Folder, settings: &Settings, given: Option<&Path>) -> Result<Sheet> {
        let mut sheet = Sheet::default();
        let own = folder.path("written/answers.csv");
        if own.exists() {
            sheet.read(&own, folder, settings)?;
        }
        let same =
            |given: &&Path| own.canonicalize().is_ok_and(|own| given.canonicalize().is_ok_and(|given| given == own));
        if let Some(given) = given.filter(|given| !same(given)) {
            sheet.read(given, folder, settings)?;
        }
        Ok(sheet)
    }

    /// Takes the marks of a folder that is merged into another. Two that differ are an error.
    pub fn join(&mut self, other: Sheet, folder: &Path) -> Result<()> {
        for (key, mark) in other.marks {
            match self.marks.get(&key) {
                Some(there) if there.mark.is_some() && mark.mark.is_some() && *there != mark => bail!(
                    "{} and another folder hold different marks for the answer of {} to {}: make them equal",
                    folder.join("written/answers.csv").display(),
                    key.0,
                    key.1
                ),
                Some(there) if there.mark.is_some() => {
                    let joined = there.clone().over(Some(&mark));
                    self.marks.insert(key, joined);
                }
                there => {
                    let joined = mark.over(there);
                    self.marks.insert(key, joined);
                }
            }
        }
        self.notes.extend(other.notes);
        Ok(())
    }

    /// The mark of an answer.
    pub fn mark(&self, submission: &str, exercise: &str) -> Option<&Mark> {
        self.marks.get(&(submission.to_owned(), exercise.to_owned()))
    }

    /// The record with the teacher's marks in it.
    pub fn apply(&self, mut record: Record) -> Record {
        let id = record.submission.id.clone();
        for exercise in record.exercises.iter_mut().filter(|exercise| exercise.waits()) {
            // Of an answer that has changed meanwhile the teacher knows nothing.
            let Some(mark) = self.mark(&id, &exercise.id).filter(|mark| mark.is_of(exercise)) else { continue };
            exercise.score = mark.mark;
            // An earlier answer may have been another's, by the same name.
            if !mark.comment.is_empty() && !mark.comment.starts_with(EARLIER) {
                exercise.message.clone_from(&mark.comment);
            }
        }
        record.score = record.exercises.iter().filter_map(|exercise| exercise.score).sum();
        record
    }

    fn read(&mut self, path: &Path, folder: &Folder, settings: &Settings) -> Result<()> {
        let mut rows = rows(path)?;
        // Each record is read once, in whatever order the sheet was sorted.
        rows.sort_by(|a, b| a.cells["submission"].cmp(&b.cells["submission"]));
        let ids: BTreeMap<String, String> =
            folder.marked()?.into_iter().map(|id| (cell(&id).into_owned(), id)).collect();
        let written_ids: BTreeSet<String> = rows.iter().map(|row| row.cells["submission"].clone()).collect();
        let expected: BTreeMap<String, String> =
            folder.expected().into_iter().map(|id| (cell(&id).into_owned(), id)).collect();
        let version = |row: &Row| (row.answer(), row.cells["version"].trim().to_owned());
        let versions: BTreeMap<(String, String), String> = rows.iter().map(version).collect();
        let mut mistakes = Vec::new();
        let mut record: Option<Record> = None;
        let mut seen = BTreeMap::new();
        for row in rows {
            let written = &row.cells["submission"];
            if let Some(first) = seen.insert(row.answer(), row.number) {
                mistakes.push((row.number, "exercise", format!("row {first} is about the same answer: delete one")));
                continue;
            }
            let same_answer = || same_answer(&row, folder, settings, &written_ids);
            let id = match ids.get(written) {
                Some(id) => id.clone(),
                // A spreadsheet makes 123 of 00123, and a date of MAR1: the answer itself tells whose it is.
                None => match &same_answer()?[..] {
                    [id] if may_be_made_of(written, id) => {
                        self.notes.push(format!("a spreadsheet has made `{written}` of {id}; its mark is taken"));
                        id.clone()
                    }
                    // Its record was taken away, or is in another shard: the mark waits for it.
                    _ if expected.contains_key(written) => {
                        self.keep(&row, &expected[written]);
                        continue;
                    }
                    _ => {
                        let why = format!(
                            "there is no submission `{written}` here; if a spreadsheet has changed the name, write it as text"
                        );
                        mistakes.push((row.number, "submission", why));
                        continue;
                    }
                },
            };
            let id = &id;
            if record.as_ref().is_none_or(|record| record.submission.id != *id) {
                record = Some(folder.expect_record(id, settings)?);
            }
            let known = record.as_ref().context("a record was just read")?;
            if known.status.hides_answers() {
                self.keep(&row, id);
                continue;
            }
            // What bears another's name by chance, and the answer of a third: nobody's, until the teacher says whose.
            if !has_answer(&row, known)
                && let [other] = &same_answer()?[..]
                && may_be_made_of(written, other)
            {
                let why = format!("this is the answer of {other}: a spreadsheet has made `{written}` of that name");
                mistakes.push((row.number, "submission", why));
                continue;
            }
            if !has_answer(&row, known)
                && let Some(other) = slipped(&row, folder, settings, &versions)?
            {
                self.notes.push(format!(
                    "the row of {id} holds the answer of {other}, whose own row holds another one: was one column sorted without \
                     the others? Neither mark nor comment of it is taken"
                ));
                continue;
            }
            match self.take(&row, known, settings) {
                Ok(()) => {}
                Err((column, mistake)) => mistakes.push((row.number, column, mistake)),
            }
        }
        mistakes.sort();
        report(path, &mistakes)
    }

    /// Keeps what is there of a submission until it is known what its answers are.
    fn keep(&mut self, row: &Row, id: &str) {
        let mark = number(&row.cells["mark"], f64::INFINITY).ok().flatten();
        let comment = plain(row.cells["comment"].trim()).into_owned();
        if mark.is_some() || !comment.is_empty() {
            let version = row.cells["version"].trim().to_owned();
            let key = (id.to_owned(), plain(&row.cells["exercise"]).into_owned());
            let mark = Mark { mark, comment, version }.over(self.marks.get(&key));
            self.marks.insert(key, mark);
        }
    }

    fn take(&mut self, row: &Row, record: &Record, settings: &Settings) -> Result<(), (&'static str, String)> {
        let (id, written) = (&record.submission.id, &row.cells["exercise"]);
        let asked = settings.exercises.iter().find(|asked| asked.kind == Kind::Text && cell(&asked.id) == *written);
        let asked = asked.ok_or_else(|| {
            let texts = settings.exercises.iter().filter(|asked| asked.kind == Kind::Text);
            let known: Vec<&str> = texts.map(|asked| asked.id.as_str()).collect();
            ("exercise", format!("no exercise `{written}` is answered in words; there are {}", known.join(", ")))
        })?;
        let mark = number(&row.cells["mark"], asked.points)?;
        let comment = plain(row.cells["comment"].trim()).into_owned();
        if mark.is_none() && comment.is_empty() {
            return Ok(());
        }
        let given = row.cells["version"].trim();
        let changed = format!("{id} has changed the answer to {} since it was marked: mark it again", asked.id);
        let Some(exercise) = record.exercises.iter().find(|exercise| exercise.id == asked.id && exercise.waits())
        else {
            if given.is_empty() {
                return Err(("exercise", format!("{id} has no answer to {} that waits for a mark", asked.id)));
            }
            self.notes.push(changed);
            return Ok(());
        };
        let version = version(exercise);
        let mut mark = Mark { mark, comment, version: version.clone() };
        let key = (id.clone(), asked.id.clone());
        let earlier = self.marks.get(&key);
        if given != version && !given.is_empty() {
            self.notes.push(changed);
            // A mark of the answer that is there now counts, whatever an older sheet says of the one before.
            if earlier.is_some_and(|earlier| earlier.mark.is_some() && earlier.version == version) {
                return Ok(());
            }
            mark = mark.for_later(version);
        }
        let mark = mark.over(earlier);
        self.marks.insert(key, mark);
        Ok(())
    }
}

/// Whether the row is about the answer that the record holds: by its version, and as far as the sheet has its text.
fn has_answer(row: &Row, record: &Record) -> bool {
    let version = row.cells["version"].trim();
    let of_row = |exercise: &&ExerciseResult| cell(&exercise.id) == row.cells["exercise"];
    record.exercises.iter().filter(of_row).any(|exercise| version.is_empty() || self::version(exercise) == version)
}

/// Whose answer the row holds, if it is that of somebody in the sheet whose own row holds another one. `versions` are those of all
/// rows.
fn slipped(
    row: &Row,
    folder: &Folder,
    settings: &Settings,
    versions: &BTreeMap<(String, String), String>,
) -> Result<Option<String>> {
    let (_, exercise) = row.answer();
    for id in folder.marked()? {
        let own = versions.get(&(cell(&id).into_owned(), exercise.clone()));
        let has_other = own.is_some_and(|own| !own.is_empty() && own != row.cells["version"].trim());
        if has_other && has_answer(row, &folder.expect_record(&id, settings)?) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The submissions with the answer of a row whose names are not in the sheet.
fn same_answer(row: &Row, folder: &Folder, settings: &Settings, written: &BTreeSet<String>) -> Result<Vec<String>> {
    if row.cells["version"].trim().is_empty() {
        return Ok(Vec::new());
    }
    let ids = folder.marked()?.into_iter().filter(|id| !written.contains(&*cell(id)));
    let mut found = Vec::new();
    for id in ids {
        if has_answer(row, &folder.expect_record(&id, settings)?) {
            found.push(id);
        }
    }
    Ok(found)
}

/// A short name of an answer's text: a mark belongs to it and to no later one.
pub fn version(exercise: &ExerciseResult) -> String {
    let mut hash = Sha256::new_with_prefix(exercise.answer.as_deref().unwrap_or_default());
    exercise.pictures.iter().for_each(|picture| hash.update(&picture.data));
    let hash = hash.finalize();
    // Spreadsheets take a word such as 12345678 or 1e234567 for a number; none begins with a letter v.
    hash.iter().take(4).fold("v".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

fn number(text: &str, most: f64) -> Result<Option<f64>, (&'static str, String)> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    // Half of the world's spreadsheets write 1,5.
    let number = text.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    let range = format!("write a number from 0 to {}, or leave it empty", points(most));
    match number {
        None if is_date(text) => {
            Err(("mark", format!("`{text}` is what a spreadsheet makes of a number that it takes for a date: {range}")))
        }
        None => Err(("mark", format!("`{text}` is not a number: {range}"))),
        Some(number) if number > most => Err(("mark", format!("{text} is more than the exercise gives: {range}"))),
        Some(number) if number < 0.0 => Err(("mark", format!("{text} is less than nothing: {range}"))),
        Some(number) => Ok(Some(number)),
    }
}

fn report(path: &Path, mistakes: &[(usize, &str, String)]) -> Result<()> {
    if mistakes.is_empty() {
        return Ok(());
    }
    let name = path.display();
    let lines: Vec<String> = mistakes
        .iter()
        .take(MOST_MISTAKES)
        .map(|(row, column, mistake)| format!("{name}, row {row}, column {column}: {mistake}"))
        .collect();
    let more = mistakes.len().saturating_sub(MOST_MISTAKES);
    let more = if more == 0 { String::new() } else { format!("\n{name}: {more} more") };
    bail!("the marks cannot be taken, and nothing was changed:\n{}{more}", lines.join("\n"))
}
