//! The grader's side of a run: starts the chain, feeds it, reads what it prints, and never waits for
//! longer than the job's time.

use std::hash::{BuildHasher, RandomState};
use std::io::Read;
use std::net::Shutdown;
use std::os::fd::OwnedFd;
use std::os::unix::fs::chown;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};

use super::bubblewrap::{OpenArguments, advice};
use super::outcome::{Ended, Exceeded, How};
use super::protocol::{Confinement, Outcome, receive, send};
use super::supervisor::MOST_TIMES;
use super::user::{give, process_limit};
use super::{Job, Role, Sandbox};

/// How long the guard may take beyond the job's time, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// Else glibc reserves 64 MB of addresses for each thread, more than an answer may have.
pub const ONE_ARENA: (&str, &str) = ("MALLOC_ARENA_MAX", "1");

impl Sandbox {
    /// Lets the user of this thread's jobs read a folder, and no other user.
    pub fn admit(&self, folder: &Path) -> Result<()> {
        self.users.map_or(Ok(()), |users| give(folder, users.mine(), 0o750))
    }

    /// Runs a job to its end. No process of it is left. An error is a fault of the machine or of the
    /// grader, never of the program.
    pub fn run(&self, job: &Job) -> Result<Ended> {
        let name = job.program.file_name().unwrap_or_default();
        self.attempt(job).with_context(|| format!("cannot run {} in the sandbox", name.display()))
    }

    fn attempt(&self, job: &Job) -> Result<Ended> {
        let confinement = self.confinement(job)?;
        let (control, theirs) = UnixStream::pair()?;
        let (mut command, arguments) = self.command(job)?;
        let spawned = command
            // It can be read inside, so it must be empty here already.
            .env_clear()
            .stdin(OwnedFd::from(theirs))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        drop((command, arguments));
        let mut child = spawned.context("cannot start the sandbox")?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let kept = Kept { room: AtomicU64::new(job.limits.output), overfull: AtomicBool::new(false) };
        let (outcome, stdout, stderr) = thread::scope(|scope| {
            let stdout = scope.spawn(|| kept.read(stdout, &control));
            let stderr = scope.spawn(|| kept.read(stderr, &control));
            let outcome = exchange_messages(&control, &confinement, job);
            finish(&mut child, &outcome);
            (outcome, stdout.join(), stderr.join())
        });
        let panicked = |_| anyhow!("a thread that reads the program's output has panicked");
        let (stdout, stderr) = (stdout.map_err(panicked)?, stderr.map_err(panicked)?);
        let overfull = kept.overfull.load(Ordering::Relaxed);

        let says = String::from_utf8_lossy(&stderr);
        if let Some(fault) = says.strip_prefix(&confinement.token) {
            bail!("{fault}");
        }
        let Some(outcome) = outcome? else {
            let hint = advice(&says).map(|advice| format!(": {advice}")).unwrap_or_default();
            bail!("the sandbox ended without a word of the program: {}{hint}", says.trim());
        };
        let how = if overfull {
            How::Limit(Exceeded::Output(job.limits.output))
        } else if outcome.late && outcome.processor >= job.limits.processor {
            // Several processes have used it up together.
            How::Limit(Exceeded::Processor(job.limits.processor))
        } else if outcome.late {
            How::Limit(Exceeded::Wall(job.limits.wall))
        } else {
            How::of(outcome.status, outcome.processor, &stderr, &job.limits)
        };
        let is_answer = matches!(job.role, Role::Answer);
        if how.is_from_outside() && !(is_answer && how.is_of_a_mapped_file()) {
            bail!("it {how}, which nothing here has sent: is the memory or the disk of this machine full?");
        }
        Ok(Ended { how, stdout, stderr, processor: outcome.processor, wall: outcome.wall })
    }

