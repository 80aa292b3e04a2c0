//! Running a learner's programs in the sandbox, and the compiler on their text.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

use anyhow::{Context, Result};

use super::reader;
use super::reader::Reading;
use crate::answers::compiler::{AnswerCompiler, in_working_folder};
use crate::answers::evaluation::{Termination, TerminationCause};
use crate::answers::read_submission::Question;
use crate::answers::workshop::{Compiled, Product, Run, Runner};
use crate::chapter::Chapter;
use crate::grading::grader::Timings;
use crate::grading::settings;
use crate::jupyter::toolchain::executable_name;
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
    times: &'a Mutex<Timings>,
}

impl Sandboxed {
    /// Proves that every layer holds.
    pub fn establish(required: settings::Sandbox) -> Result<Sandboxed> {
        let required = match required {
            settings::Sandbox::Full => Required::Full,
            settings::Sandbox::Landlock => Required::Landlock,
        };
        Ok(Sandboxed { sandbox: Sandbox::establish(required)? })
    }

    /// The layers that hold.
    pub fn layers(&self) -> &[String] {
        self.sandbox.layers()
    }

    /// Has a question about a submission to this chapter answered, in the sandbox.
    pub fn read(&self, chapter: &Chapter, submission: &[u8], question: Question) -> Result<Reading> {
        reader::read(&self.sandbox, chapter, submission, question)
    }

    /// The same for one submission, whose times are kept.
    pub fn timed<'a>(&'a self, times: &'a Mutex<Timings>) -> Timed<'a> {
        Timed { sandbox: &self.sandbox, times }
    }
}

impl Runner for Timed<'_> {
    fn admit(&self, folder: &Path) -> Result<()> {
        self.sandbox.admit(folder)
    }

    fn compile(
        &self,
        kit: &AnswerCompiler,
        folder: &Path,
        libraries: &[(String, String)],
        product: Product,
    ) -> Result<Compiled> {
        let begin = Instant::now();
        // The compiler's user owns this folder, and nothing else here.
        let output = folder.join("output");
        fs::create_dir_all(&output).with_context(|| format!("cannot make {}", output.display()))?;
        let_read(folder)?;
        // The compiler works in its own folder, so that no command line and no message names where that is.
        let mut arguments = kit.arguments(Path::new("../main.rs"), &in_working_folder(&executable_name("answers")));
        for (name, file) in libraries {
            arguments.extend(["--extern".into(), format!("{name}=../{file}").into()]);
        }
        arguments.extend(product.arguments().iter().map(Into::into));
        let arguments: Vec<String> = arguments.iter().map(|argument| argument.to_string_lossy().into_owned()).collect();
        let readable = [kit.sysroot.clone(), kit.dependencies.clone(), folder.to_path_buf()];
        let ended = self.sandbox.run(&Job {
            role: Role::Compiler { output: &output },
            program: &kit.rustc,
            arguments: &arguments,
            input: &[],
            readable: &readable,
            environment: &[("PATH", "/usr/bin:/bin")],
            limits: Limits::COMPILER,
        })?;
        if let Ok(mut times) = self.times.lock() {
            times.compile += begin.elapsed().as_secs_f64();
        }
        let ending = match ended.how {
            How::Exited(0) if product == Product::Errors => None,
            How::Exited(0) => too_large(&output.join(executable_name("answers")))?,
            How::Limit(Exceeded::Wall(limit)) if ended.processor < limit / 4 => {
                let reason = format!("The compiler waited for {} s, the limit, and did nothing.", limit.as_secs());
                Some(Termination { cause: TerminationCause::Wait, reason })
            }
            How::Limit(_) | How::Forbidden => ending(&ended, "The compiler"),
            // The compiler says itself what it refuses, or nothing that explains its end.
            How::Exited(_) | How::Signal(_) => None,
        };
        let done = ended.how == How::Exited(0) && ending.is_none();
        if done && product == Product::Program {
            let bytes = take_file(&output, &executable_name("answers"), LARGEST_PROGRAM)?;
            write_program(&folder.join(executable_name("answers")), &bytes)?;
        }
        Ok(Compiled { done, ended: ending, stderr: ended.stderr })
    }

    fn run(&self, folder: &Path, input: &[u8]) -> Result<Run> {
        let path: PathBuf = folder.join(executable_name("answers"));
        let job = Job {
            role: Role::Answer,
            program: &path,
            arguments: &[],
            input: &[input],
            readable: &[],
            environment: &[("RAYON_NUM_THREADS", "1")],
            limits: Limits::ANSWER,
        };
        let ended = self.sandbox.run(&job)?;
        // What the machine lacks ends like what a limit forbids; at a second time an answer says the same again.
        let ended = match ended.how {
            How::Limit(Exceeded::Memory(_) | Exceeded::Processes(_)) => {
                self.sandbox.ensure_limits_can_be_reached()?;
                self.sandbox.run(&job)?
            }
            How::Limit(Exceeded::Wall(limit)) if ended.processor < limit / 8 => self.sandbox.run(&job)?,
            // A disk that cannot be read ends it in this way; else it does so again, and has done it itself.
            how if how.is_of_a_mapped_file() => {
                let program = job.program;
                fs::read(program).with_context(|| format!("cannot read {}", program.display()))?;
                self.sandbox.run(&job)?
            }
            _ => ended,
        };
        Ok(Run { ended: ending(&ended, "Your function"), stdout: ended.stdout })
    }
}

/// Why a process ended before it was done, if it did.
fn ending(ended: &Ended, who: &str) -> Option<Termination> {
    let cause = match ended.how {
        How::Exited(0) => return None,
        How::Exited(_) | How::Signal(_) | How::Limit(Exceeded::Stack(_)) => TerminationCause::Crash,
        How::Limit(Exceeded::Processor(_) | Exceeded::Wall(_)) => TerminationCause::Time,
        How::Limit(Exceeded::Memory(_)) => TerminationCause::Memory,
        How::Limit(Exceeded::Output(_) | Exceeded::File(_) | Exceeded::Processes(_)) | How::Forbidden => {
            TerminationCause::Violation
        }
    };
    Some(Termination { cause, reason: format!("{who} {}.", ended.how) })
}

/// What is said of a program that nobody could have meant to be so large.
fn too_large(path: &Path) -> Result<Option<Termination>> {
    let size = fs::symlink_metadata(path).context("the compiler left no program")?.len();
    Ok((size > LARGEST_PROGRAM).then(|| Termination {
        cause: TerminationCause::Memory,
        reason: format!("The compiler makes a program of more than {} MB of it, the limit.", LARGEST_PROGRAM >> 20),
    }))
}

/// Lets the compiler's user read what is to be compiled, whatever umask whoever started the grader has. Nobody else comes
/// into the folder.
fn let_read(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_file() {
            fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o644))
                .with_context(|| format!("cannot let others read {}", path.display()))?;
        }
    }
    let _ = folder;
    Ok(())
}

/// Puts a program where its user can start it.
fn write_program(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    Ok(())
}
