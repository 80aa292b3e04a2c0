//! Cargo as evcxr calls it: with the same words, profile and variables, so that nothing is compiled twice.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::Sessions;
use crate::support::atomic_file;

/// Cargo reads this in the parent folder of the sessions; evcxr writes over the one inside. The crates
/// are compiled for speed. The learner's own cells keep their overflow checks, and lose the standard
/// library's checks of itself, with which a loop over an array takes a quarter longer.
pub const CARGO_CONFIG: &str = "\
[profile.dev]
debug-assertions = false

[profile.dev.package.\"*\"]
opt-level = 3
debug-assertions = false
overflow-checks = false
";

/// evcxr's own profile, by its source (0.22, `module.rs`): what it asks for has to be what the template holds.
const PROFILE: &str = "\
[profile.dev]
opt-level = 2
debug = false
strip = \"debuginfo\"
rpath = true
lto = false
debug-assertions = true
codegen-units = 16
panic = \"unwind\"
incremental = true
overflow-checks = true
";

impl Sessions {
    /// What evcxr, Cargo and rustup ask the environment for.
    pub fn variables(&self) -> Result<Vec<(&'static str, OsString)>> {
        Ok(vec![
            ("CARGO_HOME", self.cargo_home()?.into_os_string()),
            self.toolchain.library_variable()?,
            ("PATH", self.toolchain.path_variable()?),
            ("RUSTUP_TOOLCHAIN", self.toolchain.sysroot.clone().into_os_string()),
        ])
    }

    /// Cargo in a session's folder.
    pub fn cargo(&self, folder: &Path) -> Result<Command> {
        let mut cargo = Command::new(self.toolchain.cargo());
        cargo
            .current_dir(folder)
            .envs(self.variables()?)
            .env("CARGO_TARGET_DIR", "target")
            .env("CARGO_BUILD_BUILD_DIR", "target")
            .env("RUSTC", self.toolchain.rustc())
            .env("RUSTFLAGS", "-Cprefer-dynamic");
        Ok(cargo)
    }

    /// Writes a package that needs what a session needs.
    pub(super) fn write_package(&self, folder: &Path) -> Result<()> {
        let crate_path = toml_string(&self.root)?;
        let manifest = format!(
            "[package]\nname = \"ctx\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\npath = \"src/lib.rs\"\n\n{PROFILE}\n[dependencies]\nneurobook = {{ path = {crate_path} }}\n"
        );
        atomic_file::write(&folder.join("Cargo.toml"), manifest.as_bytes())?;
        atomic_file::write(&folder.join("src").join("lib.rs"), b"pub use neurobook::prelude::*;\n")
    }
}

/// A path as TOML writes it.
pub fn toml_string(path: &Path) -> Result<String> {
    let text = path
        .to_str()
        .with_context(|| format!("the folder {} has a name that is not Unicode: rename it", path.display()))?;
    Ok(format!("{text:?}"))
}
