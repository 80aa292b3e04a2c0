//! Bubblewrap, which makes the namespaces: a file system of what the job needs, no network, no other
//! processes.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::establish::ITSELF;
use super::system::links;
use super::{Job, Role};

/// Where this binary stands inside.
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
    pub fn command(&self, job: &Job, system: &[PathBuf], itself: &Path, root: bool) -> Command {
        let mut command = Command::new(&self.path);
        command.args([
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
            command.args(["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]);
        } else {
            command.args(["--unshare-user", "--uid", NOBODY, "--gid", NOBODY]);
        }
        command.args(["--proc", "/proc"]);
        let mut inside = Inside::default();
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
        command.args(inside.arguments);
        command.arg("--ro-bind").arg(itself).arg(SELF);
        command.args(["--remount-ro", "/", "--chdir", "/", "--", SELF, "confined", "guard"]);
        command
    }
}

/// The file system inside, as bubblewrap's arguments.
#[derive(Default)]
struct Inside {
    arguments: Vec<OsString>,
    made: BTreeSet<PathBuf>,
}

impl Inside {
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
