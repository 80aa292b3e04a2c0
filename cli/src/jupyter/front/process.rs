//! The engine's process: started, spoken with, and ended.

use std::env;
use std::io::{BufReader, Read, Write};
use std::process::{Child, Stdio};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::Prepared;
use super::event::Event;
use super::keeper::Keeper;
use super::stream::Stream;
use super::threads;
use crate::jupyter::engine_protocol::{self as protocol, Place, Request};

/// How much of the engine's last words is kept.
const LAST_WORDS: usize = 2000;
/// An engine that has not answered by then will not.
const START_LIMIT: Duration = Duration::from_secs(240);
/// The same for one that has only to change its folder.
const SPARE_LIMIT: Duration = Duration::from_secs(10);
/// An engine that is gone has said its last words by then.
const LAST_BREATH: Duration = Duration::from_millis(200);

pub(super) struct Process {
    /// Nothing for a spare, which somebody else has started.
    child: Option<Child>,
    requests: Box<dyn Write + Send>,
    /// Counts the starts, so that what a former one said is not taken for this one's.
    pub(super) start: u64,
    began: Instant,
    last_words: Arc<Mutex<Vec<u8>>>,
    /// Reads its last words; ends with them.
    reader: Option<JoinHandle<()>>,
}

impl Process {
    pub(super) fn start(prepared: &Prepared, start: u64, keeper: &Keeper, events: &Sender<Event>) -> Result<Self> {
        let mut command = (prepared.command)();
        keeper.adopt(&mut command);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .with_context(|| format!("the kernel's program {} does not start", command.get_program().display()))?;
        let last_words = Arc::default();
        let reader = child.stderr.take().map(|stderr| {
            let last_words = Arc::clone(&last_words);
            threads::start(move || pass_on(stderr, &last_words))
        });
        let reader = reader.transpose()?;
        if let Some(stdout) = child.stdout.take() {
            listen(stdout, start, events)?;
        }
        let requests: Box<dyn Write + Send> = match child.stdin.take() {
            Some(stdin) => Box::new(stdin),
            None => Box::new(std::io::sink()),
        };
        Ok(Self { child: Some(child), requests, start, began: Instant::now(), last_words, reader })
    }

    /// A spare: an engine that somebody else has started, at the other end of a stream.
    pub(super) fn take(spare: Stream, start: u64, events: &Sender<Event>) -> Result<Self> {
        listen(spare.try_clone()?, start, events)?;
        let last_words = Arc::default();
        let (child, requests, reader) = (None, Box::new(spare), None);
        let mut process = Self { child, requests, start, began: Instant::now(), last_words, reader };
        let folder = env::current_dir().context("the folder that the kernel was started in is gone")?;
        let environment =
            env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        process.send(&Request::Enter(Place { folder, environment: environment.collect() }));
        Ok(process)
    }

    /// Whether it has been waited for too long.
    pub(super) fn is_late(&self) -> bool {
        self.began.elapsed() > if self.child.is_some() { START_LIMIT } else { SPARE_LIMIT }
    }

    pub(super) fn send(&mut self, request: &Request) {
        // One that is gone is heard of by the end of its answers.
        let _ = protocol::write(&mut self.requests, request);
    }

    /// Asks it to end.
    pub(super) fn close(&mut self) {
        self.send(&Request::Shutdown);
        self.requests = Box::new(std::io::sink());
    }

    /// Ends it, in whatever state it is.
    pub(super) fn kill(&mut self) {
        if let Some(child) = &mut self.child {
            // It may have ended meanwhile.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// How it ended, and the end of what it has printed for people to read.
    pub(super) fn last_words(&mut self) -> String {
        let begin = Instant::now();
        let status = self.child.as_mut().and_then(|child| {
            loop {
                match child.try_wait() {
                    Ok(None) if begin.elapsed() < LAST_BREATH => thread::sleep(Duration::from_millis(5)),
                    // A process that cannot be asked for has been waited for.
                    ended => return ended.ok().flatten(),
                }
            }
        });
        // It is often gone before all that it has said is read.
        while self.reader.as_ref().is_some_and(|reader| !reader.is_finished()) && begin.elapsed() < LAST_BREATH {
            thread::sleep(Duration::from_millis(5));
        }
        let status = status.map(|status| format!(" ({status})")).unwrap_or_default();
        let bytes = self.last_words.lock().unwrap_or_else(PoisonError::into_inner);
        let said = String::from_utf8_lossy(&bytes);
        match said.trim() {
            "" => status,
            said => format!("{status}. It said:\n{said}"),
        }
    }
}

/// Makes events of what the engine says, until it has ended.
fn listen(answers: impl Read + Send + 'static, start: u64, events: &Sender<Event>) -> Result<()> {
    let events = events.clone();
    threads::start(move || {
        let hear = |answer| events.send(Event::Engine { start, answer }).is_ok();
        // An error of the stream is its end, too.
        let _ = protocol::read(BufReader::with_capacity(1 << 16, answers), hear, |line| eprintln!("{line}"));
        // If nobody listens any more, the front is about to end.
        let _ = events.send(Event::EngineGone { start });
    })?;
    Ok(())
}

/// Prints what the engine prints, as if it had the same terminal, and keeps the end.
fn pass_on(mut stderr: impl Read, last_words: &Mutex<Vec<u8>>) {
    let mut buffer = [0; 4096];
    while let Ok(read) = stderr.read(&mut buffer) {
        if read == 0 {
            break;
        }
        // The terminal may be gone; the engine goes on.
        let _ = std::io::stderr().write_all(&buffer[..read]);
        let mut kept = last_words.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend(&buffer[..read]);
        let surplus = kept.len().saturating_sub(LAST_WORDS);
        kept.drain(..surplus);
    }
}
