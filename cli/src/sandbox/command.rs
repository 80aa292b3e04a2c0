//! The verb `sandbox`: says which layers hold on this machine, or runs a program in them.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::json;

use super::{Job, Limits, Required, Role, Sandbox};

#[derive(Args)]
pub struct Options {
    /// The layers that must hold
    #[arg(long, value_enum, default_value = "full")]
    sandbox: Required,
    /// Run the program as a compiler that writes into this folder
    #[arg(long, value_name = "FOLDER")]
    compiler: Option<PathBuf>,
    /// A file or folder that the program can read
    #[arg(long, value_name = "PATH")]
    readable: Vec<PathBuf>,
    /// A variable of the program's environment, as NAME=VALUE
    #[arg(long, value_name = "NAME=VALUE")]
    environment: Vec<String>,
    /// Seconds of processor time
    #[arg(long, value_name = "SECONDS")]
    processor: Option<u64>,
    /// Seconds by the clock
    #[arg(long, value_name = "SECONDS")]
    wall: Option<u64>,
    /// Megabytes of memory
    #[arg(long, value_name = "MB")]
    memory: Option<u64>,
    /// Print how the program ended, and what it printed, as JSON
    #[arg(long)]
    json: bool,
    /// The program and its arguments. None: say which layers hold
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    program: Vec<String>,
}

/// Tries the sandbox.
pub fn sandbox(options: &Options) -> Result<ExitCode> {
    let sandbox = Sandbox::establish(options.sandbox)?;
    let Some((program, arguments)) = options.program.split_first() else {
        sandbox.layers().iter().for_each(|layer| println!("{layer}"));
        return Ok(ExitCode::SUCCESS);
    };
    let absolute = |path: &Path| path.canonicalize().with_context(|| format!("cannot open {}", path.display()));
    let compiler = options.compiler.as_deref().map(absolute).transpose()?;
    let mut limits = if compiler.is_some() { Limits::COMPILER } else { Limits::ANSWER };
    limits.processor = options.processor.map_or(limits.processor, Duration::from_secs);
    limits.wall = options.wall.map_or(limits.wall, Duration::from_secs);
    limits.memory = options.memory.map_or(limits.memory, |megabytes| megabytes << 20);
    let mut input = Vec::new();
    std::io::stdin().read_to_end(&mut input).context("cannot read the standard input")?;
    let environment: Vec<(&str, &str)> =
        options.environment.iter().map(|variable| variable.split_once('=').unwrap_or((variable, ""))).collect();
    let ended = sandbox.run(&Job {
        role: compiler.as_deref().map_or(Role::Answer, |output| Role::Compiler { output }),
        program: &absolute(Path::new(program))?,
        arguments,
        input: &[&input],
        readable: &options.readable.iter().map(|path| absolute(path)).collect::<Result<Vec<_>>>()?,
        environment: &environment,
        limits,
    })?;
    if options.json {
        println!(
            "{}",
            json!({
                "how": ended.how,
                "message": ended.how.to_string(),
                "stdout": String::from_utf8_lossy(&ended.stdout),
                "stderr": String::from_utf8_lossy(&ended.stderr),
                "processor": ended.processor.as_secs_f64(),
                "wall": ended.wall.as_secs_f64(),
            })
        );
        return Ok(ExitCode::SUCCESS);
    }
    std::io::stdout().write_all(&ended.stdout)?;
    std::io::stderr().write_all(&ended.stderr)?;
    eprintln!("The program {} ({:.3} s of processor time).", ended.how, ended.processor.as_secs_f64());
    Ok(if ended.how == super::How::Exited(0) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
