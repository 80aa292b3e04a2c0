//! JupyterLab in a private environment, and the kernel that it is told of.

mod find_python;
mod pip;
mod runtime;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use super::kernel_spec;
use super::toolchain::executable_name;
use crate::support::atomic_file;
use crate::support::cause::{Attempt, explain};
use crate::support::step_reporter::{Step, say};
use crate::support::{ended_with_us, paths};

/// The packages, each at the version with which the workbook is tested.
const REQUIREMENTS: &str = include_str!("requirements.txt");

/// JupyterLab's settings: no news pop-up, no request for updates.
const SETTINGS: &str = include_str!("overrides.json");

/// The server's settings, which look at the machine when it starts.
const SERVER_SETTINGS: &str = include_str!("environment/jupyter_server_config.py");

/// Looks whether the environment works.
const INSPECTION: &str = include_str!("environment/inspect.py");

/// What the environment takes on the disk, with what pip needs while it installs.
const MEGABYTES: u64 = 350;

/// JupyterLab's environment and one checkout's folders for it.
pub struct Jupyter {
    /// The environment, shared by all checkouts.
    environment: PathBuf,
    /// Configuration, data and running files of this checkout's server.
    home: PathBuf,
}

impl Jupyter {
    /// Where JupyterLab is, or will be, for this checkout.
    pub fn of(root: &Path) -> Result<Jupyter> {
        let environment = paths::cache()?.join("jupyter").join(paths::short_hash(REQUIREMENTS.as_bytes()));
        let home = paths::course_cache(root)?.join("jupyter");
        Ok(Jupyter { environment, home })
    }

    /// The environment's Python.
    pub fn python(&self) -> PathBuf {
        let folder = if cfg!(windows) { "Scripts" } else { "bin" };
        self.environment.join(folder).join(executable_name("python"))
    }

    /// Names the environment's Python and the files that must be there. It is written when all was looked at.
    fn complete(&self) -> PathBuf {
        self.environment.join("complete")
    }

    /// An error where JupyterLab has still to be installed and there is no Python for it: to be said before anybody
    /// waits for the compiler.
    pub fn require_python(&self) -> Result<()> {
        if !self.complete().is_file() {
            find_python::find_python()?;
        }
        Ok(())
    }

    /// Installs JupyterLab if it is not there or does not work. `false` if it was.
    pub fn install(&self) -> Result<bool> {
        if self.is_whole() {
            return Ok(false);
        }
        // Another version of the course did not write down what it saw.
        if self.python().is_file() && self.inspect().is_ok_and(|files| self.settle(&files).is_ok()) {
            return Ok(false);
        }
        let python = find_python::find_python()?;
        let step =
            Step::begin("Installing JupyterLab in a private environment", "about a minute, once; needs the network");
        if self.environment.exists() {
            fs::remove_dir_all(&self.environment)
                .with_context(|| format!("cannot clear {}", self.environment.display()))?;
        }
        self.create(&python)?;
        let requirements = self.environment.join("requirements.txt");
        atomic_file::write(&requirements, REQUIREMENTS.as_bytes())?;
        pip::install(&self.python(), &requirements, &self.attempt("JupyterLab could not be installed"), &step)?;
        let files = self.inspect().context("pip said that JupyterLab is installed, but it does not work")?;
        self.settle(&files)?;
        step.done();
        Ok(true)
    }

    fn attempt<'a>(&'a self, failure: &'a str) -> Attempt<'a> {
        Attempt { failure, folder: &self.environment, megabytes: MEGABYTES, index: "the Python package index" }
    }

