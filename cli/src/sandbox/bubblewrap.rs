//! Bubblewrap, which makes the namespaces: a file system of what the job needs, no network, no other
//! processes.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{Seek, Write};
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, bail};
use rustix::fs::{MemfdFlags, memfd_create};

use super::system::links;
use super::{ITSELF, Job, Role};

/// Where this binary is inside.
const SELF: &str = "/neurobook";
/// Who an ordinary user is inside: nobody.
const NOBODY: &str = "65534";

/// An installed bubblewrap.
#[derive(Debug, Clone)]
pub struct Bubblewrap {
    path: PathBuf,
    /// Such as "bubblewrap 0.8.0".
    pub version: String,
}

impl Bubblewrap {
    pub fn find() -> Result<Bubblewrap> {
        let folders = env::var_os("PATH").unwrap_or_default();
        let Some(path) = env::split_paths(&folders).map(|folder| folder.join("bwrap")).find(|path| path.is_file())
        else {
            bail!(
                "bubblewrap is not installed: `apt install bubblewrap` (Debian, Ubuntu), `dnf install bubblewrap` (Fedora), or demand fewer layers with `--sandbox landlock`"
            );
        };
        let output = Command::new(&path).arg("--version").output();
        let output = output.with_context(|| format!("cannot start {}", path.display()))?;
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(Bubblewrap { path, version })
    }

    /// The guard in namespaces of its own. `root` says that it changes its user itself.
    pub fn command(
        &self,
        job: &Job,
        system: &[PathBuf],
        itself: &Path,
        root: bool,
    ) -> Result<(Command, OpenArguments)> {
        let mut inside = Inside::default();
        inside.options([
            "--unshare-pid",
            "--unshare-net",
            "--unshare-ipc",
            "--unshare-uts",
            "--unshare-cgroup-try",
            "--die-with-parent",
            "--new-session",
            // The guard is the first process: all others end with it.
            "--as-pid-1",
            "--hostname",
            "sandbox",
        ]);
        if root {
            inside.options(["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]);
        } else {
            inside.options(["--unshare-user", "--uid", NOBODY, "--gid", NOBODY]);
        }
        inside.options(["--proc", "/proc"]);
        inside.bind("--dev-bind", Path::new("/dev/null"));
        for path in system {
            inside.show_as_it_is(path);
        }
        job.readable.iter().for_each(|path| inside.bind("--ro-bind", path));
        if job.program != Path::new(ITSELF) {
            inside.bind("--ro-bind", job.program);
        }
        if let Role::Compiler { output } = job.role {
            inside.bind("--bind", output);
        }
        inside.arguments.extend(["--ro-bind".into(), itself.into(), SELF.into()]);
        inside.options(["--remount-ro", "/", "--chdir", "/"]);
        let arguments = OpenArguments::new(&inside.arguments)?;
        let mut command = Command::new(&self.path);
        command.arg("--args").arg(arguments.number()).args(["--", SELF, "confined", "guard"]);
        Ok((command, arguments))
    }
}

/// Held while bubblewrap is started: a program that is started meanwhile would inherit the open file.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Bubblewrap's arguments in memory that it inherits: other users can read a command line, and with it where a learner's
/// work is.
pub struct OpenArguments {
    file: File,
    _turn: MutexGuard<'static, ()>,
}

impl OpenArguments {
    fn new(arguments: &[OsString]) -> Result<OpenArguments> {
        let turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        // Without CLOEXEC, so that bubblewrap finds it open.
        let memory = memfd_create("arguments", MemfdFlags::empty()).context("no memory for the sandbox's arguments")?;
        let mut file = File::from(memory);
        for argument in arguments {
            file.write_all(argument.as_bytes())?;
            file.write_all(&[0])?;
        }
        file.rewind()?;
        Ok(OpenArguments { file, _turn: turn })
    }

    fn number(&self) -> String {
        self.file.as_raw_fd().to_string()
    }
}

/// The file system inside, as bubblewrap's arguments.
#[derive(Default)]
struct Inside {
    arguments: Vec<OsString>,
    made: BTreeSet<PathBuf>,
}

impl Inside {
    fn options<const N: usize>(&mut self, options: [&str; N]) {
        self.arguments.extend(options.map(OsString::from));
    }

    /// A path of the system, with the links that lead to it.
    fn show_as_it_is(&mut self, path: &Path) {
        for (place, target) in links(path) {
            if self.made.insert(place.clone()) {
                self.make_folders_above(&place);
                self.arguments.extend(["--symlink".into(), target.into(), place.into()]);
            }
        }
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.made.insert(real.clone()) {
            self.bind("--ro-bind", &real);
        }
    }

    fn bind(&mut self, how: &str, path: &Path) {
        self.make_folders_above(path);
        self.arguments.extend([how.into(), path.into(), path.into()]);
    }

    /// Bubblewrap's own would be closed to the user that the guard becomes.
    fn make_folders_above(&mut self, path: &Path) {
        let mut folders: Vec<&Path> = path.ancestors().skip(1).filter(|folder| folder.parent().is_some()).collect();
        folders.reverse();
        for folder in folders {
            if self.made.insert(folder.to_owned()) {
                self.arguments.extend(["--perms".into(), "0755".into(), "--dir".into(), folder.into()]);
            }
        }
    }
}

/// What to do about bubblewrap's message, where that is known.
pub fn advice(message: &str) -> Option<&'static str> {
    let forbidden = [
        "No permissions to create",
        "Creating new namespace failed",
        "setting up uid map",
        "Failed RTM_NEWADDR",
        "Can't mount proc",
        "Failed to make / slave",
        "Operation not permitted",
    ];
    forbidden.iter().any(|known| message.contains(known)).then_some(
        "namespaces are forbidden here, as in most containers and by AppArmor on Ubuntu: allow them (`sysctl kernel.apparmor_restrict_unprivileged_userns=0`, `sysctl kernel.unprivileged_userns_clone=1`, or a container started with `--privileged`), or demand fewer layers with `--sandbox landlock`",
    )
}
