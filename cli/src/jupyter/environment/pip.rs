//! pip, with those of the user's settings that are about reaching an index, and no others.
//!
//! A machine's settings may tell pip to install for the user, into another folder, with constraints, or without what a
//! package needs. Environment variables go before configuration files, but an empty one does not undo a file's setting:
//! so pip reads no file at all, and gets what it may know from variables.

use std::collections::BTreeMap;
use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::find_python;
use crate::support::cause::{Attempt, explain};
use crate::support::step_reporter::Step;

/// Asks pip for the user's settings.
const SETTINGS: &str = include_str!("pip_settings.py");

/// The file in which pip finds no settings.
const NO_FILE: &str = if cfg!(windows) { "nul" } else { "/dev/null" };

/// Installs packages into the environment of this Python.
pub fn install(python: &Path, requirements: &Path, attempt: &Attempt, step: &Step) -> Result<()> {
    let mut pip = command(python)
        // Only when it speaks of everything does it say that an index could not be reached.
        .args(["install", "-vv", "--no-input", "--progress-bar", "off", "--requirement"])
        .arg(requirements)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start pip")?;
    let errors =
        pip.stderr.take().map(|stderr| std::thread::spawn(move || std::io::read_to_string(stderr).unwrap_or_default()));
    let said = pip.stdout.take().map(|output| {
        step.follow(output, |line| line.strip_prefix("Collecting ").map(|package| format!("pip fetches {package}")))
    });
    let errors = errors.and_then(|thread| thread.join().ok()).unwrap_or_default();
    if !pip.wait()?.success() {
        bail!(explain(&(said.unwrap_or_default() + &errors), attempt));
    }
    Ok(())
}

/// pip of this Python, deaf to all settings but those that lead to an index.
fn command(python: &Path) -> Command {
    let mut pip = find_python::command(python);
    for (name, _) in env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"PIP_")) {
        pip.env_remove(name);
    }
    pip.args(["-I", "-m", "pip"])
        .envs(settings(python))
        .env("PIP_CONFIG_FILE", NO_FILE)
        .env("PIP_DISABLE_PIP_VERSION_CHECK", "1");
    pip
}

/// The user's settings for reaching an index. Where they cannot be read there are none, and pip says what it lacks.
fn settings(python: &Path) -> BTreeMap<String, String> {
    let asked = find_python::command(python).args(["-I", "-c", SETTINGS]).stdin(Stdio::null()).output();
    asked.ok().and_then(|output| serde_json::from_slice(&output.stdout).ok()).unwrap_or_default()
}
