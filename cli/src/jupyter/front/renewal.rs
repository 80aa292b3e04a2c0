//! A new version of the course below a kernel that lives. The next kernel is of that version, so its user's spare has
//! to be, too: the old one is ended, and a new one started.
//!
//! Nobody is to notice it. A hub's users all hear of a version at the same moment, so each waits a while, by chance; then
//! until no cell of the user's runs and the machine has room; and then for the turn, which one user of the machine has.
//! A version that is not whole leaves all as it was, and is looked at again more and more rarely.

use std::process::Child;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::spares::Spares;
use super::threads;
use crate::jupyter::spare::SparePlace;
use crate::support::file_lock::FileLock;
use crate::support::processor::Watch;

/// How long things are waited for.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    /// Between two looks whether there is a new version.
    look: Duration,
    /// The same while one waits for its moment.
    soon: Duration,
    /// Within this time the users of a machine begin.
    spread: Duration,
    /// A machine that never has room is waited for this long.
    patience: Duration,
    /// After a version that was not whole; doubled each time, up to `longest`.
    again: Duration,
    longest: Duration,
}

const PACE: Pace = Pace {
    look: Duration::from_secs(5),
    soon: Duration::from_secs(1),
    spread: Duration::from_secs(20),
    patience: Duration::from_secs(120),
    again: Duration::from_secs(60),
    longest: Duration::from_secs(3600),
};
/// A spare that cannot be had by then will not come.
const START_LIMIT: Duration = Duration::from_secs(60);
/// By then a spare keeps its place.
const KEEPING: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(50);

/// How a try ended.
enum Outcome {
    /// From now on these are the spares.
    Renewed(Spares),
    /// Another one has the turn.
    NotOurTurn,
    /// The version is not whole, or its kernel does not start.
    Failed,
}

/// What a front does about new versions.
pub(super) struct Renewal {
    pace: Pace,
    looked: Instant,
    /// The version that the spares are of.
    known: Vec<u8>,
    pending: Option<Pending>,
    /// Held while a cell runs, so that other kernels of this user do not start a spare beside it.
    work: Option<FileLock>,
}

/// A version that the spares are not of.
struct Pending {
    version: Vec<u8>,
    /// When it may begin, by chance or because it was not whole before.
    due: Instant,
    /// How long it waits the next time it is not whole.
    again: Duration,
    processors: Watch,
    working: Option<Receiver<Outcome>>,
}

impl Renewal {
    pub(super) fn new(spares: &Spares) -> Renewal {
        Renewal::at_pace(spares, PACE)
    }

    fn at_pace(spares: &Spares, pace: Pace) -> Renewal {
        let known = spares.updates.own().to_owned();
        Renewal { pace, looked: Instant::now(), known, pending: None, work: None }
    }

    /// Looks after it, again and again. `at_rest` says that no cell of this kernel runs, or has run just now.
    pub(super) fn look(&mut self, spares: &mut Spares, at_rest: bool) {
        if at_rest {
            self.work = None;
        } else if self.work.is_none() {
            self.work = spares.place.presence().work();
        }
        self.hear(spares);
        let waits = self.pending.as_ref().is_some_and(|pending| pending.due <= Instant::now());
        let pause = if waits { self.pace.soon } else { self.pace.look };
        if self.looked.elapsed() >= pause {
            self.is_due(spares);
            self.begin(spares, at_rest);
        }
    }

    /// Whether there is a version that the spares are not of.
    pub(super) fn is_due(&mut self, spares: &Spares) -> bool {
        self.looked = Instant::now();
        // What cannot be read just now may be read the next time.
        if let Some(version) = spares.updates.current()
            && self.pending.as_ref().map_or(&self.known, |pending| &pending.version) != &version
            && self.pending.as_ref().is_none_or(|pending| pending.working.is_none())
        {
            let spread = if spares.updates.many_users() { self.pace.spread } else { Duration::ZERO };
            self.pending = (version != self.known).then(|| Pending {
                version,
                due: Instant::now() + spread.mul_f64(chance()),
                again: self.pace.again,
                processors: Watch::default(),
                working: None,
            });
        }
        self.pending.is_some()
    }

    /// Begins if the moment is there.
    fn begin(&mut self, spares: &Spares, at_rest: bool) {
        let Some(pending) = self.pending.as_mut().filter(|pending| pending.working.is_none()) else { return };
        let Some(waited) = Instant::now().checked_duration_since(pending.due) else { return };
        let has_room = pending.processors.has_room() || waited >= self.pace.patience;
        if !at_rest || !has_room || !spares.place.presence().all_rest() {
            return;
        }
        let (done, working) = mpsc::channel();
        let spares = spares.clone();
        let work = move || drop(done.send(renew(&spares).unwrap_or(Outcome::Failed)));
        // Where the system grants no thread, there is another moment.
        pending.working = threads::start(work).is_ok().then_some(working);
    }

    /// Hears how it went.
    fn hear(&mut self, spares: &mut Spares) {
        let Some(pending) = &mut self.pending else { return };
        let Some(working) = &pending.working else { return };
        let outcome = match working.try_recv() {
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => Outcome::Failed,
            Ok(outcome) => outcome,
        };
        pending.working = None;
        match outcome {
            Outcome::Renewed(renewed) => {
                *spares = renewed;
                self.known = std::mem::take(&mut pending.version);
                self.pending = None;
            }
            Outcome::NotOurTurn => {}
            Outcome::Failed => {
                pending.due = Instant::now() + pending.again;
                pending.again = (2 * pending.again).min(self.pace.longest);
            }
        }
    }
}

/// A number from 0 to 1.
fn chance() -> f64 {
    // Without a random number it begins at once.
    f64::from(getrandom::u32().unwrap_or(0)) / f64::from(u32::MAX)
}

/// Ends the old spare and starts the new one, and waits until that can be had.
fn renew(spares: &Spares) -> Result<Outcome> {
    let turn = spares.updates.turn();
    if matches!(turn, Ok(None)) {
        return Ok(Outcome::NotOurTurn);
    }
    // Nothing is touched before it is known that the new version is whole.
    let next = spares.updates.next_spare()?;
    let renewed = spares.of_version(SparePlace::at(&next.place), next.program);
    if renewed.place.path() != spares.place.path() {
        // It would be taken by nobody; and two would be too many where there is a limit of memory.
        spares.place.clear();
    }
    if renewed.place.is_vacant() {
        let mut spare = renewed.start()?;
        let begun = wait_until_offered(&renewed.place, &mut spare);
        if begun.is_err() {
            // It may have ended by itself.
            let _ = spare.kill();
        }
        // Nobody else would take note of its end.
        let _ = threads::start(move || spare.wait());
        begun?;
    }
    drop(turn);
    Ok(Outcome::Renewed(renewed))
}

/// Waits until a spare that was started can be had, or somebody has had it already.
fn wait_until_offered(place: &SparePlace, spare: &mut Child) -> Result<()> {
    let begin = Instant::now();
    while !place.is_offered() {
        if spare.try_wait()?.is_some() {
            // Another one may have been quicker.
            ensure!(place.is_kept(), "the new version's kernel does not start");
        } else if begin.elapsed() > KEEPING && !place.is_kept() {
            // It was had between two looks. Sooner, a look could keep it from its place.
            break;
        }
        ensure!(begin.elapsed() < START_LIMIT, "the new version's kernel does not come up");
        thread::sleep(PAUSE);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
