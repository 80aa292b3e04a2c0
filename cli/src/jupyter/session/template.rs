//! The template: made in a draft, put in its place when it is whole, and removed as a whole.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, bail, ensure};

use super::key::key;
use super::shared::Maker;
use super::tree::{Sharing, copy_tree, entries};
use super::{DRAFT, SESSION, Sessions, inventory, no_room, settings};
use crate::support::atomic_file;
use crate::support::cause::free_megabytes;
use crate::support::file_lock::FileLock;
use crate::support::owned_folder::{self, OwnedFolder};
use crate::support::paths;

const TEMPLATE: &str = "template-";
const CARGO_HOME: &str = "cargo-";

/// What making a template takes: the crates' sources, and what is compiled of them.
pub const MEGABYTES: u64 = 250;

impl Sessions {
    /// Where the template is, made or not.
    pub fn template(&self) -> PathBuf {
        self.templates().join(format!("{TEMPLATE}{}", self.key))
    }

    /// Cargo's home for the sessions. It holds the locked versions and no others: evcxr drops the lock
    /// file at each start, and Cargo then takes the newest version that it has.
    pub fn cargo_home(&self) -> Result<PathBuf> {
        if let Some(shared) = self.shared() {
            return Ok(self.templates().join(&shared.record.cargo_home));
        }
        let lock = self.root.join("Cargo.lock");
        let text = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
        Ok(self.folder.join(format!("{CARGO_HOME}{}", paths::short_hash(&text))))
    }

    /// Makes the template if there is none that fits. `fetch` downloads what the package in the draft needs; `compile`
    /// compiles it.
    pub fn prepare(
        &self,
        fetch: impl FnOnce(&Path) -> Result<()>,
        compile: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<()> {
        if let Some(shared) = self.shared() {
            bail!(self.not_whole(shared));
        }
        self.configure()?;
        let _one_at_a_time = FileLock::alone(&self.folder.join("set-up.lock"))?;
        if self.is_ready() {
            return Ok(());
        }
        let draft = OwnedFolder::create(&self.folder, DRAFT).map_err(|error| self.no_room(error.into()))?;
        self.begin(draft.path()).map_err(|error| self.no_room(error))?;
        if let Err(error) = fetch(draft.path()).and_then(|()| compile(draft.path())) {
            self.give_back_room()?;
            return Err(error);
        }
        ensure!(
            key(&self.root, &self.toolchain, &self.folder)? == self.key,
            "the sources of the crate changed while they were compiled: run the command again"
        );
        self.crate_in(draft.path())?;
        drop_crates(draft.path(), &["ctx"])?;
        inventory::take(draft.path()).map_err(|error| self.no_room(error))?;
        // Kernels that are copying an older template finish first.
        let _nobody_copies = FileLock::alone(&self.swap_lock())?;
        owned_folder::remove(&self.template(), DRAFT).context("cannot remove a broken session template")?;
        let placed = draft.keep_as(&self.template());
        // Without locks another set-up may have been quicker.
        if !self.is_ready() {
            placed.context("cannot put the session template in its place")?;
        }
        match self.maker {
            Maker::Administrator => Ok(()),
            Maker::User | Maker::Shared(_) => self.remove_outdated(),
        }
    }

    /// What a template begins with. The newest other one spares the crates that have not changed.
    fn begin(&self, draft: &Path) -> Result<()> {
        if let Some(older) = self.newest_template()? {
            copy_tree(&older, draft, SystemTime::now(), Sharing::Names, &|name| name == inventory::LIST)?;
            // Its sources are others. Cargo would go by the files' times, and `rsync` and archives bring old ones.
            drop_crates(draft, &["neurobook"])?;
        }
        fs::copy(self.root.join("Cargo.lock"), draft.join("Cargo.lock")).context("cannot copy Cargo.lock")?;
        let home = self.cargo_home()?;
        fs::create_dir_all(&home).with_context(|| format!("cannot create {}", home.display()))?;
        self.lend_settings(&home)?;
        self.write_package(draft)
    }

    /// On a full disk, what was downloaded goes again: the user needs the room. Elsewhere it spares the next try a part.
    fn give_back_room(&self) -> Result<()> {
        if free_megabytes(&self.folder).is_some_and(|free| free < MEGABYTES) && self.newest_template()?.is_none() {
            // What cannot be deleted is still no reason to speak of anything but the failure.
            let _ = owned_folder::remove(&self.cargo_home()?, DRAFT);
        }
        Ok(())
    }

    fn no_room(&self, error: anyhow::Error) -> anyhow::Error {
        no_room(error, "The crates that notebooks use could not be compiled", &self.folder, MEGABYTES)
    }

    /// The sessions' home of Cargo has the settings of the user's own.
    fn lend_settings(&self, home: &Path) -> Result<()> {
        let own = home.join("config.toml");
        match settings::file_elsewhere(&self.folder) {
            Some(file) => {
                // Others cannot read an administrator's own file.
                let lent = match self.maker {
                    Maker::Administrator => settings::text_of(&file)?,
                    Maker::User | Maker::Shared(_) => settings::lent(&file)?,
                };
                atomic_file::write_if_changed(&own, lent.as_bytes())?;
            }
            // None is there mostly.
            None => drop(fs::remove_file(&own)),
        }
        Ok(())
    }

    fn newest_template(&self) -> Result<Option<PathBuf>> {
        let mut templates = Vec::new();
        for entry in entries(&self.folder)? {
            let is_template = entry.file_name().to_string_lossy().starts_with(TEMPLATE);
            if is_template && self.is_trusted(&entry.path()) && inventory::is_whole(&entry.path()) {
                templates.push((entry.metadata()?.modified()?, entry.path()));
            }
        }
        Ok(templates.into_iter().max().map(|(_, path)| path))
    }

    /// Held shared while a template is copied, and alone while templates come and go.
    pub(super) fn swap_lock(&self) -> PathBuf {
        self.folder.join("swap.lock")
    }

    /// Removes the templates of other sources, and the Cargo homes of other lock files unless a kernel may
    /// be using one.
    fn remove_outdated(&self) -> Result<()> {
        owned_folder::sweep(&self.folder, SESSION);
        let in_use = owned_folder::any_left(&self.folder, SESSION);
        let home = self.cargo_home()?;
        for entry in entries(&self.folder)? {
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            let other_template = name.starts_with(TEMPLATE) && path != self.template();
            let other_home = name.starts_with(CARGO_HOME) && path != home && !in_use;
            if other_template || other_home {
                owned_folder::remove(&path, DRAFT).with_context(|| format!("cannot remove {}", path.display()))?;
            }
        }
        Ok(())
    }
}

/// Takes all traces of these crates out of a folder of compiled ones, and what the compiler keeps to compile crates
/// again piece by piece, which for a whole crate is as much as all others are.
fn drop_crates(folder: &Path, crates: &[&str]) -> Result<()> {
    for entry in entries(folder)? {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        let is_dropped = |own: &&str| {
            let rest = name.strip_prefix("lib").unwrap_or(&name).strip_prefix(own);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.']))
        };
        let is_folder = entry.file_type()?.is_dir();
        if is_folder && name == "incremental" || crates.iter().any(is_dropped) {
            if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }
                .with_context(|| format!("cannot remove {}", path.display()))?;
        } else if is_folder {
            drop_crates(&path, crates)?;
        }
    }
    Ok(())
}
