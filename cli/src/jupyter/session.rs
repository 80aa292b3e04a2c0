//! A kernel's working folder, copied from a template in which the crates are compiled already.
//!
//! evcxr compiles a notebook's crates again in each session: a minute at every kernel start. Here the
//! first set-up does that once, into a template, and each kernel copies the template. Every session
//! has a folder of its own, because two kernels in one folder destroy each other's work.

mod cargo;
mod inventory;
mod key;
mod linkers;
mod place;
mod settings;
mod shared;
mod template;
#[cfg(test)]
mod tests;
mod tree;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, anyhow, ensure};

use cargo::CARGO_CONFIG;
use key::key;
use shared::Maker;
use tree::Sharing;

pub use cargo::foreign_variables;
pub use template::MEGABYTES;

use super::toolchain::Toolchain;
use crate::support::cause::{self, Attempt};
use crate::support::file_lock::FileLock;
use crate::support::owned_folder::{self, OwnedFolder};
use crate::support::toml_text::toml_path;
use crate::support::{atomic_file, paths};

/// What a session's folder is called.
const SESSION: &str = "kernel-";
/// What a folder is called in which something is being made or deleted.
const DRAFT: &str = "draft-";

/// About what a session takes whose crates are shared, and its cells.
const SHARED_MEGABYTES: u64 = 20;

/// A kernel's first code.
const WARM_UP: &str = "neurobook::display::friendly_panics();\n";

/// Where the sessions of one checkout are made.
pub struct Sessions {
    /// The checkout of the course.
    pub root: PathBuf,
    /// The toolchain that compiles its cells.
    pub toolchain: Toolchain,
    /// The folder of the sessions, and of the template unless that is shared.
    folder: PathBuf,
    maker: Maker,
    /// Names the template that fits the sources as they are now.
    key: String,
    /// Before the sources were read for the key.
    read_at: SystemTime,
}

/// A session folder, ours until it is dropped.
pub struct Session {
    /// The folder that evcxr works in.
    pub folder: PathBuf,
    _owned: OwnedFolder,
}

impl Sessions {
    /// The sessions of the checkout whose crate the course's cells are compiled with.
    pub fn find() -> Result<Sessions> {
        Sessions::of(paths::crate_root()?)
    }

    /// The sessions of a checkout, with the key of its sources as they are now.
    pub fn of(root: PathBuf) -> Result<Sessions> {
        if let Some(shared) = paths::shared_setup(&root)? {
            return Sessions::of_shared(root, shared);
        }
        let folder = paths::sessions(&root)?;
        Sessions::within(root, folder)
    }

    /// The sessions of a checkout in a folder that is not the user's cache, such as a test's.
    pub fn within(root: PathBuf, folder: PathBuf) -> Result<Sessions> {
        Sessions::with(root, folder, Toolchain::find()?)
    }

    /// The same with a toolchain that is known already.
    pub fn with(root: PathBuf, folder: PathBuf, toolchain: Toolchain) -> Result<Sessions> {
        let folder = place::first_name(folder);
        let read_at = SystemTime::now();
        let key = key(&root, &toolchain, &folder)?;
        Ok(Sessions { root, toolchain, folder, maker: Maker::User, key, read_at })
    }

    /// Changes with whatever a cell's result may depend on, but for the cell and its data: toolchain, crates, profile.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The folder of evcxr's own configuration.
    pub fn configuration(&self) -> PathBuf {
        // Versions of a shared course go on side by side.
        match self.shared() {
            None => self.folder.join("configuration"),
            Some(_) => self.folder.join(format!("configuration-{}", self.key)),
        }
    }

    /// Writes what all sessions share: Cargo's profile and evcxr's start-up commands.
    pub fn configure(&self) -> Result<()> {
        let settings = self.folder.join(".cargo").join("config.toml");
        let start = format!(":offline 1\n:dep neurobook = {{ path = {} }}\n{WARM_UP}", toml_path(&self.root)?);
        atomic_file::write_if_changed(&settings, CARGO_CONFIG.as_bytes())
            .and_then(|_| atomic_file::write_if_changed(&self.configuration().join("init.evcxr"), start.as_bytes()))
            .map_err(|error| no_room(error, "The kernel's settings could not be written", &self.folder, 1))?;
        Ok(())
    }

