//! The last step before the program: limits, Landlock, seccomp, and then this process becomes it.

use std::convert::Infallible;
use std::env;
use std::fs::File;
use std::io::ErrorKind;
use std::os::fd::AsFd;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rustix::fs::{Access, access};
use rustix::process::{Resource, Rlimit, Signal, getrlimit, getuid, set_parent_process_death_signal, setrlimit};

use super::outcome::STACK;
use super::protocol::{Confinement, receive};
use super::{landlock, seccomp};

/// A program that is still open for writing is tried this often.
const MOST_BUSY: usize = 100;

/// Address space beyond the memory that is written to: libraries, and what allocators reserve.
const RESERVED: u64 = 4 << 30;
/// By an answer: programs and libraries, the stacks of its threads, and one arena of memory (`MALLOC_ARENA_MAX`). It is not to be more,
/// since there is memory that counts as none: what may no longer be written to, and what grows downwards.
const RESERVED_BY_ANSWER: u64 = 512 << 20;
/// Open files: a compiler opens its libraries at once.
const FILES: u64 = 1024;

/// Returns only if it cannot become the program.
pub fn cross() -> Result<ExitCode> {
    // Not through `Stdin`, which would read ahead into the program's input.
    let stdin = File::from(std::io::stdin().as_fd().try_clone_to_owned()?);
    let message = receive(&stdin)?.context("the guard sent no job")?;
    let confinement: Confinement = serde_json::from_slice(&message)?;
    let Err(error) = become_program(&confinement);
    eprint!("{}{error:#}", confinement.token);
    Ok(ExitCode::FAILURE)
}

fn become_program(confinement: &Confinement) -> Result<Infallible> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    readable(&confinement.program, Access::READ_OK | Access::EXEC_OK)?;
    for path in &confinement.readable {
        let folder = if path.is_dir() { Access::EXEC_OK } else { Access::empty() };
        readable(path, Access::READ_OK | folder)?;
    }
    let folder = confinement.output.as_deref().unwrap_or(Path::new("/"));
    env::set_current_dir(folder).with_context(|| format!("cannot enter {}", folder.display()))?;
    let mut program = Command::new(&confinement.program);
    if confinement.output.is_none() {
        // Others can read a command line, and need not know where the program is.
        program.arg0("answers");
    }
    program.args(&confinement.arguments).env_clear().envs(confinement.environment.iter().cloned());
    let calls = seccomp::filters(confinement.output.is_some())?;

    landlock::restrict(confinement)?;
    limit(confinement)?;
    for filter in &calls {
        seccompiler::apply_filter(filter).context("seccomp does not work here")?;
    }
    let mut error = program.exec();
    // The compiler has closed the file, but a process that the grader starts at this moment for another submission may
    // hold it open for writing until it becomes another program.
    for _ in 0..MOST_BUSY {
        if error.kind() != ErrorKind::ExecutableFileBusy {
            break;
        }
        thread::sleep(Duration::from_millis(20));
        error = program.exec();
    }
    Err(error).with_context(|| format!("cannot start {}", confinement.program.display()))
}

/// Landlock's rules would say nothing of a path that cannot be read anyway.
fn readable(path: &Path, how: Access) -> Result<()> {
    let Err(error) = access(path, how) else {
        return Ok(());
    };
    // The outermost folder that is closed says where to look.
    let mut outermost: Vec<&Path> = path.ancestors().skip(1).collect();
    outermost.reverse();
    let closed = outermost.into_iter().find(|folder| access(*folder, Access::EXEC_OK).is_err());
    Err(error).with_context(|| {
        format!(
            "the sandbox's user {} cannot read {}, because {} is closed to it: put it where all may read, or run the grader as an ordinary user",
            getuid().as_raw(),
            path.display(),
            closed.unwrap_or(path).display()
        )
    })
}

fn limit(confinement: &Confinement) -> Result<()> {
    let limits = &confinement.limits;
    let seconds = limits.processor.as_secs() + u64::from(limits.processor.subsec_nanos() > 0);
    let seconds = seconds.max(1);
    let both = |limit| (limit, limit);
    let reserved = if confinement.output.is_some() { RESERVED } else { RESERVED_BY_ANSWER };
    let all = [
        // The first limit is a signal with a name, the second one cannot be caught.
        (Resource::Cpu, (seconds, seconds + 1)),
        (Resource::Fsize, both(limits.file)),
        (Resource::Nproc, both(confinement.processes)),
        (Resource::Nofile, both(FILES)),
        (Resource::Stack, both(STACK)),
        (Resource::Core, both(0)),
        (Resource::Memlock, both(0)),
        (Resource::Msgqueue, both(0)),
        (Resource::Data, both(limits.memory)),
        (Resource::As, both(limits.memory + reserved)),
    ];
    for (resource, (soft, hard)) in all {
        // A lower limit cannot be raised, and what it ends would be told as what the learner's own limit ends.
        if let Some(most) = getrlimit(resource).maximum.filter(|most| *most < hard) {
            bail!("this machine's own limit {resource:?} is {most}, and {hard} is needed: raise it (`ulimit`)");
        }
        let limit = Rlimit { current: Some(soft), maximum: Some(hard) };
        setrlimit(resource, limit).with_context(|| format!("cannot set the limit {resource:?} to {hard}"))?;
    }
    Ok(())
}