    fn confinement(&self, job: &Job) -> Result<Confinement> {
        let user = self.users.map(|users| (users.mine(), users.group()));
        let output = match job.role {
            Role::Answer => None,
            Role::Compiler { output } => Some(output.to_owned()),
        };
        if let (Some(output), Some((user, _))) = (&output, user) {
            chown(output, Some(user), Some(user))
                .with_context(|| format!("cannot give {} to user {user}", output.display()))?;
        }
        let mut environment: Vec<(String, String)> =
            job.environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        if output.is_some() {
            // Its working folder, whose path could be told by `env!`, and would be in the linker's command line.
            environment.push(("TMPDIR".to_owned(), "/proc/self/cwd".to_owned()));
        } else {
            let (name, value) = ONE_ARENA;
            environment.push((name.to_owned(), value.to_owned()));
        }
        Ok(Confinement {
            token: token(),
            program: job.program.to_owned(),
            arguments: job.arguments.to_vec(),
            environment,
            readable: job.readable.to_vec(),
            system: self.system.paths(job.role).to_vec(),
            output,
            user,
            processes: process_limit(job.limits.processes, self.counted_alone)?,
            limits: job.limits,
        })
    }

    fn command(&self, job: &Job) -> Result<(Command, Option<OpenArguments>)> {
        if let Some(bubblewrap) = &self.bubblewrap {
            let (command, arguments) =
                bubblewrap.command(job, self.system.paths(job.role), &self.itself, self.users.is_some())?;
            return Ok((command, Some(arguments)));
        }
        let mut command = Command::new(&self.itself);
        // Out of the terminal's group: an interrupt is for the grader, who then ends its jobs.
        command.args(["confined", "guard"]).process_group(0);
        Ok((command, None))
    }
}

/// Sends the job and waits for the guard's report; none if the guard never came to it.
fn exchange_messages(control: &UnixStream, confinement: &Confinement, job: &Job) -> Result<Option<Outcome>> {
    control.set_read_timeout(Some(job.limits.wall * MOST_TIMES + PATIENCE))?;
    control.set_write_timeout(Some(PATIENCE))?;
    let message = serde_json::to_vec(confinement).context("a path of the job is not text")?;
    // A guard that could not start reads nothing; its message says why.
    let sent = send(control, &[&message]).and_then(|()| send(control, job.input));
    let answer = receive(control);
    // Wakes the guard that waits for the end of this connection, if it is still there.
    let _ = control.shutdown(Shutdown::Both);
    match (sent, answer) {
        (Ok(()), Ok(Some(answer))) => Ok(Some(serde_json::from_slice(&answer)?)),
        (_, Ok(None)) | (Err(_), _) => Ok(None),
        (Ok(()), Err(error)) => Err(error.context("the sandbox does not report the program's end")),
    }
}

/// Waits for the end of the chain: after a report it comes by itself, else by force.
fn finish(child: &mut Child, outcome: &Result<Option<Outcome>>) {
    if !matches!(outcome, Ok(Some(_))) {
        // This fails if it has ended already.
        let _ = child.kill();
    }
    let _ = child.wait();
}

/// What is kept of both outputs together.
struct Kept {
    room: AtomicU64,
    overfull: AtomicBool,
}

impl Kept {
    /// Reads to the end, so that the program is not held up, and keeps what there is room for. The
    /// guard ends a program that prints more.
    fn read(&self, from: Option<impl Read>, control: &UnixStream) -> Vec<u8> {
        let mut kept = Vec::new();
        let Some(mut from) = from else {
            return kept;
        };
        let mut buffer = vec![0; 64 << 10];
        loop {
            let count = match from.read(&mut buffer) {
                Ok(0) => return kept,
                Ok(count) => count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(_) => return kept,
            };
            let before = self
                .room
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |room| Some(room.saturating_sub(count as u64)));
            let room = before.unwrap_or_else(|room| room);
            kept.extend_from_slice(&buffer[..count.min(usize::try_from(room).unwrap_or(usize::MAX))]);
            if (count as u64) > room && !self.overfull.swap(true, Ordering::Relaxed) {
                // Only this direction: the guard's report is still to come.
                let _ = control.shutdown(Shutdown::Write);
            }
        }
    }
}

/// What nobody can guess: the standard library draws its keys from the system.
fn token() -> String {
    let number = || RandomState::new().hash_one(0);
    format!("{:016x}{:016x} ", number(), number())
}
