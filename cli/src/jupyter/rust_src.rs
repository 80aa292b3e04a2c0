//! The standard library's sources, cut down to what type inference reads.
//!
//! At each kernel start evcxr lets rust-analyzer read the standard library, twice. Without the parts
//! that no cell's types come from (tests, other systems' calls, tables), and without the manifest for
//! which Cargo would have to be asked, that takes a third less time.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::jupyter::toolchain::Toolchain;
use crate::support::paths;
use crate::support::shared_setup::SharedSetup;

/// The crates that a cell's types come from.
const CRATES: [&str; 3] = ["core", "alloc", "std"];

/// Folders that declare nothing a cell can name.
const LEFT_OUT: [&str; 7] = [
    "tests",
    "benches",
    "std/src/sys",
    "std/src/os",
    "core/src/unicode",
    "core/src/num/imp/flt2dec",
    "core/src/num/imp/dec2flt",
];

/// The cut-down sources, made at the first call for a toolchain.
///
/// Where the toolchain has no sources the folder is empty: rust-analyzer then infers less, but does not
/// try to download them at every kernel start.
pub fn slim(toolchain: &Toolchain) -> Result<PathBuf> {
    if let Some(made) = shared(toolchain)? {
        return Ok(made);
    }
    let parent = paths::cache()?.join("rust-library");
    let Some(full) = toolchain.library_sources() else {
        let empty = parent.join("none");
        fs::create_dir_all(empty.join("core")).with_context(|| format!("cannot create {}", empty.display()))?;
        return Ok(empty);
    };
    slim_in(&parent, &full, toolchain)
}

/// The sources that an administrator has cut down.
fn shared(toolchain: &Toolchain) -> Result<Option<PathBuf>> {
    let made = SharedSetup::of_this_program()?.map(|shared| slim_name(&shared.library(), toolchain));
    Ok(made.filter(|made| made.is_dir()))
}

fn slim_name(parent: &Path, toolchain: &Toolchain) -> PathBuf {
    parent.join(paths::short_hash(toolchain.version.as_bytes()))
}

/// The cut-down sources in a folder.
pub fn slim_in(parent: &Path, full: &Path, toolchain: &Toolchain) -> Result<PathBuf> {
    let slim = slim_name(parent, toolchain);
    if !slim.is_dir() {
        let draft = tempfile::Builder::new()
            .prefix("draft-")
            .tempdir_in(created(parent)?)
            .context("cannot create a folder for the library's sources")?;
        for name in CRATES {
            copy(full, Path::new(name), draft.path())?;
        }
        // Another process may have made them meanwhile: then ours are not needed.
        if fs::rename(draft.path(), &slim).is_ok() {
            let _ = draft.keep();
        }
    }
    Ok(slim)
}

fn created(folder: &Path) -> Result<&Path> {
    fs::create_dir_all(folder).with_context(|| {
        format!("cannot create {}: set NEUROBOOK_CACHE to a folder that can be written to", folder.display())
    })?;
    Ok(folder)
}

fn copy(from: &Path, inside: &Path, to: &Path) -> Result<()> {
    if LEFT_OUT.iter().any(|left_out| inside.ends_with(left_out)) {
        return Ok(());
    }
    let source = from.join(inside);
    fs::create_dir_all(to.join(inside)).with_context(|| format!("cannot create {}", to.join(inside).display()))?;
    for entry in fs::read_dir(&source).with_context(|| format!("cannot list {}", source.display()))? {
        let entry = entry?;
        let below = inside.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(from, &below, to)?;
        } else if below.extension().is_some_and(|ending| ending == "rs") {
            fs::copy(entry.path(), to.join(&below))
                .with_context(|| format!("cannot copy {}", entry.path().display()))?;
        }
    }
    Ok(())
}
