//! `neurobook register`: makes the kernel known to VS Code and to every other Jupyter program of the user.
//!
//! `neurobook lab` needs none of this: it tells its own JupyterLab where the kernel is.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;

use crate::copies;
use crate::course::Course;
use crate::files;
use crate::jupyter::Jupyter;
use crate::paths;
use crate::session::Sessions;
use crate::setup;

/// Options of `neurobook register`.
#[derive(Args)]
pub struct Options {
    /// What Jupyter programs call the kernel; the chapters ask for `rust`
    #[arg(long, default_value = "rust")]
    name: String,
    /// Take the kernel of this course out again
    #[arg(long)]
    remove: bool,
}

/// Tells it from evcxr's own kernel, which is called `Rust`.
const DISPLAY_NAME: &str = "Rust (neurobook)";

/// The file that describes a kernel.
const DESCRIPTION: &str = "kernel.json";

/// Describes the kernel where all Jupyter programs look, or takes the description away.
pub fn register(options: &Options) -> Result<ExitCode> {
    let course = Course::find()?;
    let kernels = kernels()?;
    if options.remove {
        return remove(&kernels, course.root());
    }
    let folder = kernels.join(checked(&options.name)?);
    let before = owner(&folder)?;
    // A test's course has chapters alone and borrows the crate.
    setup::prepare_sessions(&Sessions::of(paths::crate_root()?)?)?;
    let description = Jupyter::of(course.root())?.kernel_description(course.root(), DISPLAY_NAME)?;
    files::write_if_changed(&folder.join(DESCRIPTION), description.as_bytes())?;
    copies::all(&course)?;

    println!("The kernel \"{DISPLAY_NAME}\" is described in {}.", folder.display());
    if let Some(before) = before.filter(|before| before != course.root()) {
        println!("It takes the place of the one of {}.", before.display());
    }
    println!("Your notebooks are in notebooks/mine. `cargo run -- register --remove` takes the kernel out again.");
    Ok(ExitCode::SUCCESS)
}

/// Brings the descriptions that a course has registered up to date: its program may be a new one. Whoever opens
/// JupyterLab need not be told where that fails.
pub fn renew(jupyter: &Jupyter, root: &Path) {
    let Ok(description) = jupyter.kernel_description(root, DISPLAY_NAME) else { return };
    for folder in kernels().and_then(|kernels| registered(&kernels, root)).unwrap_or_default() {
        let _ = files::write_if_changed(&folder.join(DESCRIPTION), description.as_bytes());
    }
}

fn remove(kernels: &Path, root: &Path) -> Result<ExitCode> {
    let registered = registered(kernels, root)?;
    if registered.is_empty() {
        println!("No kernel of this course is described in {}: nothing to do.", kernels.display());
    }
    for folder in registered {
        let description = folder.join(DESCRIPTION);
        fs::remove_file(&description).with_context(|| format!("cannot remove {}", description.display()))?;
        // What somebody else has put there stays.
        let _ = fs::remove_dir(&folder);
        println!("{} is removed. `cargo run -- lab` works as before.", description.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// Where Jupyter looks for the kernels of this user, by its own rule (`jupyter --data-dir`).
fn kernels() -> Result<PathBuf> {
    let data = match env::var_os("JUPYTER_DATA_DIR").filter(|named| !named.is_empty()) {
        Some(named) => Some(std::path::absolute(named)?),
        None if cfg!(target_os = "macos") => dirs::home_dir().map(|home| home.join("Library").join("Jupyter")),
        None => dirs::data_dir().map(|data| data.join("jupyter")),
    };
    let data = data.context("this user has no folder for Jupyter's data: set JUPYTER_DATA_DIR to one")?;
    Ok(data.join("kernels"))
}

/// Jupyter knows kernels by such names alone.
fn checked(name: &str) -> Result<&str> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    if name.is_empty() || name.starts_with('.') || !name.chars().all(fits) {
        bail!("`{name}` cannot be a kernel's name: use letters, digits, `-`, `_` and `.`");
    }
    Ok(name)
}

/// The folders of kernels in which this course is described.
fn registered(kernels: &Path, root: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(kernels) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.with_context(|| format!("cannot list {}", kernels.display()))?,
    };
    let folders = entries.flatten().map(|entry| entry.path());
    Ok(folders.filter(|folder| described(folder).is_ok_and(|course| course.as_deref() == Some(root))).collect())
}

/// The course whose kernel a folder holds; `None` where there is no kernel. Somebody else's is not written over.
fn owner(folder: &Path) -> Result<Option<PathBuf>> {
    match described(folder) {
        Ok(Some(course)) => Ok(Some(course)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Ok(None) | Err(_) => bail!(
            "{} holds another kernel, which is left as it is: add `--name neurobook`, and choose \"{DISPLAY_NAME}\" in the list of kernels; or, if you do not need the other one, delete that folder and run this again",
            folder.display()
        ),
    }
}

/// The course that a kernel's description names, if it is one of ours.
fn described(folder: &Path) -> std::io::Result<Option<PathBuf>> {
    let text = fs::read(folder.join(DESCRIPTION))?;
    let description: Value = serde_json::from_slice(&text)?;
    Ok(description["env"]["NEUROBOOK_ROOT"].as_str().map(PathBuf::from))
}
