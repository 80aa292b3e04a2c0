//! Asks the completion program, which all kernels of a user share, and starts it when it is not there.
//!
//! No call takes longer than the limit it is given: until the program has read the crates the answer is `NotYet`.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::json;

/// A started program that does not answer is not started again before that.
const RESTART_PAUSE: Duration = Duration::from_secs(10);
const LARGEST_LOG: u64 = 256 * 1024;
/// It ends when nobody has asked for so many minutes.
const IDLE_MINUTES: &str = "10";

/// A kernel's way to the completion program.
#[derive(Debug)]
pub struct CompletionClient {
    program: PathBuf,
    socket: PathBuf,
    kernels: PathBuf,
    environment: Vec<(OsString, OsString)>,
    last_start: Mutex<Option<Instant>>,
}

/// A place in a session's code.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The session's folder, with `Cargo.toml` and `Cargo.lock`.
    pub folder: &'a Path,
    /// The whole text of the analysed file.
    pub source: &'a str,
    /// The cursor, in bytes of `source`.
    pub offset: usize,
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply<T> {
    Ready(T),
    /// The program is starting, is reading the crates, or was too slow.
    NotYet,
    /// There is no answer to be had, and why.
    Unavailable(String),
}

/// One completion: replace `start..end` of the source by `insert`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Item {
    pub start: usize,
    pub end: usize,
    pub insert: String,
    pub lookup: String,
    /// Jupyter's word: function, class, module, instance or keyword.
    pub kind: String,
    pub label: String,
    pub detail: Option<String>,
    pub deprecated: bool,
    /// How well it fits: more is better.
    pub score: u32,
}

/// What is known about the name at the cursor.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Hover {
    pub plain: Option<String>,
    pub markdown: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "state", rename_all = "lowercase")]
enum Answer {
    Items { items: Vec<Item> },
    Text(Hover),
    Loaded,
    Loading,
    Failed { message: String },
}

impl CompletionClient {
    /// `environment` is added to the kernel's own for a program that has to be started: it must name the compiler
    /// and the standard library's sources (`PATH`, `RUSTUP_TOOLCHAIN`, `CARGO_HOME`, `RUST_SRC_PATH`). The program ends
    /// with the last of those who hold the lock of the file `kernels`.
    pub fn new(
        program: PathBuf,
        socket: PathBuf,
        kernels: PathBuf,
        environment: Vec<(OsString, OsString)>,
    ) -> CompletionClient {
        CompletionClient { program, socket, kernels, environment, last_start: Mutex::new(None) }
    }

    /// Has the crates of a session's folder read before anybody asks for a name.
    pub fn load(&self, folder: &Path, limit: Duration) -> Reply<()> {
        match self.ask("load", Place { folder, source: "", offset: 0 }, limit) {
            Reply::Ready(Answer::Loaded) => Reply::Ready(()),
            other => other.without_answer(),
        }
    }

    pub fn complete(&self, place: Place, limit: Duration) -> Reply<Vec<Item>> {
        match self.ask("complete", place, limit) {
            Reply::Ready(Answer::Items { items }) => Reply::Ready(items),
            other => other.without_answer(),
        }
    }

    pub fn hover(&self, place: Place, limit: Duration) -> Reply<Hover> {
        match self.ask("hover", place, limit) {
            Reply::Ready(Answer::Text(hover)) => Reply::Ready(hover),
            other => other.without_answer(),
        }
    }

    fn ask(&self, kind: &str, place: Place, limit: Duration) -> Reply<Answer> {
        let deadline = Instant::now() + limit;
        loop {
            let reply = self.ask_once(kind, place, deadline);
            // A program that has just ended, for another has taken its place, is not an answer.
            match reply {
                Some(reply) => return reply,
                None if left(deadline).is_zero() => return Reply::NotYet,
                None => thread::sleep(left(deadline).min(Duration::from_millis(20))),
            }
        }
    }

