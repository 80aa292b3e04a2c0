//! One run: what it is about, what is left to do, and doing it.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, ensure};

use super::folder::Folder;
use super::grader::{Grader, GradingRequest};
use super::jobs::Jobs;
use super::manual_marks::Sheet;
use super::plan;
use super::plan::{Inspected, Task};
use super::roster::Roster;
use super::settings::{Refused, Settings};
use super::shard::Shard;
use super::submissions::Submissions;
use super::{MakeGrader, Options, TRY_AGAIN, finish, worst};
use crate::chapter::course::Course;
use crate::support::plain_text;

/// A run that is understood and has not begun.
pub struct Run<'a> {
    options: &'a Options,
    course: Course,
    folder: Folder,
    shard: Shard,
    inspected: Vec<Inspected>,
    order: Option<GradingRequest>,
    recorded: Option<Settings>,
    /// What was given; a later run has what it kept.
    roster: Option<Roster>,
}

impl<'a> Run<'a> {
    /// Reads what the command line and the folder say.
    pub fn prepare(options: &'a Options) -> Result<Run<'a>> {
        let course = Course::find()?;
        let folder = Folder::at(&options.out);
        let recorded = Settings::read(&folder.path("run.json"))?;
        let roster = options.roster.as_deref().map(Roster::read).transpose()?;
        if options.submissions.is_empty() {
            ensure!(recorded.is_some(), "{} holds no run yet: name the submissions, too", options.out.display());
            let (shard, inspected, order) = (Shard::WHOLE, Vec::new(), None);
            return Ok(Run { options, course, folder, shard, inspected, order, recorded, roster });
        }
        let shard = match options.shard {
            Some(shard) => shard,
            None => Shard::from_environment()?.unwrap_or(Shard::WHOLE),
        };
        ensure!(
            shard.is_whole() || options.marks.is_none(),
            "a shard has not all submissions: give --marks with the merged folder"
        );
        let submissions = Submissions::find(&options.submissions, &course.chapters()?)?;
        for note in &submissions.notes {
            eprintln!("note: {}", plain_text::line(note));
        }
        let inspected: Vec<Inspected> = submissions.found.into_iter().map(Inspected::inspect).collect();
        let chapter = match (&options.chapter, &recorded) {
            (Some(meant), _) => course.chapter(meant)?,
            (None, Some(recorded)) => recorded.chapter.clone(),
            (None, None) => course.chapter(&plan::chapter(&inspected)?)?,
        };
        let inspected = plan::one_each(inspected, &chapter);
        let seed = match (options.seed, &recorded) {
            (Some(seed), _) => seed,
            (None, Some(recorded)) => recorded.seed,
            (None, None) => {
                ensure!(
                    shard.is_whole(),
                    "each shard would draw its own seed: give all of them the same, for example --seed {}",
                    random_seed()?
                );
                random_seed()?
            }
        };
        let order = Some(GradingRequest { chapter, seed, sandbox: options.sandbox });
        Ok(Run { options, course, folder, shard, inspected, order, recorded, roster })
    }

    /// What would be done.
    pub fn tell(&self) -> Result<()> {
        let order = self.order.as_ref().context("--dry-run needs submissions")?;
        let (mut counts, mut elsewhere) = ([0; 3], 0);
        for (place, inspected) in self.inspected.iter().enumerate() {
            if !self.shard.holds(place) {
                elsewhere += 1;
                continue;
            }
            let task = self.recorded.as_ref().map_or(Task::New, |settings| inspected.task(settings, &self.folder));
            let warning = inspected.about.as_ref().ok().and_then(|about| about.warning.clone());
            let (kind, what) = match (inspected.refused(&order.chapter), task) {
                (Some(why), _) => (2, why),
                (None, Task::Done) => (1, "is marked already".to_owned()),
                (None, Task::New) => (0, warning.unwrap_or_else(|| "to mark".to_owned())),
                (None, Task::Again) => (0, "to mark again".to_owned()),
            };
            counts[kind] += 1;
            println!("{}", plain_text::line(&format!("{}: {what} ({})", inspected.found.id, inspected.found.origin)));
        }
        let [mark, done, unreadable] = counts;
        println!("Chapter {}: {mark} to mark, {done} marked already, {unreadable} cannot be marked.", order.chapter);
        if let Some(roster) = &self.roster {
            let ids: Vec<String> = self.inspected.iter().map(|inspected| inspected.found.id.clone()).collect();
            for id in roster.absent(&ids).into_keys() {
                println!("{}: nothing was handed in", plain_text::line(id));
            }
        }
        if !self.shard.is_whole() {
            println!("This is shard {}; {elsewhere} submissions are in other shards.", self.shard);
        }
        Ok(())
    }

    /// Marks, and writes what follows. Gives the status to end with.
    pub fn carry_out(&self, make: MakeGrader<'_>, stop: &AtomicBool) -> Result<u8> {
        let _lock = self.folder.lock(!self.shard.is_whole())?;
        if let Some(order) = &self.order {
            let marker = make(&self.course, order)?;
            if !self.mark(&*marker, stop)? {
                return Ok(TRY_AGAIN);
            }
        }
        if let Some(roster) = &self.roster {
            roster.keep(&self.folder)?;
        }
        if !self.shard.is_whole() {
            let folder = self.folder.root().display();
            eprintln!("Shard {} is done. When all are: neurobook merge {folder} … --out FOLDER", self.shard);
            let statuses = self.mine().filter_map(|inspected| self.folder.record(&inspected.found.id));
            return Ok(worst(statuses.map(|record| record.status)));
        }
        let settings =
            Settings::read(&self.folder.path("run.json"))?.context("the run's settings are gone: grade again")?;
        let sheet = Sheet::collect(&self.folder, &settings, self.options.marks.as_deref());
        finish(&self.folder, &settings, &sheet.map_err(|error| Refused(format!("{error:#}")))?)
    }

    /// This shard's submissions.
    fn mine(&self) -> impl Iterator<Item = &Inspected> {
        self.inspected.iter().enumerate().filter(|(place, _)| self.shard.holds(*place)).map(|(_, inspected)| inspected)
    }

    /// Marks what is not marked. Says whether it came to the end.
    fn mark(&self, marker: &dyn Grader, stop: &AtomicBool) -> Result<bool> {
        let settings = marker.settings();
        settings.write_or_verify(&self.folder.path("run.json"))?;
        self.folder.expect(self.inspected.iter().map(|inspected| inspected.found.id.clone()))?;
        let (mut to_mark, mut done) = (Vec::new(), 0);
        for inspected in self.mine() {
            match inspected.task(&settings, &self.folder) {
                Task::Done => done += 1,
                Task::New | Task::Again => to_mark.push(&inspected.found),
            }
        }
        if done > 0 {
            eprintln!("{done} submissions are marked already, {} are left.", to_mark.len());
        }
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        let threads = self.options.jobs.map_or_else(cores, usize::from);
        let jobs = Jobs { marker, settings: &settings, folder: &self.folder, threads, stop };
        let kept = jobs.run(&to_mark)?;
        if stop.load(Ordering::SeqCst) && kept < to_mark.len() {
            eprintln!(
                "Stopped: {} of {} submissions are marked. The same command again goes on from here.",
                done + kept,
                done + to_mark.len()
            );
            return Ok(false);
        }
        Ok(true)
    }
}

/// A seed that nobody finds by trying all, and that every reader of JSON keeps as it is: of 53 bits.
fn random_seed() -> Result<u64> {
    getrandom::u64().map(|bits| bits >> 11).context("the system gives no random numbers: give --seed")
}
