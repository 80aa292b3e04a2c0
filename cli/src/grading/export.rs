//! What follows from the records. It is written anew at each end of a run, from the files alone: the same
//! records give the same bytes, whichever run, shard or machine they came from.

mod feedback;
mod gradescope;
mod html;
mod overview;
mod platforms;
mod tables;
mod written;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use anyhow::Result;

use super::folder::Folder;
use super::manual_marks::Sheet;
use super::record::Status;
use super::roster::Roster;
use super::settings::{Settings, json};
use crate::support::atomic_file;

/// What a run came to.
#[derive(Debug, Default)]
pub struct Summary {
    /// How many submissions fared how.
    counts: BTreeMap<Status, usize>,
    /// Submissions without a record.
    pub missing: usize,
    /// Written answers without a mark.
    waiting: usize,
    /// People who handed in nothing.
    absent: usize,
}

/// Writes all that follows from the records. One submission is in memory at a time.
pub fn export(folder: &Folder, settings: &Settings, sheet: &Sheet) -> Result<Summary> {
    let mut grades = tables::Grades::begin(folder, settings)?;
    let mut results = tables::Results::begin(folder, settings)?;
    let mut written = written::Written::new(settings);
    let mut overview = overview::Overview::new(settings);
    let mut platforms = platforms::Platforms::new(settings);
    let mut summary = Summary::default();
    let ids = folder.marked()?;
    for id in &ids {
        let record = sheet.apply(folder.expect_record(id)?);
        *summary.counts.entry(record.status).or_default() += 1;
        summary.waiting += record.waiting();
        grades.add(&record)?;
        results.add(&record)?;
        written.add(folder, &record, sheet)?;
        overview.add(&record);
        platforms.add(&record);
        let name = format!("{id}.json");
        atomic_file::write_if_changed(&folder.path("gradescope").join(name), &json(&gradescope::results(&record)))?;
        let page = feedback::page(settings, &record);
        atomic_file::write_if_changed(&folder.path("feedback").join(format!("{id}.html")), page.as_bytes())?;
    }
    let missing: Vec<String> = folder.expected().into_iter().filter(|id| ids.binary_search(id).is_err()).collect();
    summary.missing = missing.len();
    let roster = Roster::kept(folder)?;
    // Whoever is expected and not marked yet has handed in.
    let handed_in: Vec<String> = ids.iter().chain(&missing).cloned().collect();
    let absent = roster.absent(&handed_in);
    summary.absent = absent.len();
    for person in absent.values() {
        grades.add_absent(person)?;
        platforms.add_absent(person);
        overview.add_absent(person);
    }
    grades.end()?;
    results.end()?;
    written.end(folder)?;
    platforms.end(folder)?;
    atomic_file::write_if_changed(&folder.path("overview.html"), overview.page(&missing).as_bytes())?;
    Ok(summary)
}

impl Summary {
    /// Each status that occurred.
    pub fn statuses(&self) -> impl Iterator<Item = Status> {
        self.counts.keys().copied()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total: usize = self.counts.values().sum();
        let counts: Vec<String> = self.counts.iter().map(|(status, count)| format!("{count} {status}")).collect();
        write!(formatter, "{total} submissions: {}.", counts.join(", "))?;
        if self.waiting > 0 {
            write!(formatter, "\n{} written answers wait for marks in written/answers.csv.", self.waiting)?;
        }
        if self.absent > 0 {
            write!(formatter, "\n{} of the class handed in nothing.", self.absent)?;
        }
        if self.missing > 0 {
            write!(
                formatter,
                "\n{} submissions have no record: grade them, or merge the shard that is missing. \
                 (Who is not to be graded is taken out of submissions.txt.)",
                self.missing
            )?;
        }
        Ok(())
    }
}

/// Separators of one country or another: behind each of them a spreadsheet may begin a new cell.
const SEPARATORS: [char; 5] = [',', ';', '\t', '\r', '\n'];

/// Whether a spreadsheet takes a text for a formula, or [`cell`] has made one of it that is none.
fn is_formula(text: &str) -> bool {
    let text = text.trim_start_matches('\'').trim_start_matches(['"', ' ']);
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// The places at which a spreadsheet may begin a cell.
fn beginnings(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0)
        .chain(text.char_indices().filter(|(_, it)| SEPARATORS.contains(it)).map(|(at, it)| at + it.len_utf8()))
}

/// A text as a cell that no spreadsheet takes for a formula, wherever it is taken apart. [`plain`] gives the text back.
pub fn cell(text: &str) -> Cow<'_, str> {
    let mut marked = String::new();
    let mut done = 0;
    for at in beginnings(text).filter(|at| is_formula(&text[*at..])) {
        marked += &text[done..at];
        marked.push('\'');
        done = at;
    }
    if marked.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(marked + &text[done..]) }
}

/// The text that such a cell was made of.
pub fn plain(cell: &str) -> Cow<'_, str> {
    let mut text = String::new();
    let mut done = 0;
    for at in beginnings(cell).filter(|at| cell[*at..].starts_with('\'') && is_formula(&cell[*at..])) {
        text += &cell[done..at];
        done = at + 1;
    }
    if done == 0 { Cow::Borrowed(cell) } else { Cow::Owned(text + &cell[done..]) }
}

/// A number of points, as people write it: `4`, `2.5`, `0.333`.
pub fn points(points: f64) -> String {
    // Adding 0.0 makes a zero without a sign.
    let rounded = (points * 1000.0).round() / 1000.0 + 0.0;
    rounded.to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{cell, plain};

    proptest! {
        #[test]
        fn every_text_is_read_back_from_its_cell(any in any::<String>(), odd in "[=+@;,'\" \t\r\nx-]{0,12}") {
            for text in [any, odd] {
                let cell = cell(&text);
                prop_assert_eq!(plain(&cell), text.as_str());
            }
        }

        #[test]
        fn no_part_of_a_cell_is_a_formula_whatever_separates_cells(odd in "[=+@;,'\" \t\r\nx-]{0,12}") {
            let cell = cell(&odd);
            for part in cell.split([',', ';', '\t', '\r', '\n']) {
                prop_assert!(!part.starts_with(['=', '+', '-', '@']), "{:?} in {:?}", part, cell);
            }
        }
    }

    #[test]
    fn two_names_that_differ_in_a_quote_have_different_cells() {
        assert_eq!(["=x", "'=x"].map(|name| cell(name).into_owned()), ["'=x", "''=x"]);
        assert_eq!(cell("'s-Hertogenbosch"), "'s-Hertogenbosch");
        assert_eq!(cell("anna;=1+1"), "anna;'=1+1");
    }
}
