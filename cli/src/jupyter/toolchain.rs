//! The Rust toolchain that compiles the cells.

mod component;
mod record;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::support::paths;
use crate::support::shared_setup::SharedSetup;
use crate::support::step_reporter::say;
pub use record::{choose, remember};

/// Names the folder of the toolchain, where a description of the kernel does.
pub const VARIABLE: &str = "NEUROBOOK_TOOLCHAIN";

/// The oldest Rust that the crates compile with, by the manifest.
const OLDEST: &str = env!("CARGO_PKG_RUST_VERSION");

/// A toolchain's own programs, not rustup's stand-ins, which cost 20 ms a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolchain {
    /// The folder that holds `bin/` and `lib/`.
    pub sysroot: PathBuf,
    /// What `rustc --version --verbose` says.
    pub version: String,
}

impl Toolchain {
    /// The toolchain of the course: the one that the kernel's description names, or that the course was set up with;
    /// else the one that `rustc` stands for in the course's folder.
    ///
    /// Another one may be first on `PATH` wherever an editor, a hub or a terminal starts a program, and what one of
    /// them has compiled is nothing to the other.
    pub fn find() -> Result<Toolchain> {
        let root = paths::crate_root()?;
        if let Some(shared) = paths::shared_setup(&root)? {
            return Ok(Toolchain::of_shared(&shared));
        }
        if let Some(named) = env::var_os(VARIABLE)
            && let Ok(toolchain) = Toolchain::at(PathBuf::from(named))
        {
            return Ok(toolchain);
        }
        match record::recorded(&root) {
            Some(recorded) => Ok(record::current(recorded)),
            None => Toolchain::first_on_path(&root),
        }
    }

    /// The toolchain that a set-up of all users was made with.
    pub fn of_shared(shared: &SharedSetup) -> Toolchain {
        Toolchain { sysroot: shared.record.sysroot.clone(), version: shared.record.rustc.clone() }
    }

    /// The toolchain in a folder.
    pub fn at(sysroot: PathBuf) -> Result<Toolchain> {
        let rustc = sysroot.join("bin").join(executable_name("rustc"));
        let version = output(Command::new(&rustc).args(["--version", "--verbose"]))?;
        Ok(Toolchain { sysroot, version })
    }

    /// The toolchain that `rustc` stands for in a folder: a `rust-toolchain.toml` above another folder says nothing.
    fn first_on_path(folder: &Path) -> Result<Toolchain> {
        let sysroot = |rustc: &Path| output(Command::new(rustc).args(["--print", "sysroot"]).current_dir(folder));
        let sysroot = sysroot(Path::new("rustc"))
            // An editor that was not started from a terminal may have a `PATH` without rustup's folder.
            .or_else(|missing| {
                rustup_programs().map_or(Err(missing), |folder| sysroot(&folder.join(executable_name("rustc"))))
            })
            .context("no Rust compiler: install Rust from https://rustup.rs and open a new terminal")?;
        let toolchain = Toolchain::at(PathBuf::from(sysroot))?;
        toolchain.ensure_new_enough()?;
        Ok(toolchain)
    }

    fn ensure_new_enough(&self) -> Result<()> {
        ensure!(
            release_numbers(self.release()) >= release_numbers(OLDEST),
            "the first Rust on PATH is {self}, and the course needs {OLDEST} or newer: if you have rustup, run `rustup update stable` and put its programs (usually ~/.cargo/bin) first on PATH; if not, install Rust from https://rustup.rs and open a new terminal"
        );
        Ok(())
    }

    /// The version's number, such as 1.95.0.
    pub fn release(&self) -> &str {
        let first = self.version.lines().next().unwrap_or_default();
        first.split_whitespace().nth(1).unwrap_or(first)
    }

    /// The compiler.
    pub fn rustc(&self) -> PathBuf {
        self.sysroot.join("bin").join(executable_name("rustc"))
    }

    /// Cargo.
    pub fn cargo(&self) -> PathBuf {
        self.sysroot.join("bin").join(executable_name("cargo"))
    }

    /// The system that it compiles for.
    pub fn host(&self) -> Result<&str> {
        let host = self.version.lines().find_map(|line| line.strip_prefix("host: "));
        host.context("rustc does not say for which system it compiles")
    }

    /// The standard library's sources, which the kernel's type inference reads, if they are installed.
    pub fn library_sources(&self) -> Option<PathBuf> {
        let sources = self.sysroot.join("lib/rustlib/src/rust/library");
        sources.join("core").is_dir().then_some(sources)
    }

    /// `PATH` with the toolchain's own programs first.
    pub fn path_variable(&self) -> Result<OsString> {
        with_first(self.sysroot.join("bin"), env::var_os("PATH"))
    }

    /// The system's variable for shared libraries, with the standard library's folder first. evcxr
    /// moves what it has linked, after which a relative path to that library leads elsewhere.
    pub fn library_variable(&self) -> Result<(&'static str, OsString)> {
        let name = if cfg!(target_os = "macos") { "DYLD_LIBRARY_PATH" } else { "LD_LIBRARY_PATH" };
        let libraries = self.sysroot.join("lib").join("rustlib").join(self.host()?).join("lib");
        Ok((name, with_first(libraries, env::var_os(name))?))
    }

    /// Adds one of rustup's components, such as `rust-src`.
    pub fn add_component(&self, name: &str) -> Result<()> {
        let beside =
            rustup_programs().map(|folder| folder.join(executable_name("rustup"))).filter(|rustup| rustup.is_file());
        component::add(&self.sysroot, name, &beside.unwrap_or_else(|| PathBuf::from("rustup")))
    }
}

impl std::fmt::Display for Toolchain {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(formatter, "{} in {}", self.release(), self.sysroot.display())
    }
}

/// A version's numbers, as far as they are numbers.
fn release_numbers(release: &str) -> Vec<u32> {
    release.split(['.', '-']).map_while(|number| number.parse().ok()).collect()
}

/// `paths` with one more folder before them, as in `PATH`.
fn with_first(first: PathBuf, paths: Option<OsString>) -> Result<OsString> {
    let inherited = paths.unwrap_or_default();
    let folders =
        std::iter::once(first).chain(env::split_paths(&inherited).filter(|path| !path.as_os_str().is_empty()));
    env::join_paths(folders).context("a folder has a name that cannot stand in a list of folders")
}

/// Where rustup puts its programs.
fn rustup_programs() -> Option<PathBuf> {
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(dirs::home_dir()?.join(".cargo")));
    Some(cargo_home?.join("bin")).filter(|folder| folder.is_dir())
}

/// A program's name with the system's ending.
pub fn executable_name(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

fn output(command: &mut Command) -> Result<String> {
    let said = |command: &Command| command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("cannot start {}", said(command)))?;
    if !output.status.success() {
        bail!("{} failed: {}", said(command), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
