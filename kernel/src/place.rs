//! Where a kernel works: its session, its folders, its environment.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
#[cfg(unix)]
use std::path::Path;
use std::path::PathBuf;

use anyhow::{Context, Result};
use neurobook_cli::jupyter::engine_protocol::Place;
use neurobook_cli::jupyter::session::{Session, Sessions};

use crate::{session, working_folders};

/// A kernel's own variables, which no front knows.
const OWN: [&str; 2] = ["NEUROBOOK_ENDINGS", "EVCXR_TMPDIR"];
/// How the variables begin by which Jupyter's server tells a kernel who has started it. No cell asks for them.
const SERVERS: &str = "JPY_";

/// A kernel's place, until it is dropped.
pub struct PlaceOfWork {
    sessions: Sessions,
    session: Session,
    /// Where the kernel was started, and with which environment.
    folder: PathBuf,
    environment: BTreeMap<OsString, OsString>,
}

impl PlaceOfWork {
    /// Works where this process was started. Called before any other thread exists.
    pub fn enter(sessions: Sessions) -> Result<PlaceOfWork> {
        let folder = here()?;
        let environment = variables();
        working_folders::enter(&sessions.root, &folder)?;
        let session = session::enter(&sessions)?;
        Ok(PlaceOfWork { sessions, session, folder, environment })
    }

    pub fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// Where evcxr works.
    #[cfg(unix)]
    pub fn session_folder(&self) -> &Path {
        &self.session.folder
    }

    /// Works where the front was started from now on. Gives whether the cells' process has to be started again for that.
    pub fn change(&mut self, place: &Place) -> Result<bool> {
        let wanted: BTreeMap<OsString, OsString> =
            place.environment.iter().map(|(name, value)| (name.into(), value.into())).collect();
        let differs = |name: &OsString| {
            !name.to_string_lossy().starts_with(SERVERS) && self.environment.get(name) != wanted.get(name)
        };
        if self.folder == place.folder && !self.environment.keys().chain(wanted.keys()).any(differs) {
            return Ok(false);
        }
        // SAFETY: the other threads of this process read streams, and not the environment.
        unsafe {
            for name in env::vars_os().map(|(name, _)| name).filter(|name| OWN.iter().all(|own| name != own)) {
                env::remove_var(name);
            }
            for (name, value) in &wanted {
                env::set_var(name, value);
            }
        }
        working_folders::enter(&self.sessions.root, &place.folder)?;
        session::set_environment(&self.sessions, &self.session.folder)?;
        (self.folder, self.environment) = (place.folder.clone(), wanted);
        Ok(true)
    }
}

fn here() -> Result<PathBuf> {
    env::current_dir().context("the folder that the kernel was started in is gone")
}

fn variables() -> BTreeMap<OsString, OsString> {
    env::vars_os().filter(|(name, _)| OWN.iter().all(|own| name != own)).collect()
}
