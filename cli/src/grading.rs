//! `neurobook grade`: from submissions to marks. [`Run`] is the way of a run, and what
//! marks one submission is behind [`Grader`].

mod chapter_grader;
mod export;
mod folder;
mod grader;
mod jobs;
mod manual_marks;
mod plan;
mod progress;
mod record;
mod roster;
mod run;
mod settings;
mod shard;
mod spreadsheet_cell;
mod submissions;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use clap::Args;

use crate::chapter::course::Course;
use crate::sandbox;
use crate::support::plain_text;
use crate::support::temp_dir::Scratch;
use grader::{Grader, GradingRequest};
use run::Run;
use settings::{Refused, Sandbox};
use shard::Shard;
use submissions::Machine;

pub use folder::Folder;
pub use manual_marks::Sheet;
pub use record::Status;
pub use roster::Roster;
pub use settings::Settings;

/// The run succeeded, whatever the marks.
const GRADED: u8 = 0;
/// The command cannot be meant so.
pub const USAGE: u8 = 2;
/// The run was stopped, or the machine failed: the same command again goes on.
pub const TRY_AGAIN: u8 = 3;
/// All is done, but not all submissions could be graded.
const NOT_ALL: u8 = 4;

#[derive(Debug, Args)]
pub struct Options {
    /// Notebooks, folders of them, and zip files as Moodle and Canvas make them
    #[arg(value_name = "SUBMISSION", required_unless_present = "marks")]
    submissions: Vec<PathBuf>,
    /// The folder for marks and feedback. Started again, a run resumes where it was
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// The chapter: 02, or its whole name [default: what the notebooks say]
    #[arg(long)]
    chapter: Option<String>,
    /// Where the hidden inputs come from [default: what the folder says, else random]
    #[arg(long)]
    seed: Option<u64>,
    /// How many to mark at a time [default: one for each core]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Mark a part only: 2/4 is the second of four. `neurobook merge` puts the parts together
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// What the sandbox must hold; with less nothing is graded
    #[arg(long, value_enum, default_value = "full")]
    sandbox: Sandbox,
    /// Take these marks for the written answers: the sheet written/answers.csv, filled in
    #[arg(long, value_name = "SHEET")]
    marks: Option<PathBuf>,
    /// Who is in the class, so that whoever handed in nothing has a row: a list of ids, Moodle's grading worksheet, or
    /// Canvas's gradebook
    #[arg(long, value_name = "LIST")]
    roster: Option<PathBuf>,
    /// Say what would be marked, and mark nothing
    #[arg(long)]
    dry_run: bool,
}

/// Grades submissions and writes all that follows from the records.
pub fn grade(options: &Options) -> Result<ExitCode> {
    let stop = stopped_by_signals()?;
    let scratch = Scratch::new().and_then(|scratch| {
        scratch.take_all();
        sandbox::let_through(scratch.path()).map(|()| scratch)
    });
    let _scratch = match scratch {
        Ok(scratch) => scratch,
        // A disk without room may have some the next time.
        Err(error) => {
            eprintln!("error: {error:#}");
            return Ok(ExitCode::from(TRY_AGAIN));
        }
    };
    Ok(ExitCode::from(carry_out(options, &grader_for, &stop)))
}

/// Is set by Ctrl-C, and by a scheduler that wants the machine back.
fn stopped_by_signals() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // The second one ends the process at once: what is kept is whole at any moment.
        signal_hook::flag::register_conditional_shutdown(signal, i32::from(TRY_AGAIN), Arc::clone(&stop))?;
        signal_hook::flag::register(signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}

/// Makes the marker of an order.
fn grader_for(course: &Course, order: &GradingRequest) -> Result<Box<dyn Grader>> {
    Ok(Box::new(chapter_grader::ChapterGrader::new(course, order)?))
}

type MakeGrader<'a> = &'a dyn Fn(&Course, &GradingRequest) -> Result<Box<dyn Grader>>;

/// A run, and the status that it ends with.
fn carry_out(options: &Options, make: MakeGrader<'_>, stop: &AtomicBool) -> u8 {
    let said = |error: anyhow::Error, status: u8| {
        eprintln!("error: {}", plain_text::visible(&format!("{error:#}")));
        status
    };
    let run = match Run::prepare(options) {
        Ok(run) => run,
        Err(error) if error.is::<Machine>() => return said(error, TRY_AGAIN),
        Err(error) => return said(error, USAGE),
    };
    if options.dry_run {
        return run.tell().map_or_else(|error| said(error, USAGE), |()| GRADED);
    }
    run.carry_out(make, stop).unwrap_or_else(|error| {
        // A refused folder stays refused; what else fails here, fails because of the machine.
        let status = if error.is::<Refused>() { USAGE } else { TRY_AGAIN };
        said(error, status)
    })
}

/// Writes all that follows from the records, says where it is, and gives the status to end with.
pub fn finish(folder: &Folder, settings: &Settings, sheet: &Sheet) -> Result<u8> {
    for note in &sheet.notes {
        eprintln!("note: {}", plain_text::line(note));
    }
    let summary = export::export(folder, settings, sheet)?;
    eprintln!("{summary}");
    eprintln!("Look at {}", folder.path("overview.html").display());
    Ok(if summary.missing > 0 { TRY_AGAIN } else { worst(summary.statuses()) })
}

/// The status to end with after these.
fn worst(statuses: impl Iterator<Item = Status>) -> u8 {
    let all: BTreeSet<Status> = statuses.collect();
    // That a failed machine may do better next time outweighs what no run can mend.
    match all {
        _ if all.contains(&Status::Infrastructure) => TRY_AGAIN,
        _ if all.contains(&Status::Unreadable) => NOT_ALL,
        _ => GRADED,
    }
}
