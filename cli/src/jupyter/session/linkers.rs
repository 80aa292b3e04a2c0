//! A `PATH` on which evcxr finds no linker of its own choice.
//!
//! evcxr takes `mold` or `lld` wherever it finds one, and then compiles with other words: all crates at each start,
//! and none where that linker is broken. The sessions are linked as everything else on the machine is.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::jupyter::toolchain::executable_name;
use crate::support::{atomic_file, paths};

/// What evcxr looks for.
const LINKERS: [&str; 2] = ["mold", "lld"];

/// The folders of `path` without those linkers. `place` is where stand-ins for folders can be made.
pub fn without_linkers(path: &OsStr, place: &Path) -> Result<OsString> {
    let folders = env::split_paths(path).filter_map(|folder| {
        let has_linker = LINKERS.iter().any(|linker| folder.join(executable_name(linker)).is_file());
        if has_linker { stand_in(&folder, place) } else { Some(folder) }
    });
    env::join_paths(folders).context("a folder of PATH has a name that cannot stand there")
}

/// A folder with links to all programs of another one but for the linkers. Where there are no links to be had the
/// folder is left out.
#[cfg(unix)]
fn stand_in(folder: &Path, place: &Path) -> Option<PathBuf> {
    let make = || -> Result<PathBuf> {
        let folder = paths::canonical(folder)?;
        let changed = fs::metadata(&folder)?.modified()?;
        let version = paths::short_hash(format!("{} {changed:?}", folder.display()).as_bytes());
        let stand_in = place.join(version);
        let whole = stand_in.join(".whole");
        if whole.is_file() {
            return Ok(stand_in);
        }
        fs::create_dir_all(&stand_in)?;
        for entry in fs::read_dir(&folder)?.flatten() {
            let name = entry.file_name();
            if !LINKERS.iter().any(|linker| name == *linker) {
                // Another kernel may do the same at this moment.
                let _ = std::os::unix::fs::symlink(entry.path(), stand_in.join(name));
            }
        }
        atomic_file::write(&whole, b"")?;
        Ok(stand_in)
    };
    make().ok()
}

#[cfg(not(unix))]
fn stand_in(_folder: &Path, _place: &Path) -> Option<PathBuf> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    use super::*;

    #[test]
    fn neither_mold_nor_lld_is_found_and_everything_beside_them_is() {
        let folder = tempfile::tempdir().unwrap();
        let [programs, other, place] = ["programs", "other", "place"].map(|name| folder.path().join(name));
        for (folder, name) in [(&programs, "mold"), (&programs, "lld"), (&programs, "tool"), (&other, "thing")] {
            fs::create_dir_all(folder).unwrap();
            fs::write(folder.join(name), "#!/bin/sh\necho found\n").unwrap();
            fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
        let path = env::join_paths([&programs, &other]).unwrap();
        for _ in 0..2 {
            let without = without_linkers(&path, &place).unwrap();
            let found: Vec<PathBuf> = env::split_paths(&without).collect();
            assert_eq!((found.len(), &found[1]), (2, &other));
            assert!(!found[0].join("mold").exists() && !found[0].join("lld").exists());
            assert_eq!(Command::new(found[0].join("tool")).output().unwrap().stdout, b"found\n");
        }
    }

    #[test]
    fn a_path_without_such_linkers_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = OsString::from(folder.path());
        assert_eq!(without_linkers(&path, &folder.path().join("place")).unwrap(), path);
        assert!(!folder.path().join("place").exists());
    }
}
