//! The socket that all kernels of a user know, in a folder that nobody else can enter.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// Opens the socket. `None` if another process answers there already.
pub fn claim(path: &Path) -> Result<Option<(UnixListener, Claim)>> {
    check_folder(path.parent().context("the socket needs a folder")?)?;
    for _ in 0..5 {
        match UnixListener::bind(path) {
            Ok(listener) => {
                let claim = Claim { path: path.to_owned(), identity: identity(path) };
                return Ok(Some((listener, claim)));
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                if is_answered(path) {
                    return Ok(None);
                }
                // Left by a process that was killed.
                let _ = fs::remove_file(path);
            }
            Err(error) => return Err(error).with_context(|| format!("cannot listen at {}", path.display())),
        }
    }
    Ok(None)
}

/// The second look is for a process that has made the socket and does not listen yet.
fn is_answered(path: &Path) -> bool {
    (0..2).any(|attempt| {
        thread::sleep(Duration::from_millis(50 * attempt));
        UnixStream::connect(path).is_ok()
    })
}

/// Refuses a folder that other users can enter, or that is theirs.
fn check_folder(folder: &Path) -> Result<()> {
    let found = fs::symlink_metadata(folder).with_context(|| format!("cannot look at {}", folder.display()))?;
    let is_mine = found.uid() == rustix::process::geteuid().as_raw();
    if !found.is_dir() || !is_mine || found.permissions().mode() & 0o077 != 0 {
        bail!("{} must be a folder that only you can enter (chmod 700)", folder.display());
    }
    Ok(())
}

/// Whether the other end is a process of the same user.
pub fn is_own_user(stream: &UnixStream) -> bool {
    #[cfg(target_os = "linux")]
    {
        let peer = rustix::net::sockopt::socket_peercred(stream);
        peer.is_ok_and(|peer| peer.uid == rustix::process::geteuid())
    }
    // Elsewhere the folder's mode is the guard.
    #[cfg(not(target_os = "linux"))]
    {
        let _ = stream;
        true
    }
}

/// A socket file that this process has made.
pub struct Claim {
    path: PathBuf,
    identity: Option<(u64, u64)>,
}

impl Claim {
    /// False when the file is gone or another process has put its own there.
    pub fn holds(&self) -> bool {
        self.identity.is_some() && identity(&self.path) == self.identity
    }

    pub fn give_up(&self) {
        if self.holds() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn identity(path: &Path) -> Option<(u64, u64)> {
    let found = fs::symlink_metadata(path).ok()?;
    Some((found.dev(), found.ino()))
}