    fn create(&self, python: &Path) -> Result<()> {
        let parent = self.environment.parent().unwrap_or(&self.environment);
        fs::create_dir_all(parent).with_context(|| {
            format!("cannot create {}: set NEUROBOOK_CACHE to a folder that can be written to", parent.display())
        })?;
        let mut venv = find_python::command(python);
        let made = venv.args(["-I", "-m", "venv"]).arg(&self.environment).output().context("cannot start Python")?;
        if made.status.success() {
            return Ok(());
        }
        let mut said = printed(&made);
        // venv keeps to itself why it could not install pip.
        if self.python().is_file()
            && let Ok(again) = find_python::command(self.python()).args(["-I", "-m", "ensurepip"]).output()
        {
            said += &printed(&again);
        }
        bail!(explain(&said, &self.attempt("Python could not make an environment for JupyterLab")))
    }

    /// Whether what was there after the installation still is: a few looks at files, for every start.
    fn is_whole(&self) -> bool {
        let Ok(known) = fs::read_to_string(self.complete()) else { return false };
        let mut lines = known.lines();
        let interpreter = self.python().canonicalize();
        // The system may have replaced the Python that the environment was made with.
        interpreter.is_ok_and(|interpreter| lines.next() == Some(&*interpreter.to_string_lossy()))
            && known.lines().count() > 1
            && lines.all(|file| self.environment.join(file).is_file())
    }

    /// Loads the packages, which takes a second or two. Gives the files that must be there.
    fn inspect(&self) -> Result<String> {
        let mut looking = self.command();
        looking.args(["-I", "-c", INSPECTION]).args(REQUIREMENTS.split_whitespace()).stdin(Stdio::null());
        let looked = looking.output().context("cannot start the environment's Python")?;
        if !looked.status.success() {
            bail!("{}", printed(&looked).trim());
        }
        Ok(String::from_utf8_lossy(&looked.stdout).into_owned())
    }

    /// Writes JupyterLab's settings, and that the environment was looked at.
    fn settle(&self, files: &str) -> Result<()> {
        atomic_file::write(&self.environment.join("share/jupyter/lab/settings/overrides.json"), SETTINGS.as_bytes())?;
        let python = self.python().canonicalize().context("the environment has no Python")?;
        let known = format!("{}\n{}", python.to_string_lossy(), files.trim());
        atomic_file::write(&self.complete(), known.as_bytes())
    }

    /// After a failed start of the server: looks at the environment, and has it made again where it is the reason.
    pub fn doubt(&self) {
        let Err(why) = self.inspect() else { return };
        if fs::remove_file(self.complete()).is_ok() {
            say(&format!(
                "JupyterLab's environment is damaged: run the command again, which installs it again.\n{why:#}"
            ));
        }
    }

    /// Writes the kernel's description, again at each start, so that a moved checkout heals.
    pub fn describe_kernel(&self, root: &Path) -> Result<()> {
        let description = kernel_spec::describe(root, &self.programs(), "Rust")?;
        atomic_file::write_if_changed(&self.home.join("data/kernels/rust/kernel.json"), description.as_bytes())?;
        let settings = self.home.join("config/jupyter_server_config.py");
        atomic_file::write_if_changed(&settings, SERVER_SETTINGS.as_bytes())?;
        kernel_spec::renew(root, &self.programs());
        Ok(())
    }

    /// Where copies of programs are kept.
    pub fn programs(&self) -> PathBuf {
        self.home.join("bin")
    }

    /// A command of the environment, with this checkout's folders and none of the user's own.
    pub fn command(&self) -> Command {
        let mut command = find_python::command(self.python());
        command
            .env("JUPYTER_CONFIG_DIR", self.home.join("config"))
            .env("JUPYTER_DATA_DIR", self.home.join("data"))
            .env("JUPYTER_RUNTIME_DIR", runtime::folder(&self.home))
            .env("JUPYTER_PREFER_ENV_PATH", "0")
            .env_remove("JUPYTER_PATH");
        command
    }
}

fn printed(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Runs a Python program in the environment, with the kernel of this checkout.
pub fn python(arguments: &[OsString]) -> Result<ExitCode> {
    let root = paths::root()?;
    let jupyter = Jupyter::of(&root)?;
    jupyter.install()?;
    jupyter.describe_kernel(&root)?;
    let status = ended_with_us::status(jupyter.command().args(arguments)).context("cannot start Python")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
