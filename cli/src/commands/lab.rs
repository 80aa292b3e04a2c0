//! `neurobook lab`: JupyterLab, open on the learner's own copy of a chapter.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Args;

use super::{completion, kernel};
use crate::chapter::course::Course;
use crate::jupyter::background::Background;
use crate::jupyter::compiled_program::{CompiledProgram, KERNEL};
use crate::jupyter::environment::Jupyter;
use crate::jupyter::front::Keeper;
use crate::jupyter::prepare::is_ready;
use crate::jupyter::session::Sessions;
use crate::jupyter::toolchain;
use crate::notebook::learner_notebooks;
use crate::support::{ended_with_us, paths};

/// Options of `neurobook lab`.
#[derive(Args)]
pub struct Options {
    /// The chapter to open: `02`, or its whole name. Without it, the first one
    chapter: Option<String>,
    /// The server's port. If it is taken, JupyterLab tries the next ones
    #[arg(long, default_value_t = 8888)]
    port: u16,
    /// Print the address instead of opening a browser
    #[arg(long)]
    no_browser: bool,
    /// What follows `--` goes to JupyterLab as it is
    #[arg(last = true)]
    jupyter: Vec<String>,
}

/// A server that ends with an error within this time did not start.
const SOON: Duration = Duration::from_secs(30);

/// Sets up what is missing, makes the learner's copies, and runs JupyterLab until it is stopped.
pub fn lab(options: &Options) -> Result<ExitCode> {
    toolchain::choose(&paths::crate_root()?)?;
    let sessions = Sessions::find()?;
    let course = Course::find()?;
    let notebook = own_notebook(&course, options.chapter.as_deref())?;
    let jupyter = Jupyter::of(&sessions.root)?;
    jupyter.require_python()?;
    let keeper = Arc::new(Keeper::start(kernel::guard_command()));
    let complete = |keeper: &Keeper| completion::prepare_in_background(|command| keeper.adopt(command));
    let mut attending = None;
    let background = match is_ready(&sessions, &CompiledProgram::find(&KERNEL)?) {
        true => {
            // While JupyterLab starts, the kernel of the notebook that it opens does, too.
            if let Some(spares) = kernel::spares(&sessions) {
                attending = spares.attend();
                spares.replenish();
            }
            complete(&keeper);
            None
        }
        false => Some(Background::begin(Arc::clone(&keeper), complete)?),
    };
    jupyter.install()?;
    jupyter.describe_kernel(&sessions.root)?;
    if let Some(background) = &background {
        background.be_quiet();
    }

    eprintln!("Opening {}. Your work is saved in notebooks/mine. Stop with Ctrl+C.", course.shown(&notebook));
    let folder = notebook.parent().context("a notebook stands in a folder")?;
    let name = notebook.file_name().unwrap_or_default().to_string_lossy();
    let mut server = jupyter.command();
    server
        .args(["-m", "jupyterlab"])
        .arg(&notebook)
        .arg(format!("--ServerApp.root_dir={}", folder.display()))
        .arg(format!("--ServerApp.port={}", options.port))
        .args(["--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"])
        // Also what the printed address opens, where no browser does by itself.
        .arg(format!("--LabApp.default_url=/lab/tree/{}", percent_encoded(&name)))
        .args(options.no_browser.then_some("--no-browser"))
        .args(&options.jupyter)
        .current_dir(folder);
    // Ctrl+C reaches JupyterLab too, which asks and ends; this process waits for it.
    let begin = Instant::now();
    let status = ended_with_us::status(&mut server).context("cannot start JupyterLab")?;
    keeper.end();
    drop(attending);
    if !status.success() && begin.elapsed() < SOON {
        jupyter.doubt();
    }
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Makes the learner's copies of all chapters, says what is new about them, and picks the one to open.
fn own_notebook(course: &Course, chapter: Option<&str>) -> Result<PathBuf> {
    let wanted = chapter.map(|meant| course.chapter(meant)).transpose()?.map(|chapter| course.own_copy(&chapter));
    let copies = learner_notebooks::all(course, |line| eprintln!("{line}"))?;
    let mut paths = copies.into_iter().map(|copy| copy.path);
    match wanted {
        Some(wanted) => paths.find(|path| *path == wanted).context("that chapter cannot be opened: see above"),
        None => paths.next().with_context(|| format!("there is no chapter in {}", course.notebooks().display())),
    }
}

/// A file's name as it may be in an address.
fn percent_encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    name.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
