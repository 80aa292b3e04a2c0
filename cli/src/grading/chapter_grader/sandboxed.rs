//! Running a learner's programs in the sandbox, and the compiler on their text.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::answers::compiler::Kit;
use crate::answers::evaluate::{Cause, Compiled, Ending, Run, Runner};
use crate::grading::grader;
use crate::grading::grader::Times;
use crate::jupyter::toolchain::program;
use crate::sandbox::{Ended, Exceeded, How, Job, Limits, Required, Role, Sandbox, take_file};

/// A learner's program with all crates in it has some megabytes.
const LARGEST_PROGRAM: u64 = 64 << 20;

/// A proven sandbox.
pub struct Sandboxed {
    sandbox: Sandbox,
}

/// The sandbox, with a clock for one submission.
pub struct Timed<'a> {
    sandbox: &'a Sandbox,
    times: &'a Mutex<Times>,
}

impl Sandboxed {
    /// Proves that every layer holds.
    pub fn establish(required: grader::Sandbox) -> Result<Sandboxed> {
        let required = match required {
            grader::Sandbox::Full => Required::Full,
            grader::Sandbox::Landlock => Required::Landlock,
        };
        Ok(Sandboxed { sandbox: Sandbox::establish(required)? })
    }

    /// The layers that hold.
    pub fn layers(&self) -> &[String] {
        self.sandbox.layers()
    }

    /// The same for one submission, whose times are kept.
    pub fn timed<'a>(&'a self, times: &'a Mutex<Times>) -> Timed<'a> {
        Timed { sandbox: &self.sandbox, times }
    }
}

impl Runner for Timed<'_> {
    fn compile(&self, kit: &Kit, folder: &Path) -> Result<Compiled> {
        let begin = Instant::now();
        // The compiler's user owns this folder, and nothing else here.
        let output = folder.join("output");
        fs::create_dir_all(&output).with_context(|| format!("cannot make {}", output.display()))?;
        let arguments = kit.arguments(folder, &output);
        let arguments: Vec<String> = arguments.iter().map(|argument| argument.to_string_lossy().into_owned()).collect();
        let readable = [kit.sysroot.clone(), kit.dependencies.clone(), folder.to_path_buf()];
        let ended = self.sandbox.run(&Job {
            role: Role::Compiler { output: &output },
            program: &kit.rustc,
            arguments: &arguments,
            input: b"",
            readable: &readable,
            environment: &[("PATH", "/usr/bin:/bin")],
            limits: Limits::COMPILER,
        })?;
        if let Ok(mut times) = self.times.lock() {
            times.compile += begin.elapsed().as_secs_f64();
        }
        let done = ended.how == How::Exited(0);
        if done {
            let bytes = take_file(&output, &program("answers"), LARGEST_PROGRAM)?;
            write_program(&folder.join(program("answers")), &bytes)?;
        }
        Ok(Compiled { done, ended: ending(&ended, "The compiler"), stderr: ended.stderr })
    }

    fn run(&self, folder: &Path, input: &[u8]) -> Result<Run> {
        let path: PathBuf = folder.join(program("answers"));
        let ended = self.sandbox.run(&Job {
            role: Role::Answer,
            program: &path,
            arguments: &[],
            input,
            readable: &[],
            environment: &[("RAYON_NUM_THREADS", "1")],
            limits: Limits::ANSWER,
        })?;
        Ok(Run { ended: ending(&ended, "Your function"), stdout: ended.stdout })
    }
}

/// Why a process ended before it was done, if it did.
fn ending(ended: &Ended, who: &str) -> Option<Ending> {
    let cause = match ended.how {
        How::Exited(0) => return None,
        // The compiler says itself what it refuses.
        How::Exited(1) if who == "The compiler" => return None,
        How::Exited(_) | How::Signal(_) | How::Limit(Exceeded::Stack(_)) => Cause::Crash,
        How::Limit(Exceeded::Processor(_) | Exceeded::Wall(_)) => Cause::Time,
        How::Limit(Exceeded::Memory(_)) => Cause::Memory,
        How::Limit(Exceeded::Output(_) | Exceeded::File(_) | Exceeded::Processes(_)) | How::Forbidden => {
            Cause::Violation
        }
    };
    Some(Ending { cause, reason: format!("{who} {}.", ended.how) })
}

/// Puts a program where its user can start it.
fn write_program(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    Ok(())
}
