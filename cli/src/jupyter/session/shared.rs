//! Sessions whose template an administrator has made for all users.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Result;

use super::Sessions;
use crate::jupyter::toolchain::Toolchain;
use crate::support::paths;
use crate::support::shared_setup::SharedSetup;

/// Who makes the template.
#[derive(Debug)]
pub(super) enum Maker {
    /// Whoever has the sessions.
    User,
    /// This process, for others.
    Administrator,
    /// Somebody did, and nobody writes to it.
    Shared(SharedSetup),
}

impl Sessions {
    /// The sessions of a user in a set-up that is made.
    pub(super) fn of_shared(root: PathBuf, shared: SharedSetup) -> Result<Sessions> {
        Ok(Sessions {
            root,
            toolchain: Toolchain::of_shared(&shared),
            folder: paths::own_sessions(&shared)?,
            read_at: SystemTime::now(),
            key: shared.record.key.clone(),
            maker: Maker::Shared(shared),
        })
    }

    /// For the administrator, who makes the template in this folder. Older ones stay: kernels may be using them.
    pub fn for_all_users(root: PathBuf, folder: PathBuf, toolchain: Toolchain) -> Result<Sessions> {
        Ok(Sessions { maker: Maker::Administrator, ..Sessions::with(root, folder, toolchain)? })
    }

    /// The set-up of all users, if the template belongs to one.
    pub fn shared(&self) -> Option<&SharedSetup> {
        match &self.maker {
            Maker::Shared(shared) => Some(shared),
            Maker::User | Maker::Administrator => None,
        }
    }

    /// The folder of the templates.
    pub(super) fn templates(&self) -> PathBuf {
        self.shared().map_or_else(|| self.folder.clone(), SharedSetup::sessions)
    }

    /// Whether a template was made by whoever may make one. Anybody could have put another one into a folder that others
    /// may write to.
    pub(super) fn is_trusted(&self, template: &Path) -> bool {
        match self.shared() {
            Some(shared) => shared.is_makers(template),
            None => is_own(template),
        }
    }

    /// Why a shared template cannot be used, and what to do.
    pub(super) fn not_whole(&self, shared: &SharedSetup) -> String {
        let template = self.template();
        let reason = match std::fs::read_dir(&template) {
            Err(error) => format!("{} cannot be read ({error})", template.display()),
            Ok(_) if !shared.is_makers(&template) => format!("{} belongs to somebody else", template.display()),
            Ok(_) => format!("{} is not whole, or not all of it can be read", template.display()),
        };
        format!(
            "what is set up for all users of this machine does not fit: {reason}. Ask whoever looks after the machine to run `neurobook setup --shared {}` again",
            shared.folder.display()
        )
    }
}

#[cfg(unix)]
fn is_own(template: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let user = rustix::process::geteuid().as_raw();
    std::fs::symlink_metadata(template).is_ok_and(|about| [user, 0].contains(&about.uid()))
}

#[cfg(not(unix))]
fn is_own(_template: &Path) -> bool {
    true
}