    /// Whether the crates are compiled, from the sources as they are now.
    pub fn is_ready(&self) -> bool {
        self.is_trusted(&self.template()) && inventory::is_whole(&self.template()) && self.compiled_crates().is_ok()
    }

    /// The folder of the compiled crates.
    pub fn compiled_crates(&self) -> Result<PathBuf> {
        self.crate_in(&self.template())
    }

    /// The folder of the compiled crates in a template, the course's among them.
    fn crate_in(&self, template: &Path) -> Result<PathBuf> {
        let folder = template.join("target").join(self.toolchain.host()?).join("debug").join("deps");
        newest_crate(&folder)?;
        Ok(folder)
    }

    /// Where it is written how far a compilation is.
    pub fn progress_folder(&self) -> &Path {
        &self.folder
    }

    /// What a session takes: of a shared template it only has links to the crates.
    fn session_megabytes(&self) -> u64 {
        if self.shared().is_some() { SHARED_MEGABYTES } else { tree::megabytes(&self.template()) }
    }

    /// A fresh session, copied from the template, which has been prepared.
    pub fn open(&self) -> Result<Session> {
        self.configure()?;
        owned_folder::sweep(&self.folder, DRAFT);
        let failure = "The kernel's working folder could not be made";
        let told = |error, needed| no_room(error, failure, &self.folder, needed);
        let owned = OwnedFolder::create(&self.folder, SESSION).map_err(|error| told(error.into(), 10))?;
        // Nobody takes away a shared template that is in use, and so nobody can keep others from it by a lock.
        let _template_stays = self.shared().is_none().then(|| FileLock::shared(&self.swap_lock())).transpose()?;
        ensure!(
            self.is_ready(),
            "the crates that notebooks use are not compiled as they are now: run `cargo run -- setup`"
        );
        let sharing = if self.shared().is_some() { Sharing::Links } else { Sharing::Names };
        tree::copy_tree(&self.template(), owned.path(), self.read_at, sharing, &|name| name == inventory::LIST)
            .map_err(|error| told(error, self.session_megabytes()))?;
        Ok(Session { folder: owned.path().to_owned(), _owned: owned })
    }
}

/// The error, with its reason first where there is no room for what was to be made, or no right to make it.
fn no_room(error: anyhow::Error, failure: &str, folder: &Path, megabytes: u64) -> anyhow::Error {
    use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let system = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    let is_of_the_place = |system: &&io::Error| {
        matches!(system.kind(), PermissionDenied | QuotaExceeded | ReadOnlyFilesystem | StorageFull)
    };
    match system.filter(is_of_the_place) {
        Some(_) => {
            let said = format!("{error:#}");
            anyhow!(cause::explain(&said, &Attempt { failure, folder, megabytes, index: "Rust's crate index" }))
        }
        None => error,
    }
}

/// Removes the sessions of this user that nobody has any more.
pub fn sweep(root: &Path) -> Result<()> {
    let folder = match paths::shared_setup(root)? {
        Some(shared) => paths::own_sessions(&shared)?,
        None => paths::sessions(root)?,
    };
    owned_folder::sweep(&folder, SESSION);
    owned_folder::sweep(&folder, DRAFT);
    Ok(())
}

/// The compiled crate of the course among the compiled crates.
pub fn newest_crate(dependencies: &Path) -> Result<PathBuf> {
    let entries = fs::read_dir(dependencies).with_context(|| format!("cannot list {}", dependencies.display()))?;
    let is_crate = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.starts_with("libneurobook-") && name.ends_with(".rlib")
    };
    let crates = entries.flatten().map(|entry| entry.path()).filter(is_crate);
    let newest = crates.max_by_key(|path| fs::metadata(path).and_then(|about| about.modified()).ok());
    newest.with_context(|| format!("no compiled crate in {}", dependencies.display()))
}
