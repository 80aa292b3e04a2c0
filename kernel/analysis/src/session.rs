//! A session's folder: how its crate is compiled.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use neurobook_recorded::{Compilation, ONLY_RECORD};

/// How Cargo compiles the crate of this session with its manifest as it is now.
///
/// The last compilation is on record. Where that had another manifest, Cargo makes one more, as far as the crate's
/// own compilation: the crates that it needs are then compiled where evcxr's compilation will find them.
pub fn compilation(session: &Path) -> Result<Compilation, Missing> {
    let manifest = fs::read_to_string(session.join("Cargo.toml"))
        .map_err(|error| Missing::Fault(format!("cannot read {}: {error}", session.join("Cargo.toml").display())))?;
    let last = Compilation::read(session);
    match last {
        Some(last) if last.manifest == manifest => Ok(last),
        last => {
            run_cargo(session, last.as_ref())?;
            Compilation::read(session).filter(|made| made.manifest == manifest).ok_or(Missing::Crates)
        }
    }
}

/// Why there is no compilation to go by.
pub enum Missing {
    /// The crates do not compile, or cannot be had: evcxr's own compilation will say why.
    Crates,
    /// Something is wrong with the machine.
    Fault(String),
}

/// Has Cargo compile again what has changed in the crates since the last compilation. True if anything had.
pub fn refresh(session: &Path, compilation: &Compilation) -> bool {
    let before = times(compilation);
    run_cargo(session, Some(compilation)).is_ok()
        && Compilation::read(session).is_some_and(|now| now != *compilation || times(&now) != before)
}

/// When the crates were made that a session's crate is compiled with.
fn times(compilation: &Compilation) -> Vec<Option<SystemTime>> {
    let files = compilation.arguments.iter().filter_map(|argument| argument.split_once('=').map(|(_, file)| file));
    files
        .filter(|file| file.ends_with("lib"))
        .map(|file| fs::metadata(file).and_then(|data| data.modified()).ok())
        .collect()
}

/// Runs Cargo as evcxr does, so that nothing is compiled twice.
fn run_cargo(session: &Path, last: Option<&Compilation>) -> Result<(), Missing> {
    let recorded = |name: &str| {
        let environment = &last?.environment;
        environment.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    };
    let cargo = recorded("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    let mut command = Command::new(&cargo);
    command.args(["build", "--message-format=json"]).current_dir(session);
    command.env("RUSTFLAGS", recorded("RUSTFLAGS").unwrap_or_else(|| "-Cprefer-dynamic".into()));
    command.env("CARGO_TARGET_DIR", "target").env("CARGO_BUILD_BUILD_DIR", "target").env(ONLY_RECORD, "1");
    for name in ["RUSTC", "EVCXR_CORE_EXTERN"] {
        if let Some(value) = recorded(name) {
            command.env(name, value);
        }
    }
    if env::var_os("RUSTC_WORKSPACE_WRAPPER").is_none() {
        let program = env::current_exe()
            .map_err(|error| Missing::Fault(format!("cannot find this program's own file: {error}")))?;
        command.env("RUSTC_WORKSPACE_WRAPPER", program);
    }
    match last.and_then(target).or_else(host) {
        Some(target) => command.args(["--target", &target]),
        None => return Err(Missing::Fault("rustc does not say for which machine it compiles".into())),
    };
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    // It fails as it should, because the last compilation is only put on record.
    match status {
        Ok(status) if status.code().is_some() => Ok(()),
        Ok(status) => Err(Missing::Fault(format!("cargo was ended: {status}"))),
        Err(error) => Err(Missing::Fault(format!("cannot start {}: {error}", cargo.display()))),
    }
}

/// The machine that a session's crate is compiled for.
fn target(last: &Compilation) -> Option<String> {
    let mut arguments = last.arguments.iter();
    arguments.find(|argument| *argument == "--target")?;
    arguments.next().cloned()
}

fn host() -> Option<String> {
    let said = Command::new("rustc").arg("-vV").stdin(Stdio::null()).output().ok()?.stdout;
    String::from_utf8(said).ok()?.lines().find_map(|line| line.strip_prefix("host: ").map(str::to_owned))
}
