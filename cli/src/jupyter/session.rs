//! A kernel's working folder, copied from a template in which the crates are compiled already.
//!
//! evcxr compiles a notebook's crates anew in each session: a minute at every kernel start. Here the
//! first set-up does that once, into a template, and each kernel copies the template. Every session
//! has a folder of its own, because two kernels in one folder destroy each other's work; a lock held
//! by the living process tells which folders are left over.

mod cargo;
mod key;
mod tree;

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};

use cargo::{CARGO_CONFIG, toml_string};
use key::key;
use tree::{copy_tree, entries};

use super::toolchain::Toolchain;
use crate::support::atomic_file;
use crate::support::paths;

/// The time of what was compiled from other sources, older than any: the crate is then compiled anew, also where a
/// file has a new text and an old time, as `rsync` and archives bring it.
const OUTDATED: SystemTime = SystemTime::UNIX_EPOCH;

/// A kernel's first code. The variable makes rust-analyzer read the crates, two seconds' work, while the
/// learner is still reading the chapter's first lines, and not below the first cell with a variable.
const WARM_UP: &str = "\
let neurobook_kernel = {
    use neurobook::prelude::*;
    let times: Array1<f64> = Array1::zeros(1);
    let doubled = &times * 2.0;
    neurobook::display::friendly_panics()
};
";

/// Where the sessions of one checkout are made.
pub struct Sessions {
    /// The checkout of the course.
    pub root: PathBuf,
    /// The toolchain that compiles its cells.
    pub toolchain: Toolchain,
    /// The folder of the template and of the sessions.
    folder: PathBuf,
    /// Names the template that fits the sources as they are now.
    key: String,
    /// Before the sources were read for the key.
    read_at: SystemTime,
}

/// A session folder, ours until it is dropped.
pub struct Session {
    /// The folder that evcxr works in.
    pub folder: PathBuf,
    lock: PathBuf,
    _held: File,
}

impl Sessions {
    /// The sessions of the checkout whose crate the course's cells are compiled with.
    pub fn find() -> Result<Sessions> {
        Sessions::of(paths::crate_root()?)
    }

    /// The sessions of a checkout, with the key of its sources as they are now.
    pub fn of(root: PathBuf) -> Result<Sessions> {
        let folder = paths::sessions(&root)?;
        Sessions::within(root, folder)
    }

    /// The sessions of a checkout in a folder that is not the user's cache, such as a test's.
    pub fn within(root: PathBuf, folder: PathBuf) -> Result<Sessions> {
        let toolchain = Toolchain::find()?;
        fs::create_dir_all(&folder).with_context(|| {
            format!("cannot create {}: set NEUROBOOK_CACHE to a folder that can be written to", folder.display())
        })?;
        let read_at = SystemTime::now();
        let key = key(&root, &toolchain)?;
        Ok(Sessions { root, toolchain, folder, key, read_at })
    }

    /// Changes with whatever a cell's result may depend on, but for the cell and its data: toolchain, crates, profile.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Where the template stands, made or not.
    pub fn template(&self) -> PathBuf {
        self.folder.join(format!("template-{}", self.key))
    }

    /// The folder of evcxr's own configuration.
    pub fn configuration(&self) -> PathBuf {
        self.folder.join("configuration")
    }

    /// Cargo's home for the sessions. It holds the locked versions and no others: evcxr drops the lock
    /// file at each start, and Cargo then takes the newest version that it has.
    pub fn cargo_home(&self) -> Result<PathBuf> {
        let lock = self.root.join("Cargo.lock");
        let text = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
        Ok(self.folder.join(format!("cargo-{}", paths::short_hash(&text))))
    }

    /// Writes what all sessions share: Cargo's profile and evcxr's start-up commands.
    pub fn configure(&self) -> Result<()> {
        atomic_file::write_if_changed(&self.folder.join(".cargo").join("config.toml"), CARGO_CONFIG.as_bytes())?;
        let start = format!(":offline 1\n:dep neurobook = {{ path = {} }}\n{WARM_UP}", toml_string(&self.root)?);
        atomic_file::write_if_changed(&self.configuration().join("init.evcxr"), start.as_bytes())?;
        Ok(())
    }

    /// Whether the crates are compiled, from the sources as they are now.
    pub fn is_ready(&self) -> bool {
        self.compiled_crates().is_ok()
    }

    /// The folder of the compiled crates.
    pub fn compiled_crates(&self) -> Result<PathBuf> {
        let target = self.template().join("target");
        let folder = target.join(self.toolchain.host()?).join("debug").join("deps");
        newest_crate(&folder)?;
        Ok(folder)
    }

    /// Where a template is made.
    pub fn draft(&self) -> PathBuf {
        self.folder.join("draft")
    }

