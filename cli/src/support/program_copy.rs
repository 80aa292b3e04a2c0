//! Copies of programs that stay whole when Cargo builds new ones while notebooks are open.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::paths;

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

/// The copy of a program in a folder, made if it is not there.
pub fn copy_in(folder: &Path, program: &Path) -> Result<PathBuf> {
    let about = fs::metadata(program).with_context(|| {
        format!("cannot read {}: was the program built again just now? Run the command again", program.display())
    })?;
    let version = paths::short_hash(format!("{:?} {}", about.modified()?, about.len()).as_bytes());
    let name = program.file_stem().unwrap_or_default().to_string_lossy();
    let copy = folder.join(format!("{name}-{version}{}", env::consts::EXE_SUFFIX));
    if !copy.is_file() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let draft = tempfile::Builder::new().prefix("draft-").tempfile_in(folder)?.into_temp_path();
        fs::copy(program, &draft).with_context(|| format!("cannot copy {}", program.display()))?;
        draft.persist(&copy)?;
    }
    Ok(copy)
}
