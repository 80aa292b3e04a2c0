//! How a kernel that lives learns of a new version of its course, without being told.
//!
//! A set-up ends by changing one small thing: an administrator's the link `current`, a learner's own the file
//! `prepared`. Both change in one step, when all that the version needs is there. Where the new version has its spare is
//! the new version's own affair: its program is asked.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};

use super::compiled_program::CompiledProgram;
use super::session::Sessions;
use crate::support::file_lock::FileLock;
use crate::support::shared_setup::{CURRENT, SharedSetup, VERSIONS};
use crate::support::{atomic_file, program_copy};

/// The hidden command that answers with a [`NextSpare`].
pub const COMMAND: &str = "kernel-spare";
/// Names what a learner's own set-up has made, in the folder of the sessions.
const PREPARED: &str = "prepared";
/// A program that has not answered by then will not.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);
/// How often it is asked whether it has.
const PAUSE: Duration = Duration::from_millis(20);

/// Where the spare of the next kernel is, and the program that is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextSpare {
    /// The spare's place.
    pub place: PathBuf,
    /// The kernel's program.
    pub program: PathBuf,
}

/// What changes with a version.
#[derive(Debug, Clone)]
enum Sign {
    /// Where a link leads.
    Link(PathBuf),
    /// What a file holds.
    File(PathBuf),
}

/// The updates of one course.
#[derive(Debug, Clone)]
pub struct Updates {
    sign: Sign,
    /// What the sign says of the version that this process is of.
    own: Vec<u8>,
    /// The program that the next kernel is started with.
    program: PathBuf,
    /// What everybody who is told of the same update can lock.
    turn: PathBuf,
    /// Whether many users hear of an update at the same moment.
    many_users: bool,
}

impl Updates {
    /// Those of the course that these sessions are of.
    pub fn of(sessions: &Sessions, kernel: &CompiledProgram) -> Result<Updates> {
        if let Some(shared) = sessions.shared() {
            return Ok(Updates::of_shared(shared));
        }
        let sign = sessions.progress_folder().join(PREPARED);
        Ok(Updates::told_by(sign, &version(sessions, kernel)?, program_copy::original()?))
    }

    /// Those that a file tells, whose next kernel is started with this program. `own` is what the file holds by now.
    pub fn told_by(file: PathBuf, own: &str, program: PathBuf) -> Updates {
        Updates { turn: file.clone(), sign: Sign::File(file), own: own.into(), program, many_users: false }
    }

    fn of_shared(shared: &SharedSetup) -> Updates {
        let own = Path::new(VERSIONS).join(shared.version.file_name().unwrap_or_default());
        Updates {
            sign: Sign::Link(shared.folder.join(CURRENT)),
            own: own.into_os_string().into_encoded_bytes(),
            program: shared.lasting_program(),
            turn: shared.folder.join(CURRENT).join("bin"),
            many_users: true,
        }
    }

    /// What names the version that this process is of.
    pub fn own(&self) -> &[u8] {
        &self.own
    }

    /// What names the version of the next kernel: one look at one file. Nothing where that cannot be seen.
    pub fn current(&self) -> Option<Vec<u8>> {
        match &self.sign {
            Sign::Link(link) => fs::read_link(link).ok().map(|target| target.into_os_string().into_encoded_bytes()),
            Sign::File(file) => fs::read(file).ok(),
        }
    }

    /// Whether many users hear of an update at the same moment.
    pub fn many_users(&self) -> bool {
        self.many_users
    }

    /// The turn to start a spare, until it is dropped: of all who hear of the update, one has it. `None` while that is
    /// another, and an error where the file system knows no locks. Nothing is written for it.
    pub fn turn(&self) -> io::Result<Option<FileLock>> {
        FileLock::try_alone(File::open(&self.turn)?)
    }

    /// Asks the program of the next kernel for its spare. An error where that version is not whole.
    pub fn next_spare(&self) -> Result<NextSpare> {
        let mut command = Command::new(&self.program);
        command.arg(COMMAND).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut asked = command.spawn().with_context(|| format!("cannot start {}", self.program.display()))?;
        let begin = Instant::now();
        let status = loop {
            if let Some(status) = asked.try_wait()? {
                break status;
            }
            if begin.elapsed() > ANSWER_LIMIT {
                asked.kill()?;
                asked.wait()?;
                bail!("{} does not answer", self.program.display());
            }
            thread::sleep(PAUSE);
        };
        ensure!(status.success(), "the new version of the course is not whole");
        let mut answer = Vec::new();
        // A line, which is shorter than what a pipe holds: so it was written before the end.
        asked.stdout.take().context("there is a pipe")?.read_to_end(&mut answer)?;
        serde_json::from_slice(&answer).context("the new version's answer is not understood")
    }
}

/// Tells the kernels that live what the next one is made of. Called when all of it is there.
pub fn announce(sessions: &Sessions, kernel: &CompiledProgram) -> Result<()> {
    // What all users share is announced by its link.
    if sessions.shared().is_none() {
        let sign = sessions.progress_folder().join(PREPARED);
        atomic_file::write_if_changed(&sign, version(sessions, kernel)?.as_bytes())?;
    }
    Ok(())
}

fn version(sessions: &Sessions, kernel: &CompiledProgram) -> Result<String> {
    Ok(format!("{} {}\n", sessions.key(), program_copy::version(kernel.file())?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::shared_setup::Record;

    #[test]
    fn a_shared_set_up_is_new_when_its_link_leads_elsewhere_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let record = Record { key: "k".into(), cargo_home: "c".into(), sysroot: "/rust".into(), rustc: String::new() };
        let version = folder.path().join(VERSIONS).join("1");
        let updates = Updates::of_shared(&SharedSetup { folder: folder.path().to_owned(), version, record });
        assert_eq!(updates.current(), None);
        assert!(updates.turn().is_err(), "nobody waits for a turn that cannot be had");
        let link = folder.path().join(CURRENT);
        for (name, is_own) in [("1", true), ("2", false)] {
            fs::create_dir_all(folder.path().join(VERSIONS).join(name).join("bin")).unwrap();
            let draft = folder.path().join("draft");
            std::os::unix::fs::symlink(Path::new(VERSIONS).join(name), &draft).unwrap();
            fs::rename(&draft, &link).unwrap();
            assert_eq!(updates.current().as_deref() == Some(updates.own()), is_own);
        }
        let turn = updates.turn().unwrap().unwrap();
        assert!(updates.turn().unwrap().is_none(), "one has the turn");
        drop(turn);
        assert!(updates.turn().unwrap().is_some());
    }

    #[test]
    fn a_version_that_is_not_whole_or_says_nonsense_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let sign = folder.path().join(PREPARED);
        for program in ["/bin/false", "/bin/true", "/missing"] {
            assert!(Updates::told_by(sign.clone(), "1", program.into()).next_spare().is_err(), "{program}");
        }
    }
}
