//! What an administrator has made for all users of a machine: one folder, to which no kernel ever writes.
//!
//! ```text
//! FOLDER/current -> versions/VERSION     what is used from now on
//! FOLDER/versions/VERSION/bin/           the programs; beside them, a record says what fits them
//! FOLDER/versions/VERSION/course/        the course as it was then
//! FOLDER/sessions/                       the compiled crates, and Cargo's home
//! FOLDER/toolchains/                     Rust, if it was somebody's own
//! ```
//!
//! A program finds by its own place that it is in such a folder. So whatever has started keeps its version, and an
//! update changes nothing below it.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::atomic_file;

/// The link to the version that is used from now on.
pub const CURRENT: &str = "current";
/// The folder of all versions.
pub const VERSIONS: &str = "versions";
/// The folder of the toolchains.
pub const TOOLCHAINS: &str = "toolchains";
const RECORD: &str = "set-up.json";

/// What fits a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The key of its compiled crates.
    pub key: String,
    /// Cargo's home, by the folder's name.
    pub cargo_home: String,
    /// The folder of its toolchain.
    pub sysroot: PathBuf,
    /// What its compiler says of itself.
    pub rustc: String,
}

/// One version in an administrator's folder.
#[derive(Debug, Clone)]
pub struct SharedSetup {
    /// The administrator's folder.
    pub folder: PathBuf,
    /// The version's own folder in it.
    pub version: PathBuf,
    /// What fits it.
    pub record: Record,
}

impl SharedSetup {
    /// The one that this program is a part of; `None` for a program that is somebody's own.
    pub fn of_this_program() -> Result<Option<SharedSetup>> {
        let program = env::current_exe().and_then(|program| program.canonicalize());
        program.ok().as_deref().and_then(|program| program.ancestors().nth(2)).map_or(Ok(None), SharedSetup::read)
    }

    /// The version in a folder; `None` where there is none.
    pub fn read(version: &Path) -> Result<Option<SharedSetup>> {
        let file = version.join(RECORD);
        let text = match fs::read(&file) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
            Err(error) => return Err(error).with_context(|| unusable(&file)),
        };
        let record = serde_json::from_slice(&text).with_context(|| unusable(&file))?;
        let folder = version.ancestors().nth(2).unwrap_or(version).to_owned();
        Ok(Some(SharedSetup { folder, version: version.to_owned(), record }))
    }

    /// Writes what fits the version: from now on it is whole.
    pub fn write(&self) -> Result<()> {
        let text = serde_json::to_vec_pretty(&self.record)?;
        atomic_file::write(&self.version.join(RECORD), &text)
    }

    /// The course of this version.
    pub fn course(&self) -> PathBuf {
        self.version.join("course")
    }

    /// The folder of the version's programs.
    pub fn programs(&self) -> PathBuf {
        self.version.join("bin")
    }

    /// The program under the name that it keeps through updates.
    pub fn lasting_program(&self) -> PathBuf {
        self.folder.join(CURRENT).join("bin").join(format!("neurobook{}", env::consts::EXE_SUFFIX))
    }

    /// The folder of the compiled crates of all versions.
    pub fn sessions(&self) -> PathBuf {
        self.folder.join("sessions")
    }

    /// The folder of the standard library's sources.
    pub fn library(&self) -> PathBuf {
        self.folder.join("rust-library")
    }

    /// Whether a file or folder is its maker's, so that nobody else can have put it there.
    #[cfg(unix)]
    pub fn is_makers(&self, path: &Path) -> bool {
        use std::os::unix::fs::MetadataExt;
        let owner = |path: &Path| fs::symlink_metadata(path).ok().map(|about| about.uid());
        owner(path).is_some_and(|owned| owned == 0 || Some(owned) == owner(&self.version.join(RECORD)))
    }

    /// Elsewhere a file does not say so.
    #[cfg(not(unix))]
    pub fn is_makers(&self, _path: &Path) -> bool {
        true
    }
}

fn unusable(file: &Path) -> String {
    format!(
        "{} cannot be read: ask whoever looks after this machine to run `neurobook setup --shared` again",
        file.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_by_its_record_and_a_folder_without_one_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let version = folder.path().join(VERSIONS).join("1");
        fs::create_dir_all(&version).unwrap();
        assert!(SharedSetup::read(&version).unwrap().is_none());
        let record = Record {
            key: "k".into(),
            cargo_home: "cargo-1".into(),
            sysroot: "/rust".into(),
            rustc: "rustc 1.95.0".into(),
        };
        let setup = SharedSetup { folder: folder.path().to_owned(), version: version.clone(), record };
        setup.write().unwrap();
        let read = SharedSetup::read(&version).unwrap().unwrap();
        assert_eq!((&read.record, &read.folder), (&setup.record, &setup.folder));
        assert!(read.is_makers(&version));
        fs::write(version.join(RECORD), "{").unwrap();
        let error = SharedSetup::read(&version).unwrap_err();
        assert!(error.to_string().contains("setup --shared"), "{error}");
    }
}
