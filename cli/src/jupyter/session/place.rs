//! One name for the folder of the sessions.
//!
//! A disk may be there under two names, as a home that is mounted twice. Cargo takes a folder under another name for
//! another folder, and compiles everything; so the name that was used first goes on being used.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::atomic_file;

/// Holds the name.
const NAME: &str = "place";

/// The name under which this folder was used first, if it still leads there.
pub fn first_name(folder: PathBuf) -> PathBuf {
    let file = folder.join(NAME);
    if let Some(known) = fs::read_to_string(&file).ok().map(PathBuf::from).filter(|known| is_same(known, &folder)) {
        return known;
    }
    if let Some(name) = folder.to_str() {
        // What cannot be noted down here will be found missing by whoever wants to write more.
        let _ = atomic_file::write_if_changed(&file, name.as_bytes());
    }
    folder
}

#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |path: &Path| fs::metadata(path).map(|about| (about.dev(), about.ino())).ok();
    number(one).is_some() && number(one) == number(other)
}

#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    one == other
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_folder_keeps_its_first_name_while_that_leads_there() {
        let parent = tempfile::tempdir().unwrap();
        let [first, other] = ["first", "other"].map(|name| parent.path().join(name));
        fs::create_dir(&first).unwrap();
        assert_eq!(first_name(first.clone()), first);
        // A link stands for a second mount, which only root can make.
        std::os::unix::fs::symlink(&first, &other).unwrap();
        assert_eq!(first_name(other.clone()), first);
        fs::remove_file(&other).unwrap();
        fs::rename(&first, &other).unwrap();
        assert_eq!(first_name(other.clone()), other);
        assert_eq!(first_name(other.clone()), other);
    }
}
