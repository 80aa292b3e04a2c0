//! Cargo as evcxr calls it: with the same words, profile and variables, so that nothing is compiled twice.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::Sessions;
use super::linkers::without_linkers;
use super::settings::is_foreign;
use crate::jupyter::rust_src;
use crate::support::atomic_file;
use crate::support::file_lock::FileLock;
use crate::support::toml_text::toml_path;

/// Cargo reads this in the parent folder of the sessions; evcxr writes over the one inside. The crates
/// are compiled for speed. The learner's own cells keep their overflow checks, and lose the standard
/// library's checks of itself, with which a loop over an array takes a quarter longer. All that the
/// crates depend on is said here, so that a user's own settings of a profile, which are further up, do not count.
pub const CARGO_CONFIG: &str = "\
[profile.dev]
debug = false
strip = \"debuginfo\"
debug-assertions = false
overflow-checks = true
lto = false
panic = \"unwind\"
codegen-units = 16
rpath = true
incremental = true

[profile.dev.package.\"*\"]
opt-level = 3
debug = false
strip = \"debuginfo\"
debug-assertions = false
overflow-checks = false
codegen-units = 16

[profile.dev.build-override]
opt-level = 0
debug = false
codegen-units = 256
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
    /// What evcxr, Cargo and rustup ask the environment for. A user's own variables that say how to compile are to be
    /// taken away besides: [`foreign_variables`].
    pub fn variables(&self) -> Result<Vec<(&'static str, OsString)>> {
        let path = without_linkers(&self.toolchain.path_variable()?, &self.folder.join("programs"))?;
        Ok(vec![
            ("CARGO_HOME", self.cargo_home()?.into_os_string()),
            self.toolchain.library_variable()?,
            ("PATH", path),
            ("RUSTUP_TOOLCHAIN", self.toolchain.sysroot.clone().into_os_string()),
            // Both also where a file of settings says otherwise. Without a name, no wrapper is called. The compiler keeps
            // what it may use again under a lock, and does not compile where there are none.
            ("CARGO_INCREMENTAL", if FileLock::works_in(&self.folder) { "1" } else { "0" }.into()),
            ("RUSTC_WRAPPER", "".into()),
        ])
    }

    /// What the completion program asks the environment for.
    pub fn completion_variables(&self) -> Result<Vec<(&'static str, OsString)>> {
        let mut variables = self.variables()?;
        variables.push(("RUST_SRC_PATH", rust_src::slim(&self.toolchain)?.into_os_string()));
        Ok(variables)
    }

    /// Cargo in a session's folder.
    pub fn cargo(&self, folder: &Path) -> Result<Command> {
        self.cargo_among(folder, env::vars_os())
    }

    /// Cargo in a session's folder, for a user with these variables.
    pub(super) fn cargo_among(
        &self,
        folder: &Path,
        users: impl Iterator<Item = (OsString, OsString)>,
    ) -> Result<Command> {
        let mut cargo = Command::new(self.toolchain.cargo());
        cargo
            .current_dir(folder)
            .env_clear()
            .envs(users.filter(|(name, _)| !is_foreign(name)))
            .envs(self.variables()?)
            .env("CARGO_TARGET_DIR", "target")
            .env("CARGO_BUILD_BUILD_DIR", "target")
            .env("RUSTC", self.toolchain.rustc())
            .env("RUSTC_WORKSPACE_WRAPPER", "")
            .env("RUSTFLAGS", "-Cprefer-dynamic");
        Ok(cargo)
    }

    /// Writes a package that needs what a session needs.
    pub(super) fn write_package(&self, folder: &Path) -> Result<()> {
        let crate_path = toml_path(&self.root)?;
        let manifest = format!(
            "[package]\nname = \"ctx\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\npath = \"src/lib.rs\"\n\n{PROFILE}\n[dependencies]\nneurobook = {{ path = {crate_path} }}\n"
        );
        atomic_file::write(&folder.join("Cargo.toml"), manifest.as_bytes())?;
        atomic_file::write(&folder.join("src").join("lib.rs"), b"pub use neurobook::prelude::*;\n")
    }
}

/// The names of this process's variables that must not reach a kernel.
pub fn foreign_variables() -> Vec<OsString> {
    env::vars_os().map(|(name, _)| name).filter(|name| is_foreign(name)).collect()
}
