//! A user's own settings of Cargo: which are kept from the sessions, and which are part of a template's name.
//!
//! Cargo compiles a crate again when its settings are others than they were. A setting that a user makes after the
//! set-up would so cost a minute at each start of a kernel. What says how to compile is therefore ours alone; what says
//! where crates come from, and how to reach it, is the user's. Settings in files cannot be kept away, so whoever
//! changes them gets a new template.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::support::paths;
use crate::support::toml_text::toml_path;

/// Variables that say how to compile.
const HOW_TO_COMPILE: [&str; 7] =
    ["RUSTC", "RUSTC_BOOTSTRAP", "RUSTC_WORKSPACE_WRAPPER", "RUSTC_WRAPPER", "RUSTDOC", "RUSTDOCFLAGS", "RUSTFLAGS"];

/// Cargo's variables that say where things come from, or how to show them.
const WHERE_FROM: [&str; 8] = [
    "CARGO_BUILD_JOBS",
    "CARGO_CACHE_",
    "CARGO_HOME",
    "CARGO_HTTP_",
    "CARGO_LOG",
    "CARGO_NET_",
    "CARGO_REGISTR",
    "CARGO_TERM_",
];

/// Whether a variable of the environment must not reach the sessions.
pub fn is_foreign(name: &OsStr) -> bool {
    let Some(name) = name.to_str() else { return false };
    let is_cargos = name.starts_with("CARGO_") || name.starts_with("__CARGO_");
    let is_kept = WHERE_FROM.iter().any(|kept| name.starts_with(kept)) || is_linker(name);
    HOW_TO_COMPILE.contains(&name) || (is_cargos && !is_kept)
}

/// Machines without `cc` name their linker so. Cargo compiles again for another one.
fn is_linker(name: &str) -> bool {
    name.starts_with("CARGO_TARGET_") && name.ends_with("_LINKER")
}

/// What of the user's settings a template depends on, as bytes that change with it.
pub fn known(sessions: &Path) -> Vec<u8> {
    let mut known = Vec::new();
    let mut linkers: Vec<(OsString, OsString)> =
        env::vars_os().filter(|(name, _)| name.to_str().is_some_and(is_linker)).collect();
    linkers.sort();
    for (name, linker) in linkers {
        known.extend([name.as_encoded_bytes(), b"\0", linker.as_encoded_bytes(), b"\0"].concat());
    }
    let above = sessions.ancestors().skip(1).map(|folder| folder.join(".cargo"));
    for folder in above.chain(home_elsewhere(sessions)) {
        if let Some((_, text)) = settings_in(&folder) {
            known.extend(text);
            known.push(0);
        }
    }
    known
}

/// The file of settings in the user's own home of Cargo, if Cargo does not find it by itself on its way up from the
/// sessions: it has another home there.
pub fn file_elsewhere(sessions: &Path) -> Option<PathBuf> {
    settings_in(&home_elsewhere(sessions)?).map(|(file, _)| file)
}

/// What is in the sessions' home of Cargo so that a user's file of settings holds there, too.
pub fn lent(file: &Path) -> Result<String> {
    if file.extension().is_some() {
        return Ok(format!("include = [{{ path = {}, optional = true }}]\n", toml_path(file)?));
    }
    // Cargo includes no file with the old name.
    text_of(file)
}

/// The settings in a file.
pub fn text_of(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn home_elsewhere(sessions: &Path) -> Option<PathBuf> {
    let home = users_home()?;
    let is_above = home.file_name() == Some(OsStr::new(".cargo")) && sessions.starts_with(home.parent()?);
    (!is_above).then_some(home)
}

/// The user's own home of Cargo.
fn users_home() -> Option<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(dirs::home_dir()?.join(".cargo")))?;
    paths::canonical(&home).ok()
}

fn settings_in(folder: &Path) -> Option<(PathBuf, Vec<u8>)> {
    // Cargo takes the old name first where both are there.
    ["config", "config.toml"].into_iter().find_map(|name| {
        let file = folder.join(name);
        fs::read(&file).ok().map(|text| (file, text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_how_to_compile_is_kept_away_and_what_says_where_from_is_not() {
        let foreign = [
            "RUSTFLAGS",
            "RUSTC_WRAPPER",
            "CARGO_ENCODED_RUSTFLAGS",
            "CARGO_BUILD_RUSTFLAGS",
            "CARGO_BUILD_TARGET",
            "CARGO_BUILD_RUSTC_WRAPPER",
            "CARGO_INCREMENTAL",
            "CARGO_BUILD_INCREMENTAL",
            "CARGO_TARGET_DIR",
            "CARGO_BUILD_BUILD_DIR",
            "CARGO_PROFILE_DEV_CODEGEN_UNITS",
            "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS",
            "__CARGO_DEFAULT_LIB_METADATA",
        ];
        let own = [
            "CARGO_HTTP_PROXY",
            "CARGO_HTTP_CAINFO",
            "CARGO_NET_RETRY",
            "CARGO_REGISTRIES_MIRROR_TOKEN",
            "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER",
            "PATH",
            "CARGO",
            "RUST_BACKTRACE",
        ];
        for name in foreign {
            assert!(is_foreign(OsStr::new(name)), "{name}");
        }
        for name in own {
            assert!(!is_foreign(OsStr::new(name)), "{name}");
        }
    }

    #[test]
    fn settings_above_the_sessions_are_known() {
        let folder = tempfile::tempdir().unwrap();
        let sessions = folder.path().join("cache").join("sessions");
        let before = known(&sessions);
        fs::create_dir_all(folder.path().join(".cargo")).unwrap();
        fs::write(folder.path().join(".cargo/config.toml"), "[profile.dev.package.ndarray]\nopt-level = 1\n").unwrap();
        assert_ne!(known(&sessions), before);
    }
}
