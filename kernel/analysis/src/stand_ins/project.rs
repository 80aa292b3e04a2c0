//! A session's project: the folder of its manifest.

use std::collections::HashMap;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::files::{AbsPathBuf, FileId};

/// Where the sources of the standard library would come from, if anybody read them.
pub enum RustLibSource {
    /// From the toolchain.
    Discover,
}

/// What rust-analyzer would be told about Cargo.
#[derive(Default)]
pub struct CargoConfig {
    /// Whether it reads the standard library.
    pub sysroot: Option<RustLibSource>,
}

/// A session's manifest.
pub struct ProjectManifest {
    folder: PathBuf,
}

impl ProjectManifest {
    /// The manifest at a path.
    pub fn from_manifest_file(path: AbsPathBuf) -> Result<ProjectManifest> {
        let folder = path.as_path().parent().context("a manifest lies in a folder")?.to_owned();
        Ok(ProjectManifest { folder })
    }
}

/// A session's project.
pub struct ProjectWorkspace {
    folder: PathBuf,
}

/// Folders of one crate. There are none to be read.
pub struct PackageRoot {
    /// These,
    pub include: Vec<AbsPathBuf>,
    /// but not these.
    pub exclude: Vec<AbsPathBuf>,
}

/// The crates: of them only the session's own folder is known.
pub struct CrateGraph {
    /// The folder of the session's manifest.
    pub folder: PathBuf,
}

impl ProjectWorkspace {
    /// Takes a manifest's word for it.
    pub fn load(
        manifest: ProjectManifest,
        _config: &CargoConfig,
        _progress: &dyn Fn(String),
    ) -> Result<ProjectWorkspace> {
        Ok(ProjectWorkspace { folder: manifest.folder })
    }

    /// No folders to be read.
    pub fn to_roots(&self) -> Vec<PackageRoot> {
        Vec::new()
    }

    /// The crates.
    pub fn to_crate_graph(
        &self,
        _number: &mut dyn FnMut(&AbsPathBuf) -> Option<FileId>,
        _environment: &HashMap<String, String>,
    ) -> (CrateGraph, ()) {
        (CrateGraph { folder: self.folder.clone() }, ())
    }
}
