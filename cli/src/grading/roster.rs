//! Who is in the class, so that whoever handed in nothing has a row, too: `--roster FILE`, kept as `OUT/roster.csv`.
//!
//! | the file | who it is |
//! |---|---|
//! | lines without a separator | the ids, as `grades.csv` writes them |
//! | a table with a column `submission` | the same: `grades.csv` of an earlier chapter |
//! | Moodle's grading worksheet: `Identifier` (`Participant 123`), `Full name` | `Anna Ek_123`, as Moodle calls the folder of what she hands in |
//! | Canvas's gradebook: `Student` (`Ek, Anna`), `ID` | `ekanna_12`, as Canvas calls her files |

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};

use super::folder::Folder;
use super::spreadsheet_cell::{cell, plain};
use super::submissions::{numbered, safe};
use crate::support::{atomic_file, plain_text};

/// Where it is kept, so that a later run need not be given it again.
const FILE: &str = "roster.csv";
/// A longer list is not one of people.
const MOST_BYTES: u64 = 16 << 20;

/// The people of a class.
#[derive(Debug, Default)]
pub struct Roster {
    people: Vec<Person>,
}

/// Somebody who is to hand in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// What their submission is called.
    pub submission: String,
    /// What the platform calls them; empty where none does.
    pub name: String,
    /// The platform's number of them; empty where there is none.
    pub number: String,
}

impl Person {
    fn with(&self, change: impl Fn(&str) -> Cow<'_, str>) -> Person {
        let [submission, name, number] =
            [&self.submission, &self.name, &self.number].map(|text| change(text).into_owned());
        Person { submission, name, number }
    }
}

impl Roster {
    /// Reads what a teacher gives.
    ///
    /// # Errors
    /// When it is not a list of people, or one of them is in it twice.
    pub fn read(path: &Path) -> Result<Roster> {
        let name = path.display();
        let size = std::fs::metadata(path).with_context(|| format!("cannot read {name}"))?.len();
        ensure!(size <= MOST_BYTES, "{name} is too long for a list of people");
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {name}"))?;
        let text = String::from_utf8(bytes)
            .ok()
            .with_context(|| format!("{name} is not in UTF-8: save it again as \"CSV UTF-8\""))?;
        let people = people(text.strip_prefix('\u{feff}').unwrap_or(&text)).with_context(|| format!("{name}"))?;
        ensure!(!people.is_empty(), "{name} names nobody");
        let mut seen = BTreeMap::new();
        for person in &people {
            let own = plain_text::line(&person.submission);
            // What is handed in under a name is found whichever letters are capitals.
            let Some(other) = seen.insert(person.submission.to_lowercase(), own.clone()) else { continue };
            ensure!(own != other, "{name}: {own} stands there twice: write them so that each is somebody else");
            anyhow::bail!(
                "{name}: {other} and {own} differ in capital letters alone, and one submission would be both's: \
                 write them so that each is somebody else"
            );
        }
        let mut roster = Roster::default();
        roster.join(Roster { people });
        Ok(roster)
    }

    /// The one that an earlier run was given; nobody where none was.
    pub fn kept(folder: &Folder) -> Result<Roster> {
        let path = folder.path(FILE);
        if !path.exists() {
            return Ok(Roster::default());
        }
        let damaged = || format!("{} is damaged: give --roster again", path.display());
        let mut reader = csv::Reader::from_path(&path).with_context(damaged)?;
        let people = reader.deserialize().collect::<Result<Vec<Person>, _>>().with_context(damaged)?;
        Ok(Roster { people: people.iter().map(|person| person.with(plain)).collect() })
    }

    /// Keeps it in the folder.
    pub fn keep(&self, folder: &Folder) -> Result<()> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for person in &self.people {
            // The table stands among those that a teacher opens.
            writer.serialize(person.with(cell))?;
        }
        let bytes = writer.into_inner().context("the list of people is incomplete")?;
        atomic_file::write_if_changed(&folder.path(FILE), &bytes)?;
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Adds the people of another part of the class.
    pub fn join(&mut self, other: Roster) {
        self.people.extend(other.people);
        self.people.sort_by(|one, other| one.submission.cmp(&other.submission));
        self.people.dedup_by(|one, other| one.submission == other.submission);
    }

