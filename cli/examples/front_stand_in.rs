//! The kernel's front before an engine that is whatever `tests/jupyter/front.py` asks for: it takes some seconds to
//! be ready, or cannot be made ready, and is then another program.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;
use std::{env, fs, thread};

use anyhow::{Context, Result, bail};
use neurobook_cli::jupyter::front::{Engine, Keeper, Prepared, Progress, guard, serve};

/// What the environment variables say.
struct StandIn;

impl Engine for StandIn {
    fn prepare(&self, keeper: &Keeper, say: &dyn Fn(Progress)) -> Result<Prepared> {
        let seconds: u64 = env::var("STAND_IN_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
        if seconds > 0 {
            let mut worker = Command::new("sleep");
            keeper.adopt(worker.arg((seconds + 60).to_string()).stdin(Stdio::null()));
            let mut worker = worker.spawn()?;
            for second in 0..seconds {
                say(Progress {
                    doing: "Rust's crates are compiled, once for this course".into(),
                    fraction: Some(second as f64 / seconds as f64),
                    left: Some(Duration::from_secs(seconds - second)),
                });
                thread::sleep(Duration::from_secs(1));
            }
            worker.kill()?;
            worker.wait()?;
        }
        if let Some(broken) = env::var_os("STAND_IN_BROKEN")
            && let Ok(why) = fs::read_to_string(broken)
        {
            bail!("{}", why.trim());
        }
        let kernel: Vec<String> = serde_json::from_str(&env::var("STAND_IN_KERNEL")?)?;
        Ok(Prepared {
            command: Box::new(move || {
                let mut command = Command::new(&kernel[0]);
                command.args(&kernel[1..]);
                command
            }),
            spares: None,
        })
    }

    fn guard(&self) -> Command {
        let mut command = Command::new(env::current_exe().unwrap_or_default());
        command.arg("guard");
        command
    }
}

fn main() -> Result<ExitCode> {
    let argument = env::args_os().nth(1).context("usage: front_stand_in CONNECTION_FILE")?;
    if argument == "guard" {
        guard(|| ());
        return Ok(ExitCode::SUCCESS);
    }
    serve(Path::new(&argument), StandIn)
}
