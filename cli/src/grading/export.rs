//! What follows from the records. It is written again at each end of a run, from the files alone: the same
//! records give the same bytes, whichever run, shard or machine they came from.

mod feedback;
mod gradescope;
mod html;
mod overview;
mod platforms;
mod tables;
mod written;

use std::collections::BTreeMap;
use std::fmt;

use anyhow::Result;

use super::folder::Folder;
use super::manual_marks::Sheet;
use super::record::Status;
use super::roster::Roster;
use super::settings::Settings;
use crate::support::{atomic_file, plain_text, pretty_json};

/// So many names are told.
const MOST_NAMES: usize = 20;

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
    /// Submissions of whom nobody is on the list of the class.
    strangers: Vec<String>,
    /// Those who share a platform's number with somebody.
    shared: Vec<String>,
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
        let record = sheet.apply(folder.expect_record(id, settings)?);
        *summary.counts.entry(record.status).or_default() += 1;
        summary.waiting += record.waiting();
        grades.add(&record)?;
        results.add(&record)?;
        written.add(folder, &record, sheet)?;
        overview.add(&record);
        platforms.add(&record);
        let name = format!("{id}.json");
        atomic_file::write_if_changed(
            &folder.path("gradescope").join(name),
            &pretty_json::bytes(&gradescope::results(&record)),
        )?;
        let page = feedback::page(settings, &record);
        atomic_file::write_if_changed(&folder.path("feedback").join(format!("{id}.html")), page.as_bytes())?;
    }
    let missing: Vec<String> = folder.expected().into_iter().filter(|id| ids.binary_search(id).is_err()).collect();
    summary.missing = missing.len();
    missing.iter().for_each(|id| written.keep(id, sheet));
    let roster = Roster::kept(folder)?;
    // Whoever is expected and not marked yet has handed in.
    let handed_in: Vec<String> = ids.iter().chain(&missing).cloned().collect();
    let absent = roster.absent(&handed_in);
    summary.absent = absent.len();
    summary.strangers = roster.strangers(&handed_in).into_iter().map(str::to_owned).collect();
    for person in absent.values() {
        grades.add_absent(person)?;
        platforms.add_absent(person);
        overview.add_absent(person);
    }
    grades.end()?;
    results.end()?;
    written.end(folder)?;
    summary.shared = platforms.end(folder)?;
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
        let told = |names: &[String]| {
            let some: Vec<_> = names.iter().take(MOST_NAMES).map(|name| plain_text::line(name)).collect();
            let more = names.len() - some.len();
            some.join(", ") + &if more == 0 { String::new() } else { format!(" and {more} more") }
        };
        if !self.strangers.is_empty() {
            write!(
                formatter,
                "\nOn the list of the class is nobody called as these submissions: {}. Is a file called otherwise than its owner there?",
                told(&self.strangers)
            )?;
        }
        if !self.shared.is_empty() {
            write!(
                formatter,
                "\nOne number of a platform, several submissions: {}. They are in neither moodle.csv nor canvas.csv until \
                 you rename those that are not its owner's.",
                told(&self.shared)
            )?;
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
