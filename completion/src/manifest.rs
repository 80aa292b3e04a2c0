//! A session's manifest, made independent of the session's folder, so that sessions with the same crates share them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use toml::{Table, Value};

use crate::protocol::{Kind, Request};

/// Which crates a session has: everything that the answers depend on, but for the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    pub text: String,
    pub lock: Option<String>,
    /// The crates' names in Rust.
    crates: Vec<String>,
}

impl Manifest {
    /// Reads a session folder's `Cargo.toml` and `Cargo.lock`.
    pub fn read(folder: &Path) -> Result<Manifest> {
        let path = folder.join("Cargo.toml");
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut table: Table = text.parse().with_context(|| format!("{} is no manifest", path.display()))?;
        set_paths_absolute(&mut table, folder);
        // How the crates are compiled is no matter here: `:opt 0` needs no second reading.
        table.remove("profile");
        // Without it Cargo would look for a workspace in the folders above.
        table.entry("workspace").or_insert_with(|| Value::Table(Table::new()));
        let crates = table.get("dependencies").and_then(Value::as_table).map(Table::keys);
        let crates = crates.into_iter().flatten().map(|name| name.replace('-', "_")).collect();
        let lock = fs::read_to_string(folder.join("Cargo.lock")).ok();
        Ok(Manifest { text: table.to_string(), lock, crates })
    }

    /// A name for a folder of these crates.
    pub fn key(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.text.as_bytes());
        hash.update([0]);
        hash.update(self.lock.as_deref().unwrap_or_default().as_bytes());
        hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect()
    }

    /// A question that needs the names of all crates and the standard library's traits.
    pub fn warm_up(&self, like: &Request) -> Request {
        let mut source: String = self.crates.iter().map(|name| format!("use {name}::*;\n")).collect();
        source.push_str("fn warm_up() { Vec::<f64>::new().iter().");
        let offset = source.len();
        source.push_str(" }");
        Request { kind: Kind::Complete, source, offset, ..like.clone() }
    }

    /// Makes a crate with this manifest and an empty file.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let source = folder.join("src");
        fs::create_dir_all(&source).with_context(|| format!("cannot create {}", source.display()))?;
        let files = [("Cargo.toml", Some(&*self.text)), ("Cargo.lock", self.lock.as_deref()), ("src/lib.rs", Some(""))];
        for (name, text) in files {
            let path = folder.join(name);
            if let Some(text) = text {
                fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
            }
        }
        Ok(())
    }
}

/// Makes each `path = "…"` of a dependency or patch absolute. Targets keep theirs: the file is the same everywhere.
fn set_paths_absolute(table: &mut Table, folder: &Path) {
    for (name, value) in table.iter_mut() {
        let is_target = matches!(&**name, "lib" | "bin" | "example" | "test" | "bench" | "package");
        if let Value::Table(inner) = value
            && !is_target
        {
            if let Some(Value::String(path)) = inner.get_mut("path")
                && Path::new(&*path).is_relative()
            {
                // Two sessions side by side name the same crate.
                let joined = folder.join(&*path);
                *path = fs::canonicalize(&joined).unwrap_or(joined).to_string_lossy().into_owned();
            }
            set_paths_absolute(inner, folder);
        }
    }
}
