//! The processes that Jupyter starts: the front of the notebooks' kernel, and what works below it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::jupyter::address_space;
use crate::jupyter::compiled_program::{COMPLETION, CompiledProgram, KERNEL, become_program};
use crate::jupyter::environment::Jupyter;
use crate::jupyter::front::{self, Engine, Keeper, Prepared, Progress, Spares};
use crate::jupyter::preparation::{self, Preparation};
use crate::jupyter::prepare::is_ready;
use crate::jupyter::rust_src;
use crate::jupyter::session::{self, Sessions};
#[cfg(unix)]
use crate::jupyter::spare::SparePlace;
#[cfg(unix)]
use crate::jupyter::updates::{self, NextSpare, Updates};
#[cfg(unix)]
use crate::support::runtime_folder::runtime_folder;
use crate::support::{paths, program_copy};

/// A process that is killed may hold its folder for a moment.
const SWEEPS: u32 = 4;
const SWEEP_PAUSE: Duration = Duration::from_millis(500);

/// What Jupyter starts a kernel with.
#[derive(clap::Args)]
pub struct Options {
    /// The file that names the sockets
    connection_file: PathBuf,
}

/// Is a notebook's kernel until somebody ends it.
pub fn kernel(options: &Options) -> Result<ExitCode> {
    // evcxr's own kernel, with all that it does by itself: for tests, and for finding out whether a problem is ours.
    if env::var_os("NEUROBOOK_UNSEEDED").is_some() {
        return become_stock(options);
    }
    front::serve(&options.connection_file, Workbook)
}

/// The preparation of a kernel, in a process of its own.
pub fn prepare() -> Result<ExitCode> {
    preparation::prepare().map(|_| ExitCode::SUCCESS)
}

/// The guard that ends what works below a kernel.
pub fn guard() -> ExitCode {
    front::guard(|| {
        let Ok(program) = program_copy::running() else { return };
        let mut command = Command::new(program);
        command.arg("kernel-sweep").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // The guard ends its own group.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        // Where it does not start, the next kernel removes what is left.
        let _ = command.spawn();
    });
    ExitCode::SUCCESS
}

/// Removes the folders of kernels that were killed, which is a moment ago.
pub fn sweep() -> Result<ExitCode> {
    front::outlast_terminate();
    for _ in 0..SWEEPS {
        std::thread::sleep(SWEEP_PAUSE);
        session::sweep(&paths::crate_root()?)?;
    }
    Ok(ExitCode::SUCCESS)
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
        address_space::ensure_suffices()?;
        let sessions = Sessions::find()?;
        let kernel = CompiledProgram::find(&KERNEL)?;
        if !is_ready(&sessions, &kernel) {
            let doing = "Rust's crates are compiled, once for this course";
            say(Progress { doing: doing.into(), ..Progress::default() });
            Preparation::start(|command| keeper.adopt(command))?.follow(|told| {
                say(Progress { doing: doing.into(), fraction: Some(told.fraction), left: told.left() });
            })?;
        }
        start(&sessions, &kernel)
    }

    fn guard(&self) -> Command {
        guard_command()
    }
}

/// Answers a kernel that lives, of an older version perhaps, where the next kernel's spare is. An error where what the
/// next kernel needs is not whole.
#[cfg(unix)]
pub fn next_spare() -> Result<ExitCode> {
    let sessions = Sessions::find()?;
    let kernel = CompiledProgram::find(&KERNEL)?;
    ensure!(is_ready(&sessions, &kernel), "what kernels need is not compiled as it is now");
    let program = lasting(&sessions, &kernel)?;
    let place = spare_place(&sessions, &program)?.path().to_owned();
    println!("{}", serde_json::to_string(&NextSpare { place, program })?);
    Ok(ExitCode::SUCCESS)
}

#[cfg(not(unix))]
pub fn next_spare() -> Result<ExitCode> {
    anyhow::bail!("there are no spare kernels on this system")
}

/// A kernel that is ready to start, from a copy that stays whole.
fn start(sessions: &Sessions, kernel: &CompiledProgram) -> Result<Prepared> {
    let program = lasting(sessions, kernel)?;
    let spares = spares_of(sessions, kernel, &program);
    let command = move || {
        let mut command = Command::new(&program);
        command.arg("serve");
        command
    };
    Ok(Prepared { command: Box::new(command), spares })
}

/// The spare kernel of this version of the course, where there can be one.
pub fn spares(sessions: &Sessions) -> Option<Spares> {
    let kernel = CompiledProgram::find(&KERNEL).ok()?;
    spares_of(sessions, &kernel, &lasting(sessions, &kernel).ok()?)
}

/// The kernel's program where nobody writes over it: a copy, or its own place if that is so already.
fn lasting(sessions: &Sessions, kernel: &CompiledProgram) -> Result<PathBuf> {
    match sessions.shared() {
        Some(_) => Ok(kernel.file().to_owned()),
        None => program_copy::copy_in(&Jupyter::of(&sessions.root)?.programs(), kernel.file()),
    }
}

#[cfg(unix)]
fn spares_of(sessions: &Sessions, kernel: &CompiledProgram, program: &Path) -> Option<Spares> {
    // Kernels that live may be of an older version; where they cannot be told, they keep a spare that nobody takes.
    let _ = updates::announce(sessions, kernel);
    let updates = Updates::of(sessions, kernel).ok()?;
    Some(Spares::new(spare_place(sessions, program).ok()?, program.to_owned(), updates))
}

#[cfg(not(unix))]
fn spares_of(_sessions: &Sessions, _kernel: &CompiledProgram, _program: &Path) -> Option<Spares> {
    None
}

/// `program` is a copy, whose name changes with what is in it.
#[cfg(unix)]
fn spare_place(sessions: &Sessions, program: &Path) -> std::io::Result<SparePlace> {
    let folder = runtime_folder(sessions.progress_folder())?;
    let version = format!("{} {}", sessions.key(), program.display());
    // Of what an administrator shares, each version has a folder of its own.
    let course = sessions.shared().map_or(&sessions.root, |shared| &shared.folder);
    Ok(SparePlace::new(&folder, course, &version))
}

fn become_stock(options: &Options) -> Result<ExitCode> {
    let sessions = Sessions::find()?;
    let program = CompiledProgram::find(&COMPLETION)?;
    ensure!(
        program.file().is_file(),
        "evcxr's own kernel is not compiled yet: run `cargo run -- setup`, which ends with it"
    );
    let mut command = Command::new(program.file());
    // Without the name of a folder, it would download the standard library's sources at each start.
    command.env("RUST_SRC_PATH", rust_src::slim(&sessions.toolchain)?);
    command.arg("--control_file").arg(&options.connection_file);
    become_program(command).with_context(|| format!("cannot start {}", program.file().display()))
}
