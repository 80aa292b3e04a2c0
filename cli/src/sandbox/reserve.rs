//! Whether this machine has now what a limit allows: a program that was refused memory or a thread below its limits was
//! refused them by the machine, and says the same last words.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::establish::Sandbox;
use super::outcome::How;
use super::{ITSELF, Job, Limits, Role};

/// What it prints when all was there.
const THERE: &str = "there";
/// Room for the program itself, and for the stacks of the threads.
const BESIDES: u64 = 96 << 20;
/// Threads have stacks; these are small.
const STACK: usize = 64 << 10;

/// Takes this many bytes and starts this many threads as its input says, inside.
pub fn reserve() -> Result<ExitCode> {
    let input = std::io::read_to_string(std::io::stdin()).context("there is no input")?;
    let (bytes, threads) = input.split_once(' ').context("the input is not two numbers")?;
    let (bytes, threads): (usize, usize) = (bytes.parse()?, threads.parse()?);
    // Only what is written to is taken. By the library's own loop: one of this program's takes longer than the limit where it
    // is not optimized.
    let memory = vec![1_u8; bytes];
    let all_run = Barrier::new(threads + 1);
    thread::scope(|scope| {
        for _ in 0..threads {
            let started = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || _ = all_run.wait());
            // The others wait without end, and end with this process.
            if started.is_err() {
                std::process::exit(1);
            }
        }
        all_run.wait();
    });
    // It is looked at, so that the compiler does not leave it out.
    if std::hint::black_box(&memory).len() == bytes {
        println!("{THERE}");
    }
    Ok(ExitCode::SUCCESS)
}

impl Sandbox {
    /// Takes nearly what an answer may take, and gives it back.
    ///
    /// # Errors
    /// When the machine does not have it now.
    pub fn ensure_limits_can_be_reached(&self) -> Result<()> {
        let limits = Limits { wall: Duration::from_secs(20), ..Limits::ANSWER };
        let input = format!("{} {}", limits.memory - BESIDES, limits.processes / 2);
        let ended = self.run(&Job {
            role: Role::Answer,
            program: Path::new(ITSELF),
            arguments: &["confined".to_owned(), "reserve".to_owned()],
            input: &[input.as_bytes()],
            readable: &[],
            environment: &[],
            limits,
        })?;
        if ended.how != How::Exited(0) || String::from_utf8_lossy(&ended.stdout).trim() != THERE {
            bail!(
                "this machine has less memory or fewer threads to give than an answer may take: mark fewer at a time (--jobs)"
            );
        }
        Ok(())
    }
}
