//! Paths and files: evcxr has one, and nobody reads it from here.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A path from the root of the file system.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AbsPathBuf(PathBuf);

impl AbsPathBuf {
    /// The path of a file below this folder.
    pub fn join(&self, below: &str) -> AbsPathBuf {
        AbsPathBuf(self.0.join(below))
    }

    /// The path as the standard library's.
    pub fn as_path(&self) -> &Path {
        &self.0
    }

    /// The path once more.
    pub fn to_path_buf(&self) -> AbsPathBuf {
        self.clone()
    }
}

impl TryFrom<&str> for AbsPathBuf {
    type Error = PathBuf;

    fn try_from(path: &str) -> Result<AbsPathBuf, PathBuf> {
        let path = PathBuf::from(path);
        if path.is_absolute() { Ok(AbsPathBuf(path)) } else { Err(path) }
    }
}

impl AsRef<Path> for AbsPathBuf {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}

/// A file's name among the files that evcxr holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VfsPath(AbsPathBuf);

impl From<AbsPathBuf> for VfsPath {
    fn from(path: AbsPathBuf) -> VfsPath {
        VfsPath(path)
    }
}

/// A file's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileId(u32);

/// The numbers of the files. Their text comes to the analysis by another way.
#[derive(Default)]
pub struct Vfs {
    files: HashMap<VfsPath, FileId>,
}

/// How a file has changed.
pub enum Change {
    /// It is new, with this text.
    Create(Vec<u8>, u64),
    /// It has this text now.
    Modify(Vec<u8>, u64),
}

/// A file that has changed.
pub struct ChangedFile {
    /// How it has.
    pub change: Change,
}

impl Vfs {
    /// Gives a number to a file that is new.
    pub fn set_file_contents(&mut self, path: VfsPath, _text: Option<Vec<u8>>) -> bool {
        let next = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.entry(path).or_insert(next);
        true
    }

    /// The number of a file.
    pub fn file_id(&self, path: &VfsPath) -> Option<(FileId, ())> {
        self.files.get(path).map(|id| (*id, ()))
    }

    /// None: evcxr says by itself what it has changed.
    pub fn take_changes(&mut self) -> Vec<(FileId, ChangedFile)> {
        Vec::new()
    }
}

/// Folders of files.
pub mod file_set {
    /// One folder of files.
    pub struct FileSet;

    /// How files are divided: not at all.
    #[derive(Default)]
    pub struct FileSetConfig;

    impl FileSetConfig {
        /// No folders.
        pub fn partition(&self, _files: &super::Vfs) -> Vec<FileSet> {
            Vec::new()
        }
    }
}
