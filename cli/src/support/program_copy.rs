//! Copies of programs that stay whole when Cargo builds new ones while notebooks are open.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use super::paths;

/// A Jupyter server starts kernels again by the name of the copy that it began with: this long is none removed.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);

/// This program's file as it was built. A copy of it, which a kernel's description names, is told by
/// `NEUROBOOK_PROGRAM` what it is a copy of.
pub fn original() -> Result<PathBuf> {
    match env::var_os("NEUROBOOK_PROGRAM").map(PathBuf::from).filter(|named| named.is_file()) {
        Some(named) => Ok(named),
        None => running(),
    }
}

/// This program's own file.
pub fn running() -> Result<PathBuf> {
    env::current_exe().context("cannot find this program's own file")
}

/// Changes when a program is built again.
pub fn version(program: &Path) -> Result<String> {
    let about = fs::metadata(program).with_context(|| {
        format!("cannot read {}: was the program built again just now? Run the command again", program.display())
    })?;
    Ok(paths::short_hash(format!("{:?} {}", about.modified()?, about.len()).as_bytes()))
}

/// The copy of a program in a folder, made if it is not there.
pub fn copy_in(folder: &Path, program: &Path) -> Result<PathBuf> {
    let version = version(program)?;
    let name = program.file_stem().unwrap_or_default().to_string_lossy();
    let copy = folder.join(format!("{name}-{version}{}", env::consts::EXE_SUFFIX));
    if !copy.is_file() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let draft = tempfile::Builder::new().prefix("draft-").tempfile_in(folder)?.into_temp_path();
        fs::copy(program, &draft).with_context(|| format!("cannot copy {}", program.display()))?;
        draft.persist(&copy)?;
        remove_old(folder, &name, KEPT);
    }
    Ok(copy)
}

/// Removes the copies of a program that were made long ago, but for those that run.
fn remove_old(folder: &Path, name: &str, kept: Duration) {
    let beginning = format!("{name}-");
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        // Another program's name may begin alike: what follows is the version alone.
        let is_copy =
            entry.file_name().to_str().and_then(|found| found.strip_prefix(&beginning)).is_some_and(|version| {
                version.trim_end_matches(env::consts::EXE_SUFFIX).chars().all(|digit| digit.is_ascii_hexdigit())
            });
        let age = entry.metadata().and_then(|about| about.modified()).ok().and_then(|made| made.elapsed().ok());
        // No system lets a program's file be written while it runs.
        let runs = || File::options().write(true).open(entry.path()).is_err();
        if is_copy && age.is_some_and(|age| age > kept) && !runs() {
            // What cannot be removed now can be another time.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};
    use std::time::SystemTime;

    use super::*;

    #[test]
    #[cfg(unix)]
    fn an_old_copy_goes_when_a_new_one_is_made_and_one_that_runs_or_is_young_stays() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("program");
        let (copies, age) = (folder.path().join("copies"), KEPT + Duration::from_secs(60));
        let made = |written: &str| {
            fs::write(&program, written).unwrap();
            copy_in(&copies, &program).unwrap()
        };
        let (old, young) = (made("one"), made("one, two"));
        let runs = copies.join("program-0123456789abcdef");
        let another = copies.join("program-kernel-0123456789abcdef");
        fs::copy("/bin/sleep", &runs).unwrap();
        fs::write(&another, "").unwrap();
        for path in [&old, &runs, &another] {
            let file = File::options().write(true).open(path).unwrap();
            file.set_modified(SystemTime::now() - age).unwrap();
        }
        let mut running = Command::new(&runs).arg("600").stdout(Stdio::null()).spawn().unwrap();
        let new = made("one, two, three");
        running.kill().unwrap();
        running.wait().unwrap();
        assert!(!old.exists());
        assert!([young, runs, another, new].iter().all(|path| path.exists()));
    }
}
