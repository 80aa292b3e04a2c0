//! `neurobook-completion`: Tab completion and hover for all kernels of a user; and evcxr's own kernel.

mod analysis;
mod manifest;
mod project;
mod projects;
mod protocol;
mod server;
mod socket;
mod upkeep;

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use upkeep::Limits;

const USAGE: &str = "\
Usage:
  neurobook-completion serve SOCKET [IDLE_MINUTES [KERNELS]]    answers the kernels' questions about Rust code
  neurobook-completion stock --control_file FILE                is evcxr's own Jupyter kernel

KERNELS is a file that each kernel locks, shared, as long as it lives.
The kernels of neurobook start it by themselves.";

/// Nobody has asked for so long.
const IDLE: Duration = Duration::from_secs(600);

fn main() -> ExitCode {
    // evcxr starts this program again as the process that runs cells and as the compiler's wrapper. In those
    // processes the call does not return.
    evcxr::runtime_hook();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    match arguments.first().and_then(|word| word.to_str()) {
        // evcxr reads the arguments itself, and wants this one first.
        Some("--control_file") => evcxr_jupyter::main(),
        Some("stock") => be_stock_kernel(&arguments[1..]),
        Some("serve") => match &arguments[1..] {
            [socket] => server::serve(&PathBuf::from(socket), Limits { idle: IDLE, kernels: None }),
            [socket, minutes, kernels @ ..] if kernels.len() < 2 => {
                let kernels = kernels.first().map(PathBuf::from);
                server::serve(&PathBuf::from(socket), Limits { idle: idle_time(minutes)?, kernels })
            }
            _ => bail!("`serve` needs the path of its socket\n\n{USAGE}"),
        },
        _ => bail!("say what to do\n\n{USAGE}"),
    }
}

fn idle_time(minutes: &OsString) -> Result<Duration> {
    let number = minutes.to_str().and_then(|text| text.parse::<f64>().ok());
    let duration = number.and_then(|minutes| Duration::try_from_secs_f64(minutes * 60.0).ok());
    duration.with_context(|| format!("the idle time is a number of minutes, not {}", minutes.display()))
}

/// Starts this program again without the word in front, since evcxr takes no word there.
fn be_stock_kernel(arguments: &[OsString]) -> Result<()> {
    let mut kernel = Command::new(env::current_exe().context("cannot find this program's own file")?);
    kernel.args(arguments);
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        Err(kernel.exec()).context("cannot start evcxr's kernel")
    }
    #[cfg(not(unix))]
    {
        let status = kernel.status().context("cannot start evcxr's kernel")?;
        std::process::exit(status.code().unwrap_or(1))
    }
}
