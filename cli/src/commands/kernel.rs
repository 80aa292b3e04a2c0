//! The processes that Jupyter starts: the front of the notebooks' kernel, and what works below it.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::jupyter::environment::Jupyter;
use crate::jupyter::front::{self, Engine, Keeper, Prepared, Progress, Transport};
use crate::jupyter::kernel_program::KernelProgram;
use crate::jupyter::prepare::{is_ready, prepare_kernel};
use crate::jupyter::progress::{self, Estimate};
use crate::jupyter::session::Sessions;
use crate::support::program_copy;

/// How often a waiting notebook is told how far it is.
const EVERY: Duration = Duration::from_secs(1);

/// What is compiled before a kernel can start, and the names of its progress files.
const PARTS: [&str; 2] = ["kernel", "crates"];

/// Is a notebook's kernel until somebody ends it.
pub fn kernel(connection_file: &Path) -> Result<ExitCode> {
    front::serve(connection_file, Workbook)
}

/// The kernel of this course.
struct Workbook;

impl Engine for Workbook {
    fn prepare(&self, keeper: &Keeper, say: &dyn Fn(Progress)) -> Result<Prepared> {
        let sessions = Sessions::find()?;
        let kernel = KernelProgram::find()?;
        if !is_ready(&sessions, &kernel) {
            prepare_below(keeper, say)?;
        }
        let program = program_copy::copy_in(&Jupyter::of(&sessions.root)?.programs(), kernel.file())?;
        let command = move |connection_file: &Path| {
            let mut command = Command::new(&program);
            command.arg("--control_file").arg(connection_file);
            command
        };
        Ok(Prepared { command: Box::new(command), transport: Transport::Tcp })
    }

    fn guard(&self) -> Command {
        // This process's own file may be gone by now; then there is no guard, which the front says.
        let mut command = Command::new(std::env::current_exe().unwrap_or_default());
        command.arg("kernel-guard");
        command
    }
}

/// A line that the preparing process writes.
#[derive(Serialize, Deserialize)]
struct Line {
    fraction: f64,
    seconds_left: Option<f64>,
}

/// Prepares in a process of its own, which ends with the front.
fn prepare_below(keeper: &Keeper, say: &dyn Fn(Progress)) -> Result<()> {
    let doing = "Rust's crates are compiled, once for this course";
    say(Progress { doing: doing.into(), ..Progress::default() });
    let mut command = Command::new(std::env::current_exe().context("cannot find this program's own file")?);
    command.arg("prepare").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    keeper.adopt(&mut command);
    let mut preparing = command.spawn().context("cannot start the preparation")?;
    let errors = preparing.stderr.take().map(|mut stderr| {
        thread::spawn(move || {
            let mut bytes = Vec::new();
            // What was read until an error is all that there is.
            let _ = stderr.read_to_end(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        })
    });
    for line in
        preparing.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).lines()).map_while(Result::ok)
    {
        let Ok(line) = serde_json::from_str::<Line>(&line) else { continue };
        let left = line.seconds_left.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        say(Progress { doing: doing.into(), fraction: Some(line.fraction), left });
    }
    let said = errors.and_then(|thread| thread.join().ok()).unwrap_or_default();
    if preparing.wait()?.success() {
        return Ok(());
    }
    // The steps that went well are said before the error.
    let reason = said.split_once("error: ").map_or(said.as_str(), |(_, reason)| reason);
    bail!("{}", reason.trim())
}

/// Prepares, and writes how far that is, a line a second.
pub fn prepare() -> Result<ExitCode> {
    let sessions = Sessions::find()?;
    let (finished, waiting) = mpsc::channel::<()>();
    let folder = sessions.progress_folder().to_owned();
    let telling = thread::spawn(move || tell(&folder, &waiting));
    let prepared = prepare_kernel(&sessions);
    drop(finished);
    // Whether it was told or not, it is prepared or not.
    let _ = telling.join();
    prepared.map(|_| ExitCode::SUCCESS)
}

fn tell(folder: &Path, waiting: &mpsc::Receiver<()>) {
    let mut estimate = Estimate::begin();
    while waiting.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
        let parts = PARTS.iter().filter_map(|part| progress::read(folder, part));
        let (done, total) = parts.fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        if total == 0 {
            continue;
        }
        let seconds_left = estimate.left(done, total).map(|left| left.as_secs_f64());
        let line = Line { fraction: done as f64 / total as f64, seconds_left };
        // Nobody reads it any more: the front has ended, and ends this process too.
        let _ = serde_json::to_string(&line).map(|line| writeln!(std::io::stdout(), "{line}"));
    }
}

/// Where Jupyter's connection file is.
#[derive(clap::Args)]
pub struct Options {
    connection_file: PathBuf,
}

impl Options {
    /// The file.
    pub fn connection_file(&self) -> &Path {
        &self.connection_file
    }
}
