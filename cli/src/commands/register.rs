//! `neurobook register`: makes the kernel known to VS Code and to every other Jupyter program of the user.
//!
//! `neurobook lab` needs none of this: it tells its own JupyterLab where the kernel is.

mod for_all_users;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::chapter::course::Course;
use crate::jupyter::environment::Jupyter;
use crate::jupyter::kernel_spec::{self, DESCRIPTION, DISPLAY_NAME, SYSTEM, described, kernels, registered};
use crate::jupyter::prepare::prepare_kernel;
use crate::jupyter::session::Sessions;
use crate::jupyter::toolchain;
use crate::notebook::learner_notebooks;
use crate::support::atomic_file;
use crate::support::paths;

/// Options of `neurobook register`.
#[derive(Args)]
pub struct Options {
    /// What Jupyter programs call the kernel; the chapters ask for `rust`
    #[arg(long, default_value = "rust")]
    name: String,
    /// Unregister the kernel of this course
    #[arg(long)]
    remove: bool,
    /// Make it known to all users of this machine; for a program that `setup --shared` has put in its place
    #[arg(long)]
    system: bool,
    /// The same below this folder, such as a hub's environment for its users
    #[arg(long, value_name = "FOLDER", conflicts_with = "system")]
    prefix: Option<PathBuf>,
}

/// Describes the kernel where all Jupyter programs look, or takes the description away.
pub fn register(options: &Options) -> Result<ExitCode> {
    let prefix = options.prefix.clone().or_else(|| options.system.then(|| PathBuf::from(SYSTEM)));
    if let Some(prefix) = prefix {
        return for_all_users::register(&prefix, checked(&options.name)?, options.remove);
    }
    let course = Course::find()?;
    let kernels = kernels()?;
    if options.remove {
        return remove(&kernels, course.root());
    }
    let folder = kernels.join(checked(&options.name)?);
    let before = owner(&folder)?;
    // A test's course has chapters alone and borrows the crate.
    let crate_root = paths::crate_root()?;
    toolchain::choose(&crate_root)?;
    let sessions = Sessions::of(crate_root)?;
    prepare_kernel(&sessions)?;
    let programs = Jupyter::of(course.root())?.programs();
    let description = kernel_spec::describe(course.root(), &programs, DISPLAY_NAME)?;
    atomic_file::write_if_changed(&folder.join(DESCRIPTION), description.as_bytes())?;
    learner_notebooks::all(&course, |line| println!("{line}"))?;

    println!("The kernel \"{DISPLAY_NAME}\" is described in {}.", folder.display());
    if let Some(before) = before.filter(|before| before != course.root()) {
        println!("It takes the place of the one of {}.", before.display());
    }
    println!("Your notebooks are in notebooks/mine. `cargo run -- register --remove` takes the kernel out again.");
    Ok(ExitCode::SUCCESS)
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

/// Jupyter knows kernels by such names alone.
fn checked(name: &str) -> Result<&str> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    if name.is_empty() || name.starts_with('.') || !name.chars().all(fits) {
        bail!("`{name}` cannot be a kernel's name: use letters, digits, `-`, `_` and `.`");
    }
    Ok(name)
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
