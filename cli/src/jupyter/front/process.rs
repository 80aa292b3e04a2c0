//! The engine's process: started with a connection file of its own, watched, and ended.

use std::io::{Read, Write};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tempfile::TempDir;

use super::connection::{Channel, Connection};
use super::event::Event;
use super::keeper::Keeper;
use super::link::Link;
use super::{Prepared, Transport};

/// How much of the engine's last words is kept.
const LAST_WORDS: usize = 2000;

pub(super) struct Process {
    child: Child,
    link: Link,
    /// Counts the starts, so that what a former one sent is not taken for this one's.
    pub(super) start: u64,
    pub(super) began: Instant,
    last_words: Arc<Mutex<Vec<u8>>>,
    /// Holds the connection file, and the engine's sockets where they are files.
    folder: Option<TempDir>,
    transport: Transport,
}

impl Process {
    pub(super) fn start(
        prepared: &Prepared,
        start: u64,
        connection: &Connection,
        keeper: &Keeper,
        events: &Sender<Event>,
    ) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("neurobook-kernel-").tempdir();
        let folder = folder.context("no temporary folder can be made for the kernel: make room on the disk")?;
        let own = connection.for_engine(prepared.transport, folder.path())?;
        let file = folder.path().join("connection.json");
        own.write(&file)?;
        let mut command = (prepared.command)(&file);
        keeper.adopt(&mut command);
        command.stdin(Stdio::null()).stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .with_context(|| format!("the kernel's program {} does not start", command.get_program().display()))?;
        let last_words = Arc::default();
        if let Some(stderr) = child.stderr.take() {
            let last_words = Arc::clone(&last_words);
            thread::spawn(move || pass_on(stderr, &last_words));
        }
        let link = Link::open(&own, start, events);
        Ok(Self {
            child,
            link,
            start,
            began: Instant::now(),
            last_words,
            folder: Some(folder),
            transport: prepared.transport,
        })
    }

    pub(super) fn send(&self, channel: Channel, frames: &[impl AsRef<[u8]>]) {
        self.link.send(channel, frames);
    }

    /// It has read its connection file, of which nothing shall be left when somebody kills us.
    pub(super) fn forget_file(&mut self) {
        if self.transport == Transport::Tcp {
            self.folder = None;
        }
    }

    /// How it ended, if it has.
    pub(super) fn ended(&mut self) -> Option<ExitStatus> {
        // A process that cannot be asked for has been waited for.
        self.child.try_wait().ok().flatten()
    }

    /// Asks it to end and, after some time, ends it.
    pub(super) fn end(&mut self, limit: Duration) {
        #[cfg(unix)]
        self.signal(rustix::process::Signal::TERM);
        let begin = Instant::now();
        while cfg!(unix) && begin.elapsed() < limit && self.ended().is_none() {
            thread::sleep(Duration::from_millis(10));
        }
        // It may have ended meanwhile.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// What the key of an interrupt does in a terminal.
    pub(super) fn interrupt(&self) {
        #[cfg(unix)]
        self.signal(rustix::process::Signal::INT);
    }

    #[cfg(unix)]
    fn signal(&self, signal: rustix::process::Signal) {
        if let Some(process) = self.child.id().try_into().ok().and_then(rustix::process::Pid::from_raw) {
            // It may have ended meanwhile.
            let _ = rustix::process::kill_process(process, signal);
        }
    }

    /// The end of what it has printed for people to read.
    pub(super) fn last_words(&self) -> String {
        let bytes = self.last_words.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).trim().to_owned()
    }
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
