//! How the engine comes to be there: prepared in a thread of its own, then started, twice if need be.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

use anyhow::{Error, Result, bail};

use super::event::{Event, Ready};
use super::process::Process;
#[cfg(unix)]
use super::renewal::Renewal;
use super::{Engine, Keeper, Prepared, Progress};
use crate::support::file_lock::FileLock;

/// How often an engine is started before it is given up.
const MOST_TRIES: u64 = 2;

/// What the engine is doing.
pub(super) enum Stage {
    Preparing(Progress),
    Starting(Process),
    Serving(Process),
    Failed,
}

impl Stage {
    /// The engine's process, if this is the one that was started by that number.
    pub(super) fn process(&mut self, start: u64) -> Option<&mut Process> {
        match self {
            Stage::Starting(process) | Stage::Serving(process) if process.start == start => Some(process),
            _ => None,
        }
    }
}

/// Prepares engines and starts them.
pub(super) struct Starter {
    engine: Arc<dyn Engine>,
    keeper: Arc<Keeper>,
    events: Sender<Event>,
    prepared: Option<Prepared>,
    /// Open as long as this kernel lives, so that spares know of it.
    attending: Option<FileLock>,
    /// Keeps the spares to the newest version of the course.
    #[cfg(unix)]
    renewal: Option<Renewal>,
    /// How often an engine was started, and how often since the preparation.
    starts: u64,
    tries: u64,
}

impl Starter {
    pub(super) fn new(engine: Arc<dyn Engine>, keeper: Arc<Keeper>, events: Sender<Event>) -> Self {
        Self {
            engine,
            keeper,
            events,
            prepared: None,
            attending: None,
            #[cfg(unix)]
            renewal: None,
            starts: 0,
            tries: 0,
        }
    }

    /// Makes the engine ready. That it is, or why it is not, comes as an event.
    pub(super) fn prepare(&mut self) -> Stage {
        self.prepared = None;
        let (engine, keeper, events) = (Arc::clone(&self.engine), Arc::clone(&self.keeper), self.events.clone());
        let untold = self.events.clone();
        let started = thread::Builder::new().spawn(move || {
            // If nobody listens any more, the front is about to end.
            let say = |progress| drop(events.send(Event::Progress(progress)));
            let prepared = catch_unwind(AssertUnwindSafe(|| engine.prepare(&keeper, &say)));
            let prepared = prepared.unwrap_or_else(|_| {
                bail!("its preparation stopped by a mistake of ours; the details are in Jupyter's terminal")
            });
            let ready = prepared.map(|prepared| {
                let spare = prepared.spares.as_ref().and_then(|spares| spares.take());
                Ready { prepared, spare }
            });
            drop(events.send(Event::Prepared(ready)));
        });
        if let Err(error) = started {
            drop(untold.send(Event::Prepared(Err(Error::new(error).context("the system grants no more threads")))));
        }
        Stage::Preparing(Progress::default())
    }

    /// Starts the engine that is ready now, or takes the spare.
    pub(super) fn start(&mut self, ready: Ready) -> Result<Stage> {
        self.attending = ready.prepared.spares.as_ref().and_then(|spares| spares.attend());
        #[cfg(unix)]
        {
            self.renewal = ready.prepared.spares.as_ref().map(Renewal::new);
        }
        self.prepared = Some(ready.prepared);
        self.tries = 0;
        self.starts += 1;
        match ready.spare.map(|spare| Process::take(spare, self.starts, &self.events)) {
            Some(Ok(process)) => Ok(Stage::Starting(process)),
            Some(Err(_)) | None => self.start_new(),
        }
    }

    fn start_new(&mut self) -> Result<Stage> {
        self.starts += 1;
        self.tries += 1;
        let Some(prepared) = &self.prepared else { return Ok(Stage::Failed) };
        let process = Process::start(prepared, self.starts, &self.keeper, &self.events)?;
        Ok(Stage::Starting(process))
    }

    /// Looks after the spare of the next kernel: four times a second. `at_rest` says that the learner reads, `has_worked`
    /// that this is the first time since a cell.
    pub(super) fn tend_spares(&mut self, at_rest: bool, has_worked: bool) {
        let Some(spares) = self.prepared.as_mut().and_then(|prepared| prepared.spares.as_mut()) else { return };
        #[cfg(unix)]
        if let Some(renewal) = &mut self.renewal {
            renewal.look(spares, at_rest);
            // A spare of an old version is of no use to anybody.
            if has_worked && renewal.is_due(spares) {
                return;
            }
        }
        if at_rest && has_worked {
            spares.replenish();
        }
    }

    /// Starts once more an engine that did not come up, or says why not.
    pub(super) fn retry(&mut self, mut failed: Process, why: &str) -> Result<Stage> {
        failed.kill();
        if self.tries >= MOST_TRIES {
            bail!("its program {why}{}", failed.last_words());
        }
        self.start_new()
    }
}
