//! The Python that JupyterLab's environment is made with.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

/// The oldest Python that this JupyterLab runs on.
const OLDEST_PYTHON: (u32, u32) = (3, 10);

/// The first Python on `PATH` that is new enough.
pub fn find_python() -> Result<PathBuf> {
    let usual: &[&str] = if cfg!(windows) { &["python", "python3", "py"] } else { &["python3", "python"] };
    let versioned = ["python3.14", "python3.13", "python3.12", "python3.11", "python3.10"];
    let mut seen = Vec::new();
    for name in usual.iter().chain(&versioned) {
        let mut ask = command(name);
        let Ok(output) = ask.args(["-c", "import sys; print(*sys.version_info[:2])"]).output() else {
            continue;
        };
        let text = String::from_utf8_lossy(&output.stdout);
        let mut numbers = text.split_whitespace().map_while(|number| number.parse::<u32>().ok());
        if let (Some(major), Some(minor)) = (numbers.next(), numbers.next()) {
            if (major, minor) >= OLDEST_PYTHON {
                return Ok(PathBuf::from(name));
            }
            seen.push(format!("`{name}` is Python {major}.{minor}"));
        }
    }
    let (major, minor) = OLDEST_PYTHON;
    match seen.first() {
        None => bail!(
            "no Python found: JupyterLab needs Python {major}.{minor} or newer. Install it from https://www.python.org or your system's packages, and run the command again"
        ),
        Some(old) => bail!(
            "{old}, but JupyterLab needs Python {major}.{minor} or newer: install one, put it first on PATH, and run the command again"
        ),
    }
}

/// A Python without the folders that the user has set for others.
pub fn command(python: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(python);
    command.env_remove("PYTHONHOME").env_remove("PYTHONPATH");
    command
}
