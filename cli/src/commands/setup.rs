//! `neurobook setup`: everything that `lab` needs, each step said and none done twice.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::Args;

use super::completion;
use crate::jupyter::environment::Jupyter;
use crate::jupyter::for_all_users;
use crate::jupyter::kernel_spec;
use crate::jupyter::prepare::{both, prepare_kernel};
use crate::jupyter::session::Sessions;
use crate::jupyter::toolchain;
use crate::support::paths;
use crate::support::shared_setup::SharedSetup;

/// Options of `neurobook setup`.
#[derive(Args)]
pub struct Options {
    /// Leave JupyterLab out: enough for `neurobook run`
    #[arg(long)]
    no_jupyter: bool,
    /// For all users of this machine, in this folder, which they only read: docs/hub.md
    #[arg(long, value_name = "FOLDER", conflicts_with = "no_jupyter")]
    shared: Option<PathBuf>,
    /// Leave out what completes names at the Tab key, which takes up to ten minutes to compile
    #[arg(long, requires = "shared")]
    no_completion: bool,
}

/// Sets up what is missing and says where it is.
pub fn setup(options: &Options) -> Result<ExitCode> {
    if let Some(folder) = &options.shared {
        return set_up_for_all(folder, options.no_completion);
    }
    toolchain::choose(&paths::crate_root()?)?;
    let sessions = Sessions::find()?;
    if options.no_jupyter {
        prepare_kernel(&sessions)?;
    } else {
        prepare(&sessions, &Jupyter::of(&sessions.root)?)?;
    }
    if !options.no_jupyter {
        completion::prepare_now(&sessions)?;
    }
    eprintln!("Ready. `cargo run -- lab` opens the workbook, also without a network.");
    Ok(ExitCode::SUCCESS)
}

/// Sets up what an administrator gives to all users.
fn set_up_for_all(folder: &Path, no_completion: bool) -> Result<ExitCode> {
    ensure!(
        SharedSetup::of_this_program()?.is_none(),
        "this program is a part of such a set-up itself: run the command with the program of your own checkout, `cargo run -- setup --shared FOLDER`"
    );
    let setup = for_all_users::make(&paths::crate_root()?, folder)?;
    let program = setup.lasting_program();
    eprintln!("Ready in {}. Kernels that run already go on as they are.", setup.folder.display());
    if !no_completion {
        for_all_users::add_completion(&setup)?;
    }
    if !kernel_spec::is_known_to_all(&setup.folder) {
        eprintln!("Next, once: `{} register --system` makes the kernel known to all users.", program.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes what `lab` needs, if it is not there. JupyterLab waits for the network and the disk, the crates for
/// the compiler: so both are made at once.
pub fn prepare(sessions: &Sessions, jupyter: &Jupyter) -> Result<()> {
    jupyter.require_python()?;
    let (installed, prepared) = std::thread::scope(|scope| {
        let installing = scope.spawn(|| jupyter.install());
        let prepared = prepare_kernel(sessions);
        (installing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), prepared)
    });
    both(installed, prepared)?;
    jupyter.describe_kernel(&sessions.root)
}
