//! The kernel as Jupyter programs know it: a folder with a `kernel.json`.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::toolchain::{self, Toolchain};
use crate::support::atomic_file;
use crate::support::shared_setup::SharedSetup;
use crate::support::{paths, program_copy};

/// Tells it from evcxr's own kernel, which is called `Rust`.
pub const DISPLAY_NAME: &str = "Rust (neurobook)";

/// The file that describes a kernel.
pub const DESCRIPTION: &str = "kernel.json";

/// What a Jupyter program must know of the kernel: a `kernel.json`. `programs` is where copies of programs are kept.
pub fn describe(root: &Path, programs: &Path, display_name: &str) -> Result<String> {
    if let Some(shared) = paths::shared_setup(root)? {
        return describe_shared(&shared, display_name);
    }
    let original = program_copy::original()?;
    let program = program_copy::copy_in(programs, &original)?;
    // Whoever starts the kernel may find another Rust first, or none.
    let toolchain = Toolchain::find()?;
    let description = json!({
        "argv": [utf8(&program)?, "kernel", "{connection_file}"],
        "display_name": display_name,
        "language": "rust",
        "interrupt_mode": "message",
        "env": {
            "NEUROBOOK_ROOT": utf8(root)?,
            "NEUROBOOK_CACHE": utf8(&paths::cache()?)?,
            "NEUROBOOK_PROGRAM": utf8(&original)?,
            toolchain::VARIABLE: utf8(&toolchain.sysroot)?,
        },
    });
    Ok(serde_json::to_string_pretty(&description)?)
}

/// The kernel of a set-up that all users share: it finds everything by the place of its program, also after an update.
fn describe_shared(shared: &SharedSetup, display_name: &str) -> Result<String> {
    let description = json!({
        "argv": [utf8(&shared.lasting_program())?, "kernel", "{connection_file}"],
        "display_name": display_name,
        "language": "rust",
        "interrupt_mode": "message",
        "metadata": { "neurobook": { "shared": utf8(&shared.folder)? } },
    });
    Ok(serde_json::to_string_pretty(&description)?)
}

/// Below this, Jupyter looks for what all users have.
pub const SYSTEM: &str = "/usr/local";

/// Where Jupyter looks for the kernels of all users; below a `prefix`, those of an environment.
pub fn kernels_of_all(prefix: &Path) -> PathBuf {
    prefix.join("share").join("jupyter").join("kernels")
}

/// The set-up of all users that a kernel's description names, if it does.
pub fn described_shared(folder: &Path) -> std::io::Result<Option<PathBuf>> {
    let text = fs::read(folder.join(DESCRIPTION))?;
    let description: Value = serde_json::from_slice(&text)?;
    Ok(description["metadata"]["neurobook"]["shared"].as_str().map(PathBuf::from))
}

/// Whether the kernel of a shared set-up is known to all users of this machine, by whatever name.
pub fn is_known_to_all(shared: &Path) -> bool {
    let kernels = fs::read_dir(kernels_of_all(Path::new(SYSTEM))).into_iter().flatten().flatten();
    kernels
        .map(|kernel| kernel.path())
        .any(|kernel| described_shared(&kernel).is_ok_and(|known| known.as_deref() == Some(shared)))
}

/// Where Jupyter looks for the kernels of this user, by its own rule (`jupyter --data-dir`).
pub fn kernels() -> Result<PathBuf> {
    let data = match env::var_os("JUPYTER_DATA_DIR").filter(|named| !named.is_empty()) {
        Some(named) => Some(std::path::absolute(named)?),
        None if cfg!(target_os = "macos") => dirs::home_dir().map(|home| home.join("Library").join("Jupyter")),
        None => dirs::data_dir().map(|data| data.join("jupyter")),
    };
    let data = data.context("this user has no folder for Jupyter's data: set JUPYTER_DATA_DIR to one")?;
    Ok(data.join("kernels"))
}

/// The folders of kernels in which this course is described.
pub fn registered(kernels: &Path, root: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(kernels) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.with_context(|| format!("cannot list {}", kernels.display()))?,
    };
    let folders = entries.flatten().map(|entry| entry.path());
    Ok(folders.filter(|folder| described(folder).is_ok_and(|course| course.as_deref() == Some(root))).collect())
}

/// Brings the descriptions that a course has registered up to date: its program may be a new one. Whoever opens
/// JupyterLab need not be told where that fails.
pub fn renew(root: &Path, programs: &Path) {
    let folders = kernels().and_then(|kernels| registered(&kernels, root)).unwrap_or_default();
    if folders.is_empty() {
        return;
    }
    let Ok(description) = describe(root, programs, DISPLAY_NAME) else { return };
    for folder in folders {
        let _ = atomic_file::write_if_changed(&folder.join(DESCRIPTION), description.as_bytes());
    }
}

/// The course that a kernel's description names, if it is one of ours.
pub fn described(folder: &Path) -> std::io::Result<Option<PathBuf>> {
    let text = fs::read(folder.join(DESCRIPTION))?;
    let description: Value = serde_json::from_slice(&text)?;
    Ok(description["env"]["NEUROBOOK_ROOT"].as_str().map(PathBuf::from))
}

fn utf8(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| format!("the folder {} has a name that is not Unicode: rename it", path.display()))
}
