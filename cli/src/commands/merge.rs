//! `neurobook merge`: the folders of a run's shards become one, with the same bytes as from a single run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::grading;
use crate::grading::{Folder, Roster, Settings, Sheet, Status};

#[derive(Debug, Args)]
pub struct Options {
    /// The folders that `neurobook grade --shard` wrote, in any order
    #[arg(value_name = "FOLDER", required = true)]
    folders: Vec<PathBuf>,
    /// The folder for all of it. May be one of those, or a new one
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

/// Merges, and writes all that follows from the records.
pub fn merge(options: &Options) -> Result<ExitCode> {
    let status = match Plan::make(options) {
        Ok(plan) => plan.carry_out().unwrap_or_else(|error| failed(&error, grading::TRY_AGAIN)),
        Err(error) => failed(&error, grading::USAGE),
    };
    Ok(ExitCode::from(status))
}

fn failed(error: &anyhow::Error, status: u8) -> u8 {
    eprintln!("error: {error:#}");
    status
}

/// What is merged, free of contradictions.
struct Plan {
    out: Folder,
    settings: Settings,
    /// The folder of each submission's record.
    sources: BTreeMap<String, Folder>,
    expected: BTreeSet<String>,
    sheet: Sheet,
    roster: Roster,
}

impl Plan {
    /// Finds contradictions before anything is written.
    fn make(options: &Options) -> Result<Plan> {
        let mut folders: Vec<Folder> = options.folders.iter().map(|path| Folder::at(path)).collect();
        folders.sort_by(|a, b| a.root().cmp(b.root()));
        let out = Folder::at(&options.out);
        if out.path("run.json").exists() {
            folders.push(out.clone());
        }
        let settings = same_settings(&folders)?;
        let (mut sources, mut expected) = (BTreeMap::new(), BTreeSet::new());
        for folder in &folders {
            expected.extend(folder.expected());
            for id in folder.marked()? {
                // What cannot be kept must not come into the folder of all.
                folder.expect_record(&id, &settings)?;
                let better = match sources.get(&id) {
                    Some(other) => better(other, folder, &id, &settings)?,
                    None => folder,
                };
                let better = better.clone();
                sources.insert(id, better);
            }
        }
        let (mut sheet, mut roster) = (Sheet::default(), Roster::default());
        for folder in &folders {
            roster.join(Roster::kept(folder)?);
            sheet.join(Sheet::collect(folder, &settings, None)?, folder.root())?;
        }
        Ok(Plan { out, settings, sources, expected, sheet, roster })
    }

    fn carry_out(self) -> Result<u8> {
        let _lock = self.out.lock(false)?;
        self.settings.write_or_verify(&self.out.path("run.json"))?;
        self.out.expect(self.expected)?;
        if !self.roster.is_empty() {
            self.roster.keep(&self.out)?;
        }
        for (id, source) in &self.sources {
            if source.root() != self.out.root() {
                self.out.take(source, id)?;
            }
        }
        grading::finish(&self.out, &self.settings, &self.sheet)
    }
}

/// The settings that all folders agree on.
fn same_settings(folders: &[Folder]) -> Result<Settings> {
    let mut first: Option<(&Folder, Settings)> = None;
    for folder in folders {
        let path = folder.path("run.json");
        let settings = Settings::read(&path)?
            .with_context(|| format!("{} holds no run: there is no run.json in it", folder.root().display()))?;
        match &first {
            None => first = Some((folder, settings)),
            Some((other, there)) => {
                let differences = there.differences(&settings);
                if !differences.is_empty() {
                    bail!(
                        "{} and {} are not shards of one run: {}",
                        other.root().display(),
                        folder.root().display(),
                        differences.join("; ").replace(" there", " in the first").replace(" now", " in the second")
                    );
                }
            }
        }
    }
    first.map(|(_, settings)| settings).context("name the folders to merge")
}

/// Which of two folders holds the record to keep. A settled one is better than a machine's failure.
fn better<'a>(one: &'a Folder, other: &'a Folder, id: &str, settings: &Settings) -> Result<&'a Folder> {
    let (first, second) = (one.expect_record(id, settings)?, other.expect_record(id, settings)?);
    match (first.status, second.status) {
        _ if first == second => Ok(one),
        (Status::Infrastructure, _) => Ok(other),
        (_, Status::Infrastructure) => Ok(one),
        _ => {
            let what = if first.submission.sha256 == second.submission.sha256 {
                "was marked differently"
            } else {
                "is not the same notebook"
            };
            bail!(
                "the submission {id} {what} in {} and {}: delete the record that is wrong",
                one.record_path(id).display(),
                other.record_path(id).display()
            )
        }
    }
}
