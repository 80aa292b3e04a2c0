//! The processes that Jupyter starts: the front of the notebooks' kernel, and what works below it.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Result, ensure};

use crate::jupyter::compiled_program::{COMPLETION, CompiledProgram, KERNEL};
use crate::jupyter::environment::Jupyter;
use crate::jupyter::front::{self, Engine, Keeper, Prepared, Progress, Transport};
use crate::jupyter::preparation::{self, Preparation};
use crate::jupyter::prepare::is_ready;
use crate::jupyter::rust_src;
use crate::jupyter::session::Sessions;
use crate::support::program_copy;

/// What Jupyter starts a kernel with.
#[derive(clap::Args)]
pub struct Options {
    /// The file that names the sockets
    connection_file: PathBuf,
}

/// Is a notebook's kernel until somebody ends it.
pub fn kernel(options: &Options) -> Result<ExitCode> {
    front::serve(&options.connection_file, Workbook)
}

/// The preparation of a kernel, in a process of its own.
pub fn prepare() -> Result<ExitCode> {
    preparation::prepare().map(|_| ExitCode::SUCCESS)
}

/// The guard that ends what works below a kernel.
pub fn guard() -> ExitCode {
    front::guard();
    ExitCode::SUCCESS
}

/// The command of the guard.
pub fn guard_command() -> Command {
    // Where this process's own file is gone there is no guard, which is said where it is started.
    let mut command = Command::new(program_copy::running().unwrap_or_default());
    command.arg("kernel-guard");
    command
}

/// The kernel of this course.
struct Workbook;

impl Engine for Workbook {
    fn prepare(&self, keeper: &Keeper, say: &dyn Fn(Progress)) -> Result<Prepared> {
        let sessions = Sessions::find()?;
        // evcxr's own kernel, with all that it does by itself: for tests, and for finding out whether a problem is ours.
        if env::var_os("NEUROBOOK_UNSEEDED").is_some() {
            return stock(&sessions);
        }
        let kernel = CompiledProgram::find(&KERNEL)?;
        if !is_ready(&sessions, &kernel) {
            let doing = "Rust's crates are compiled, once for this course";
            say(Progress { doing: doing.into(), ..Progress::default() });
            Preparation::start(|command| keeper.adopt(command))?.follow(|told| {
                say(Progress { doing: doing.into(), fraction: Some(told.fraction), left: told.left() });
            })?;
        }
        start(&sessions, &kernel, Vec::new())
    }

    fn guard(&self) -> Command {
        guard_command()
    }
}

/// A kernel that is ready to start, from a copy that stays whole.
fn start(sessions: &Sessions, program: &CompiledProgram, variables: Vec<(&'static str, OsString)>) -> Result<Prepared> {
    let program = program_copy::copy_in(&Jupyter::of(&sessions.root)?.programs(), program.file())?;
    let command = move |connection_file: &Path| {
        let mut command = Command::new(&program);
        command.envs(variables.clone()).arg("--control_file").arg(connection_file);
        command
    };
    Ok(Prepared { command: Box::new(command), transport: Transport::Tcp })
}

fn stock(sessions: &Sessions) -> Result<Prepared> {
    let program = CompiledProgram::find(&COMPLETION)?;
    ensure!(
        program.file().is_file(),
        "evcxr's own kernel is not compiled yet: run `cargo run -- setup`, which ends with it"
    );
    // Without the name of a folder, it would download the standard library's sources at each start.
    let sources = rust_src::slim(&sessions.toolchain)?.into_os_string();
    start(sessions, &program, vec![("RUST_SRC_PATH", sources)])
}
