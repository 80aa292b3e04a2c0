//! All submissions in one file: `grades.csv` for spreadsheets, `results.json` for programs.

use std::io::Write;

use anyhow::{Context, Result};
use csv::Writer;

use crate::grading::folder::Folder;
use crate::grading::record::Record;
use crate::grading::roster::Person;
use crate::grading::settings::Settings;
use crate::grading::spreadsheet_cell::{cell, points};
use crate::support::atomic_file::AtomicWriter;

const WRITING: &str = "cannot write the table";
/// The status of whoever handed in nothing.
const NOTHING: &str = "nothing_handed_in";

/// `grades.csv`: a row per submission, a column per exercise.
pub struct Grades<'a> {
    writer: Writer<AtomicWriter>,
    settings: &'a Settings,
}

impl<'a> Grades<'a> {
    pub fn begin(folder: &Folder, settings: &'a Settings) -> Result<Grades<'a>> {
        let mut file = AtomicWriter::begin(&folder.path("grades.csv"))?;
        // Without the mark at its head, Excel reads umlauts wrong.
        file.write_all("\u{feff}".as_bytes()).context(WRITING)?;
        let mut writer = Writer::from_writer(file);
        let fixed = ["submission", "score", "max_score", "status", "waiting"];
        let exercises = settings.exercises.iter().map(|exercise| exercise.id.as_str());
        writer.write_record(fixed.into_iter().chain(exercises)).context(WRITING)?;
        Ok(Grades { writer, settings })
    }

    pub fn add(&mut self, record: &Record) -> Result<()> {
        let mut row = vec![
            cell(&record.submission.id).into_owned(),
            points(record.score),
            points(record.max_score),
            record.status.word().to_owned(),
            record.waiting().to_string(),
        ];
        row.extend(self.settings.exercises.iter().map(|asked| {
            let marked = record.exercises.iter().find(|marked| marked.id == asked.id);
            marked.and_then(|marked| marked.score).map(points).unwrap_or_default()
        }));
        self.writer.write_record(row).context(WRITING)
    }

    /// A row of somebody who handed in nothing.
    pub fn add_absent(&mut self, person: &Person) -> Result<()> {
        let most = points(self.settings.max_score());
        let mut row = vec![cell(&person.submission).into_owned(), points(0.0), most, NOTHING.to_owned(), points(0.0)];
        row.extend(self.settings.exercises.iter().map(|_| String::new()));
        self.writer.write_record(row).context(WRITING)
    }

    pub fn end(self) -> Result<()> {
        let file = self.writer.into_inner().map_err(|error| error.into_error()).context(WRITING)?;
        file.place()
    }
}

/// `results.json`: the settings and all records, the teacher's marks in them.
pub struct Results {
    file: AtomicWriter,
    first: bool,
}

impl Results {
    pub fn begin(folder: &Folder, settings: &Settings) -> Result<Results> {
        let mut file = AtomicWriter::begin(&folder.path("results.json"))?;
        let settings = serde_json::to_string(settings)?;
        write!(file, "{{\"run\":{settings},\n\"submissions\":[").context(WRITING)?;
        Ok(Results { file, first: true })
    }

    pub fn add(&mut self, record: &Record) -> Result<()> {
        let separator = if std::mem::take(&mut self.first) { "" } else { "," };
        write!(self.file, "{separator}\n{}", serde_json::to_string(record)?).context(WRITING)
    }

    pub fn end(mut self) -> Result<()> {
        self.file.write_all(b"\n]}\n").context(WRITING)?;
        self.file.place()
    }
}