    /// Makes the template if there is none that fits. `fetch` downloads what the package in the draft needs; `compile`
    /// compiles it.
    pub fn prepare(&self, fetch: impl FnOnce() -> Result<()>, compile: impl FnOnce() -> Result<()>) -> Result<()> {
        self.configure()?;
        let lock = lock_file(&self.folder.join("set-up.lock"))?;
        lock.lock().context("cannot wait for another set-up")?;
        if self.is_ready() {
            return Ok(());
        }
        let draft = self.draft();
        if draft.exists() {
            fs::remove_dir_all(&draft).with_context(|| format!("cannot clear {}", draft.display()))?;
        }
        // The newest template spares the crates that have not changed.
        match self.newest_template()? {
            Some(older) => copy_tree(&older, &draft, OUTDATED)?,
            None => fs::create_dir_all(&draft).with_context(|| format!("cannot create {}", draft.display()))?,
        }
        fs::copy(self.root.join("Cargo.lock"), draft.join("Cargo.lock")).context("cannot copy Cargo.lock")?;
        let home = self.cargo_home()?;
        fs::create_dir_all(&home).with_context(|| format!("cannot create {}", home.display()))?;
        self.write_package(&draft)?;
        fetch()?;
        compile()?;
        ensure!(
            key(&self.root, &self.toolchain)? == self.key,
            "the sources of the crate changed while they were compiled: run the command again"
        );
        // Kernels that are copying an older template finish first.
        let swap = self.swap_lock()?;
        swap.lock().context("cannot wait for the kernels that are starting")?;
        // What has no compiled crates is no template, whoever made it.
        if self.template().exists() {
            fs::remove_dir_all(self.template()).context("cannot remove a broken session template")?;
        }
        fs::rename(&draft, self.template()).context("cannot put the session template in its place")?;
        self.remove_outdated()
    }

    /// A fresh session, copied from the template, or from an older one, which evcxr then brings up to
    /// date, or empty.
    pub fn open(&self) -> Result<Session> {
        self.configure()?;
        self.remove_abandoned()?;
        let session = Session::claim(&self.folder)?;
        let swap = self.swap_lock()?;
        swap.lock_shared().context("cannot wait for a set-up")?;
        let exact = self.template();
        // Cargo goes by times, and compiles also what has only a new time, as after a visit to another version
        // with `git checkout`. The exact template holds what the sources hold, whatever their times.
        let (source, time) =
            if exact.is_dir() { (Some(exact), self.read_at) } else { (self.newest_template()?, OUTDATED) };
        match source {
            Some(template) => copy_tree(&template, &session.folder, time)?,
            None => {
                fs::create_dir(&session.folder).context("cannot create the session folder")?;
                fs::copy(self.root.join("Cargo.lock"), session.folder.join("Cargo.lock"))
                    .context("cannot copy Cargo.lock")?;
            }
        }
        Ok(session)
    }

    fn newest_template(&self) -> Result<Option<PathBuf>> {
        let mut templates = Vec::new();
        for entry in entries(&self.folder)? {
            if entry.file_name().to_string_lossy().starts_with("template-") {
                templates.push((entry.metadata()?.modified()?, entry.path()));
            }
        }
        Ok(templates.into_iter().max().map(|(_, path)| path))
    }

    /// Held shared while a template is copied, and alone while templates come and go.
    fn swap_lock(&self) -> Result<File> {
        lock_file(&self.folder.join("swap.lock"))
    }

    /// Removes the templates of other sources, and the Cargo homes of other lock files unless a kernel may
    /// be using one.
    fn remove_outdated(&self) -> Result<()> {
        self.remove_abandoned()?;
        let all = entries(&self.folder)?;
        let starts = |entry: &fs::DirEntry, with: &str| entry.file_name().to_string_lossy().starts_with(with);
        let in_use = all.iter().any(|entry| starts(entry, "session-"));
        let home = self.cargo_home()?;
        for entry in &all {
            let path = entry.path();
            let other_template = starts(entry, "template-") && path.is_dir() && path != self.template();
            let other_home = starts(entry, "cargo-") && path != home && !in_use;
            if other_template || other_home {
                fs::remove_dir_all(&path).with_context(|| format!("cannot remove {}", path.display()))?;
            }
        }
        Ok(())
    }

    /// Removes the folders of kernels that no longer live.
    fn remove_abandoned(&self) -> Result<()> {
        for entry in entries(&self.folder)? {
            let lock = entry.path();
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if !(name.starts_with("session-") && name.ends_with(".lock")) {
                continue;
            }
            let Ok(file) = File::open(&lock) else { continue };
            if !matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
                // Another kernel may clean up at the same time: then it is gone already.
                let _ = fs::remove_dir_all(lock.with_extension(""));
                let _ = fs::remove_file(&lock);
            }
        }
        Ok(())
    }
}

impl Session {
    fn claim(parent: &Path) -> Result<Session> {
        for attempt in 0..1000 {
            let folder = parent.join(format!("session-{}-{attempt}", std::process::id()));
            let lock = folder.with_added_extension("lock");
            let file = lock_file(&lock)?;
            // Where the lock is ours but a clean-up has just removed its file, the next name is tried.
            if file.try_lock().is_ok() && lock.exists() && !folder.exists() {
                return Ok(Session { folder, lock, _held: file });
            }
        }
        anyhow::bail!("cannot find a free session folder in {}", parent.display())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // What stays is removed by the next kernel that starts.
        let _ = fs::remove_dir_all(&self.folder);
        let _ = fs::remove_file(&self.lock);
    }
}

fn lock_file(path: &Path) -> Result<File> {
    File::options().create(true).truncate(false).write(true).open(path).with_context(|| {
        format!("cannot write to {}: set NEUROBOOK_CACHE to a folder that can be written to", path.display())
    })
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