    /// The submissions of whom nobody is on the list, if there is one.
    pub fn strangers<'a>(&self, submissions: &'a [String]) -> Vec<&'a str> {
        let ids: BTreeSet<String> = self.people.iter().map(|person| person.submission.to_lowercase()).collect();
        let numbers: BTreeSet<&str> = self.people.iter().map(|person| person.number.as_str()).collect();
        let is_strange = |id: &&str| {
            let number = id.rsplit_once('_').map(|(_, number)| number).filter(|number| !number.is_empty());
            !ids.contains(&id.to_lowercase()) && !number.is_some_and(|number| numbers.contains(number))
        };
        let all = submissions.iter().map(String::as_str).filter(|_| !self.people.is_empty());
        all.filter(is_strange).collect()
    }

    /// Those of whom there is no submission, by their ids. A platform's number tells whose a submission is, whatever is
    /// before it.
    pub fn absent(&self, submissions: &[String]) -> BTreeMap<&str, &Person> {
        // Large and small letters make nobody another person, as among the submissions.
        let ids: BTreeSet<String> = submissions.iter().map(|id| id.to_lowercase()).collect();
        let numbers: BTreeSet<&str> =
            submissions.iter().filter_map(|id| id.rsplit_once('_')).map(|(_, number)| number).collect();
        let has_handed_in = |person: &&Person| {
            ids.contains(&person.submission.to_lowercase())
                || !person.number.is_empty() && numbers.contains(person.number.as_str())
        };
        let absent = self.people.iter().filter(|person| !has_handed_in(person));
        absent.map(|person| (person.submission.as_str(), person)).collect()
    }
}

fn people(text: &str) -> Result<Vec<Person>> {
    let head = text.lines().next().unwrap_or_default();
    let count = |separator: &u8| head.bytes().filter(|byte| byte == separator).count();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(count).filter(|separator| count(separator) > 0);
    let Some(separator) = separator else {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "submission");
        return Ok(lines.map(|line| by_id(&plain(line.trim_matches('"')))).collect());
    };
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let headers: Vec<String> = reader.headers()?.iter().map(|header| header.trim().to_owned()).collect();
    let column = |name: &str| headers.iter().position(|header| header == name);
    let rows = reader.records().collect::<Result<Vec<_>, _>>()?;
    let cell = |row: &csv::StringRecord, at: usize| row.get(at).unwrap_or_default().trim().to_owned();
    if let (Some(identifier), Some(name)) = (column("Identifier"), column("Full name")) {
        let of_row = |row: &csv::StringRecord| moodle(&cell(row, identifier), &cell(row, name));
        return rows.iter().filter(|row| !is_empty(row)).map(of_row).collect();
    }
    if let (Some(student), Some(id)) = (column("Student"), column("ID")) {
        // Without a number are the rows of points, and the names of nobody.
        let rows = rows.iter().filter(|row| is_number(&cell(row, id)));
        return Ok(rows.map(|row| canvas(&cell(row, student), &cell(row, id))).collect());
    }
    if let Some(at) = column("submission") {
        return Ok(rows.iter().filter(|row| !is_empty(row)).map(|row| by_id(&plain(&cell(row, at)))).collect());
    }
    bail!(
        "it is none of the lists that are understood: one id a line; a table with a column `submission`; Moodle's grading \
         worksheet in English (`Identifier`, `Full name`); Canvas's gradebook (`Student`, `ID`)"
    )
}

fn is_empty(row: &csv::StringRecord) -> bool {
    row.iter().all(|cell| cell.trim().is_empty())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn by_id(id: &str) -> Person {
    Person { submission: safe(id), name: String::new(), number: String::new() }
}

fn moodle(identifier: &str, name: &str) -> Result<Person> {
    // `Participant 123`, in whatever language the first word is.
    let number = identifier.rsplit(' ').next().filter(|number| is_number(number));
    let number =
        number.with_context(|| format!("`{}` is not an identifier of Moodle's", plain_text::line(identifier)))?;
    let name = plain(name).into_owned();
    Ok(Person { submission: numbered(&name, number), name, number: number.to_owned() })
}

fn canvas(student: &str, number: &str) -> Person {
    let name = plain(student).into_owned();
    let letters: String = name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Person { submission: numbered(&letters, number), name, number: number.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_submission_of_nobody_on_the_list_is_told_and_without_a_list_none_is() {
        let submissions = ["anna", "Eva Ek_12", "solution_Eva", "class_"].map(str::to_owned);
        let roster = Roster { people: people("Student,ID\nAnna,7\n\"Ek, Eva\",12\n").unwrap() };
        assert_eq!(roster.strangers(&submissions), ["anna", "solution_Eva", "class_"], "a number tells whose it is");
        let roster = Roster { people: people("Anna\nEva Ek_12\nclass_\n").unwrap() };
        assert_eq!(roster.strangers(&submissions), ["solution_Eva"]);
        assert!(Roster::default().strangers(&submissions).is_empty());
    }
}
