//! The toolchain with which a course was set up, written down in its cache.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;

use anyhow::Result;
use serde_json::{Value, json};

use super::{Toolchain, say};
use crate::support::{atomic_file, paths};

/// A process asks more than once which toolchain it is.
static UPDATE_IS_SAID: Once = Once::new();

fn file(root: &Path) -> Result<PathBuf> {
    Ok(paths::course_cache(root)?.join("toolchain.json"))
}

/// Writes down that the course's crates are compiled by this toolchain.
pub fn remember(root: &Path, toolchain: &Toolchain) -> Result<()> {
    let Some(sysroot) = toolchain.sysroot.to_str() else { return Ok(()) };
    let record = json!({ "sysroot": sysroot, "version": toolchain.version });
    atomic_file::write_if_changed(&file(root)?, record.to_string().as_bytes())?;
    Ok(())
}

/// The toolchain as it was then; `None` where none was written down.
pub fn recorded(root: &Path) -> Option<Toolchain> {
    let record: Value = serde_json::from_slice(&fs::read(file(root).ok()?).ok()?).ok()?;
    let text = |key: &str| record[key].as_str().map(str::to_owned);
    let recorded = Toolchain { sysroot: text("sysroot")?.into(), version: text("version")? };
    recorded.rustc().is_file().then_some(recorded)
}

/// The toolchain as it is now. It may have been updated where it is.
pub fn current(recorded: Toolchain) -> Toolchain {
    let Ok(now) = Toolchain::at(recorded.sysroot.clone()) else { return recorded };
    if now.version != recorded.version {
        UPDATE_IS_SAID.call_once(|| {
            say(&format!(
                "Rust was updated, from {} to {}: what notebooks use is compiled again, once. It needs no network.",
                recorded.release(),
                now.release()
            ));
        });
    }
    now
}

/// For a set-up: takes the first toolchain on `PATH` from now on, and says so where it is another one. An older Rust
/// than the course needs is named, and does not take the place of one with which the course works.
pub fn choose(root: &Path) -> Result<()> {
    let Some(recorded) = recorded(root) else { return Ok(()) };
    match Toolchain::first_on_path(root) {
        Ok(first) if first.sysroot == recorded.sysroot => {}
        Ok(first) => {
            say(&format!(
                "The first Rust on PATH is {first}; before, it was {recorded}. What notebooks use is compiled for it, once."
            ));
            let _ = fs::remove_file(file(root)?);
        }
        Err(why) => say(&format!("{why:#}. The course goes on with {recorded}.")),
    }
    Ok(())
}
