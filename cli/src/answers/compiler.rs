//! Answers as a program: its text, its compilation against the crates of a session, and what it gives.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::jupyter::prepare::prepare_sessions;
use crate::jupyter::session::{Sessions, newest_crate};
use crate::jupyter::toolchain::{self, Toolchain, executable_name};
use crate::support::paths;

pub use super::diagnostic::{Fault, Place, faults};
pub use super::program_text::{Program, module};
pub use super::replies::{Cases, Replies};
pub use super::run_program::run_within;

/// The compiler, and the crates that it finds compiled.
pub struct AnswerCompiler {
    /// The toolchain's own `rustc`.
    pub rustc: PathBuf,
    /// The folder of the toolchain.
    pub sysroot: PathBuf,
    /// What `rustc --version --verbose` says.
    pub version: String,
    /// Names the crates' sources and the toolchain.
    pub key: String,
    crate_file: PathBuf,
    /// The folder of the compiled crates.
    pub dependencies: PathBuf,
}

impl AnswerCompiler {
    /// The crates of the sessions, compiled first if they are not.
    pub fn find() -> Result<AnswerCompiler> {
        let sessions = Sessions::of(paths::crate_root()?)?;
        prepare_sessions(&sessions)?;
        toolchain::remember(&sessions.root, &sessions.toolchain)?;
        AnswerCompiler::of(sessions)
    }

    /// The crates of these sessions, compiled first if they are not.
    pub fn of(sessions: Sessions) -> Result<AnswerCompiler> {
        prepare_sessions(&sessions)?;
        let template = sessions.template();
        let dependencies = sessions.compiled_crates()?;
        let crate_file = newest_crate(&dependencies)?;
        let key = template.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Toolchain { sysroot, version } = sessions.toolchain;
        Ok(AnswerCompiler {
            rustc: sysroot.join("bin").join(executable_name("rustc")),
            sysroot,
            version,
            key,
            crate_file,
            dependencies,
        })
    }

    /// Where nothing is compiled.
    #[cfg(test)]
    pub fn nothing() -> AnswerCompiler {
        let (rustc, sysroot, version, key, crate_file, dependencies) = Default::default();
        AnswerCompiler { rustc, sysroot, version, key, crate_file, dependencies }
    }

    /// Makes `answers` of the `main.rs` in a folder, outside a sandbox. The linker's own temporary files are there
    /// too: if this process is killed, they go with the folder.
    pub fn compiler(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.rustc);
        command
            .args(self.arguments(Path::new("main.rs"), &in_working_folder(&executable_name("answers"))))
            .current_dir(folder);
        command.envs(["TMPDIR", "TMP", "TEMP"].map(|name| (name, temporary(folder))));
        command
    }

    /// Makes `library.rlib` of the `main.rs` in a folder, outside a sandbox.
    pub fn library_compiler(&self, folder: &Path, name: &str) -> Command {
        let mut command = Command::new(&self.rustc);
        let output = in_working_folder("library.rlib");
        command.args(self.arguments(Path::new("main.rs"), &output)).args(["--crate-type=rlib", "--crate-name", name]);
        command.current_dir(folder).envs(["TMPDIR", "TMP", "TEMP"].map(|name| (name, temporary(folder))));
        command
    }

    /// What `rustc` is called with to make a program of a source. Both are best named from its working folder: what
    /// is in a command line can be read by other users, and is in its messages.
    pub fn arguments(&self, source: &Path, output: &Path) -> Vec<OsString> {
        let mut crate_option = OsString::from("neurobook=");
        crate_option.push(&self.crate_file);
        let mut dependencies = OsString::from("dependency=");
        dependencies.push(&self.dependencies);
        let mut arguments: Vec<OsString> = vec![source.into()];
        // `-F` would refuse ndarray's own macro `s!`; a learner's text with the word in it is refused before.
        let options = [
            "--edition=2024",
            "--error-format=json",
            "-Dunsafe_code",
            "-Copt-level=1",
            // As in the kernel, which has no debug assertions.
            "-Coverflow-checks=on",
            "-Cdebuginfo=0",
            "-Ccodegen-units=2",
            "-Aunused",
            "-Adead_code",
            "-Anon_snake_case",
        ];
        arguments.extend(options.map(OsString::from));
        arguments.extend(["--extern".into(), crate_option, "-L".into(), dependencies, "-o".into(), output.into()]);
        arguments
    }
}

/// A file of the working folder. Where the folder can be named without its path, that is in no command line of the linker,
/// which other users can read: the compiler makes its temporary files beside its output.
pub fn in_working_folder(name: &str) -> PathBuf {
    if cfg!(target_os = "linux") { Path::new("/proc/self/cwd").join(name) } else { PathBuf::from(name) }
}

/// The working folder for the temporary files of compiler and linker, named without its path where it can be.
fn temporary(folder: &Path) -> &Path {
    if cfg!(target_os = "linux") { Path::new("/proc/self/cwd") } else { folder }
}
