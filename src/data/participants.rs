//! Tables of people.

use super::table::{Table, number};
use crate::Result;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// Someone who took part in a study, as far as the table knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Participant {
    /// What files are named by, such as `sub-01`.
    pub id: String,
    /// The group: `young` or `old` in the course's own table; empty where the table does not say.
    pub group: String,
    /// The sex; `None` where the table does not say.
    pub sex: Option<String>,
    /// The age; `None` where the table does not say.
    pub age: Option<Age>,
    /// Years of education; `None` where the table does not say.
    pub education: Option<f64>,
    /// What the table says in its other columns, by their names; without what is missing.
    pub other: BTreeMap<String, String>,
}

/// An age in a table of people: very old ones are given as `89+`, so that participants cannot be identified.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Age {
    /// The years.
    pub years: f64,
    /// Whether it may be more.
    pub or_more: bool,
}

impl fmt::Display for Age {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.years, if self.or_more { "+" } else { "" })
    }
}

/// The participants in a file with tabs between its values, as the Brain Imaging Data Structure (BIDS) has it. Its first
/// line has the names of the columns, among them `participant_id`; `group`, `sex`, `age` and `education` may be there, and
/// any other column, in any order. A value that is blank or `n/a` is missing.
///
/// # Errors
/// When the file cannot be read or is not such a table, there is no column `participant_id`, an id is missing or occurs
/// twice, or an age or an education is neither missing nor a number. The message names the file, the row and the column.
pub fn read_participants(path: impl AsRef<Path>) -> Result<Vec<Participant>> {
    let path = path.as_ref();
    parse_participants(&path.display().to_string(), &super::read(path)?)
}

/// The participants in the text of a file that is called `name` in messages.
///
/// ```
/// let text = b"participant_id\tsex\tage\tgroup\teducation\nsub-01\t\t89+\told\t12\n";
/// let people = neurobook::data::parse_participants("people.tsv", text)?;
/// assert_eq!((people[0].sex.is_none(), people[0].age.unwrap().to_string()), (true, "89+".to_string()));
/// let text = b"participant_id\tmmse\nsub-01\t29\n";
/// assert_eq!(neurobook::data::parse_participants("people.tsv", text)?[0].other["mmse"], "29");
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// Those of [`read_participants`] but that the file cannot be read.
pub fn parse_participants(name: &str, bytes: &[u8]) -> Result<Vec<Participant>> {
    let table = Table::parse(name, bytes, b'\t')?;
    let (header, rows) = (&table.rows[0], &table.rows[1..]);
    let column = |wanted: &str| header.1.iter().position(|name| name == wanted);
    let Some(id) = column("participant_id") else {
        let there = header.1.iter().collect::<Vec<_>>().join(", ");
        return Err(table.at(header.0, 0, &format!("there is no column \"participant_id\", only {there}")));
    };
    let [group, sex, age, education] = ["group", "sex", "age", "education"].map(column);
    let fields = [Some(id), group, sex, age, education];
    let others: Vec<usize> = (0..table.columns()).filter(|&column| !fields.contains(&Some(column))).collect();
    let mut people: Vec<Participant> = Vec::new();
    for (line, row) in rows {
        // A number's column is named where it is wrong.
        let known = |column: usize| Some((column, &row[column])).filter(|(_, text)| !is_missing(text));
        let text = |column: Option<usize>| column.and_then(known).map(|(_, text)| text.to_owned());
        let name = text(Some(id)).ok_or_else(|| table.at(*line, id, "the participant has no id"))?;
        if people.iter().any(|other| other.id == name) {
            return Err(table.at(*line, id, &format!("{name} is there twice: keep one of the two rows")));
        }
        let years = |column: usize, text: &str| number(text).map_err(|words| table.at(*line, column, &words));
        let old = |(column, text): (usize, &str)| -> Result<Age> {
            let years = years(column, text.strip_suffix('+').unwrap_or(text))?;
            Ok(Age { years, or_more: text.ends_with('+') })
        };
        people.push(Participant {
            id: name,
            group: text(group).unwrap_or_default(),
            sex: text(sex),
            age: age.and_then(known).map(old).transpose()?,
            education: education.and_then(known).map(|(column, text)| years(column, text)).transpose()?,
            other: others
                .iter()
                .filter_map(|&column| known(column))
                .map(|(column, text)| (header.1[column].to_owned(), text.to_owned()))
                .collect(),
        });
    }
    Ok(people)
}

/// Whether a text of the table says that a value is missing: blank, or BIDS' own word.
pub(super) fn is_missing(text: &str) -> bool {
    text.is_empty() || text.eq_ignore_ascii_case("n/a")
}
