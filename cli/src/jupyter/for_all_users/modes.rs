//! Who may read and write what all users share, whatever the administrator's umask.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Locks, which a reader could hold against others, and what is kept under them.
const CLOSED: [&str; 6] =
    ["set-up.lock", "swap.lock", ".package-cache", ".package-cache-mutate", ".global-cache", ".global-cache-journal"];

/// As many problems are named; mending the first mostly mends the others.
const MOST: usize = 5;

/// Everybody may read, nobody but the owner may write, and nobody else may open a lock.
#[cfg(unix)]
pub fn open_to_readers(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let about = fs::symlink_metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
    if about.is_symlink() {
        return Ok(());
    }
    let name = path.file_name().unwrap_or_default();
    let is_program = about.is_dir() || about.permissions().mode() & 0o100 != 0;
    let mode = match CLOSED.iter().any(|closed| name == *closed) {
        true => 0o600,
        false if is_program => 0o755,
        false => 0o644,
    };
    if about.permissions().mode() & 0o7777 != mode {
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
            .with_context(|| format!("cannot set the mode of {}", path.display()))?;
    }
    if about.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))? {
            open_to_readers(&entry?.path())?;
        }
    }
    Ok(())
}

/// Makes a folder that everybody may read, with those above it that are missing.
#[cfg(unix)]
pub fn create_for_all(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let missing: Vec<&Path> = folder.ancestors().take_while(|above| !above.exists()).collect();
    for made in missing.into_iter().rev() {
        fs::create_dir(made)
            .and_then(|()| fs::set_permissions(made, fs::Permissions::from_mode(0o755)))
            .with_context(|| format!("cannot create {}", made.display()))?;
    }
    Ok(())
}

/// What a user without rights could not read, in words; at most a few.
#[cfg(unix)]
pub fn unreadable(path: &Path) -> Vec<String> {
    let mut problems = Vec::new();
    let above: Vec<&Path> = path.ancestors().skip(1).collect();
    for folder in above.into_iter().rev() {
        look(folder, 0o001, "+x", &mut problems);
    }
    look_below(path, &mut problems);
    problems
}

#[cfg(unix)]
fn look_below(path: &Path, problems: &mut Vec<String>) {
    let name = path.file_name().unwrap_or_default();
    let is_link = fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink());
    if problems.len() >= MOST || is_link || CLOSED.iter().any(|closed| name == *closed) {
        return;
    }
    let is_folder = path.is_dir();
    look(path, if is_folder { 0o005 } else { 0o004 }, if is_folder { "+rx" } else { "+r" }, problems);
    for entry in is_folder.then(|| fs::read_dir(path)).into_iter().flatten().flatten().flatten() {
        look_below(&entry.path(), problems);
    }
}

#[cfg(unix)]
fn look(path: &Path, needed: u32, change: &str, problems: &mut Vec<String>) {
    use std::os::unix::fs::PermissionsExt;
    let said = match fs::metadata(path) {
        Ok(about) if about.permissions().mode() & needed == needed => return,
        Ok(about) => format!(
            "{} has mode {:04o}, so that others cannot read what is there: `chmod o{change} {}`",
            path.display(),
            about.permissions().mode() & 0o7777,
            path.display()
        ),
        Err(error) => format!("{} cannot be read: {error}", path.display()),
    };
    problems.push(said);
}

/// Who else may write to a folder: in words, or nobody.
#[cfg(unix)]
pub fn others_who_write(folder: &Path) -> Result<Option<String>> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let about = fs::metadata(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let (mode, user) = (about.permissions().mode() & 0o7777, rustix::process::geteuid().as_raw());
    Ok(match about.uid() == user {
        false => Some(format!("{} belongs to user {}, who may write to it", folder.display(), about.uid())),
        true if mode & 0o022 != 0 => Some(format!("{} has mode {mode:04o}: others may write to it", folder.display())),
        true => None,
    })
}

#[cfg(not(unix))]
pub fn create_for_all(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}

#[cfg(not(unix))]
pub fn open_to_readers(_path: &Path) -> Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub fn unreadable(_path: &Path) -> Vec<String> {
    Vec::new()
}

#[cfg(not(unix))]
pub fn others_who_write(_folder: &Path) -> Result<Option<String>> {
    Ok(None)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn everybody_can_read_nobody_can_write_and_nobody_can_hold_a_lock() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("shared");
        fs::create_dir_all(folder.join("a")).unwrap();
        for (name, mode) in [("a/text", 0o600), ("a/program", 0o700), ("a/all", 0o666), ("swap.lock", 0o644)] {
            fs::write(folder.join(name), "").unwrap();
            set(&folder.join(name), mode);
        }
        set(&folder.join("a"), 0o700);
        open_to_readers(&folder).unwrap();
        let mode = |name: &str| fs::metadata(folder.join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(["a", "a/text", "a/program", "a/all", "swap.lock"].map(mode), [0o755, 0o644, 0o755, 0o644, 0o600]);
        assert_eq!(others_who_write(&folder).unwrap(), None);
    }

    #[test]
    fn a_folder_and_a_file_that_others_cannot_read_are_named_with_their_modes() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("shared");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("text"), "").unwrap();
        for (path, mode) in [(parent.path(), 0o755), (&folder, 0o755), (&folder.join("text"), 0o644)] {
            set(path, mode);
        }
        assert_eq!(unreadable(&folder), [""; 0]);
        set(&folder.join("text"), 0o640);
        set(parent.path(), 0o700);
        let said = unreadable(&folder);
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("mode 0700") && said[0].contains("chmod o+x"), "{said:?}");
        assert!(said[1].contains("text has mode 0640") && said[1].contains("chmod o+r"), "{said:?}");
        set(&folder, 0o775);
        assert!(others_who_write(&folder).unwrap().unwrap().contains("0775"));
    }
}