    /// Asks whoever listens; `None` where nobody does, or that one ends before it has answered.
    fn ask_once(&self, kind: &str, place: Place, deadline: Instant) -> Option<Reply<Answer>> {
        let Ok(stream) = UnixStream::connect(&self.socket) else {
            return self.start_once().err().map(Reply::Unavailable);
        };
        let question = json!({
            "kind": kind,
            "folder": place.folder,
            "source": place.source,
            "offset": place.offset,
            // The answer "loading" needs a moment to arrive.
            "patience_ms": left(deadline).saturating_sub(Duration::from_millis(20)).as_millis() as u64,
        });
        match exchange(stream, &format!("{question}\n"), deadline.max(Instant::now() + Duration::from_millis(50))) {
            Ok(line) => Some(serde_json::from_slice(&line).map_or_else(
                |error| Reply::Unavailable(format!("the completion program gave no clear answer: {error}")),
                Reply::Ready,
            )),
            Err(_) => None,
        }
    }

    /// Starts the program, unless that was tried a moment ago. Does not wait for it.
    fn start_once(&self) -> Result<(), String> {
        let mut last = self.last_start.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_some_and(|start| start.elapsed() < RESTART_PAUSE) {
            return Ok(());
        }
        if !self.program.is_file() {
            return Err(format!("completion is not compiled yet: there is no {}", self.program.display()));
        }
        *last = Some(Instant::now());
        self.start().map_err(|error| format!("cannot start {}: {error}", self.program.display()))
    }

    /// The program makes a session of its own, gives way to others while it loads, and keeps its log short.
    fn start(&self) -> io::Result<()> {
        let folder = self.socket.parent().unwrap_or(Path::new("/"));
        let log = open_log(&self.socket.with_extension("log"))?;
        let mut command = Command::new(&self.program);
        command.arg("serve").arg(&self.socket).arg(IDLE_MINUTES).arg(&self.kernels).current_dir(folder);
        // A kernel's own answers to rust-analyzer and Cargo, or its child's, are not for this program.
        for name in ["CARGO", "RUSTC", "RUSTC_WORKSPACE_WRAPPER", "RUSTC_WRAPPER", "EVCXR_IS_RUNTIME", "EVCXR_TMPDIR"] {
            command.env_remove(name);
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        let mut child = command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?;
        // Nobody else would take note of its end.
        thread::spawn(move || child.wait());
        Ok(())
    }
}

impl Reply<Answer> {
    /// The same for a question that was not answered as it should be.
    fn without_answer<T>(self) -> Reply<T> {
        match self {
            Reply::NotYet | Reply::Ready(Answer::Loading) => Reply::NotYet,
            Reply::Unavailable(reason) | Reply::Ready(Answer::Failed { message: reason }) => Reply::Unavailable(reason),
            Reply::Ready(_) => Reply::Unavailable("the completion program answered another question".to_owned()),
        }
    }
}

fn open_log(path: &Path) -> io::Result<File> {
    let log = OpenOptions::new().create(true).append(true).open(path)?;
    if log.metadata()?.len() > LARGEST_LOG {
        log.set_len(0)?;
    }
    Ok(log)
}

/// Sends a line and reads one.
fn exchange(mut stream: UnixStream, question: &str, deadline: Instant) -> io::Result<Vec<u8>> {
    stream.set_write_timeout(Some(time_left(deadline)?))?;
    stream.write_all(question.as_bytes())?;
    let mut line = Vec::new();
    let mut part = [0; 1 << 16];
    loop {
        stream.set_read_timeout(Some(time_left(deadline)?))?;
        match stream.read(&mut part) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => line.extend_from_slice(&part[..count]),
            // A signal for this process is not an answer.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if line.last() == Some(&b'\n') {
            return Ok(line);
        }
    }
}

fn time_left(deadline: Instant) -> io::Result<Duration> {
    let rest = left(deadline);
    if rest.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(rest) }
}

fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}
