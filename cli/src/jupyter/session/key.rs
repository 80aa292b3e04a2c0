//! The name of the template that fits the sources as they are now.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::cargo::CARGO_CONFIG;
use super::{settings, tree::entries};
use crate::jupyter::toolchain::Toolchain;

/// Changes when the contents of a template change in a way that its key does not show.
const FORMAT: &str = "4";

/// What the compiled crates depend on: toolchain, lock file, profile, the user's own settings of Cargo, the place, and
/// the sources that notebooks load, with the tables that are compiled in.
pub fn key(root: &Path, toolchain: &Toolchain, sessions: &Path) -> Result<String> {
    let mut digest = Sha256::new();
    for text in [FORMAT, &toolchain.version, CARGO_CONFIG] {
        digest.update(text);
        digest.update([0]);
    }
    digest.update(sessions.as_os_str().as_encoded_bytes());
    digest.update(settings::known(sessions));
    let mut sources = vec![root.join("Cargo.toml"), root.join("Cargo.lock")];
    collect_files(&root.join("src"), &mut sources)?;
    collect_tables(root, &mut sources)?;
    sources.sort();
    for source in sources {
        digest.update(source.as_os_str().as_encoded_bytes());
        digest.update(fs::read(&source).with_context(|| format!("cannot read {}", source.display()))?);
        digest.update([0]);
    }
    Ok(digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

fn collect_files(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in entries(folder)? {
        if entry.file_type()?.is_dir() {
            collect_files(&entry.path(), found)?;
        } else {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// The files of `data/` that `src/data.rs` names.
fn collect_tables(root: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let source = root.join("src").join("data.rs");
    let text = fs::read_to_string(&source).with_context(|| format!("cannot read {}", source.display()))?;
    found.extend(text.split('"').map(|name| root.join("data").join(name)).filter(|path| path.is_file()));
    Ok(())
}
