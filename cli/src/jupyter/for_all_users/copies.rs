//! Copies that stay as they are, whatever the administrator's own checkout and toolchain become.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::jupyter::toolchain::{Toolchain, executable_name};

/// What of a checkout the kernels and the learners' commands need. Submissions and marks that lie beside it are not for
/// others to read.
const COURSE: [&str; 9] = [
    "Cargo.toml",
    "Cargo.lock",
    "CITATION.cff",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "benches/interact.rs",
    "data",
    "src",
];
/// The folders of `notebooks/` that are needed; its files are, too.
const NOTEBOOKS: [&str; 3] = ["student", "checks", "quizzes"];

/// The copy of a toolchain that is rustup's, without documentation, sources and other systems' libraries: rustup would
/// change the original, and hides it in a home. Any other stays where it is.
pub fn toolchain(users: &Toolchain, folder: &Path) -> Result<Toolchain> {
    let rustlib = Path::new("lib").join("rustlib");
    if !users.sysroot.join(&rustlib).join("components").is_file() {
        return Ok(users.clone());
    }
    let host = rustlib.join(users.host()?);
    let copy = folder.join(format!("{}-{}", users.release(), hash([users.version.as_bytes()].into_iter())));
    if !copy.is_dir() {
        let is_needed = |path: &Path| {
            let other_system = path.starts_with(&rustlib) && path != rustlib && !path.starts_with(&host);
            !path.starts_with("share") && !other_system
        };
        place(&copy, |draft| copy_where(&users.sysroot, Path::new(""), draft, &is_needed))?;
    }
    Toolchain::at(copy)
}

/// The folder of a version: course and programs. Its name changes with whatever is in it.
pub fn version(root: &Path, programs: &[(PathBuf, &str)], toolchain: &Toolchain, folder: &Path) -> Result<PathBuf> {
    let files = files_of_the_course(root)?;
    let mut digest = Sha256::new();
    digest.update(&toolchain.version);
    let paths = files.iter().map(|file| root.join(file)).chain(programs.iter().map(|(file, _)| file.clone()));
    for path in paths {
        digest.update(path.strip_prefix(root).unwrap_or(&path).as_os_str().as_encoded_bytes());
        digest.update(fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?);
        digest.update([0]);
    }
    let name: String = digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let version = folder.join(name);
    if !version.is_dir() {
        place(&version, |draft| {
            for file in &files {
                copy_file(&root.join(file), &draft.join("course").join(file))?;
            }
            programs.iter().try_for_each(|(from, name)| copy_file(from, &draft.join("bin").join(executable_name(name))))
        })?;
    }
    Ok(version)
}

/// Puts a program into its place in one step.
pub fn program_into(from: &Path, to: &Path) -> Result<()> {
    let draft = to.with_extension("draft");
    copy_file(from, &draft)
        .and_then(|()| super::modes::open_to_readers(&draft))
        .and_then(|()| fs::rename(&draft, to).context("cannot rename it"))
        .with_context(|| format!("cannot put {} in its place", to.display()))
}

fn hash<'a>(texts: impl Iterator<Item = &'a [u8]>) -> String {
    let mut digest = Sha256::new();
    texts.for_each(|text| digest.update(text));
    digest.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// The files of a checkout that are needed, in order.
fn files_of_the_course(root: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for name in COURSE {
        collect(root, Path::new(name), &mut files)?;
    }
    let notebooks = Path::new("notebooks");
    for entry in list(&root.join(notebooks))? {
        let is_needed = entry.file_type()?.is_file() || NOTEBOOKS.iter().any(|name| entry.file_name() == *name);
        if is_needed {
            collect(root, &notebooks.join(entry.file_name()), &mut files)?;
        }
    }
    files.sort();
    Ok(files)
}

fn collect(root: &Path, path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let here = root.join(path);
    if here.is_file() {
        files.push(path.to_owned());
    } else if here.is_dir() {
        for entry in list(&here)? {
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            if !is_hidden {
                collect(root, &path.join(entry.file_name()), files)?;
            }
        }
    }
    Ok(())
}

fn list(folder: &Path) -> Result<Vec<fs::DirEntry>> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    entries.with_context(|| format!("cannot list {}", folder.display()))
}

/// Makes a folder beside its place, and moves it there when it is whole.
fn place(folder: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let parent = folder.parent().context("the folder of a copy is in another one")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    let draft = tempfile::Builder::new().prefix("draft-").tempdir_in(parent).context("cannot make a folder")?;
    fill(draft.path())?;
    fs::rename(draft.path(), folder).with_context(|| format!("cannot put {} in its place", folder.display()))?;
    // It has another name now, under which it stays.
    let _ = draft.keep();
    Ok(())
}

fn copy_where(from: &Path, below: &Path, to: &Path, is_needed: &impl Fn(&Path) -> bool) -> Result<()> {
    for entry in list(&from.join(below))? {
        let path = below.join(entry.file_name());
        if !is_needed(&path) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_where(from, &path, to, is_needed)?;
        } else {
            copy_file(&entry.path(), &to.join(&path))?;
        }
    }
    Ok(())
}

/// Copies a file, or what a link leads to.
fn copy_file(from: &Path, to: &Path) -> Result<()> {
    let copied = to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::copy(from, to));
    copied.with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learners_get_the_course_and_neither_solutions_nor_what_lies_beside_it() {
        let root = tempfile::tempdir().unwrap();
        let given = ["Cargo.toml", "notebooks/01_t.rs", "notebooks/student/01_t.ipynb", "src/lib.rs"];
        let kept_back =
            ["submissions/anna.ipynb", "notebooks/solution/01_t.ipynb", "notebooks/mine/01_t.ipynb", "src/.x"];
        for file in given.iter().chain(&kept_back) {
            fs::create_dir_all(root.path().join(file).parent().unwrap()).unwrap();
            fs::write(root.path().join(file), "").unwrap();
        }
        assert_eq!(files_of_the_course(root.path()).unwrap(), given.map(PathBuf::from));
    }

    #[test]
    fn a_copy_that_fails_leaves_nothing_in_its_place() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("versions").join("1");
        let failed = place(&folder, |draft| {
            fs::write(draft.join("half"), "")?;
            anyhow::bail!("the disk is full")
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_dir(parent.path().join("versions")).unwrap().count(), 0);
    }
}
