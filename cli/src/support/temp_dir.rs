//! A folder for the temporary files of this process. What a killed process has left is deleted by the next one.

use std::path::Path;

use anyhow::{Context, Result};

use super::owned_folder::OwnedFolder;

const PREFIX: &str = "neurobook-scratch-";

/// The folder; deleted at the end.
pub struct Scratch {
    folder: OwnedFolder,
}

impl Scratch {
    /// Makes one among the system's temporary files, and deletes those whose process is gone.
    pub fn new() -> Result<Scratch> {
        let parent = tempfile::env::temp_dir();
        let folder = OwnedFolder::create(&parent, PREFIX)
            .with_context(|| format!("cannot make a folder for temporary files in {}", parent.display()))?;
        Ok(Scratch { folder })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// From now on, all temporary files of this process are made here.
    pub fn take_all(&self) {
        // It fails where another folder has been named before, which does no harm.
        let _ = tempfile::env::override_temp_dir(self.folder.path());
    }
}
