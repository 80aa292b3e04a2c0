//! JupyterLab in a private environment, and the kernel that it is told of.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use super::kernel_spec;
use super::toolchain::program;
use crate::support::atomic_file;
use crate::support::paths;
use crate::support::step_reporter::Step;

/// The packages, each at the version with which the workbook is tested.
const REQUIREMENTS: &str = include_str!("requirements.txt");

/// JupyterLab's settings: no news pop-up, no request for updates.
const SETTINGS: &str = include_str!("overrides.json");

/// The oldest Python that this JupyterLab runs on.
const OLDEST_PYTHON: (u32, u32) = (3, 10);

/// JupyterLab's environment and one checkout's folders for it.
pub struct Jupyter {
    /// The environment, shared by all checkouts.
    environment: PathBuf,
    /// Configuration, data and running files of this checkout's server.
    home: PathBuf,
}

impl Jupyter {
    /// Where JupyterLab stands, or will stand, for this checkout.
    pub fn of(root: &Path) -> Result<Jupyter> {
        let environment = paths::cache()?.join("jupyter").join(paths::short_hash(REQUIREMENTS.as_bytes()));
        let home = paths::course_cache(root)?.join("jupyter");
        Ok(Jupyter { environment, home })
    }

    /// The environment's Python.
    pub fn python(&self) -> PathBuf {
        let folder = if cfg!(windows) { "Scripts" } else { "bin" };
        self.environment.join(folder).join(program("python"))
    }

    /// Installs JupyterLab if it is not there. `false` if it was.
    pub fn install(&self) -> Result<bool> {
        // Written last: an installation that was cut short is begun again.
        let complete = self.environment.join("complete");
        if complete.is_file() && self.python().is_file() {
            return Ok(false);
        }
        let python = find_python()?;
        let step =
            Step::begin("Installing JupyterLab in a private environment", "about a minute, once; needs the network");
        if self.environment.exists() {
            fs::remove_dir_all(&self.environment)
                .with_context(|| format!("cannot clear {}", self.environment.display()))?;
        }
        create_environment(&python, &self.environment)?;
        let requirements = self.environment.join("requirements.txt");
        atomic_file::write(&requirements, REQUIREMENTS.as_bytes())?;
        self.pip(&requirements, &step)?;
        atomic_file::write(&self.environment.join("share/jupyter/lab/settings/overrides.json"), SETTINGS.as_bytes())?;
        atomic_file::write(&complete, b"")?;
        step.done();
        Ok(true)
    }

    fn pip(&self, requirements: &Path, step: &Step) -> Result<()> {
        let mut pip = Command::new(self.python())
            .args([
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--no-input",
                "--progress-bar",
                "off",
                "--requirement",
            ])
            .arg(requirements)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot start pip")?;
        let errors = pip
            .stderr
            .take()
            .map(|stderr| std::thread::spawn(move || std::io::read_to_string(stderr).unwrap_or_default()));
        if let Some(output) = pip.stdout.take() {
            step.follow(output, |line| line.strip_prefix("Collecting ").map(|package| package.to_owned()));
        }
        let errors = errors.and_then(|thread| thread.join().ok()).unwrap_or_default();
        if !pip.wait()?.success() {
            let last: Vec<&str> = errors.lines().filter(|line| line.starts_with("ERROR")).collect();
            bail!(
                "JupyterLab could not be installed. The first start needs the network, to reach the Python package index; later starts do not. Nothing of yours was changed: connect and run the command again.\n{}",
                last.join("\n")
            );
        }
        Ok(())
    }

    /// Writes the kernel's description, anew at each start, so that a moved checkout heals.
    pub fn describe_kernel(&self, root: &Path) -> Result<()> {
        let description = kernel_spec::describe(root, &self.programs(), "Rust")?;
        atomic_file::write_if_changed(&self.home.join("data/kernels/rust/kernel.json"), description.as_bytes())?;
        kernel_spec::renew(root, &self.programs());
        Ok(())
    }

    /// Where copies of programs are kept.
    pub fn programs(&self) -> PathBuf {
        self.home.join("bin")
    }

    /// A command of the environment, with this checkout's folders and none of the user's own.
    pub fn command(&self) -> Command {
        let mut command = Command::new(self.python());
        command
            .env("JUPYTER_CONFIG_DIR", self.home.join("config"))
            .env("JUPYTER_DATA_DIR", self.home.join("data"))
            .env("JUPYTER_RUNTIME_DIR", self.home.join("runtime"))
            .env("JUPYTER_PREFER_ENV_PATH", "0")
            .env_remove("JUPYTER_PATH")
            .env_remove("PYTHONHOME")
            .env_remove("PYTHONPATH");
        command
    }
}

/// Runs a Python program in the environment, with the kernel of this checkout.
pub fn python(arguments: &[OsString]) -> Result<ExitCode> {
    let root = paths::root()?;
    let jupyter = Jupyter::of(&root)?;
    jupyter.install()?;
    jupyter.describe_kernel(&root)?;
    let status = jupyter.command().args(arguments).status().context("cannot start Python")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The first Python on `PATH` that is new enough.
fn find_python() -> Result<PathBuf> {
    let candidates = if cfg!(windows) { ["python", "python3", "py"] } else { ["python3", "python", "python3.13"] };
    let mut seen = Vec::new();
    for name in candidates {
        let Ok(output) = Command::new(name).args(["-c", "import sys; print(*sys.version_info[:2])"]).output() else {
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

fn create_environment(python: &Path, folder: &Path) -> Result<()> {
    let parent = folder.parent().unwrap_or(folder);
    fs::create_dir_all(parent).with_context(|| {
        format!("cannot create {}: set NEUROBOOK_CACHE to a folder that can be written to", parent.display())
    })?;
    let made = Command::new(python).args(["-m", "venv"]).arg(folder).output().context("cannot start Python")?;
    if !made.status.success() {
        let said = String::from_utf8_lossy(&made.stdout).into_owned() + &String::from_utf8_lossy(&made.stderr);
        bail!(
            "Python could not make an environment in {}. On Debian and Ubuntu, install the package python3-venv and run the command again.\n{}",
            folder.display(),
            said.trim()
        );
    }
    Ok(())
}
