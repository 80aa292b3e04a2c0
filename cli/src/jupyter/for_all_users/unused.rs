//! Versions that nobody uses any more are removed, so that updates take no room.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::support::paths;
use crate::support::shared_setup::{CURRENT, SharedSetup, TOOLCHAINS, VERSIONS};

/// Where it cannot be known whether a version is in use, it stays for this long.
const OUT_OF_SIGHT: Duration = Duration::from_secs(30 * 24 * 3600);

/// Removes the versions of which no program runs, and what fits only them.
pub fn remove(folder: &Path) -> Result<()> {
    let current = paths::canonical(&folder.join(CURRENT))?;
    let running = running_programs();
    let mut kept = Vec::new();
    for version in children(&folder.join(VERSIONS)) {
        if version == current || is_used(&version, running.as_deref()) {
            kept.extend(SharedSetup::read(&version)?);
        } else {
            remove_folder(&version)?;
        }
    }
    let is_template = |name: &str| name.starts_with("template-");
    let is_home = |name: &str| name.starts_with("cargo-");
    for path in children(&folder.join("sessions")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let fits = |setup: &SharedSetup| {
            name == setup.record.cargo_home || name.strip_prefix("template-") == Some(&setup.record.key)
        };
        if (is_template(&name) || is_home(&name)) && !kept.iter().any(fits) {
            remove_folder(&path)?;
        }
    }
    for path in children(&folder.join(TOOLCHAINS)) {
        if !kept.iter().any(|setup| setup.record.sysroot == path) {
            remove_folder(&path)?;
        }
    }
    Ok(())
}

fn is_used(version: &Path, running: Option<&[PathBuf]>) -> bool {
    match running {
        Some(running) => running.iter().any(|program| program.starts_with(version)),
        None => {
            let changed = fs::metadata(version).and_then(|about| about.modified()).ok();
            changed.and_then(|changed| changed.elapsed().ok()).is_none_or(|age| age < OUT_OF_SIGHT)
        }
    }
}

/// The files of all programs that run; `None` where not all can be seen.
fn running_programs() -> Option<Vec<PathBuf>> {
    let mut programs = Vec::new();
    for process in fs::read_dir("/proc").ok()?.flatten() {
        let is_process = process.file_name().to_string_lossy().starts_with(|first: char| first.is_ascii_digit());
        if !is_process {
            continue;
        }
        match fs::read_link(process.path().join("exe")) {
            Ok(program) => programs.push(program),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => return None,
            // It has ended, or is the system's own.
            Err(_) => {}
        }
    }
    (!programs.is_empty()).then_some(programs)
}

fn children(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

fn remove_folder(path: &Path) -> Result<()> {
    fs::remove_dir_all(path).with_context(|| format!("cannot remove {}", path.display()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::support::shared_setup::Record;

    #[test]
    fn a_version_stays_while_its_program_runs_or_nobody_can_tell() {
        let version = tempfile::tempdir().unwrap();
        let program = version.path().join("bin/neurobook");
        assert!(is_used(version.path(), Some(&[program])));
        assert!(!is_used(version.path(), Some(&["/bin/sh".into()])));
        assert!(is_used(version.path(), None));
    }

    #[test]
    fn what_fits_only_a_version_that_nobody_uses_goes_with_it() {
        let parent = tempfile::tempdir().unwrap();
        let folder = paths::canonical(parent.path()).unwrap();
        let mut setups = ["old", "new"].map(|name| SharedSetup {
            folder: folder.clone(),
            version: folder.join(VERSIONS).join(name),
            record: Record {
                key: name.into(),
                cargo_home: "cargo-1".into(),
                sysroot: folder.join(TOOLCHAINS).join(name),
                rustc: String::new(),
            },
        });
        setups.sort_by(|one, other| one.version.cmp(&other.version));
        for setup in &setups {
            for made in [&setup.version, &setup.record.sysroot, &folder.join("sessions/cargo-1")] {
                fs::create_dir_all(made).unwrap();
            }
            fs::create_dir_all(folder.join(format!("sessions/template-{}", setup.record.key))).unwrap();
            setup.write().unwrap();
        }
        std::os::unix::fs::symlink("versions/new", folder.join(CURRENT)).unwrap();
        remove(&folder).unwrap();
        let is_there = |name: &str| folder.join(name).exists();
        assert!(
            ["versions/new", "toolchains/new", "sessions/template-new", "sessions/cargo-1"].into_iter().all(is_there)
        );
        // Where other users' programs cannot be seen, the old one stays.
        if running_programs().is_some() {
            assert!(!["versions/old", "toolchains/old", "sessions/template-old"].into_iter().any(is_there));
        }
    }
}
